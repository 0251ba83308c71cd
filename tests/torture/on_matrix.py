"""The trial on a real homeserver, in encrypted chats, with people who have a real client."""

import asyncio
import logging
import signal
import time
from contextlib import asynccontextmanager

import aiohttp
import yaml

from tests.synapse.people import Human, text_of
from tests.synapse.server import Synapse
from tests.torture.nursery import Nursery
from tests.torture.real import GIVER, Trial, askers_of, furnished

ASKERS = 5
BOT = "verbinder"


class Homeserver:
    """What a trial needs to know of it. Each phone looks by itself."""

    def __init__(self, server, database):
        self.server, self.database, self.people, self.rooms, self.looking = server, database, {}, {}, []
        self.bot = server.register(BOT)["user_id"]
        settings = database.with_suffix(".yaml")
        settings.write_text(yaml.safe_dump({"platforms": {"matrix": {"server": server.url, "account": self.bot}}}), encoding="utf-8")
        settings.chmod(0o600)
        self.env = {"VERBINDER_SETTINGS": str(settings), "VERBINDER_MATRIX_PASSWORD": f"wachtwoord-{BOT}"}

    async def gather(self, people):
        """Everybody opens a chat with the assistant, while it lives."""
        nursery = await Nursery.open()
        await nursery.start(["run", "--database", self.database, "--monitor", "uit"], self.env, self.database.with_suffix(".log"))
        for person in people:
            human = self.people[person] = await Human.arrive(self.server, person)
            self.rooms[person] = await human.open_chat(self.bot)
            self.looking.append(asyncio.ensure_future(self._look(human)))
        assert await nursery.end(signal.SIGTERM) == 0
        await nursery.close()

    async def _look(self, human):
        while True:
            try:
                await human.look(wait=300)
            except aiohttp.ClientError:  # cut off in the middle of an answer: nio tries that again only where there was none
                await asyncio.sleep(0.2)

    async def leave(self):
        for one in self.looking:
            one.cancel()
        await asyncio.gather(*self.looking, return_exceptions=True)
        for human in self.people.values():
            await human.leave()

    async def says(self, person, text):
        await self.people[person].say(self.rooms[person], text)

    def heard(self, person):
        """Of a message that was changed later only the first version counts; one that cannot be read counts too."""
        said = [event for room, event in self.people[person].heard if room == self.rooms[person] and event.sender == self.bot]
        return [text_of(one).partition("\n")[0] for one in said if _is_message(one.source)]

    async def look(self):
        """Raises what a phone stumbled over: what it does not see is not lost."""
        await asyncio.sleep(0)
        for one in self.looking:
            if one.done():
                one.result()

    async def until(self, seen, seconds):
        end = time.monotonic() + seconds
        while not (found := seen()):
            assert time.monotonic() < end, "it did not happen in time"
            await asyncio.sleep(0.1)
        return found


def _is_message(source):
    kinds = {"m.room.message", "m.room.encrypted", "org.matrix.msc3381.poll.start"}
    return source.get("type") in kinds and source.get("content", {}).get("m.relates_to", {}).get("rel_type") != "m.replace"


@asynccontextmanager
async def homeserver(folder):
    """A homeserver of its own in this folder."""
    server = await asyncio.to_thread(Synapse(folder).start)
    try:
        yield server
    finally:
        await asyncio.to_thread(server.stop)


async def trial(folder, deaths, status):
    """So many deaths under load; what was counted."""
    logging.getLogger("nio").setLevel(logging.CRITICAL)  # a phone that is behind with its keys says so at every look
    database, network = furnished(folder, "matrix", lambda person: f"@{person}:localhost")
    async with homeserver(database.parent / "synapse") as server:
        world, askers = Homeserver(server, database), askers_of(network, ASKERS)
        try:
            await world.gather([*askers, GIVER])
            return await Trial(world, network, askers).run(deaths, status, span=(0.3, 4.0))
        finally:
            await world.leave()
