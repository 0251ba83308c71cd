"""The driver without a platform: the core over a database file, as `simulate` plays it."""

import asyncio

from bot.app import EXAMPLE, open_app
from bot.deliver import deliver
from bot.messages import Chose, Said, Undid
from knowledge.network_files import read_network


class Core:
    """Everybody hears what is said in their direct chat and in their places. There are no threads, forms or servers."""

    name = "kern"

    def __init__(self, database):
        self.database, self.count = database, 0
        self.said, self.mark, self.own = [], 0, {}

    async def begin(self, at, people):
        self.at = at
        self.app = open_app(self.database)
        self.network = read_network(EXAMPLE)
        self.app.assistant.take_network(self.network)
        self.mixed = {place for person, places in people.items() if person not in self.network.person_by_id for place in places}

    async def say(self, person, place, text, *, thread=False):
        await self._say(person, place, text)

    async def murmur(self, person, place, text, *, thread=False):
        await self._say(person, place, text, addressed=False)

    async def correct(self, person, place, text):
        await self._say(person, place, text, edits=self.own[person, place])

    async def _say(self, person, place, text, **more):
        key, where = self._key(), self._place(person, place)
        self.own.setdefault((person, place), key)
        if "edits" not in more:
            self.own[person, place] = key
        await self._act(Said(key, self.at, person, where, text, outsiders=where in self.mixed, **more))

    async def tap(self, person, place, labels):
        message, options = self._bearing(person, place, labels)
        where = self._place(person, place)
        await self._act(Chose(self._key(), self.at, person, where, message, options, outsiders=where in self.mixed))

    async def react(self, person, place, label):
        await self.tap(person, place, [label])
        self.reaction = self.tapped

    async def unreact(self, person, place, label):
        message, options = self.reaction
        await self._act(Undid(self._key(), self.at, person, self._place(person, place), message, options))

    def _bearing(self, person, place, labels):
        where = self._place(person, place)
        for envelope in reversed([one for one in self.said if one.place == where]):
            known = {option.label: option.id for option in envelope.reply.options}
            if set(labels) <= set(known):
                self.tapped = envelope.message, tuple(known[label] for label in labels)
                return self.tapped
        raise AssertionError(f"nergens staat {labels}")

    async def hears(self, person, place, line, *, thread=False):
        found = await self.heard(person, place)
        assert line in found, f"gehoord:\n{found}"

    async def heard(self, person, place):
        where = self._place(person, place)
        return "\n".join(envelope.reply.text for envelope in self.said[self.mark :] if envelope.place == where)

    async def times(self, person, place, line):
        where = self._place(person, place)
        stands = {}
        for envelope in self.said:
            stands.pop(envelope.replaces, None)
            stands[envelope.message] = envelope.reply.text if envelope.place == where else ""
        return sum(line in text for text in stands.values())

    async def wait(self, time):
        self.mark = len(self.said)
        end = self.at + time
        while (due := self.app.assistant.next_due()) is not None and due <= end:
            self.app.assistant.due(due)
            await deliver(self.app.store, _Ears(self.said), lambda due=due: due)
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
        await deliver(self.app.store, _Ears(self.said), lambda: self.at)

    def _key(self):
        self.count += 1
        return f"verhaal/{self.count}"

    def _place(self, person, place):
        return f"dm:{person}" if place == "dm" else place


class _Ears:
    """The adapter that keeps what is said."""

    name = ""

    def __init__(self, said):
        self.said = said

    async def send(self, envelope):
        self.said.append(envelope)
        return f"m{envelope.message}"
