"""Turns what somebody typed into words that can be compared: folded, lemmatised, and by how they sound in Dutch.

Everything that finds something (names, situations, topics, danger) starts from `read`, so a word is the same word everywhere.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from simplemma import Lemmatizer
from simplemma.strategies import DefaultStrategy, DictionaryLookupStrategy
from simplemma.strategies.dictionaries import TrieDictionaryFactory

# A trie in the user's cache folder: read in 2 ms instead of 300, and a quarter of the memory.
_TRIE = TrieDictionaryFactory()
# It need remember nothing: `lemma` does, and can be made to forget.
_DICTIONARY = Lemmatizer(cache_max_size=0, lemmatization_strategy=DefaultStrategy(dictionary_factory=_TRIE))
_LOOKUP = DictionaryLookupStrategy(dictionary_factory=_TRIE)
_LANGUAGE = "nl"

LONGEST = 2_000
"""Characters of a message that are looked at; a question never needs more, and a flood costs no time."""

MOST_PIECES = 20
"""More sentences than anybody types in a chat; what comes after stays one."""

_MARKUP = re.compile(
    r"<[@!#][^>]{0,80}>|@(?:room|channel|here|everyone|verbinder)\b|<[^>]{0,20}>|<[@!#]|[*~`]|\b_+|_+\b", re.IGNORECASE
)
_CUT = re.compile(r"([.!?;:…]+(?=\s|$)|\n+|,(?=\s))")
_WORD = re.compile(r"[a-z0-9]+")
_TYPED = re.compile(r"[^\W_]{1,60}")  # no Dutch word is longer; what looks for words in words would take long over one
_ODD_LETTERS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "’": "'", "‘": "'"})

# How Dutch writers spell by ear: each pair sounds (nearly) the same. Order matters: longer spellings first.
_SOUNDS = (
    ("sch", "sg"), ("ch", "g"), ("ph", "f"), ("th", "t"), ("qu", "kw"), ("ij", "i"), ("ei", "i"), ("ey", "i"), ("ou", "au"),
    ("ck", "k"), ("dt", "t"), ("x", "ks"), ("y", "i"), ("z", "s"), ("v", "f"), ("ce", "se"), ("ci", "si"), ("c", "k"),
    ("q", "k"), ("oe", "u"), ("ie", "i"), ("ae", "a"), ("uu", "u"),
)  # fmt: skip
_DOUBLE = re.compile(r"(.)\1+")


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """Lower case without accents: "Zoë Müller" → "zoe muller"."""
    return fold_all(text)


def fold_all(text: str) -> str:
    """`fold` of a text that is read once, such as a whole list: nothing is kept of it."""
    lower = text.lower().translate(_ODD_LETTERS)
    if lower.isascii():
        return lower
    decomposed = unicodedata.normalize("NFKD", lower)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def clean(text: str) -> str:
    """The text without invisible and control characters, markup and mentions, at most `LONGEST` characters long."""
    visible = text[: LONGEST * 2]
    if not visible.isprintable():
        visible = "".join(" " if letter.isspace() else letter for letter in visible if letter.isspace() or letter.isprintable())
    return " ".join(_MARKUP.sub(" ", visible).split())[:LONGEST]


def pieces(text: str) -> list[tuple[str, str]]:
    """A message by its sentences and by what stands between commas, each with the sign behind it ("" behind the last)."""
    found = _CUT.split(text[:LONGEST], MOST_PIECES)
    return [(piece, mark) for piece, mark in zip(found[::2], [*found[1::2], ""], strict=True) if piece.strip()]


def split(text: str) -> list[str]:
    """The folded words of a text, in order; hyphens and apostrophes separate words."""
    return _WORD.findall(fold(text))


@lru_cache(maxsize=50_000)
def lemma(word: str) -> str:
    """The folded dictionary form of one word: "gevochten" → "vechten". Unknown words stay as they are."""
    if not word.isalpha():
        return fold(word)
    return fold(_DICTIONARY.lemmatize(word, lang=_LANGUAGE))


@lru_cache(maxsize=50_000)
def is_dutch(word: str) -> bool:
    """Whether the dictionary knows the word in any of its forms."""
    return word.isalpha() and _LOOKUP.get_lemma(word, _LANGUAGE) is not None


@lru_cache(maxsize=50_000)
def whole_lemma(word: str) -> str:
    """The dictionary form of a compound that the dictionary lacks, by its last part: "veiligheidshuizen" → "veiligheidshuis"."""
    for cut in range(4, len(word) - 3):
        head, tail = word[:cut], word[cut:]
        if not tail.endswith(("s", "en")) or not is_dutch(tail) or len(lemma(tail)) >= len(tail):
            continue
        if any(is_dutch(one) for one in (head, head.removesuffix("s"), head.removesuffix("en"))):
            return head + lemma(tail)
    return word


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """A key that is the same for words that sound the same in Dutch: "lyceum" and "liseum", "wijkagend" and "wijkagent"."""
    key = word
    for spelling, sounds in _SOUNDS:
        key = key.replace(spelling, sounds)
    key = _DOUBLE.sub(r"\1", key)
    if key.endswith("d"):
        key = key[:-1] + "t"
    return key


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it was typed (folded), its dictionary form, and whether the dictionary knows it."""

    typed: str
    lemma: str
    known: bool


def read(text: str) -> tuple[Word, ...]:
    """All words of a message. The message is cleaned first; never raises, whatever it holds."""
    found = []
    for raw in _TYPED.findall(clean(text).lower()):
        typed = fold(raw)
        pieces = _WORD.findall(typed)
        if len(pieces) == 1 and pieces[0] == typed:
            found.append(Word(typed, lemma(raw), is_dutch(raw)))
        else:  # scripts and signs that fold to nothing, or to several words
            found.extend(Word(piece, lemma(piece), is_dutch(piece)) for piece in pieces)
    return tuple(found)
