"""Who may do what: every standing, every way to ask, every place; and that a stranger gets no byte of anybody's details."""

import itertools
import json
import os
import re
import subprocess
import sys
from datetime import timedelta

import pytest
import yaml
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from typer.main import get_command

from adapters.terminal import completer
from bot.app import open_app
from bot.cli import app as cli
from bot.flows import FLOWS
from bot.handover import ladder
from bot.handover import rows as handovers
from bot.handover.rows import Handover
from bot.messages import Chose, Filled, Said, Undid, Withdrew
from bot.rights import may, standing
from bot.talk.starts import CONVERSATIONS
from knowledge.network_files import read_network
from tests.asking import EXAMPLE, example, library, moment
from tests.command import ROOT, verbinder

NOW = moment("2026-11-24T10:00")
PEOPLE = {
    "vreemde": "onbekend-1",
    "lid": "y-amrani",
    "contact": "s-devries",
    "overkant": "w-mulder",
    "coordinator": "j-schouten",
    "machine": None,
}
PLACES = ("dm", "netwerk", "lindecollege-politie", "de-ooievaar-politie")
ASKED = (
    "wie is onze wijkagent", "nummer van Wendy Mulder", "wie is Sanne de Vries", "leerlingen dealen bij het hek, wie bel ik", "quickscan",
    "checklist terugkeer", "verzuim", "signaal", "casus", "draag dit over aan Wendy Mulder", "wat staat er open", "mijn overdrachten",
    "BLAUWE-OTTER", "mijn nummer is nu 06-55500199", "Sanne volgt Tim op per 1 januari", "ik ben morgen afwezig", "wat bewaar je over mij",
    "vergeet mij", "code voor Sanne de Vries", "wie werkt er bij politie lindewaard", "agenda", "help", "1", "ja", "verder", "sluit", "",
    "wanneer meld je spijbelen", "er wordt nu gevochten met een mes", "mail van de coordinator", "wie mist er in het netwerk", "0655500112",
)  # fmt: skip
DETAILS = re.compile(r"06-?555001\d\d|06\D{0,3}555\D{0,3}00\D{0,3}1\d\d|@[\w.]+\.example|U0[A-Z]+")
NAMES = re.compile(
    "|".join(re.escape(person.name) for person in example().network.people if person.phone and person.id != "veilig-thuis")
)


@pytest.fixture(scope="module")
def app():
    opened = open_app()
    opened.assistant.take_network(read_network(EXAMPLE))
    yield opened
    opened.close()


def said(app, number):
    rows = app.store.connection.execute("SELECT body, place FROM outbox WHERE id > ?", (number,)).fetchall()
    return [(json.loads(body), place) for body, place in rows]


def newest(app):
    return app.store.connection.execute("SELECT coalesce(max(id), 0) FROM outbox").fetchone()[0]


@pytest.mark.parametrize(("role", "place"), list(itertools.product(PEOPLE, PLACES)))
def test_every_role_is_answered_everywhere_and_a_stranger_gets_no_byte_of_anybodys_details(app, role, place):
    who = PEOPLE[role]
    there = f"dm:{who}" if place == "dm" else place
    for number, text in enumerate(ASKED):
        before = newest(app)
        app.assistant.handle(Said(f"{role}/{place}/{number}", NOW, who, there, text), NOW)
        replies = said(app, before)
        assert replies, text
        for body, to in replies:
            if role == "vreemde":
                shown = json.dumps(body, ensure_ascii=False)
                assert not DETAILS.search(shown), (text, shown)
                assert not NAMES.search(shown), (text, shown)
            assert to in {there, f"dm:{who}", "dm:j-schouten"} or role != "vreemde", (text, to)
    assert app.store.failures() == []


@pytest.mark.parametrize("place", PLACES)
def test_the_buttons_of_others_give_a_stranger_nothing(app, place):
    for number, text in enumerate(ASKED):
        app.assistant.handle(Said(f"eigen/{place}/{number}", NOW, "s-devries", "lindecollege-politie", text), NOW)
    offered = [
        (number, option["id"])
        for number, body in app.store.connection.execute("SELECT id, body FROM outbox WHERE body IS NOT NULL").fetchall()
        for option in json.loads(body)["options"]
    ][-150:]
    who = "onbekend-2"
    there = f"dm:{who}" if place == "dm" else place
    for count, (message, option) in enumerate(offered):
        before = newest(app)
        app.assistant.handle(Chose(f"druk/{place}/{count}", NOW, who, there, message, (option,)), NOW)
        shown = json.dumps(said(app, before), ensure_ascii=False)
        assert not DETAILS.search(shown), (option, shown)
        assert not NAMES.search(shown), (option, shown)


