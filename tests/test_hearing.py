"""When the assistant speaks among people who talk to each other, and what it then says to one of them alone."""

import json

import pytest

from bot.context import Context
from bot.messages import Line, Reply
from bot.outsiders import without_details
from bot.routes import bind
from tests.asking import example
from tests.command import TUESDAY
from tests.talking import PEOPLE, Talk, kinds, step

HERE = "linde-politie"


@pytest.fixture
def talk(tmp_path):
    opened = Talk(tmp_path / "verbinder.db")
    yield opened
    opened.store.close()


@pytest.fixture
def chat(tmp_path):
    """The same people on a chat platform, where others read along."""
    opened = Talk(tmp_path / "chat.db", platforms=("chat",))
    for place in (HERE, "netwerk", *(f"dm:{one.id}" for one in PEOPLE)):
        bind(opened.store.connection, "chat", place, f"id-{place}")
    yield opened
    opened.store.close()


# When it speaks


@pytest.mark.parametrize("text", ["goedemorgen allemaal", "wie is onze wijkagent", "quickscan", "2", "verder", "ja", "bel jij mij straks?", ""])
def test_talk_of_people_with_each_other_is_left_alone(talk, text):
    assert talk.say(text, "vera", HERE, addressed=False) is None
    assert talk.rows() == []


def test_who_says_its_name_and_who_writes_it_directly_is_answered(talk):
    assert talk.say("wie is onze wijkagent", "vera", HERE, addressed=True).reply.kind == "contact"
    assert talk.say("wie is onze wijkagent", "vera", addressed=False).reply.kind == "contact"


def test_who_is_in_a_conversation_there_is_answered_and_the_others_are_not(talk):
    talk.say("quickscan", "vera", HERE)

    assert talk.say("nee", "pol", HERE, addressed=False) is None
    assert step(talk.say("nee", "vera", HERE, addressed=False)) == "context"
    talk.say("stop en bewaar", "vera", HERE, addressed=False)
    assert talk.say("verder", "vera", HERE, addressed=False) is None


def test_a_control_is_answered_whoever_reads_along(talk):
    page = talk.say("quickscan", "vera", HERE)

    assert step(talk.choose(page, "nee", sender="vera")) == "context"


def test_a_label_of_the_case_there_or_its_reference_is_a_vote(talk):
    reference = talk.say("casus van de week", "vera", HERE).reply.data["casus"]

    assert talk.say("fase 2", "pol", HERE, addressed=False).place == "dm:pol"
    assert talk.say(f"{reference} fase 3", "pol", HERE, addressed=False).reply.text.startswith("Genoteerd")
    assert talk.say("fase 2, dacht ik zo", "pol", HERE, addressed=False) is None


def handed_over(talk):
    """A handover of vera to pol, in the place of their pair."""
    talk.say("overdracht", "vera")
    talk.say("pol", "vera")
    while talk.sent[-1].reply.kind == "question":
        options = [option.id for option in talk.sent[-1].reply.options]
        talk.choose(talk.sent[-1], *(["ja"] if "ja" in options else [] if talk.sent[-1].reply.multiple else options[:1]), sender="vera")
    return next(one for one in talk.sent if one.place == HERE)


def state(talk, card):
    return talk.store.connection.execute("SELECT state FROM handover WHERE reference = ?", (card.reply.data["handover"],)).fetchone()[0]


@pytest.mark.parametrize("how", ["{ref} {label}", "{spaced}: ik neem het over", "{label}", "{ref} 1", "1. {spaced}"])
def test_a_reference_or_exactly_the_label_of_the_one_that_is_open_speaks_to_a_handover(talk, how):
    card = handed_over(talk)
    reference = card.reply.data["handover"]
    said = how.format(ref=reference, spaced=reference.lower().replace("-", " "), label=card.reply.options[0].label)
    talk.say(said, "pol", HERE, addressed=False)

    assert state(talk, card) == "accepted"


@pytest.mark.parametrize("said", ["ik bel vandaag even de garage", "ik neem het mee naar het overleg", "ik kan dit niet lezen", "prima"])
def test_what_only_looks_like_a_label_is_talk_of_people(talk, said):
    card = handed_over(talk)

    assert talk.say(said, "pol", HERE, addressed=False) is None
    assert state(talk, card) == "offered"


def test_with_two_open_a_label_alone_is_talk_of_people(talk):
    card = handed_over(talk)
    handed_over(talk)

    assert talk.say(card.reply.options[0].label, "pol", HERE, addressed=False) is None


