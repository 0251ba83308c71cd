"""Takes away for good what was said about a handover, once its term has passed: every event of it, with all that it ever said.

A change leaves what stood there before in the history of the room, for everybody who is in it. So each event is redacted, and the
neutral line is the reason that is given.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from adapters.matrix.session import request
from bot.deliver import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from nio import AsyncClient

    from adapters.matrix.memory import Memory
    from bot.store.file import Store

GONE, NOT_THERE = "M_NOT_FOUND", 404
"""The homeserver does not have it (any more): it keeps things for a while only."""


@dataclass(frozen=True)
class Eraser:
    """Over one account. `told_apart` gives the exception that a refusal of the homeserver means."""

    client: AsyncClient
    store: Store
    memory: Memory
    told_apart: Callable[[Any], Exception]

    async def erase(self, message: int, reason: str) -> None:
        """All events of a message and of its changes. Trying again does no harm. Raises what `told_apart` gives, and `Unsure`.

        What one room does not let us take away (one that was replaced by another, say) does not keep the rest standing.
        """
        refused: Refused | None = None
        for event, room in self.memory.standing_of(message):
            try:
                await self._erase_one(room, event, reason)
            except Refused as fault:
                refused = fault
        if refused:
            raise refused

    async def _erase_one(self, room: str, event: str, reason: str) -> None:
        for change in await self._changes(room, event):
            await self._redact(room, change, reason)
        await self._redact(room, event, reason)
        with self.store.light():
            self.memory.replaced(event, "redacted")

    async def _changes(self, room: str, event: str) -> list[str]:
        """The changes of an event that still say something."""
        path = f"/_matrix/client/v1/rooms/{quote(room)}/relations/{quote(event)}/m.replace?limit=100"
        found: list[str] = []
        following: str | None = ""
        while following is not None:
            answer = await request(self.client, "GET", f"{path}&from={quote(following)}" if following else path)
            if answer.get("status", NOT_THERE) != NOT_THERE:
                refused = SimpleNamespace(status_code=answer.get("errcode"), retry_after_ms=answer.get("retry_after_ms"))
                raise self.told_apart(refused)
            found += [change["event_id"] for change in answer.get("chunk", [])]
            following = answer.get("next_batch")
        return found

    async def _redact(self, room: str, event: str, reason: str) -> None:
        from nio import RoomRedactResponse  # noqa: PLC0415 - heavy, and only needed where Matrix is

        answer = await self.client.room_redact(room, event, reason, tx_id=f"gewist-{event.strip('$')}")
        if not isinstance(answer, RoomRedactResponse) and answer.status_code != GONE:
            raise self.told_apart(answer)
