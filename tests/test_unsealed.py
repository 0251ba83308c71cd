"""Places that are not locked: what the core says there, and what it says elsewhere instead."""

import pytest

from bot.messages import Line, Reply
from bot.unsealed import is_about_case, note
from tests.talking import Talk

HERE = "linde-politie"


@pytest.fixture
def talk(tmp_path):
    talk = Talk(tmp_path / "v.db")
    with talk.store.transaction():
        note(talk.store.connection, "", {HERE})
    return talk


def places(talk):
    return [envelope.place for envelope in talk.sent]


def offer(talk):
    return talk.answers("draag dit over aan pol", *"111111", sender="vera")


def test_a_handover_or_a_call_is_not_begun_there_and_the_way_on_is_in_the_own_chat(talk):
    for begin in ("overdracht", "pol moet mij bellen over een signaal"):
        talk.say(begin, "vera", HERE)

        assert [envelope.reply.kind for envelope in talk.sent] == ["refusal", "handover"], begin
        assert places(talk) == [HERE, "dm:vera"]
        assert talk.rows() == []


def test_a_quickscan_is_still_begun_there(talk):
    talk.say("quickscan", "vera", HERE)

    assert talk.rows()[0][2] == "quickscan"


def test_a_conversation_that_came_to_be_in_the_open_does_not_go_on(talk):
    talk.say("overdracht", "vera")
    with talk.store.transaction():
        note(talk.store.connection, "", {"dm:vera"})

    talk.say("pol", "vera")

    assert "begin ik hier geen overdracht" in talk.sent[0].reply.text
    assert talk.rows()[0][3] == "{}"


def test_its_card_reminder_and_digest_come_in_private(talk):
    offer(talk)
    assert HERE not in places(talk)
    assert {"dm:vera", "dm:pol"} <= set(places(talk))

    for _ in range(4):
        talk.wait(days=1)
        talk.deliver()
        assert HERE not in places(talk)


def test_what_is_asked_there_about_one_is_answered_in_private(talk):
    offer(talk)
    for question in ("wat staat er open", "ik neem het over"):
        talk.say(question, "pol", HERE)

        there = [envelope.reply for envelope in talk.sent if envelope.place == HERE]
        assert [reply.kind for reply in there] == ["refusal"], question
        assert "dm:pol" in places(talk)


def test_a_place_that_is_locked_again_gets_what_comes_next(talk):
    with talk.store.transaction():
        note(talk.store.connection, "", ())
    offer(talk)

    assert HERE in places(talk)


def test_what_is_about_a_case_is_told_from_what_is_not():
    line = (Line("x"),)

    assert is_about_case(Reply("digest", line, data={"open": [{"handover": "BLAUWE-OTTER"}]}))
    assert is_about_case(Reply("confirmation", line, data={"handover": "BLAUWE-OTTER"}))
    assert is_about_case(Reply("announcement", line, data={"phase": 2}))
    assert not is_about_case(Reply("digest", line, data={"open": [{"pair": HERE, "open": 2}]}))
    assert not is_about_case(Reply("contact", line, data={"contacts": []}))
