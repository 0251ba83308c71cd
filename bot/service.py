"""Lives on one or more platforms at once: hears, answers, does what falls due and brings what waits, until it is told to stop."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from bot.courier import Courier
from bot.duties import mark_done
from bot.faults import ShutOut
from bot.health import SEEN, SHUT_OUT
from bot.late import dated

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from adapters.port import Adapter
    from bot.app import App
    from bot.messages import Envelope, Inbound

LONGEST_SLEEP = timedelta(seconds=30)
"""An import by another process is noticed at the latest after this, and so is a clock that was set."""
FORGETS_EVERY = timedelta(minutes=5)
"""What goes all day long also goes when nothing is due and nobody speaks."""
AGAIN = timedelta(seconds=5)
"""When the database could not be written."""
KNOCKS_EVERY, SETTLED = 300.0, 30.0
"""Seconds: how often a platform that shut us out is tried again, and after how long without a refusal we are in."""
LAST_WORDS, PARTING = 2.0, 1.5
"""Seconds, when it is told to stop: how long what was said is still brought, and how long what is under way may then take."""

log = logging.getLogger(__name__)


@runtime_checkable
class Watched(Protocol):
    """An adapter that can tell how long its platform has been silent, whether or not anybody says something there."""

    name: str

    def silent_for(self) -> float:
        """Seconds since the platform last gave a sign of life; of one that never did, since we began to try."""


class Service:
    """One assistant on several platforms. All of it runs in one thread: the core is never entered twice at once."""

    def __init__(
        self, app: App, adapters: Sequence[Adapter], clock: Callable[[], datetime], *, knocks_every: float = KNOCKS_EVERY,
        settled: float = SETTLED,
    ) -> None:  # fmt: skip
        self._app = app
        self._knocks_every, self._settled = knocks_every, settled
        self._adapters = adapters
        self._clock = clock
        self._couriers = [Courier(app.store, adapter, clock, self._dated) for adapter in adapters]
        self._told = asyncio.Event()
        self._out: dict[str, ShutOut] = {}
        self._in: set[str] = set()
        self._forgot: datetime | None = None

    def stop(self) -> None:
        """Hears nothing more, brings what was said, and ends within `LAST_WORDS` and `PARTING`."""
        self._told.set()

    async def run(self) -> None:
        """Until no adapter has anything more to hear, something raises, it is told to stop, or this is cancelled.

        A platform that shuts us out leaves the others as they are: what is to be brought there waits, and it is tried again now
        and then, with the keys that stand there by then. Raises `ShutOut` when none is left.
        """
        self._note_shut_out()
        self._tick()
        watching = asyncio.create_task(self._watch())
        bringing = [asyncio.create_task(courier.run()) for courier in self._couriers]
        listening = asyncio.create_task(self._listen())
        told = asyncio.create_task(self._told.wait())
        tasks = [told, listening, watching, *bringing]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for one in done:
                one.result()
            if told in done:
                listening.cancel()
                watching.cancel()
            await self._bring_the_last(bringing, LAST_WORDS if told in done else None)
        finally:
            for one in tasks:
                if not one.cancelling():  # a second time would break off how an adapter says goodbye
                    one.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _bring_the_last(self, bringing: Sequence[asyncio.Task[None]], patience: float | None) -> None:
        """What was said last is still brought; what then is still under way is looked into at the next start."""
        for courier in self._couriers:
            courier.finish()
        _, late = await asyncio.wait(bringing, timeout=patience)
        if late:
            for courier in self._couriers:
                courier.take_no_more()
            _, late = await asyncio.wait(late, timeout=PARTING)
        for one in bringing:
            if one not in late:
                one.result()

    async def _listen(self) -> None:
        self._in = {adapter.name for adapter in self._adapters}
        hearing = [asyncio.ensure_future(self._hear(adapter)) for adapter in self._adapters]
        try:
            await asyncio.gather(*hearing)
        finally:
            for one in hearing:
                if not one.cancelling():
                    one.cancel()
            await asyncio.gather(*hearing, return_exceptions=True)

    async def _hear(self, adapter: Adapter) -> None:
        """Until there is nothing more to hear. Raises `ShutOut` when no platform is left that we are in."""
        ended = False
        while not ended:
            try:
                await self._hear_once(adapter)
            except ShutOut as why:
                if adapter.name not in self._out:
                    log.error("shut out: %s", why, extra={"platform": adapter.name})  # noqa: TRY400 - the sentence says what to do
                    self._note_shut_out(adapter.name)
                self._out[adapter.name] = why
            else:
                ended = True
            self._in.discard(adapter.name)
            if self._out and not self._in:
                raise next(iter(self._out.values()))
            await asyncio.sleep(0 if ended else self._knocks_every)

    async def _hear_once(self, adapter: Adapter) -> None:
        """One time. Whoever was shut out is in again when that is not said anew within a while."""
        hearing = asyncio.ensure_future(adapter.listen(self.receive))
        try:
            if adapter.name in self._out:
                await asyncio.wait({hearing}, timeout=self._settled)
                if not hearing.done():
                    self._note_let_in(adapter.name)
            await hearing
        finally:
            if not hearing.cancelling():
                hearing.cancel()
            await asyncio.gather(hearing, return_exceptions=True)

    def _note_let_in(self, platform: str) -> None:
        log.info("let in again", extra={"platform": platform})
        del self._out[platform]
        self._in.add(platform)
        with self._app.store.transaction():
            self._app.store.connection.execute("DELETE FROM clock WHERE name = ?", (f"{SHUT_OUT}{platform}",))
        self.ring()

    def _note_shut_out(self, platform: str | None = None) -> None:
        """Keeps for whoever looks how it goes that a platform shut us out; without one that we try them all again."""
        connection = self._app.store.connection
        with self._app.store.transaction():
            if platform is None:
                connection.executemany("DELETE FROM clock WHERE name GLOB ?", [(f"{SHUT_OUT}*",), (f"{SEEN}*",)])
            else:
                connection.execute("DELETE FROM clock WHERE name = ?", (f"{SEEN}{platform}",))
                mark_done(connection, f"{SHUT_OUT}{platform}", self._clock())

    async def receive(self, inbound: Inbound, along: Callable[[], None] | None = None) -> None:
        """One message, and what the adapter keeps in the same transaction; returns when it is safe in the database."""
        claimed: list[tuple[Courier, list[Envelope]]] = []

        def together() -> None:
            if along:
                along()
            claimed.extend((courier, courier.claim()) for courier in self._couriers)

        self._app.assistant.handle(inbound, self._clock(), together)
        for courier, envelopes in claimed:
            courier.set_out(envelopes)
        log.info("heard", extra={"inbound": inbound.id, "platform": inbound.platform})
        self.ring()

    def ring(self) -> None:
        """Something may be waiting to be brought."""
        for courier in self._couriers:
            courier.wake()

    def _dated(self, envelope: Envelope, now: datetime) -> Envelope:
        return dated(envelope, now, self._app.assistant.world.network.zone, self._app.words)

    def _tick(self) -> datetime | None:
        """Does what is due; when to look again."""
        now = self._clock()
        self._app.assistant.beat(now)
        due = self._app.assistant.next_due()
        if due is not None and due <= now:
            self._app.assistant.due(now)
            self.ring()
            due = self._app.assistant.next_due()
        if self._forgot is None or not timedelta() <= now - self._forgot < FORGETS_EVERY:
            self._forgot = now
            self._app.forget(now)
        self._app.assistant.purge(now)
        return due

    def _note_signs(self) -> None:
        """Keeps for whoever looks how it goes when each platform last gave a sign of life."""
        now = self._clock()
        signs = {one.name: one.silent_for() for one in self._adapters if isinstance(one, Watched) and one.name not in self._out}
        if signs:
            with self._app.store.light():
                for name, seconds in signs.items():
                    mark_done(self._app.store.connection, f"{SEEN}{name}", now - timedelta(seconds=seconds))

    async def _watch(self) -> None:
        while True:
            try:
                due = self._tick()
                self._note_signs()
            except sqlite3.OperationalError as full:  # a full disk, another program: it passes, and what is due stays due
                log.error("the database cannot be written now", extra={"fault": full.sqlite_errorname})  # noqa: TRY400
                due = self._clock() + AGAIN
            await asyncio.sleep(_until(due, self._clock()))


def _until(moment: datetime | None, now: datetime) -> float:
    """Seconds to sleep: until a moment, not longer than `LONGEST_SLEEP`, and never nothing at all."""
    left = moment - now if moment else LONGEST_SLEEP
    return max(0.05, min(left, LONGEST_SLEEP).total_seconds())
