"""What the assistant does by itself when its time has come. Each duty asks the database what is due: there are no timers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, Protocol

from bot.routes import DIRECT
from bot.store.outbox import in_order

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from bot.context import World
    from bot.messages import Reply
    from bot.routes import Routes

BORN, ALIVE = "geboren", "wakker"
"""Names in the clock: when the database began (nothing before it is caught up), and when the assistant was last there."""

USUAL = time(8, 15)
"""When the network's digest comes."""


@dataclass(frozen=True)
class Desk:
    """What a duty may look at, inside one transaction."""

    connection: sqlite3.Connection
    world: World
    routes: Routes
    digest_at: time = USUAL
    """The local time of the network's digest."""


@dataclass(frozen=True)
class News:
    """Something to say by itself. `key` is unique by what it means, planning it twice is harmless; `reply.to` is its place."""

    key: str
    reply: Reply


def asked_of(reply: Reply) -> str | None:
    """Who is asked something they did not begin: whoever's direct chat it is asked in. What they say next may be the answer."""
    private = reply.kind == "question" and reply.to is not None and reply.to.startswith(DIRECT)
    return str(reply.to).removeprefix(DIRECT) if private else None


class Duty(Protocol):
    """One thing that comes by itself."""

    def next_due(self, desk: Desk) -> datetime | None:
        """The first moment (aware) at which something is due; it may be past. None: nothing is coming."""

    def run(self, desk: Desk, now: datetime) -> Iterable[News]:
        """Does all that is due at this moment. After it `next_due` lies behind `now`, or is None."""


def done_until(connection: sqlite3.Connection, name: str) -> datetime | None:
    """How far a duty has got (aware); None when it has never begun."""
    row = connection.execute("SELECT done FROM clock WHERE name = ?", (name,)).fetchone()
    return datetime.fromisoformat(row[0]) if row else None


def mark_done(connection: sqlite3.Connection, name: str, until: datetime) -> None:
    connection.execute(
        "INSERT INTO clock (name, done) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET done = excluded.done",
        (name, in_order(until)),
    )


def born(connection: sqlite3.Connection, now: datetime) -> datetime:
    """When this database began: the first moment at which this was asked."""
    found = done_until(connection, BORN)
    if found is None:
        mark_done(connection, BORN, now)
    return found or now
