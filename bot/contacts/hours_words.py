"""Working hours in short Dutch, and what they become when somebody stops or begins to work on a day of the week."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.say import DAYS, joined
from knowledge.hours import SCHOOL_DAYS, WORKING_DAYS, read_hours
from knowledge.network import SCHOOL_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.words import Words
    from knowledge.network import Network, Person

OSM = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_DAY = "(?:Mo|Tu|We|Th|Fr|Sa|Su)"
_TIMES = r"\d{1,2}:\d\d-\d{1,2}:\d\d(?:\s*,\s*\d{1,2}:\d\d-\d{1,2}:\d\d)*"
_PLAIN = re.compile(rf"({_DAY}(?:[-,]{_DAY})*)\s+({_TIMES})((?:\s*;\s*(?:PH|SH) off)*)\s*")
"""Hours that fit in a sentence: days, times, and which holidays are free."""


def usual_hours(person: Person, network: Network) -> str:
    """The hours of somebody, or those that hold when none are written."""
    return person.hours or (SCHOOL_DAYS if network.organisation_of(person).kind in SCHOOL_KINDS else WORKING_DAYS)


def hours_in_words(hours: str, words: Words) -> str:
    """Hours as people say them: "ma t/m do, 08:30-17:00, niet op feestdagen". Special ones stay as they are written."""
    if hours.strip() == "24/7":
        return words.say("wijzigen.altijd")
    found = _PLAIN.fullmatch(hours)
    if not found:
        return hours
    days, times, free = found.groups()
    off = [words.say(f"wijzigen.{key}") for code, key in (("PH", "feestdagen"), ("SH", "schoolvakanties")) if code in free]
    return ", ".join((_days_in_words(_days(days)), times.replace(",", " en ").replace("  ", " "), *off))


def with_days(hours: str, weekdays: Iterable[int], how: str) -> str | None:
    """The hours without these days of the week ("minder"), with them too ("meer"), or on these alone ("alleen").

    None when no day is left, or when the hours are too special to be changed with a word.
    """
    found, chosen = _PLAIN.fullmatch(hours), set(weekdays)
    if not found:
        return _special(hours, chosen) if how == "minder" else None
    before = _days(found[1])
    after = {"minder": before - chosen, "meer": before | chosen, "alleen": chosen}[how]
    if not after:
        return None
    return f"{_written(after)} {found[2]}{found[3]}"


def _special(hours: str, gone: set[int]) -> str | None:
    """In the language of these hours a later rule goes before an earlier one."""
    changed = f"{hours}; {_written(gone)} off"
    try:
        read_hours(changed)
    except ValueError:
        return None
    return changed


def _days(text: str) -> set[int]:
    found: set[int] = set()
    for part in text.split(","):
        first, _, last = part.partition("-")
        start, end = OSM.index(first), OSM.index(last or first)
        found.update((start + ahead) % 7 for ahead in range((end - start) % 7 + 1))
    return found


def _runs(days: set[int]) -> list[tuple[int, int]]:
    """The days as runs, each with its first and last."""
    runs: list[tuple[int, int]] = []
    for day in sorted(days):
        if runs and runs[-1][1] == day - 1:
            runs[-1] = runs[-1][0], day
        else:
            runs.append((day, day))
    return runs


def _written(days: set[int]) -> str:
    return ",".join(OSM[first] if first == last else f"{OSM[first]}-{OSM[last]}" for first, last in _runs(days))


def _days_in_words(days: set[int]) -> str:
    parts: list[str] = []
    for first, last in _runs(days):
        if last - first < 2:
            parts += [DAYS[day][:2] for day in range(first, last + 1)]
        else:
            parts.append(f"{DAYS[first][:2]} t/m {DAYS[last][:2]}")
    return joined(parts)
