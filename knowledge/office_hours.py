"""Whether somebody can be reached at a moment: their hours, holidays, absences and the days of their role together.

Wall time of the network's zone decides; moments are compared in UTC, so nights on which the clock changes are right.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal, TypeAlias
from zoneinfo import ZoneInfo

from knowledge.hours import hours

if TYPE_CHECKING:
    from datetime import date

    from knowledge.calendar import Calendar
    from knowledge.network import Person

HORIZON = 120
"""How many days ahead a change is looked for: longer than a summer holiday or a leave after birth."""

KEPT_DAYS = 500
"""How many days a timetable remembers before it starts afresh, so that a process of months does not grow."""

Reason: TypeAlias = Literal["open", "closed", "absent", "holiday", "not-begun", "ended"]
Span: TypeAlias = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Availability:
    """Somebody at one moment. All moments are in the network's zone.

    `until`: when open, the end of this open time; None: no end within `HORIZON` days.
    `back`: when closed, the next moment open; None: not within `HORIZON` days, or never.
    `reason`: `holiday` only when a holiday closes the whole day; hours that are over and free weekdays are `closed`.
    `absent_until`: last day of the absence, and of absences that follow it at once.
    """

    open: bool
    until: datetime | None
    back: datetime | None
    reason: Reason
    absent_until: date | None = None


class Timetable:
    """The open and closed pieces of each day of one person, worked out once a day."""

    def __init__(self, person: Person, calendar: Calendar) -> None:
        network = calendar.network
        self._person = person
        self._calendar = calendar
        self._zone = ZoneInfo(network.timezone)
        self._region = network.organisation_of(person).region or network.region
        self._hours = hours(person, network)
        self._spans: dict[date, tuple[Span, ...]] = {}
        self._pieces: dict[date, tuple[tuple[datetime, Availability], ...]] = {}

    def availability(self, now: datetime) -> Availability:
        if now.tzinfo is None:
            raise ValueError(f"now is {now}: expected a moment with a zone")
        moment = now.astimezone(UTC)
        day = moment.astimezone(self._zone).date()
        pieces = self._pieces.get(day)
        if pieces is None:
            pieces = self._pieces_of(day)
        return next(availability for end, availability in pieces if moment < end)

    def _pieces_of(self, day: date) -> tuple[tuple[datetime, Availability], ...]:
        """The whole day in order, each piece with its end."""
        if len(self._pieces) >= KEPT_DAYS:
            self._pieces.clear()
            self._spans.clear()
        at, midnight = self._moment(day), self._moment(day + timedelta(days=1))
        pieces = []
        for start, end in self._spans_on(day):
            if at < start:
                pieces.append((start, self._closed(day, start)))
            pieces.append((end, Availability(open=True, until=self._end_of_run(day, end), back=None, reason="open")))
            at = end
        if at < midnight:
            pieces.append((midnight, self._closed(day, self._next_start(day))))
        self._pieces[day] = tuple(pieces)
        return self._pieces[day]

    def _closed(self, day: date, back: datetime | None) -> Availability:
        reason = self._reason(day)
        away = self._absent_until(day) if reason == "absent" else None
        return Availability(open=False, until=None, back=back and self._local(back), reason=reason, absent_until=away)

    def _reason(self, day: date) -> Reason:
        person = self._person
        if not person.serves_on(day):
            return "not-begun" if person.since is not None and day < person.since else "ended"
        if person.absence_on(day):
            return "absent"
        public, school = self._kind_of(day)
        rests = not self._spans_on(day) and self._hours.rests_on(public=public, school=school)
        return "holiday" if rests else "closed"

    def _absent_until(self, day: date) -> date | None:
        last = None
        while absence := self._person.absence_on(day):
            last = absence.last
            day = last + timedelta(days=1)
        return last

    def _end_of_run(self, day: date, end: datetime) -> datetime | None:
        """The end of the open time that goes on past midnight as long as the next day begins open."""
        for _ in range(HORIZON):
            day += timedelta(days=1)
            following = self._spans_on(day) if end == self._moment(day) else ()
            if not following or following[0][0] != end:
                return self._local(end)
            end = following[0][1]
        return None

    def _next_start(self, day: date) -> datetime | None:
        for ahead in range(1, HORIZON + 1):
            spans = self._spans_on(day + timedelta(days=ahead))
            if spans:
                return spans[0][0]
        return None

    def _spans_on(self, day: date) -> tuple[Span, ...]:
        """The open spans of this local day in UTC, merged. An absence, or no role, closes the whole day."""
        known = self._spans.get(day)
        if known is None:
            known = self._spans[day] = tuple(self._open_spans(day))
        return known

    def _open_spans(self, day: date) -> list[Span]:
        if not self._person.serves_on(day) or self._person.absence_on(day):
            return []
        public, school = self._kind_of(day)
        merged: list[Span] = []
        for begin, finish in self._hours.spans(day, public=public, school=school):
            start, end = (wall.replace(tzinfo=self._zone).astimezone(UTC) for wall in (begin, finish))
            if merged and start <= merged[-1][1]:
                start, _ = merged.pop()
            if start < end:  # an hour that the clock skips is nobody's hour
                merged.append((start, end))
        return merged

    def _kind_of(self, day: date) -> tuple[bool, bool]:
        return self._calendar.is_public_holiday(day), self._calendar.is_school_holiday(day, self._region)

    def _moment(self, day: date) -> datetime:
        return datetime.combine(day, time.min, self._zone).astimezone(UTC)

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(self._zone)
