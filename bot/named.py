"""The people somebody means by a name, a role or an organisation, and whom to suggest when nobody is named."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.names import SMALL_WORDS
from knowledge.reach import NOWHERE, Place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from bot.context import Context
    from bot.handover.rows import Handover
    from knowledge.network import Person

_BEFORE_NAME = re.compile(r"\b(?:aan|vraag|naar|door|met)\b", re.IGNORECASE)

MOST = 9
"""Suggestions on one page."""

USUAL = (
    "wijkagent", "schoolcontactpersoon", "veiligheidscoordinator", "leerplichtambtenaar", "zorgcoordinator", "jeugdteam", "halt",
    "schoolmaatschappelijk-werk", "wijkteam", "ggd", "afdelingsleider", "rmc",
)  # fmt: skip
"""The roles to which is handed over most, of the own school or the schools that somebody serves."""


@dataclass(frozen=True)
class Someone:
    """Somebody of the network, to be named on a page of a conversation."""

    context: Context
    but_not: frozenset[str]

    def takes(self, value: str) -> bool:
        """Whether this is the id of somebody who can be meant."""
        person = self.context.network.person_by_id.get(value)
        return person is not None and bool(_fit([person], self.but_not, self.context))

    def find(self, text: str) -> tuple[tuple[str, ...], bool]:
        """The ids of who is named, and whether that is sure: of one who is named with another first name it is not."""
        found = tuple(one.id for one in named_people(text, self.context, self.but_not))[:MOST]
        return found, len(found) == 1 and is_sure(text, self.context)


def named_people(text: str, context: Context, but_not: Collection[str] = ()) -> list[Person]:
    """Who is meant: one when it is clear, several when it is not, nobody when nothing is recognised."""
    world, day = context.world, context.today
    question = world.understanding.read(text, world.names)
    by_id = context.network.person_by_id
    if question.people:
        first = question.people[0]
        near = [one for one in question.people if one.places & first.places and one.weight > 0.9 * first.weight]
        found = [by_id[one.target] for one in near]
        if first.share > 0.6 or not question.roles:
            return _fit(found, but_not, context)
    schools = [context.network.organisation_by_id[one.target] for one in question.organisations]
    role = question.roles[0].meaning if question.roles else None
    if role:
        place = next((Place(school=one) for one in schools if one.is_school), context.own_place())
        found = world.reach.holders(role, place, day) or world.reach.holders(role, NOWHERE, day)
        if schools and (inside := [one for one in found if one.organisation in {school.id for school in schools}]):
            found = inside
        return _fit(found, but_not, context)
    if schools:
        return _fit([one for one in context.network.people if one.organisation == schools[0].id], but_not, context)
    return []


def is_sure(text: str, context: Context) -> bool:
    """Whether nothing is said beside the name, where a name was said: "Jan de Vries" is not Sanne de Vries.

    What stands before "aan", "vraag" or "naar" belongs to the sentence.
    """
    question = context.world.understanding.read(_BEFORE_NAME.split(text)[-1], context.world.names)
    if not question.people:
        return True
    said = {place for role in (*question.roles, *question.around) for place in role.places}
    said |= {place for spot in (*question.organisations, question.people[0]) for place in spot.places}
    still = SMALL_WORDS.union(context.world.words.list("overdracht-horen.stil"))
    return all(place in said or word.typed in still for place, word in enumerate(question.words))


def usual_people(context: Context) -> list[Person]:
    """Whom somebody usually hands over to: the other contacts of their pairs first, then the usual roles around them."""
    found: dict[str, Person] = {}
    asker, by_id = context.asker, context.network.person_by_id
    if asker is None:
        return []
    here = context.network.koppel_by_id.get(context.origin)
    koppels = [one for one in context.network.koppels if asker.id in one.contacts] or [
        one for one in context.network.koppels if one.school == asker.organisation
    ]
    for koppel in [*([here] if here else []), *koppels]:
        for contact in koppel.contacts:
            found.setdefault(contact, by_id[contact])
    place = context.own_place()
    if place != NOWHERE:
        for role in USUAL:
            for one in context.world.reach.holders(role, place, context.today)[:2]:
                found.setdefault(one.id, one)
    others = _fit(found.values(), {asker.id}, context)
    return sorted(others, key=lambda one: one.organisation == asker.organisation)[:MOST]


def alternatives(handover: Handover, declined: Collection[str], context: Context) -> list[Person]:
    """Who could do it instead of who cannot: deputies, other contacts of the pair, who has the same role; of them who is there."""
    world, day, by_id = context.world, context.today, context.network.person_by_id
    addressee = by_id.get(handover.addressee)
    found: dict[str, Person] = {}
    if addressee:
        koppel = context.network.koppel_by_id.get(handover.koppel or "")
        others = (by_id[one] for one in koppel.contacts) if koppel else ()
        colleagues = (one for one in context.network.people if one.organisation == addressee.organisation)
        near = (*world.reach.deputies(addressee, day), *others, *world.reach.successors(addressee, day), *colleagues)
        for one in near:
            found.setdefault(one.id, one)
    giver = by_id.get(handover.giver)
    own = giver.organisation if giver else ""
    fit = _fit(found.values(), {handover.giver, handover.addressee, *declined}, context)
    chosen = [one for one in fit if one.organisation != own or (addressee and addressee.organisation == own)]
    there = [one for one in chosen if one.absence_on(day) is None]
    return (there or chosen)[:MOST]


def may_be_asked(person: Person | None, handover: Handover, context: Context) -> bool:
    """Whether a handover can be offered to somebody: in a role today, and not its giver."""
    return person is not None and person.id != handover.giver and bool(_fit([person], (), context))


def _fit(people: Iterable[Person], but_not: Collection[str], context: Context) -> list[Person]:
    return [one for one in people if one.id not in but_not and one.roles and one.serves_on(context.today)]
