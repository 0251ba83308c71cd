"""What can be typed on a page besides its options: a number, or a day. Pages offer taps for what is usual; this takes the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from bot.say import date_in_words

if TYPE_CHECKING:
    from knowledge.absence import Band

MOST = 999
"""Higher numbers are a slip of the finger."""

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SMALL = re.compile(r"[0-9]{1,3}")


@dataclass(frozen=True, slots=True)
class Amount:
    """A whole number, kept as the band it lies in.

    Where a date is worked out with it, it is kept itself, with the day on which it was said: `said` is that day. So a pause of
    days, or looking at the result again, changes nothing.
    """

    outside: ClassVar[str] = "invoer.buiten-getal"
    """What is said of a number that cannot be."""

    bands: tuple[Band, ...]
    said: date | None = None
    up: bool = False
    """A half counts as the next whole number: the limit is "more than"."""

    def takes(self, value: str) -> bool:
        number, _, day = value.partition("@")
        return self.said is not None and _SMALL.fullmatch(number) is not None and _is_date(day)

    def stored(self, number: int) -> str:
        """The answer as it is kept."""
        if self.said:
            return f"{number}@{self.said.isoformat()}"
        return next(one.id for one in self.bands if one.high is None or number <= one.high)

    def told(self, value: str) -> str:
        """An answer that was kept, as it was given."""
        return value.partition("@")[0]


@dataclass(frozen=True, slots=True)
class Day:
    """A day, kept as a date, so that "morgen" means the same tomorrow. `first` and `last` hold when it is typed, not later."""

    outside: ClassVar[str] = "invoer.buiten-dag"

    today: date
    first: date
    last: date

    def takes(self, value: str) -> bool:
        return _is_date(value)

    def told(self, value: str) -> str:
        return date_in_words(date.fromisoformat(value), self.today) if _is_date(value) else value


def _is_date(text: str) -> bool:
    try:
        return _ISO.fullmatch(text) is not None and bool(date.fromisoformat(text))
    except ValueError:
        return False


Entry: TypeAlias = Amount | Day
