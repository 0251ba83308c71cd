"""Numbers and days that are typed in a hurry."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import Option
from bot.talk.entries import Amount, Day
from bot.talk.flow import Page
from bot.talk.read_answer import Given, OutOfRange, read_text
from bot.talk.read_entry import read_day, read_entry
from knowledge.absence import Band
from tests.asking import words

BANDS = (Band(0, 5), Band(6, 15), Band(16, None))
TODAY = date(2026, 11, 24)
DAYS = Day(TODAY, TODAY, date(2027, 2, 24))
TAPS = (Option("0-5", "Hooguit 5 dagen"), Option("6-15", "6 t/m 15 dagen"), Option("16-", "Meer dan 15 dagen"))
PAGE = Page("sick_days", "dagen ziek", (), TAPS, entry=Amount(BANDS, said=TODAY))


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("7", "7"), ("7 dagen", "7"), ("7x", "7"), ("ongeveer 7", "7"), ("al 7 schooldagen", "7"), ("zeven", "7"), ("zes keer", "6"),
        ("0", "0"), ("07", "7"), ("ik denk 12 dagen", "12"), ("999", "999"), ("1000", ""), ("123456789", ""), ("-3", None),
        ("7 of 8", None), ("6-15", None), ("veel", None), ("", None), ("4,5", "4"), ("hij is 15", "15"), ("een jongen van 14 jaar", "14"), ("20 uur in 4 weken", "20"), ("in 4 weken", "4"),
        ("een", "1"), ("hij is 15 en spijbelt 20 uur", None),
    ],
)  # fmt: skip
def test_a_number_is_read_from_what_goes_with_a_number(typed, value):
    assert read_entry(typed, Amount(BANDS, said=TODAY), words()) == (value and f"{value}@2026-11-24")


def test_a_half_counts_down_or_up_as_the_limit_asks():
    assert read_entry("15,5", Amount(BANDS), words()) == "6-15"
    assert read_entry("15.5 dagen", Amount(BANDS, up=True), words()) == "16-"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("7", Given(("7@2026-11-24",))), ("meer dan 15 dagen", Given(("16-",))), ("Meer dan 15", Given(("16-",), sure=False)), ("16", Given(("16@2026-11-24",))),
        ("2000", OutOfRange()), ("meer dan 5 dagen", None), ("hooguit 15 dagen", None), ("terug", "terug"),
    ],
)  # fmt: skip
def test_on_a_page_that_takes_a_number_a_number_is_never_that_of_an_option(typed, read):
    assert read_text(typed, PAGE, {}, words()) == read


def test_a_number_that_was_kept_is_an_answer_later_and_other_text_is_not():
    assert PAGE.accepts(("7@2026-10-01",))
    assert [one for one in ("7", "7.5@2026-10-01", "1000@2026-10-01", "7@morgen", "7@2026-02-30") if PAGE.accepts((one,))] == []
    assert not Page("age", "leeftijd", (), TAPS, entry=Amount(BANDS)).accepts(("7@2026-10-01",))


def test_what_was_kept_is_told_as_it_was_given():
    assert (PAGE.entry.told("7@2026-10-01"), DAYS.told("2026-12-08")) == ("7", "8 december")


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("vandaag", "2026-11-24"), ("morgen", "2026-11-25"), ("overmorgen", "2026-11-26"), ("gisteren", "2026-11-23"),
        ("dinsdag", "2026-12-01"), ("wo", "2026-11-25"), ("over 2 weken", "2026-12-08"), ("over een week", "2026-12-01"),
        ("3 dagen geleden", "2026-11-21"), ("8 december", "2026-12-08"), ("di 8 dec", "2026-12-08"), ("8 dec 2027", "2027-12-08"),
        ("8-12", "2026-12-08"), ("8/12/26", "2026-12-08"), ("2026-12-08", "2026-12-08"), ("3 jan", "2027-01-03"), ("op 1 mrt", "2027-03-01"),
        ("30 februari", None), ("2026-13-01", None), ("straks", None), ("8", None), ("", None), ("8 de", None), ("over 5000 weken", None),
    ],
)  # fmt: skip
def test_a_day_is_read_as_people_say_it(typed, day):
    assert read_day(typed, TODAY, words()) == (date.fromisoformat(day) if day else None)


def test_a_weekday_is_the_last_one_where_the_past_is_asked():
    past = Day(TODAY, date(2026, 10, 1), TODAY)

    assert [read_entry(typed, past, words()) for typed in ("maandag", "dinsdag", "wo")] == [
        "2026-11-23",
        "2026-11-24",
        "2026-11-18",
    ]


def test_a_day_that_a_page_does_not_take_is_out_of_range():
    assert read_entry("gisteren", DAYS, words()) == ""
    assert read_entry("morgen", DAYS, words()) == "2026-11-25"


def test_a_day_that_was_kept_stays_an_answer_when_it_has_passed():
    assert DAYS.takes("2020-01-01")
    assert not DAYS.takes("2020-02-30")
    assert not DAYS.takes("morgen")


@given(st.text(max_size=40))
def test_no_text_makes_reading_stumble(typed):
    read_entry(typed, Amount(BANDS), words())
    read_entry(typed, DAYS, words())
    read_text(typed, PAGE, {}, words())


def test_112_alone_on_a_page_that_takes_a_number_may_be_a_cry_for_help():
    assert read_text("112", PAGE, {}, words()) == Given(("112@2026-11-24",), sure=False)
    assert read_text("112 dagen", PAGE, {}, words()) == Given(("112@2026-11-24",))
