"""The driver of stories on Matrix: people with phones, rooms of their own making."""

from contextlib import AsyncExitStack

from adapters.matrix.render import POLL
from tests.matrix.bot import Clock
from tests.synapse.people import kind_of, options_of, text_of


class Matrix:
    """One town."""

    def __init__(self, town):
        self.town, self.rooms, self.marks = town, {}, {}
        self.stack = AsyncExitStack()

    async def begin(self, at, people):
        self.town.clock = Clock(at)
        await self.stack.enter_async_context(self.town.running())
        by_place = {}
        for person, places in people.items():
            await self.town.human(person)
            for place in places:
                by_place.setdefault(place, []).append(await self.town.human(person))
        for place, humans in by_place.items():
            self.rooms[place] = await self.town.room(place, *humans)
        for person in people:
            human = await self.town.human(person)
            self.rooms[f"dm:{person}"] = await human.open_chat(self.town.bot_id)

    async def say(self, person, place, text):
        self._mark()
        human, room = await self._at(person, place)
        before = len(human.heard)
        await human.say(room, text if place == "dm" else f"{self.town.bot_name}: {text}")
        await human.wait_for(lambda: any(where == room and text_of(event) for where, event in human.heard[before:]))

    async def tap(self, person, place, label):
        human, room = await self._at(person, place)
        event, number, option = await human.wait_for(lambda: self._bearing(human, room, label))
        self._mark()
        if kind_of(event) == POLL:
            await human.vote(room, event.event_id, option)
        else:
            await human.react(room, event.event_id, f"{number}\ufe0f\u20e3")

    def _bearing(self, human, room, label):
        """The newest message there that offers this: the event, the number of the choice, its id."""
        for where, event in reversed(human.heard):
            lines = text_of(event).split("\n") if where == room else []
            number = next((line.partition(".")[0] for line in lines if line.endswith(f". {label}")), None)
            if number:
                known = options_of(event) if kind_of(event) == POLL else {}
                return event, number, known.get(f"{number}. {label}")
        return None

    async def hears(self, person, place, line):
        human, room = await self._at(person, place)
        await human.hears(line, room=room, after=self.marks.get(human.id, 0))

    async def heard(self, person, place):
        human, room = await self._at(person, place)
        await human.look(wait=1000)
        return "\n".join(text_of(event) for where, event in human.heard[self.marks.get(human.id, 0) :] if where == room)

    async def wait(self, time):
        self._mark()
        self.town.later(seconds=time.total_seconds())

    async def restart(self):
        await self.stack.aclose()
        await self.stack.enter_async_context(self.town.running())

    async def end(self):
        await self.stack.aclose()

    async def _at(self, person, place):
        return await self.town.human(person), self.rooms[f"dm:{person}" if place == "dm" else place]

    def _mark(self):
        self.marks = {human.id: len(human.heard) for human in self.town.humans.values()}


