"""Klopt de lijst?: the coordinator hears where the contact list has holes, in the own chat; nobody else does."""

import pytest

from tests.talking import Talk


@pytest.fixture
def talk(tmp_path):
    return Talk(tmp_path / "verbinder.db")


@pytest.mark.parametrize("said", ["klopt de lijst?", "Zijn er gaten in de lijst", "is de contactlijst compleet"])
def test_the_coordinator_hears_in_the_own_chat_what_is_missing_even_when_asked_among_others(talk, said):
    told = talk.say(said, "coen", "linde-politie")

    assert told.place == "dm:coen"
    assert told.reply.lines[0].text.startswith("Ik heb de contactlijst nagekeken: ")
    assert "- Lindecollege: niemand heeft hier nu de rol zorgcoördinator of verzuimcoördinator." in told.reply.text.splitlines()
    assert len(told.reply.lines) <= 13


def test_what_is_agreed_for_later_is_no_hole(talk):
    talk.answers("vera zandstra vertrekt per 10 december", "ja", sender="coen")
    before = talk.say("klopt de lijst", "coen").reply.lines[0].text
    talk.answers("afra volgt vera op per 10 december", "ja", sender="coen")
    after = talk.say("klopt de lijst", "coen").reply.lines[0].text

    assert [one.split(": ")[1] for one in (before, after)] == ["13 dingen om naar te kijken.", "12 dingen om naar te kijken."]


def test_others_hear_that_this_is_the_coordinators_and_how_to_mend_their_own_entry(talk):
    told = talk.say("klopt de lijst", "mia").reply

    assert (told.kind, told.data["reason"]) == ("refusal", "rights")
    assert "Typ het hier" in told.text


def test_a_stranger_hears_nothing_of_the_list(talk):
    assert "Zandstra" not in talk.say("klopt de lijst", "onbekend-9").reply.text
