"""The assistant among people on a homeserver, in the loop of the test."""

import asyncio
import json
import secrets
import sqlite3
import subprocess
import sys
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import yaml

from adapters.matrix.access import Access, Patience, Section
from adapters.matrix.run import connected
from bot.app import open_app
from bot.service import Service
from knowledge.network_files import read_network
from tests.synapse.people import Human

ROOT = Path(__file__).parent.parent.parent
EXAMPLE = ROOT / "config" / "netwerk-voorbeeld.yaml"
START = datetime.fromisoformat("2026-11-24T10:00:00+01:00")


class Clock:
    """Runs as the loop does, from a Tuesday morning on, and can be put forward."""

    def __init__(self, start=START):
        self.start, self.zero, self.ahead = start, None, timedelta(0)

    def __call__(self):
        time = asyncio.get_running_loop().time()
        self.zero = self.zero if self.zero is not None else time
        return self.start + timedelta(seconds=time - self.zero) + self.ahead

    def forward(self, **time):
        self.ahead += timedelta(**time)


class Town:
    """A network of people who exist on this homeserver under names of their own; nobody is shared between tests."""

    def __init__(self, server, folder):
        self.server, self.folder, self.suffix = server, Path(folder), secrets.token_hex(4)
        self.clock, self.humans, self.service, self.app = Clock(), {}, None, None
        self.bot_name = f"verbinder-{self.suffix}"
        self.bot_id = server.register(self.bot_name)["user_id"]
        self.database = self.folder / "verbinder.db"
        self.patience = Patience()
        self.section = {"server": server.url, "account": self.bot_id}
        network = read_network(EXAMPLE)
        people = tuple(replace(person, slack=None, matrix=self.account(person.id)) for person in network.people)
        koppels = tuple(replace(koppel, channels=replace(koppel.channels, slack=None, matrix=None)) for koppel in network.koppels)
        self.network = replace(network, people=people, koppels=koppels, channels=replace(network.channels, slack=None, matrix=None))

    def account(self, person):
        return f"@{person}-{self.suffix}:localhost"

    def access(self):
        return Access(Section.model_validate(self.section), self.keys, f"wachtwoord-{self.bot_name}", self.patience)

    async def human(self, person):
        """Somebody of the network, or a stranger, with a phone in hand."""
        if person not in self.humans:
            self.humans[person] = await Human.arrive(self.server, f"{person}-{self.suffix}")
        return self.humans[person]

    async def answered(self, person):
        """Somebody in a direct chat with the assistant, with the answer to a first question in it."""
        human = await self.human(person)
        chat = await human.open_chat(self.bot_id)
        await human.say(chat, "wie is onze wijkagent")
        await human.hears("Bel Wendy Mulder", room=chat)
        return human, chat

    @asynccontextmanager
    async def running(self, *others):
        """The assistant, running in this loop; `others` are adapters of other platforms beside it, or make one of the app."""
        self.app = open_app(self.database, platforms=("matrix", *(other.name for other in others)))
        try:
            if self.app.store.load_network() is None:
                self.app.assistant.take_network(self.network)
            async with connected(self.app, self.access(), self.clock) as matrix:
                beside = [other(self.app) if callable(other) else other for other in others]
                self.matrix, self.service = matrix, Service(self.app, [matrix, *beside], self.clock)
                task = self.task = asyncio.create_task(self.service.run())
                try:
                    yield self
                    if task.done():
                        task.result()
                finally:
                    task.cancel()
                    await asyncio.gather(task, return_exceptions=True)
        finally:
            self.app.close()

    @property
    def keys(self):
        return self.folder / "verbinder-sleutels" / "matrix"

    async def room(self, place, *people, encrypted=True):
        """The room of a place, made by the first of these people; all are in, and the assistant too."""
        first, *others = people
        room = await first.open_chat(self.bot_id, encrypted=encrypted, invite=[human.id for human in others], direct=False)
        for human in others:
            await human.join(room)
            await first.wait_for(lambda human=human: first.sees_in(room, human.id))
        self.bind(place, room)
        for human in people:
            for other in (self.bot_id, *(one.id for one in people if one is not human)):
                await human.settle(room, other)
        return room

    async def passing(self, time):
        """Time passes: everything that falls due happens at its own moment; waits at each, so that it can be brought."""
        end = self.clock() + time
        while (due := self.app.assistant.next_due()) is not None and due <= end:
            self.clock.ahead += max(due - self.clock(), timedelta(0))
            self.app.assistant.due(self.clock())
            self.service.ring()
            yield due
        self.clock.ahead += max(end - self.clock(), timedelta(0))
        self.service.ring()
        yield end

    def later(self, **time):
        """Time passes, and what falls due happens."""
        self.clock.forward(**time)
        while (due := self.app.assistant.next_due()) is not None and due <= self.clock():
            self.app.assistant.due(self.clock())
        self.service.ring()

    async def offer(self, giver, whom, phase="1"):
        """Somebody offers a handover by typing, as quickly as can be."""
        chat = await giver.open_chat(self.bot_id)
        for text in (f"draag dit over aan {whom}", phase, "1", "1", "1", "1", "1"):
            before = len(giver.heard)
            await giver.say(chat, text)
            await giver.wait_for(lambda b=before: any(where == chat for where, _ in giver.heard[b:]))
        await giver.hears("Aangeboden aan", room=chat)
        return chat

    async def die(self, moment):
        """Runs the assistant in a process of its own until it dies at a given moment."""
        done = await asyncio.to_thread(
            subprocess.run, [sys.executable, "-m", "tests.matrix.dying", moment, self.database, self.keys, json.dumps(self.section)],
            cwd=ROOT, capture_output=True, text=True, timeout=180, check=False,
        )  # fmt: skip
        assert done.returncode == 9, done.stderr

    def received(self):
        with closing(sqlite3.connect(self.database)) as database:
            return database.execute("SELECT count(*) FROM inbox").fetchone()[0]

    def unread(self):
        return self.app.store.connection.execute("SELECT count(*) FROM unread").fetchone()[0]

    def session(self):
        return json.loads((self.keys / "sessie.json").read_text(encoding="utf-8"))

    def settings_file(self):
        path = self.folder / "verbinder.yaml"
        path.write_text(yaml.safe_dump({"platforms": {"matrix": self.section}}), encoding="utf-8")
        return path

    async def leave(self):
        for human in self.humans.values():
            await human.leave()

    def bind(self, place, room):
        """The place is this room, as `verbinder rooms` would have it."""
        from bot.routes import bind

        with self.app.store.transaction():
            bind(self.app.store.connection, "matrix", place, room)


def play(server, folder, story):
    """Plays a story (an async function of the town) with the assistant running."""

    async def all_of_it():
        town = Town(server, folder)
        try:
            async with town.running():
                await story(town)
        finally:
            await town.leave()

    asyncio.run(all_of_it())


def play_offstage(server, folder, story):
    """Plays a story that starts and stops the assistant itself."""

    async def all_of_it():
        town = Town(server, folder)
        try:
            await story(town)
        finally:
            await town.leave()

    asyncio.run(all_of_it())
