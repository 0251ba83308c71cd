"""Numbers that point to somebody: bsn, telephone, bank account, and e-mail addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import phonenumbers
from stdnum import iban
from stdnum.nl import bsn

from knowledge.guard.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

PUBLIC_NUMBERS = frozenset({"112", "09008844", "08002000", "0900112112", "08000432", "0800113", "113", "08000113"})
"""112, police, Veilig Thuis, and the national lines that everybody may be given."""

OF_FIRMS = ("088", "0900", "0906", "14")
"""What only organisations have."""

_EMAIL = re.compile(
    r"[\w.+-]{1,64}(?:@| ?[\[(]at[\])] ?| apenstaartje | at (?=\S+ (?:punt|dot) ))[\w-]{1,63}(?:(?:\.| punt | dot |"
    r" ?[\[(](?:dot|punt)[\])] ?)[\w-]{1,63}){1,4}",
    re.IGNORECASE,
)
_SPREAD = re.compile(
    r"[\w.+-]{1,64} ?@ ?[\w-]{1,63} ?[.,] ?(?:com|nl|org|net|be|de|eu|frl|info|me|pl|tr|co|live|voorbeeld|example)\b", re.IGNORECASE
)
"""With spaces in it, as people write what must not become a link."""
_IBAN = re.compile(r"\b[A-Za-z]{2}[ .-]?\d{2}(?:[ .-]?[A-Za-z0-9]){11,30}")
_DUTCH_IBAN = re.compile(r"\bNL[ .-]?\d{2}[ .-]?[A-Z]{4}(?:[ .-]?\d){10}(?!\d)", re.IGNORECASE)
_OF_BANK = re.compile(r"\b(?:iban|rekening\w*|reknr|bankrekening|overmaken|overgemaakt|storten|gestort|tikkie)\b", re.IGNORECASE)
_LIKE_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){2,7}(?: ?\d{1,3})?\b")
"""Called so, it needs no check: one with a slip of the finger is still somebody's."""
_ACCOUNT = re.compile(
    r"\b(?:rekeningnummer|rekeningnr|rekening|reknr|giro|gironummer|"
    r"bankrekening)\b[\w .:]{0,15}?(\d(?:[ .]?\d){6,9})(?!\d)",
    re.IGNORECASE,
)
_NINE = re.compile(
    r"(?<![\d+-])\d{3}[ .-]?\d{3}[ .-]?\d{3}(?![\d-])|(?<![\d+-])\d{4}[ .]?\d{2}[ .]?\d{3}(?![\d-])|"
    r"(?<![\d+-] )(?<![\d+-])\d{2}[ .]\d{2}[ .]\d{2}[ .]\d{3}(?![\d-])"
)
_CALLED = (
    r"\b(?:bsn|bsn-?nr|bsn-?nummer|burgerservice-?(?:nummer|nr)|burger service ?nummer|sofi-?nummer|sofi-?nr|sofi|"
    r"onderwijs-?(?:nummer|nr)|"
    r"persoonsgebonden nummer|pgn|leerling-?(?:nummer|nr)|student-?(?:nummer|nr))\b"
)
_CALLED_NUMBER = re.compile(_CALLED + r"[^\d\n]{0,25}(\d(?:[ .-]?\d){4,8})(?![\d-])", re.IGNORECASE)
_CALLED_BSN = re.compile(_CALLED, re.IGNORECASE)
_MOBILE = re.compile(r"(?<![\w+])(?:(?:\+|00)31 ?(?:\(0\))?|[0Oo])[ -]?6(?:[ ./_-]{0,3}\d){8}(?!\d)")
_CALLED_PHONE = re.compile(
    r"\b(?:tel|telefoon|telefoonnummer|telnr|nummer|nr|mobiel|gsm|bel|bellen|appen|app|"
    r"bereikbaar)\b[\w .:]{0,20}?(\d(?:[ -]?\d){5,7})(?![\d:.,/-]?\d)",
    re.IGNORECASE,
)
_CALLED_SIX = re.compile(
    r"\b(?:tel|telefoon\w*|telnr|nummer|nr|mobiel|gsm|bel|bellen|appen|app|whatsapp)\b[^\d\n]{0,25}"
    r"(?<![\d+-])(6[ -]?(?:\d[ -]?){7}\d)(?![\d-])",
    re.IGNORECASE,
)
"""Without its nought: "nummer vader: 6 12345678"."""
_CALLED_TEL = re.compile(r"\b(?:tel|telefoon|telefoonnummer|telnr|mobiel|gsm)\b", re.IGNORECASE)


