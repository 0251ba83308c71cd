"""Brings what one adapter has to bring, for as long as it runs: each place in its own order, and no place waits for another."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from bot.deliver import bring
from bot.store import deliveries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from bot.deliver import Sender
    from bot.messages import Envelope
    from bot.store.file import Store

LONGEST_NAP, SHORTEST_NAP = 1.0, 0.05
"""Seconds. Somebody else may have put something in the outbox: an import from the command line."""

log = logging.getLogger(__name__)


class Courier:
    """One for each adapter. What is on its way is marked as such in the store: no message is taken up twice."""

    def __init__(self, store: Store, sender: Sender, clock: Callable[[], datetime]) -> None:
        self._store, self._sender, self._clock = store, sender, clock
        self._bell = asyncio.Event()
        self._under_way: set[asyncio.Task[bool]] = set()
        self._ending, self._taking = False, True

    def wake(self) -> None:
        """There is something to bring."""
        self._bell.set()

    def finish(self) -> None:
        """Brings what can be brought now, and then ends."""
        self._ending = True
        self.wake()

    def take_no_more(self) -> None:
        """Only waits for what is under way, and then ends; the rest stays where it is safe."""
        self._taking = False
        self.finish()

    async def run(self) -> None:
        """Until it is told to finish, or cancelled. What is under way then is unsure, and is looked into at the next start."""
        try:
            while True:
                self._bell.clear()
                if not self._take_what_is_ready() and self._ending and not self._under_way:
                    return
                await self._rest()
        finally:
            for task in self._under_way:
                task.cancel()

    def claim(self) -> list[Envelope]:
        """What can be brought now, marked as under way: no message is taken up twice.

        In the transaction that planned it, that costs no commit of its own.
        """
        ready = deliveries.heads(self._store.connection, self._clock(), self._sender.name) if self._taking else []
        for envelope in ready:
            deliveries.mark_sending(self._store.connection, envelope.message, self._sender.name)
        return ready

    def set_out(self, claimed: Iterable[Envelope]) -> None:
        """Brings what was claimed, as soon as that is safe in the database."""
        for envelope in claimed:
            task = asyncio.ensure_future(self._bring(envelope))
            self._under_way.add(task)
            task.add_done_callback(self._done)

    def _take_what_is_ready(self) -> int:
        if not deliveries.heads(self._store.connection, self._clock(), self._sender.name):
            return 0
        with self._store.transaction():
            claimed = self.claim()
        self.set_out(claimed)
        return len(claimed)

    async def _bring(self, envelope: Envelope) -> bool:
        about = {"outgoing": envelope.message, "platform": self._sender.name}
        arrived = await bring(self._store, self._sender, envelope, self._clock, marked=True)
        if arrived:
            log.info("brought", extra=about)
        else:
            log.warning("not brought, it is tried again", extra=about)
        return arrived

    def _done(self, task: asyncio.Task[bool]) -> None:
        self._under_way.discard(task)
        if not task.cancelled():
            task.exception()  # a store that fails says so itself, at the next look
        self._bell.set()

    async def _rest(self) -> None:
        again = deliveries.next_try(self._store.connection, self._sender.name)
        nap = min(LONGEST_NAP, max(SHORTEST_NAP, (again - self._clock()).total_seconds())) if again else LONGEST_NAP
        try:
            async with asyncio.timeout(nap):  # `wait_for` loses a cancellation that comes as the bell rings (Python 3.11)
                await self._bell.wait()
        except TimeoutError:
            return
