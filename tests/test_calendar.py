"""The days of a network: holidays, school days, working days, and terms that count them."""

import csv
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.calendar import Calendar, school_days_after, working_days_after
from knowledge.network import Network, Period

NETWORK = Network(
    "waterstad", "Lindewaard", "Lindewaard", "zuid",
    days_off=(Period(date(2026, 11, 27), date(2026, 11, 27), "Studiedag"), Period(date(2027, 1, 4), date(2027, 1, 4))),
)  # fmt: skip
CALENDAR = Calendar(NETWORK)
SHARED = next((up / "shared" for up in Path(__file__).resolve().parents[2:4] if (up / "shared").is_dir()), Path("shared"))
DERIVED = SHARED / "data/vakanties/afgeleid_schoolvakanties_2019-2030_per-regio_gecorrigeerd.csv"


# Days


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2026-01-01", "Nieuwjaarsdag"), ("2026-04-05", "Eerste paasdag"), ("2026-04-06", "Tweede paasdag"),
        ("2026-04-27", "Koningsdag"), ("2025-04-26", "Koningsdag"), ("2026-05-14", "Hemelvaartsdag"),
        ("2026-05-25", "Tweede pinksterdag"), ("2026-12-25", "Eerste kerstdag"), ("2026-12-26", "Tweede kerstdag"),
        ("2025-05-05", "Bevrijdingsdag"), ("2030-05-05", "Bevrijdingsdag"),
    ],
)  # fmt: skip
def test_public_holidays_have_their_dutch_name(day, name):
    assert CALENDAR.is_public_holiday(date.fromisoformat(day))
    assert CALENDAR.holiday_name(date.fromisoformat(day)) == name


@pytest.mark.parametrize("day", ["2025-04-27", "2026-04-03", "2026-12-24", "2026-12-31", "2028-02-29"])
def test_ordinary_days_are_no_public_holiday(day):
    assert not CALENDAR.is_public_holiday(date.fromisoformat(day))


def test_the_fifth_of_may_is_free_only_every_fifth_year():
    assert [year for year in range(2024, 2037) if CALENDAR.is_public_holiday(date(year, 5, 5))] == [2025, 2030, 2035]


def test_good_friday_is_worked():
    assert CALENDAR.is_working_day(date(2026, 4, 3))
    assert CALENDAR.is_school_day(date(2026, 4, 3))
    assert CALENDAR.holiday_name(date(2026, 4, 3)) is None


def test_school_holidays_follow_the_region():
    monday = date(2027, 2, 15)
    assert CALENDAR.is_school_holiday(monday)
    assert not CALENDAR.is_school_holiday(monday, "noord")
    assert CALENDAR.holiday_name(monday, "zuid") == "Voorjaarsvakantie"
    assert CALENDAR.holiday_name(monday, "midden") is None
    assert CALENDAR.is_working_day(monday)
    assert not CALENDAR.is_school_day(monday)


def test_a_holiday_of_christmas_goes_over_the_years_end():
    assert not CALENDAR.is_school_holiday(date(2026, 12, 18))
    assert all(CALENDAR.is_school_holiday(date(2026, 12, 19) + timedelta(days=n)) for n in range(16))
    assert not CALENDAR.is_school_holiday(date(2027, 1, 5))


def test_own_days_off_are_free_for_schools_and_not_for_offices():
    day = date(2026, 11, 27)
    assert CALENDAR.is_school_holiday(day)
    assert CALENDAR.is_school_holiday(day, "noord")
    assert CALENDAR.is_working_day(day)
    assert CALENDAR.holiday_name(day) == "Studiedag"
    assert CALENDAR.holiday_name(date(2027, 1, 4)) == "Vrije dag"


def test_weekends_are_neither_working_nor_school_days():
    assert not CALENDAR.is_working_day(date(2026, 11, 28))
    assert not CALENDAR.is_school_day(date(2026, 11, 29))


def test_an_unknown_region_is_named():
    with pytest.raises(ValueError, match=r"'oost'.*noord, midden, zuid"):
        CALENDAR.is_school_holiday(date(2026, 11, 23), "oost")


def test_school_holidays_are_known_until_the_summer_of_2030():
    assert CALENDAR.last_known_school_holiday() == date(2030, 8, 18)
    assert CALENDAR.last_known_school_holiday("midden") == date(2030, 8, 25)
    assert CALENDAR.last_known_school_holiday("noord") == date(2030, 9, 1)


@pytest.mark.skipif(not DERIVED.exists(), reason="the shared data is not there")
@pytest.mark.parametrize("region", ["noord", "midden", "zuid"])
def test_the_librarys_school_holidays_are_those_of_the_open_data(region):
    plain = Calendar(replace(NETWORK, days_off=()))
    expected = {}
    with DERIVED.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            if row["regio"].lower() == region:
                first, last = date.fromisoformat(row["start"]), date.fromisoformat(row["eind_inclusief"])
                expected |= {first + timedelta(days=n): row["vakantie"] for n in range((last - first).days + 1)}
    days = [min(expected) + timedelta(days=n) for n in range((max(expected) - min(expected)).days + 1)]
    assert len(expected) > 800
    assert {day for day in days if plain.is_school_holiday(day, region)} == set(expected)
    assert [day for day in expected if not plain.is_public_holiday(day) and plain.holiday_name(day, region) != expected[day]] == []


# Terms


def test_terms_count_working_days():
    assert working_days_after(CALENDAR, date(2026, 11, 23), 1) == date(2026, 11, 24)
    assert working_days_after(CALENDAR, date(2026, 11, 27), 1) == date(2026, 11, 30)
    assert working_days_after(CALENDAR, date(2026, 12, 24), 1) == date(2026, 12, 28)
    assert working_days_after(CALENDAR, date(2026, 12, 31), 5) == date(2027, 1, 8)
    assert working_days_after(CALENDAR, date(2028, 2, 28), 1) == date(2028, 2, 29)


def test_terms_count_school_days():
    assert school_days_after(CALENDAR, date(2026, 11, 26), 1) == date(2026, 11, 30)
    assert school_days_after(CALENDAR, date(2026, 12, 18), 1) == date(2027, 1, 5)
    assert school_days_after(CALENDAR, date(2027, 2, 12), 1) == date(2027, 2, 22)
    assert school_days_after(CALENDAR, date(2027, 2, 12), 1, "noord") == date(2027, 2, 15)


def test_a_term_of_no_days_is_refused():
    with pytest.raises(ValueError, match="expected one day or more"):
        working_days_after(CALENDAR, date(2026, 11, 23), 0)


def test_a_calendar_is_built_at_once():
    began = time.perf_counter()
    Calendar(NETWORK)
    assert time.perf_counter() - began < 0.05


DAYS = st.dates(date(2025, 1, 1), date(2031, 12, 31))


@settings(deadline=None)
@given(DAYS, st.integers(1, 30), st.sampled_from(["noord", "midden", "zuid"]))
def test_a_term_counts_each_of_its_days_once(day, n, region):
    last = school_days_after(CALENDAR, day, n, region)
    between = [day + timedelta(days=k) for k in range(1, (last - day).days + 1)]
    assert sum(CALENDAR.is_school_day(each, region) for each in between) == n
    assert CALENDAR.is_school_day(last, region)
