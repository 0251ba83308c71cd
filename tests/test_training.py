"""The case of the week: put somewhere, voted on by everybody there, and closed with a worked example and no names."""

from datetime import timedelta

import pytest

from bot.training import rows as training
from knowledge.training import TrainingCase, training_faults
from tests.asking import library
from tests.talking import START, Talk

HERE = "linde-politie"
CASES = library().training


@pytest.fixture
def talk(tmp_path):
    opened = Talk(tmp_path / "verbinder.db")
    yield opened
    opened.store.close()


def begun(talk, sender="vera"):
    return talk.say("casus van de week", sender, HERE)


def shown(talk):
    """What was said in the channel, of what was said last."""
    return next(envelope.reply for envelope in talk.sent if envelope.place == HERE)


def last_line(reply, beginning):
    return next(line for line in reply.text.splitlines() if line.startswith(beginning))


# The content


def test_there_are_cases_of_every_phase_and_of_every_kind_of_ground():
    weighed = [case.weighed(library().phase_card) for case in CASES.values()]

    assert len(CASES) >= 8
    assert {one.phase for one in weighed} == {1, 2, 3}
    assert {one.grounds for one in weighed} >= {"licht", "feit", "grens", "zacht", "opgeteld", "een-zwaarder"}
    assert any(one.held_back_from for one in weighed)


def test_nobody_in_a_case_has_a_name_and_what_protects_belongs_to_the_card():
    card = library().phase_card
    told = " ".join(line for case in CASES.values() for line in (*case.story, *case.worked, case.why))

    assert not {"Jan", "Piet", "Fatima", "Mohammed", "Kees", "Sanne"} & set(told.split())
    assert training_faults(CASES.values(), card) == []
    odd = TrainingCase(id="x", title="x", sources=["§2"], story=["x"], context="school", threatening=["paard"], protective=[], stacking="soms", call=["mentor", "directie"], why="x", worked=["x"])
    assert training_faults([odd], card) == ['casussen.yaml: x: "paard" staat niet op de fasekaart', 'casussen.yaml: x: "soms" staat niet op de fasekaart']


@pytest.mark.parametrize("name", CASES)
def test_every_case_can_be_put_voted_on_and_worked_out_within_what_fits_a_phone(talk, name):
    for _ in list(CASES).index(name) * [0]:
        begun(talk)
        talk.say("sluit de stemming", "vera", HERE)
    put = begun(talk).reply

    assert put.data["case"] == name
    assert len(put.options) <= 10
    assert all(len(option.label) <= 40 for option in put.options)
    talk.say("sluit de stemming", "vera", HERE)
    worked = talk.sent[-1].reply
    assert worked.data["phase"] == CASES[name].weighed(library().phase_card).phase
    assert "{" not in worked.text + put.text


# Voting


def test_a_vote_shows_only_how_many_voted_and_tells_the_voter_alone_what_was_noted(talk):
    put = begun(talk)
    talk.choose(put, "fase:2", sender="pol")

    assert [(one.place, one.replaces) for one in talk.sent] == [(HERE, put.message), ("dm:pol", None)]
    assert last_line(shown(talk), "1 persoon") == "1 persoon stemde."
    assert "pol" not in shown(talk).text.lower().split()
    assert talk.sent[-1].reply.text.splitlines()[0].endswith("fase 2, ORANJE.")


def test_the_last_vote_of_somebody_counts_and_the_channel_hears_nothing_of_a_change(talk):
    put = begun(talk)
    talk.choose(put, "fase:2", sender="pol")
    talk.choose(put, "fase:3", sender="pol")
    assert [one.place for one in talk.sent] == ["dm:pol"]
    talk.choose(put, "bellen:mentor", sender="pol")
    talk.choose(put, "fase:3", sender="vera")
    talk.choose(put, "sluiten", sender="vera")

    assert talk.sent[-1].reply.data["spread"] == {"fase": {"3": 2}, "bellen": {"mentor": 1}}
    assert "- Fase 3: ROOD: 2" in talk.sent[-1].reply.text


def test_an_older_copy_of_the_message_still_votes_and_a_reaction_taken_away_takes_the_vote_away(talk):
    put = begun(talk)
    talk.choose(put, "fase:2", sender="vera")
    talk.choose(put, "fase:2", sender="pol")
    assert last_line(shown(talk), "2 mensen")
    talk.undo(put, "fase:1", sender="pol")
    assert talk.sent == []
    talk.undo(put, "fase:2", sender="pol")

    assert last_line(shown(talk), "1 persoon")


