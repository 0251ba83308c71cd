"""The driver of stories on both platforms at once: who speaks says on which. Everybody is on Matrix, most are on Slack too."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import replace

from adapters.slack.run import Slack
from knowledge.network_files import read_network
from tests.matrix.bot import EXAMPLE, Clock, Town
from tests.matrix.driver import MatrixPeople
from tests.slack_driver import SlackPeople
from tests.slack_server import SlackServer
from tests.slack_talk import BOT_TOKEN, World, furnish


class TwoTowns(Town):
    """The same people on both: on Slack they and their channels are as the network file says."""

    def __init__(self, server, folder):
        super().__init__(server, folder)
        known = read_network(EXAMPLE)
        people = tuple(replace(person, matrix=self.account(person.id)) for person in known.people)
        koppels = tuple(replace(koppel, channels=replace(koppel.channels, matrix=None)) for koppel in known.koppels)
        self.network = replace(known, people=people, koppels=koppels, channels=replace(known.channels, matrix=None))


class OnSlack:
    """How the town gets its second adapter."""

    name = "slack"

    def __init__(self, world, clock):
        self.world, self.clock = world, clock

    def __call__(self, app):
        self.world.app = app
        return Slack(app, self.world.access(), self.clock, apart=0.0)


class Both:
    """One network, one assistant, two servers. `who` is a person and the platform they use."""

    name = "beide"

    def __init__(self, town):
        self.town, self.stack, self.port = town, AsyncExitStack(), None
        self.slack_server = SlackServer(pace=0.0, retry_delays=(0.05, 0.1, 0.2))

    async def begin(self, at, people):
        self.town.clock = Clock(at)
        await self.slack_server.start()
        furnish(self.slack_server, self.town.network)
        self.world = World(self.slack_server, None, self.town.network, self.town.clock)
        self.on = {"matrix": MatrixPeople(self.town), "slack": SlackPeople(self.world)}
        await self._start()
        for name, driver in self.on.items():
            found = driver.arrive({person: places for (person, platform), places in people.items() if platform == name})
            if asyncio.iscoroutine(found):
                await found

    async def _start(self):
        await self.stack.enter_async_context(self.town.running(OnSlack(self.world, self.town.clock)))
        if not self.on["slack"].away:
            await self.slack_server.until(lambda: self.slack_server.sockets.open)

    async def say(self, who, place, text, *, thread=False):
        await self._on(who, "say", place, text, thread=thread)

    async def tap(self, who, place, labels):
        await self._on(who, "tap", place, labels)

    async def react(self, who, place, label):
        await self._on(who, "react", place, label)

    async def unreact(self, who, place, label):
        await self._on(who, "unreact", place, label)

    async def _on(self, who, act, *arguments, **more):
        person, platform = who
        await self._mark()
        await getattr(self.on[platform], act)(person, *arguments, **more)

    async def hears(self, who, place, line, *, thread=False):
        await self.on[who[1]].hears(who[0], place, line, thread=thread)

    async def heard(self, who, place):
        return await self.on[who[1]].heard(who[0], place)

    async def times(self, who, place, line):
        return await self.on[who[1]].times(who[0], place, line)

    async def _mark(self):
        await self.on["matrix"].mark()
        self.on["slack"].mark()

    async def wait(self, time):
        await self._mark()
        async for _ in self.town.passing(time):
            for driver in self.on.values():
                if not driver.away:
                    await driver.settled()

    async def restart(self):
        await self.stack.aclose()
        await self._start()

    async def server(self, *, up, of):
        await self._mark()
        self.on[of].away = not up
        if of == "matrix":
            await asyncio.to_thread(self.town.server.start if up else self.town.server.kill)
        elif up:
            await self.slack_server.start(self.port)
            await self.slack_server.until(lambda: self.slack_server.sockets.open)
        else:
            self.port = int(self.slack_server.url.rpartition(":")[2])
            await self.slack_server.stop()

    async def token(self, *, good, of):
        """The token of one platform is withdrawn; a new one needs a new start, on Matrix as a new device with the password."""
        await self._mark()
        self.on[of].away = not good
        if of == "slack":
            self.slack_server.space.tokens[BOT_TOKEN].revoked = not good
        elif good:
            (self.town.keys / "sessie.json").unlink()
        else:
            await asyncio.to_thread(self.town.server.call, "POST", "/_matrix/client/v3/logout", {}, self.town.session()["access_token"])

    async def end(self):
        await self.stack.aclose()
        await self.slack_server.stop()
