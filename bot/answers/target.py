"""Decides about whom a question is: which roles in which order, for which place, or which person by name.

Order of evidence: a role that is named, an organisation that is named, the situation that is told; the place that is named
goes before the channel's school, and that before the asker's own (rules: access and place).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from knowledge.reach import NOWHERE, Place

if TYPE_CHECKING:
    from bot.context import Context
    from bot.understand import Question
    from knowledge.models import Situation
    from knowledge.network import Organisation
    from knowledge.phrases import Found
    from knowledge.spots import Spot

ROLE_OF_KIND = {
    "leerplicht": "leerplichtambtenaar", "halt": "halt", "ggd": "ggd", "om": "jeugdofficier",
    "rvdk": "raad-voor-de-kinderbescherming", "jeugdreclassering": "jeugdreclassering", "reclassering": "reclassering",
    "veiligheidshuis": "veiligheidshuis", "veilig-thuis": "veilig-thuis", "wijkteam": "wijkteam", "jeugdhulp": "jeugdhulp",
    "samenwerkingsverband": "samenwerkingsverband", "jji": "jji", "gemeente": "ambtenaar-openbare-orde",
}  # fmt: skip
"""The role that is meant when somebody names an organisation of this kind."""

KIND_OF_WORD = {"vso": "vso", "mbo": "mbo", "roc": "mbo", "basisschool": "po", "basisonderwijs": "po", "vmbo": "vo"}

ASKING = frozenset({"bellen", "nummer", "wie"})
"""Cues by which somebody asks for a person."""

PLACED, ARTICLES = (
    frozenset({"aan", "bij", "in", "uit", "vanuit", "naar", "voor", "door"}),
    frozenset({"de", "het", "een", "onze", "ons"}),
)
"""Before a role they say where something is or who did it: "bij de conciërge ingeleverd"."""

TELLING = frozenset(
    """is wordt werd was heeft had kreeg krijgt zegt vertelt meldt ziet zag wil vindt belde belt durft maakt""".split()
)
"""Behind a role they tell what it does or undergoes."""

CALLED = frozenset(
    """bellen inlichten inschakelen spreken nodig erbij halen waarschuwen melden inseinen tippen betrekken uitnodigen sturen
    bereiken langskomen komen""".split()
)
"""Said of the police they ask for it."""

BROUGHT = frozenset("telefoontje bericht melding signaal mail verzoek belletje tip brief app appje vraag boodschap".split())
GIVEN_ON = frozenset({"door", "doorgeven", "melden", "meld"})

SHORT = 6
"""Who says no more asks for the mail of somebody: "mail van de jeugdagent graag"."""

TAKES_IN = "administratie"
"""Takes in what comes from outside and gives it on (§2.1): who asks to whom is not sent there."""

WHOLE = 0.6
"""From this share of its name an organisation is named by it."""

CLEARLY = 0.35
"""Below this share explained, somebody of the school is called for the school's sake, not for the situation's."""

MOSTLY = 0.6
"""Below this share explained, the police that tells of a pupil of a school wants somebody of that school."""

NEAR, WITHIN = 3, 5
"""So many words may stand between a question word and the role, or the school, that is asked for."""

CONCERN = "zorgen-om-leerling"
"""What is told of a pupil and is nothing else that is known: within a school every signal goes one way."""

SOMEBODY_OF_SCHOOL, SOMEBODY_OF_POLICE = "iemand-van-de-school", "iemand-van-de-politie"


@dataclass(frozen=True)
class Target:
    """Whom the question is about. `roles` best first; `explicit` when the role itself was named."""

    roles: tuple[str, ...]
    place: Place
    situation: Situation | None = None
    explicit: bool = False
    candidates: tuple[Place, ...] = ()
    """Two or more schools that may be meant equally well."""


def find_place(question: Question, context: Context) -> tuple[Place, tuple[Place, ...]]:
    """The place that a question is about, or (nowhere, the schools that may be meant) when two are equally likely."""
    by_id = context.network.organisation_by_id
    schools = [(spot, by_id[spot.target]) for spot in question.organisations if by_id[spot.target].is_school]
    if schools:
        return _one_school(schools, question, context)
    if "daar" in question.wishes and context.before != NOWHERE and not question.wijken:
        return context.before, ()
    if of_kind := _of_kind(question, context):
        return (Place(school=of_kind[0]), ()) if len(of_kind) == 1 else (NOWHERE, tuple(Place(school=one) for one in of_kind))
    if question.wijken:
        return Place(wijk=question.wijken[0].target), ()
    here = context.school_here()
    if here and not question.towns:
        return Place(school=here), ()
    if question.towns and not context.own_place().school:
        return Place(municipality=question.towns[0].target), ()
    return context.own_place(), ()


def names_kind(question: Question, context: Context) -> bool:
    """Whether somebody of "het roc" or "de basisschool" is asked for."""
    return question.asks_for_somebody and bool(_of_kind(question, context))


def _of_kind(question: Question, context: Context) -> list[Organisation]:
    """The schools meant by "het vso" or "de basisschool" from outside a school; those they serve go before the others."""
    if context.school_here() or (context.own_organisation and context.own_organisation.is_school):
        return []
    behind = [question.words[found.end - 1] for found in question.roles]  # "directeur roc"
    kinds = {
        KIND_OF_WORD[word.typed]
        for before, word in pairwise(question.words)
        if word.typed in KIND_OF_WORD and (before.typed in ARTICLES or before in behind)
    }
    found = [one for one in context.network.organisations if one.is_school and one.kind in kinds]
    return [one for one in found if one in context.schools_served()] or found


def _one_school(schools: list[tuple[Spot, Organisation]], question: Question, context: Context) -> tuple[Place, tuple[Place, ...]]:
    best = schools[0][0]
    rivals = [school for spot, school in schools if spot.places & best.places]
    if len(rivals) == 1:
        others = [school for spot, school in schools[1:] if not spot.places & best.places]
        own = context.own_organisation
        # "een leerling van A vecht met een van B": the other school than one's own is the one asked about
        if own and own.id == rivals[0].id and others and bool(ASKING & question.wishes):
            return Place(school=others[0]), ()
        return Place(school=rivals[0]), ()
    known = [one for one in (context.school_here(), context.own_organisation, *context.schools_served()) if one]
    mine = [school for school in rivals if school in known]
    if len(mine) == 1:
        return Place(school=mine[0]), ()
    return NOWHERE, tuple(Place(school=school) for school in rivals)


def concern(place: Place, context: Context) -> Target:
    """Who hears a worry about a pupil of that place first."""
    return Target(_default(CONCERN, context), place, context.world.library.situations[CONCERN])


def find_target(question: Question, context: Context) -> Target | None:
    """Whom to call, as far as the words tell; None when they tell nothing."""
    place, candidates = find_place(question, context)
    situation = _situation(question, context)
    named = _named_role(question, context, situation)
    if named and not _is_own_at_school(named, question, context, place):
        return Target((named,), place, situation, explicit=True, candidates=candidates)
    if found := _by_organisation(question, context, place, situation):
        return replace(found, candidates=candidates)
    if situation:
        roles = roles_for(situation, context)
        if _asks_at_school(question, context, place):
            clear = question.explains("situation") > (CLEARLY if ASKING & question.wishes else MOSTLY)
            roles = (_of_side(roles, "school", context) if clear else ()) or _default(SOMEBODY_OF_SCHOOL, context)
        return Target(roles, place, situation, candidates=candidates)
    if question.tells_of_pupil and context.side == "school":
        return replace(concern(place, context), candidates=candidates)
    somewhere = question.organisations or question.wijken or question.wishes & {"hier", "daar"}
    if somewhere or names_kind(question, context) or context.school_here():
        return Target(_default(SOMEBODY_OF_SCHOOL, context), place, candidates=candidates)
    return None


def _situation(question: Question, context: Context) -> Situation | None:
    hit = question.sure("situation")
    return context.world.library.situations[hit.id] if hit else None


def _named_role(question: Question, context: Context, situation: Situation | None) -> str | None:
    """The role that is asked for, of those that are named: the one nearest behind a question, and not what the asker is."""
    found = [one for one in question.roles if not _is_only_told(one, question, context, situation)]
    if len({one.meaning for one in found}) > 1:
        own = set(context.asker.roles) if context.asker else set()
        found = [one for one in found if one.meaning not in own] or found
    if not found:
        return None
    asking = [cue.end for cue in question.cues if cue.meaning in ASKING]

    def distance(start: int) -> int:
        return min((start - end if start >= end else 2 * (end - start) + 3 for end in asking), default=start)

    return min(found, key=lambda one: distance(one.start)).meaning


def _is_only_told(role: Found, question: Question, context: Context, situation: Situation | None) -> bool:
    """Whether a role is named in telling what happened: "onze conciërge is bespuugd", "we hebben geen mentor", "aan de balie"."""
    before = [word.typed for word in question.words[max(0, role.start - 2) : role.start]]
    if before and (before[-1] == "geen" or _is_from(role, question)):
        return True
    given_on = not GIVEN_ON.isdisjoint(word.typed for word in question.words)
    if role.meaning == TAKES_IN and given_on and "wie" in {word.typed for word in question.words}:
        return True  # "winkelier belt de balie, aan wie geef ik dat door"
    if before and before[-1] == "nieuwe" and given_on:
        return True  # "nieuwe mentor bij ons, bij wie geef ik dat door"
    if situation is None or role.meaning in roles_for(situation, context) or "weg" in question.wishes:
        return False
    if any(-1 <= role.start - cue.end <= NEAR for cue in question.cues if cue.meaning in ASKING):
        return False
    if len(before) == 2 and before[0] in PLACED and before[1] in ARTICLES:
        return True
    after = [word.typed for word in question.words[role.end : role.end + 1]]
    return bool(before) and before[-1] in ARTICLES and bool(after) and after[0] in TELLING


def _is_from(role: Found, question: Question) -> bool:
    """Whether something came from a role: "aan wie geef ik een telefoontje van de wijkagent door"."""
    typed = [word.typed for word in question.words[max(0, role.start - 3) : role.start]]
    return len(question.words) > SHORT and len(typed) == 3 and typed[1] in {"van", "vd"} and typed[0] in BROUGHT


def _by_organisation(question: Question, context: Context, place: Place, situation: Situation | None) -> Target | None:
    """Somebody of the police, of leerplicht, of the gemeente: the organisation is named, the role follows."""
    by_id = context.network.organisation_by_id
    own = context.own_organisation
    said = [spot for spot in question.organisations if not by_id[spot.target].is_school]
    named = [by_id[spot.target] for spot in said if not _is_of_many(spot, said)]
    named = [organisation for organisation in named if organisation != own]
    sides = [organisation.side for organisation in named]
    around = [one.meaning for one in question.around if one.meaning not in (context.asker.roles if context.asker else ())]
    if context.side == "politie":
        around = [role for role in around if role != "wijkagent"]
        named = [organisation for organisation in named if organisation.kind != "politie"]
    told = situation is not None and context.side == "school" and not _is_asked_for(question)
    if ("politie" in sides or "wijkagent" in around) and not told:
        order = _of_side(roles_for(situation, context), "politie", context) if situation else ()
        return Target(order or _default(SOMEBODY_OF_POLICE, context), place, situation)
    theirs = _of_side(roles_for(situation, context), "leerplicht", context) if situation else ()
    if named and named[0].kind == "gemeente" and theirs:
        return Target(theirs, place, situation)  # "wie behandelt verzuim bij de gemeente"
    if named and (role := ROLE_OF_KIND.get(named[0].kind)):
        return Target((role,), place, situation, explicit=True)
    if around and around[0] != "mentor" and not situation:
        return Target((around[0],), place, situation, explicit=True)
    return None


def _is_asked_for(question: Question) -> bool:
    """Whether the police that is named is asked for, and not only told of: "wie van de politie", "politie inlichten"."""
    places = {place for found in question.around for place in found.places}
    before = any(-1 <= min(places, default=99) - cue.end <= NEAR for cue in question.cues if cue.meaning in ASKING)
    near = question.words[max(places, default=0) + 1 :][: NEAR + 1]
    return before or any(word.typed in CALLED for word in near)


def _is_of_many(spot: Spot, others: list[Spot]) -> bool:
    """Whether the word that was said is a small part of several names: "Noord" of "Halt Noord" and "Veilig Thuis Noord"."""
    return spot.share < WHOLE and any(one.target != spot.target and one.places == spot.places for one in others)


def _asks_at_school(question: Question, context: Context, place: Place) -> bool:
    """Somebody from outside asks for a person at the school they name: "wie bel ik op het …", "wie van school kan erbij zijn"."""
    if not place.school or context.own_organisation == place.school:
        return False
    if "daar" in question.wishes or any(word.typed == "daar" for word in question.words):
        return True
    asking = [cue for cue in question.cues if cue.meaning in ASKING]
    if not asking and question.organisations and context.side == "politie" and question.explains("situation") < MOSTLY:
        return True  # "jongen van het Ankerpunt aangehouden": the school hears of it
    places = [min(spot.places) for spot in question.organisations if spot.target == place.school.id]
    places += [number for number, word in enumerate(question.words) if word.lemma == "school"]
    for number in places:
        before = {word.typed for word in question.words[max(0, number - 3) : number]}
        if before & {"op", "bij", "van"} and any(-1 <= number - cue.end <= WITHIN for cue in asking):
            return True
    return False


def _is_own_at_school(role: str, question: Question, context: Context, place: Place) -> bool:
    """Whether somebody who has the role wants a person of a school: Halt asks whom to call there about a lesson of Halt."""
    there = any(word.typed == "daar" for word in question.words)
    return there and context.asker is not None and role in context.asker.roles and _asks_at_school(question, context, place)


def roles_for(situation: Situation, context: Context) -> tuple[str, ...]:
    """Whom this asker calls in this situation: by their own role when it has its own order, else by their side."""
    own = context.asker.roles if context.asker else ()
    order = next((situation.who[role] for role in own if role in situation.who), None)
    if order is None:
        order = situation.who.get(context.side) or situation.who.get("school") or next(iter(situation.who.values()))
    return tuple(role for role in order if role not in own) or tuple(order)


def _of_side(roles: tuple[str, ...], side: str, context: Context) -> tuple[str, ...]:
    return tuple(role for role in roles if context.world.library.roles[role].side == side)


def _default(situation: str, context: Context) -> tuple[str, ...]:
    return roles_for(context.world.library.situations[situation], context)
