"""The driver of stories at the terminal: everybody with a keyboard and a screen of their own, on one database."""

import asyncio
import re
import sys
from contextlib import ExitStack

from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from adapters.terminal import Terminal
from bot.app import EXAMPLE, open_app
from bot.deliver import deliver
from knowledge.network_files import read_network
from tests.command import Screen

DOWN = "\x1b[B"
FRAME = re.compile(r"\x1b\[[0-9;]*m|[│╭╮╰╯─]")


class Seat:
    """Somebody at a terminal, in one place: the adapter as `verbinder chat` runs it, and what it put on the screen for whom."""

    name = ""

    def __init__(self, app, person, place, clock, said):
        self.app, self.place, self.clock, self.said = app, place, clock, said
        self.terminal = Terminal(app.assistant.world, person, place, clock)
        self.offered = None
        self.done = asyncio.Event()
        self.stack = ExitStack()
        self.keyboard = self.stack.enter_context(create_pipe_input())
        self.stack.enter_context(create_app_session(input=self.keyboard, output=DummyOutput()))
        self.task = asyncio.ensure_future(app.run(self, clock))

    async def listen(self, receive):
        async def heard(inbound, along=None):
            await receive(inbound, along)
            self.done.set()

        await self.terminal.listen(heard)

    async def send(self, envelope):
        before = len(sys.stdout.getvalue())
        remote = await self.terminal.send(envelope)
        self.said.append((envelope.place, plain(sys.stdout.getvalue()[before:])))
        if envelope.place == self.place:
            self.offered = envelope.reply
        return remote

    async def press(self, keys):
        self.done.clear()
        self.keyboard.send_text(keys)
        waiting = asyncio.ensure_future(self.done.wait())
        await asyncio.wait((waiting, self.task), timeout=20, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        assert self.done.is_set(), f"geen antwoord op {keys!r}"

    async def leave(self):
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)
        self.stack.close()


class AtTerminal:
    """What comes by itself is seen at the terminal at which somebody typed last: nothing is typed there meanwhile.

    There are no threads, reactions, forms or servers, and no others to talk to: what is said there is said to the assistant.
    """

    name = "terminal"

    def __init__(self, database, monkeypatch):
        self.database, self.seats, self.said, self.mark, self.last = database, {}, [], 0, None
        monkeypatch.setattr("sys.stdout", Screen())
        monkeypatch.setattr("sys.stdin", Screen())
        monkeypatch.setenv("COLUMNS", "100")
        monkeypatch.setenv("TERM", "xterm-256color")
        monkeypatch.setenv("NO_COLOR", "1")

    async def begin(self, at, people):
        self.at = at
        self.app = open_app(self.database)
        self.app.assistant.take_network(read_network(EXAMPLE))
        self._seat(next(iter(people)), "dm")

    async def say(self, person, place, text, *, thread=False):
        await self._press(person, place, f"{text}\r")

    async def tap(self, person, place, labels):
        """With the arrow keys, where the list is on this screen; else by typing what stands on it."""
        offered = self._seat(person, place).offered
        known = {option.label: number for number, option in enumerate(offered.options, start=1)} if offered else {}
        if not set(labels) <= set(known):
            await self._press(person, place, f"{', '.join(labels)}\r")
        elif offered.multiple:
            steps = [known[label] for label in labels]
            moved = [step - before for before, step in zip([0, *steps], steps, strict=False)]
            down = len(offered.options) - steps[-1]
            await self._press(person, place, "".join(f"{DOWN * count} " for count in moved) + DOWN * down + "\r")
        else:
            await self._press(person, place, f"{DOWN * known[labels[0]]}\r")

    async def hears(self, person, place, line, *, thread=False):
        found = await self.heard(person, place)
        assert " ".join(line.split()) in found, f"gehoord:\n{found}"

    async def heard(self, person, place):
        where = _place(person, place)
        return " ".join(text for heard, text in self.said[self.mark :] if heard == where)

    async def wait(self, time):
        self.mark = len(self.said)
        end = self.at + time
        while (due := self.app.assistant.next_due()) is not None and due <= end:
            self.at = due
            self.app.assistant.due(due)
            await deliver(self.app.store, self._seat(*self.last), lambda: self.at)
        self.at = end

    async def restart(self):
        await self._leave()
        self.app.close()
        self.app = open_app(self.database)

    async def end(self):
        await self._leave()
        self.app.close()

    async def _press(self, person, place, keys):
        self.mark = len(self.said)
        await self._seat(person, place).press(keys)

    def _seat(self, person, place):
        if (person, place) not in self.seats:
            self.seats[person, place] = Seat(self.app, person, _place(person, place), lambda: self.at, self.said)
        self.last = person, place
        return self.seats[person, place]

    async def _leave(self):
        for seat in reversed(self.seats.values()):
            await seat.leave()
        self.seats.clear()


def _place(person, place):
    return f"dm:{person}" if place == "dm" else place


def plain(shown):
    """What stands on a screen, without frames and without the breaks that its width makes."""
    return " ".join(FRAME.sub(" ", shown).split())
