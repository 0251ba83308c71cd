"""Finds the words of a vocabulary that somebody probably meant: by sound first, then by one letter more or less.

Candidates come from an index (the sound key and that key with each letter left out), so the cost does not grow with the
vocabulary; rapidfuzz judges them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from knowledge.text import sound

if TYPE_CHECKING:
    from collections.abc import Iterable

SHORTEST = 4
"""Shorter words are compared to the letter: among three letters everything looks like everything."""


def _gaps(key: str) -> set[str]:
    return {key[:place] + key[place + 1 :] for place in range(len(key))}


class Spelling:
    """A vocabulary that can be asked for the words near a typed one."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._words = frozenset(vocabulary)
        self._index: dict[str, list[str]] = {}
        self._known: dict[str, tuple[tuple[str, float], ...]] = {}
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
        if word not in self._known:
            if len(self._known) > 20_000:  # a flood of nonsense must not fill the memory
                self._known.clear()
            self._known[word] = self._judge(word)
        return tuple((found, likeness) for found, likeness in self._known[word] if likeness >= at_least)

    def _judge(self, word: str) -> tuple[tuple[str, float], ...]:
        key = sound(word)
        candidates: set[str] = set()
        for entry in {key, *_gaps(key)}:
            candidates.update(self._index.get(entry, ()))
        judged = []
        for candidate in candidates:
            spelled = OSA.normalized_similarity(word, candidate)
            sounded = OSA.normalized_similarity(key, sound(candidate))
            # What sounds the same is nearly the same word, but a word spelled right still wins.
            judged.append((candidate, max(spelled, 0.97 * sounded if len(word) > SHORTEST else spelled)))
        return tuple(sorted(judged, key=lambda pair: (-pair[1], pair[0]))[:8])
