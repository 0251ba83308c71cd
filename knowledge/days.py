"""Days as somebody named them: spans of local dates, and whether the ends were named, and how."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Preposition = Literal["", "from", "until", "through", "from-until", "from-through"]


@dataclass(frozen=True, slots=True)
class Days:
    """What was named: spans of days (ends included) in order, which words named it, and how.

    `how` tells "per 1 januari" (from), "tot vrijdag" (until, which may or may not hold the Friday) and "t/m vrijdag" (through)
    from days as such. `ends` is False when there is a first day only, `begins` when there is a last one only.
    """

    spans: tuple[tuple[date, date], ...]
    start: int
    end: int
    how: Preposition = ""
    begins: bool = True
    ends: bool = True

    @property
    def first(self) -> date:
        return self.spans[0][0]

    @property
    def last(self) -> date:
        return self.spans[-1][1]

    @property
    def doubtful(self) -> bool:
        """Whether the last day may have been meant as the first day after."""
        return self.how in {"until", "from-until"}


def joined(spans: list[tuple[date, date]]) -> tuple[tuple[date, date], ...]:
    """Spans that follow on each other are one."""
    joined = [spans[0]]
    for first, last in spans[1:]:
        if first == joined[-1][1] + timedelta(days=1):
            joined[-1] = joined[-1][0], last
        else:
            joined.append((first, last))
    return tuple(joined)
