"""When somebody may be spoken to, and when a term ends: office hours, school days, holidays and quiet hours in wall time.

Dates and wall time go in, aware moments in the network's zone come out. Nothing here adds hours across a day, except
`minutes_after`, which is about minutes that really pass. Reads no clock.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal

from knowledge.calendar import school_days_after, working_days_after

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from knowledge.calendar import Calendar
    from knowledge.network import Person

LOUD_FROM, LOUD_UNTIL = time(7), time(19)
"""Whoever is there day and night hears at night only what cannot wait (users ask for it: no clicks at midnight)."""

OFFICE_FROM, OFFICE_UNTIL = time(8, 30), time(17)
"""The hours of a place that people share."""

HORIZON = timedelta(days=400)
"""How far ahead a working moment is looked for; longer than any leave."""

Days = Literal["werkdagen", "schooldagen"]


def at_wall(zone: ZoneInfo, day: date, clock: time) -> datetime:
    """That time of that day. A time that the clock skips is the same time later by what it skips; of two the first."""
    return datetime.combine(day, clock, zone).astimezone(UTC).astimezone(zone)


def minutes_after(calendar: Calendar, at: datetime, minutes: int) -> datetime:
    """So many minutes later as they pass, also in a night on which the clock changes."""
    return (at.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(calendar.network.zone)


def local_day(calendar: Calendar, at: datetime) -> date:
    """The local day of a moment."""
    return at.astimezone(calendar.network.zone).date()


def days_after(calendar: Calendar, day: date, n: int, what: Days, region: str | None = None) -> date:
    """The n-th working or school day after this day, which itself does not count."""
    return working_days_after(calendar, day, n) if what == "werkdagen" else school_days_after(calendar, day, n, region)


def days_between(calendar: Calendar, first: date, last: date, what: Days = "werkdagen", region: str | None = None) -> int:
    """How many working or school days lie after `first`, up to and including `last`."""
    ahead = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(calendar.is_working_day(day) and not is_free(calendar, day, what, region) for day in ahead)


def is_free(calendar: Calendar, day: date, what: Days, region: str | None = None) -> bool:
    """Whether this is a holiday for what counts these days: school holidays only count where school days do."""
    return calendar.is_public_holiday(day) or (what == "schooldagen" and calendar.is_school_holiday(day, region))


def office_moment(calendar: Calendar, at: datetime, what: Days = "werkdagen", region: str | None = None) -> datetime:
    """The first moment from `at` on, itself included, at which a shared place is there: its day, in its office hours."""
    zone = calendar.network.zone
    moment = at.astimezone(zone)
    while True:
        day = moment.date()
        if calendar.is_working_day(day) and not is_free(calendar, day, what, region):
            opens = at_wall(zone, day, OFFICE_FROM)
            if moment < at_wall(zone, day, OFFICE_UNTIL):
                return max(moment, opens)
        moment = at_wall(zone, day + timedelta(days=1), OFFICE_FROM)


def working_moment(
    calendar: Calendar, person: Person, at: datetime, what: Days = "werkdagen", region: str | None = None
) -> datetime | None:
    """The first moment from `at` on, itself included, that is working time of this person.

    Their own hours and absences count, never a public holiday; with `schooldagen` no school holiday of the region either.
    By day (`LOUD_FROM`) when they work by day, else in the hours that they do work. None: not within `HORIZON`, or never again.
    """
    zone = calendar.network.zone
    moment = at.astimezone(zone)
    last = moment + HORIZON
    while moment <= last:
        there = calendar.availability(person, moment)
        if not there.open:
            if there.back is None:
                return None
            moment = there.back
            continue
        day = moment.date()
        if not is_free(calendar, day, what, region) and (found := _first_on(calendar, person, day, moment)):
            return found
        moment = at_wall(zone, day + timedelta(days=1), time())
    return None


def _first_on(calendar: Calendar, person: Person, day: date, at: datetime) -> datetime | None:
    """The first moment from `at` on in the working time of one day."""
    zone = calendar.network.zone
    start, end = at_wall(zone, day, LOUD_FROM), at_wall(zone, day, LOUD_UNTIL)
    spans = list(_open_spans(calendar, person, day))
    by_day = [(max(first, start), min(last, end)) for first, last in spans if first < end and start < last]
    return next((max(first, at) for first, last in by_day or spans if at < last), None)


def _open_spans(calendar: Calendar, person: Person, day: date) -> Iterator[tuple[datetime, datetime]]:
    """The open times of one local day, each from its start to its end or midnight."""
    zone = calendar.network.zone
    moment, midnight = at_wall(zone, day, time()), at_wall(zone, day + timedelta(days=1), time())
    while moment < midnight:
        there = calendar.availability(person, moment)
        until = (there.until if there.open else there.back) or midnight
        if there.open:
            yield moment, min(until, midnight)
        moment = until


def is_working(calendar: Calendar, person: Person, at: datetime, what: Days = "werkdagen", region: str | None = None) -> bool:
    """Whether this is working time of this person, as `working_moment` means it."""
    return working_moment(calendar, person, at, what, region) == at.astimezone(calendar.network.zone)


def is_night(calendar: Calendar, at: datetime) -> bool:
    """Whether it is outside the hours in which people are awake for work."""
    return not LOUD_FROM <= at.astimezone(calendar.network.zone).time() < LOUD_UNTIL


def next_morning(calendar: Calendar, at: datetime) -> datetime:
    """The moment itself by day, else the next time that it is day: any day, holidays too."""
    zone = calendar.network.zone
    moment = at.astimezone(zone)
    if not is_night(calendar, moment):
        return moment
    day = moment.date() if moment.time() < LOUD_FROM else moment.date() + timedelta(days=1)
    return at_wall(zone, day, LOUD_FROM)
