"""Dates of birth. Any other date is none: only a date that is called so, or that belongs to somebody of that age."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge.guard.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

_MONTH = (
    r"(?:januari|jan|februari|feb|febr|maart|mrt|mar|april|apr|mei|juni|jun|juli|jul|augustus|aug|september|sept|sep|"
    r"oktober|okt|oct|"
    r"november|nov|december|dec)\.?"
)
_DATE = re.compile(
    r"(?<![\d.])(?:"
    r"(?:0?[1-9]|[12]\d|3[01]) ?[-/. ] ?(?:0?[1-9]|1[0-2]) ?[-/. ] ?(?P<a>(?:19|20)\d{2}|['’]?\d{2})"
    r"|(?P<b>(?:19|20)\d{2})[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])"
    rf"|(?:0?[1-9]|[12]\d|3[01])(?:e|ste|de)?[ -]?(?:van )?{_MONTH}(?:[ -]?(?P<c>(?:19|20)\d{{2}}|['’]?\d{{2}}))?"
    r"|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?P<d>(?:19|20)\d{2})"
    r"|(?P<e>(?:19|20)\d{2})(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    r")(?![\d:])",
    re.IGNORECASE,
)
_DAYS = (
    "een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|zestien|zeventien|achttien|negentien|"
    "twintig|(?:een|twee|drie|vier|vijf|zes|zeven|acht|negen)entwintig|dertig|eenendertig|eerste|tweede|derde|vierde|vijfde|"
    "zesde|zevende|achtste|negende|tiende|elfde|twaalfde|dertiende|veertiende|vijftiende|zestiende|zeventiende|achttiende|negentiende|"
    r"twintigste|\w{3,6}entwintigste|(?:eenen)?dertigste"
)
_IN_WORDS = re.compile(rf"\b(?:{_DAYS}) {_MONTH}(?: (?P<a>(?:19|20)\d{{2}}))?", re.IGNORECASE)
_WITHOUT_YEAR = re.compile(r"(?<![\d.,:-])(?:0?[1-9]|[12]\d|3[01])[-/.](?:0?[1-9]|1[0-2])(?![-\d/.,:]*\d)")
_SIGN = re.compile(r"(?:°|\bd\.o\.b\.?:?)\s*$", re.IGNORECASE)
"""Before the date itself: "°12-05-2011"."""
_STAR = re.compile(r"\*\s*$")
"""The same, unless it begins a line of a list."""
_BORN = re.compile(
    r"\b(?:geb|geb\.|geboren|geboortedat\w*|geboorte|gebdat\w*|gebd|geb\.?dat\w*|gbd|g\.?d\.?|gd|dob|verjaar\w*|jarig|"
    r"geboortejaar|geboortedag|date of birth|born|birthday|bday|b-day)(?!\w)",
    re.IGNORECASE,
)
_IS_FROM = re.compile(
    r"\b(?:(?:hij|zij|ze|jongen|meisje|meid|leerling|student|kind|zoon|dochter|broer\w*|zus\w*|is) (?:is )?(?:er (?:een|"
    r"1) )?(?:van|uit)|"
    r"(?:hij|zij|ze) (?:komt|kwam) uit)\s*$",
    re.IGNORECASE,
)
_IS_WHO = re.compile(r"\s*(?:is|was|komt) (?:hij|zij|ze|die|deze) ?(?:$|[.,;!?]|jongen|meisje|leerling|en\b|dus\b)", re.IGNORECASE)
"""Behind the date: "van 12-05-2011 is hij"."""
_VAN = re.compile(r"\bvan $")
_WHO_AFTER = re.compile(r"\)?, ?(?:leerling|student|jongen|meisje|zoon|dochter)\b", re.IGNORECASE)
_SIX = re.compile(r"(?<![\d.])(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}(?!\d)")
_SOMEBODY = re.compile(
    r"(?:\b(?:hij|zij|ze|jongen|meisje|meid|leerling|student|kind|zoon|dochter|broer(?:tje)?|zus(?:je)?|moeder|"
    r"vader)\b[^.!?]{0,12}|[A-Z][\w'-]+)"
    r"\s*[(,*:]?\s*$"
)
_EVENT = re.compile(
    r"\b(?:op|per|sinds|vanaf|tot|tot en met|t/m|voor|na|van|datum|dd|d\.d\.|morgen|vandaag|gisteren|uiterlijk|en|overleg|ingaande|"
    r"afspraak|verlof|vergadering|convenant|toets|studiedag|vakantie|les|lessen|ma|di|wo|do|vr|za|zo|\w+dag)\.?\s*$",
    re.IGNORECASE,
)
YOUNGEST, OLDEST = 3, 25
"""In years: a date of so long ago beside a pupil is the day on which they were born."""


def find_birth_dates(text: str, year: int) -> Iterator[Finding]:
    """Dates on which somebody was born; `year` is the year of today."""
    for pattern in (_IN_WORDS, _WITHOUT_YEAR, _SIX):
        for match in pattern.finditer(text):
            beside = text[max(0, match.start() - 25) : match.start()]
            if _BORN.search(beside) or (pattern is _IN_WORDS and _BORN.search(text[match.end() : match.end() + 30])):
                yield Finding("geboortedatum", *match.span())
    for match in _DATE.finditer(text):
        before, after = text[max(0, match.start() - 40) : match.start()], text[match.end() : match.end() + 30]
        said = next((group for group in match.groups() if group), None)
        if (match["d"] or match["e"]) and not _BORN.search(before + " " + after):
            continue
        then = _full(said, year) if said else None
        if _SIGN.search(before) or (_STAR.search(before) and then and year - then >= YOUNGEST):
            yield Finding("geboortedatum", *match.span())
            continue
        if _BORN.search(before) or _BORN.search(after):
            if then is None or then <= year:
                yield Finding("geboortedatum", *match.span())
            continue
        if then is None or not YOUNGEST <= year - then <= 80:
            continue
        young = year - then <= OLDEST
        if young and ((_IS_WHO.match(after) and _VAN.search(before)) or (_WHO_AFTER.match(after) and not _EVENT.search(before))):
            yield Finding("geboortedatum", *match.span())
            continue
        own = _IS_FROM.search(before) and not re.search(r"\b(?:verslag|brief|melding|notulen|plan|dit|dat|het)\b", before)
        if own or (young and _SOMEBODY.search(before) and not _EVENT.search(before)):
            yield Finding("geboortedatum", *match.span())


def _full(said: str, year: int) -> int:
    number = int(said.strip("'’"))
    if number >= 100:
        return number
    return 2000 + number if 2000 + number <= year else 1900 + number
