"""Reminders as they come by themselves: in which places, with what, posted anew, and never in silence."""

from datetime import date

import pytest

from bot.handover import rows as handovers
from bot.routes import Routes, bind
from bot.store import deliveries
from tests.asking import koppel, network, person
from tests.passing import Days, when

SCHOOL, OFFICE = "Mo-Fr 08:30-17:00; PH off; SH off", "Mo-Fr 08:30-17:00; PH off"
TOWN = network(
    person("vera", "linde", "veiligheidscoordinator", hours=SCHOOL, deputy="afra"), person("afra", "linde", "afdelingsleider", hours=SCHOOL),
    person("pol", "politie", "wijkagent", hours=OFFICE, deputy="wim"), person("wim", "politie", "wijkagent", hours="Tu-Fr 10:00-18:00; PH off"),
    person("scp", "politie", "schoolcontactpersoon", hours=OFFICE), person("coen", "halt", "coordinator", hours=OFFICE),
    koppels=(koppel("linde", "vera", "pol"),),
)  # fmt: skip
STEPS = ("reminder", "escalation")


@pytest.fixture
def days():
    return Days(TOWN, "2026-11-23T11:00")  # a Monday


def steps(sent):
    return [one for one in sent if one.reply.kind in STEPS and not one.replaces]


def told(sent):
    return [(f"{one.at:%a %H:%M}", one.place, one.reply.kind, one.reply.data["level"]) for one in steps(sent)]


def test_each_step_tells_the_pair_and_those_whom_it_is_for(days):
    days.offer("ROZE-VOS", "vera", "pol", 2)

    assert told(days.until("2026-11-26T12:00")) == [
        ("Tue 10:00", "linde-politie", "reminder", 1), ("Tue 10:00", "dm:pol", "reminder", 1),
        ("Wed 10:00", "linde-politie", "escalation", 2), ("Wed 10:00", "dm:wim", "escalation", 2), ("Wed 10:00", "dm:pol", "reminder", 2),
        ("Thu 10:00", "linde-politie", "escalation", 3), ("Thu 10:00", "dm:scp", "escalation", 3), ("Thu 10:00", "dm:pol", "reminder", 3),
        ("Thu 10:00", "dm:wim", "escalation", 3),
    ]  # fmt: skip


def test_it_says_of_whom_it_waits_whom_else_it_asks_and_when_it_comes_back(days):
    days.offer("ROZE-VOS", "vera", "pol", 2)
    sent = {(one.place, one.reply.data["level"]): one.reply.text.splitlines() for one in steps(days.until("2026-11-25T12:00"))}

    assert sent["linde-politie", 1][0] == "ROZE-VOS wacht op Pol Zandstra. Tot die tijd houdt Vera Zandstra het."
    assert sent["dm:pol", 1][0] == "ROZE-VOS wacht op jou. Tot die tijd houdt Vera Zandstra het."
    assert sent["linde-politie", 2][0] == "ROZE-VOS is nog niet overgenomen door Pol Zandstra. Vera Zandstra heeft het nog. Ik vraag nu ook Wim Zandstra."
    assert sent["dm:wim", 2][:2] == [
        "ROZE-VOS is nog niet overgenomen door Pol Zandstra. Vera Zandstra heeft het nog.", "Jij vervangt Pol Zandstra. Pak jij dit op?",
    ]  # fmt: skip
    assert sent["linde-politie", 2][-1] == "Volgende herinnering: morgen, donderdag 26 november, 10:00."


def test_it_is_posted_anew_and_the_copy_before_bears_no_controls(days):
    days.offer("ROZE-VOS", "vera", "pol", 2)
    sent = [one for one in days.until("2026-11-25T12:00") if one.place == "linde-politie" and one.reply.kind in STEPS]

    first, lapsed, second = sent
    assert first.reply.options
    assert second.reply.options
    assert (lapsed.replaces, lapsed.reply.options) == (first.message, ())


def test_a_holiday_before_the_next_one_is_named():
    days = Days(TOWN, "2027-02-09T11:00")
    days.offer("ROZE-VOS", "pol", "vera", 1)

    assert steps(days.until("2027-02-11T12:00"))[0].reply.lines[-1].text == "Volgende herinnering: maandag 22 februari 10:00, na de vakantie."


def test_a_holiday_in_which_it_comes_back_is_not_over_then():
    days = Days(TOWN, "2026-12-22T11:00")
    days.offer("ROZE-VOS", "vera", "pol", 2)

    sent = steps(days.until("2026-12-24T12:00"))
    assert sent[-1].reply.lines[-1].text == "Volgende herinnering: maandag 28 december 10:00."


