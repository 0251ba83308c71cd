"""Reads a number or a day that was typed on a page that takes one: "ongeveer 20 uur", "zes keer", "over 2 weken", "8 december"."""

from __future__ import annotations

import math
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.say import DAYS, MONTHS
from bot.talk.entries import MOST, Amount, Day, Entry
from knowledge.day_words import parts_of_today
from knowledge.text import split

if TYPE_CHECKING:
    from bot.words import Words

_DECIMAL = re.compile(r"(\d+)[.,](\d{1,2})\b")
_GLUED = re.compile(r"(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMBERS_ONLY = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})(?:\s*[-/.]\s*(\d{4}|\d{2}))?")


def read_entry(typed: str, entry: Entry, words: Words) -> str | None:
    """The answer as it is kept; "" when it lies outside what the page takes; None when nothing of the kind was typed."""
    match entry:
        case Amount():
            number = _number(typed, words, up=entry.up)
            return None if number is None else entry.stored(number) if number <= MOST else ""
        case Day(today=today, first=first, last=last):
            day = read_day(typed, today, words, past=last <= today)
            return None if day is None else day.isoformat() if first <= day <= last else ""


def _number(typed: str, words: Words, *, up: bool) -> int | None:
    """The one number in a text that holds nothing else than words that go with a number."""
    if typed.startswith("-"):
        return None
    whole = _DECIMAL.sub(lambda found: str((math.ceil if up else math.floor)(float(f"{found[1]}.{found[2]}"))), typed)
    for period in words.list("invoer.perioden"):
        whole = whole.removesuffix(f" {period}")
    around, named = set(words.list("invoer.om-een-getal")), words.list("invoer.getallen")
    left = [one for one in split(_GLUED.sub(" ", whole)) if one not in around]
    if any(one.isdigit() for one in left):
        left = [one for one in left if one != named[1]]  # "een jongen van 14" is one number, not two
    if len(left) != 1:
        return None
    if left[0].isdigit():
        return int(left[0][:6])
    return named.index(left[0]) if left[0] in named else None


def read_day(typed: str, today: date, words: Words, *, past: bool = False) -> date | None:
    """The day that is meant. A weekday is the next one (`past`: the last one), a day without a year the nearest to today."""
    for pattern, order in ((_ISO, (1, 2, 3)), (_NUMBERS_ONLY, (3, 2, 1))):
        if found := pattern.fullmatch(typed):
            year, month, day = (found[one] for one in order)
            return _dated(int(day), int(month), _year(year), today)
    around = set(words.list("invoer.om-een-dag"))
    left = [one for one in split(_GLUED.sub(" ", typed)) if one not in around]
    if not left:
        return None
    return _named(left, today, words, past=past) or _counted(left, today, words) or _in_words(left, today)


def _year(text: str | None) -> int | None:
    return None if text is None else int(text) + (2000 if len(text) == 2 else 0)


def _dated(day: int, month: int, year: int | None, today: date) -> date | None:
    """The date; without a year the one that is nearest."""
    found = []
    for one in [year] if year else [today.year - 1, today.year, today.year + 1]:
        try:
            found.append(date(one, month, day))
        except ValueError:
            continue
    return min(found, key=lambda one: abs(one - today), default=None)


def _named(left: list[str], today: date, words: Words, *, past: bool) -> date | None:
    """One word: "vandaag", "gisteren", "dinsdag"."""
    if len(left) != 1:
        return None
    if left[0] in words.list("invoer.vandaag") or left[0] in parts_of_today():
        return today
    further = words.table("invoer.dagen-verder")
    if left[0] in further:
        return today + timedelta(days=further[left[0]])
    starts = [place for place, name in enumerate(DAYS) if left[0] in {name, name[:2]}]
    if not starts:
        return None
    return today + timedelta(days=(starts[0] - today.weekday() - 1) % 7 + 1 - (7 if past else 0))


def _counted(left: list[str], today: date, words: Words) -> date | None:
    """A number of days or weeks from today: "over 2 weken", "3 dagen geleden"."""
    named, sizes = words.list("invoer.getallen"), words.table("invoer.maten")
    number = next((int(one) if one.isdigit() else named.index(one) for one in left if one.isdigit() or one in named), None)
    size = next((sizes[one] for one in left if one in sizes), None)
    if len(left) != 3 or number is None or size is None or number > MOST:
        return None
    if left[0] in words.list("invoer.over"):
        return today + timedelta(days=number * size)
    return today - timedelta(days=number * size) if left[-1] in words.list("invoer.geleden") else None


def _in_words(left: list[str], today: date) -> date | None:
    """A day of a month by its name: "8 december", "di 8 dec 2026"."""
    if left[0] in {*DAYS, *(name[:2] for name in DAYS)}:
        left = left[1:]
    if len(left) not in {2, 3} or not left[0].isdigit() or len(left[1]) < 3 or not left[-1 if len(left) == 3 else 0].isdigit():
        return None
    called = {"mrt": "maart"}.get(left[1], left[1])
    months = [number for number, name in enumerate(MONTHS, start=1) if name.startswith(called)]
    return _dated(int(left[0]), months[0], _year(left[2]) if len(left) == 3 else None, today) if len(months) == 1 else None
