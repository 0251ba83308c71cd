"""When somebody can be reached: hours, holidays, absences, the days of a role, and nights of the clock."""

import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.calendar import Calendar
from knowledge.network import Network, Organisation, Period, Person

ZONE = ZoneInfo("Europe/Amsterdam")
NETWORK = Network(
    "waterstad", "Lindewaard", "Lindewaard", "zuid",
    days_off=(Period(date(2026, 11, 27), date(2026, 11, 27), "Studiedag"), Period(date(2027, 1, 4), date(2027, 1, 4))),
    organisations=(
        Organisation("duin", "Lindecollege", "vo"), Organisation("politie", "Politie", "politie"),
        Organisation("noordschool", "Noordschool", "po", region="noord"),
    ),
)  # fmt: skip
CALENDAR = Calendar(NETWORK)
TEACHER = Person("t", "Toos", "duin", ("mentor",))
OFFICER = Person("o", "Linda", "politie", ("wijkagent",))


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def reach(person, text):
    return CALENDAR.availability(person, at(text))


# Reaching people


def test_somebody_at_work_is_open_until_the_end_of_the_day():
    found = reach(OFFICER, "2026-11-23T10:00")
    assert (found.open, found.reason, found.until, found.back) == (True, "open", at("2026-11-23T17:00"), None)
    assert found.until.tzinfo is not None


def test_opening_counts_and_the_minute_of_closing_does_not():
    assert reach(OFFICER, "2026-11-23T08:30").open
    assert not reach(OFFICER, "2026-11-23T08:29:59").open
    assert not reach(OFFICER, "2026-11-23T17:00").open


def test_closed_names_the_next_moment():
    assert reach(OFFICER, "2026-11-23T07:00").back == at("2026-11-23T08:30")
    assert reach(OFFICER, "2026-11-23T17:30").back == at("2026-11-24T08:30")
    assert reach(OFFICER, "2026-11-27T17:30").back == at("2026-11-30T08:30")
    assert reach(OFFICER, "2026-11-28T12:00").reason == "closed"


def test_a_school_comes_back_after_its_holidays_and_the_police_after_christmas():
    assert reach(TEACHER, "2026-12-18T18:00").back == at("2027-01-05T08:30")
    assert reach(TEACHER, "2026-12-22T10:00").reason == "holiday"
    assert reach(OFFICER, "2026-12-24T18:00").back == at("2026-12-28T08:30")
    assert reach(OFFICER, "2026-12-25T10:00").reason == "holiday"
    assert reach(OFFICER, "2026-12-22T10:00").open


def test_a_school_location_follows_its_own_region():
    northern = replace(TEACHER, organisation="noordschool")
    assert reach(northern, "2027-02-15T10:00").open
    assert reach(TEACHER, "2027-02-15T10:00").reason == "holiday"


def test_hours_that_do_not_speak_of_holidays_are_taken_literally():
    youth_team = replace(OFFICER, hours="Mo-Fr 13:00-22:00")
    assert reach(youth_team, "2026-12-25T14:00").open
    assert reach(youth_team, "2026-12-25T12:00").reason == "closed"


def test_a_free_weekday_is_closed():
    part_time = replace(TEACHER, hours="Mo-Fr 08:00-16:30; We off; PH off; SH off")
    found = reach(part_time, "2026-11-25T10:00")
    assert (found.reason, found.back) == ("closed", at("2026-11-26T08:00"))


def test_around_the_clock_has_no_end():
    found = reach(replace(OFFICER, hours="24/7"), "2026-12-25T03:00")
    assert (found.open, found.until) == (True, None)


def test_around_the_clock_ends_with_the_role_or_at_an_absence():
    desk = replace(OFFICER, hours="24/7", until=date(2026, 12, 31))
    assert reach(desk, "2026-12-25T03:00").until == at("2027-01-01T00:00")
    away = replace(OFFICER, hours="24/7", absences=(Period(date(2026, 12, 28), date(2026, 12, 28)),))
    assert reach(away, "2026-12-25T03:00").until == at("2026-12-28T00:00")
    assert reach(away, "2026-12-28T03:00").back == at("2026-12-29T00:00")


