"""Brings what one adapter has to bring, for as long as it runs: each place in its own order, and no place waits for another."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from functools import partial
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

    def __init__(
        self,
        store: Store,
        sender: Sender,
        clock: Callable[[], datetime],
        dated: Callable[[Envelope, datetime], Envelope] | None = None,
    ) -> None:
        """`dated` gives a message as it is to be read at the moment at which it is brought."""
        self._store, self._sender, self._clock, self._dated = store, sender, clock, dated
        self._bell = asyncio.Event()
        self._under_way: set[asyncio.Task[bool]] = set()
        self._unwritten: set[int] = set()
        """What was brought, or not, while the database could not be written: what came of it is asked once more."""
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
                nap = LONGEST_NAP
                try:
                    ready = self._take_what_is_ready()
                    nap = self._nap()
                except sqlite3.OperationalError as full:  # a full disk, another program: it passes, and nothing is lost
                    log.error("the database cannot be written now", extra={"fault": full.sqlite_errorname})  # noqa: TRY400
                    ready = 0
                if not ready and self._ending and not self._under_way:
                    return
                await self._rest(nap)
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
            task.add_done_callback(partial(self._done, envelope.message))

    def _take_what_is_ready(self) -> int:
        if self._unwritten:
            with self._store.transaction():
                for message in self._unwritten:
                    deliveries.mark_unsure(self._store.connection, message, self._sender.name)
            self._unwritten.clear()
        if not deliveries.heads(self._store.connection, self._clock(), self._sender.name):
            return 0
        with self._store.transaction():
            claimed = self.claim()
        self.set_out(claimed)
        return len(claimed)

    async def _bring(self, envelope: Envelope) -> bool:
        if self._dated:
            envelope = self._dated(envelope, self._clock())
        about = {"outgoing": envelope.message, "platform": self._sender.name}
        arrived = await bring(self._store, self._sender, envelope, self._clock, marked=True)
        if arrived:
            log.info("brought", extra=about)
        else:
            log.warning("not brought, it is tried again", extra=about)
        return arrived

    def _done(self, message: int, task: asyncio.Task[bool]) -> None:
        self._under_way.discard(task)
        if not task.cancelled() and isinstance(task.exception(), sqlite3.OperationalError):
            self._unwritten.add(message)
        self._bell.set()

    def _nap(self) -> float:
        """Seconds to the next try."""
        again = deliveries.next_try(self._store.connection, self._sender.name)
        return min(LONGEST_NAP, max(SHORTEST_NAP, (again - self._clock()).total_seconds())) if again else LONGEST_NAP

    async def _rest(self, nap: float) -> None:
        try:
            async with asyncio.timeout(nap):  # `wait_for` loses a cancellation that comes as the bell rings (Python 3.11)
                await self._bell.wait()
        except TimeoutError:
            return
