"""Working time of people and terms of days, in wall time: holidays, own hours, absences, and the nights on which the clock changes."""

from dataclasses import replace
from datetime import date, time

import pytest

from bot import worktime
from knowledge.calendar import Calendar
from knowledge.network import Period
from tests.asking import AMSTERDAM, away, moment, network, person

SCHOOL = "Mo-Th 08:30-17:00; PH off; SH off"
POLICE = "Tu-Fr 10:00-18:00; PH off"
CALENDAR = Calendar(network())


def working(at, hours, what="werkdagen", **more):
    who = person("wie", "linde", "mentor", hours=hours, **more)
    found = worktime.working_moment(Calendar(network(who)), who, moment(at), what)
    return found and f"{found:%Y-%m-%dT%H:%M}"


@pytest.mark.parametrize(
    ("at", "hours", "expected"),
    [
        ("2026-11-24T11:00", SCHOOL, "2026-11-24T11:00"),  # in hours: at once
        ("2026-11-24T17:00", SCHOOL, "2026-11-25T08:30"),  # the end of the day counts no more
        ("2026-11-26T16:59", SCHOOL, "2026-11-26T16:59"),
        ("2026-11-26T17:30", SCHOOL, "2026-11-30T08:30"),  # no Friday
        ("2026-12-18T12:00", SCHOOL, "2027-01-04T08:30"),  # Christmas holidays, over the year's end
        ("2027-04-23T12:00", POLICE, "2027-04-23T12:00"),
        ("2027-04-26T12:00", POLICE, "2027-04-28T10:00"),  # no Monday, and Tuesday is the king's
        ("2028-02-28T18:30", "Tu 09:00-12:00", "2028-02-29T09:00"),  # leap day
        ("2026-10-25T01:30", "24/7", "2026-10-25T07:00"),  # nobody is woken, in the night with three o'clock twice
        ("2027-03-28T01:59", "24/7", "2027-03-30T07:00"),  # nor in the night without half past two; it is Easter
        ("2026-12-25T10:00", "24/7", "2026-12-27T07:00"),  # a holiday, also for who does not mention it
        ("2026-11-24T10:00", "Mo-Fr 22:00-06:00", "2026-11-24T22:00"),  # who only works at night hears it at work
        ("2026-11-24T20:00", "Mo-Fr 13:00-22:00", "2026-11-25T13:00"),
    ],
)
def test_somebody_is_spoken_to_in_their_own_hours_by_day_and_never_on_a_holiday(at, hours, expected):
    assert working(at, hours) == expected


def test_an_absence_is_waited_for():
    assert working("2026-11-24T11:00", SCHOOL, absences=away("2026-11-24", "2026-11-30")) == "2026-12-01T08:30"


def test_whoever_never_works_again_has_no_working_moment():
    assert working("2026-11-24T11:00", SCHOOL, until=date(2026, 11, 23)) is None
    assert working("2026-11-24T11:00", "off") is None


def test_with_school_days_a_school_holiday_is_free_for_an_office_too():
    assert working("2027-02-15T11:00", POLICE) == "2027-02-16T10:00"
    assert working("2027-02-15T11:00", POLICE, "schooldagen") == "2027-02-23T10:00"


@pytest.mark.parametrize(
    ("at", "what", "expected"),
    [
        ("2026-11-24T07:00", "werkdagen", "2026-11-24T08:30"), ("2026-11-27T17:00", "werkdagen", "2026-11-30T08:30"),
        ("2026-12-24T18:00", "werkdagen", "2026-12-28T08:30"), ("2026-12-24T18:00", "schooldagen", "2027-01-04T08:30"),
    ],
)  # fmt: skip
def test_a_shared_place_is_there_on_working_days(at, what, expected):
    assert f"{worktime.office_moment(CALENDAR, moment(at), what):%Y-%m-%dT%H:%M}" == expected


@pytest.mark.parametrize(
    ("day", "clock", "expected"),
    [
        ("2027-03-28", time(2, 30), "2027-03-28T03:30:00+02:00"),
        ("2026-10-25", time(2, 30), "2026-10-25T02:30:00+02:00"),
        ("2026-10-26", time(10), "2026-10-26T10:00:00+01:00"),
    ],
)
def test_a_time_of_the_day_is_wall_time_also_when_the_clock_changes(day, clock, expected):
    assert worktime.at_wall(AMSTERDAM, date.fromisoformat(day), clock).isoformat() == expected


def test_minutes_are_minutes_that_pass():
    assert worktime.minutes_after(CALENDAR, moment("2026-10-25T01:45"), 90).isoformat() == "2026-10-25T02:15:00+01:00"
    assert worktime.minutes_after(CALENDAR, moment("2027-03-28T01:45"), 30).isoformat() == "2027-03-28T03:15:00+02:00"


@pytest.mark.parametrize(
    ("day", "n", "what", "expected"),
    [
        ("2026-10-16", 2, "werkdagen", "2026-10-20"), ("2026-10-16", 2, "schooldagen", "2026-10-27"),
        ("2026-10-23", 1, "schooldagen", "2026-10-26"), ("2026-10-17", 1, "werkdagen", "2026-10-19"),
        ("2028-02-28", 1, "schooldagen", "2028-03-06"), ("2028-02-28", 1, "werkdagen", "2028-02-29"),
        ("2026-12-31", 1, "werkdagen", "2027-01-04"),
    ],
)  # fmt: skip
def test_terms_count_days_and_never_hours(day, n, what, expected):
    assert worktime.days_after(CALENDAR, date.fromisoformat(day), n, what).isoformat() == expected


def test_own_days_off_of_the_network_are_free_for_schools_only():
    calendar = Calendar(replace(network(), days_off=(Period(date(2026, 11, 27), date(2026, 11, 27)),)))

    assert worktime.is_free(calendar, date(2026, 11, 27), "schooldagen")
    assert not worktime.is_free(calendar, date(2026, 11, 27), "werkdagen")


@pytest.mark.parametrize(
    ("at", "expected"),
    [("2026-11-28T23:00", "2026-11-29T07:00"), ("2026-11-29T03:00", "2026-11-29T07:00"), ("2026-11-29T12:00", "2026-11-29T12:00")],
)
def test_what_can_wait_for_the_morning_does_on_any_day(at, expected):
    assert f"{worktime.next_morning(CALENDAR, moment(at)):%Y-%m-%dT%H:%M}" == expected