@pytest.mark.parametrize("typed", ["fase 2", "Fase 2: ORANJE", "2", "{ref} fase 2", "{ref}: oranje"])
def test_a_vote_can_be_typed(talk, typed):
    reference = begun(talk).reply.data["casus"]
    sender = "vera" if typed == "2" else "pol"  # a number chooses from what was said to oneself
    talk.say(typed.format(ref=reference), sender, HERE)

    assert talk.sent[-1].reply.text.splitlines()[0] == f"Genoteerd bij {reference}: fase 2, ORANJE."


def test_a_stranger_does_not_vote(talk):
    put = begun(talk)

    assert talk.choose(put, "fase:2", sender="onbekend").reply.kind == "refusal"
    assert talk.store.connection.execute("SELECT count(*) FROM training_vote").fetchone() == (0,)


# Closing


def test_only_who_put_it_or_a_coordinator_closes_it(talk):
    put = begun(talk)
    assert talk.choose(put, "sluiten", sender="pol").reply.text == "Alleen wie de casus plaatste, of een coördinator, sluit de stemming."

    talk.choose(put, "sluiten", sender="coen")
    assert talk.sent[-1].reply.data["state"] == "closed"


def test_closing_posts_the_worked_example_anew_and_keeps_nothing_of_who_voted(talk):
    put = begun(talk)
    talk.choose(put, "fase:1", sender="pol")
    talk.choose(put, "sluiten", sender="vera")
    old, new = talk.sent

    assert (old.reply.options, new.replaces, new.reply.options) == ((), None, ())
    assert new.reply.text.splitlines()[:2] == ["Uitwerking van de casus: De les van half negen", "Volgens de fasekaart: 🟢 GROEN – fase 1"]
    assert talk.store.connection.execute("SELECT count(*) FROM training_vote").fetchone() == (0,)
    assert talk.choose(put, "fase:2", sender="pol").reply.text.endswith("is al gesloten.")


def told(talk):
    """What was said about cases, of all that came by itself."""
    talk.deliver()
    return [envelope.reply for envelope in talk.sent if envelope.reply.data.get("flow") == "casus"]


def test_a_case_closes_by_itself_after_a_week_at_the_same_time_on_the_clock(talk):
    talk.at = START.replace(month=10, day=20)  # the clock goes back on the 25th
    begun(talk)
    assert training.next_closing(talk.store.connection) == talk.at + timedelta(days=7)

    talk.wait(days=6, hours=23)
    assert told(talk) == []
    talk.wait(hours=2)
    assert [one.data["state"] for one in told(talk)] == ["closed", "closed"]  # what stood there lapses, the example is posted anew
    assert training.next_closing(talk.store.connection) is None


def test_a_case_that_is_no_longer_in_the_content_just_closes(talk):
    begun(talk)
    talk.store.connection.execute("UPDATE training SET casus = 'bestaat-niet'")
    talk.wait(days=8)

    assert told(talk)[-1].text.endswith("is al gesloten.")


# Putting


def test_one_case_at_a_time_in_a_place_and_each_time_another(talk):
    first = begun(talk)
    assert begun(talk).reply.text.startswith("Hier loopt al een casus: ")
    talk.choose(first, "sluiten", sender="vera")

    assert begun(talk).reply.data["case"] != first.reply.data["case"]


def test_in_a_direct_chat_is_asked_where(talk):
    asked = talk.say("casus van de week", "pol")
    assert [option.id for option in asked.reply.options] == ["in:linde-politie", "in:eik-politie", "in:netwerk"]
    talk.say("2", "pol")

    assert [one.place for one in talk.sent] == ["eik-politie", "dm:pol"]


def test_somebody_puts_no_case_where_they_do_not_belong(talk):
    asked = talk.say("casus van de week", "mia")
    assert [option.id for option in asked.reply.options] == ["in:linde-politie", "in:netwerk"]

    assert talk.choose(asked, "in:eik-politie", sender="mia").reply.kind == "help"
    assert talk.say("casus van de week", "onbekend").reply.kind == "refusal"


def test_a_question_about_cases_starts_none(talk):
    assert talk.say("wat leert de casus K", "vera", HERE).reply.kind != "announcement"
