"""Reads the days that people name in hurried Dutch: "morgen", "ma en di", "tot vrijdag", "per 1 januari", "volgende week".

All days are local dates, counted from a `today` that is given. Nothing is guessed: what is no expression of days is left alone,
and where "tot vrijdag" may or may not mean the Friday too, that is said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from knowledge.day_words import canonical, vocabulary
from knowledge.days import Days, joined

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from knowledge.calendar import Calendar

_DATE = re.compile(r"(\d{1,2})[-/.](\d{1,2})(?:[-/.](\d{4}|\d{2}))?")
_DAY_NUMBER = re.compile(r"(\d{1,2})(?:e|de|ste)?")
JUST_PAST = timedelta(days=31)
"""A date without a year that is so long ago is still this year's: "ziek van 20 november tot 4 december"."""

LONGEST_WEEKS, LONGEST_DAYS, LONGEST_MONTHS = 26, 60, 12


def find_days(words: Sequence[str], today: date, calendar: Calendar | None = None) -> tuple[Days, ...]:
    """All expressions of days in folded words, in order, none over another. `calendar` knows when holidays are."""
    return _found(tuple(words), today, calendar)


@lru_cache(maxsize=256)  # everybody who looks at a message looks for days in it
def _found(words: tuple[str, ...], today: date, calendar: Calendar | None) -> tuple[Days, ...]:
    reader = _Reader([canonical(word) for word in words], words, today, calendar)
    found, at = [], 0
    while at < len(words):
        days = reader.expression(at)
        if days is None:
            at += 1
        else:
            found.append(days)
            at = days.end
    return tuple(found)


