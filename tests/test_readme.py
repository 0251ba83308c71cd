"""What README shows is what people get."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

from bot.app import EXAMPLE, open_aside
from bot.cli import app
from bot.messages import Said, direct
from bot.retention import INBOX, LIVING, LOG, REFUSALS, Retention
from bot.talk.steps import SILENCE_KEPT
from knowledge.network_files import read_network
from tests.asking import moment, words

DURATIONS = {
    "zeven dagen": timedelta(days=7), "dertig dagen": timedelta(days=30), "een jaar": timedelta(days=365), "half uur": timedelta(minutes=30),
    "zestig dagen": timedelta(days=60), "twee weken": timedelta(days=14),
}  # fmt: skip
README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def test_the_conversation_in_readme_goes_as_it_stands_there():
    block = re.search(r"```text\n(.*?)\n```", README, re.DOTALL)[1]
    talk, at = open_aside(read_network(EXAMPLE)), moment("2026-11-24T10:00:00+01:00")
    for number, part in enumerate(re.split(r"(?:^|\n\n)> ", block)[1:]):
        question, _, expected = part.partition("\n")
        talk.assistant.handle(Said(str(number), at, "y-amrani", direct("y-amrani"), question), at)

        assert talk.store.outbox.last_said_to(direct("y-amrani"), "y-amrani").reply.text == expected


def test_the_terms_that_readme_and_the_assistant_promise_are_those_of_the_code():
    kept = re.search(r"\| wat \| hoe lang \|.*?\n\n", README, re.DOTALL)[0]
    told = " ".join(words().list("algemeen.bewaren"))
    terms = {"zeven dagen": Retention().messages, "dertig dagen": Retention().results, "een jaar": LOG}
    for promised, meant in (*terms.items(), ("dertig dagen", INBOX), ("half uur", REFUSALS), ("zestig dagen", LIVING), ("twee weken", SILENCE_KEPT)):
        assert DURATIONS[promised] == meant
        assert promised in kept
    assert [promised for promised in terms if promised not in told] == []


def test_readme_names_every_command_and_no_other():
    commands = {command.name or command.callback.__name__ for command in app.registered_commands}
    table = re.search(r"\| opdracht \|.*?\n\n", README, re.DOTALL)[0]

    assert set(re.findall(r"`([a-z]+)[^`]*`(?=[,`| ].*\|)", table)) & commands == commands
