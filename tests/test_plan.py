"""The plan of a signal route is followed: a word on the day of each task, until it is ticked off."""

from datetime import timedelta

import pytest

from bot.plan.rows import of_plan
from tests.talking import Talk

ROUTE = ("signaal", "nee", "van buiten naar school", "vandaag", "1", "mentor", "over 2 weken")


@pytest.fixture
def talk(tmp_path):
    return Talk(tmp_path / "verbinder.db")


def planned(talk, sender="mia"):
    """A plan of today, Tuesday, that is followed; its reference."""
    result = talk.answers(*ROUTE, sender=sender)
    assert (result.reply.kind, result.reply.data["flow"]) == ("result", "signaal")
    talk.say("herinner mij", sender=sender)
    return result.reply.data["reference"]


def told(talk, **time):
    """What is said of plans while time passes, each at its own moment: the day, and the message."""
    until, found = talk.at + timedelta(**time), []
    while (moment := talk.assistant.next_due()) is not None and moment <= until:
        talk.at = moment
        talk.wait()
        talk.deliver()
        found += [(f"{one.at:%a}", one) for one in talk.sent if one.reply.data.get("flow") == "plan" and one.reply.options]
    talk.at = until
    return found


def lines_of(message):
    return message.reply.text.split("\n")


def test_a_plan_is_followed_from_the_first_day_of_its_tasks(talk):
    reference = planned(talk)

    assert (
        talk.sent[-1].reply.text
        == f"Goed. Ik herinner je aan {reference}, voor het eerst op 24 november. Je vinkt af wat klaar is."
    )
    assert {(one.owner, one.route) for one in of_plan(talk.store.connection, reference)} == {("mia", "extern")}


def test_what_is_due_is_asked_once_a_working_day_and_ticked_off_by_a_tap(talk):
    reference = planned(talk)
    ((_, message),) = told(talk, hours=1)
    assert lines_of(message)[0] == f"Plan {reference}"
    tasks, controls = lines_of(message)[1:-3], lines_of(message)[-3:-1]
    assert all(line.startswith(f"{number}. Vandaag: ") for number, line in enumerate(tasks, start=1))
    assert controls == [f"{len(tasks) + 1}. Vraag het later nog eens", f"{len(tasks) + 2}. Stop met herinneren"]  # as can be typed
    before = len(of_plan(talk.store.connection, reference))

    ticks = [one.id for one in message.reply.options if one.id.startswith("plan-gedaan")]
    talk.choose(message, *ticks)
    left = before - len(ticks)
    assert talk.sent[-1].reply.text == f"Afgevinkt. Er staan nog {left} dingen in het plan."
    assert len(of_plan(talk.store.connection, reference)) == left


def test_a_number_that_answers_the_reminder_ticks_off_whatever_was_said_since(talk):
    planned(talk)
    ((_, message),) = told(talk, hours=1)
    talk.say("wie is onze wijkagent")
    talk.say("1", answers=message.message)

    assert talk.sent[-1].reply.text.startswith("Afgevinkt.")


def test_what_is_not_done_comes_back_on_working_days_with_the_day_it_should_have_been(talk):
    planned(talk)
    days = told(talk, days=5)

    assert [day for day, _ in days][:4] == ["Tue", "Wed", "Thu", "Fri"]
    assert lines_of(days[1][1])[1].startswith("1. Dit moest 24 november klaar zijn: ")


def test_another_person_cannot_tick_it_off_and_stop_ends_it(talk):
    reference = planned(talk)
    ((_, message),) = told(talk, hours=1)

    assert talk.choose(message, "plan-gedaan:0", sender="vera").reply.data == {"reason": "rights"}
    talk.choose(message, "plan-stop")
    assert of_plan(talk.store.connection, reference) == []
    assert told(talk, days=30) == []


def test_a_plan_that_nobody_ticks_off_is_not_kept_for_ever(talk):
    reference = planned(talk)
    told(talk, days=60)

    assert of_plan(talk.store.connection, reference) == []


def test_from_a_plan_a_handover_can_begin(talk):
    talk.answers(*ROUTE, sender="vera")

    assert talk.say("draag over", sender="vera").reply.data["flow"] == "overdracht"
