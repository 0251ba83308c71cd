"""A conversation in the terminal: with history and completion where there is one, plain lines in and out where there is none."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from bot.messages import Said, direct
from bot.rights import is_coordinator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from prompt_toolkit.completion import CompleteEvent, Completion
    from prompt_toolkit.document import Document

    from bot.app import App
    from bot.context import World
    from bot.messages import Envelope, Inbound
    from bot.words import Words
    from knowledge.network import Network

STYLES = {
    "plain": "", "headline": "bold", "person": "bold", "number": "bold cyan", "note": "italic", "reason": "dim",
    "alarm": "bold white on red", "list": "",
}  # fmt: skip
BORDERS = {"urgent": "red", "refusal": "yellow", "notfound": "yellow", "choice": "magenta"}
NOBODY = "terminal"


def somebody(network: Network) -> str | None:
    """Whom a newcomer speaks as: a contact of the first koppel at its school, else its coordinator."""
    for koppel in network.koppels:
        for contact in koppel.contacts:
            if network.person_by_id[contact].organisation == koppel.school:
                return contact
    return next((person.id for person in network.people if is_coordinator(person)), None)


class Terminal:
    """The adapter for one person at one terminal."""

    def __init__(
        self, world: World, words: Words, sender: str | None, place: str | None, clock: Callable[[], datetime]
    ) -> None:
        self._world = world
        self._words = words
        self._sender = sender
        self._place = direct(sender or NOBODY) if place in (None, "dm") else str(place)
        self._clock = clock
        self._console = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
        self._count = 0

    async def listen(self, receive: Callable[[Inbound], None]) -> None:
        """Every line of a pipe, until it ends."""
        for line in sys.stdin:
            if line.strip():
                receive(self._said(line.strip()))

    async def send(self, envelope: Envelope) -> str:
        self.show(envelope)
        return f"m{envelope.message}"

    def show(self, envelope: Envelope) -> None:
        """Lays a reply out where there is a terminal, and prints it as plain text where there is none."""
        reply = envelope.reply
        if not self._console.is_terminal:
            self._console.print(reply.text, markup=False)
            self._console.print()
            return
        text = Text()
        for number, line in enumerate(reply.lines):
            text.append(("\n" if number else "") + line.text, style=STYLES[line.style])
        self._console.print(Panel(text, border_style=BORDERS.get(reply.kind, "blue"), expand=False, width=min(self._console.width, 64)))

    def _said(self, text: str) -> Said:
        self._count += 1
        now = self._clock()
        return Said(f"terminal/{now.isoformat()}/{self._count}", now, self._sender, self._place, text)

    async def talk(self, app: App) -> None:
        """The conversation, until the person stops."""
        if not sys.stdin.isatty():
            for line in sys.stdin:
                if line.strip():
                    await app.answer(self, self._said(line.strip()), self._clock)
            return
        from prompt_toolkit import PromptSession  # noqa: PLC0415 - only where there is a terminal
        from prompt_toolkit.history import InMemoryHistory  # noqa: PLC0415

        self._greet()
        # The history lives as long as the conversation: what people type is never kept in a file.
        session: PromptSession[str] = PromptSession(history=InMemoryHistory(), completer=_completer(self._world))
        stops = set(self._words.list("terminal.stoppen"))
        while True:
            try:
                text = (await session.prompt_async("> ")).strip()
            except (EOFError, KeyboardInterrupt):
                break
            if text.lower() in stops:
                break
            if text:
                await app.answer(self, self._said(text), self._clock)
        self._console.print(self._words.say("terminal.dag"))

    def _greet(self) -> None:
        network = self._world.network
        person = network.person_by_id.get(self._sender or "")
        if person:
            role = self._world.library.roles[person.roles[0]].name
            who = self._words.say(
                "terminal.als", naam=person.name, rol=role, organisatie=network.organisation_of(person).name, netwerk=network.name
            )
        else:
            key = "terminal.als-vreemde" if self._sender else "terminal.als-beheerder"
            who = self._words.say(key, netwerk=network.name)
        self._console.print(Panel(Text(who + "\n" + self._words.say("terminal.uitleg")), border_style="blue", expand=False))


def _completer(world: World):  # type: ignore[no-untyped-def]  # noqa: ANN202 - a class of a library that loads late
    from prompt_toolkit.completion import Completer, Completion  # noqa: PLC0415 - only where there is a terminal

    names = sorted(
        {organisation.name for organisation in world.network.organisations}
        | {person.name for person in world.network.people}
        | {role.name for role in world.library.roles.values()}
    )

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
