"""One transcript for each story in tests/dialogs: what somebody says, and word for word what they hear.

    # netwerk: config/netwerk-voorbeeld.yaml      the settings, which hold until the next ones
    # als: y-amrani   # in: dm   # op: 2026-11-24T10:00+01:00
    > wie is onze wijkagent                        somebody says
    * Wendy Mulder                                 somebody taps the newest option with this label
    < Bel Wendy Mulder, wijkagent                  the assistant says
    -- a line about the story, for the reader

`pytest tests/test_dialogs.py --update-dialogs` writes down what is said now. Read all of it aloud before you commit.
"""

import asyncio
import re
from datetime import datetime
from pathlib import Path

import pytest

from adapters.jsonlines import place_of
from bot.app import open_aside
from bot.deliver import deliver
from bot.messages import Chose, Said
from knowledge.network_files import read_network

ROOT = Path(__file__).parent.parent
DIALOGS = sorted((ROOT / "tests" / "dialogs").glob("*.txt"))
SETTING = re.compile(r"#\s*(netwerk|als|in|op):\s*(\S+)")


class Listener:
    """The port with somebody who hears everything."""

    name = ""

    def __init__(self):
        self.heard = []

    async def listen(self, receive):
        pass

    async def send(self, envelope):
        self.heard.append(envelope)
        return f"m{envelope.message}"


class Dialog:
    """Somebody in conversation with the assistant."""

    def __init__(self):
        self.settings = {}
        self.app = None
        self.listener = Listener()
        self.count = 0

    def settle(self, line):
        found = dict(SETTING.findall(line))
        self.settings |= found
        if "netwerk" in found:
            self.app = open_aside(read_network(ROOT / found["netwerk"]))

    def say(self, text):
        return self._hear(Said(*self._envelope(), text))

    def tap(self, label):
        message, option = next(
            (one, option.id) for one in reversed(self.listener.heard) for option in one.reply.options if option.label == label
        )
        return self._hear(Chose(*self._envelope(), message.message, (option,)))

    def _envelope(self):
        self.count += 1
        sender = self.settings.get("als")
        place = place_of(self.settings.get("in"), sender, self.app.assistant.world.network)
        return f"dialog/{self.count}", datetime.fromisoformat(self.settings["op"]), sender, place

    def _hear(self, inbound):
        self.app.assistant.due(inbound.at)  # what comes by itself meanwhile is no answer
        asyncio.run(deliver(self.app.store, self.listener, lambda: inbound.at))
        before = len(self.listener.heard)
        asyncio.run(self.app.answer(self.listener, inbound, lambda: inbound.at))
        return [line for envelope in self.listener.heard[before:] for line in envelope.reply.text.split("\n")]


def replayed(script):
    """The script with the answers of now in the place of those that stand in it."""
    dialog, found = Dialog(), []
    for line in script.splitlines():
        if line.startswith("<"):
            continue
        found.append(line)
        if line.startswith("#"):
            dialog.settle(line)
        if line.startswith((">", "*")):
            act = dialog.say if line[0] == ">" else dialog.tap
            found += [f"< {answer}".rstrip() for answer in act(line[1:].strip())]
    return "\n".join(found) + "\n"


@pytest.mark.parametrize("path", DIALOGS, ids=lambda path: path.stem)
def test_the_story_goes_as_it_is_written_down(path, request):
    script = path.read_text(encoding="utf-8")
    now = replayed(script)
    if request.config.getoption("--update-dialogs"):
        path.write_text(now, encoding="utf-8")
        return

    assert now.splitlines() == script.splitlines()


def test_there_is_a_transcript_for_every_story():
    assert len(DIALOGS) >= 12
