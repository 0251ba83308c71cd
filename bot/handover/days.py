"""The day that is named in what somebody typed about a handover: "ik bel maandag", "stil tot 15 februari"."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.say import DAYS
from knowledge.day_words import parts_of_a_day, parts_of_today, soon_today
from knowledge.dutch_days import find_days

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.calendar import Calendar
    from knowledge.days import Days

ONE_DAY = timedelta(days=1)


def day_in(typed: Sequence[str], today: date, calendar: Calendar | None = None) -> date | None:
    """The first day that is named, on or after today; of a week its last day. None when there is none."""
    typed = [_day_of(word) for word in typed]
    today_too = parts_of_today() | soon_today()
    soon = next((place for place, word in enumerate(typed) if word in today_too), len(typed))
    days = next((one for one in find_days(typed, today, calendar) if _end(one, typed) >= today), None)
    if soon < len(typed) and (days is None or soon < days.start):
        return today
    return _end(days, typed) if days else None


def _day_of(word: str) -> str:
    """The day of a part of it: "morgenochtend" is morgen."""
    days = ((word.removesuffix(part), part) for part in parts_of_a_day() if word.endswith(part))
    return next((day for day, _ in days if day in {"morgen", "overmorgen", *DAYS}), word)


def quiet_until(typed: Sequence[str], today: date, calendar: Calendar | None = None) -> date | None:
    """The first day that counts again: "tot vrijdag" is Friday, "t/m vrijdag" and "de hele week" the day after."""
    for one in find_days(typed, today, calendar):
        through = one.how in {"through", "from-through"} or (not one.how and one.last > one.first)
        until = one.last + ONE_DAY if through else one.last
        if until > today:
            return until
    return None


def _end(days: Days, typed: Sequence[str]) -> date:
    """The day that is meant. "Over twee weken" is the day after fourteen days; "deze week" ends with the week."""
    said = typed[days.start : days.end]
    counted = days.ends and not days.how and len(days.spans) == 1 and days.last - days.first >= ONE_DAY
    weeks_from_now = counted and not {"deze", "volgende", "komende"}.intersection(said)
    return days.last + ONE_DAY if weeks_from_now else days.last
