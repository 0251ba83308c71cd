"""When the agreements of a network come round: RFC 5545 rules in wall time, moved off free days (`bijlage 5`, `§3.2`).

A meeting goes to the first day after that is no holiday, after a school holiday to the same day of the week. What has to be ready
by a day (once, or once a year) goes to the last day before. The end of the convenant is an agreement like any other, never moved.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from dateutil.rrule import rrulestr

from knowledge import network_words as words
from knowledge.network import Agreement

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from knowledge.calendar import Calendar
    from knowledge.network import Network

CONVENANT = "convenant"
"""The id of the agreement that the convenant ends; a network that has an agreement of that name of its own keeps it."""

NOON = time(12)
FARTHEST_MOVE = timedelta(days=75)
"""Longer than a summer holiday with the days around it."""

LONG_HOLIDAY = 5
"""Of so many free days on end the week itself is lost; after fewer a meeting is held as soon as can be."""

_PERIODS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 30, "YEARLY": 365}


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time of an agreement. `planned` is the local wall time by its rule, `at` the aware moment at which it is.

    `moved` names the holiday, "" for a weekend; None when it is on its own day.
    """

    agreement: Agreement
    planned: datetime
    at: datetime
    moved: str | None = None

    @property
    def day(self) -> date:
        return self.at.date()


def agreements_of(network: Network) -> tuple[Agreement, ...]:
    """The agreements of the file, and the end of the convenant."""
    last = network.convenant.last if network.convenant else None
    if last is None or any(one.id == CONVENANT for one in network.agreements):
        return network.agreements
    ends = Agreement(CONVENANT, words.CONVENANT_END, datetime.combine(last, NOON), who=("coordinator",), source="convenant art. 9")
    return (*network.agreements, ends)


def is_deadline(agreement: Agreement) -> bool:
    """Whether something has to be ready by then: once, or once a year. What comes oftener is a meeting."""
    return agreement.rhythm is None or _parts(agreement.rhythm)["FREQ"] == "YEARLY"


def days_ahead(agreement: Agreement) -> tuple[int, ...]:
    """How many days before it is announced: the rarer, the longer."""
    if agreement.id == CONVENANT:
        return (182, 30)
    days = _period(agreement)
    return (1,) if days <= 14 else (7,) if days <= 120 else (28,)


def coming(calendar: Calendar, first: date, last: date) -> list[Occurrence]:
    """Everything that is from the first up to and including the last of these local days, in order."""
    found = (one for agreement in agreements_of(calendar.network) for one in occurrences(agreement, calendar, first, last))
    return sorted(found, key=lambda one: (one.at, one.agreement.id))


def next_of(agreement: Agreement, calendar: Calendar, day: date, most: timedelta = timedelta(days=800)) -> Occurrence | None:
    """The first time on or after this local day; None when there is none any more."""
    return next(iter(occurrences(agreement, calendar, day, day + most)), None)


def occurrences(agreement: Agreement, calendar: Calendar, first: date, last: date) -> list[Occurrence]:
    """The times that are on these local days, after moving. Of several that would come together the last remains."""
    planned = _planned(agreement, first - FARTHEST_MOVE, last + FARTHEST_MOVE)
    following = [*planned, None][1:]
    found = []
    for at, after in zip(planned, following, strict=True):
        day, moved = _moved(agreement, at.date(), calendar)
        if after is not None and moved is not None and day >= after.date():
            continue
        if first <= day <= last:
            found.append(Occurrence(agreement, at, _at_wall(calendar, day, at.time()), moved))
    return found


def _planned(agreement: Agreement, first: date, last: date) -> list[datetime]:
    begin, end = datetime.combine(first, time.min), datetime.combine(last, time.max)
    if agreement.rhythm is None:
        return [agreement.first] if begin <= agreement.first <= end else []
    rule = rrulestr(agreement.rhythm, dtstart=agreement.first)
    return list(rule.between(begin, end, inc=True))


def _moved(agreement: Agreement, day: date, calendar: Calendar) -> tuple[date, str | None]:
    """The day on which it is, and what was in the way."""
    regions = _regions(agreement, calendar.network)
    if agreement.id == CONVENANT or not _is_free(day, calendar, regions):
        return day, None
    reason = calendar.holiday_name(day, regions[0]) or ""
    if is_deadline(agreement):
        return _step(day, -1, calendar, regions), reason
    after = _step(day, 1, calendar, regions)
    free = (after - _step(day, -1, calendar, regions)).days - 1
    if free < LONG_HOLIDAY or day.weekday() > 4:
        return after, reason
    week = (after + timedelta(days=ahead) for ahead in range(14))
    same = (one for one in week if one.weekday() == day.weekday() and not _is_free(one, calendar, regions))
    return next(same, after), reason


def _step(day: date, step: int, calendar: Calendar, regions: Sequence[str | None]) -> date:
    """The nearest day that is not free, before or after this one."""
    for _ in range(FARTHEST_MOVE.days):
        day += timedelta(days=step)
        if not _is_free(day, calendar, regions):
            break
    return day


def _is_free(day: date, calendar: Calendar, regions: Iterable[str | None]) -> bool:
    return not all(calendar.is_school_day(day, region) for region in regions)


def _regions(agreement: Agreement, network: Network) -> tuple[str | None, ...]:
    """The holiday regions of the schools that it is about; else that of the network."""
    schools = [network.koppel_by_id[one].school if one in network.koppel_by_id else one for one in agreement.concerns]
    known = [network.organisation_by_id[one] for one in schools if one in network.organisation_by_id]
    return tuple(dict.fromkeys(one.region for one in known if one.is_school)) or (None,)


def _at_wall(calendar: Calendar, day: date, clock: time) -> datetime:
    zone = calendar.network.zone
    return datetime.combine(day, clock, zone).astimezone(UTC).astimezone(zone)  # an hour that the clock skips becomes the next


def _period(agreement: Agreement) -> int:
    """About how many days lie between two times."""
    if agreement.rhythm is None:
        return _PERIODS["YEARLY"]
    parts = _parts(agreement.rhythm)
    each = _PERIODS[parts["FREQ"]] * int(parts.get("INTERVAL", 1))
    return max(each // len(parts.get("BYDAY", "x").split(",")), 1)


def _parts(rule: str) -> dict[str, str]:
    return dict(part.partition("=")[::2] for part in rule.split(";"))
