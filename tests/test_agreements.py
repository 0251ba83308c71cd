"""When agreements come round: in wall time, off the free days, and never two at once."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.agreements import agreements_of, coming, days_ahead, next_of, occurrences
from knowledge.calendar import Calendar
from knowledge.network import Agreement, Convenant, Network, Organisation


def network(**more):
    return Network("proef", "Proef", "Lindewaard", "midden", **more)


def agreement(first, rhythm=None, **more):
    return Agreement("a", "Afspraak", datetime.fromisoformat(first), rhythm, **more)


def times(one, first, last, of=None):
    found = occurrences(one, Calendar(of or network()), date.fromisoformat(first), date.fromisoformat(last))
    return [(f"{each.at:%Y-%m-%d %H:%M %z}", each.moved) for each in found]


def test_a_meeting_keeps_its_hour_when_the_clock_changes():
    found = times(agreement("2026-10-14T10:00", "FREQ=WEEKLY;INTERVAL=2"), "2026-10-14", "2026-11-12")

    assert [at for at, _ in found] == ["2026-10-14 10:00 +0200", "2026-10-28 10:00 +0100", "2026-11-11 10:00 +0100"]


@pytest.mark.parametrize(
    ("first", "rhythm", "expected"),
    [
        ("2026-11-15T12:00", "FREQ=YEARLY", [("2026-11-13 12:00 +0100", "")]),  # a Sunday: ready before it
        ("2026-11-14T12:00", "FREQ=MONTHLY", [("2026-11-16 12:00 +0100", "")]),  # a Saturday: a meeting is after it
        ("2026-10-20T14:00", "FREQ=WEEKLY;INTERVAL=6", [("2026-10-27 14:00 +0100", "Herfstvakantie")]),  # a week later
        ("2026-12-25T12:00", None, [("2026-12-18 12:00 +0100", "Eerste kerstdag")]),
        ("2027-04-27T10:00", "FREQ=MONTHLY;INTERVAL=6", [("2027-05-04 10:00 +0200", "Koningsdag")]),  # within the May holiday
        ("2027-05-17T10:00", "FREQ=MONTHLY;INTERVAL=6", [("2027-05-18 10:00 +0200", "Tweede pinksterdag")]),
    ],
)
def test_what_falls_on_a_free_day_is_moved_and_says_why(first, rhythm, expected):
    day = date.fromisoformat(first[:10])

    assert times(agreement(first, rhythm), str(day - timedelta(days=20)), str(day + timedelta(days=20)))[:1] == expected


def test_of_a_whole_summer_of_visits_one_remains():
    found = times(agreement("2027-07-07T10:00", "FREQ=WEEKLY;INTERVAL=1"), "2027-07-15", "2027-09-02")

    assert found == [("2027-09-01 10:00 +0200", None)]


def test_the_holidays_of_the_schools_it_is_about_count():
    school = Organisation("linde", "Lindecollege", "vo", region="noord")
    one = agreement("2026-10-13T10:00", "FREQ=WEEKLY;INTERVAL=6", concerns=("linde",))

    assert times(one, "2026-10-12", "2026-10-24", network(organisations=(school,))) == [("2026-10-20 10:00 +0200", "Herfstvakantie")]
    assert times(one, "2026-10-12", "2026-10-24") == [("2026-10-13 10:00 +0200", None)]


def test_a_rule_of_leap_days_comes_on_leap_days_only():
    one = agreement("2024-02-29T12:00", "FREQ=YEARLY")

    assert next_of(one, Calendar(network()), date(2026, 1, 1)).planned.date() == date(2028, 2, 29)


def test_the_end_of_the_convenant_is_an_agreement_announced_well_before():
    of = network(convenant=Convenant(last=date(2027, 12, 31)))
    (ends,) = agreements_of(of)

    assert days_ahead(ends) == (182, 30)
    assert [one.day for one in coming(Calendar(of), date(2027, 12, 1), date(2028, 1, 31))] == [date(2027, 12, 31)]


@pytest.mark.parametrize(
    ("rhythm", "expected"),
    [("FREQ=WEEKLY;INTERVAL=2", (1,)), ("FREQ=WEEKLY;INTERVAL=6", (7,)), ("FREQ=MONTHLY;INTERVAL=6", (28,)), ("FREQ=YEARLY;INTERVAL=2", (28,)), (None, (28,))],
)
def test_what_comes_seldom_is_announced_longer_before(rhythm, expected):
    assert days_ahead(agreement("2026-09-01T15:30", rhythm)) == expected


RULES = st.sampled_from(
    ["FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2", "FREQ=WEEKLY;INTERVAL=6", "FREQ=MONTHLY;BYDAY=2TU", "FREQ=MONTHLY;INTERVAL=6", "FREQ=YEARLY", None]
)


@settings(max_examples=60, deadline=None)
@given(st.dates(date(2024, 1, 1), date(2029, 6, 1)), RULES, st.sampled_from(["noord", "midden", "zuid"]))
def test_nothing_ever_falls_on_a_free_day_and_no_two_on_one(first, rhythm, region):
    calendar = Calendar(Network("proef", "Proef", "Lindewaard", region))
    one = agreement(f"{first}T14:00", rhythm)
    found = occurrences(one, calendar, first - timedelta(days=60), first + timedelta(days=300))

    assert all(calendar.is_school_day(each.day) for each in found)
    assert len({each.day for each in found}) == len(found)
    assert all(f"{each.at:%H:%M}" == "14:00" for each in found)
