"""What can be typed on a page besides its options: a number, or a day. Pages offer taps for what is usual; this takes the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar, TypeAlias

if TYPE_CHECKING:
    from knowledge.absence import Band

MOST = 999
"""Higher numbers are a slip of the finger."""

_ISO = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Amount:
    """A whole number. It is kept as the band it lies in, or, where a date is worked out with it, as itself (`kept`)."""

    outside: ClassVar[str] = "invoer.buiten-getal"
    """What is said of a number that cannot be."""

    bands: tuple[Band, ...]
    kept: bool = False
    up: bool = False
    """A half counts as the next whole number: the limit is "more than"."""

    def takes(self, value: str) -> bool:
        return self.kept and value.isascii() and value.isdigit() and int(value) <= MOST

    def stored(self, number: int) -> str:
        """The answer as it is kept."""
        return str(number) if self.kept else next(one.id for one in self.bands if one.high is None or number <= one.high)


@dataclass(frozen=True, slots=True)
class Day:
    """A day, kept as a date, so that "morgen" means the same tomorrow. `first` and `last` hold when it is typed, not later."""

    outside: ClassVar[str] = "invoer.buiten-dag"

    today: date
    first: date
    last: date

    def takes(self, value: str) -> bool:
        if not _ISO.fullmatch(value):
            return False
        try:
            date.fromisoformat(value)
        except ValueError:
            return False
        return True


Entry: TypeAlias = Amount | Day