def test_a_number_in_a_reply_chooses_from_the_card_it_answers_and_in_a_correction_from_none(talk):
    first, second = handed_over(talk), handed_over(talk)
    talk.say("1", "pol", HERE, answers=first.message)

    assert (state(talk, first), state(talk, second)) == ("accepted", "offered")
    talk.say("hallo", "pol", HERE, answers=second.message)
    talk.say("1", "pol", HERE, answers=second.message, edits=f"e{talk.count}")
    assert state(talk, second) == "offered"


def test_an_answer_that_is_taken_back_is_asked_again_as_long_as_it_is_that_one(talk):
    danger = talk.say("quickscan", "vera")
    where = talk.choose(danger, "nee", sender="vera")
    talk.choose(where, "school", sender="vera")
    assert talk.undo(where, "maatschappelijk", sender="vera") is None  # it had become another

    again = talk.undo(where, "school", sender="vera")

    assert (step(again), again.reply.text.split("\n")[0]) == ("context", "Je antwoord is weg. Kies je opnieuw?")
    typed = talk.say("1", "vera")
    assert step(typed) == "grens"
    assert step(talk.withdraw(f"e{talk.count}", sender="vera")) == "context"


# What it overhears


def test_danger_in_other_talk_gets_one_private_line_with_112_and_the_channel_hears_nothing(talk):
    talk.say("er wordt nu gevochten met messen op het plein", "vera", HERE, addressed=False)

    assert [(one.place, one.reply.kind) for one in talk.sent] == [("dm:vera", "urgent")]
    assert "112" in talk.sent[0].reply.text
    assert len(talk.sent[0].reply.lines) == 1


def test_personal_data_in_other_talk_gets_one_private_line_that_repeats_nothing(talk):
    talk.say("zijn moeder is te bellen op 06-12345678", "vera", HERE, addressed=False)
    (found,) = talk.sent

    assert (found.place, found.reply.kind, found.reply.data["found"]) == ("dm:vera", "refusal", ["telefoon"])
    assert "12345678" not in json.dumps([found.reply.text, found.reply.data])


def test_the_number_of_somebody_of_the_network_is_no_personal_data(talk):
    assert talk.say(f"pol heeft nummer {PEOPLE[4].phone}", "vera", HERE, addressed=False) is None


# Going on in the direct chat


def test_a_conversation_begun_among_others_goes_on_in_the_direct_chat(chat):
    chat.say("quickscan", "vera", HERE)

    assert [(one.place, one.reply.kind) for one in chat.sent] == [(HERE, "confirmation"), ("dm:vera", "question")]
    assert chat.sent[0].reply.text == "We gaan verder in je privéchat."
    assert step(chat.say("nee", "vera")) == "context"
    assert [(row[0], row[1]) for row in chat.rows()] == [("vera", "dm:vera")]


def test_where_it_was_begun_still_counts(chat):
    chat.say("quickscan", "pol", HERE)
    chat.answers("nee", "2", "wapenbezit", "geen", "geen", "geen", "geen", "eenmalig", "geen", sender="pol")
    found = chat.sent[-1]

    assert found.reply.kind == "result"
    assert [one["person"] for one in found.reply.data["contacts"]] == ["vera", "dirk"]
    chat.restart()
    chat.answers("delen", "1", sender="pol")
    assert [one.place for one in chat.sent] == [HERE, "dm:pol"]


def test_who_is_in_one_already_is_asked_there_which_to_keep(chat):
    chat.answers("quickscan", "nee", sender="vera")
    chat.say("quickscan", "vera", HERE)
    assert [(one.place, step(one)) for one in chat.sent] == [(HERE, None), ("dm:vera", "welke-houden")]

    assert step(chat.say("2", "vera")) == "gevaar"
    assert chat.store.connection.execute("SELECT origin FROM conversation").fetchone() == (HERE,)


def test_where_nobody_reads_along_it_goes_on_in_place(talk):
    talk.say("quickscan", "vera", HERE)

    assert [one.place for one in talk.sent] == [HERE]


# Where somebody reads along who is no member


def test_a_place_with_outsiders_gets_role_and_name_and_the_asker_the_number(talk):
    talk.say("wie is onze wijkagent", "vera", HERE, outsiders=True)
    there, alone = talk.sent
    number = PEOPLE[4].phone

    assert (there.place, alone.place) == (HERE, "dm:vera")
    assert "Pol Zandstra, wijkagent" in there.reply.text
    assert number not in json.dumps([there.reply.text, there.reply.data])
    assert number in alone.reply.text
    assert there.reply.text.splitlines()[-1] == "De nummers krijg je in je privéchat: hier lezen ook anderen mee."


