"""The driver of stories on Slack: people with Slack open, in a workspace of their own."""

from contextlib import AsyncExitStack

from bot.app import open_app
from tests.slack_server.people import labels
from tests.slack_server.text import shown
from tests.slack_talk import Clock, workspace

LEFT = "SELECT count(*) FROM delivery WHERE state IN ('pending', 'sending') AND not_before IS NULL"


class SlackStory:
    """One workspace, and what everybody has seen since the last act."""

    def __init__(self, database):
        self.database, self.stack, self.marks = database, AsyncExitStack(), {}

    async def begin(self, at, people):
        clock = Clock(at.isoformat())
        self.world = await self.stack.enter_async_context(workspace(database=self.database, clock=clock))

    async def say(self, person, place, text):
        self._mark()
        channel = self._channel(person, place)
        before = self._inbox()
        await self._at(person).says(text if place == "dm" else f"<@{self.world.space.installed.bot_user}> {text}", channel)
        await self.world.server.until(lambda: self._inbox() > before)
        await self._settled()

    async def tap(self, person, place, label):
        channel = self._channel(person, place)
        message = next((one for one in reversed(self._ours(channel)) if self._bears(one, label)), None)
        assert message, f'nergens staat "{label}"'
        self._mark()
        await self._at(person).presses(label, message, channel)
        await self._settled()

    async def hears(self, person, place, line):
        channel = self._channel(person, place)
        try:
            await self.world.server.until(lambda: line in self._since(channel), 10.0)
        except AssertionError:
            raise AssertionError(f"gehoord:\n{self._since(channel)}") from None

    async def heard(self, person, place):
        await self._settled()
        return self._since(self._channel(person, place))

    async def wait(self, time):
        self._mark()
        world, end = self.world, self.world.clock.at + time
        while (due := world.app.assistant.next_due()) is not None and due <= end:
            world.clock.at = due
            world.app.assistant.due(due)
            world.service.ring()
            await self._settled()
        world.clock.at = end

    async def restart(self):
        await self.world.stop()
        self.world.app.close()
        self.world.app = open_app(self.database, platforms=("slack",))
        await self.world.start()

    async def end(self):
        await self.stack.aclose()

    def _at(self, person):
        return self.world.person(person)

    def _channel(self, person, place):
        return self._at(person).direct if place == "dm" else self.world.channel(place)

    def _ours(self, channel):
        return [one for one in channel.messages if one.get("bot_id")]

    def _bears(self, message, label):
        return any(one.startswith(label) for one in labels(message.get("blocks", [])))

    def _mark(self):
        self.marks = {one["ts"]: shown(one) for channel in self.world.space.channels.values() for one in self._ours(channel)}

    def _since(self, channel):
        """What is new there, and what has changed."""
        return "\n".join(text for one in self._ours(channel) if self.marks.get(one["ts"]) != (text := shown(one)))

    def _inbox(self):
        return self.world.app.store.connection.execute("SELECT count(*) FROM inbox").fetchone()[0]

    async def _settled(self):
        await self.world.server.until(lambda: self.world.app.store.connection.execute(LEFT).fetchone() == (0,))
