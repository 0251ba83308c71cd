"""Number plates, with or without their dashes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge.guard.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

_FORMS = """LL-99-99 99-99-LL 99-LL-99 LL-99-LL LL-LL-99 99-LL-LL 99-LLL-9 9-LLL-99 LL-999-L L-999-LL LLL-99-L L-99-LLL 9-LL-999
999-LL-9 LLL-9-99""".split()
_EDGE = r"(?<![\w@.-])(?:{})(?![\w-])"


def _written(between: str) -> re.Pattern[str]:
    forms = (between.join(form.replace("L", "[a-z]").replace("9", r"\d") for form in plate.split("-")) for plate in _FORMS)
    return re.compile(_EDGE.format("|".join(forms)), re.IGNORECASE)


_DASHED, _JOINED, _SPACED = _written("[-–·.]"), _written(""), _written("[ -]{1,3}")
_VEHICLE = re.compile(
    r"\b(?:kenteken\w*|nummerbord\w*|nummerplaat|plaat|auto\w*|scooter\w*|brommer\w*|bromfiets|snorfiets|busje|bus|"
    r"motor\w*|wagen|golf|polo|audi|bmw|"
    r"mercedes|vespa|fatbike|bestelbus\w*|voertuig|kent\.?|merk|opel|seat|tesla|toyota|corsa|clio|kia|taxi|geparkeerd|bestuurder\w*)\b",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"\b(?:kenteken|nummerbord|"
    r"nummerplaat|plaat|plaatje)\b[^.!?\d]{0,20}?\b"
    r"((?=[a-z0-9 -]*\d)(?=[a-z0-9 -]*[a-z])[a-z0-9]{1,4}(?:[ -]?[a-z0-9]{1,4}){1,3})\b",
    re.IGNORECASE,
)
_LETTER_BY_LETTER = re.compile(r"(?<!\S)(?=(?:\S ){1,4}\d)(?=(?:\d ){0,4}[a-z])(?:[a-z\d] ){5}[a-z\d](?!\S)", re.IGNORECASE)
_POSTCODE = re.compile(r"[1-9]\d{3}[A-Z]{2}")
_WORDS = re.compile(
    r"\b(?:of|op|in|om|en|is|de|te|na|al|we|ze|je|er|zo|nu|ik|tot|uit|van|met|een|het|die|dat|per)\b", re.IGNORECASE
)
"""Small words, between which a number is no plate: "een jaar of 17 op een Vespa"."""
_SAID = re.compile(r"\b(?:kenteken|nummerbord|nummerplaat|plaat|plaatje)\b", re.IGNORECASE)
_OTHER = re.compile(r"\b(?:brin\w*|lokaal|klas|groep|code|kamer|zaal|versie|artikel)\W{0,3}$", re.IGNORECASE)


def find_plates(text: str) -> Iterator[Finding]:
    """Dutch forms; written without dashes only beside a vehicle or in capitals; other forms only when called a plate."""
    if not any(letter.isdigit() for letter in text):
        return
    vehicle, called = bool(_VEHICLE.search(text)), bool(_SAID.search(text))
    for pattern in (_DASHED, _JOINED, _SPACED):
        for match in _each(pattern, text):
            if pattern is _SPACED and not called and _WORDS.search(match.group()):
                continue
            joined = pattern is _JOINED and match.group().isupper() and not _POSTCODE.fullmatch(match.group())
            sure = pattern is _DASHED or vehicle or (joined and not text.isupper())
            if sure and not _OTHER.search(text[: match.start()]) and any(letter.isalpha() for letter in match.group()):
                yield Finding("kenteken", *match.span())
    if vehicle:
        yield from (Finding("kenteken", *match.span()) for match in _LETTER_BY_LETTER.finditer(text))
        for match in _CALLED.finditer(text):
            if re.search(r"\d", match[1]) and len(match[1]) >= 4:
                yield Finding("kenteken", *match.span(1))


def _each(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """All that fit, also where they overlap: behind "de XX 12" begins "XX 12 YZ"."""
    match = pattern.search(text)
    while match:
        yield match
        match = pattern.search(text, match.start() + 1)
