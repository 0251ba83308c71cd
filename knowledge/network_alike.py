"""Gaps that many share, each kind in one sentence: a town with seventy schools has few kinds of holes, and hundreds of holes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge import network_words as words
from knowledge.network_diff import enumerated
from knowledge.network_gaps import Gap

if TYPE_CHECKING:
    from collections.abc import Iterable

NAMED = 3
"""So many of them are named."""
FEW = 5
"""So many of one kind still stand on lines of their own."""


def together(gaps: Iterable[Gap]) -> list[Gap]:
    """The same gaps in the same order, but those that say the same of many are one, where the first of them stood."""
    kinds: dict[tuple[str, str], list[Gap]] = {}
    for gap in gaps:
        said = gap.text.partition(": ")[2] if gap.about else ""
        kinds.setdefault((gap.severity, said or gap.text), []).append(gap)
    found: list[Gap] = []
    for (_, rest), alike in kinds.items():
        if len(alike) <= FEW:
            found += alike
            continue
        names = enumerated([gap.text.partition(": ")[0] for gap in alike], NAMED)
        text = words.SHARED.format(number=len(alike), names=names, what=rest[:1].upper() + rest[1:])
        found.append(Gap(alike[0].severity, text, tuple(one for gap in alike for one in gap.about)))
    return sorted(found, key=lambda gap: gap.severity != "gat")
