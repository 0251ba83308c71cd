"""Ranks situations and topics by how well they fit what somebody typed: one index over both.

A document is told by its words (chosen by its author), its title and its example questions. What many documents share tells little, what
few have tells much (inverse document frequency); a whole phrase tells more than its words, and one example that says nearly the same
tells most. No figure here depends on any network or question; they are weights of these four kinds of evidence.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from knowledge.spelling import Spelling
from knowledge.text import lemma, read

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.library import Library
    from knowledge.text import Word

IN_WORDS, IN_TITLE, IN_EXAMPLES = 1.0, 0.8, 0.6
PHRASE, EXAMPLE = 0.7, 1.6
PART = 0.7
"""What a part of a compound weighs against the whole word: "schoolverzuim" is also about "verzuim"."""

What = Literal["situation", "topic"]


@dataclass(frozen=True, slots=True)
class Hit:
    """A situation or topic that fits: how well (0 and up) and how much of the question it explains (0-1)."""

    what: What
    id: str
    score: float
    explained: float


@dataclass(frozen=True)
class _Document:
    what: What
    id: str


class Finder:
    """The index over one library."""

    def __init__(self, library: Library) -> None:
        language = library.language
        self._stop = frozenset(language["stopwoorden"].split())
        self._spellings: dict[str, str] = language["schrijfwijzen"]
        self._documents: list[_Document] = []
        self._fields: dict[str, dict[int, float]] = defaultdict(dict)
        self._phrases: dict[str, list[tuple[frozenset[str], int]]] = defaultdict(list)
        self._examples: list[tuple[int, float]] = []
        self._in_examples: dict[str, list[int]] = defaultdict(list)
        sources: list[tuple[_Document, str, list[str], list[str]]] = [
            *((_Document("situation", one.id), one.title, one.words, one.examples) for one in library.situations.values()),
            *((_Document("topic", one.id), one.title, one.words, one.examples) for one in library.topics.values()),
        ]
        texts: list[tuple[int, frozenset[str]]] = []
        for number, (document, title, words, examples) in enumerate(sources):
            self._documents.append(document)
            self._add_words(number, words)
            self._add(number, self.terms(read(title)), IN_TITLE)
            for example in examples:
                terms = frozenset(self.terms(read(example)))
                self._add(number, terms, IN_EXAMPLES)
                texts.append((number, terms))
        total = len(self._documents)
        self._rare = {term: math.log(1 + total / len(found)) for term, found in self._fields.items()}
        self._unknown = math.log(1 + total)
        for number, terms in texts:
            index = len(self._examples)
            self._examples.append((number, math.sqrt(sum(self._rare[term] ** 2 for term in terms)) or 1.0))
            for term in terms:
                self._in_examples[term].append(index)
        self._spelling = Spelling(self._fields)

    def _add_words(self, number: int, expressions: Iterable[str]) -> None:
        for expression in expressions:
            terms = frozenset(self.terms(read(expression)))
            self._add(number, terms, IN_WORDS if len(terms) < 3 else IN_TITLE)
            if len(terms) > 1:
                for term in terms:
                    self._phrases[term].append((terms, number))

    def _add(self, number: int, terms: Iterable[str], weight: float) -> None:
        for term in terms:
            known = self._fields[term].get(number, 0.0)
            self._fields[term][number] = max(known, weight)

    def terms(self, words: Iterable[Word]) -> list[str]:
        """What the words tell: dictionary forms without the words that everybody uses."""
        found = []
        for word in words:
            typed = self._spellings.get(word.typed, word.typed)
            form = word.lemma if typed == word.typed else lemma(typed)
            if typed not in self._stop and form not in self._stop and (len(form) > 1 or form.isdigit()):
                found.append(form)
        return found

    def find(self, words: tuple[Word, ...], skip: frozenset[int] = frozenset(), most: int = 8) -> list[Hit]:
        """What fits best, best first. Words at the places in `skip` (names, say) tell nothing about the subject."""
        spoken = self._spoken([word for place, word in enumerate(words) if place not in skip])
        if not spoken:
            return []
        scores: dict[int, float] = defaultdict(float)
        explained: dict[int, float] = defaultdict(float)
        whole = 0.0
        for options in spoken:
            best: dict[int, float] = {}
            heaviest = self._unknown if not options else max(self._rare[term] * share for term, share in options.items())
            whole += heaviest
            for term, share in options.items():
                rare = self._rare[term] * share
                for number, weight in self._fields[term].items():
                    best[number] = max(best.get(number, 0.0), rare * weight)
            for number, weight in best.items():
                scores[number] += weight
                explained[number] += weight
        said = {term: share for options in spoken for term, share in options.items()}
        self._score_phrases(said, scores)
        self._score_examples(said, whole, scores)
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:most]
        return [
            Hit(self._documents[number].what, self._documents[number].id, score, min(1.0, explained[number] / whole))
            for number, score in ranked
        ]

    def _spoken(self, words: list[Word]) -> list[dict[str, float]]:
        """For each telling word the terms of the index that it may stand for; an empty table for an unknown word."""
        found = []
        for form in dict.fromkeys(self.terms(words)):
            if form in self._fields:
                found.append({form: 1.0})
                continue
            options = {part: PART for part in self._parts(form)}
            if not options and not any(word.lemma == form and word.known for word in words):
                options = dict(self._spelling.near(form, 0.78)[:2])
            found.append(options)
        return found

    def _parts(self, form: str) -> list[str]:
        """The longest known words at the beginning and at the end of a compound, each of four letters or more."""
        found = []
        for cut in range(len(form) - 1, 3, -1):
            if len(form) - cut >= 3 and (part := self._known_part(form[:cut])):
                found.append(part)
                break
        for cut in range(2, len(form) - 3):
            if part := self._known_part(form[cut:]):
                found.append(part)
                break
        return found

    def _known_part(self, text: str) -> str | None:
        for form in (text, text.removesuffix("s"), text.removesuffix("en"), lemma(text)):
            if len(form) >= 4 and form in self._fields:
                return form
        return None

    def _score_phrases(self, said: dict[str, float], scores: dict[int, float]) -> None:
        counted: set[tuple[frozenset[str], int]] = set()
        for term in said:
            for terms, number in self._phrases.get(term, ()):
                if (terms, number) not in counted and terms <= said.keys():
                    counted.add((terms, number))
                    scores[number] += PHRASE * sum(self._rare[one] for one in terms) / math.sqrt(len(terms))

    def _score_examples(self, said: dict[str, float], whole: float, scores: dict[int, float]) -> None:
        """The likeness (cosine) to the nearest example of each document, weighed by how much there was to be alike."""
        products: dict[int, float] = defaultdict(float)
        for term, share in said.items():
            for example in self._in_examples.get(term, ()):
                products[example] += self._rare[term] ** 2 * share
        length = math.sqrt(sum((self._rare[term] * share) ** 2 for term, share in said.items())) or 1.0
        nearest: dict[int, float] = defaultdict(float)
        for example, product in products.items():
            number, size = self._examples[example]
            nearest[number] = max(nearest[number], product / (size * length))
        for number, likeness in nearest.items():
            scores[number] += EXAMPLE * likeness**2 * whole
