"""The end of a quickscan as people read it: phase and colour, why, what protects, what now, and whom to call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.answers.contact_lines import contact_data, person_lines
from bot.answers.knowledge import fill
from bot.messages import Line, Option, Reply
from bot.picture.named import cell_picture
from knowledge.phase_card import weigh
from knowledge.reach import NOWHERE, Place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.context import Context
    from bot.talk.flow import Case
    from knowledge.network import Organisation
    from knowledge.phase_card import PhaseCard, Route, Weighed
    from knowledge.reach import Contact

OWN = "eigen-fase"
"""The phase by somebody's own judgement: kept beside the answers."""

MOST_CONTACTS, MOST_SCHOOLS = 2, 4


@dataclass(frozen=True, slots=True)
class Scan:
    """The facts of a scan. A doubted boundary-crossing fact stands among the threatening ones too."""

    threatening: tuple[str, ...]
    doubted: tuple[str, ...]
    protective: tuple[str, ...]
    context: str
    stacking: str
    own_phase: int | None

    def weighed(self, card: PhaseCard) -> Weighed:
        return weigh(card, self.threatening, self.protective, self.stacking)


def result_reply(case: Case, scan: Scan, options: tuple[Option, ...]) -> Reply:
    """The whole result."""
    context, card = case.context, case.context.world.library.phase_card
    weighed = scan.weighed(card)
    phase = weighed.phase if scan.own_phase is None else scan.own_phase
    route = route_for(card, context.side)
    contacts = people_to_call(context, phase) if phase else []
    say = context.world.words.say
    why = [*_why(case, scan, weighed), *_what_now(case, scan, phase, route)]
    crisis = [Line(say("quickscan.crisis"), "alarm")] if phase else []
    whom = list(_whom(case, contacts)) if phase else []
    # At red somebody calls now, with one thumb: the number stands before the reasons.
    first = card.phase(phase).colour == "rood"
    lines = [*_head(case, scan, weighed), *([*crisis, *whom, *why] if first else [*why, *crisis, *whom])]
    lines.append(Line(say("quickscan.hulpmiddel"), "note"))
    lines.append(Line(say("quickscan.kenmerk", kenmerk=case.reference), "note"))
    lines += [Line(f"{number}. {option.label}", "list") for number, option in enumerate(options, start=1)]
    sources = list(dict.fromkeys([*card.phase(phase).sources, *([route.source] if phase else [])]))
    data = {
        "flow": "quickscan", "step": "uitkomst", "reference": case.reference, "phase": weighed.phase,
        "colour": card.phase(weighed.phase).colour, "reasons": list(weighed.reasons), "own_judgement": scan.own_phase,
        "context": context_of(scan), "stacking": scan.stacking, "protective": list(scan.protective),
        "doubts": list(scan.doubted), "held_back_from": weighed.held_back_from,
        "contacts": [contact_data(contact) for contact in contacts], "sources": sources,
    }  # fmt: skip
    picture = cell_picture(phase, context_of(scan), context.world.library)
    return Reply("result", tuple(lines), options, data=data, picture=picture)


def context_of(scan: Scan) -> str:
    """Where it plays; who does not know is shown the widest."""
    return scan.context if scan.context != "weet-ik-niet" else "school-en-maatschappelijk"


def phase_in_words(case: Case, number: int) -> str:
    """Never a colour alone: "🟠 ORANJE – fase 2"."""
    phase = case.context.world.library.phase_card.phase(number)
    key = "quickscan.fase-kop" if number else "quickscan.fase-kop-geen"
    return case.context.world.words.say(key, teken=phase.sign, woord=phase.word, fase=number)


def _head(case: Case, scan: Scan, weighed: Weighed) -> Iterable[Line]:
    say, card = case.context.world.words.say, case.context.world.library.phase_card
    if scan.own_phase is None:
        yield Line(phase_in_words(case, weighed.phase), "headline")
        yield Line(card.phase(weighed.phase).title)
        return
    yield Line(say("quickscan.eigen-kop", fase=phase_in_words(case, scan.own_phase)), "headline")
    yield Line(card.phase(scan.own_phase).title)
    yield Line(say("quickscan.scan-gaf", fase=phase_in_words(case, weighed.phase)))


