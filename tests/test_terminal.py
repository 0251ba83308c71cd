"""How answers look in a terminal: framed where that can be, plain where it cannot, and what can be typed there."""

import asyncio
import re
from dataclasses import replace
from datetime import datetime

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from adapters.picker import Picker
from adapters.terminal import Terminal, somebody
from bot.app import EXAMPLE, open_aside
from bot.messages import Envelope, Line, Option, Reply
from knowledge.network_files import read_network
from tests.command import TUESDAY, Screen, verbinder

ASK = ["ask", "wie is onze wijkagent", "--as", "y-amrani", "--at", TUESDAY]
COLOUR = re.compile(r"\x1b\[[0-9;]*(3[0-7]|4[0-7]|9[0-7])[0-9;]*m")
CODES = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture(autouse=True)
def narrow_screen(monkeypatch):
    for name in ("NO_COLOR", "FORCE_COLOR", "COLORTERM", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "64")
    monkeypatch.setenv("TERM", "xterm-256color")


def test_an_answer_is_framed_and_no_wider_than_the_screen():
    lines = CODES.sub("", verbinder(*ASK, screen=True).out).splitlines()

    assert lines == [
        "╭──────────────────────────────────────────────────────────────╮",
        "│ Bel Wendy Mulder, wijkagent                                  │",
        "│ Politie Lindewaard                                           │",
        "│ 06-55500112                                                  │",
        "│ Nu bereikbaar, tot vandaag 18:00.                            │",
        "│ Vervanger: Ahmed van Leeuwen, 06-55500113                    │",
        "│ Waarom: wijkagent voor Lindecollege. De wijkagent is voor    │",
        "│ een school het eerste aanspreekpunt bij de politie (bijlage  │",
        "│ 1)                                                           │",
        "╰──────────────────────────────────────────────────────────────╯",
    ]


