"""Finds fixed expressions ("contactpersoon bij de politie", "vc") in what somebody typed, in any form and with typing errors."""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.spelling import Spelling
from knowledge.text import lemma, split

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from knowledge.text import Word


_Step = tuple[str, int, float]

SHORTEST_WORD = 4
"""A shorter word of an expression is only itself."""


@dataclass(frozen=True, slots=True)
class Found:
    """An expression that was said: what it stands for, from which word up to (not including) which, and how surely (0-1)."""

    meaning: str
    start: int
    end: int
    likeness: float

    @property
    def places(self) -> frozenset[int]:
        return frozenset(range(self.start, self.end))


class Phrases:
    """Expressions and their meanings. An expression may stand for several meanings, a meaning may have many expressions.

    With `literal` a word is only itself: "wie was" is another question than "wie is".
    """

    def __init__(self, expressions: Mapping[str, Iterable[str]], *, literal: bool = False) -> None:
        self._literal = literal
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        vocabulary: set[str] = set()
        for meaning, texts in expressions.items():
            for text in texts:
                words = tuple(split(text))
                if not words:
                    continue
                vocabulary.update(words)
                self._by_first[words[0]].append((words, meaning))
                first = _form(words[0])
                if first != words[0] and not literal:
                    self._by_first[first].append((words, meaning))
        self._forms = {word: {word} if literal else {word, _form(word)} for word in vocabulary}
        self._spelling = Spelling(vocabulary)

    def find(self, words: tuple[Word, ...]) -> tuple[Found, ...]:
        """All expressions in the words; where two overlap the longer one stays, of equal length the surer one."""
        options = [self._options(word) for word in words]
        joined = [
            {}
            if first.known and second.known and len(first.typed) < 4
            else self._join(first.typed + second.typed, correct=not (first.known and second.known))
            for first, second in itertools.pairwise(words)
        ]
        steps = [_at(place, options, joined) for place in range(len(words))]
        found: list[Found] = []
        for start, first_steps in enumerate(steps):
            for option, width, likeness in first_steps:
                for phrase, meaning in self._by_first.get(option, ()):
                    end, sureness = self._follow(phrase, start + width, likeness, steps)
                    if end:
                        found.append(Found(meaning, start, end, sureness))
        return _longest(found)

    def _options(self, word: Word) -> dict[str, float]:
        """What one typed word may be, with its likeness."""
        if self._literal:
            near = () if word.known else self._spelling.near(word.typed, 0.86)
            slips = {found: likeness for found, likeness in near if len(found) > 5 and found[0] == word.typed[0]}
            return {word.typed: 1.0, **slips}
        options = {word.lemma: 1.0, word.typed: 1.0}
        if word.typed not in self._spelling and word.lemma not in self._spelling and not word.known:
            for found, likeness in self._spelling.near(word.typed, 0.79):
                options.setdefault(found, likeness)
        return options

    def _join(self, text: str, *, correct: bool) -> dict[str, float]:
        if self._literal:
            return {}
        if text in self._spelling:
            return {text: 1.0}
        form = lemma(text)
        if form in self._spelling:
            return {form: 1.0}
        return dict(self._spelling.near(text, 0.9)) if correct and len(text) > 8 else {}

    def _follow(self, phrase: tuple[str, ...], place: int, likeness: float, steps: list[list[_Step]]) -> tuple[int, float]:
        """Where the phrase ends whose first word ends at `place`, and how surely; (0, 0) when the rest does not follow."""
        for number in range(1, len(phrase)):
            wanted, step = phrase[number], 0
            for option, width, sureness in steps[place] if place < len(steps) else ():
                if option in self._forms[wanted] or (not self._literal and lemma(option) == wanted):
                    step, likeness = width, min(likeness, sureness)
                    break
            if not step:
                return 0, 0.0
            place += step
        return place, likeness


def _form(word: str) -> str:
    """The dictionary form of a word of an expression; a short one is an abbreviation, and "zat" is no form of "zitten"."""
    return lemma(word) if len(word) >= SHORTEST_WORD else word


def _at(place: int, options: list[dict[str, float]], joined: list[dict[str, float]]) -> list[_Step]:
    """What may stand at a place: of how many typed words, and how surely."""
    found = [(option, 1, likeness) for option, likeness in options[place].items()]
    if place < len(joined):
        found += [(option, 2, likeness) for option, likeness in joined[place].items()]
    return found


def _longest(found: list[Found]) -> tuple[Found, ...]:
    kept: list[Found] = []
    for one in sorted(found, key=lambda item: (-(item.end - item.start), -item.likeness, item.start, item.meaning)):
        clash = [other for other in kept if one.start < other.end and other.start < one.end]
        same_words = all((other.start, other.end) == (one.start, one.end) and other.likeness == one.likeness for other in clash)
        if same_words and one not in kept:
            kept.append(one)
    return tuple(sorted(kept, key=lambda item: (item.start, item.meaning)))