def plain(value: str) -> str:
    """A number or address in the one form in which it is compared, however it is written."""
    digits = re.sub(r"\D", "", value.replace("(0)", ""))
    if "@" in value or not digits:
        return value.lower()
    return re.sub(r"^(?:0031|31)(?=\d{9}$)", "0", digits)


def find_numbers(text: str, fine: Container[str]) -> Iterator[Finding]:
    """All of them, the surest kind first. `fine` are numbers and addresses that may be said, `plain`. Digits are 0-9 only."""
    if "@" in text or " apenst" in text.lower() or "at" in text:
        for pattern in (_EMAIL, _SPREAD):
            yield from (
                Finding("email", *one.span()) for one in pattern.finditer(text) if one.group().replace(" ", "").lower() not in fine
            )
    if not any(letter.isdigit() for letter in text):
        return
    yield from _ibans(text)
    yield from _bsns(text)
    yield from _phones(text, fine)


def _ibans(text: str) -> Iterator[Finding]:
    for match in _DUTCH_IBAN.finditer(text):  # one that fails its check is still somebody's, with a slip of the finger
        yield Finding("iban", *match.span())
    for match in _IBAN.finditer(text):
        for end in range(match.end(), match.start() + 14, -1):  # what follows the number may look like part of it
            if iban.is_valid(re.sub(r"[ .-]", "", text[match.start() : end])):
                yield Finding("iban", match.start(), match.start() + len(text[match.start() : end].rstrip(" .-")))
                break
    if _OF_BANK.search(text):
        yield from (Finding("iban", *match.span()) for match in _LIKE_IBAN.finditer(text))
    for match in _ACCOUNT.finditer(text):
        yield Finding("iban", *match.span(1))


def _bsns(text: str) -> Iterator[Finding]:
    called = bool(_CALLED_BSN.search(text))
    if called:
        yield from (Finding("bsn", *match.span(1)) for match in _CALLED_NUMBER.finditer(text))
    for match in _NINE.finditer(text):
        if called or bsn.is_valid(re.sub(r"\D", "", match.group())):
            yield Finding("bsn", *match.span())


def _phones(text: str, fine: Container[str]) -> Iterator[Finding]:
    for match in _MOBILE.finditer(text):
        if plain(match.group()) not in fine:
            yield Finding("telefoon", *match.span())
    if sum(letter.isdigit() for letter in text) < 6:
        return
    for found in phonenumbers.PhoneNumberMatcher(text, "NL", leniency=phonenumbers.Leniency.POSSIBLE):
        raw = found.raw_string
        number = plain(raw)
        looks_like_one = number.startswith("0") or raw.startswith("+")
        if (
            looks_like_one
            and len(number) >= 9
            and number not in PUBLIC_NUMBERS
            and number not in fine
            and not number.startswith(OF_FIRMS)
        ):
            yield Finding("telefoon", found.start, found.end)
    for match in _CALLED_SIX.finditer(text):
        if "0" + plain(match[1]) not in fine:
            yield Finding("telefoon", *match.span(1))
    if _CALLED_TEL.search(text):
        for match in _CALLED_PHONE.finditer(text):
            if plain(match[1]) not in fine and plain(match[1]) not in PUBLIC_NUMBERS:
                yield Finding("telefoon", *match.span(1))
