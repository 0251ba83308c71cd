"""The driver of stories on Matrix: people with phones, rooms of their own making."""

import asyncio
from contextlib import AsyncExitStack

from adapters.matrix.render import KEYCAPS, POLL, seed_of
from bot.messages import Option
from tests.matrix.bot import Clock
from tests.stories.player import at_rest
from tests.synapse.people import kind_of, options_of, text_of

SUBMIT = "Verder"


class MatrixPeople:
    """What people do on a homeserver, and what they have heard since the last act."""

    name = "matrix"

    def __init__(self, town):
        self.town, self.rooms, self.marks = town, {}, {}
        self.own, self.newest, self.roots, self.reaction, self.away = {}, {}, {}, None, False

    async def arrive(self, people):
        """Everybody has a phone and a direct chat; the room of a place is made by a member. Nobody is let in "elders"."""
        known = self.town.network.person_by_id
        humans = {person: await self.town.human(person) for person in sorted(people, key=lambda one: one not in known)}
        for place in sorted(set().union(*people.values())):
            there = [humans[person] for person in humans if place in people[person]]
            make = self._knock if place == "elders" else self.town.room
            self.rooms[place] = await make(place, *there)
        for person, human in humans.items():
            if person in known:
                self.rooms[f"dm:{person}"] = await human.open_chat(self.town.bot_id)

    async def _knock(self, _place, human):
        """A room of their own, into which they ask the assistant: it stays out."""
        made = await human.client.room_create(invite=[self.town.bot_id])
        await human.wait_for(lambda: made.room_id in human.client.rooms)
        await human.wait_for(lambda: self.town.bot_id not in human.client.rooms[made.room_id].users)
        return made.room_id

    async def say(self, person, place, text, *, thread=False):
        before = self.inbox()
        await self._speak(person, place, text if place == "dm" else f"{self.town.bot_name}: {text}", thread=thread)
        if place != "elders":
            await self.until(lambda: self.inbox() > before)
        await self.settled()

    async def murmur(self, person, place, text, *, thread=False):
        before = self.inbox()
        await self._speak(person, place, text, thread=thread)
        await self.until(lambda: self.inbox() > before)
        await self.settled()

    async def _speak(self, person, place, text, *, thread):
        human, room = await self._at(person, place)
        await self.mark()
        if thread:
            root = self.roots.setdefault(room, self.newest[room])
            event = await human.reply_in_thread(room, root, text, last=self.newest[room])
        else:
            self.roots.pop(room, None)
            event = await human.say(room, text)
        self.own[person, place] = self.newest[room] = event

    async def correct(self, person, place, text):
        human, room = await self._at(person, place)
        await self._then(human.edit(room, self.own[person, place], text))

    async def tap(self, person, place, labels):
        human, room = await self._at(person, place)
        await human.look()
        event, numbers, options = await human.wait_for(lambda: self._bearing(human, room, labels))
        if kind_of(event) == POLL:
            await self._then(human.vote(room, event.event_id, *options))
        else:
            await self._then(human.react(room, event.event_id, KEYCAPS[numbers[0] - 1]))

    async def react(self, person, place, label):
        """Taps the reaction that the assistant has put there."""
        human, room = await self._at(person, place)
        await human.look()
        event, (number,), _ = await human.wait_for(lambda: self._bearing(human, room, [label]))
        sign = seed_of(Option("", label), number - 1)
        await human.hears_reaction(event.event_id, sign)
        self.reaction = await self._then(human.react(room, event.event_id, sign))

    async def unreact(self, person, place, label):
        human, room = await self._at(person, place)
        await self._then(human.take_back(room, self.reaction))

    def _bearing(self, human, room, labels):
        """The newest message there that offers this: the event that stands there, the numbers of the choices, their ids."""
        for where, event in reversed(human.heard):
            lines = text_of(event).split("\n") if where == room else []
            found = [next((line for line in lines if line.partition(". ")[2] == label), None) for label in labels]
            if all(found):
                known = options_of(event) if kind_of(event) == POLL else {}
                return event, [int(line.partition(".")[0]) for line in found], [known.get(line) for line in found]
        return None

    async def hears(self, person, place, line, *, thread=False):
        human, room = await self._at(person, place)
        root = self.roots[room] if thread else None
        after = self.marks.get(human.id, 0)
        event = await human.hears(line, room=room, after=after)
        if thread:
            relation = event.source["content"].get("m.relates_to", {})
            assert (relation.get("rel_type"), relation.get("event_id")) == ("m.thread", root), "niet in de draad"
        self.newest[room] = event.event_id

    async def heard(self, person, place):
        human, room = await self._at(person, place)
        await self.settled()
        await human.look(wait=500)
        return "\n".join(text_of(event) for where, event in human.heard[self.marks.get(human.id, 0) :] if where == room)

    async def times(self, person, place, line):
        """Of each event counts the newest version."""
        human, room = await self._at(person, place)
        await self.settled()
        await human.look(wait=500)
        stands = {}
        for where, event in human.heard:
            relation = event.source.get("content", {}).get("m.relates_to", {})
            stands[where, relation["event_id"] if relation.get("rel_type") == "m.replace" else event.event_id] = text_of(event)
        return sum(line in text for (where, _), text in stands.items() if where == room)

    async def _at(self, person, place):
        human = await self.town.human(person)
        room = f"dm:{person}" if place == "dm" else place
        if room not in self.rooms:  # the assistant has begun it
            self.rooms[room] = await human.join_when_asked()
        return human, self.rooms[room]

    async def mark(self):
        """What has been said up to now has been heard; of a homeserver that is away nothing can be."""
        humans = self.town.humans.values()
        if self.away:
            return
        await asyncio.gather(*(human.look() for human in humans))
        self.marks = {human.id: len(human.heard) for human in humans}

    async def _then(self, act):
        await self.mark()
        before = self.inbox()
        done = await act
        await self.until(lambda: self.inbox() > before)
        await self.settled()
        return done

    def inbox(self):
        return self.town.app.store.connection.execute("SELECT count(*) FROM inbox WHERE platform = 'matrix'").fetchone()[0]

    async def settled(self):
        await self.until(lambda: at_rest(self.town.app.store.connection, self.town.clock(), self.name))

    async def until(self, holds, seconds=30.0):
        end = asyncio.get_running_loop().time() + seconds
        while not holds():
            if self.town.task.done():
                self.town.task.result()
            assert asyncio.get_running_loop().time() < end, "het gebeurde niet op tijd"
            await asyncio.sleep(0.02)


class Matrix(MatrixPeople):
    """One town, with the assistant in it."""

    def __init__(self, town):
        super().__init__(town)
        self.stack = AsyncExitStack()

    async def begin(self, at, people):
        self.town.clock = Clock(at)
        await self.stack.enter_async_context(self.town.running())
        await self.arrive(people)

    async def wait(self, time):
        await self.mark()
        async for _ in self.town.passing(time):
            await self.settled()

    async def restart(self):
        await self.stack.aclose()
        await self.stack.enter_async_context(self.town.running())

    async def server(self, *, up):
        await self.mark()
        await asyncio.to_thread(self.town.server.start if up else self.town.server.kill)
        self.away = not up

    async def end(self):
        await self.stack.aclose()