@dataclass(frozen=True)
class _Reader:
    """One message's words: as the vocabulary knows them, and as they were typed."""

    known: list[str]
    typed: Sequence[str]
    today: date
    calendar: Calendar | None

    def expression(self, at: int) -> Days | None:
        """The longest expression that begins here."""
        start = at
        opening = self._kind(at, ("vanaf", "van", "tot-en-met", "tot"))
        if opening:
            at = opening[1]
        if opening and opening[0] == "tot" and (after := self._is(at, "na")):
            return self._until_after(start, after)
        span = self._span(at, single=opening is not None)
        if span is None and opening and opening[0] == "vanaf":
            span = self._month(at)
        if span is None:
            return None
        first, last, at = span
        match opening[0] if opening else "":
            case "vanaf":
                return self._onwards(start, first, at, last)
            case "van":
                return self._closed(start, at, first)
            case "tot":
                return Days(((self.today, first),), start, at, "until", begins=False)
            case "tot-en-met":
                return Days(((self.today, last),), start, at, "through", begins=False)
        return self._closed(start, at, first) or self._listed(start, [(first, last)], at)

    def _onwards(self, start: int, first: date, at: int, last: date) -> Days:
        if closed := self._closed(start, at, first):
            return closed
        if length := self._length(at):
            return Days(((first, first + (length[1] - length[0])),), start, length[2], "from")
        return Days(((first, last),), start, at, "from", ends=False)

    def _closed(self, start: int, at: int, first: date) -> Days | None:
        closed = self._closing(at, first)
        return replace(closed, start=start) if closed else None

    def _closing(self, at: int, first: date) -> Days | None:
        """The end of a span that began with this day: "… tot vrijdag"."""
        closing = self._kind(at, ("tot-en-met", "tot"))
        if closing is None:
            return None
        span = self._span(closing[1], single=True, after=first)
        if span is None or span[1] < first:
            return None
        until = closing[0] == "tot"
        last = span[0] if until else span[1]
        return Days(((first, last),), at, span[2], "from-until" if until else "from-through")

    def _until_after(self, start: int, at: int) -> Days | None:
        span = self._span(at, single=True)
        return Days(((self.today, span[1]),), start, span[2], "through", begins=False) if span else None

    def _listed(self, start: int, spans: list[tuple[date, date]], at: int) -> Days:
        """Further days: "maandag, dinsdag en donderdag"."""
        while True:
            following = self._is(at, "en") or at
            span = self._span(following, single=False, after=spans[-1][1])
            if span is None or span[0] <= spans[-1][1]:
                return Days(joined(spans), start, at)
            spans.append((span[0], span[1]))
            at = span[2]

    # One day, week or holiday

    def _span(self, at: int, *, single: bool, after: date | None = None) -> tuple[date, date, int] | None:
        """The first and last day of what is named here, and where it ends. `single`: no length of time is meant."""
        at = self._is(at, "lidwoord") or at
        readers: tuple[Callable[[int, date | None], tuple[date, date, int] | None], ...] = (
            self._holiday, self._week, self._weekday, self._date, self._near_day,
        )  # fmt: skip
        for read in readers:
            if span := read(at, after):
                return span
        return None if single else self._length(at)

    def _near_day(self, at: int, after: date | None) -> tuple[date, date, int] | None:  # noqa: ARG002 - as its neighbours
        ahead = {"dag:vandaag": 0, "dag:morgen": 1, "dag:overmorgen": 2, "dag:gisteren": -1}
        found = self._kind(at, tuple(ahead))
        if found is None:
            return None
        day = self.today + timedelta(days=ahead[found[0]])
        return day, day, found[1]

    def _weekday(self, at: int, after: date | None) -> tuple[date, date, int] | None:
        """The next such day after today (or after the day before it); "volgende week" may stand before or behind it."""
        weeks, here = self._of_which_week(at)
        found = self._prefixed(here, "weekdag")
        if found is None:
            return None
        weekday, end = int(found[0]), found[1]
        dated = self._date(end, after)
        if dated and dated[0].weekday() == weekday:
            return dated
        if weeks is None:
            weeks, end = self._of_which_week(end, behind=True)
        if weeks is not None:
            day = self.today - timedelta(days=self.today.weekday()) + timedelta(days=7 * weeks + weekday)
            return day, day, end
        day = (after or self.today) + timedelta(days=1)
        day += timedelta(days=(weekday - day.weekday()) % 7)
        return day, day, end

    def _of_which_week(self, at: int, *, behind: bool = False) -> tuple[int | None, int]:
        """How many weeks ahead a weekday is meant, where that is said: "volgende week maandag", "volgende maandag"."""
        if following := self._is(at, "volgend"):
            week = self._is(following, "week")
            if week or not behind:
                return 1, week or following
        if not behind and (near := self._is(at, "komend")):
            return None, near
        if (this := self._is(at, "deze")) and ((week := self._is(this, "week")) or not behind):
            return 0, week or this
        return None, at

    def _week(self, at: int, after: date | None) -> tuple[date, date, int] | None:  # noqa: ARG002
        """From Monday to Friday; of this week what is left of it. A weekday behind it is a day of that week."""
        whole = self._is(at, "hele")
        following = self._is(whole or at, "volgend") or self._is(whole or at, "komend")
        here = following or self._is(whole or at, "deze") or whole
        end = self._is(here, "week") if here is not None else None
        if end is None or self._prefixed(end, "weekdag"):
            return None
        monday = self.today - timedelta(days=self.today.weekday())
        if following or self.today.weekday() > 4:
            monday += timedelta(days=7)
        return max(monday, self.today), monday + timedelta(days=4), end

    def _date(self, at: int, after: date | None) -> tuple[date, date, int] | None:
        """A date; without a year the first that is not before today (or `after`)."""
        at = self._is(at, "lidwoord") or at
        if at >= len(self.typed):
            return None
        if numbers := _DATE.fullmatch(self.typed[at]):
            day = self._made(int(numbers[1]), int(numbers[2]), numbers[3], after)
            return (day, day, at + 1) if day else None
        number = _DAY_NUMBER.fullmatch(self.typed[at])
        if number is None:
            return None
        month = self._prefixed(at + 1, "maand")
        if month:
            year = self.typed[month[1]] if month[1] < len(self.typed) else ""
            dated = re.fullmatch(r"20\d\d", year) is not None
            day = self._made(int(number[1]), int(month[0]) + 1, year if dated else None, after)
            return (day, day, month[1] + dated) if day else None
        closing = self._kind(at + 1, ("tot-en-met", "tot"))  # "20 t/m 27 november": the month stands at the other end
        other = self._date(closing[1], None) if closing else None
        if other:
            try:
                day = other[0].replace(day=int(number[1]))
            except ValueError:
                return None
            return (day, day, at + 1) if day <= other[0] else None
        return None

    def _made(self, number: int, month: int, year: str | None, after: date | None) -> date | None:
        """The date; None when no calendar has it. Without a year that of this year or, when it is long past, the next."""
        years = [int(year) + (2000 if len(year) == 2 else 0)] if year else [self.today.year, self.today.year + 1]
        for one in years:
            try:
                found = date(one, month, number)
            except ValueError:
                continue
            if year or found >= (after or self.today - JUST_PAST):
                return found
        return None

    def _month(self, at: int) -> tuple[date, date, int] | None:
        """The first day of a month that comes: "vanaf januari"."""
        month = self._prefixed(at, "maand")
        if month is None:
            return None
        first = date(self.today.year, int(month[0]) + 1, 1)
        first = first if first > self.today else first.replace(year=first.year + 1)
        return first, first, month[1]

    def _holiday(self, at: int, after: date | None) -> tuple[date, date, int] | None:  # noqa: ARG002
        found = self._prefixed(at, "vakantie")
        if found is None or self.calendar is None:
            return None
        days = [self.today + timedelta(days=ahead) for ahead in range(366)]
        first = next((day for day in days if self.calendar.school_holiday_name(day) == found[0]), None)
        if first is None:
            return None
        last = first
        while self.calendar.school_holiday_name(last + timedelta(days=1)) == found[0]:
            last += timedelta(days=1)
        return first, last, found[1]

    def _length(self, at: int) -> tuple[date, date, int] | None:
        """A length of time from today on: "twee weken", "de komende 3 dagen"."""
        at = self._is(at, "komend") or at
        number = self._prefixed(at, "getal")
        count = int(number[0]) if number else 0
        if number is None and at < len(self.typed) and re.fullmatch(r"\d{1,2}", self.typed[at]):
            number, count = (self.typed[at], at + 1), int(self.typed[at])
        unit = self._kind(number[1], ("weken", "week", "dagen", "eenheid-dag", "maanden", "eenheid-maand")) if number else None
        if unit is None:
            return None
        days, most = {"weken": (7, LONGEST_WEEKS), "week": (7, LONGEST_WEEKS), "maanden": (30, LONGEST_MONTHS)}.get(
            unit[0], (30, LONGEST_MONTHS) if unit[0] == "eenheid-maand" else (1, LONGEST_DAYS)
        )
        if not 1 <= count <= most:
            return None
        return self.today, self.today + timedelta(days=count * days - 1), unit[1]

    # Words

    def _is(self, at: int, kind: str) -> int | None:
        found = self._kind(at, (kind,))
        return found[1] if found else None

    def _prefixed(self, at: int, kind: str) -> tuple[str, int] | None:
        """What stands behind the kind, as "4" of "weekdag:4", and where it ends."""
        for width in (2, 1):
            meaning = vocabulary().get(" ".join(self.known[at : at + width])) if at + width <= len(self.known) else None
            if meaning and meaning.startswith(f"{kind}:"):
                return meaning.removeprefix(f"{kind}:"), at + width
        return None

    def _kind(self, at: int, kinds: tuple[str, ...]) -> tuple[str, int] | None:
        """Which of these kinds begins here, the longest expression first."""
        for width in (4, 3, 2, 1):
            meaning = vocabulary().get(" ".join(self.known[at : at + width])) if at + width <= len(self.known) else None
            if meaning in kinds:
                return meaning, at + width
        return None
