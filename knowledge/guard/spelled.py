"""Numbers that are said in words, in whole or in part: "nul zes 12345678", "nul zes een twee drie …"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stdnum.nl import bsn

from knowledge.guard.finding import Finding
from knowledge.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

_ONES = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen")
_TEENS = "tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien".split()
_TENS = {"twintig": 2, "dertig": 3, "veertig": 4, "vijftig": 5, "zestig": 6, "zeventig": 7, "tachtig": 8, "negentig": 9}
_VALUES = (
    {word: str(value) for value, word in enumerate((*_ONES, *_TEENS))}
    | {ten: f"{value}0" for ten, value in _TENS.items()}
    | {f"{one}en{ten}": f"{value}{number}" for number, one in enumerate(_ONES) if number for ten, value in _TENS.items()}
)
_WORD = rf"(?:{'|'.join(sorted(_VALUES, key=len, reverse=True))})"
_RUN = re.compile(rf"(?<!\w)(?:nul ?(?=[6z])|{_WORD}(?!\w)|\d+)(?:[ ,./-]{{0,3}}(?:{_WORD}(?!\w)|\d+))+")
_PART = re.compile(rf"nul|{_WORD}|\d+")
_CALLED_BSN = re.compile(r"\b(?:bsn|sofi\w*|burgerservice\w*|onderwijs-?n\w+|pgn)\b")
PHONE, LONGEST, BSN = 8, 20, 9
"""How many digits make a telephone number (without its area code), at the most, and a bsn."""


def find_spelled(text: str) -> Iterator[Finding]:
    """Telephone numbers and bsn of which at least two parts are said in words."""
    low = fold(text)
    if len(low) != len(text) or not any(word in low for word in _ONES):
        return
    for match in _RUN.finditer(low):
        parts = _PART.findall(match.group())
        digits = "".join(part if part.isdigit() else _VALUES[part] for part in parts)
        words = sum(part.isalpha() for part in parts)
        if words and len(digits) == BSN and (_CALLED_BSN.search(low) or (words > 2 and bsn.is_valid(digits))):
            yield Finding("bsn", *match.span())
        elif words and PHONE <= len(digits) <= LONGEST and (digits.startswith("0") or words > 4):
            yield Finding("telefoon", *match.span())
