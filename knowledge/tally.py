"""Counts for each document what a question's words say for it: its score, and which share of the question it explains."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

What = Literal["situation", "topic"]

SOLID = 0.75
"""From this share a word is known by itself."""

TELLS = 0.3
"""From this share of its weight a word counts as one that fits."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A situation or topic that fits: how well (0 and up), how much of the question it explains (0-1), by how many of its words."""

    what: What
    id: str
    score: float
    explained: float
    matched: int = 0
    core: float = 1.0
    """The share that is explained of the words that are not everyday ones (0-1); with none of those 0."""
    solid: int = 1
    """How many of those are its own words, or stand in its title, and were said themselves and not by a part or another word."""
    likeness: float = 0.0
    """How nearly its title or one of its questions was said, word for word (0-1)."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One telling word of a question: the terms of the index that it may stand for, with their shares, and what it weighs."""

    options: tuple[tuple[str, float], ...]
    heaviest: float
    """The most that it can say for a document."""
    weight: float
    """What it weighs in the question: a word of which only a part is known tells of something that is not."""
    everyday: bool
    """Whether everybody uses it for everything."""


@dataclass
class Tally:
    """What the words said so far say for each document, by its number."""

    scores: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    spoken: list[Spoken] = field(default_factory=list)
    _explained: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    _core: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    _matched: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, word: Spoken, found: Mapping[int, float]) -> None:
        """One word, and what it says for each document in which it, or what it may stand for, is."""
        self.spoken.append(word)
        counts = not (word.options and word.options[-1][0].isdigit())
        for number, weight in found.items():
            self.scores[number] += weight
            share = min(weight, word.heaviest)
            self._explained[number] += share
            self._core[number] += 0.0 if word.everyday else share
            self._matched[number] += counts and weight > TELLS * word.heaviest

    def hit(self, number: int, name: tuple[What, str], ranked: tuple[float, float], keyed: Mapping[str, set[int]]) -> Hit:
        """A document as it came out, with its score and likeness; `keyed` has the documents of which a term is their own word."""
        whole = sum(one.weight for one in self.spoken)
        core = sum(one.weight for one in self.spoken if not one.everyday)
        own = (one for one in self.spoken if not one.everyday)
        solid = sum(any(share > SOLID and number in keyed.get(term, ()) for term, share in one.options) for one in own)
        what, identity = name
        return Hit(
            what,
            identity,
            ranked[0],
            min(1.0, self._explained[number] / whole),
            self._matched[number],
            min(1.0, self._core[number] / core) if core else 0.0,
            solid,
            ranked[1],
        )