def test_the_table_of_rights_names_only_standings_and_everything_else_is_forbidden():
    known = {"vreemde", "lid", "contact", "coordinator", "machine", "gever", "ontvanger", "houder", "vervanger", "overkant"}
    assert {who for allowed in library().rights.values() for who in allowed} <= known
    assert [act for act, allowed in library().rights.items() if "vreemde" in allowed] == [
        "hulp-vragen",
        "gevaar-melden",
        "kennis-vragen",
    ]
    assert not may(library().rights, "coordinator", "iets-anders")


@pytest.mark.parametrize(
    ("who", "place", "expected"),
    [
        ("s-devries", "lindecollege-politie", "contact"), ("s-devries", "de-ooievaar-politie", "lid"), ("j-schouten", "netwerk", "coordinator"),
        ("onbekend-1", "lindecollege-politie", "vreemde"), (None, "netwerk", "machine"), ("S-DEVRIES", "netwerk", "vreemde"), ("", "netwerk", "vreemde"),
    ],
)  # fmt: skip
def test_what_somebody_is_follows_from_the_place(who, place, expected):
    assert standing(example().network, who, place, NOW.date()) == expected


@pytest.mark.parametrize("text", ASKED)
def test_a_stranger_at_ask_sees_no_details_not_even_in_what_goes_wrong(text):
    done = verbinder("ask", text, "--as", "onbekend-9", "--json", "--at", "2026-11-24T10:00:00+01:00")

    assert not DETAILS.search(done.out + done.err)
    assert not NAMES.search(done.out + done.err)


def test_the_terminal_completes_no_name_of_the_network_for_a_stranger():
    def completed(known):
        event = CompleteEvent(completion_requested=True)
        return {
            one.text
            for typed in ("wen", "wijk", "lin")
            for one in completer(example(), known=known).get_completions(Document(typed), event)
        }

    assert {"Wendy Mulder", "Lindecollege", "wijkagent"} <= completed(known=True)
    assert completed(known=False) == {"wijkagent", "wijkteam"}


def test_a_shell_completes_commands_and_options_and_no_help_names_anybody(tmp_path, monkeypatch):
    assert verbinder("import", EXAMPLE, "--yes", "--database", tmp_path / "v.db").code == 0
    monkeypatch.setenv("VERBINDER_DATABASE", str(tmp_path / "v.db"))
    shown = [verbinder(name, "--help").out for name in ("", *get_command(cli).commands)]
    for typed in ("inz", "inzage s", "ask --as w", "chat --in l", "forget ", "show "):
        asked = {"_VERBINDER_COMPLETE": "complete_bash", "COMP_WORDS": f"verbinder {typed}", "COMP_CWORD": str(len(f"{typed}x".split()))}
        done = subprocess.run(
            [sys.executable, "-m", "bot.cli"], env={**os.environ, **asked}, cwd=ROOT, capture_output=True, text=True, check=False
        )
        shown.append(done.stdout + done.stderr)

    assert "inzage" in shown[-6].split()
    assert [one for one in shown if DETAILS.search(one) or NAMES.search(one)] == []


DEEDS = (
    "neem over", "terug", "afwijzen", "toch niet", "terugkoppelen", "pauze", "intrekken", "sluiten", "heropenen", "doorgeven aan Tim Bos",
    "doorgeven", "omzetten", "gebeld", "geschiedenis", "factoren", "",
)  # fmt: skip


def standing_row(app):
    return app.store.connection.execute("SELECT * FROM handover").fetchall()


@pytest.fixture
def offered():
    """The example with one open handover, and the cards that its people have of it."""
    opened = open_app()
    opened.assistant.take_network(read_network(EXAMPLE))
    new = Handover(
        "BLAUWE-OTTER", "overdracht", "s-devries", "w-mulder", "s-devries", "lindecollege-politie", 1, "gesprek", NOW, NOW
    )
    with opened.store.transaction():
        handovers.add(opened.store.connection, ladder.planned(new, opened.assistant.world))
    opened.assistant.due(NOW + timedelta(days=2))  # it is reminded of, with all that can be done
    yield opened
    opened.close()


@pytest.mark.parametrize(("role", "place"), list(itertools.product(("vreemde", "lid"), PLACES)))
def test_who_has_nothing_to_do_with_a_handover_changes_nothing_of_it_by_word_or_button(offered, role, place):
    who = PEOPLE[role]
    there = f"dm:{who}" if place == "dm" else place
    cards = offered.store.connection.execute("SELECT id, body FROM outbox WHERE body IS NOT NULL").fetchall()
    buttons = [(number, option["id"]) for number, body in cards for option in json.loads(body)["options"]]
    before, last = standing_row(offered), newest(offered)
    for number, deed in enumerate(DEEDS):
        for text in (f"BLAUWE-OTTER {deed}", f"{deed} BLAUWE-OTTER"):
            offered.assistant.handle(Said(f"{role}/{number}/{text}", NOW, who, there, text), NOW)
    for number, (message, option) in enumerate(buttons):
        offered.assistant.handle(Chose(f"{role}/knop/{number}", NOW, who, there, message, (option,)), NOW)

    assert len(buttons) > 5
    assert standing_row(offered) == before
    assert offered.store.failures() == []
    if role == "vreemde":
        shown = json.dumps(said(offered, last), ensure_ascii=False)
        assert not DETAILS.search(shown)
        assert not NAMES.search(shown)


