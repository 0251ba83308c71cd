"""The words of a message with where they stand, as the guard looks at them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from knowledge.lookalikes import LOOKALIKES
from knowledge.text import fold, is_dutch

_TOKEN = re.compile(r"['’][tTsSnN]\b|[^\W\d_]+(?:['’`´-][^\W\d_]+)*|\d+(?:[.,:/-]\d+)*|[^\w\s]")
MORE_WORDS = Path(__file__).parent / "lists" / "woorden.txt"

LONG = 4
"""Letters of a word; two longer ones make a compound that may be English: "cyberbullying", but Seeddine is a name."""

_SHORT = re.compile(r"[A-Z]{2,4}(?:['’](?:er|ers|s|tje|tjes))?")
_BRAND = re.compile(
    r"(?!(?:Mac|Mc|De|Den|Der|Van|Ten|Ter|El|Al|Ben|Bin|Ait|Abu|Le|La|Di|Da|Du|Do|O|D|Ould|Abdel?|Abdul)[A-Z])"
    r"[^\W\d_]*[a-z][A-Z][^\W\d_]*"
)
"""A capital inside a word is that of a brand: "KiVa", "iPad"; not "McDonald" or "ElAmrani"."""
_MADE = re.compile(
    r"(?:hier|daar|waar|er)(?:aan|af|bij|binnen|boven|buiten|door|heen|in|langs|mee|na|naar|naast|om|onder|op|over|tegen|"
    r"tussen|uit|van|vandaan|voor)|.{4,}(?:aties?|iteit(?:en)?|ismen?|heid|heden|eringen?|schap|lijke?|matige?|loze|gewijze?)"
)
"""How Dutch words are made that a dictionary does not hold: "actualisatie"."""
_TAILS = frozenset("dag les uur pas bus hek app wet weg pad".split())
"""Short words with which longer ones are made: "bevrijdingsdag"."""
_ENDS = frozenset('.!?;:\n•-–("“‘')

_ABBREVIATED = frozenset("dhr mw mevr fam mr mevr ll lln drs dr prof st sint".split())


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or sign. `low` is the word folded; `capital` whether it begins with a capital that a name could have."""

    text: str
    low: str
    start: int
    end: int
    is_word: bool
    capital: bool
    first: bool
    """Whether it begins a sentence, where every word has a capital."""
    short: bool = False
    """Whether it is an abbreviation: "AED", "BHV'er"."""


def tokens_of(text: str) -> list[Token]:
    """All tokens in order. In a message that is written in capitals throughout no capital says anything."""
    text = text.translate(LOOKALIKES)  # a name written with them is still that name
    letters = [letter for letter in text if letter.isalpha()]
    shouted = len(letters) > 8 and sum(letter.isupper() for letter in letters) > 0.7 * len(letters)
    found: list[Token] = []
    first = True
    for match in _TOKEN.finditer(text):
        word = match.group()
        is_word = word[-1].isalpha()
        capital = is_word and word[0].isupper() and not shouted
        short = capital and _SHORT.fullmatch(word) is not None
        short = short or (is_word and not shouted and _BRAND.fullmatch(word) is not None)
        capital = capital and not short
        found.append(Token(word, folded(word) if is_word else word, match.start(), match.end(), is_word, capital, first, short))
        before = found[-2].low if word == "." and len(found) > 1 else ""
        first = (word in _ENDS and not (before in _ABBREVIATED or len(before) == 1)) or (first and not is_word)
    return found


@lru_cache(maxsize=20_000)
def folded(word: str) -> str:
    """Lower case without accents; apostrophes all alike."""
    return fold(word).replace("`", "'").replace("´", "'")


@lru_cache(maxsize=20_000)
def parts_of(low: str) -> tuple[str, ...]:
    """The pieces of a name of several: "anne-fleur", "d'angelo" (also joined)."""
    pieces = tuple(piece for piece in re.split(r"[-']", low) if piece)
    return pieces if len(pieces) > 1 else (low,)


@lru_cache(maxsize=20_000)
def base_of(low: str) -> str:
    """The name in "sanne's" and "ali's"."""
    return low[:-2] if low.endswith("'s") and len(low) > 4 else low


@cache
def more_words() -> frozenset[str]:
    """Ordinary words that the dictionary of forms lacks, Dutch and English. Read once."""
    lines = MORE_WORDS.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@lru_cache(maxsize=20_000)
def is_ordinary(low: str) -> bool:
    """Whether this is a Dutch word, or two of them written as one."""
    if len(parts_of(low)) > 1:
        return all(is_ordinary(piece) or len(piece) < 3 for piece in parts_of(low))
    if is_dutch(low) or low in more_words() or _MADE.fullmatch(low):
        return True
    if len(low) > LONG + 2 and low.endswith("s") and (is_dutch(low[:-1]) or low[:-1] in more_words()):
        return True
    if len(low) < 8:
        return False
    if low[-3:] in _TAILS and (is_dutch(low[:-3]) or is_dutch(low[:-4])):
        return True
    for cut in range(4, len(low) - 3):
        head, tail = low[:cut], low[cut:]
        if min(len(head), len(tail)) > LONG and tail in more_words() and (is_dutch(head) or head in more_words()):
            return True  # "cyberbullying"
        if is_dutch(tail) and (is_dutch(head) or (head.endswith(("s", "e", "en")) and is_dutch(head[:-1]))):
            return True
    return False
