"""A part of a day, said as the whole day it belongs to: the contact list knows whole days only."""

from __future__ import annotations

import re

from bot.say import DAYS
from knowledge.day_words import parts_of_a_day, parts_of_today

_PARTS = "|".join(parts_of_a_day())
_PART = re.compile(rf"\b(overmorgen|morgen|{'|'.join(DAYS)})[- ]?(?:{_PARTS})\b", re.IGNORECASE)
_TODAY = re.compile(rf"\b(?:{'|'.join(sorted(parts_of_today()))})\b", re.IGNORECASE)
_HALF = re.compile(rf"\b(?:een |de )?halve dag\b|\bhalf dagje\b|\b(?:'s |in de |op de )(?:{_PARTS})s?\b", re.IGNORECASE)
_TIME = r"\d{1,2}(?:[:.]\d\d)?(?:\s*(?:uur|u)\b)?"
_HOURS = re.compile(
    rf"\b(?:van|tussen)\s+{_TIME}\s*(?:tot|t/m|en|-)\s*{_TIME}"
    r"|\b(?:vanaf|van|tot|na|voor|om)\s+\d{1,2}(?:[:.]\d\d\b(?:\s*(?:uur|u)\b)?|\s*(?:uur|u)\b)",
    re.IGNORECASE,
)


def whole_days(text: str) -> str | None:
    """The text with every part of a day taken for its day; None when it names no part.

    "vanmiddag vrij" is "vandaag vrij", "morgenochtend" is "morgen"; of hours without a day, today is meant.
    """
    told = _PART.sub(r"\1", _TODAY.sub("vandaag", text))
    whole = " ".join(_HOURS.sub(" ", _HALF.sub(" ", told)).split())
    return None if whole == text else whole
