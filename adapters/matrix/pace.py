"""How fast we speak: when the homeserver says to wait, only what is urgent goes on, and overviews never come all at once."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from adapters.port import TryLater

if TYPE_CHECKING:
    from bot.messages import Reply

DIGESTS_APART = 2.0
"""Seconds between two overviews: at nine o'clock there is one for everybody."""
USUAL_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(minutes=10)


class Pace:
    """Keeps the time at which others may go again; in seconds of the loop."""

    def __init__(self) -> None:
        self._quiet_until = 0.0
        self._next_digest = 0.0

    def ask(self, reply: Reply) -> None:
        """Whether this may go now. Raises `TryLater`."""
        now = asyncio.get_running_loop().time()
        if reply.urgent or reply.kind == "urgent":
            return
        if now < self._quiet_until:
            raise TryLater(timedelta(seconds=self._quiet_until - now))
        if reply.kind == "digest":
            if now < self._next_digest:
                raise TryLater(timedelta(seconds=self._next_digest - now))
            self._next_digest = now + DIGESTS_APART

    def told_to_wait(self, milliseconds: int | None) -> timedelta:
        """The homeserver takes no more for a while; how long."""
        wait = min(timedelta(milliseconds=milliseconds) if milliseconds else USUAL_WAIT, LONGEST_WAIT)
        self._quiet_until = asyncio.get_running_loop().time() + wait.total_seconds()
        return wait