def test_somebody_elses_own_chat_offers_a_day_on_which_they_work(days):
    days.offer("ROZE-VOS", "vera", "pol", 2)
    sent = {one.place: one.reply for one in steps(days.until("2026-11-25T12:00"))}

    labels = [next(option.label for option in sent[place].options if "later" in option.id) for place in ("dm:pol", "dm:wim")]
    assert labels == ["Neem over – ik bel donderdag 09:00", "Neem over – ik bel donderdag 10:00"]


def test_red_begins_with_whom_to_call_at_any_hour_and_goes_before_all_that_waits(days):
    days.until("2026-11-28T23:00")
    days.offer("ROZE-VOS", "vera", "pol", 3)
    sent = steps(days.until("2026-11-29T00:00"))

    assert [(f"{one.at:%H:%M}", one.place) for one in sent[:3]] == [("23:30", "linde-politie"), ("23:30", "dm:pol"), ("23:30", "dm:vera")]
    firsts = {one.place: one.reply.lines[0].text for one in sent[:3]}
    numbers = {one.id: one.phone for one in TOWN.people}
    assert firsts == {
        "linde-politie": "Bel nu met elkaar: Vera Zandstra en Pol Zandstra",
        "dm:pol": f"Bel nu: Vera Zandstra, {numbers['vera']}",
        "dm:vera": f"Bel nu: Pol Zandstra, {numbers['pol']}",
    }
    assert all(one.reply.urgent for one in sent)


def test_outside_the_pairs_giver_and_taker_are_told_directly(days):
    days.offer("ROZE-VOS", "coen", "pol", 2, pair=None)

    assert told(days.until("2026-11-24T12:00")) == [("Tue 10:00", "dm:pol", "reminder", 1), ("Tue 10:00", "dm:coen", "reminder", 1)]


def test_a_promise_that_passes_in_silence_is_asked_for_and_then_goes_back_to_the_giver(days):
    days.offer("ROZE-VOS", "vera", "pol", 2)
    days.change("ROZE-VOS", state="accepted", holder="pol", promised=date(2026, 11, 23), state_at=days.now)
    days.change("ROZE-VOS", next_at=days.now)
    sent = days.until("2026-11-26T09:00")
    known = handovers.by_reference(days.connection, "ROZE-VOS")

    assert told(sent) == [("Tue 10:00", "linde-politie", "reminder", 1), ("Tue 10:00", "dm:pol", "reminder", 1)]
    assert steps(sent)[1].reply.lines[0].text == "ROZE-VOS: is het gelukt? Laat het Vera Zandstra weten."

    back = days.until("2026-11-26T12:00")
    known = handovers.by_reference(days.connection, "ROZE-VOS")
    assert (known.state, known.holder) == ("offered", "vera")
    (note,) = (one.reply.text for one in back if one.place == "dm:vera" and one.reply.kind == "handover")
    assert note.startswith("De beloofde dag van ROZE-VOS is voorbij en Pol Zandstra liet niets horen. Het ligt weer bij Vera Zandstra")


def test_a_call_is_asked_for_as_a_call(days):
    days.offer("ROZE-VOS", "vera", "pol", None)
    days.change("ROZE-VOS", sort="bel")
    sent = days.until("2026-11-27T12:00")
    texts = [one.reply.lines[0].text for one in steps(sent) if one.place in {"dm:pol", "dm:wim"}]

    assert texts == [
        "ROZE-VOS: Vera Zandstra wacht op je telefoontje. Is het gelukt?",
        "ROZE-VOS: Pol Zandstra heeft Vera Zandstra nog niet gebeld.",
        "ROZE-VOS: Vera Zandstra wacht op je telefoontje. Is het gelukt?",
    ]
    assert "ROZE-VOS: Vera Zandstra wil gebeld worden, 1 dag. Bel jij?" in next(one.reply.text for one in sent if one.place == "dm:pol")


def test_the_coordinator_hears_that_they_may_close_what_the_giver_leaves(days):
    days.offer("ROZE-VOS", "vera", "pol", 2)
    days.change("ROZE-VOS", state="reported", holder="pol", state_at=days.now)
    days.change("ROZE-VOS", next_at=days.now)
    sent = steps(days.until("2026-12-01T12:00"))

    (told,) = [one.reply for one in sent if one.place == "dm:coen"]
    assert told.lines[1].text == "Jij bent coördinator. Als Vera Zandstra niets laat horen, mag jij het sluiten."
    assert any(option.label.startswith("Sluit") for option in told.options)


