"""The whole port: what an adapter must be able to do, and what it may say back about a message it could not bring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from bot.faults import ShutOut

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import timedelta

    from bot.messages import Envelope, Inbound


__all__ = ["Adapter", "Receive", "ShutOut", "TryLater"]


class TryLater(Exception):
    """The platform cannot take the message now; it is sent again after this time."""

    def __init__(self, after: timedelta) -> None:
        self.after = after
        super().__init__(str(after))


class Receive(Protocol):
    """What an adapter hands over to."""

    async def __call__(self, inbound: Inbound, along: Callable[[], None] | None = None) -> None:
        """Returns when the message is safe in the database, and what `along` writes with it."""


class Adapter(Protocol):
    """Where the assistant lives."""

    @property
    def name(self) -> str:
        """By which name the store and the network file know this platform; "" for the only one there is."""

    async def listen(self, receive: Receive) -> None:
        """Hands over everything that is said, in order, until there is nothing more to come.

        `receive` returns when the message is safe in the database: only then is it acknowledged to the platform.
        """

    async def send(self, envelope: Envelope) -> str:
        """Brings one message, and returns the platform's id of it (of a change: that of the message that was changed).

        Raises `TryLater` when the platform did not take it, `bot.deliver.Refused` when it never will; after anything else it
        may have arrived, and comes again with `unsure`.
        """
