"""Single values of a network file: what people type or Excel makes of it, to what the records hold.

Every function takes one text and returns the value, or raises `Unreadable` with what was expected.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import phonenumbers
from dateutil.rrule import rrulestr

from knowledge import network_words as words
from knowledge.hours import read_hours
from knowledge.lookalikes import odd_letter
from knowledge.network_faults import Unreadable
from knowledge.network_names import fold, is_id

EXCEL_DAY_ZERO = date(1899, 12, 30)
EXCEL_DAYS = range(32_874, 73_051)  # 1990 up to and including 2099; outside it a number of five digits is a slip
FIRST_YEAR, LAST_YEAR = 1900, 2199
NO_MOMENT = datetime(FIRST_YEAR, 1, 1)  # noqa: DTZ001 - stands in a record that a fault keeps from being used
SERVICE = ("800", "900", "906", "909", "14")  # Dutch numbers that are not of nine digits
SHORT_NUMBERS = frozenset({"112", "113", "144"})
FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
LONGEST_TEXT = 2_000


def text(value: str) -> str:
    if len(value) > LONGEST_TEXT or any(unicodedata.category(char) in {"Cc", "Cs"} for char in value.replace("\n", "")):
        raise Unreadable(words.EXPECT_NO_CONTROL)
    if odd := odd_letter(value):
        raise Unreadable(words.EXPECT_ONE_SCRIPT.format(letter=odd[0], word=odd[1]))
    return value


def identifier(value: str) -> str:
    if not is_id(value):
        raise Unreadable(words.EXPECT_ID)
    return value


def truth(value: str) -> bool:
    if value.casefold() in words.TRUE_WORDS:
        return True
    if value.casefold() in words.FALSE_WORDS:
        return False
    raise Unreadable(words.EXPECT_TRUTH)


def day(value: str) -> date:
    """A local date in any spelling that cannot be mistaken, Excel's day numbers among them."""
    numbers = _day_numbers(value.casefold())
    try:
        found = EXCEL_DAY_ZERO + timedelta(days=numbers[0]) if len(numbers) == 1 else date(*numbers)
    except (ValueError, TypeError):
        raise Unreadable(words.EXPECT_DATE) from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Unreadable(words.EXPECT_DATE)
    return found


def _day_numbers(value: str) -> tuple[int, ...]:
    """Year, month, day; or one day number of Excel; or nothing."""
    if iso := re.fullmatch(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[t ]\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?)?", value):
        return int(iso[1]), int(iso[2]), int(iso[3])
    if dutch := re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?: \d{1,2}:\d{2}(:\d{2})?)?", value):
        return int(dutch[3]), int(dutch[2]), int(dutch[1])
    if named := re.fullmatch(r"(\d{1,2})[ -]([a-z]{3,9})\.?[ -](\d{4}|\d{2})", value):
        month = words.MONTH_BEGINNINGS.get(named[2], named[2][:3])
        year = int(named[3]) + (2000 if len(named[3]) == 2 else 0)
        return (year, words.MONTHS.index(month) + 1, int(named[1])) if month in words.MONTHS else ()
    serial = re.fullmatch(r"(\d{5})(?:[.,]\d+)?", value)
    return (int(serial[1]),) if serial and int(serial[1]) in EXCEL_DAYS else ()


def moment(value: str) -> datetime:
    """A local date and time. Not in the hour that the clocks skip in March: what comes round must exist daily."""
    form = re.fullmatch(r"(\S+?)(?:[tT]|\s+(?:om )?)(\d{1,2}):(\d{2})(?::(\d{2}))?", value)
    if not form:
        raise Unreadable(words.EXPECT_MOMENT)
    try:
        date_part = day(form[1])
        found = datetime(date_part.year, date_part.month, date_part.day, int(form[2]), int(form[3]), int(form[4] or 0))  # noqa: DTZ001
    except (Unreadable, ValueError):
        raise Unreadable(words.EXPECT_MOMENT) from None
    if found.hour == 2:
        raise Unreadable(words.EXPECT_DAILY_TIME)
    return found


