"""Two people take the same handover at once, each on their own platform. The rest of two platforms is in `tests/both`."""

import asyncio
from datetime import timedelta

from bot.messages import Chose
from tests.slack_talk import workspace
from tests.test_slack_home import offer


class Other:
    """The other platform: what is brought there stands in `stands`, by place, as its people see it."""

    name = "matrix"

    def __init__(self):
        self.said, self.stands, self.count = asyncio.Queue(), {}, 0

    async def listen(self, receive):
        while True:
            await receive(await self.said.get())

    async def send(self, envelope):
        where = self.stands.setdefault(envelope.place, {})
        remote = envelope.remote or f"${envelope.message}"
        where[remote] = envelope
        return remote

    def texts(self, place):
        return [envelope.reply.text for envelope in self.stands.get(place, {}).values()]

    def key(self):
        self.count += 1
        return f"matrix/{self.count}"


def played(story):
    async def play():
        async with workspace(platforms=("slack", "matrix"), start=False) as world:
            other = Other()
            await world.start(adapters=(other,))
            await story(world, other)

    asyncio.run(play())


PAIR = "lindecollege-politie"


def test_the_first_to_take_it_wins_whatever_the_platform():
    async def story(world, other):
        channel = await offer(world)
        await world.server.until(lambda: other.texts(PAIR))
        (card,) = other.stands[PAIR].values()
        await world.person("w-mulder").presses("Neem over", channel.messages[0], channel)
        at = world.clock() + timedelta(seconds=5)
        await other.said.put(Chose(other.key(), at, "w-mulder", PAIR, card.message, ("neem-vandaag",), platform="matrix"))
        await world.server.until(lambda: world.app.store.connection.execute("SELECT count(*) FROM inbox WHERE platform = 'matrix'").fetchone()[0])
        taken = world.app.store.connection.execute("SELECT count(*) FROM handover_event WHERE event = 'accept'").fetchone()[0]

        assert taken <= 1
        assert world.app.store.connection.execute("SELECT holder FROM handover").fetchall() == [("w-mulder",)]

    played(story)
