"""How fast we speak: what is red goes first, overviews never come all at once, and a homeserver that slows us down is not pressed.

Who has to wait does so here, in order: what stands in the outbox is tried again only when the homeserver itself refused it.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING

from adapters.port import TryLater

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.messages import Reply

OVERVIEWS_APART = 2.0
"""Seconds between two overviews: at nine o'clock there is one for everybody."""
USUAL_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(minutes=10)
FIRST, OTHERS, OVERVIEW = 0, 1, 2
COURTESY = 5.0
"""Seconds for which the rest waits while something urgent is being brought; it may hang."""
LONG = 60.0

Ticket = tuple[int, int]


class Pace:
    """Gives everybody their turn. As long as nobody slows us down all go at the same time."""

    def __init__(self, overviews_apart: float = OVERVIEWS_APART) -> None:
        self._tickets, self._apart = count(), overviews_apart
        self._asking: set[Ticket] = set()
        self._under_way: set[Ticket] = set()
        self._quiet_until = 0.0
        self._next_overview = 0.0
        self._refused = 0
        """How much that is red had to wait for the homeserver and comes back: for a moment the rest leaves room for it."""
        self._bell = asyncio.Event()
        self.slow = False
        """Whether the homeserver has said to wait, and there is a queue since: then one goes after the other."""

    @asynccontextmanager
    async def turn(self, reply: Reply) -> AsyncIterator[None]:
        """For as long as this is being brought."""
        loop = asyncio.get_running_loop()
        ticket = (_rank(reply), next(self._tickets))
        if ticket[0] == OVERVIEW:
            await self._spread()
        elif ticket[0] == FIRST:
            self._refused = max(0, self._refused - 1)
        polite_until = loop.time() + COURTESY
        self._asking.add(ticket)
        try:
            while (seconds := self._held(ticket, loop.time(), polite_until)) > 0:
                await self._pause(seconds)
            self._asking.discard(ticket)
            self._under_way.add(ticket)
            yield
        except TryLater:
            if ticket[0] == FIRST and loop.time() < self._quiet_until:
                self._refused += 1
            raise
        finally:
            self._asking.discard(ticket)
            self._under_way.discard(ticket)
            self.slow = self.slow and (bool(self._asking) or loop.time() < self._quiet_until)
            bell, self._bell = self._bell, asyncio.Event()
            bell.set()

    def told_to_wait(self, milliseconds: int | None) -> timedelta:
        """The homeserver takes no more for a while; how long."""
        wait = min(timedelta(milliseconds=milliseconds) if milliseconds else USUAL_WAIT, LONGEST_WAIT)
        self._quiet_until = asyncio.get_running_loop().time() + wait.total_seconds()
        self.slow = True
        return wait

    def _held(self, ticket: Ticket, now: float, polite_until: float) -> float:
        """Seconds to wait before looking again; 0 when it is their turn."""
        if now < self._quiet_until:
            return self._quiet_until - now
        rank = ticket[0]
        if rank != FIRST and self._refused and (room := self._quiet_until + COURTESY - now) > 0:
            return room
        if self.slow:
            return LONG if min(self._asking) < ticket or any(other[0] <= rank for other in self._under_way) else 0.0
        urgent = any(other[0] == FIRST for other in (*self._asking, *self._under_way))
        return max(0.0, polite_until - now) if rank != FIRST and urgent else 0.0

    async def _spread(self) -> None:
        now = asyncio.get_running_loop().time()
        turn = max(now, self._next_overview)
        self._next_overview = turn + self._apart
        await asyncio.sleep(turn - now)

    async def _pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._bell.wait()
        except TimeoutError:
            return


def _rank(reply: Reply) -> int:
    if reply.urgent or reply.kind == "urgent":
        return FIRST
    return OVERVIEW if reply.kind == "digest" else OTHERS
