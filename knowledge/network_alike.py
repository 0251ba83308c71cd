"""Gaps that many share, each kind in one sentence: a town with seventy schools has few kinds of holes, and hundreds of holes."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from knowledge import network_words as words
from knowledge.network_diff import enumerated
from knowledge.network_gaps import Gap

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

T = TypeVar("T")

NAMED = 3
"""So many of them are named."""
FEW = 5
"""So many of one kind still stand on lines of their own."""


def together(gaps: Iterable[Gap]) -> list[Gap]:
    """The same gaps, the holes first; those that say the same of many are one."""

    def merged(alike: list[Gap], text: str) -> Gap:
        return Gap(alike[0].severity, text, tuple(one for gap in alike for one in gap.about))

    found = shared(gaps, lambda gap: (gap.severity, *(said_of(gap.text) if gap.about else ("", gap.text))), merged)
    return sorted(found, key=lambda gap: gap.severity != "gat")


def said_of(text: str) -> tuple[str, str]:
    """Of whom or what something is said, and what: "Lindecollege: er is geen koppel" in its two parts."""
    name, _, what = text.partition(": ")
    return (name, what) if what else ("", text)


def shared(found: Iterable[T], told: Callable[[T], tuple[Hashable, str, str]], merged: Callable[[list[T], str], T]) -> list[T]:
    """All that was found, but those that say the same of many are one, where the first of them stood.

    `told` gives of each its kind, its name and what is said of it; `merged` makes one of many, with the sentence that names some.
    """
    kinds: dict[tuple[Hashable, str], list[tuple[str, T]]] = {}
    for one in found:
        kind, name, what = told(one)
        kinds.setdefault((kind, what), []).append((name, one))
    shown: list[T] = []
    for (_, what), alike in kinds.items():
        items = [one for _, one in alike]
        if len(alike) <= FEW:
            shown += items
            continue
        names = enumerated([name for name, _ in alike], NAMED)
        shown.append(merged(items, words.SHARED.format(number=len(alike), names=names, what=what[:1].upper() + what[1:])))
    return shown