def test_danger_stands_first_there_too_and_112_stays(talk):
    talk.say("er wordt nu gevochten met messen", "vera", HERE, outsiders=True)

    assert kinds(talk) == ["urgent", "urgent"]
    assert all("112" in one.reply.text.splitlines()[0] for one in talk.sent)
    assert "06-" not in talk.sent[0].reply.text or talk.sent[0].place != HERE


def test_what_has_no_details_and_what_is_said_directly_stays_one_message(talk):
    talk.say("wat is een convenant", "vera", HERE, outsiders=True)
    assert len([one for one in talk.sent if one.place == HERE]) == 1
    talk.say("wie is onze wijkagent", "vera", outsiders=True)

    assert kinds(talk) == ["contact"]


@pytest.mark.parametrize("text", ["wie is onze wijkagent", "bel de directeur van het lindecollege", "wie is de leerplichtambtenaar", "vanaf hoeveel uur verzuim moet je melden"])
def test_no_number_or_address_of_anybody_is_left(text):
    from bot.answer import answer
    from tests.asking import moment

    context = Context(example(), "s-devries", HERE, moment(TUESDAY))
    bare = without_details(answer(text, context))
    told = bare.text + json.dumps(bare.data)

    assert [one for person in example().network.people for one in (person.phone, person.email) if one and one in told and not one.startswith("0800")] == []


def test_what_comes_by_itself_or_from_elsewhere_stands_there_without_numbers_as_long_as_outsiders_read_along(talk):
    def announced():
        number = f"06-{10_000_000 + talk.count}"
        reply = Reply("announcement", (Line(f"Pol heeft een nieuw nummer: {number}"),), data={"contacts": [{"person": "pol", "phone": number}]})
        talk.store.outbox.say(f"proef/{number}", HERE, None, talk.at, reply)
        talk.deliver()
        return number in talk.sent[-1].reply.text + json.dumps(talk.sent[-1].reply.data)

    assert announced()
    talk.say("hallo allemaal", "vera", HERE, addressed=False, outsiders=True)
    talk.say("hallo allemaal", "vera", HERE, addressed=False)  # of other talk it need not be known who reads along
    assert not announced()
    talk.say("hallo verbinder", "vera", HERE)
    assert announced()


# Corrections


def test_a_message_that_is_corrected_changes_the_answer_it_gave(talk):
    talk.answers("quickscan", "nee", "alleen op school", "geen")
    found = talk.say("alleen buiten school", edits="e3")

    assert step(found) == "feiten"
    assert found.reply.text.startswith("Aangepast: context.")
    assert found.replaces is None
    assert json.loads(talk.rows()[0][3])["context"] == ["maatschappelijk"]


def test_a_correction_of_somebody_else_or_of_nothing_changes_no_answer(talk):
    talk.answers("quickscan", "nee", "alleen op school", "geen")
    talk.say("alleen buiten school", "vera", edits="e3")
    talk.say("wie is onze wijkagent", edits="e3")
    talk.say("alleen buiten school", edits="e99")

    assert json.loads(talk.rows()[0][3])["context"] == ["school"]


def test_what_a_message_answered_is_forgotten_with_its_conversation(talk):
    talk.answers("quickscan", "nee", "stop")

    assert talk.store.connection.execute("SELECT count(*) FROM answered").fetchone() == (0,)


def test_a_question_that_is_taken_away_takes_its_answer_along_but_not_what_was_done_or_who_to_call_in_danger(talk):
    asked = {text: (talk.say(text, "vera"), f"e{talk.count}") for text in ("wie is onze wijkagent", "er wordt nu gevochten met messen")}
    for answer, key in asked.values():
        talk.withdraw(key, "vera")

        gone = [envelope.reply.text for envelope in talk.sent if envelope.replaces == answer.message]
        assert gone == ([] if answer.reply.kind == "urgent" else ["De vraag is weggehaald. Mijn antwoord is ook weg."])


def test_nobody_takes_away_the_answer_to_the_question_of_another(talk):
    talk.say("wie is onze wijkagent", "vera")
    talk.withdraw(f"e{talk.count}", "mia")

    assert talk.sent == []
