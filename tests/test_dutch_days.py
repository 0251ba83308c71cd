"""Days as people name them, and which they are."""

from datetime import date

import pytest

from knowledge.dutch_days import find_days
from tests.asking import example

TUESDAY = date(2026, 11, 24)


def days(text, today=TUESDAY):
    """The spans of the only expression, in short, and how it was said."""
    (found,) = find_days(text.split(), today, example().calendar)
    return " ".join([*(f"{first:%d%m%y}-{last:%d%m%y}" for first, last in found.spans), found.how]).strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("vandaag", "241126-241126"),
        ("overmorgen", "261126-261126"),
        ("dinsdag", "011226-011226"),
        ("komende vrijdag", "271126-271126"),
        ("volgende vrijdag", "041226-041226"),
        ("maandag volgende week", "301126-301126"),
        ("volgende week", "301126-041226"),
        ("de hele week", "241126-271126"),
        ("tot vrijdag", "241126-271126 until"),
        ("tot en met vrijdag 4 december", "241126-041226 through"),
        ("van maandag t/m woensdag", "301126-021226 from-through"),
        ("van 30 december tot 4 januari", "301226-040127 from-until"),
        ("per 1 januari", "010127-010127 from"),
        ("m.i.v. 1 feb".replace(".", " "), "010227-010227 from"),
        ("1-3-2027", "010327-010327"),
        ("twee weken", "241126-071226"),
        ("tot na de kerstvakantie", "241126-030127 through"),
        ("janauri", ""),
    ],
)
def test_an_expression_is_the_days_that_people_mean(text, expected):
    if not expected:
        assert find_days(text.split(), TUESDAY) == ()
        return
    assert days(text) == expected


def test_only_a_day_before_which_one_is_back_is_doubtful():
    doubtful = {text: find_days(text.split(), TUESDAY)[0].doubtful for text in ("tot vrijdag", "t/m vrijdag", "vrijdag", "per vrijdag")}

    assert doubtful == {"tot vrijdag": True, "t/m vrijdag": False, "vrijdag": False, "per vrijdag": False}


def test_a_day_that_no_calendar_has_is_none():
    assert find_days("op 31 februari".split(), TUESDAY) == ()
    assert days("29 februari", date(2027, 12, 1)) == "290228-290228"


@pytest.mark.parametrize(("today", "expected"), [("2026-12-31", "010127-010127"), ("2027-03-27", "280327-280327"), ("2028-02-28", "290228-290228")])
def test_tomorrow_is_tomorrow_at_the_end_of_a_year_in_a_night_the_clock_changes_and_on_a_leap_day(today, expected):
    assert days("morgen", date.fromisoformat(today)) == expected
