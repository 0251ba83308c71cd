"""Whom to call in a guided conversation: the people of its school for some roles, and the question which school it is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.messages import Line, Option
from bot.talk.flow import Page
from knowledge.reach import NOWHERE, Contact, Place

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from bot.context import Context
    from bot.talk.flow import Case
    from knowledge.network import Organisation, Person

SCHOOL = "school"
MOST_SCHOOLS = 9
"""More cannot be tapped on one page; whoever has more is told that it depends on the school."""


def school_page(case: Case, number: int = 0, total: int = 0) -> Page | None:
    """Which school is it about? None when that is known, or when there are too many to choose from."""
    schools = _schools(case.context)
    if case.context.own_place() != NOWHERE or not schools or len(schools) > MOST_SCHOOLS:
        return None
    say = case.context.world.words.say
    options = tuple(Option(one.id, one.name[:40]) for one in schools)
    also = {one.id: one.also_known_as for one in schools}
    lines = (Line(say("wie.school"), "headline"),)
    return Page(
        SCHOOL, say("wie.naam-school"), lines, options, may_skip=True, may_doubt=True, number=number, total=total, also=also
    )


def _schools(context: Context) -> list[Organisation]:
    """The schools that somebody works with, else all of the network."""
    ids = dict.fromkeys(one.school for one in context.network.koppels if context.sender in one.contacts)
    own = [context.network.organisation_by_id[one] for one in ids] or context.schools_served()
    return own or [one for one in context.network.organisations if one.is_school]


def place_of(case: Case) -> Place:
    """Where the conversation plays: what the surroundings say, else the school that was chosen."""
    own = case.context.own_place()
    school = case.context.network.organisation_by_id.get(case.one(SCHOOL) or "")
    return Place(school=school) if own == NOWHERE and school else own


def region_of(case: Case) -> str | None:
    """The holiday region of the school; None: the network's own."""
    school = place_of(case).school
    return school.region if school else None


def to_call(case: Case, roles: Iterable[str], most: int) -> list[Contact]:
    """One person for each of the roles, each person once; nobody where it depends on a school that is not known."""
    found: dict[str, Contact] = {}
    for role in roles:
        for contact in _for_role(case, role):
            found.setdefault(contact.person.id, contact)
    return list(found.values())[:most]


def _for_role(case: Case, role: str) -> list[Contact]:
    """Who can be called for a role now: whoever has it or their deputy; when nobody has it, whoever is next."""
    context = case.context
    reach, place = context.world.reach, place_of(case)
    for one in (role, *context.world.library.roles[role].instead):
        holders = [person for person in reach.holders(one, place, context.today) if person.id != context.sender]
        if holders and (place != NOWHERE or len(holders) == 1):
            return reach.contacts(holders[0], one, context.now, but_not=context.sender)[:1]
        if context.asker and one == role and one in context.asker.roles:
            return []  # it is the asker's own work
    return []


@dataclass(frozen=True, slots=True)
class Holder:
    """Who does something: in which role, who (None: not known which), and whom they replace."""

    role: str
    person: Person | None = None
    replaces: Person | None = None


def holder_on(case: Case, roles: list[str], day: date) -> Holder:
    """Who does something on a day: the first role that somebody has, and that person, or the first deputy who is there.

    Of several who hold it the asker; else nobody is named, for which of them it is follows from the pupil.
    """
    reach, place = case.context.world.reach, place_of(case)
    for role in roles:
        holders = reach.holders(role, place, day)
        if not holders or (place == NOWHERE and len(holders) > 1):
            continue
        if own := next((one for one in holders if one.id == case.context.sender), None):
            return Holder(role, own)
        if len(holders) > 1:
            return Holder(role)
        there = (one for one in (holders[0], *reach.deputies(holders[0], day)) if not one.absence_on(day))
        found = next(there, holders[0])
        return Holder(role, found, holders[0] if found != holders[0] else None)
    return Holder(roles[0])


def short_lines(case: Case, contacts: Iterable[Contact]) -> list[Line]:
    """People in two lines each: who, and the number alone."""
    say, roles = case.context.world.words.say, case.context.world.library.roles
    lines = []
    for contact in contacts:
        key = "wie.bel-vervanger" if contact.deputy_for else "wie.bel" if contact.availability.open else "wie.bel-later"
        replaced = contact.deputy_for.name if contact.deputy_for else ""
        role = roles[contact.stands_in_as or contact.role].name
        lines.append(Line(say(key, naam=contact.person.name, rol=role, vervangt=replaced), "person"))
        lines.append(Line(contact.person.phone or contact.person.email or say("wie.geen-nummer"), "number"))
    return lines
