"""Brings what stands in the outbox to an adapter: urgent first, in order, and nothing is forgotten when it fails."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from bot.faults import ShutOut
from bot.messages import NobodyReads
from bot.store import deliveries

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from datetime import datetime

    from bot.messages import Envelope
    from bot.store.file import Store

RETRY = timedelta(seconds=30)
FRESH = timedelta(minutes=1)
"""What has waited longer, and has changed since, need not be brought as it was: nobody is called for what is over."""


class Refused(Exception):
    """The platform will never take this message; the text is the class of the reason, without contents."""


class Unsure(Exception):
    """There was no answer: the message may have arrived, or not. It comes again after a while, and then says so."""

    def __init__(self, after: timedelta, why: str) -> None:
        self.again = after
        super().__init__(why)


class Sender(Protocol):
    """As much of an adapter as is needed here."""

    @property
    def name(self) -> str:
        """By which name the store knows it; "" for the only one."""

    async def send(self, envelope: Envelope) -> str:
        """Brings one message, and returns the platform's id of it (of a change: that of the message that was changed)."""


async def deliver(store: Store, sender: Sender, clock: Callable[[], datetime]) -> int:
    """Sends all that is waiting, one after the other; returns how many messages arrived. What fails is tried again later."""
    arrived = 0
    held: set[str] = set()
    for envelope in deliveries.waiting(store.connection, clock(), sender.name):
        if envelope.place in held and not _is_urgent(envelope):
            continue  # behind one that did not arrive: the order of what is read stays that of what was said
        if await bring(store, sender, envelope, clock):
            arrived += 1
        else:
            held.add(envelope.place)
    return arrived


def _is_urgent(envelope: Envelope) -> bool:
    return (envelope.reply.kind == "urgent" or envelope.reply.urgent) and envelope.replaces is None


def _is_over(connection: sqlite3.Connection, envelope: Envelope, now: datetime) -> bool:
    """Whether a message that never arrived need not arrive any more: it would only be taken back, or changed at once."""
    if envelope.remote is not None:
        return False
    if envelope.reply.data.get("lapsed"):
        return True
    return not envelope.unsure and now - envelope.at > FRESH and deliveries.changed_since(connection, envelope)


async def bring(
    store: Store, sender: Sender, envelope: Envelope, clock: Callable[[], datetime], *, marked: bool = False
) -> bool:  # fmt: skip
    """One message; whether it arrived, or need not be brought. `marked`: it is known already to be on its way."""
    connection, name = store.connection, sender.name
    if _is_over(connection, envelope, clock()):
        deliveries.mark_sent(connection, envelope.message, "", clock(), name)
        return True
    if not marked:
        deliveries.mark_sending(connection, envelope.message, name)
    try:
        remote = await sender.send(envelope)
    except Refused as fault:
        deliveries.mark_failed(connection, envelope.message, str(fault), name)
        return True
    except Exception as error:
        after = getattr(error, "after", None)
        again = clock() + (after if after is not None else getattr(error, "again", RETRY))
        # Of an earlier try nobody knows as yet what became of it: that it was refused now says nothing about that one.
        refused = (after is not None or isinstance(error, ShutOut)) and not envelope.unsure
        deliveries.mark_later(connection, envelope.message, again, type(error).__name__, name, refused=refused)
        if isinstance(error, NobodyReads):
            raise
        return False
    deliveries.mark_sent(connection, envelope.message, remote, clock(), name)
    return True
