"""Whether somebody is there on a day that was named, at what time, and else who stands in for them then."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.answers.contact_lines import contact_data
from bot.messages import Line, Reply
from bot.say import joined, moment_in_words, standing_day
from knowledge.reach import Contact

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from bot.context import Context
    from knowledge.days import Days
    from knowledge.network import Person

LONGEST = 7
"""Of a longer time only the first days are said."""


def answer_on_days(person: Person, role: str, days: Days, context: Context) -> Reply:
    """When this person can be reached on the days that were named, and who else can when they cannot."""
    say, wanted = context.world.words.say, _days(days, context.today)
    found = [(day, open_on(person, day, context)) for day in wanted]
    there = [(day, spans) for day, spans in found if spans]
    name = context.world.library.roles[role].name if role in context.world.library.roles else ""
    lines = [Line(say("dag.wie", naam=person.name, rol=name) if name else person.name, "person")]
    lines.append(Line(person.phone or person.email or say("contact.geen-nummer"), "number"))
    lines += [Line(say("dag.er", dag=standing_day(day, context.today), tijden=_hours(spans))) for day, spans in there]
    contacts: list[Contact] = []
    if not there:
        lines.append(Line(say("dag.niet", dag=joined([standing_day(day, context.today) for day in wanted[:1]]))))
        midnight = _moment(wanted[-1] + timedelta(days=1), context)
        after = context.world.calendar.availability(person, midnight)
        back = midnight if after.open else after.back
        if back:
            lines.append(Line(say("contact.terug", naam=person.name, terug=moment_in_words(back, context.today)), "note"))
        contacts = _instead(person, role, wanted[0], context)
        lines += _instead_lines(contacts, wanted[0], context)
    availability = context.world.calendar.availability(person, context.now)
    people = [*contacts, Contact(person, role, availability)]
    sources = list(context.world.library.roles[role].sources) if name else []
    on = [day.isoformat() for day, _ in there]
    data = {"contacts": [contact_data(one) for one in people], "topic": role, "sources": sources, "confidence": 0.9, "on": on}
    return Reply("contact", tuple(lines), data=data)


def open_on(person: Person, day: date, context: Context) -> list[tuple[datetime, datetime]]:
    """The times of a local day at which somebody can be reached, in order; wall time of the network's zone."""
    at, midnight = _moment(day, context), _moment(day + timedelta(days=1), context)
    found = []
    while at < midnight:
        now = context.world.calendar.availability(person, at)
        if now.open:
            end = min(now.until or midnight, midnight)
            found.append((at, end))
            at = end
        elif now.back is None:
            break
        else:
            at = now.back
    return found


def _moment(day: date, context: Context) -> datetime:
    return datetime.combine(day, time.min, context.network.zone)


def _days(days: Days, today: date) -> list[date]:
    """The days meant, at most a week, none of them past."""
    all_days = (first + timedelta(days=ahead) for first, last in days.spans for ahead in range((last - first).days + 1))
    found = [day for day in all_days if day >= today]
    return found[:LONGEST] or [days.first]


def _hours(spans: Iterable[tuple[datetime, datetime]]) -> str:
    return joined([f"{start:%H:%M}-{end:%H:%M}" for start, end in spans])


def _instead(person: Person, role: str, day: date, context: Context) -> list[Contact]:
    """The first down the chain who is there on that day."""
    reach = context.world.reach
    for deputy in reach.deputies(person, day):
        if deputy.id != context.sender and open_on(deputy, day, context):
            availability = context.world.calendar.availability(deputy, context.now)
            return [Contact(deputy, reach.role_of(deputy, role), availability, deputy_for=person, stands_in_as=role)]
    return []


def _instead_lines(contacts: list[Contact], day: date, context: Context) -> list[Line]:
    say, roles = context.world.words.say, context.world.library.roles
    if not contacts:
        return [Line(say("dag.niemand"), "note"), Line(say("contact.altijd-gevaar"), "note")]
    one = contacts[0]
    spans = open_on(one.person, day, context)
    role = roles[one.role].name if one.role in roles else ""
    return [
        Line("", "plain"),
        Line(say("contact.bel", wie=f"{one.person.name}, {role}" if role else one.person.name), "person"),
        Line(one.person.phone or one.person.email or say("contact.geen-nummer"), "number"),
        Line(say("dag.er", dag=standing_day(day, context.today), tijden=_hours(spans))),
    ]
