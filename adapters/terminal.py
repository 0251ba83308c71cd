"""A conversation in the terminal: history, completion and panels where it has them, plain lines where it has not."""

from __future__ import annotations

import os
import sys
from shutil import get_terminal_size
from textwrap import wrap
from typing import TYPE_CHECKING
from uuid import uuid4

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from adapters.picker import Picker, bindings
from bot.messages import Chose, Line, NobodyReads, Said
from bot.rights import is_coordinator, standing
from bot.say import DAYS, date_in_words

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
    from datetime import datetime

    from prompt_toolkit.completion import CompleteEvent, Completer, Completion
    from prompt_toolkit.document import Document

    from bot.context import World
    from bot.messages import Envelope, Inbound, Reply
    from knowledge.network import Network

STYLES = {
    "plain": "", "headline": "bold", "person": "bold", "number": "bold cyan", "note": "italic", "reason": "dim",
    "alarm": "bold white on red", "list": "",
}  # fmt: skip
BORDERS = {"urgent": "red", "refusal": "yellow", "notfound": "yellow", "choice": "magenta"}
WIDEST = 72
"""Columns of a panel: longer lines are hard to read."""


def somebody(network: Network) -> str | None:
    """Whom a newcomer speaks as: a contact of the first koppel at its school, else its coordinator."""
    for koppel in network.koppels:
        for contact in koppel.contacts:
            if network.person_by_id[contact].organisation == koppel.school:
                return contact
    return next((person.id for person in network.people if is_coordinator(person)), None)


