"""Looks through one text for all kinds of personal data. About half a millisecond; it reads no clock and keeps nothing."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from knowledge.guard.accounts import find_accounts
from knowledge.guard.addresses import find_addresses
from knowledge.guard.dates import find_birth_dates
from knowledge.guard.finding import Finding, settle
from knowledge.guard.numbers import find_numbers
from knowledge.guard.plates import find_plates
from knowledge.guard.spelled import find_spelled
from knowledge.text import clean

if TYPE_CHECKING:
    from collections.abc import Container

    from knowledge.guard.people import NameEar


_LINK = re.compile(r"\[([^\]\[]{0,200})\]\(([^)(]{0,300})\)")
"""A link of which the text hides where it leads."""


@dataclass(frozen=True)
class Look:
    """What was looked at (cleaned, so that a place in it is a place in the text that is offered back), and what was found."""

    text: str
    found: tuple[Finding, ...] = field(default=())


def look(text: str, names: NameEar | None, year: int, fine: Container[str] = ()) -> Look:
    """Personal data in a text. `fine` are numbers, addresses and accounts that may be said (`plain`); `year` is that of today."""
    text = unicodedata.normalize("NFC", _LINK.sub(r"\1 \2", clean(text)))
    text = text.replace("i\u0307", "i")  # what lower case makes of the Turkish İ
    if not text.isascii():  # digits of every script are digits
        text = "".join(str(unicodedata.digit(letter)) if letter.isdecimal() else letter for letter in text)
    found = list(
        settle(
            (
                *find_numbers(text, fine),
                *find_spelled(text),
                *find_accounts(text, fine),
                *find_birth_dates(text, year),
                *find_plates(text),
                *find_addresses(text),
            )
        )
    )
    if names is not None:
        found = [one for one in found if not names.is_called(text[one.start : one.end])]
        found += names.find(text, found)
    return Look(text, settle(found))
