"""Opening hours as people write them (OpenStreetMap opening_hours), read for days whose holidays we know ourselves.

The library that reads expressions knows no Dutch school holidays and has its own idea of 5 May. So it never hears of
holidays: for each kind of day (public holiday or not, school holiday or not) `PH` and `SH` are written out beforehand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from opening_hours import OpeningHours, State, validate

from knowledge.network import SCHOOL_KINDS

if TYPE_CHECKING:
    from datetime import date

    from knowledge.network import Network, Person

SCHOOL_DAYS = "Mo-Fr 08:30-17:00; PH off; SH off"
WORKING_DAYS = "Mo-Fr 08:30-17:00; PH off"

_DAY = r"(?:Mo|Tu|We|Th|Fr|Sa|Su)"
_ITEM = rf"(?:PH|SH|{_DAY}(?:-{_DAY})?(?:\[[^\]]*\])?)"
_LIST = rf"{_ITEM}(?:\s*,\s*{_ITEM})*"
_DAYS = re.compile(rf"\b{_LIST}(?:\s+{_LIST})*(?![\w\[])", re.IGNORECASE)
_HOLIDAY = re.compile(r"\b(?:PH|SH)\b")
_SHIFTED = re.compile(r"[+-]\s*\d+\s*days?\b")
# Rules are parted by ";", "||", or a comma after the end of one rule (a time, a modifier, a comment) and before days.
_BETWEEN_RULES = re.compile(rf'(\s*;\s*|\s*\|\|\s*|(?<=[\d+fdn"])\s*,\s*(?={_ITEM}\b))')
_COMMENT = re.compile(r'"[^"]*"')


@dataclass(frozen=True, slots=True)
class Hours:
    """Somebody's opening hours, taken literally: who does not mention PH works on public holidays too.

    A day is always read by its own kind: a night shift that runs into a holiday with `PH off` ends at midnight.
    """

    text: str
    minds_public: bool
    minds_school: bool

    def rests_on(self, *, public: bool, school: bool) -> bool:
        """Whether a day of this kind is special to these hours."""
        return (public and self.minds_public) or (school and self.minds_school)

    def spans(self, day: date, *, public: bool, school: bool) -> tuple[tuple[datetime, datetime], ...]:
        """The open spans within one day, in wall time without a zone. Hours marked as unknown count as closed."""
        expression = _written_out(self.text, public and self.minds_public, school and self.minds_school)
        start = datetime.combine(day, time.min)
        intervals = expression.intervals(start, start + timedelta(days=1))
        return tuple((begin, end) for begin, end, state, _ in intervals if state == State.OPEN)


def read_hours(text: str) -> Hours:
    """Read an expression. Raises ValueError with what was found where it cannot be read."""
    text = _COMMENT.sub('"-"', text.strip())  # a comment may hold anything, also the letters PH
    if not validate(text):
        raise ValueError(f"{text!r} is no opening_hours expression; expected e.g. {WORKING_DAYS!r}")
    for rule in _BETWEEN_RULES.split(text):
        if _HOLIDAY.search(rule) and _SHIFTED.search(rule):
            raise ValueError(f"{rule!r}: days before or after a holiday cannot be read; name their dates instead")
    mentioned = set(_HOLIDAY.findall(text))
    return Hours(text, minds_public="PH" in mentioned, minds_school="SH" in mentioned)


def hours(person: Person, network: Network) -> Hours:
    """The person's own hours; without them schools are there on their school days, all others on working days."""
    if person.hours is not None:
        return read_hours(person.hours)
    return read_hours(SCHOOL_DAYS if network.organisation_of(person).kind in SCHOOL_KINDS else WORKING_DAYS)


@lru_cache(maxsize=1024)
def _written_out(text: str, public: bool, school: bool) -> OpeningHours:  # noqa: FBT001 (a cache needs plain arguments)
    true = {name for name, holds in (("PH", public), ("SH", school)) if holds}
    parts = ["", *_BETWEEN_RULES.split(text)]  # separator, rule, separator, rule …
    kept: list[str] = []
    for separator, rule in zip(parts[::2], parts[1::2], strict=True):
        written = _rule_for(rule, true)
        if written is not None:
            kept += [separator if kept else "", written]
    return OpeningHours("".join(kept) or "off")


def _rule_for(rule: str, true: set[str]) -> str | None:
    """The rule with its holidays written out as weekdays; None where it cannot hold on a day of this kind."""
    if not _HOLIDAY.search(rule):
        return rule
    days = next(found for found in _DAYS.finditer(rule) if _HOLIDAY.search(found[0]))
    kept = []
    for group in re.split(r"(?<!,)\s+(?!,)", days[0]):  # "SH Mo-Fr": both must hold; "SH,Sa": one of them
        items = [item.strip() for item in group.split(",")]
        if true.intersection(items):
            continue
        items = [item for item in items if item not in {"PH", "SH"}]
        if not items:
            return None
        kept.append(",".join(items))
    return rule[: days.start()] + (" ".join(kept) or "Mo-Su") + rule[days.end() :]