def test_what_is_over_is_silent(days):
    days.offer("ROZE-VOS", "vera", "pol", 2)
    days.change("ROZE-VOS", state="withdrawn", next_at=None)

    assert steps(days.until("2026-12-24T12:00")) == []


def test_the_history_tells_each_step(days):
    days.offer("ROZE-VOS", "vera", "pol", 2)
    days.until("2026-11-25T12:00")

    assert [(one.event, one.other, one.about) for one in handovers.history(days.connection, "ROZE-VOS")] == [
        ("herinnerd", "pol", "1"), ("opgeschaald", "wim", "2"), ("opgeschaald", "pol", "2"),
    ]  # fmt: skip


def test_what_does_not_arrive_is_told_to_the_giver_with_the_number_once(days):
    days.offer("ROZE-VOS", "vera", "pol", 2)
    sent = days.until("2026-11-24T12:00")
    lost = next(one for one in sent if one.place == "dm:pol" and one.reply.kind == "reminder")
    deliveries.mark_failed(days.connection, lost.message, "weg")

    (told,) = [one for one in days.until("2026-11-24T12:05") if one.place == "dm:vera" and one.reply.kind == "handover"]
    number = next(one.phone for one in TOWN.people if one.id == "pol")
    assert told.reply.text == f"Mijn bericht over ROZE-VOS kwam niet aan bij Pol Zandstra. Bel Pol Zandstra:\n{number}"
    assert [one for one in days.until("2026-11-24T13:00") if one.place == "dm:vera" and one.reply.kind == "handover"] == []


def test_a_deputy_without_an_account_is_named_to_the_giver_once(days):
    days.assistant._routes = Routes(days.connection, ("chat",))
    for one in ("vera", "pol"):
        bind(days.connection, "chat", f"dm:{one}", one)
    days.offer("ROZE-VOS", "vera", "pol", 2)
    days.until("2026-11-27T18:00")

    rows = days.connection.execute("SELECT body ->> '$.lines' FROM outbox WHERE place = 'dm:vera'").fetchall()
    assert sum("Wim Zandstra heeft geen account: bel." in row[0] for row in rows) == 1
    assert not any("Pol Zandstra heeft geen account" in row[0] for row in rows)


@pytest.mark.parametrize(("platform", "times"), [("", 0), ("elders", 1)])
def test_what_has_waited_long_is_told_to_a_giver_who_is_reached_over_another_platform(days, platform, times):
    """Over the same one it would wait as long, and no longer be true when it comes."""
    days.offer("ROZE-VOS", "vera", "pol", 2)
    sent = days.until("2026-11-24T12:00")
    lost = next(one for one in sent if one.place == "dm:pol" and one.reply.kind == "reminder")
    days.connection.execute(
        "UPDATE delivery SET platform = ?, state = 'pending', tries = 50, not_before = '2027' WHERE message = ?", (platform, lost.message)
    )

    told = [one for one in days.until("2026-11-24T12:05") if one.place == "dm:vera" and "kwam niet aan bij Pol" in one.reply.text]
    assert len(told) == times


# Away


def test_missed_steps_become_one_that_is_honest_and_nothing_comes_twice(days):
    days.offer("ROZE-VOS", "vera", "pol", 2)
    days.until("2026-11-23T17:00")
    sent = steps(days.away_until("2026-11-26T12:00"))

    assert [(one.place, one.reply.data["level"]) for one in sent] == [("linde-politie", 3), ("dm:scp", 3), ("dm:pol", 3), ("dm:wim", 3)]
    assert all(one.reply.text.count("Ik was weg van maandag 23 november 17:00 tot vandaag 12:00.") == 1 for one in sent)
    assert when(steps(days.until("2026-11-27T12:00"))) == []
    assert when(steps(days.until("2026-12-01T12:00")))[0] == "Mon 30-11 10:00"


def test_what_was_missed_on_friday_comes_on_monday_and_still_says_why(days):
    days.until("2026-11-26T11:00")
    days.offer("ROZE-VOS", "vera", "pol", 2)
    days.until("2026-11-27T08:00")
    assert steps(days.away_until("2026-11-28T12:00")) == []

    (first, *_) = steps(days.until("2026-11-30T09:00"))
    assert f"{first.at:%a %H:%M}" == "Mon 08:30"
    assert "Ik was weg van vrijdag 27 november 08:00 tot zaterdag 28 november 12:00." in first.reply.text