@lru_cache(maxsize=50_000)
def phone(value: str) -> str:
    """One readable form: 06-12345601, 088-1234633, 0800-2000, 14 010, 112; foreign numbers international."""
    plain = "".join(char for char in value if unicodedata.category(char) != "Cf").removeprefix("tel:").strip()
    plain = re.sub(r"\.0$", "", plain)
    if re.fullmatch(r"\d[.,]\d+[eE]\+?\d+", plain):
        raise Unreadable(words.SCIENTIFIC)
    if plain in SHORT_NUMBERS or re.fullmatch(r"116\d{3}", plain):
        return plain
    if not re.fullmatch(r"\+?[\d\s().\-–/]{3,25}", plain):
        raise Unreadable(words.EXPECT_PHONE)
    try:
        number = phonenumbers.parse(plain.replace("(0)", ""), "NL")
    except phonenumbers.NumberParseException:
        raise Unreadable(words.EXPECT_PHONE) from None
    # A number of the right length may be new to the library, or belong to nobody on purpose: its form is what counts here.
    digits = str(number.national_number)
    dutch = number.country_code == 31
    if not phonenumbers.is_possible_number(number) or (dutch and len(digits) != 9 and not digits.startswith(SERVICE)):
        raise Unreadable(words.EXPECT_PHONE)
    if number.country_code != 31:
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    area, *rest = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL).split()
    return f"{area}-{''.join(rest)}" if area.startswith("0") and rest else " ".join((area, *rest))


def email(value: str) -> str:
    plain = value.removeprefix("mailto:")
    if not re.fullmatch(r"[^\s@<>(),;:]+@([^\s@<>(),;:.]+\.)+[^\s@<>(),;:.]{2,}", plain):
        raise Unreadable(words.EXPECT_EMAIL)
    return plain


@lru_cache(maxsize=10_000)
def hours(value: str) -> str:
    """An opening_hours expression as it was written, or one made from plain Dutch: "ma t/m do 8.30-17.00 uur"."""
    for form in (value, _from_dutch(value)):
        try:
            read_hours(form)
        except ValueError:
            continue
        return form
    raise Unreadable(words.EXPECT_HOURS)


def _from_dutch(value: str) -> str:
    form = re.sub(r"(\d)\.(\d\d)", r"\1:\2", value.casefold())
    form = re.sub(r"\s*(t/m|tot en met|tot)\s*", "-", form)
    form = re.sub(r"\s*\b(en|uur|van)\b\s*", lambda word: "," if word[1] == "en" else " ", form)
    form = re.sub(r"[a-z]+", lambda word: words.DAYS.get(word[0], word[0]), form)
    form = re.sub(r"\s*([,-])\s*", r"\1", form).strip()
    return re.sub(r"(?<![\d:])(\d{1,2})-(\d{1,2})(?![\d:])", r"\1:00-\2:00", form)


@lru_cache(maxsize=1_000)
def rhythm(value: str) -> str:
    """An RFC 5545 rule of days, weeks, months or years, in local time (so UNTIL loses its Z)."""
    rule = re.sub(r"(UNTIL=\d{8}T\d{6})Z", r"\1", value.upper().removeprefix("RRULE:"))
    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    fits = all(re.fullmatch(r"[A-Z]+=[A-Z0-9,+-]+", part) for part in rule.split(";"))
    if not fits or parts.get("FREQ") not in FREQUENCIES or {"COUNT", "UNTIL"} <= parts.keys():
        raise Unreadable(words.EXPECT_RHYTHM)
    if "0" in {parts.get("INTERVAL"), parts.get("COUNT")} or not _comes_round(rule):
        raise Unreadable(words.EXPECT_RHYTHM)
    return rule


def _comes_round(rule: str) -> bool:
    """Whether the rule can be read, and ever comes round: 30 February never does. An end long ago is fine."""
    try:
        without_end = re.sub(r";?UNTIL=[^;]*", "", rule).removeprefix(";")
        rrulestr(rule, dtstart=datetime(2024, 1, 1, 12))  # noqa: DTZ001 - any day will do
        return next(iter(rrulestr(without_end, dtstart=datetime(2024, 1, 1, 12))), None) is not None  # noqa: DTZ001
    except (ValueError, TypeError, KeyError, ArithmeticError):
        return False


def timezone(value: str) -> str:
    try:
        return ZoneInfo(value).key
    except (ValueError, OSError, KeyError):  # ZoneInfoNotFoundError is a KeyError
        raise Unreadable(words.EXPECT_TIMEZONE) from None


def region(value: str) -> str:
    regions = ("noord", "midden", "zuid")
    found = fold(value).removeprefix("regio")
    if found not in regions:
        raise Unreadable(words.EXPECT_REGION)
    return found


def slack_id(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][^\s@#]*", value):
        raise Unreadable(words.EXPECT_SLACK)
    return value


def matrix_person(value: str) -> str:
    if not re.fullmatch(r"@[^\s:]+:\S+", value):
        raise Unreadable(words.EXPECT_MATRIX_PERSON)
    return value


def matrix_room(value: str) -> str:
    if not re.fullmatch(r"[!#]\S+", value):
        raise Unreadable(words.EXPECT_MATRIX_ROOM)
    return value