def test_the_addressee_does_change_it_with_the_same_button(offered):
    cards = offered.store.connection.execute("SELECT id, body FROM outbox WHERE place = 'dm:w-mulder'").fetchall()
    message, option = next((number, one["id"]) for number, body in cards for one in json.loads(body)["options"])
    before = standing_row(offered)
    offered.assistant.handle(Chose("knop", NOW, "w-mulder", "dm:w-mulder", message, (option,)), NOW)

    assert standing_row(offered) != before


def test_files_that_are_written_out_are_for_their_owner_alone(tmp_path):
    database = tmp_path / "v.db"
    assert verbinder("import", EXAMPLE, "--yes", "--database", database).code == 0
    (tmp_path / "mensen.csv").touch(0o666)  # one that was there, for everybody to read
    (tmp_path / "mensen.csv").chmod(0o666)
    for name in ("netwerk.yaml", "mensen.csv"):
        assert verbinder("export", "--database", database, "--output", tmp_path / name).code == 0
        assert (tmp_path / name).stat().st_mode & 0o077 == 0


def short_strings(tree):
    """Every string of at most five words in a tree of YAML: what is heard, labels, names of things."""
    if isinstance(tree, str):
        return {tree} if len(tree.split()) <= 5 and "{" not in tree else set()
    many = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    return set().union(*(short_strings(one) for one in many))


WORDS = sorted(
    set().union(
        *(short_strings(yaml.safe_load(path.read_text(encoding="utf-8"))) for path in (ROOT / "knowledge" / "words").glob("*.yaml"))
    )
)


@pytest.mark.parametrize("part", range(4))
def test_no_word_or_label_that_the_assistant_knows_gives_a_stranger_a_byte_when_it_is_typed(app, part):
    before = newest(app)
    for number, text in enumerate(WORDS[part::4]):
        app.assistant.handle(
            Said(f"woord/{part}/{number}", NOW, "onbekend-4", PLACES[number % 4] if number % 4 else "dm:onbekend-4", text), NOW
        )
    replies = said(app, before)

    assert len(WORDS) > 500
    assert len(replies) >= len(WORDS[part::4])
    for body, _ in replies:
        shown = json.dumps(body, ensure_ascii=False)
        assert not DETAILS.search(shown), shown
        assert not NAMES.search(shown), shown
    assert app.store.failures() == []


@pytest.mark.parametrize("place", PLACES)
def test_no_form_of_any_conversation_and_nothing_taken_back_gives_a_stranger_a_byte(app, place):
    there, before = "dm:onbekend-5" if place == "dm" else place, newest(app)
    known = [number for (number,) in app.store.connection.execute("SELECT id FROM outbox ORDER BY id DESC LIMIT 40")]
    for flow in (*FLOWS, *CONVERSATIONS, "bestaat-niet"):
        for answers in ({}, {"aan": ("w-mulder",), "fase": ("2",)}, {"naam": ("Wendy Mulder",)}):
            for reference in ("", "BLAUWE-OTTER"):
                key = f"formulier/{place}/{flow}/{len(answers)}/{'naam' in answers}/{reference}"
                app.assistant.handle(Filled(key, NOW, "onbekend-5", there, flow, reference, answers), NOW)
    for number in known:
        app.assistant.handle(Undid(f"terug/{place}/{number}", NOW, "onbekend-5", there, number, ("neem-over",)), NOW)
        app.assistant.handle(Withdrew(f"weg/{place}/{number}", NOW, "onbekend-5", there, f"eigen/{place}/{number % 30}"), NOW)
    shown = json.dumps(said(app, before), ensure_ascii=False)

    assert not DETAILS.search(shown)
    assert not NAMES.search(shown)
    assert app.store.failures() == []


def test_no_command_that_can_be_given_for_somebody_gives_a_stranger_a_byte():
    commands = {
        name: command for name, command in get_command(cli).commands.items() if any("--as" in one.opts for one in command.params)
    }

    assert set(commands) >= {"ask"}
    for name, command in commands.items():
        texts = [[text] for text in ASKED[:6]] if any(one.param_type_name == "argument" for one in command.params) else [[]]
        for text in texts:
            done = verbinder(name, *text, "--as", "onbekend-9")
            assert not DETAILS.search(done.out + done.err), name
            assert not NAMES.search(done.out + done.err), name
