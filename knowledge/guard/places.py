"""Words that make a name that of a place or a day: "Hendrika Postma Lyceum", "Julianaplein", "12 jan"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge.guard.lexicon import lexicon
from knowledge.guard.syllables import begins_in_syllables
from knowledge.names import TYPE_WORDS
from knowledge.text import is_dutch

if TYPE_CHECKING:
    from knowledge.guard.tokens import Token

PLACE_ENDS = tuple("school schools college lyceum gymnasium mavo straat laan plein huis fonds stichting prijs".split())
"""What a name of more words ends in when it is that of a place."""

_STREET = re.compile(
    r".{3,}(?:plein|straat|laan|kade|gracht|singel|plantsoen|park|brug|kwartier|markt|buurt|school|college|centrum)"
)

_HOUSE = re.compile(
    r"(?:(?:buurt|zieken|wees|verpleeg|gemeente|stad|jeugd|veiligheids|wijk|club|dorps|gezins|opvang|rust|school|gast|kinder)?huis)"
)

_AFTER_NAMED = frozenset("prijs fonds award cup toernooi foundation stichting kazerne".split())

_WHEN = frozenset("in over voor na tot van sinds vanaf eind begin half per rond tussen medio".split())

SHORT = 3
"""Letters of a kind of school that is a surname as well: "vo"."""


def is_street(low: str) -> bool:
    """What a street or a building is called, written as one word; without a number it points to nobody."""
    return _STREET.fullmatch(low) is not None and low not in lexicon().any_last


def is_kind_of_place(token: Token) -> bool:
    """Whether a word behind a name says that it is a place's: "lyceum", "VO"; not the surnames Vo and Nijhuis."""
    low = token.low
    if low in TYPE_WORDS:
        return token.text.isupper() or low not in lexicon().any_last or len(low) > SHORT
    if low.endswith("huis"):
        return _HOUSE.fullmatch(low) is not None  # Bakhuis is a surname
    return low.endswith(PLACE_ENDS) and (low in PLACE_ENDS or low not in lexicon().any_last)


def is_calendar(tokens: list[Token], place: int) -> bool:
    """A day or month: "12 jan", "mei 2027", or one that is no name at all."""
    low = tokens[place].low
    if low not in lexicon().cues["kalender"] or begins_in_syllables(tokens, place):
        return False
    if low not in lexicon().first and low not in lexicon().double:
        return True
    if any(one.low in lexicon().cues["kalender"] for one in (*tokens[max(0, place - 2) : place], *tokens[place + 1 : place + 3])):
        return True  # "april en mei"
    if _is_when(tokens, place):
        return True
    beside = (tokens[place - 1].text if place else "", tokens[place + 1].text if place + 1 < len(tokens) else "")
    return any(re.match(r"\d", one) for one in beside)


def _is_when(tokens: list[Token], place: int) -> bool:
    """Whether a month in lower case stands where a time stands: "gesprek over april", not "de moeder van april"."""
    before, earlier = (tokens[place - back].low if place >= back else "" for back in (1, 2))
    owned = before == "van" and (earlier in lexicon().cues["mens"] or earlier in {"voogd", "mentor", "telefoon"})
    named = place + 1 < len(tokens) and lexicon().looks_like_surname(tokens[place + 1].low)
    return not tokens[place].capital and before in _WHEN and not owned and not named


def is_named_after(tokens: list[Token], end: int) -> bool:
    """Whether the word behind a name makes it that of a school, a street or a prize: "anne frankschool"."""
    if end >= len(tokens):
        return False
    low = tokens[end].low
    return low in _AFTER_NAMED or (low.endswith(PLACE_ENDS) and not is_dutch(low))