def _why(case: Case, scan: Scan, weighed: Weighed) -> Iterable[Line]:
    say, card = case.context.world.words.say, case.context.world.library.phase_card
    yield Line(say(f"quickscan.want-{weighed.grounds}", fase=weighed.held_back_from or weighed.phase), "reason")
    for one in weighed.reasons:
        doubt = say("quickscan.niet-zeker-telt") if one in scan.doubted else ""
        yield Line(f"- {card.threatening_by_id[one].label}{doubt}", "list")
    if weighed.held_back_from:
        yield Line(say("quickscan.tegengehouden", van=weighed.held_back_from, naar=weighed.phase), "reason")
    if scan.protective:
        yield Line(say("quickscan.beschermt"), "reason")
        yield from (Line(f"- {card.protective_by_id[one].label}", "list") for one in scan.protective)
    unsure = [one for one in scan.doubted if one not in weighed.reasons]
    if unsure:
        factors = {**card.threatening_by_id, **card.protective_by_id}
        yield Line(say("quickscan.niet-zeker", wat="; ".join(factors[one].label for one in unsure)), "note")
    for step, value in (("context", scan.context), ("stapeling", scan.stacking)):
        if value == "weet-ik-niet":
            yield Line(say(f"quickscan.onbekend-{step}"), "note")


def _what_now(case: Case, scan: Scan, phase: int, route: Route) -> Iterable[Line]:
    say, library = case.context.world.words.say, case.context.world.library
    card = library.phase_card
    found = card.phase(phase)
    if phase:
        place = next(one.sentence for one in card.contexts if one.id == context_of(scan))
        cell = card.cells[str(phase)][context_of(scan)]  # type: ignore[index]  # a context that was answered is one of the card
        yield Line(say("quickscan.vak", fase=phase, plek=place, tekst=cell))
    yield Line(say("quickscan.grens" if phase else "quickscan.grens-geen", tekst=found.boundary))
    if not phase:
        return
    yield Line(say("quickscan.stappen", bron=route.source), "reason")
    yield from (Line(f"- {fill(step, library)}", "list") for step in route.steps)


def route_for(card: PhaseCard, side: str) -> Route:
    """The signal route of who looks: out of the school (§2.2) or into it (§2.1)."""
    return next((route for route in card.routes.values() if side in route.sides), card.routes["intern"])


def people_to_call(context: Context, phase: int) -> list[Contact]:
    """Who to call for a phase: two people of the place, or of each of the asker's schools the first one."""
    place = context.own_place()
    if place != NOWHERE:
        return _people_at(place, context, phase)[:MOST_CONTACTS]
    found = [contact for school in _own_schools(context) for contact in _people_at(Place(school=school), context, phase)[:1]]
    return list({contact.person.id: contact for contact in found}.values())[:MOST_SCHOOLS]


def _own_schools(context: Context) -> list[Organisation]:
    """The schools of somebody who works for several: those of their koppels, or that stand in their entry."""
    ids = [one.school for one in context.network.koppels if context.sender in one.contacts]
    return [context.network.organisation_by_id[one] for one in dict.fromkeys(ids)] or context.schools_served()


def _people_at(place: Place, context: Context, phase: int) -> list[Contact]:
    """The people of a place for a phase, reachable first; of several who hold a role the one who serves it most closely."""
    orders = context.world.library.phase_card.call[str(phase)]
    roles = orders["school" if context.side in {"school", "netwerk"} else "anders"]
    own = context.asker.roles if context.asker else ()
    found: dict[str, Contact] = {}
    for role in (one for one in roles if one not in own):
        holders = [one for one in context.world.reach.holders(role, place, context.today) if one.id != context.sender]
        for contact in context.world.reach.contacts(holders[0], role, context.now, but_not=context.sender) if holders else ():
            found.setdefault(contact.person.id, contact)
    return sorted(found.values(), key=lambda contact: not contact.availability.open)


def _whom(case: Case, contacts: list[Contact]) -> Iterable[Line]:
    """Whom to call, or that it depends on a school that is not known here."""
    context, say = case.context, case.context.world.words.say
    if context.own_place() == NOWHERE:
        yield Line(say("quickscan.bel-per-school" if contacts else "quickscan.bel-welke-school"), "reason")
    for place, contact in enumerate(contacts):
        yield from person_lines(context, contact, first=place == 0, listed={one.person.id for one in contacts})