class Terminal:
    """The adapter for one person at one terminal, in one place."""

    name = ""

    def __init__(
        self, world: World, sender: str | None, place: str, clock: Callable[[], datetime], *, numbers: bool = False
    ) -> None:
        """`numbers`: what can be chosen is typed by its number, and nothing on the screen moves."""
        self._world = world
        self._sender = sender
        self._place = place
        self._clock = clock
        self._asked = False
        # What is not a terminal that can be drawn on gets plain lines: pipes, files, braille, a dumb terminal.
        self._draws = sys.stdout.isatty() and os.environ.get("TERM") not in {"dumb", "unknown"}
        self._console = Console(highlight=False, emoji=False, markup=False)
        self._arrows = self._draws and sys.stdin.isatty() and not numbers
        self._offered: Envelope | None = None

    async def listen(self, receive: Callable[[Inbound], Awaitable[None]]) -> None:
        """Every line that is typed, or that comes out of a pipe, until it ends or somebody says stop."""
        stops = set(self._world.words.list("terminal.stoppen"))
        typed = sys.stdin.isatty() and sys.stdout.isatty()
        if typed:
            self._greet()
        async for line in self._typed() if typed else _piped():
            if not isinstance(line, str):
                await receive(self._chose(line))
                continue
            text = line.strip()
            if text.lower() in stops and not (self._asked and text.lower() == "stop"):
                break
            if text:
                await receive(self.said(text))
        if typed:
            self._print(self._world.words.say("terminal.dag"))

    async def send(self, envelope: Envelope) -> str:
        try:
            return self._send(envelope)
        except BrokenPipeError as gone:  # the reader has seen enough: `verbinder ask … | head`
            raise NobodyReads from gone

    def _send(self, envelope: Envelope) -> str:
        if envelope.reply.data.get("lapsed"):  # nothing is taken away from a screen, and what came in its place follows
            return f"m{envelope.message}"
        self._asked = envelope.reply.kind == "question"  # then "stop" is an answer: the guided conversation ends, not this
        if envelope.place != self._place:
            self._print(self._elsewhere(envelope.place))
            self._offered = None  # a number that is typed here is never meant for a message somewhere else
        else:
            self._offered = envelope if envelope.reply.options else None
        self.show(envelope.reply)
        return f"m{envelope.message}"

    def _elsewhere(self, place: str) -> str:
        """Who reads what follows, when that is not whoever sits here."""
        say, network = self._world.words.say, self._world.network
        if place in network.koppel_by_id:
            return say("terminal.daar", plek=network.organisation_by_id[network.koppel_by_id[place].school].name)
        person = network.person_by_id.get(place.removeprefix("dm:"))
        return say("terminal.daar-iemand", naam=person.name) if person else say("terminal.daar-netwerk")

    def said(self, text: str) -> Said:
        """What is typed here and now, as a message."""
        return Said(f"terminal/{uuid4()}", self._clock(), self._sender, self._place, text)

    def _chose(self, options: tuple[str, ...]) -> Chose:
        assert self._offered is not None
        return Chose(f"terminal/{uuid4()}", self._clock(), self._sender, self._place, self._offered.message, options)

    def show(self, reply: Reply) -> None:
        """Lays a reply out where that can be; prints it plainly, with an empty line after it, where it cannot."""
        sort = "terminal.bestand-evaluatie" if reply.file and reply.file.name.endswith(".csv") else "terminal.bestand"
        kept = [Line(self._world.words.say(sort, naam=reply.file.name), "note")] if reply.file else []
        lines = (*reply.lines, *kept, *_left_out(reply))
        if not self._draws:
            self._print("\n".join(line.text for line in lines))
            return
        if self._offered and self._arrows and reply.kind == "question":  # the list itself follows, to move about in
            numbered = {f"{number}. {option.label}" for number, option in enumerate(reply.options, start=1)}
            told = numbered | {f"- {option.label}" for option in reply.options} | {self._world.words.say("gesprek.kies-een")}
            lines = tuple(line for line in reply.lines if line.text not in told)
        text = Text()
        for number, line in enumerate(lines):
            text.append("\n" if number else "")
            text.append(line.text, style=STYLES[line.style])
        self._panel(text, BORDERS.get(reply.kind, "blue"))

    def _completer(self) -> Completer:
        today = self._clock().astimezone(self._world.network.zone).date()
        return completer(self._world, known=standing(self._world.network, self._sender, self._place, today) != "vreemde")

    async def _typed(self) -> AsyncIterator[str | tuple[str, ...]]:
        """What is typed, or the ids of what is chosen from the list with the arrow keys."""
        from prompt_toolkit import PromptSession  # noqa: PLC0415 - only where there is a terminal
        from prompt_toolkit.history import InMemoryHistory  # noqa: PLC0415

        # The history lives as long as the conversation: what people type is never kept in a file.
        session: PromptSession[str | tuple[str, ...]] = PromptSession(
            history=InMemoryHistory(), completer=self._completer(), complete_while_typing=False
        )
        current = [Picker()]
        keys = bindings(session, current)
        while True:
            current[0] = Picker.of(self._offered.reply) if self._offered and self._arrows else Picker()
            try:
                yield await session.prompt_async(lambda: current[0].prompt(self._world.words), key_bindings=keys)
            except KeyboardInterrupt:  # takes back what was half typed, and ends the conversation when there is nothing
                if not session.default_buffer.text:
                    return
            except EOFError:
                return

    def _greet(self) -> None:
        world, words, network = self._world, self._world.words, self._world.network
        person = network.person_by_id.get(self._sender or "")
        if person:
            role, organisation = world.library.roles[person.roles[0]].name, network.organisation_of(person).name
            who = words.say("terminal.als", naam=person.name, rol=role, organisatie=organisation, netwerk=network.name)
        else:
            who = words.say("terminal.als-vreemde" if self._sender else "terminal.als-beheerder", netwerk=network.name)
        lines = [who]
        if self._place in network.koppel_by_id:
            school = network.koppel_by_id[self._place].school
            lines.append(words.say("terminal.in", plek=network.organisation_by_id[school].name))
        lines += [self._time(), words.say("terminal.uitleg")]
        if self._draws:
            self._panel(Text("\n".join(lines)), "blue")
        else:
            self._print("\n".join(lines))

    def _time(self) -> str:
        at = self._clock().astimezone(self._world.network.zone)
        day = f"{DAYS[at.weekday()]} {date_in_words(at.date(), at.date())} {at.year}"
        return self._world.words.say("terminal.tijd", dag=day, tijd=f"{at:%H:%M}")

    def _print(self, text: str) -> None:
        """Plain lines with an empty one after them; on a screen they break between words, in a pipe they do not."""
        lines = text.splitlines()
        if sys.stdout.isatty():
            lines = [part for line in lines for part in wrap(line, get_terminal_size().columns) or [""]]
        print("\n".join(lines), end="\n\n", flush=True)  # noqa: T201 - this is where the terminal is written to

    def _panel(self, text: Text, border: str) -> None:
        width = min(self._console.width, WIDEST)
        self._console.print(Panel(text, border_style=border, width=width, padding=(0, 1)))


def _left_out(reply: Reply) -> list[Line]:
    """What can be chosen without the text saying so: here there is no button, so it is listed with the number to type."""
    options = enumerate(reply.options, start=1)
    return [Line(f"{number}. {option.label}", "list") for number, option in options if option.label.rstrip("…") not in reply.text]


async def _piped() -> AsyncIterator[str]:
    for line in sys.stdin:
        yield line


def completer(world: World, *, known: bool) -> Completer:
    """Completes names of the network and roles; to somebody who is not `known` there, roles only."""
    from prompt_toolkit.completion import Completer, Completion  # noqa: PLC0415 - only where there is a terminal

    network = world.network
    members = {one.name for one in network.organisations} | {one.name for one in network.people}
    names = sorted((members if known else set()) | {role.name for role in world.library.roles.values()})

    class Names(Completer):
        """Completes the word being typed to a name of the network or a role."""

        def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:  # noqa: ARG002
            word = document.get_word_before_cursor()
            if len(word) < 2:
                return
            for name in names:
                if any(part.lower().startswith(word.lower()) for part in name.split()):
                    yield Completion(name, start_position=-len(word))

    return Names()