def test_a_night_shift_is_one_open_time():
    night = replace(OFFICER, hours="Fr-Sa 20:00-04:00")
    assert reach(night, "2026-11-27T21:00").until == at("2026-11-28T04:00")
    assert reach(night, "2026-11-29T03:00").until == at("2026-11-29T04:00")
    assert reach(night, "2026-11-29T05:00").back == at("2026-12-04T20:00")


def test_an_absence_closes_whole_days_and_names_its_last():
    ill = replace(OFFICER, absences=(Period(date(2026, 11, 23), date(2026, 11, 27)),))
    found = reach(ill, "2026-11-25T10:00")
    assert (found.open, found.reason, found.absent_until, found.back) == (
        False,
        "absent",
        date(2026, 11, 27),
        at("2026-11-30T08:30"),
    )
    assert reach(ill, "2026-11-20T18:00").back == at("2026-11-30T08:30")
    assert reach(ill, "2026-11-20T18:00").absent_until is None


def test_absences_that_follow_each_other_are_one():
    ill = replace(
        OFFICER,
        absences=(Period(date(2026, 11, 23), date(2026, 11, 27)), Period(date(2026, 11, 26), date(2026, 12, 4))),
    )
    assert reach(ill, "2026-11-23T10:00").absent_until == date(2026, 12, 4)


def test_a_very_long_absence_has_no_moment_of_return():
    away = replace(OFFICER, absences=(Period(date(2026, 11, 23), date(2027, 6, 30)),))
    assert reach(away, "2026-11-23T10:00").back is None


def test_a_role_begins_and_ends_with_the_local_day():
    officer = replace(OFFICER, since=date(2026, 11, 24), until=date(2026, 11, 26))
    before, after = reach(officer, "2026-11-23T10:00"), reach(officer, "2026-11-27T10:00")
    assert (before.reason, before.back) == ("not-begun", at("2026-11-24T08:30"))
    assert (after.reason, after.back) == ("ended", None)
    assert reach(officer, "2026-11-26T10:00").open
    assert reach(officer, "2026-11-26T18:00").back is None


def test_the_local_day_counts_not_that_of_utc():
    officer = replace(OFFICER, since=date(2026, 11, 24), hours="24/7")
    assert CALENDAR.availability(officer, datetime(2026, 11, 23, 22, 59, tzinfo=UTC)).reason == "not-begun"
    assert CALENDAR.availability(officer, datetime(2026, 11, 23, 23, 0, tzinfo=UTC)).open


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="expected a moment with a zone"):
        CALENDAR.availability(OFFICER, at("2026-11-23T10:00").replace(tzinfo=None))


# Nights of the clock, leap days and years' ends


def test_hours_keep_their_wall_time_when_the_clock_changes():
    assert reach(OFFICER, "2026-10-23T18:00").back == at("2026-10-26T08:30")
    assert reach(OFFICER, "2026-10-23T18:00").back.astimezone(UTC) == datetime(2026, 10, 26, 7, 30, tzinfo=UTC)
    assert reach(OFFICER, "2027-03-26T18:00").back.astimezone(UTC) == datetime(2027, 3, 30, 6, 30, tzinfo=UTC)


def test_a_night_shift_lasts_an_hour_longer_in_autumn_and_shorter_in_spring():
    night = replace(OFFICER, hours="Sa 22:00-06:00")
    autumn, spring = reach(night, "2026-10-24T22:00").until, reach(night, "2027-03-27T22:00").until
    assert (autumn, spring) == (at("2026-10-25T06:00"), at("2027-03-28T06:00"))
    assert autumn.astimezone(UTC) - at("2026-10-24T22:00").astimezone(UTC) == timedelta(hours=9)
    assert spring.astimezone(UTC) - at("2027-03-27T22:00").astimezone(UTC) == timedelta(hours=7)


def test_the_hour_that_comes_twice_is_open_both_times():
    night = replace(OFFICER, hours="Su 00:00-06:00")
    for hour in (0, 1):  # 02:30 summer time, 02:30 winter time
        found = CALENDAR.availability(night, datetime(2026, 10, 25, hour, 30, tzinfo=UTC))
        assert (found.open, found.until) == (True, at("2026-10-25T06:00"))


