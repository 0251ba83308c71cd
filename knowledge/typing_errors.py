"""Puts right what was typed wrong: a word that nobody knows and that is nearly one of the content, or one that everybody uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

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


def put_right(word: Word, spelling: Spelling, parts: Callable[[str], list[str]]) -> Word:
    """The word that was meant, or the word itself; `parts` gives the known words of a compound."""
    near = spelling.near(word.typed, NEAR_WORD) if len(word.typed) >= SHORTEST else ()
    if not near or near[0][0] == word.typed or (near[0][1] <= MISSPELLED and parts(word.lemma)):
        return word
    return Word(near[0][0], lemma(near[0][0]), known=True)
