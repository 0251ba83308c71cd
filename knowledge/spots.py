"""What of a network was named in a message, and which of several explanations of the same words stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Kind = Literal["person", "organisation", "wijk", "municipality"]


@dataclass(frozen=True, slots=True)
class Spot:
    """Something of the network that was named: what, how much of its name was said (0-1), by which words, how surely."""

    kind: Kind
    target: str
    share: float
    weight: float
    places: frozenset[int]
    exact: bool

    @property
    def likeness(self) -> float:
        return self.share * self.weight


@dataclass(slots=True)
class _Kept:
    """What the spots kept so far have over one set of words: the heaviest, and whether one is named in full."""

    weight: float = 0.0
    in_full: bool = False


def settle(spots: Iterable[Spot]) -> tuple[Spot, ...]:
    """One spot a target, its best; what is said better by others over the same words is left out."""
    best: dict[tuple[str, str], Spot] = {}
    for spot in spots:
        known = best.get((spot.kind, spot.target))
        if known is None or (len(spot.places), spot.weight, spot.share) > (len(known.places), known.weight, known.share):
            best[(spot.kind, spot.target)] = spot
    ranked = sorted(best.values(), key=lambda spot: (-len(spot.places), -round(spot.weight, 3), -spot.share, spot.target))
    # Persons against persons, places against places. A name that thousands bear is compared with groups, not with each of them.
    kept: dict[bool, dict[frozenset[int], _Kept]] = {True: {}, False: {}}
    stays: list[Spot] = []
    for spot in ranked:
        groups = kept[spot.kind == "person"]
        if any(_beats(places, group, spot) for places, group in groups.items()):
            continue
        stays.append(spot)
        group = groups.setdefault(spot.places, _Kept())
        group.weight = max(group.weight, spot.weight)
        group.in_full = group.in_full or (spot.exact and spot.share > 0.97)
    return tuple(sorted(stays, key=lambda spot: (-round(spot.weight, 3), -round(spot.share, 3), not spot.exact, spot.target)))


def _beats(places: frozenset[int], others: _Kept, spot: Spot) -> bool:
    """Whether one of `others` explains the same words better. Two that share a word stay side by side when both are likely."""
    if not spot.places <= places:
        return False
    if len(spot.places) < len(places):
        return True
    if others.in_full:
        return not (spot.exact and spot.share > 0.97)  # two who bear the same whole name
    # A whole name without its article ("sluis") leaves the longer names that begin so in the race.
    return others.weight > spot.weight * 1.35
