"""The doors into the core: one message, one transaction, one answer; nothing said is kept."""

import sqlite3
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.app import App, take_network
from bot.assistant import Assistant
from bot.messages import Chose, Said
from bot.routes import Routes
from bot.store import deliveries
from bot.store.file import Store
from knowledge.network_files import read_network
from tests.asking import EXAMPLE, library, moment, network, person, understanding, words

NOW = moment("2026-11-24T11:00")
PEOPLE = (
    person("lin", "linde", "directie"), person("coen", "halt", "coordinator"), person("pol", "politie", "schoolcontactpersoon"),
    person("noor", "politie", "wijkagent", serves=("Noord",)), person("zita", "politie", "wijkagent", serves=("Zuid",)),
)  # fmt: skip


class Talk:
    """A conversation with an assistant over one database file."""

    def __init__(self, path, people=PEOPLE):
        self.path, self.count = path, 0
        self.store = Store(path)
        self.assistant = Assistant(self.store, library(), understanding(), words())
        if people:
            self.assistant.take_network(network(*people))

    def say(self, text, sender="pol", place=None, at=NOW, key=None):
        self.count += 1
        self.assistant.handle(Said(key or f"e{self.count}", at, sender, place or f"dm:{sender}", text), at)
        return self.last(sender, place)

    def choose(self, message, option, sender="pol", at=NOW):
        self.count += 1
        self.assistant.handle(Chose(f"e{self.count}", at, sender, f"dm:{sender}", message, (option,)), at)
        return self.last(sender)

    def last(self, sender="pol", place=None):
        return self.store.outbox.last_said_to(place or f"dm:{sender}", sender)

    def said(self):
        return [envelope.reply.kind for envelope in deliveries.waiting(self.store.connection, NOW + timedelta(days=400))]


@pytest.fixture
def talk(tmp_path):
    opened = Talk(tmp_path / "verbinder.db")
    yield opened
    opened.store.close()


# One message


def test_a_message_that_comes_twice_is_answered_once(talk):
    talk.say("help", key="zelfde")
    talk.say("wie is de wijkagent", key="zelfde")

    assert talk.said() == ["help"]


def test_a_reply_is_said_where_and_when_it_was_asked(talk):
    found = talk.say("wie is de directeur van het Lindecollege", place="linde-politie")

    assert (found.place, found.at) == ("linde-politie", NOW)


def test_a_message_on_which_the_core_stumbles_gets_one_apology_and_its_neighbours_their_answer(talk):
    talk.say("help")
    found = talk.say(12)  # an adapter that hands over something that is no text
    talk.say("help")

    assert talk.said() == ["help", "help", "help"]
    assert found.reply.text.startswith("Er ging bij mij iets mis met deze vraag.")
    assert "onder nummer 2" in found.reply.text
    assert [fault in {"TypeError", "AttributeError"} for _, _, fault in talk.store.failures()] == [True]


def test_a_message_that_failed_is_not_tried_again(talk):
    talk.say(12, key="zelfde")
    talk.say(12, key="zelfde")

    assert (len(talk.said()), len(talk.store.failures())) == (1, 1)


def test_a_network_that_is_broken_in_the_file_gives_an_apology_and_no_silence(tmp_path):
    first = Talk(tmp_path / "verbinder.db")
    with sqlite3.connect(first.path) as raw:
        raw.execute("UPDATE person SET data = '{\"id\": 1}' WHERE id = 'noor'")
    broken = Talk(first.path, people=())

    assert broken.say("wie is de wijkagent").reply.text.startswith("Er ging bij mij iets mis")
    assert len(broken.store.failures()) == 1


def test_without_a_network_every_message_still_gets_an_answer(tmp_path):
    empty = Talk(tmp_path / "leeg.db", people=())

    assert empty.say("hallo").reply.text.startswith("Er ging bij mij iets mis")


def test_a_fault_is_kept_by_number_and_class_only(talk):
    talk.say(["Pietersen-Wonderveen"])
    talk.store.close()

    assert b"Wonderveen" not in everything(talk.path)


def test_a_change_of_the_list_by_somebody_else_counts_from_the_next_message(talk):
    other = Talk(talk.path, people=())
    assert "Noor" in talk.say("wie is de wijkagent van Noord").reply.text

    left = replace(PEOPLE[3], until=date(2026, 11, 23))
    other.assistant.take_network(network(*PEOPLE[:3], left, PEOPLE[4], person("sam", "politie", "wijkagent", serves=("Noord",))))
    assert "Bel Sam Zandstra" in talk.say("wie is de wijkagent van Noord").reply.text


# What is kept


def everything(path):
    """Every byte of the database, its write-ahead log included."""
    return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


PLANTED = [
    "zonnebloemtaart", "wie is de wijkagent zonnebloemtaart", "mag zonnebloemtaart in het mdo", "er wordt nu gevochten zonnebloemtaart",
    "zonnebloemtaart wil van school af wie bel ik", "quickscan zonnebloemtaart", "ik wil iets wijzigen zonnebloemtaart", "nummer van zonnebloemtaart", "/zonnebloemtaart",
]  # fmt: skip


@pytest.mark.parametrize("sender", ["pol", "onbekend-1"])
def test_nothing_of_what_is_said_stands_in_the_file(talk, sender):
    for text in PLANTED:
        talk.say(text, sender)
        talk.say(text, sender, place="linde-politie")

    assert talk.store.failures() == []
    assert talk.store.count_received() == 2 * len(PLANTED)
    assert b"zonnebloem" not in everything(talk.path).lower()


