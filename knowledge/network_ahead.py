"""Gaps that only show on certain days: hours at which nobody in a role can be reached, people without an account, an old calendar.

What is looked at are the next ten school days of each school, hour by hour, absences and deputies included.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from knowledge import network_words as words
from knowledge.network_diff import enumerated
from knowledge.network_gaps import MOST_NAMES, OWN_ROLES, Gap, day_text, roles_text
from knowledge.reach import Place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from knowledge.calendar import Calendar
    from knowledge.network import Channels, Organisation, Person
    from knowledge.reach import Reach

SCHOOL_DAYS = 10
HOURS = tuple(time(hour) for hour in range(9, 17))
"""In these hours a school calls; on their first minute it is looked whether somebody is there."""

ALL_HOURS = (1 << len(HOURS)) - 1
CALENDAR_SOON = timedelta(days=365)
PLATFORMS = ("Slack", "Matrix")


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is known of the days to come. `linked` are people whose account was linked outside the file."""

    reach: Reach
    today: date
    linked: frozenset[str] = frozenset()

    @property
    def calendar(self) -> Calendar:
        return self.reach.calendar


def gaps_ahead(ahead: Ahead) -> list[Gap]:
    """All that is missing on some day to come, the holes first."""
    return [*_calendar_gaps(ahead), *_hour_gaps(ahead), *_account_gaps(ahead)]


def _calendar_gaps(ahead: Ahead) -> Iterator[Gap]:
    last = ahead.calendar.last_known_school_holiday()
    if last < ahead.today:
        yield Gap("gat", words.CALENDAR_ENDED.format(day=day_text(last)))
    elif last <= ahead.today + CALENDAR_SOON:
        yield Gap("let op", words.CALENDAR_ENDS.format(day=day_text(last)))


def _account_gaps(ahead: Ahead) -> Iterator[Gap]:
    """Whom no message reaches, on a platform that the network uses."""
    network = ahead.calendar.network
    channels = [network.channels, *(koppel.channels for koppel in network.koppels)]
    if not any(one.slack or one.matrix for one in channels):
        return
    here = [one for one in network.people if one.until is None or one.until >= ahead.today]
    missing = [one.name for one in here if not (one.slack or one.matrix or one.id in ahead.linked)]
    if missing:
        yield Gap("let op", words.NO_ACCOUNT.format(people=enumerated(missing, MOST_NAMES)))
    for koppel in network.koppels:
        used = _platforms_of(koppel.channels)
        for person in (network.person_by_id[one] for one in koppel.contacts if one not in ahead.linked):
            has = _platforms_of(person)
            if used and has and not used & has:
                school = network.organisation_by_id[koppel.school].name
                text = words.OTHER_PLATFORM.format(person=person.name, has=words.AND.join(sorted(has)), school=school)
                yield Gap("let op", text, (koppel.id, person.id))


def _platforms_of(one: Person | Channels) -> set[str]:
    """The platforms on which somebody has an account, or on which a pair has a channel."""
    return {name for name, there in zip(PLATFORMS, (one.slack, one.matrix), strict=True) if there}


def _hour_gaps(ahead: Ahead) -> Iterator[Gap]:
    shifts = _Shifts(ahead)
    for school in (one for one in ahead.calendar.network.organisations if one.is_school):
        days = _school_days(ahead, school)
        open_roles: dict[tuple[date, ...], list[str]] = {}
        for role, others in _roles_of(school):
            people = [one for name in (role, *others) for one in ahead.reach.holders(name, Place(school=school), ahead.today)]
            if people and (bare := shifts.bare_days(people, days)):
                open_roles.setdefault(tuple(bare), []).append(role)
        for bare_days, roles in open_roles.items():
            when = _when(bare_days, days)
            yield Gap("let op", words.NOBODY_REACHED.format(school=school.name, when=when, roles=roles_text(roles)), (school.id,))


def _roles_of(school: Organisation) -> list[tuple[str, tuple[str, ...]]]:
    """The roles that a school calls, each with those that do as well."""
    truancy = ("rmc", ("leerplichtambtenaar",)) if school.kind == "mbo" else ("leerplichtambtenaar", ())
    own = [(role, ()) for role in OWN_ROLES[school.kind] if role != "mentor"]
    return [("veiligheidscoordinator", ()), ("wijkagent", ("schoolcontactpersoon",)), truancy, *own]


def _school_days(ahead: Ahead, school: Organisation) -> list[date]:
    found: list[date] = []
    day = ahead.today
    while len(found) < SCHOOL_DAYS and day < ahead.today + timedelta(days=100):
        day += timedelta(days=1)
        if ahead.calendar.is_school_day(day, school.region):
            found.append(day)
    return found


def _when(bare: Collection[date], days: list[date]) -> str:
    """The days of the week on which it is always so, else the dates."""
    weekdays = sorted({day.weekday() for day in bare})
    always = [day for day in weekdays if all(one in bare for one in days if one.weekday() == day)]
    dated = [day_text(day) for day in bare if day.weekday() not in always]
    return enumerated([*(words.ON_DAY.format(day=words.DAY_NAMES[day]) for day in always), *dated], MOST_NAMES)


class _Shifts:
    """The hours at which somebody can be reached, themselves or a deputy, worked out once a day for each."""

    def __init__(self, ahead: Ahead) -> None:
        self._ahead = ahead
        self._known: dict[tuple[str, date], int] = {}

    def bare_days(self, people: list[Person], days: list[date]) -> list[date]:
        """The days with an hour at which none of these people nor their deputies can be reached."""
        return [day for day in days if self._covered(people, day) != ALL_HOURS]

    def _covered(self, people: list[Person], day: date) -> int:
        covered = 0
        for person in people:
            covered |= self._own(person, day)
            for deputy in self._ahead.reach.deputies(person, day) if covered != ALL_HOURS else ():
                covered |= self._own(deputy, day)
        return covered

    def _own(self, person: Person, day: date) -> int:
        known = self._known.get((person.id, day))
        if known is None:
            calendar = self._ahead.calendar
            moments = [datetime.combine(day, hour, calendar.network.zone) for hour in HOURS]
            known = sum(1 << place for place, at in enumerate(moments) if calendar.availability(person, at).open)
            self._known[person.id, day] = known
        return known
