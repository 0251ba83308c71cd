"""The real `verbinder run` on a platform, killed at random moments while people ask; the platform is asked what they were told."""

import asyncio
import random
import signal
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from bot.app import EXAMPLE, open_app, open_aside, take_network
from bot.messages import Said, direct
from knowledge.network_files import read_network
from tests.networks import day_and_night
from tests.torture.nursery import Nursery
from tests.torture.story import GIVER, START, TAKER

PATIENCE = 120
"""Seconds without anything new after which what has not come is lost."""
OFFER = ("draag dit over aan Wendy Mulder", "2", "1", "1", "1", "1", "ja")


@dataclass
class Count:
    """What came of it."""

    deaths: int = 0
    answers: int = 0
    lost: int = 0
    double: int = 0
    strange: int = 0
    states: int = 0


def furnished(folder, platform, account):
    """A database whose people all have an account there, and no other; `account` makes it from the id of a person."""
    database, example = Path(folder) / f"{platform}.db", day_and_night(read_network(EXAMPLE))
    people = tuple(replace(one, **{"slack": None, "matrix": None, platform: account(one.id)}) for one in example.people)
    koppels = tuple(replace(one, channels=replace(one.channels, slack=None, matrix=None)) for one in example.koppels)
    network = replace(example, people=people, koppels=koppels, channels=replace(example.channels, slack=None, matrix=None))
    with closing(open_app(database, platforms=(platform,))) as app:
        take_network(app, None, network, START)
    return database, network


def questions(network):
    """Questions of which each has an answer of its own, with the first line of it, as nobody disturbs it."""
    found = {}
    for one in network.people:
        with closing(open_aside(network)) as app:
            text, asker = f"wat is het nummer van {one.name}", askers_of(network, 1)[0]
            app.assistant.handle(Said("e", START, asker, direct(asker), text), START)
            line = app.store.outbox.last_said_to(direct(asker), asker).reply.lines[0].text
            if line.startswith(f"Bel {one.name}"):
                found[text] = line
    return list(found.items())


def handovers(database):
    """The state of each, and how many steps it has been through."""
    with closing(sqlite3.connect(database)) as connection:
        return sorted(
            connection.execute(
                "SELECT state, holder, (SELECT count(*) FROM handover_event WHERE reference = handover.reference) FROM handover"
            )
        )


class Trial:
    """One workspace or homeserver, and the deaths of the assistant in it.

    `world` has: `database`, `env`, `says(person, text)`, `heard(person)` (all that somebody was told, first lines), `changed()`.
    """

    def __init__(self, world, network, askers, seed=1):
        self.world, self.network, self.askers, self.chance = world, network, askers, random.Random(seed)
        self.count, self.expected, self.begun = Count(), {one: Counter() for one in askers}, 0
        self.questions = questions(network)

    async def run(self, deaths, status, span=(0.05, 1.5)):
        """So many deaths, or a few more; then it lives until everybody has been told everything."""
        nursery = await Nursery.open()
        try:
            while self.count.deaths < deaths:
                talking = [asyncio.ensure_future(self._asks(person)) for person in self.askers]
                talking.append(asyncio.ensure_future(self._hands_over()))
                while self.count.deaths < deaths and not all(one.done() for one in talking):
                    await self._life(nursery, self.chance.uniform(*span))
                    status(self.count.deaths)
                await nursery.start(*self._how())
                await asyncio.wait_for(asyncio.gather(*talking), 600)
                await self._until_quiet()
                code = await nursery.end(signal.SIGTERM)
                assert code == 0, f"it was told to stop and ended with {code}"
        finally:
            await nursery.close()
        return self._counted()

    def _how(self):
        run = ["run", "--database", self.world.database, "--monitor", "uit"]
        return run, self.world.env, self.world.database.with_suffix(".log")

    async def _life(self, nursery, seconds):
        await nursery.start(*self._how())
        await asyncio.sleep(seconds)
        await nursery.end(signal.SIGKILL)
        self.count.deaths += 1

    async def _asks(self, person):
        own = self.network.person_by_id[person].name
        for text, line in self.chance.sample([one for one in self.questions if own not in one[0]], 5):
            self.expected[person][line] += 1
            await self.world.says(person, text)
            await asyncio.sleep(self.chance.uniform(0, 1))

    async def _hands_over(self):
        """Step by step: who hands over waits for each answer."""
        self.begun += 1
        for text in OFFER:
            before = len(self.world.heard(GIVER))
            await self.world.says(GIVER, text)
            await self.world.until(lambda before=before: len(self.world.heard(GIVER)) > before, 300)

    def _missing(self):
        return sum((wanted - self._got(person)).total() for person, wanted in self.expected.items())

    def _got(self, person):
        return Counter(line for line in self.world.heard(person) if line in self.expected[person])

    async def _until_quiet(self):
        """Everything came, and a little longer for what comes double; or nothing came for long."""
        left, since = self._missing(), 0.0
        while left and since < PATIENCE:
            await asyncio.sleep(0.5)
            await self.world.look()
            now = self._missing()
            since, left = (0.0 if now != left else since + 0.5), now
        await asyncio.sleep(1.5)
        await self.world.look()

    def _counted(self):
        count = self.count
        for person, wanted in self.expected.items():
            got = self._got(person)
            count.answers += got.total()
            count.lost += (wanted - got).total()
            count.double += (got - wanted).total()
            count.strange += len(self.world.heard(person)) - got.total()
        count.states = abs(len(handovers(self.world.database)) - self.begun) + len(set(handovers(self.world.database))) - 1
        return count


def askers_of(network, count):
    """People who ask: not those between whom a handover goes."""
    return [one.id for one in network.people if one.id not in {GIVER, TAKER} and one.serves_on(START.date())][:count]
