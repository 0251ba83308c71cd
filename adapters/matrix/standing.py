"""Whether a message of which nobody knows what became of it stands there already.

A homeserver knows by the transaction that it is the same one, but not for ever (Synapse: about a day), and not from another
device. So before it is sent again the room is read back. Our own events carry their transaction where the homeserver still tells
it, and always a mark in their content, also beside what is locked: another device cannot open that.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from adapters.matrix.session import NotNow, away

if TYPE_CHECKING:
    from datetime import datetime

    from nio import AsyncClient

MARK = "nl.verbinder.bericht"
CLOCKS_APART = timedelta(minutes=5)
"""How much our clock may differ from the homeserver's."""
PAGE = 100


def transaction_of(key: str) -> str:
    """By what the homeserver and we know an event again. The key itself stays here: others in the room can read what is sent."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def marked(content: dict[str, Any], key: str) -> dict[str, Any]:
    """The same, to be known again."""
    return {**content, MARK: transaction_of(key)}


async def standing(client: AsyncClient, room: str, since: datetime) -> dict[str, str]:
    """The events of ours in a room since a moment, by their transaction. Raises `NotNow`."""
    import aiohttp  # noqa: PLC0415 - heavy, and only needed where Matrix is
    from nio import RoomMessagesResponse  # noqa: PLC0415

    found: dict[str, str] = {}
    ours, begin = {"senders": [client.user_id]}, (since - CLOCKS_APART).timestamp() * 1000
    start: str | None = None
    while True:
        try:
            answer = await client.room_messages(room, start=start, limit=PAGE, message_filter=ours)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise away(error) from None
        if not isinstance(answer, RoomMessagesResponse):
            raise NotNow(str(getattr(answer, "status_code", "")))
        for event in answer.chunk:
            for mark in (event.source.get("unsigned", {}).get("transaction_id"), event.source.get("content", {}).get(MARK)):
                if isinstance(mark, str):
                    found[mark] = event.event_id
        if not answer.end or answer.end == start or any(event.server_timestamp < begin for event in answer.chunk):
            return found
        start = answer.end
