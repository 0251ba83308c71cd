"""Brings what stands in the outbox to the adapter: urgent first, in order, and nothing is forgotten when it fails."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.messages import Envelope
    from bot.store import Store

RETRY = timedelta(seconds=30)


class Sender(Protocol):
    """As much of an adapter as is needed here."""

    async def send(self, envelope: Envelope) -> str:
        """Brings one message, and returns the platform's id of it."""


async def deliver(store: Store, sender: Sender, clock: Callable[[], datetime]) -> int:
    """Sends all that is waiting; returns how many messages arrived. What fails stays, and is tried again later."""
    arrived = 0
    held: set[str] = set()
    for envelope in store.waiting(clock()):
        if envelope.place in held and envelope.reply.kind != "urgent":
            continue  # behind one that did not arrive: the order of what is read stays that of what was said
        store.mark_sending(envelope.message)
        try:
            remote = await sender.send(envelope)
        except Exception as error:  # noqa: BLE001 - one message that cannot be brought must not hold up the others
            after = getattr(error, "after", RETRY)
            store.mark_later(envelope.message, clock() + after, type(error).__name__)
            held.add(envelope.place)
            continue
        store.mark_sent(envelope.message, remote, clock())
        arrived += 1
    return arrived