def test_on_a_wide_screen_lines_stay_short_enough_to_read(monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")

    assert max(map(len, CODES.sub("", verbinder(*ASK, screen=True).out).splitlines())) == 72


def test_danger_is_red_unless_somebody_wants_no_colours(monkeypatch):
    danger = ["ask", "er wordt nu gevochten met een mes", "--as", "y-amrani", "--at", TUESDAY]

    assert COLOUR.search(verbinder(*danger, screen=True).out)

    monkeypatch.setenv("NO_COLOR", "1")
    plain = verbinder(*danger, screen=True).out
    assert not COLOUR.search(plain)
    assert "│ " in plain


def test_a_dumb_terminal_gets_plain_lines_that_break_between_words(monkeypatch):
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("COLUMNS", "40")

    assert verbinder(*ASK, screen=True).out.splitlines() == [
        "Bel Wendy Mulder, wijkagent",
        "Politie Lindewaard",
        "06-55500112",
        "Nu bereikbaar, tot vandaag 18:00.",
        "Vervanger: Ahmed van Leeuwen,",
        "06-55500113",
        "Waarom: wijkagent voor Lindecollege. De",
        "wijkagent is voor een school het eerste",
        "aanspreekpunt bij de politie (bijlage 1)",
        "",
    ]


def talk(monkeypatch, *keys, sender="j-schouten", place=None, numbers=False):
    """A conversation with these keys pressed, a moment apart; returns what stood on the screen, without frames."""
    screen, keyboard = Screen(), Screen()
    monkeypatch.setattr("sys.stdout", screen)
    monkeypatch.setattr("sys.stdin", keyboard)
    app = open_aside(read_network(EXAMPLE))

    def clock():
        return datetime.fromisoformat(TUESDAY)

    adapter = Terminal(app.assistant.world, sender, place or f"dm:{sender}", clock, numbers=numbers)
    with create_pipe_input() as pressed, create_app_session(input=pressed, output=DummyOutput()):
        asyncio.run(asyncio.wait_for(_together(app.run(adapter, clock), _press(pressed, keys)), timeout=20))
    return [line.strip("│╭╮╰╯─ ") for line in CODES.sub("", screen.getvalue()).splitlines()]


async def _press(pressed, keys):
    for some in keys:
        pressed.send_text(some)
        await asyncio.sleep(0.1)


async def _together(*tasks):
    await asyncio.gather(*tasks)


def test_the_greeting_says_who_speaks_where_and_when(monkeypatch):
    lines = talk(monkeypatch, "stop\r", sender="y-amrani", place="lindecollege-politie")

    assert " ".join(line for line in lines if line) == (
        "Je praat als Youssef Amrani, mentor van Lindecollege (School & Veiligheid Lindewaard). "
        "Je zit in het kanaal van Lindecollege. Het is dinsdag 24 november 2026, 10:00 uur. "
        "Vraag bijvoorbeeld: wie is onze wijkagent. Typ help voor meer, stop om te stoppen. Tot ziens."
    )


def test_a_stranger_is_greeted_as_one(monkeypatch):
    assert "Je praat als iemand die niet in School & Veiligheid" in talk(monkeypatch, "stop\r", sender="wie-ben-ik")


def test_a_number_chooses_from_the_answer_before(monkeypatch):
    assert "Bel Ahmed van Leeuwen, wijkagent" in talk(monkeypatch, "wie is de wijkagent\rnr 2\rstop\r")


def test_what_would_be_a_button_elsewhere_is_listed_with_the_number_to_type(monkeypatch):
    lines = talk(monkeypatch, "wie belt 06-12345678 over verzuim\r1\rstop\r", sender="y-amrani")

    assert "1. Vraag zonder die gegevens" in lines
    assert any(line.startswith("Bel ") for line in lines)


def test_what_can_be_chosen_stands_there_once_also_where_a_button_has_no_room_for_all_of_it(monkeypatch):
    lines = talk(monkeypatch, "wat betekent oranje\rstop\r")

    assert [line for line in lines if "Fase 2: wat doe je" in line] == ["1. Fase 2: wat doe je op school en daarbuiten?"]


@pytest.mark.parametrize("word", ["stop", "STOP", " exit ", "quit", "doei", "q"])
def test_a_word_of_goodbye_ends_the_conversation(monkeypatch, word):
    assert talk(monkeypatch, f"{word}\rwie is de wijkagent\r")[-2] == "Tot ziens."


def test_stop_ends_a_guided_conversation_first_and_then_the_chat(monkeypatch):
    lines = talk(monkeypatch, "quickscan\rstop\rwie is de wijkagent\rstop\rhelp\r")

    assert "Er zijn er meer met de rol wijkagent. Welke bedoel je?" in lines
    assert "Ik ben Verbinder." not in " ".join(lines)
    assert lines[-2] == "Tot ziens."


@pytest.mark.parametrize("key", ["\x03", "\x04"])
def test_control_c_and_control_d_end_the_conversation(monkeypatch, key):
    assert talk(monkeypatch, key)[-2] == "Tot ziens."


def test_control_c_takes_back_what_is_half_typed(monkeypatch):
    lines = talk(monkeypatch, "wie is de koning\x03wie is de wijkagent\rstop\r")

    assert "Er zijn er meer met de rol wijkagent. Welke bedoel je?" in lines


def test_arrow_up_brings_back_what_was_asked(monkeypatch):
    lines = talk(monkeypatch, "wie is de wijkagent\r", "\x1b[A", "\r", "stop\r")

    assert lines.count("Er zijn er meer met de rol wijkagent. Welke bedoel je?") == 2


def test_tab_completes_a_name_of_the_network(monkeypatch):
    assert "Bel Nadia Jansen, directie" in talk(monkeypatch, "bel nadi\t", "\r", "stop\r")


def test_what_people_type_is_kept_nowhere(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)

    talk(monkeypatch, "wie is de wijkagent\rstop\r")

    assert list(tmp_path.iterdir()) == []


def test_a_network_without_koppels_is_spoken_to_as_its_coordinator():
    network = read_network(EXAMPLE)

    assert somebody(network) == "s-devries"
    assert somebody(replace(network, koppels=())) == "j-schouten"


# Choosing with the arrow keys

DOWN, UP = "\x1b[B", "\x1b[A"


def test_an_arrow_and_enter_choose_from_the_list(monkeypatch):
    lines = talk(monkeypatch, "quickscan\r", DOWN * 2 + "\r", DOWN + "\r", "stop\r", "stop\r")

    assert "Waar speelt het?" in lines
    assert "Speelt een van deze ernstige feiten?" in lines


def test_space_ticks_and_enter_on_verder_submits(monkeypatch):
    serious = DOWN * 3 + " " + UP * 2 + "\r" + DOWN * 8 + "\r"  # the third by space, the first by Enter, then Verder
    lines = talk(monkeypatch, "quickscan\r", "nee\r", "1\r", serious, "terug\r", "stop\r", "stop\r")

    assert "Je koos eerder: Fysiek of verbaal geweld; Wapenbezit, ook een mes." in " ".join(lines)


def test_enter_alone_answers_nothing_and_typing_goes_on_working(monkeypatch):
    lines = talk(monkeypatch, "quickscan\r", "\r", "\r", "nee\r", "stop\r", "stop\r")

    assert lines.count("Waar speelt het?") == 1


def test_an_arrow_chooses_from_people_too(monkeypatch):
    assert "Bel Ahmed van Leeuwen, wijkagent" in talk(monkeypatch, "wie is de wijkagent\r", DOWN * 2 + "\r", "stop\r")


def test_a_question_lists_its_options_once_where_arrows_work(monkeypatch):
    assert "2. Nee" not in talk(monkeypatch, "quickscan\r", "stop\r", "stop\r")


def test_where_a_number_is_an_answer_the_options_bear_none(monkeypatch):
    picker = Picker.of(Reply("question", (), (Option("0-5", "Hooguit 5 dagen"),), numbered=False))
    lines = talk(monkeypatch, "verzuim\r", DOWN + "\r", DOWN * 2 + "\r", "1\r", "7\r", "stop\r", "stop\r")

    assert [line for _, line in picker.lines()] == ["  Hooguit 5 dagen"]
    assert "Wat voor verzuim is het?" in lines
    assert "Hoe vaak ziek gemeld in dit trimester?" in lines
    assert not {"- 12 t/m 17 jaar", "2. 12 t/m 17 jaar"} & set(lines)


@pytest.mark.parametrize("how", ["numbers", "dumb"])
def test_with_numbers_only_and_on_a_dumb_terminal_nothing_moves(monkeypatch, how):
    if how == "dumb":
        monkeypatch.setenv("TERM", "dumb")
    lines = talk(monkeypatch, "quickscan\r", DOWN * 2 + "\r", "2\r", "stop\r", "stop\r", numbers=how == "numbers")

    assert "2. Nee" in lines
    assert lines.count("Waar speelt het?") == 1


def test_numbers_only_can_be_asked_for_at_the_start(monkeypatch):
    monkeypatch.setenv("VERBINDER_NUMBERS", "1")
    done = verbinder("chat", "--at", TUESDAY, typed="quickscan\n2\n")

    assert "Waar speelt het?" in done.out


def test_what_is_on_the_screen_tells_where_the_cursor_is_and_what_is_ticked_without_colour():
    picker = Picker.of(
        Reply("question", (), (Option("a", "Appel"), Option("b", "Peer", selected=True), Option("verder", "Verder")), multiple=True)
    )
    picker.move(1)

    assert [line for _, line in picker.lines()] == ["> [ ] 1. Appel", "  [x] 2. Peer", "  3. Verder"]
    picker.move(-1)
    assert picker.cursor is None
    picker.move(9)
    assert picker.enter() == ("b",)


def test_of_what_has_come_anew_nothing_is_said_about_the_old(capsys):
    app = open_aside(read_network(EXAMPLE))
    terminal = Terminal(app.assistant.world, "s-devries", "dm:s-devries", lambda: None)
    lapsed = Reply("handover", (Line("Hiervan staat onderaan een nieuwer bericht."),), data={"lapsed": True})

    asyncio.run(terminal.send(Envelope(1, "dm:s-devries", datetime.fromisoformat(TUESDAY), lapsed)))

    assert capsys.readouterr().out == ""


def test_what_others_read_is_named_as_such_and_cannot_be_chosen_from_here(capsys):
    app = open_aside(read_network(EXAMPLE))
    terminal = Terminal(app.assistant.world, "s-devries", "dm:s-devries", lambda: None)
    card = Reply("handover", (Line("BLAUWE-OTTER"),), (Option("neem", "Neem over"),))

    for number, place in enumerate(("lindecollege-politie", "dm:w-mulder", "netwerk", "dm:s-devries")):
        asyncio.run(terminal.send(Envelope(number, place, datetime.fromisoformat(TUESDAY), card)))

    assert [line for line in capsys.readouterr().out.splitlines() if line.endswith(":")] == [
        "In het kanaal van Lindecollege staat nu:", "Wendy Mulder leest nu:", "In het kanaal van het netwerk staat nu:",
    ]  # fmt: skip
