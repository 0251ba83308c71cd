"""What we cannot decrypt: its key may still come; if it does not, whoever wrote it hears so once, and nothing stays silent."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from adapters.matrix import PLATFORM
from adapters.matrix.read import Heard
from bot.messages import Line, Reply, direct

if TYPE_CHECKING:
    from collections.abc import Callable

    from nio import AsyncClient, Event, MatrixRoom, MegolmEvent

    from adapters.matrix.directory import Directory
    from adapters.matrix.memory import Memory
    from adapters.matrix.read import Reader
    from adapters.port import Receive
    from bot.app import App

PATIENCE, GIVEN_UP = timedelta(seconds=10), timedelta(hours=1)
"""How long before we say so, and how long a key may still come."""


class Locked:
    """Events that wait for their key."""

    def __init__(  # noqa: PLR0917 - each of them once, where everything meets
        self, app: App, client: AsyncClient, directory: Directory, memory: Memory, reader: Reader, clock: Callable[[], datetime]
    ) -> None:
        self._app, self._client, self._directory = app, client, directory
        self._memory, self._reader, self._clock = memory, reader, clock
        self._events: dict[str, MegolmEvent] = {}
        self.waiting = bool(memory.still_unread())

    def note(self, room: MatrixRoom, event: MegolmEvent) -> Heard:
        """Remembers it."""
        self._events[event.event_id] = event
        self.waiting = True
        at = self._clock()

        def keep() -> None:
            self._memory.unread(event.event_id, room.room_id, event.sender, event.session_id, at)

        return Heard(None, room.room_id, event.event_id, event.sender, (keep,))

    async def try_again(self, receive: Receive) -> None:
        """Reads what can be read by now, and says what cannot."""
        if not self.waiting:
            return
        now = self._clock()
        for event_id, room_id, sender, session, since in self._memory.still_unread():
            room = self._client.rooms.get(room_id)
            age = now - datetime.fromisoformat(since)
            opened = await self._opened(room_id, event_id) if room else None
            if room and opened:
                await self._hear(room, opened, receive)
            elif age > PATIENCE:
                self._say_so(room_id, sender, session, now)
            if age > GIVEN_UP or room is None:
                with self._app.store.transaction():
                    self._memory.read_at_last(event_id)
        left = {row[0]: row[4] for row in self._memory.still_unread()}
        self._events = {event_id: event for event_id, event in self._events.items() if event_id in left}
        self.waiting = any(now - datetime.fromisoformat(since) <= PATIENCE * 2 for since in left.values())

    async def _opened(self, room_id: str, event_id: str) -> Event | None:
        from nio import EncryptionError, MegolmEvent, RoomGetEventResponse  # noqa: PLC0415 - heavy

        event = self._events.get(event_id)
        if event is None:
            answer = await self._client.room_get_event(room_id, event_id)
            if not isinstance(answer, RoomGetEventResponse) or not isinstance(answer.event, MegolmEvent):
                return None
            event = self._events[event_id] = answer.event
            event.room_id = room_id
        try:
            found: Event = self._client.decrypt_event(event)
        except EncryptionError:
            return None
        return found

    async def _hear(self, room: MatrixRoom, event: Event, receive: Receive) -> None:
        heard = self._reader.read(room, event)

        def keep() -> None:
            for step in heard.keep if heard else ():
                step()
            self._memory.read_at_last(event.event_id)

        if heard and heard.inbound:
            await receive(heard.inbound, keep)
            return
        with self._app.store.transaction():
            keep()

    def _say_so(self, room_id: str, sender: str, session: str, now: datetime) -> None:
        """Once for each key that is missing."""
        person = self._directory.person(sender)
        place = self._directory.place(room_id) or direct(person)
        reply = Reply("help", (Line(self._app.words.say("kamer.onleesbaar")),), data={"mentions": [person]})
        with self._app.store.transaction():
            self._app.store.outbox.say(f"onleesbaar/{room_id}/{session}", place, None, now, reply, (PLATFORM,))
