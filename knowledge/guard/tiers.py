"""How likely a single word is to be a name, whatever stands around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from knowledge.guard.lexicon import lexicon
from knowledge.guard.places import is_street
from knowledge.guard.sounds import name_sound
from knowledge.guard.tokens import base_of, is_ordinary, parts_of
from knowledge.names import TYPE_WORDS
from knowledge.text import is_dutch

if TYPE_CHECKING:
    from collections.abc import Callable

    from knowledge.guard.tokens import Token

Tier = Literal["first", "double", "last", "strange", "ordinary"]

WEIGHTS: dict[Tier, tuple[float, float, float]] = {
    "first": (1.0, 1.0, 1.0), "double": (0.6, 0.3, 0.15), "last": (0.5, 0.3, 0.15), "strange": (0.45, 0.3, 0.1),
    "ordinary": (0.1, 0.0, 0.0),
}  # fmt: skip
"""How much a word looks like a name: with a capital inside a sentence, at its beginning (where all have one), and without."""

SOUNDS = (
    (1.6, (0.9, 0.7, 0.8)), (1.2, (0.85, 0.6, 0.7)), (0.7, (0.75, 0.5, 0.6)), (0.3, (0.75, 0.45, 0.45)), (-0.2, (0.7, 0.4, 0.3)),
    (-9.0, (0.6, 0.25, 0.0)),
)  # fmt: skip
GATHERED = ((0.4, 0.8), (-9.0, 0.6))
"""And for a first name from elsewhere without a capital, which may be a typing error."""
"""The same for a word that no dictionary knows, from so much sounding like a name."""

ABD = re.compile(r"abd(?:ul|el|al|ir|ou|ur)[a-z]{2,}")
"""How one name of many begins, whatever follows ("Abdulkader")."""

FOREIGN = re.compile(r"^x|q(?!u)|x[bdfghjklmnqrsvwzu]|[^aeiou]x")
"""Letters that stand so in no Dutch word."""

SMALL = re.compile(r"(.{3,}?)(?:o?tje|etje|pje|kje|je|ie)")
"""A name made small: "tygootje"."""

STRESSED = re.compile(r"([áéíóú])[áéíóúj]|^[^\W\d_]?[óé]c?[^\W\d_]{0,2}$")
"""Said with stress: "véél", "tóch"."""

VOWELS = frozenset("aeiouy")

SHORT = 3
"""Letters of a word that may as well be an abbreviation."""


def weight_of(token: Token, tier: Tier) -> float:
    """How much a word by itself looks like a name."""
    inside, first, lower = WEIGHTS[tier]
    if tier == "strange":
        sound = name_sound(base_of(token.low).replace("'", "").replace("-", ""))
        if FOREIGN.search(token.low):
            sound = max(sound, SOUNDS[1][0])
        inside, first, lower = next((weights for least, weights in SOUNDS if sound >= least), (inside, first, lower))
        if len(token.low) <= SHORT:
            lower = min(lower, 0.5)
    elif tier == "first" and token.low in lexicon().gathered:
        lower = next(weight for least, weight in GATHERED if name_sound(token.low) >= least)
    elif tier == "double" and token.low in lexicon().mild:
        lower = 0.3
    elif tier == "last" and len(token.low) > SHORT and not is_dutch(token.low):  # a surname that is no word of ours: "bouazza"
        lower = max(lower, *(weights[2] - 0.2 for least, weights in SOUNDS if name_sound(token.low) >= least))
    if tier == "last" and is_dutch(token.low):
        first = 0.2  # "Doel is …"
    return (first if token.first else inside) if token.capital else lower


def tier_of(token: Token, is_word: Callable[[str], bool]) -> Tier | None:
    """How likely a word is to be a name by itself; None when it can be none. `is_word`: whether our content knows it."""
    words, low = lexicon(), base_of(token.low)
    if (
        low in words.none
        and len(low) > SHORT
        and low != token.text.lower()
        and not STRESSED.search(token.text)
        and "'" not in low
        and not is_dutch(token.text.lower())
    ):
        return "double"  # "Hélder": nobody writes the word so
    if not token.is_word or low in words.none or len(low) < 2 or low in TYPE_WORDS:
        return None
    if _is_first_name(token, low, is_word):
        return "first"
    if low in words.double:
        return "double"
    cues, pieces = words.cues, parts_of(low)
    if token.short or any(low in cues[kind] for kind in ("voorzetsel", "lidwoord", "mens", "aanspreek", "noemt")):
        return None
    if (low in cues["instelling"] or low in cues["doet"] or low in cues["mijn"]) and (not token.capital or token.first):
        return None
    if is_street(low):
        return None
    if (
        words.is_surname(low)
        or (words.looks_like_surname(low) and not is_ordinary(low) and (token.capital or not is_word(low)))
        or (len(pieces) > 1 and token.capital and any(words.looks_like_surname(one) for one in pieces))
    ):
        return "last"
    if is_ordinary(low) or len(low) < 3 or words.is_slip(low) or not VOWELS.intersection(low):
        return "ordinary"
    foreign = token.capital and not token.first and name_sound(low) >= SOUNDS[3][0]  # like a word of ours only in sound
    return "ordinary" if is_word(low) and not foreign else "strange"


def _is_first_name(token: Token, low: str, is_word: Callable[[str], bool]) -> bool:
    """A first name that is hardly anything else: as it is, of several pieces, of its bearer, or made small."""
    words, pieces = lexicon(), parts_of(low)
    joined = low.replace("'", "").replace("-", "")
    if ABD.match(low) or low in words.first or joined in words.first:
        return True
    if len(pieces) > 1 and len(pieces[0]) > 2 and (token.capital or pieces[0] in words.first) and _all_names(pieces):
        return True
    if token.capital and len(low) > 4 and low.endswith("s") and low[:-1] in words.first and not is_ordinary(low):
        return True  # "Daans moeder"
    small = SMALL.fullmatch(low)
    return small is not None and small[1] in words.first and not is_ordinary(low) and not is_word(low) and not words.is_slip(low)


def _all_names(pieces: tuple[str, ...]) -> bool:
    words = lexicon()
    names = [piece in words.first or piece in words.double for piece in pieces]
    return all(names) or (
        names[0]
        and all(named or len(piece) < 4 or words.looks_like_surname(piece) for named, piece in zip(names, pieces, strict=True))
    )
