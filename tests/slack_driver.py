"""The driver of stories on Slack: people with Slack open, in a workspace of their own."""

from contextlib import AsyncExitStack

from bot.app import open_app
from tests.slack_server.people import Person, labels
from tests.slack_server.text import shown
from tests.slack_talk import Clock, workspace
from tests.stories.player import at_rest

NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


class SlackPeople:
    """What people do in a workspace, and what they have seen since the last act."""

    name = "slack"

    def __init__(self, world):
        self.world, self.marks, self.own, self.roots, self.reaction, self.strangers = world, {}, {}, {}, None, {}
        self.away = False

    def arrive(self, people):
        """Whoever is not in the network has an account too; places hold the people of the network, and strangers who speak there."""
        space = self.world.space
        for person, places in people.items():
            known = self.world.network.person_by_id.get(person)
            if known is None or not known.slack:
                self.strangers[person] = space.next_id("U")
                space.add_user(self.strangers[person], person, known.email if known else None)
            if "elders" in places:
                space.add_channel("C0ELDERS", "elders", {self._at(person).user, space.installed.bot_user}, is_private=True)
            for place in places - {"elders"}:
                self._channel(person, place).members.add(self._at(person).user)

    async def say(self, person, place, text, *, thread=False):
        await self._speak(person, place, text if place == "dm" else f"<@{self.world.space.installed.bot_user}> {text}", thread=thread)

    async def murmur(self, person, place, text, *, thread=False):
        await self._speak(person, place, text, thread=thread)

    async def _speak(self, person, place, text, *, thread):
        channel, before = self._channel(person, place), self.inbox()
        self.mark()
        if thread:
            self.roots.setdefault(channel.id, channel.messages[-1]["ts"])
        else:
            self.roots.pop(channel.id, None)
        self.own[person, place] = await self._at(person).says(text, channel, self.roots.get(channel.id))
        await self.world.server.until(lambda: self.inbox() > before)
        await self.settled()

    async def correct(self, person, place, text):
        before = self.inbox()
        self.mark()
        await self._at(person).corrects(self.own[person, place], text, self._channel(person, place))
        await self.world.server.until(lambda: self.inbox() > before)
        await self.settled()

    async def tap(self, person, place, wanted):
        channel, message = self._channel(person, place), self._bearing(person, place, wanted)
        self.mark()
        somebody = self._at(person)  # one and the same: what is ticked is theirs
        if len(wanted) > 1:
            await somebody.ticks(*(self._label(message, one) for one in wanted[:-1]), message=message, channel=channel)
        await somebody.presses(self._label(message, wanted[-1]), message, channel)
        await self.settled()

    async def react(self, person, place, label):
        message = self._bearing(person, place, [label])
        known = [one for one in labels(message["blocks"]) if one != "Als formulier"]
        self.reaction = message, NUMBERS[known.index(self._label(message, label))]
        self.mark()
        await self._then(self._at(person).reacts(*self.reaction, self._channel(person, place)))

    async def unreact(self, person, place, label):
        self.mark()
        await self._then(self._at(person).takes_back(*self.reaction, self._channel(person, place)))

    async def fill_in(self, person, place, wanted):
        self.mark()
        await self._at(person).form()
        await self._at(person).fills_in(*wanted)
        await self.settled()

    async def hears(self, person, place, line, *, thread=False):
        channel = self._channel(person, place)
        root = self.roots[channel.id] if thread else None
        try:
            await self.world.server.until(lambda: line in self._since(channel, root), 10.0)
        except AssertionError:
            raise AssertionError(f"gehoord:\n{self._since(channel, root)}") from None

    async def heard(self, person, place):
        await self.settled()
        return self._since(self._channel(person, place))

    async def times(self, person, place, line):
        await self.settled()
        return sum(line in shown(one) for one in self._ours(self._channel(person, place)))

    def _at(self, person):
        stranger = self.strangers.get(person)
        return Person(self.world.server, stranger) if stranger else self.world.person(person)

    def _channel(self, person, place):
        if place == "elders":
            return self.world.space.channels["C0ELDERS"]
        return self._at(person).direct if place == "dm" else self.world.channel(place)

    def _ours(self, channel):
        return [one for one in channel.messages if one.get("bot_id")]

    def _bearing(self, person, place, wanted):
        found = self._ours(self._channel(person, place))
        message = next((one for one in reversed(found) if all(self._label(one, label) for label in wanted)), None)
        assert message, f"nergens staat {wanted}"
        return message

    def _label(self, message, label):
        """As it stands there: a box begins with its number, a long label is cut."""
        known = labels(message.get("blocks", []))
        return next((one for one in known if one.startswith(label) or one.partition(". ")[2] == label), None)

    def mark(self):
        self.marks = {one["ts"]: shown(one) for channel in self.world.space.channels.values() for one in self._ours(channel)}

    def _since(self, channel, root=None):
        """What is new there, and what has changed."""
        found = [one for one in self._ours(channel) if root is None or one.get("thread_ts") == root]
        return "\n".join(text for one in found if self.marks.get(one["ts"]) != (text := shown(one)))

    def inbox(self):
        return self.world.app.store.connection.execute("SELECT count(*) FROM inbox WHERE platform = 'slack'").fetchone()[0]

    async def _then(self, act):
        before = self.inbox()
        await act
        await self.world.server.until(lambda: self.inbox() > before)
        await self.settled()

    async def settled(self):
        world = self.world
        await world.server.until(lambda: at_rest(world.app.store.connection, world.clock(), self.name))


class SlackStory(SlackPeople):
    """One workspace, with the assistant in it."""

    def __init__(self, database):
        super().__init__(None)
        self.database, self.stack = database, AsyncExitStack()

    async def begin(self, at, people):
        clock = Clock(at.isoformat())
        self.world = await self.stack.enter_async_context(workspace(database=self.database, clock=clock))
        self.arrive(people)

    async def wait(self, time):
        self.mark()
        world, end = self.world, self.world.clock.at + time
        while (due := world.app.assistant.next_due()) is not None and due <= end:
            world.clock.at = due
            world.app.assistant.due(due)
            world.service.ring()
            await self.settled()
        world.clock.at = end
        world.service.ring()
        await self.settled()

    async def restart(self):
        await self.world.stop()
        self.world.app.close()
        self.world.app = open_app(self.database, platforms=("slack",))
        await self.world.start()

    async def server(self, *, up):
        self.mark()
        if up:
            await self.world.server.start(self.port)
            await self.world.server.until(lambda: self.world.server.sockets.open)
        else:
            self.port = int(self.world.server.url.rpartition(":")[2])
            await self.world.server.stop()

    async def end(self):
        await self.stack.aclose()
