"""A message that goes on from the last answer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.app import open_aside
from bot.messages import Said, direct
from tests.asking import example, moment, people_in

AT = moment("2026-11-24T10:00:00+01:00")


@pytest.fixture
def talk():
    app = open_aside(example().network)

    def say(text, sender="y-amrani", later=0):
        at = AT + timedelta(minutes=later)
        place = direct(sender)
        app.assistant.handle(Said(f"{sender}/{later}/{text}", at, sender, place, text), at)
        return app.store.outbox.last_said_to(place, sender).reply

    return say


def test_where_it_stands_can_be_asked(talk):
    talk("vanaf hoeveel uur spijbelen meld je bij leerplicht")

    assert talk("waar staat dat?", later=1).text == "Dat staat in het rapport Veiligheid in verbinding (2015): bijlage 4."


def test_who_that_is_here_is_the_person_of_the_topic(talk):
    talk("vanaf hoeveel uur spijbelen meld je bij leerplicht")

    assert people_in(talk("en wie is dat bij ons?", later=1))[0] == "b-smit"


def test_the_same_role_is_asked_for_another_school(talk):
    talk("wie is de veiligheidscoördinator van het lindecollege", "w-mulder")

    assert people_in(talk("en op de ooievaar?", "w-mulder", later=1)) == ["n-jansen"]


def test_the_next_one_down_the_chain_is_named_when_somebody_does_not_answer(talk):
    talk("wie is onze wijkagent")

    assert people_in(talk("en als die er niet is?", later=1)) == ["a-vanleeuwen"]


def test_the_same_subject_is_asked_for_another_case(talk):
    talk("leerling is vaak te laat, wat moet de school doen")

    assert talk("en bij 18-plus?", later=1).data["topic"] == "verzuimschema-meerderjarig"


def test_after_half_an_hour_a_message_stands_on_its_own(talk):
    talk("wie is onze wijkagent")

    assert talk("en als die er niet is?", later=31).kind != "contact"


def test_danger_in_the_middle_goes_before_everything(talk):
    talk("wie is onze wijkagent")

    assert talk("en er wordt nu gevochten in de gang", later=1).kind == "urgent"
