"""The driver without a platform: the core over a database file, as `simulate` plays it."""

import asyncio

from bot.app import EXAMPLE, open_app
from bot.deliver import deliver
from bot.messages import Chose, Said
from knowledge.network_files import read_network


class Core:
    """Everybody hears what is said in their direct chat and in their places."""

    name = ""

    def __init__(self, database):
        self.database, self.count = database, 0
        self.said, self.mark = [], 0

    async def send(self, envelope):
        self.said.append(envelope)
        return f"m{envelope.message}"

    async def begin(self, at, people):
        self.at = at
        self.app = open_app(self.database)
        self.app.assistant.take_network(read_network(EXAMPLE))

    async def say(self, person, place, text):
        await self._act(Said(self._key(), self.at, person, self._place(person, place), text))

    async def tap(self, person, place, label):
        where = self._place(person, place)
        for envelope in reversed([one for one in self.said if one.place == where]):
            option = next((option.id for option in envelope.reply.options if option.label == label), None)
            if option:
                await self._act(Chose(self._key(), self.at, person, where, envelope.message, (option,)))
                return
        raise AssertionError(f'nergens staat "{label}"')

    async def hears(self, person, place, line):
        found = await self.heard(person, place)
        assert line in found, f"gehoord:\n{found}"

    async def heard(self, person, place):
        where = self._place(person, place)
        return "\n".join(envelope.reply.text for envelope in self.said[self.mark :] if envelope.place == where)

    async def wait(self, time):
        self.mark = len(self.said)
        end = self.at + time
        while (due := self.app.assistant.next_due()) is not None and due <= end:
            self.app.assistant.due(due)
            await deliver(self.app.store, self, lambda due=due: due)
        self.at = end

    async def restart(self):
        self.app.close()
        self.app = open_app(self.database)

    async def end(self):
        self.app.close()
        await asyncio.sleep(0)

    async def _act(self, inbound):
        self.mark = len(self.said)
        self.app.assistant.handle(inbound, self.at)
        await deliver(self.app.store, self, lambda: self.at)

    def _key(self):
        self.count += 1
        return f"verhaal/{self.count}"

    def _place(self, person, place):
        return f"dm:{person}" if place == "dm" else place