def test_the_hour_that_is_skipped_is_nobodys():
    assert reach(replace(OFFICER, hours="Su 02:00-03:00"), "2027-03-28T01:00").back == at("2027-04-04T02:00")
    assert reach(replace(OFFICER, hours="Su 00:00-02:00,03:00-05:00"), "2027-03-28T01:00").until == at("2027-03-28T05:00")


def test_the_leap_day_is_a_day():
    assert reach(OFFICER, "2028-02-28T18:00").back == at("2028-02-29T08:30")
    assert reach(OFFICER, "2028-02-29T10:00").until == at("2028-02-29T17:00")


def test_the_years_end_is_crossed():
    assert reach(OFFICER, "2026-12-31T18:00").back == at("2027-01-04T08:30")
    assert reach(replace(OFFICER, hours="Mo-Su 20:00-02:00"), "2026-12-31T23:00").until == at("2027-01-01T02:00")


# Speed


def test_asking_again_is_fast():
    people = [replace(OFFICER, id=str(n), hours=None if n % 2 else "24/7") for n in range(20)]
    moments = [at("2026-11-23T00:00") + timedelta(hours=n) for n in range(24)]
    calls = [(person, moment) for person in people for moment in moments]
    for person, moment in calls:
        CALENDAR.availability(person, moment)
    began = time.perf_counter()
    for person, moment in calls:
        CALENDAR.availability(person, moment)
    assert (time.perf_counter() - began) / len(calls) < 100e-6


# What holds for everybody at every moment

DAYS = st.dates(date(2025, 1, 1), date(2031, 12, 31))
EXPRESSIONS = [
    None, "24/7", "Mo-Fr 13:00-22:00", "Mo-Th 08:30-17:00; PH off; SH off", "Fr-Su 20:00-04:00; PH off", "Tu-Fr 10:00-18:00; PH off",
    "Mo-Fr 08:00-12:00,13:00-16:00; PH 10:00-14:00", "SH Mo-Fr 10:00-12:00", "Su 01:30-02:30,02:45-03:15", "Mo-Su 22:00-02:30",
]  # fmt: skip


@st.composite
def periods(draw):
    first = draw(DAYS)
    return Period(first, first + timedelta(days=draw(st.integers(0, 40))))


PEOPLE = st.builds(
    lambda organisation, text, absences, since, until: Person(
        "x", "X", organisation, ("mentor",), hours=text, absences=tuple(absences), since=since, until=until
    ),
    st.sampled_from(["duin", "politie", "noordschool"]),
    st.sampled_from(EXPRESSIONS),
    st.lists(periods(), max_size=3),
    st.none() | DAYS,
    st.none() | DAYS,
)
SWITCHES = st.sampled_from([datetime(2026, 10, 25, 0, tzinfo=UTC), datetime(2027, 3, 28, 0, tzinfo=UTC)])
MOMENTS = st.one_of(
    st.builds(lambda minutes: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes), st.integers(0, 3_600_000)),
    st.builds(lambda switch, minutes: switch + timedelta(minutes=minutes), SWITCHES, st.integers(-300, 300)),
)


@settings(deadline=None)
@given(PEOPLE, MOMENTS)
def test_what_is_said_about_later_comes_true(person, now):
    found = CALENDAR.availability(person, now)
    assert found.open == (found.reason == "open")
    if found.open:
        assert found.back is None
        assert found.until is None or found.until > now
        if found.until is not None:
            assert CALENDAR.availability(person, found.until - timedelta(microseconds=1)).open
            assert not CALENDAR.availability(person, found.until.astimezone(UTC)).open
    else:
        assert found.until is None
        if found.back is not None:
            back = found.back.astimezone(UTC)
            assert back > now
            assert CALENDAR.availability(person, back).open
            assert not CALENDAR.availability(person, back - timedelta(microseconds=1)).open


@settings(deadline=None)
@given(PEOPLE, DAYS, st.integers(0, 23))
def test_nobody_is_open_while_absent_or_out_of_the_role(person, day, hour):
    found = CALENDAR.availability(person, datetime(day.year, day.month, day.day, hour, tzinfo=ZONE))
    if person.absence_on(day) or not person.serves_on(day):
        assert not found.open
    if found.reason == "absent":
        assert person.absence_on(found.absent_until)
        assert not person.absence_on(found.absent_until + timedelta(days=1))
