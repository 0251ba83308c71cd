"""Hears everything, once: syncs from our own token, fetches what a sync left out, and moves the token together with what it caused.

nio keeps the keys; what it is never left to do is remember how far we are, or wait.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from typing import TYPE_CHECKING

from adapters.matrix.session import Deaf, NotNow, away, refusal, renewed, token_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from nio import AsyncClient, Event, MatrixRoom, SyncResponse

    from adapters.matrix.access import Access
    from adapters.matrix.door import Door
    from adapters.matrix.locked import Locked
    from adapters.matrix.memory import Memory
    from adapters.matrix.read import Heard, Reader
    from adapters.matrix.seals import Seals
    from adapters.matrix.upgrades import Upgrades
    from adapters.port import Receive
    from bot.store.file import Store

IMPATIENT = 1.0
"""Seconds that the homeserver may keep us waiting while something waits for its key."""
TYPING = 4_000
"""Milliseconds that others see us type, unless the answer comes sooner."""
PAGE, LONGEST_WAIT, DEAF_AFTER, MOST_LONGER = 100, 60.0, 3, 2
log = logging.getLogger(__name__)


class Ears:
    """One account's hearing."""

    def __init__(  # noqa: PLR0917 - each of them once, where everything meets
        self, client: AsyncClient, access: Access, store: Store, memory: Memory, reader: Reader, door: Door, locked: Locked,
        seals: Seals, upgrades: Upgrades,
    ) -> None:  # fmt: skip
        self._client, self._access, self._store = client, access, store
        self._memory, self._reader, self._door, self._locked, self._seals = memory, reader, door, locked, seals
        self._upgrades = upgrades
        self._polite: asyncio.Task[None] | None = None
        self._typing: dict[str, None] = {}
        self._seen: dict[str, str] = {}
        self._failed = 0
        self._answered = asyncio.get_running_loop().time()
        self.ready = asyncio.Event()
        """Set once we know who is in which room."""

    async def listen(self, receive: Receive) -> None:
        """Until it is cancelled. Raises `NoEntry` when we are not let in any more."""
        while True:
            try:
                await self._turn(receive)
            except NotNow as not_now:
                await self._wait(not_now)
            except sqlite3.OperationalError as full:  # nothing was kept, so the same is heard again
                await self._wait(full)
            else:
                self._failed = 0
                self._answered = asyncio.get_running_loop().time()

    def silent_for(self) -> float:
        """Seconds since the homeserver last answered, or since we began."""
        return asyncio.get_running_loop().time() - self._answered

    async def _wait(self, why: Exception) -> None:
        self._failed += 1
        log.warning("the homeserver is away (%s), time %s", str(why) or type(why).__name__, self._failed)
        if (isinstance(why, Deaf) or self._failed >= DEAF_AFTER) and self._client.client_session:  # others may be deaf too
            await self._client.client_session.close()
            self._client.client_session = None
        await asyncio.sleep(min(2.0 ** min(self._failed - 1, 6), LONGEST_WAIT))

    async def _turn(self, receive: Receive) -> None:
        """One sync and all that it brings."""
        since = self._memory.position()
        first = not self.ready.is_set()
        answer = await self._sync(since, first=first)
        await self._keep_keys()
        await self._upgrades.look(answer)
        await self._door.look(answer)
        self._seals.look()
        if since is None:  # what was said before we were there is not for us
            self._move(answer.next_batch)
        else:
            await self._hear(await self._events(answer, since), answer.next_batch, receive)
        self.ready.set()
        await self._locked.try_again(receive)

    async def _sync(self, since: str | None, *, first: bool) -> SyncResponse:
        import aiohttp  # noqa: PLC0415 - heavy, and only needed where Matrix is
        from nio import SyncResponse  # noqa: PLC0415

        self._client.next_batch = ""  # nio passes over a batch that it believes to have had, with all that it says of the rooms
        patience, used = self._access.patience, token_of(self._client, self._access)
        # Slow is not deaf: each time it gets longer. nio itself gives up fifteen seconds after what it asks the homeserver to wait.
        longer = 2 ** min(self._failed, MOST_LONGER)
        wait = 0.0 if first else longer * (IMPATIENT if self._locked.waiting else patience.sync)
        try:
            async with asyncio.timeout(patience.first * longer if first else wait + patience.deaf):
                answer = await self._client.sync(timeout=round(wait * 1000), since=since, full_state=first)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise away(error) from None
        if isinstance(answer, SyncResponse):
            return answer
        if answer.status_code == "M_LIMIT_EXCEEDED":
            await asyncio.sleep((answer.retry_after_ms or 5_000) / 1000)
        if await renewed(self._client, self._access, answer, used):
            raise NotNow("a new token")
        raise refusal(answer.status_code, self._access, ran_out=answer.soft_logout)

    async def _keep_keys(self) -> None:
        """What belongs to a sync when there is encryption. Raises `NotNow`."""
        import aiohttp  # noqa: PLC0415

        client = self._client
        try:
            if client.should_upload_keys:
                await client.keys_upload()
            if client.should_query_keys:
                await client.keys_query()
            if client.should_claim_keys:
                await client.keys_claim(client.get_users_for_key_claiming())
            await client.send_to_device_messages()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise away(error) from None

    # What a sync brings

    async def _events(self, answer: SyncResponse, since: str) -> list[tuple[MatrixRoom, Event]]:
        """Everything said since, room by room in order, also what the sync left out."""
        found: list[tuple[MatrixRoom, Event]] = []
        for room_id, info in answer.rooms.join.items():
            events = list(info.timeline.events)
            if info.timeline.limited and info.timeline.prev_batch:
                events = [*await self._gap(room_id, info.timeline.prev_batch, since), *events]
            room = self._client.rooms[room_id]
            found += [(room, event) for event in self._door.since_we_came(room, events) if self._counts(event)]
        return found

    def _counts(self, event: Event) -> bool:
        from nio import Event  # noqa: PLC0415

        return isinstance(event, Event) and event.sender != self._client.user_id

    async def _gap(self, room_id: str, start: str, since: str) -> list[Event]:
        """What lies between the last sync and what this one gave, oldest first. Raises `NotNow`."""
        import aiohttp  # noqa: PLC0415
        from nio import RoomMessagesResponse  # noqa: PLC0415

        found: list[Event] = []
        while True:
            try:
                answer = await self._client.room_messages(room_id, start=start, end=since, limit=PAGE)
            except (aiohttp.ClientError, TimeoutError, OSError) as error:
                raise away(error) from None
            if not isinstance(answer, RoomMessagesResponse):
                raise NotNow(str(getattr(answer, "status_code", "")))
            found += answer.chunk
            came = any(self._door.is_our_coming(event) for event in answer.chunk)
            if came or not answer.chunk or not answer.end or answer.end == start:
                return found[::-1]
            start = answer.end

    async def _hear(self, events: list[tuple[MatrixRoom, Event]], token: str, receive: Receive) -> None:
        """Hands over one after the other; the token goes with the last, so that what was not reached comes again."""
        last = len(events) - 1
        moved = False
        for number, (room, event) in enumerate(events):
            heard = self._read(room, event)
            along = [*(heard.keep if heard else ()), *([lambda: self._memory.move(token)] if number == last else [])]
            if heard and heard.expects_answer:
                self._typing.setdefault(heard.room)
                self._be_polite()
            if heard and heard.inbound:
                self._seals.spoken_in(heard.inbound.place, room)
                await receive(heard.inbound, _together(along))
            elif along:
                with self._store.transaction():
                    _together(along)()
            moved = number == last
        if not moved:
            self._move(token)
        self._seen |= {room.room_id: event.event_id for room, event in events}
        self._be_polite()

    def _read(self, room: MatrixRoom, event: Event) -> Heard | None:
        """Never raises: one message that cannot be read must not take its neighbours with it."""
        from nio import MegolmEvent  # noqa: PLC0415

        try:
            return self._locked.note(room, event) if isinstance(event, MegolmEvent) else self._reader.read(room, event)
        except Exception as error:  # noqa: BLE001
            log.warning("event %s could not be read: %s", event.event_id, type(error).__name__)
            return None

    def _move(self, token: str) -> None:
        with self._store.light():  # should it be lost, the same is heard again, and passed over
            self._memory.move(token)

    # What people see of it

    def _be_polite(self) -> None:
        """Shows that we type, and what we have read; holds up no answer, may fail; one thing at a time, the newest counts."""
        if self._access.section.receipts and (self._polite is None or self._polite.done()):
            self._polite = asyncio.create_task(self._show())

    async def _show(self) -> None:
        import aiohttp  # noqa: PLC0415

        try:
            while self._typing or self._seen:
                if self._typing:
                    room = next(iter(self._typing))
                    del self._typing[room]
                    await self._client.room_typing(room, typing_state=True, timeout=TYPING)
                else:
                    room, event = self._seen.popitem()
                    await self._client.update_receipt_marker(room, event)
        except (aiohttp.ClientError, TimeoutError, OSError):
            log.debug("a courtesy did not arrive")

    async def rest(self) -> None:
        """Lets go of what is still going on."""
        if self._polite:
            self._polite.cancel()
            await asyncio.gather(self._polite, return_exceptions=True)


def _together(steps: list[Callable[[], None]]) -> Callable[[], None]:
    def all_of_them() -> None:
        for step in steps:
            step()

    return all_of_them
