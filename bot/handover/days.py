"""The day that is named in what somebody typed about a handover: "ik bel maandag", "stil tot 15 februari"."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.say import DAYS, MONTHS

if TYPE_CHECKING:
    from collections.abc import Sequence

SOON = {
    "vandaag": 0, "vanmiddag": 0, "vanavond": 0, "vanochtend": 0, "straks": 0, "meteen": 0, "morgen": 1, "overmorgen": 2,
}  # fmt: skip


def day_in(typed: Sequence[str], today: date) -> date | None:
    """The first day that is named, on or after today; None when there is none. "Vrijdag 20 november" is a date, not next Friday."""
    for place, word in enumerate(typed):
        if word in DAYS and "".join(typed[place + 1 : place + 2]).isdigit() and set(typed[place + 2 : place + 3]) & set(MONTHS):
            continue
        if word in SOON:
            return today + timedelta(days=SOON[word])
        if word in DAYS:
            return today + timedelta(days=(DAYS.index(word) - today.weekday() - 1) % 7 + 1)
        if word.isdigit() and place + 1 < len(typed) and typed[place + 1] in MONTHS:
            return _dated(int(word), MONTHS.index(typed[place + 1]) + 1, today)
    return None


def _dated(day: int, month: int, today: date) -> date | None:
    try:
        found = date(today.year, month, day)
        return found if found >= today else date(today.year + 1, month, day)
    except ValueError:
        return None
