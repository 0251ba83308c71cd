"""Letters of other scripts that look like Latin ones: a name written with them reads as that name, and is not found by it."""

from __future__ import annotations

import re

LOOKALIKES = str.maketrans(
    "аеорсухікјѕԁһӏԛԝьАВЕКМНОРСТУХІЈЅοαενικρτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aeopcyxikjsdhlqwbABEKMHOPCTYXIJSoaevikptuxABEZHIKMNOPTYX"
)
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-z]")


def odd_letter(text: str) -> tuple[str, str] | None:
    """Of the first word in which letters that look like Latin ones stand among those: the odd letter, and how the word reads."""
    if text.isascii():
        return None
    for match in _WORD.finditer(text):
        word = match.group()
        odd = next((letter for letter in word if ord(letter) in LOOKALIKES), None)
        if odd is not None and _LATIN.search(word):
            return odd, word.translate(LOOKALIKES)
    return None
