"""The days of one network: public holidays, school holidays per region, school days and working days.

Knows dates and people's hours, reads no clock: the day or the moment is always an argument.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import holidays

from knowledge.office_hours import Timetable

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from knowledge.network import Network, Person
    from knowledge.office_hours import Availability

REGIONS = ("noord", "midden", "zuid")

# The library counts Good Friday among the public holidays, as the law on terms does. Offices and police work on it.
WORKED_HOLIDAYS = frozenset({"Goede vrijdag"})

# A year of which the library certainly knows every school holiday; the search for its last known one starts here.
FULLY_KNOWN_YEAR = 2026


class Calendar:
    """The calendar of one network. Holidays are worked out per year, at the first question about that year.

    A region is `noord`, `midden` or `zuid`; None means the network's own. The network's `days_off` are free days of its
    schools: they stand in for school holidays, so that six weeks of summer filled in there never close the police.
    """

    def __init__(self, network: Network) -> None:
        self.network = network
        self._public: dict[int, dict[date, str]] = {}
        self._school: dict[tuple[int, str], dict[date, str]] = {}
        self._timetables: dict[tuple[object, ...], Timetable] = {}

    def is_public_holiday(self, day: date) -> bool:
        return day in self._public_holidays(day.year)

    def is_school_holiday(self, day: date, region: str | None = None) -> bool:
        """Whether schools in the region have holidays, weekends within them included. Unknown years have none."""
        own = any(period.holds(day) for period in self.network.days_off)
        return own or day in self._school_holidays(day.year, region)

    def is_school_day(self, day: date, region: str | None = None) -> bool:
        return self.is_working_day(day) and not self.is_school_holiday(day, region)

    def is_working_day(self, day: date) -> bool:
        """Monday to Friday, no public holiday."""
        return day.isoweekday() <= 5 and not self.is_public_holiday(day)

    def holiday_name(self, day: date, region: str | None = None) -> str | None:
        """The Dutch name of the holiday: a public one first, then the network's own, then the school's."""
        own = next((period.name or "Vrije dag" for period in self.network.days_off if period.holds(day)), None)
        return self._public_holidays(day.year).get(day) or own or self._school_holidays(day.year, region).get(day)

    def school_holiday_name(self, day: date, region: str | None = None) -> str | None:
        """The Dutch name of the school holiday in the region, also where a public holiday falls in it."""
        return self._school_holidays(day.year, region).get(day)

    def last_known_school_holiday(self, region: str | None = None) -> date:
        """The last day of the last summer holiday before the first gap in what the library knows."""
        year = FULLY_KNOWN_YEAR
        while "Herfstvakantie" in self._school_holidays(year, region).values():
            year += 1
        known = self._school_holidays(year - 1, region) | self._school_holidays(year, region)
        return max(day for day, name in known.items() if name == "Zomervakantie")

    def availability(self, person: Person, now: datetime) -> Availability:
        """Whether this person can be reached at this moment, until when, or else from when again."""
        organisation = self.network.organisation_of(person)
        # All that a timetable follows from: colleagues with the same hours share one.
        key = (person.hours, organisation.kind, organisation.region, person.since, person.until, person.absences)
        timetable = self._timetables.get(key)
        if timetable is None:
            timetable = self._timetables[key] = Timetable(person, self)
        return timetable.availability(now)

    def _public_holidays(self, year: int) -> dict[date, str]:
        known = self._public.get(year)
        if known is None:
            found = holidays.country_holidays("NL", categories=("public",), years=year, expand=False, language="nl")
            known = self._public[year] = {day: name for day, name in found.items() if name not in WORKED_HOLIDAYS}
        return known

    def _school_holidays(self, year: int, region: str | None) -> dict[date, str]:
        region = region or self.network.region
        known = self._school.get((year, region))
        if known is None:
            if region not in REGIONS:
                raise ValueError(f"vakantieregio {region!r}: expected one of {', '.join(REGIONS)}")
            found = holidays.country_holidays(
                "NL", subdiv=region.capitalize(), categories=("school",), years=year, expand=False, language="nl"
            )
            known = self._school[year, region] = dict(found.items())
        return known


def working_days_after(calendar: Calendar, day: date, n: int) -> date:
    """The n-th working day after this day, which itself does not count; it need not be a working day."""
    return _nth_after(day, n, calendar.is_working_day)


def school_days_after(calendar: Calendar, day: date, n: int, region: str | None = None) -> date:
    """The n-th school day after this day, which itself does not count; it need not be a school day."""
    return _nth_after(day, n, lambda candidate: calendar.is_school_day(candidate, region))


def first_school_day(calendar: Calendar, day: date, region: str | None = None) -> date:
    """That day, or when there is no school the first school day after it."""
    return day if calendar.is_school_day(day, region) else school_days_after(calendar, day, 1, region)


def _nth_after(day: date, n: int, counts: Callable[[date], bool]) -> date:
    if n < 1:
        raise ValueError(f"a term of {n} days: expected one day or more")
    while n:
        day += timedelta(days=1)
        n -= counts(day)
    return day
