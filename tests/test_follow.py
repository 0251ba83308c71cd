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


def test_the_deputy_of_who_was_named_can_be_asked_for(talk):
    talk("wie is onze veiligheidscoördinator")

    assert people_in(talk("en haar vervanger?", later=1))[0] == "t-bos"


def test_who_else_can_be_called_is_somebody_who_was_not_named_yet(talk):
    talk("wie is onze wijkagent")

    assert people_in(talk("wie nog meer", later=1))[0] == "c-willemse"


def test_a_day_is_asked_of_who_was_named_and_their_deputy_stands_in(talk):
    talk("wie is onze veiligheidscoördinator")

    reply = talk("en op vrijdag?", later=1)

    assert "Niet bereikbaar op vrijdag 27 november." in reply.text
    assert people_in(reply) == ["t-bos", "s-devries"]


def test_of_a_week_the_days_are_said_on_which_somebody_is_there(talk):
    talk("wie is onze zorgcoördinator")

    assert talk("en volgende week", later=1).data["on"] == ["2026-11-30", "2026-12-01", "2026-12-03"]


def test_the_mail_address_is_given_when_it_is_asked_for(talk):
    talk("wie is onze veiligheidscoördinator")

    assert "Mail: s.devries@lindecollege.example" in talk("en haar mail", later=1).text


def test_another_role_is_asked_for_at_the_school_that_was_named_before(talk):
    talk("wie is de zoco van het lindecollege", "w-mulder")

    assert people_in(talk("en de mentor?", "w-mulder", later=1))[0] == "y-amrani"
    assert people_in(talk("wie doet daar het verzuim", "w-mulder", later=2))[0] == "b-smit"


def test_a_kind_of_school_is_place_enough(talk):
    talk("wie is de leerplichtambtenaar")

    assert people_in(talk("en voor het mbo?", later=1))[0] == "h-prins"


def test_of_several_the_school_says_which(talk):
    talk("wie is de leerplichtambtenaar", "j-schouten")

    assert people_in(talk("voor het lindecollege", "j-schouten", later=1))[0] == "m-vos"


def test_of_several_the_first_is_chosen_in_words(talk):
    first = talk("wie is de leerplichtambtenaar", "j-schouten").data["contacts"][0]["person"]

    assert people_in(talk("de eerste", "j-schouten", later=1))[0] == first


def test_what_somebody_does_is_the_topic_of_their_role(talk):
    talk("wie is onze wijkagent")

    assert "bijlage 1" in talk("wat doet die eigenlijk", later=1).data["sources"]


def test_what_to_do_oneself_is_the_topic_of_the_situation(talk):
    talk("leerling spijbelt veel, wie bel ik")

    assert talk("wat moet ik doen", later=1).data["topic"] == "verzuimschema-ongeoorloofd"


def test_another_partner_is_told_of_in_the_same_way(talk):
    talk("wat doet halt")

    assert talk("en de raad?", later=1).data["topic"] == "partner-raad-taak"


def test_a_new_question_after_a_contact_is_answered_as_always(talk):
    talk("wie is onze wijkagent")

    assert talk("hoe lang bewaar je een leerlingdossier", later=1).kind == "knowledge"


def test_what_stands_in_a_plan_is_no_question_for_what_is_open(talk):
    assert talk("wat staat er in een veiligheidsplan").kind == "knowledge"
