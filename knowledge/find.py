"""Ranks situations and topics by how well they fit what somebody typed: one index over both.

A document is told by its words (chosen by its author), its title, its example questions and its answer. What many documents share
tells little, what few have tells much (inverse document frequency); said twice tells more than once, but ever less (BM25); a whole
phrase tells more than its words. No figure here depends on any network or question: they were chosen by leaving examples out and
asking those.
"""

from __future__ import annotations

import math
from collections import defaultdict
from functools import lru_cache
from itertools import starmap
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from knowledge.alike import alike
from knowledge.day_words import vocabulary
from knowledge.documents import documents, kin
from knowledge.loose_words import case_of, ends_verb
from knowledge.spelling import Spelling
from knowledge.staying_away import stays_away
from knowledge.tally import Spoken, Tally
from knowledge.text import is_dutch, lemma, read, whole_lemma
from knowledge.typing_errors import MISSPELLED, OneSlip, as_typed, put_right

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.library import Library
    from knowledge.tally import Hit
    from knowledge.text import Word

IN_WORDS, IN_TITLE, IN_EXAMPLES, IN_ANSWER = 1.6, 0.8, 0.6, 0.6
SATURATION, LENGTH = 0.5, 0.4
"""How soon a repeated word tells nothing new, and how much less every word tells in a long document (BM25's k and b)."""

PHRASE = 0.7
PART_UNKNOWN, PART_KNOWN, PART_INDEXED = 0.7, 0.4, 0.35
"""What a part of a compound weighs against the whole: "schoolverzuim" is also about "verzuim", most so when unknown itself."""

ALIKE = 0.4
"""What a word weighs that people use instead of the one that was typed."""

COMPOUND = 8
"""Shorter words are not taken apart: "leraar" is not about "leer"."""

ARTICLES = frozenset(("een", "het", "ons", "dit", "elk"))  # what stands before an abbreviation, never before a verb
LIKE_EXAMPLE, UNLIKE = 2.0, 0.4
"""How much more a document weighs when one of its questions is said nearly word for word, and from which likeness."""

AS_SAID, FIRST = 0.88, 1.5
"""From which likeness a question is said nearly as it is known, and how much more its document weighs then to come first."""

KIN = 0.1
"""What a related document that fits as well adds: of two as near, the one whose surroundings are asked about comes first."""

ONE_SLIP = 0.8
"""How like a word of the content a slip of it is."""

SECOND_LOOK = 16
"""How many of the best are looked at word for word."""


