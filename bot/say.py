"""Puts moments, days and people into short Dutch, for every answer in the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.messages import Line
from knowledge.network_words import MONTH_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = MONTH_NAMES


def day_in_words(day: date, today: date) -> str:
    """In words: "vandaag", "morgen", else "dinsdag 1 december", with the year when it is another."""
    ahead = (day - today).days
    if ahead == 0:
        return "vandaag"
    if ahead == 1:
        return "morgen"
    return named_day(day, today)


def named_day(day: date, today: date) -> str:
    """In words that stay true: "dinsdag 1 december", with the year when it is another than today's."""
    return f"{DAYS[day.weekday()]} {date_in_words(day, today)}"


def standing_day(day: date, today: date) -> str:
    """For what stays standing and is read on another day: "morgen, dinsdag 1 december", else as `day_in_words`."""
    near = day_in_words(day, today)
    return f"{near}, {named_day(day, today)}" if 0 <= (day - today).days <= 1 else near


def date_in_words(day: date, today: date) -> str:
    """In words: "1 december", with the year when it is another one than today's."""
    year = f" {day.year}" if day.year != today.year else ""
    return f"{day.day} {MONTHS[day.month - 1]}{year}"


def moment_in_words(moment: datetime, today: date) -> str:
    """In words: "vandaag 17:00", "dinsdag 1 december 08:30"; the moment is in the network's zone."""
    return f"{day_in_words(moment.date(), today)} {moment:%H:%M}"


def joined(items: Sequence[str], last: str = "en") -> str:
    """Joined: "a", "a en b", "a, b en c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def in_lines(sentences: Iterable[str]) -> tuple[Line, ...]:
    """Sentences as lines: what begins with a dash is a point of a list."""
    return tuple(Line(sentence, "list" if sentence.startswith("- ") else "plain") for sentence in sentences)


def standing_moment(moment: datetime, today: date) -> str:
    """As `moment_in_words`, for what stays standing: "vandaag, dinsdag 1 december, 17:00"."""
    near = 0 <= (moment.date() - today).days <= 1
    return f"{standing_day(moment.date(), today)}, {moment:%H:%M}" if near else moment_in_words(moment, today)
