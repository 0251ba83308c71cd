"""The daily digest as it comes by itself: to the network and the pairs on school days, to each person when they begin work."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from bot.contacts.announce import announced
from bot.messages import Line, Reply
from knowledge.network import Agreement
from tests.asking import away, koppel, network, person
from tests.passing import Days, when
from tests.talking import Talk

SCHOOL, OFFICE = "Mo-Th 09:00-16:00; PH off; SH off", "Tu-Fr 10:00-18:00; PH off"
PEOPLE = (
    person("vera", "linde", "veiligheidscoordinator", hours=SCHOOL, deputy="afra"), person("afra", "linde", "afdelingsleider"),
    person("pol", "politie", "wijkagent", hours=OFFICE), person("coen", "halt", "coordinator", hours="Mo-Fr 08:30-17:00; PH off"),
)  # fmt: skip
TOWN = network(*PEOPLE, koppels=(koppel("linde", "vera", "pol"),))


@pytest.fixture
def days():
    return Days(TOWN, "2026-11-23T06:00")  # a Monday


def test_with_nothing_open_the_network_hears_so_once_a_week(days):
    assert when(days.until("2026-12-07T12:00"), kind="digest") == ["Mon 23-11 08:15", "Mon 30-11 08:15", "Mon 07-12 08:15"]


def test_after_a_holiday_it_comes_back_on_the_first_school_day(days):
    assert when(days.until("2027-01-12T12:00"), kind="digest")[-3:] == ["Mon 14-12 08:15", "Mon 04-01 08:15", "Mon 11-01 08:15"]


def test_what_is_open_is_told_every_school_day_to_the_network_and_the_pair(days):
    days.until("2026-11-24T12:00")
    days.offer("ROZE-VOS", "pol", "vera", 2)
    sent = days.until("2026-11-30T08:20")

    assert when(sent, "netwerk") == ["Wed 25-11 08:15", "Thu 26-11 08:15", "Fri 27-11 08:15", "Mon 30-11 08:15"]
    assert when(sent, "linde-politie", "digest") == when(sent, "netwerk")
    network_one, pair_one = (next(one for one in sent if one.place == place) for place in ("netwerk", "linde-politie"))
    assert network_one.reply.text == "Overzicht van woensdag 25 november\nLindecollege: 1 open, 1 dag."
    assert pair_one.reply.text == "Open bij dit koppel\nROZE-VOS: aangeboden aan Vera Zandstra, nog bij Pol Zandstra, 1 dag."
    assert "ROZE-VOS" not in str(network_one.reply.data)


def test_somebody_hears_what_is_asked_of_them_when_they_begin_work_and_not_on_free_days(days):
    days.until("2026-11-24T12:00")
    days.offer("ROZE-VOS", "pol", "vera", 2)
    sent = days.until("2026-12-01T12:00")

    assert when(sent, "dm:vera", "digest") == ["Wed 25-11 09:00", "Thu 26-11 09:00", "Mon 30-11 09:00", "Tue 01-12 09:00"]
    assert when(sent, "dm:pol", "digest") == ["Wed 25-11 10:00", "Thu 26-11 10:00", "Fri 27-11 10:00", "Tue 01-12 10:00"]
    assert sent[2].reply.text == "Dit vraagt iets van jou\nROZE-VOS: neem jij dit over? Van Pol Zandstra, 1 dag."


def test_in_school_holidays_green_is_not_told_to_those_concerned_and_orange_is(days):
    days.until("2027-02-12T12:00")
    days.offer("ROZE-VOS", "vera", "pol", 1)
    days.offer("GELE-UIL", "vera", "pol", 2)
    sent = days.until("2027-02-19T18:00")

    assert len(when(sent, "netwerk")) == 5
    assert {one.reply.lines[1].text.split(":")[0] for one in sent if one.place == "linde-politie" and one.reply.kind == "digest"} == {"GELE-UIL"}
    assert all(len(one.reply.data["open"]) == 1 for one in sent if one.place == "dm:pol" and one.reply.kind == "digest")
    assert when(sent, "dm:vera") == []


def test_what_is_paused_or_began_today_is_not_asked_of_anybody(days):
    days.offer("ROZE-VOS", "pol", "vera", 1)
    assert when(days.until("2026-11-23T12:00"), "dm:vera") == []

    days.change("ROZE-VOS", paused_until=date(2026, 11, 26))
    assert when(days.until("2026-11-26T12:00"), "dm:vera", "digest") == ["Thu 26-11 09:00"]


def test_what_was_offered_before_work_began_is_not_told_again_that_morning(days):
    days.offer("GELE-UIL", "pol", "vera", 2)
    days.until("2026-11-24T07:00")
    days.offer("ROZE-VOS", "pol", "vera", 2)
    (told,) = [one for one in days.until("2026-11-24T09:30") if one.place == "dm:vera" and one.reply.kind == "digest"]

    assert [one["handover"] for one in told.reply.data["open"]] == ["GELE-UIL"]


def test_on_a_public_holiday_there_is_no_digest():
    days = Days(TOWN, "2027-05-03T06:00")
    days.offer("ROZE-VOS", "vera", "pol", 2)

    assert when(days.until("2027-05-08T06:00"), "netwerk") == ["Mon 03-05 08:15", "Tue 04-05 08:15", "Wed 05-05 08:15", "Fri 07-05 08:15"]


def test_the_night_on_which_the_clock_changes_moves_no_digest():
    days = Days(TOWN, "2026-10-23T06:00")
    days.offer("ROZE-VOS", "vera", "pol", 2)
    sent = days.until("2026-10-27T12:00")

    assert [f"{one.at.isoformat()}" for one in sent if one.place == "netwerk"] == [
        "2026-10-23T08:15:00+02:00", "2026-10-26T08:15:00+01:00", "2026-10-27T08:15:00+01:00",
    ]  # fmt: skip


def test_who_is_away_is_named_on_the_first_day():
    absent = replace(TOWN, people=(replace(PEOPLE[0], absences=away("2026-11-25", "2026-12-02")), *PEOPLE[1:]))
    sent = Days(absent, "2026-11-23T06:00").until("2026-11-27T12:00")

    digests = [one for one in sent if one.reply.kind == "digest"]
    assert when(digests) == ["Mon 23-11 08:15", "Wed 25-11 08:15"]
    assert digests[1].reply.lines[-1].text == "Afwezig: Vera Zandstra, tot en met woensdag 2 december. Vervanger: Afra Zandstra."


def test_changes_of_contact_persons_and_agreements_of_the_week_are_told_and_nothing_else_that_a_koppel_read():
    meeting = Agreement("werkgroep", "Werkgroep School & Veiligheid", datetime(2026, 11, 26, 15, 30))  # noqa: DTZ001 - wall time
    days = Days(replace(TOWN, agreements=(meeting,)), "2026-11-24T06:00")
    days.until("2026-11-24T12:00")
    changed = announced("Er is iets veranderd.", ["Pol Zandstra heeft een nieuw nummer: 06-1"])
    shared = Reply("announcement", (Line("RONDE-ZWAAN: ROOD – fase 3", "headline"), Line("Doel: afspreken wie wat doet")))
    with days.store.transaction():
        days.store.outbox.say("import/1", "linde-politie", None, days.now, changed)
        days.store.outbox.say("said/1", "linde-politie", None, days.now, shared)
    sent = [one for one in days.until("2026-11-27T12:00") if one.reply.kind == "digest"]

    assert [one.reply.text.splitlines()[1:] for one in sent] == [
        ["Er staat niets open.", "Pol Zandstra heeft een nieuw nummer: 06-1", "Morgen: Werkgroep School & Veiligheid."],
        ["Er staat niets open.", "Vandaag: Werkgroep School & Veiligheid."],
    ]


def test_a_network_may_set_another_time(days):
    days.assistant.digest_at = time(7, 30)

    assert when(days.until("2026-11-23T12:00"), kind="digest") == ["Mon 23-11 07:30"]


def test_asked_in_the_place_of_the_network_it_says_numbers_and_no_reference(tmp_path):
    talk = Talk(tmp_path / "db")
    said = talk.say("wat staat er open", "vera", "netwerk")

    assert (said.place, said.reply.kind) == ("netwerk", "digest")
    assert said.reply.text.splitlines()[1] == "Er staat niets open. Goede week."


# Away


def test_after_being_away_it_says_so_once_in_each_place_and_one_digest_stands_for_all_that_were_missed(days):
    days.offer("ROZE-VOS", "vera", "pol", 2)
    days.until("2026-11-23T17:00")
    sent = days.away_until("2026-11-26T11:00")

    assert [one.place for one in sent if one.reply.kind == "digest"] == ["netwerk", "dm:vera"]  # the others are reminded already
    word = "Ik was weg van maandag 23 november 17:00 tot vandaag 11:00. Wat toen had moeten komen, komt nu."
    heard = {place: [one.reply.text.count(word) for one in sent if one.place == place] for place in {one.place for one in sent}}
    assert heard.keys() >= {"netwerk", "linde-politie", "dm:vera", "dm:pol"}
    assert {sum(counts) for counts in heard.values()} == {1}
    assert not any("Ik was weg" in one.reply.text for one in days.until("2026-11-27T18:00"))


def test_back_on_a_saturday_it_keeps_the_digest_for_monday(days):
    days.offer("ROZE-VOS", "vera", "pol", 2)
    days.until("2026-11-23T17:00")

    assert when(days.away_until("2026-11-28T11:00"), kind="digest") == []
    assert when(days.until("2026-11-30T12:00"), "netwerk") == ["Mon 30-11 08:15"]
