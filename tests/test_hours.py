"""Opening hours as people write them, read with holidays of our own."""

from datetime import date

import pytest

from knowledge.hours import hours, read_hours
from knowledge.network import Network, Organisation, Person


def opening(text, day, *, public=False, school=False):
    return [
        f"{start:%H:%M}-{end:%H:%M}" for start, end in read_hours(text).spans(date.fromisoformat(day), public=public, school=school)
    ]


def test_holidays_in_an_expression_come_from_our_calendar():
    monday = "2026-11-23"
    assert opening("Mo-Fr 09:00-17:00; PH off", monday) == ["09:00-17:00"]
    assert opening("Mo-Fr 09:00-17:00; PH off", monday, public=True) == []
    assert opening("Mo-Fr 09:00-17:00; PH off", monday, school=True) == ["09:00-17:00"]
    assert opening("Mo-Fr 09:00-17:00; PH,SH off", monday, school=True) == []
    assert opening("Mo-Fr 09:00-17:00; PH 10:00-14:00", monday, public=True) == ["10:00-14:00"]
    assert opening("Mo-Fr 09:00-12:00, PH 13:00-14:00", monday, public=True) == ["09:00-12:00", "13:00-14:00"]
    assert opening("Mo-Fr 09:00-12:00, PH 13:00-14:00", monday) == ["09:00-12:00"]
    assert opening("24/7; PH off", monday, public=True) == []
    assert opening("Mo-Fr 09:00-17:00 || PH 10:00-11:00", monday, public=True) == ["09:00-17:00"]


def test_a_holiday_may_stand_beside_weekdays_or_narrow_them():
    monday, sunday = "2026-11-23", "2026-11-29"
    assert opening("Sa,PH 10:00-12:00", monday) == []
    assert opening("Sa,PH 10:00-12:00", monday, public=True) == ["10:00-12:00"]
    assert opening("PH, Sa 10:00-12:00", monday, public=True) == ["10:00-12:00"]
    assert opening("Mo-Fr 08:00-16:00; SH Mo-Fr 10:00-12:00", monday, school=True) == ["10:00-12:00"]
    assert opening("Mo-Fr 08:00-16:00; SH Mo-Fr 10:00-12:00", monday) == ["08:00-16:00"]
    assert opening("Mo-Fr 08:00-16:00; SH Mo-Fr 10:00-12:00", sunday, school=True) == []
    assert opening("PH 10:00-12:00", monday) == []
    assert opening("Mo[4],PH 10:00-12:00", monday) == ["10:00-12:00"]


def test_a_comment_may_speak_of_holidays():
    assert opening('Mo-Fr 09:00-17:00 "ook op PH; niet in SH"', "2026-11-23", public=True, school=True) == ["09:00-17:00"]


def test_hours_marked_as_unknown_count_as_closed():
    assert opening("Mo-Fr 09:00-17:00 unknown", "2026-11-23") == []


@pytest.mark.parametrize("text", ["", "ma-vr 09:00-17:00", "Mo-Fr 9-17", "Mo-Fr 09:00-17:00; ph off"])
def test_what_cannot_be_read_is_refused_with_an_example(text):
    with pytest.raises(ValueError, match=r"expected e\.g\. 'Mo-Fr 08:30-17:00; PH off'"):
        read_hours(text)


def test_days_around_a_holiday_are_refused_rather_than_ignored():
    with pytest.raises(ValueError, match="PH -1 day off"):
        read_hours("Mo-Fr 09:00-17:00; PH -1 day off")


def test_hours_left_out_are_school_days_for_schools_and_working_days_for_others():
    organisations = tuple(Organisation(kind, kind, kind) for kind in ("vo", "mbo", "politie", "samenwerkingsverband"))
    network = Network("w", "W", "W", "zuid", organisations=organisations)
    found = {each.id: hours(Person("p", "P", each.id, ("mentor",)), network).text for each in organisations}
    assert found == {
        "vo": "Mo-Fr 08:30-17:00; PH off; SH off",
        "mbo": "Mo-Fr 08:30-17:00; PH off; SH off",
        "politie": "Mo-Fr 08:30-17:00; PH off",
        "samenwerkingsverband": "Mo-Fr 08:30-17:00; PH off",
    }
