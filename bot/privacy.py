"""The guard on personal data in free text: it finds what has a fixed form, such as a bsn, telephone number, e-mail or iban.

What is found is named by its kind only; the text itself is never kept or repeated, only offered back without it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import phonenumbers
from stdnum import iban
from stdnum.nl import bsn

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

PUBLIC_NUMBERS = frozenset({"112", "09008844", "08002000", "0900112112"})
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_IBAN = re.compile(r"\b[A-Za-z]{2}[ .-]?\d{2}(?:[ .-]?[A-Za-z0-9]){11,30}")
_NINE = re.compile(r"(?<![\d+-])\d{3}[ .-]?\d{3}[ .-]?\d{3}(?![\d-])|(?<![\d+-])\d{4}[ .]?\d{2}[ .]?\d{3}(?![\d-])")
_CALLED_BSN = re.compile(
    r"\b(?:bsn|burgerservicenummer|sofinummer|sofi|onderwijsnummer|persoonsgebonden nummer|pgn)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Finding:
    """A piece of personal data: its kind, and where it stands in the text."""

    kind: str
    start: int
    end: int


def find_personal_data(text: str, fine: Container[str] = ()) -> tuple[Finding, ...]:
    """Personal data in the text, in order. `fine` are numbers and addresses of the network itself, `plain`: they are no finding."""
    text = "".join(str(unicodedata.digit(letter)) if letter.isdecimal() else letter for letter in text)  # every script's digits
    found: list[Finding] = []
    for kind, spans in (
        ("email", _emails(text, fine)),
        ("iban", _ibans(text)),
        ("bsn", _bsns(text)),
        ("telefoon", _phones(text, fine)),
    ):
        for start, end in spans:
            if not any(start < other.end and other.start < end for other in found):
                found.append(Finding(kind, start, end))
    return tuple(sorted(found, key=lambda finding: finding.start))


def without(text: str, findings: Iterable[Finding]) -> str:
    """The text with each finding replaced by the kind of thing it was."""
    names = {"email": "[e-mailadres]", "iban": "[rekeningnummer]", "bsn": "[nummer]", "telefoon": "[telefoonnummer]"}
    for finding in sorted(findings, key=lambda one: -one.start):
        text = text[: finding.start] + names[finding.kind] + text[finding.end :]
    return text


def plain(value: str) -> str:
    """A number or address in the one form in which it is compared, however it is written."""
    digits = re.sub(r"\D", "", value)
    if "@" in value or not digits:
        return value.lower()
    return re.sub(r"^(?:0031|31)(?=\d{9}$)", "0", digits)


def _emails(text: str, fine: Container[str]) -> Iterable[tuple[int, int]]:
    return (match.span() for match in _EMAIL.finditer(text) if match.group().lower() not in fine)


def _ibans(text: str) -> Iterable[tuple[int, int]]:
    for match in _IBAN.finditer(text):
        for end in range(match.end(), match.start() + 14, -1):  # what follows the number may look like part of it
            if iban.is_valid(re.sub(r"[ .-]", "", text[match.start() : end])):
                yield match.start(), match.start() + len(text[match.start() : end].rstrip(" .-"))
                break


def _bsns(text: str) -> Iterable[tuple[int, int]]:
    called = bool(_CALLED_BSN.search(text))
    return (match.span() for match in _NINE.finditer(text) if called or bsn.is_valid(re.sub(r"\D", "", match.group())))


def _phones(text: str, fine: Container[str]) -> Iterable[tuple[int, int]]:
    for match in phonenumbers.PhoneNumberMatcher(text, "NL", leniency=phonenumbers.Leniency.POSSIBLE):
        raw = match.raw_string
        number = plain(raw)
        looks_like_one = number.startswith("0") or raw.startswith("+")
        if looks_like_one and len(number) >= 9 and number not in PUBLIC_NUMBERS and number not in fine:
            yield match.start, match.end
