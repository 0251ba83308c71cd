"""Puts right what was typed wrong: a word that nobody knows and that is nearly one of the content, or one that everybody uses."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.text import Word, lemma, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from knowledge.documents import Document
    from knowledge.spelling import Spelling

MISSPELLED = 0.85
"""From this likeness an unknown word is a known one with a typing error, and not a compound."""

NEAR_WORD = 0.8
"""The likeness that is enough where it is no compound."""

SHORTEST = 5
"""In shorter words no error is looked for."""


def as_typed(documents: Iterable[Document]) -> set[str]:
    """Every form in which a word of the content is written: "verzuim" beside "verzuimen", under which it is indexed."""
    texts = ((one.title, one.answer, *one.words, *one.examples) for one in documents)
    return {word.typed for found in texts for text in found for word in read(text) if word.known}


class OneSlip:
    """Finds the word that one letter too few, too many, another or swapped makes of what was typed, also where it sounds otherwise.

    "Sucecsvol" sounds like nothing; it is looked for among the words with the same first letter.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._by_first: dict[str, list[str]] = {}
        for word in sorted(words):
            if len(word) >= SHORTEST and word.isalpha():
                self._by_first.setdefault(word[0], []).append(word)

    def near(self, typed: str) -> tuple[tuple[str, float], ...]:
        """The word with its likeness; nothing where two are as near."""
        return _one_slip(self, typed)

    def among(self, typed: str) -> list[str]:
        return self._by_first.get(typed[0], [])


# What was looked up is remembered here, and not with each vocabulary, so that it is forgotten with all else that was typed.
@lru_cache(maxsize=20_000)
def _one_slip(words: OneSlip, typed: str) -> tuple[tuple[str, float], ...]:
    least = 1 - 1.01 / len(typed)
    found = process.extract(typed, words.among(typed), scorer=OSA.normalized_similarity, score_cutoff=least, limit=2)
    alone = len(found) == 1 or (len(found) > 1 and lemma(found[0][0]) == lemma(found[1][0]))
    return ((found[0][0], found[0][1]),) if alone else ()


def put_right(word: Word, spelling: Spelling, slips: OneSlip, parts: Callable[[str], list[str]]) -> Word:
    """The word that was meant, or the word itself; `parts` gives the known words of a compound."""
    near = spelling.near(word.typed, NEAR_WORD) if len(word.typed) >= SHORTEST else ()
    if not near and len(word.typed) > SHORTEST and word.typed.isalpha() and not parts(word.lemma):
        near = slips.near(word.typed)
    if not near or near[0][0] == word.typed or (near[0][1] <= MISSPELLED and parts(word.lemma)):
        return word
    return Word(near[0][0], lemma(near[0][0]), known=True)
