"""Finds the words of a vocabulary that somebody probably meant: by sound first, then by one letter more or less.

Candidates come from an index (the sound key and that key with each letter left out), so the cost does not grow with the
vocabulary; rapidfuzz judges them. Names may be spoiled more than that: `FarSpelling` also knows which words share letters.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from knowledge.text import sound

if TYPE_CHECKING:
    from collections.abc import Iterable

SHORTEST = 4
"""Shorter words are compared to the letter: among three letters everything looks like everything."""

NEAR_ENOUGH = 0.86
"""With a word as like as this nobody need look further away."""


def _gaps(key: str) -> set[str]:
    return {key[:place] + key[place + 1 :] for place in range(len(key))}


class Spelling:
    """A vocabulary that can be asked for the words near a typed one."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._words = frozenset(vocabulary)
        self._index: dict[str, list[str]] = {}
        for word in sorted(self._words):
            if len(word) < SHORTEST or not word.isalpha():
                continue
            key = sound(word)
            for entry in {key, *_gaps(key)}:
                self._index.setdefault(entry, []).append(word)

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def near(self, word: str, at_least: float = 0.76) -> tuple[tuple[str, float], ...]:
        """The words of the vocabulary like `word`, best first, each with its likeness between `at_least` and 1.

        A word of the vocabulary itself is its only answer, with 1.
        """
        if word in self._words:
            return ((word, 1.0),)
        if len(word) < SHORTEST or not word.isalpha():
            return ()
        return tuple((found, likeness) for found, likeness in _nearest(self, word) if likeness >= at_least)

    def candidates(self, word: str) -> set[str]:
        """The words that sound like this one, or nearly."""
        key = sound(word)
        candidates: set[str] = set()
        for entry in {key, *_gaps(key)}:
            candidates.update(self._index.get(entry, ()))
        return candidates


class FarSpelling(Spelling):
    """A vocabulary of names, in which two errors in one word are found as well: by the runs of letters that words share."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        super().__init__(vocabulary)
        self._runs: dict[str, list[str]] = {}
        for word in sorted(self._words):
            if len(word) > SHORTEST and word.isalpha():
                for run in _runs(word):
                    self._runs.setdefault(run, []).append(word)

    def far(self, word: str, at_least: float) -> tuple[tuple[str, float], ...]:
        """As `near`, and when nothing is really near, words that are further away."""
        near = self.near(word, at_least)
        if len(word) <= SHORTEST or not word.isalpha() or (near and near[0][1] >= NEAR_ENOUGH):
            return near
        found = dict(_furthest(self, word)) | dict(near)
        return tuple((one, found[one]) for one in sorted(found, key=lambda one: (-found[one], one)) if found[one] >= at_least)

    def sharing(self, word: str) -> list[str]:
        """The words that have the most runs of letters in common with this one."""
        shared: Counter[str] = Counter()
        for run in _runs(word):
            shared.update(self._runs.get(run, ()))
        return [one for one, _ in shared.most_common(40)]


def _runs(word: str) -> set[str]:
    """All that stands together by three, the edges included."""
    framed = f" {word} "
    return {framed[place : place + 3] for place in range(len(framed) - 2)}


# What was looked up is remembered here, and not with each vocabulary, so that it is forgotten with all else that was typed.
@lru_cache(maxsize=50_000)
def _nearest(spelling: Spelling, word: str) -> tuple[tuple[str, float], ...]:
    return likest(word, spelling.candidates(word))


@lru_cache(maxsize=20_000)
def _furthest(spelling: FarSpelling, word: str) -> tuple[tuple[str, float], ...]:
    return likest(word, spelling.sharing(word))


def likest(word: str, candidates: Iterable[str], most: int = 8) -> tuple[tuple[str, float], ...]:
    """The candidates most like a word, best first, each with its likeness (0-1)."""
    key = sound(word)
    judged = []
    for candidate in candidates:
        spelled = OSA.normalized_similarity(word, candidate)
        sounded = OSA.normalized_similarity(key, sound(candidate))
        # What sounds the same is nearly the same word, but a word spelled right still wins.
        judged.append((candidate, max(spelled, 0.97 * sounded if len(word) > SHORTEST else spelled)))
    return tuple(sorted(judged, key=lambda pair: (-pair[1], pair[0]))[:most])
