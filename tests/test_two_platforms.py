"""One network on two platforms at once: a real Slack of ours, and another behind the port."""

import asyncio
from datetime import timedelta

from bot.messages import Chose, Said
from tests.slack_server.text import shown
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


def test_a_handover_taken_on_slack_is_shown_as_taken_on_the_other():
    async def story(world, other):
        channel, wendy = await offer(world), world.person("w-mulder")
        await world.server.until(lambda: any("Ligt bij Sanne" in text for text in other.texts(PAIR)))
        await wendy.presses("Neem over", channel.messages[0], channel)
        await world.server.until(lambda: any("Ligt nu bij Wendy Mulder" in text for text in other.texts(PAIR)))

        assert len(other.texts(PAIR)) == 1

    played(story)


def test_a_handover_taken_on_the_other_is_shown_as_taken_on_slack():
    async def story(world, other):
        channel = await offer(world)
        await world.server.until(lambda: other.texts(PAIR))
        (card,) = other.stands[PAIR].values()
        at = world.clock() + timedelta(seconds=5)
        await other.said.put(Chose(other.key(), at, "w-mulder", PAIR, card.message, ("neem-vandaag",), platform="matrix"))
        await world.server.until(lambda: "Ligt nu bij Wendy Mulder" in shown(channel.messages[0]))

        assert len(world.person("w-mulder").heard(channel)) == 1

    played(story)


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


def test_a_conversation_begun_on_slack_goes_on_on_the_other_where_it_was():
    async def story(world, other):
        wendy = world.person("w-mulder")
        await wendy.says("quickscan")
        await wendy.answer()
        await wendy.presses("Nee")
        await wendy.answer(2)
        at = world.clock() + timedelta(seconds=5)
        await other.said.put(Said(other.key(), at, "w-mulder", "dm:w-mulder", "1", platform="matrix"))
        await world.server.until(lambda: any("ernstige feiten" in text for text in other.texts("dm:w-mulder")))

        assert len(wendy.heard()) == 2

    played(story)