def test_a_number_that_was_refused_never_stands_in_the_file(talk):
    talk.say("bsn 123456782 en 06-98765432")

    assert not [secret for secret in (b"123456782", b"98765432") if secret in everything(talk.path)]


def test_after_a_week_nothing_of_an_answer_is_left_in_the_file(talk):
    message = talk.say("wie is de directeur van het Lindecollege").message
    deliveries.mark_sent(talk.store.connection, message, "r1", NOW)
    talk.assistant.due(NOW + timedelta(days=7))
    assert b"Bel Lin Zandstra" in everything(talk.path)

    talk.assistant.due(NOW + timedelta(days=7, seconds=1))
    assert b"Bel Lin Zandstra" not in everything(talk.path)


# Choosing


@pytest.mark.parametrize("typed", ["2", "2.", " 2 ", "Zita Zandstra", "zita zandstra.", "ZITA ZANDSTRA"])
def test_a_choice_can_be_typed_by_number_or_by_name(talk, typed):
    assert talk.say("wie is de wijkagent").reply.kind == "choice"

    assert talk.say(typed).reply.text.startswith("Bel Zita Zandstra, wijkagent\n")


def test_a_choice_can_be_tapped(talk):
    message = talk.say("wie is de wijkagent").message

    assert talk.choose(message, "noor").reply.text.startswith("Bel Noor Zandstra, wijkagent\n")


@pytest.mark.parametrize("typed", ["0", "3", "፩", "²³", "9" * 5000])
def test_a_number_that_is_not_offered_is_no_choice_and_no_fault(talk, typed):
    talk.say("wie is de wijkagent")
    found = talk.say(typed)

    assert found.reply.kind != "contact"
    assert talk.store.failures() == []


def test_a_line_that_stands_alone_chooses_nothing(talk):
    talk.say("wie is de wijkagent")
    talk.assistant.handle(Said("los", NOW, "pol", "dm:pol", "2", alone=True), NOW)

    assert talk.last().reply.kind != "contact"


def test_going_on_without_the_personal_data_asks_the_question(talk):
    message = talk.say("wie is de wijkagent van Zuid, bel 0612345678").message

    assert "Bel Zita Zandstra" in talk.choose(message, "zonder").reply.text


@pytest.mark.parametrize(("message", "option"), [("last", "weg"), (99, "noor"), (10**30, "noor")])
def test_a_control_that_is_no_longer_there_says_so(talk, message, option):
    last = talk.say("wie is de wijkagent").message

    found = talk.choose(last if message == "last" else message, option)
    assert found.reply.text == "Die knop hoort bij een oud bericht. Stel je vraag opnieuw, dan geef ik de stand van nu."


def test_a_control_of_which_the_text_was_forgotten_says_so(talk):
    message = talk.say("wie is de wijkagent").message
    deliveries.mark_sent(talk.store.connection, message, "r1", NOW)
    later = NOW + timedelta(days=8)
    talk.assistant.due(later)

    assert talk.choose(message, "noor", at=later).reply.text.startswith("Die knop hoort bij een oud bericht.")


def test_somebody_who_left_can_no_longer_be_chosen(talk):
    message = talk.say("wie is de wijkagent").message
    talk.assistant.take_network(network(*PEOPLE[:3], replace(PEOPLE[3], until=date(2026, 11, 23)), PEOPLE[4]))

    assert talk.choose(message, "noor").reply.text.startswith("Die knop hoort bij een oud bericht.")


def test_a_stranger_who_taps_somebody_elses_choice_gets_no_name(talk):
    message = talk.say("wie is de wijkagent").message

    assert talk.choose(message, "noor", sender="onbekend-1").reply.data == {"reason": "stranger"}


# The network


def test_a_new_number_of_a_contact_is_announced_where_it_matters_once(tmp_path):
    talk = Talk(tmp_path / "verbinder.db", people=())
    app, old = App(talk.store, talk.assistant, words(), Routes(talk.store.connection)), read_network(EXAMPLE)
    new = replace(old, people=(replace(old.people[0], phone="06-55500199"), *old.people[1:]))
    for before, after in ((None, old), (old, new), (new, new)):
        take_network(app, before, after, NOW)

    assert [(one.place, one.reply.text) for one in deliveries.waiting(talk.store.connection, NOW)] == [
        ("lindecollege-politie", "Er is iets veranderd in de contactlijst van dit koppel.\nSanne de Vries heeft een nieuw nummer: 06-55500199"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("minutes", "last"),
    [(14, ""), (16, "Dit is het antwoord op je bericht van 10:44. Toen was ik er niet."),
     (60 * 20, "Dit is het antwoord op je bericht van maandag 23 november 15:00. Toen was ik er niet.")],
)  # fmt: skip
def test_an_answer_that_comes_long_after_the_question_says_of_when_the_question_is(tmp_path, minutes, last):
    talk = Talk(tmp_path / "verbinder.db")
    asked = Said("e1", NOW - timedelta(minutes=minutes), "lin", "dm:lin", "wie is onze coördinator")
    talk.assistant.handle(asked, NOW)

    lines = [line.text for line in talk.last("lin").reply.lines]
    assert (lines[0], lines[-1] if last else "") == ("Bel Coen Zandstra, coördinator van het netwerk", last)