class Finder:
    """The index over one library."""

    def __init__(self, library: Library) -> None:
        language = library.language
        self._stop = frozenset(language["stopwoorden"].split())
        self._spellings: dict[str, str] = language["schrijfwijzen"]
        self._pairs = {tuple(pair.split()): whole for pair, whole in language["woordparen"].items()}
        self._alike = alike(language["gelijken"])
        self._away = {name: frozenset(told_by) for name, told_by in language["wegblijven"].items()}
        self._everyday = frozenset(
            form for entry in language["alledaags"].split() for word in read(entry) for form in (word.typed, word.lemma)
        )
        self._documents = list(documents(library))
        self._kin = kin(library, self._documents)
        self._vocabulary: frozenset[str] = frozenset()
        self._phrases: dict[str, list[tuple[frozenset[str], int]]] = defaultdict(list)
        self._keyed: dict[str, set[int]] = defaultdict(set)
        fields = self._weigh_words()
        self._keyed = dict(self._keyed)
        self._vocabulary = frozenset(fields)
        self._index_parts(fields)
        total = len(self._documents)
        self._rare = {term: math.log(1 + total / len(found)) for term, found in fields.items()}
        self._unknown = math.log(1 + total)
        self._postings = self._saturate(fields)
        written = fields.keys() | as_typed(self._documents) | self._stop
        self._spelling, self._slips = Spelling(written), OneSlip(written)
        self._questions = [[_spelled(read(text)) for text in (document.title, *document.examples)] for document in self._documents]
        self._options = lru_cache(maxsize=20_000)(self._spoken_as)

    def __getstate__(self) -> dict[str, object]:
        """All but the remembered look-ups, so that a finished index can be kept in a file."""
        return {name: value for name, value in self.__dict__.items() if name != "_options"}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state)
        self._options = lru_cache(maxsize=20_000)(self._spoken_as)

    def forget(self) -> None:
        """Forgets which words were looked up."""
        self._options.cache_clear()

    def _weigh_words(self) -> dict[str, dict[int, float]]:
        """How much each term is said in each document, by the weight of where it stands."""
        fields: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
        for number, document in enumerate(self._documents):
            for expression in document.words:
                terms = frozenset(self.terms(read(expression)))
                for term in terms:
                    if len(terms) == 1:
                        self._keyed[term].add(number)
                    fields[term][number] += IN_WORDS if len(terms) < 3 else IN_TITLE
                    if len(terms) > 1:
                        self._phrases[term].append((terms, number))
            for term in self.terms(read(document.title)):
                self._keyed[term].add(number)
            parts = [(IN_TITLE, document.title), (IN_ANSWER, document.answer), *((IN_EXAMPLES, one) for one in document.examples)]
            for weight, text in parts:
                for term in set(self.terms(read(text))):
                    fields[term][number] += weight
        return fields

    def respelled(self, words: tuple[Word, ...], but_not: frozenset[int]) -> tuple[Word, ...]:
        """The words with those put right that are a word of the content, or one that everybody uses, with a typing error; those at
        the places in `but_not` stay as they are.
        """
        return tuple(
            word
            if place in but_not or word.known or self._is_term(word)
            else put_right(word, self._spelling, self._slips, self._parts)
            for place, word in enumerate(words)
        )

    def _is_term(self, word: Word) -> bool:
        named = word.typed in vocabulary() or word.typed in self._spellings
        return named or word.lemma in self._vocabulary or not self.telling(word)

    def _index_parts(self, fields: dict[str, dict[int, float]]) -> None:
        """A document about "leerlingdossier" is found by "dossier" as well."""
        for term in sorted(self._vocabulary):
            for part in self._parts(term) if len(term) >= COMPOUND else ():
                for number, weight in tuple(fields[term].items()):
                    fields[part][number] += weight * PART_INDEXED

    def _saturate(self, fields: dict[str, dict[int, float]]) -> dict[str, tuple[tuple[int, float], ...]]:
        lengths: dict[int, float] = defaultdict(float)
        for found in fields.values():
            for number, weight in found.items():
                lengths[number] += weight
        mean = sum(lengths.values()) / max(len(lengths), 1)

        def saturated(number: int, weight: float) -> tuple[int, float]:
            slow = SATURATION * (1 - LENGTH + LENGTH * lengths[number] / mean)
            return number, weight * (SATURATION + 1) / (weight + slow)

        return {term: tuple(starmap(saturated, found.items())) for term, found in fields.items()}

    def terms(self, words: Iterable[Word]) -> list[str]:
        """What the words tell: dictionary forms without the words that everybody uses.

        Some abbreviations look like such a word. "Het ZAT" is no form of "zitten": it has an article. And where nothing else is
        told ("wat doet het OM"), a common word counts if the content explains it.
        """
        found: list[str] = []
        words = tuple(words)
        for before, word, behind in zip((None, *words), words, (*words[1:], None), strict=False):
            if before and (pair := self._pairs.get((before.typed, word.typed)) or case_of(before.typed, word.typed)):
                found.append(pair)
                continue
            if ends_verb(word.typed, before, behind):
                whole = (word.typed + form for form in found[-4:] if form.endswith("n"))
                found.extend(one for one in whole if (one in self._vocabulary if self._vocabulary else is_dutch(one)))
            typed = self._spellings.get(word.typed, word.typed)
            form = (word.lemma if word.known else whole_lemma(word.lemma)) if typed == word.typed else lemma(typed)
            if typed not in self._stop and form not in self._stop and (len(form) > 1 or form.isdigit()):
                found.append(form)
            elif typed not in self._stop and (before is None or before.typed in ARTICLES):
                found.append(typed)
        if words and (away := stays_away(words, self._away)) and away not in found:
            found.append(away)
        alone = len(words) == 1 and not self._vocabulary  # while the index is made
        return found or [word.typed for word in words if alone or word.typed in self._vocabulary]

    def is_typo(self, typed: str) -> bool:
        """Whether a word that no dictionary knows is a Dutch one of the content, with one slip behind its first letter."""
        return any(word[0] == typed[0] and is_dutch(word) for word, _ in self._spelling.near(typed, ONE_SLIP))

    def telling(self, word: Word) -> bool:
        """Whether the word is none of those that everybody uses."""
        return word.typed not in self._stop and word.lemma not in self._stop

    def is_everyday(self, word: Word) -> bool:
        """Whether everybody uses the word for everything."""
        return word.lemma in self._everyday or not self.telling(word)

    def knows(self, word: Word) -> bool:
        """Whether the word, or one that it may stand for, occurs in the content."""
        return any(self._options(form, word.known) for form in self.terms([word])) or not self.terms([word])

    def find(self, words: tuple[Word, ...], skip: frozenset[int] = frozenset(), most: int = 8) -> list[Hit]:
        """What fits best, best first. Words at the places in `skip` (names, say) tell nothing about the subject."""
        telling = [word for place, word in enumerate(words) if place not in skip]
        known = {word.lemma for word in telling if word.known}
        tally = Tally()
        for form in dict.fromkeys(self.terms(telling)):
            word = self._weighed(form, self._options(form, form in known))
            tally.add(word, self._found(word))
        self._score_phrases({term: share for word in tally.spoken for term, share in word.options}, tally.scores)
        first = sorted(tally.scores.items(), key=lambda item: (-item[1], item[0]))[: max(most, SECOND_LOOK)]
        ranked = self._look_again(words, first)[:most]
        return [tally.hit(one, self._documents[one].name, (score, likeness), self._keyed) for one, score, likeness in ranked]

    def _weighed(self, form: str, options: tuple[tuple[str, float], ...]) -> Spoken:
        """A telling word with what it may stand for and what it weighs."""
        heaviest = max((self._rare[term] * share for term, share in options), default=self._unknown)
        only_part = form not in self._vocabulary and bool(options) and all(term in form for term, _ in options)
        everyday = form in self._everyday or form.isdigit()
        return Spoken(options, heaviest, self._unknown if only_part else heaviest, everyday)

    def _found(self, word: Spoken) -> dict[int, float]:
        """What the word says for each document in which it may be."""
        best: dict[int, float] = {}
        for term, share in word.options:
            rare = self._rare[term] * share
            for number, weight in self._postings[term]:
                if rare * weight > best.get(number, 0.0):
                    best[number] = rare * weight
        return best

    def _look_again(self, words: tuple[Word, ...], ranked: list[tuple[int, float]]) -> list[tuple[int, float, float]]:
        """The best once more, by whole questions: "wat staat er in een plan" differs from another only in small words."""
        said = _spelled(words)
        again = []
        for number, score in ranked[:SECOND_LOOK]:
            nearest = process.extractOne(said, self._questions[number], scorer=fuzz.ratio, score_cutoff=100 * UNLIKE)
            likeness = nearest[1] / 100 if nearest else 0.0
            again.append((number, score * (1 + LIKE_EXAMPLE * max(0.0, likeness - UNLIKE)), likeness))
        scores = {number: score for number, score, _ in again}
        around = {one: max((scores[other] for other in self._kin[one] if other in scores), default=0.0) for one in scores}
        again.sort(key=lambda item: (-item[1] * (FIRST if item[2] > AS_SAID else 1.0) - KIN * around[item[0]], item[0]))
        return again + [(number, score, 0.0) for number, score in ranked[SECOND_LOOK:]]

    def _spoken_as(self, form: str, known: bool) -> tuple[tuple[str, float], ...]:  # noqa: FBT001 - a cached lookup
        """The terms of the index that a telling word may stand for, each with its share; none for an unknown word."""
        options = {other: ALIKE for other in self._alike.get(form, ()) if other in self._postings}
        if form in self._vocabulary:
            options |= {
                part: max(PART_KNOWN, options.get(part, 0.0)) for part in (self._parts(form) if len(form) >= COMPOUND else ())
            }
            options[form] = 1.0
            return tuple(options.items())
        near = () if known or form.isdigit() else self._near(form)
        if near and near[0][1] > MISSPELLED:
            return near
        options |= dict.fromkeys(self._parts(form), PART_UNKNOWN)
        return tuple(options.items()) or near

    def _near(self, form: str) -> tuple[tuple[str, float], ...]:
        """The terms of the index that are written nearly so, each with its likeness."""
        found = ((one if one in self._vocabulary else lemma(one), likeness) for one, likeness in self._spelling.near(form, 0.78))
        return tuple((term, likeness) for term, likeness in found if term in self._postings)[:2]

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
        return [part for part in found if part != form]

    def _known_part(self, text: str) -> str | None:
        for form in (text, text.removesuffix("s"), text.removesuffix("en"), lemma(text)):
            if len(form) >= 4 and form in self._vocabulary:
                return form
        return None

    def _score_phrases(self, said: dict[str, float], scores: dict[int, float]) -> None:
        counted: set[tuple[frozenset[str], int]] = set()
        for term in said:
            for terms, number in self._phrases.get(term, ()):
                if terms <= said.keys() and (terms, number) not in counted:
                    counted.add((terms, number))
                    scores[number] += PHRASE * sum(self._rare[one] * said[one] for one in terms) / math.sqrt(len(terms))


def _spelled(words: Iterable[Word]) -> str:
    """The words in the order of the alphabet: in what order something is asked tells little."""
    return " ".join(sorted(word.lemma for word in words))
