"""The assistant among people on a homeserver, in the loop of the test."""

import asyncio
import itertools
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from adapters.matrix.access import Access, Section
from adapters.matrix.run import connected
from bot.app import open_app
from bot.service import Service
from knowledge.network_files import read_network
from tests.synapse.people import Human

EXAMPLE = Path(__file__).parent.parent.parent / "config" / "netwerk-voorbeeld.yaml"
START = datetime.fromisoformat("2026-11-24T10:00:00+01:00")
numbers = itertools.count(1)


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
        self.server, self.folder, self.suffix = server, Path(folder), f"t{next(numbers)}"
        self.clock, self.humans, self.service, self.app = Clock(), {}, None, None
        self.bot_name = f"verbinder-{self.suffix}"
        self.bot_id = server.register(self.bot_name)["user_id"]
        self.database = self.folder / "verbinder.db"
        self.section = {"server": server.url, "account": self.bot_id}
        network = read_network(EXAMPLE)
        people = tuple(replace(person, slack=None, matrix=self.account(person.id)) for person in network.people)
        koppels = tuple(replace(koppel, channels=replace(koppel.channels, slack=None, matrix=None)) for koppel in network.koppels)
        self.network = replace(network, people=people, koppels=koppels, channels=replace(network.channels, slack=None, matrix=None))

    def account(self, person):
        return f"@{person}-{self.suffix}:localhost"

    def access(self):
        return Access(Section.model_validate(self.section), self.folder / "matrix", f"wachtwoord-{self.bot_name}")

    async def human(self, person):
        """Somebody of the network, or a stranger, with a phone in hand."""
        if person not in self.humans:
            self.humans[person] = await Human.arrive(self.server, f"{person}-{self.suffix}")
        return self.humans[person]

    @asynccontextmanager
    async def running(self):
        """The assistant, running in this loop."""
        self.app = open_app(self.database, platforms=("matrix",))
        try:
            if self.app.store.load_network() is None:
                self.app.assistant.take_network(self.network)
            async with connected(self.app, self.access(), self.clock) as matrix:
                self.matrix, self.service = matrix, Service(self.app, [matrix], self.clock)
                task = asyncio.create_task(self.service.run())
                try:
                    yield self
                    if task.done():
                        task.result()
                finally:
                    task.cancel()
                    await asyncio.gather(task, return_exceptions=True)
        finally:
            self.app.close()

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
