"""What must be remembered beside the core's own tables: how far we have read, which event is which message, taps and votes.

Everything is written inside a transaction of the store: together with what caused it, or not at all.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from adapters.matrix import PLATFORM

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

BETWEEN = "\n"
"""Between the options of one vote; at the end of those that choose nothing yet."""


@dataclass(frozen=True)
class Tap:
    """A reaction or a vote of somebody on a message of ours."""

    message: int
    options: tuple[str, ...]
    sender: str
    chose: bool = True
    """False: ticks of a list that stand, and choose nothing until it is sent on."""


@dataclass(frozen=True)
class Memory:
    """Over one connection."""

    connection: sqlite3.Connection

    # How far we have read

    def position(self) -> str | None:
        row = self.connection.execute("SELECT token FROM read_position WHERE platform = ?", (PLATFORM,)).fetchone()
        return str(row[0]) if row else None

    def move(self, token: str) -> None:
        self.connection.execute(
            "INSERT INTO read_position (platform, token) VALUES (?, ?) ON CONFLICT (platform) DO UPDATE SET token = excluded.token",
            (PLATFORM, token),
        )

    # Which event is which message

    def posted(self, event: str, message: int, kind: str, room: str) -> None:
        self.connection.execute(
            "INSERT INTO posted (platform, remote, message, kind, spot) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (PLATFORM, event, message, kind, room),
        )

    def room_of(self, event: str) -> str | None:
        """In which room an event of ours stands; None when that was not kept."""
        row = self.connection.execute("SELECT spot FROM posted WHERE platform = ? AND remote = ?", (PLATFORM, event)).fetchone()
        return str(row[0]) if row and row[0] else None

    def message_of(self, event: str) -> int | None:
        """The newest version of the message that this event shows."""
        row = self.connection.execute(
            "SELECT (SELECT max(id) FROM outbox AS later WHERE id = posted.message OR root = coalesce(said.root, said.id)) "
            "FROM posted LEFT JOIN outbox AS said ON said.id = posted.message WHERE platform = ? AND remote = ?",
            (PLATFORM, event),
        ).fetchone()
        return int(row[0]) if row and row[0] is not None else None

    def kind_of(self, event: str) -> str | None:
        row = self.connection.execute("SELECT kind FROM posted WHERE platform = ? AND remote = ?", (PLATFORM, event)).fetchone()
        return str(row[0]) if row else None

    def is_ours(self, event: str) -> bool:
        return self.kind_of(event) is not None

    def standing_of(self, message: int) -> list[tuple[str, str]]:
        """The events of a message, of all its versions, that have not been taken away: each with its room."""
        rows = self.connection.execute(
            "SELECT remote, spot FROM posted WHERE platform = ? AND spot IS NOT NULL AND kind != 'redacted' "
            "AND kind NOT GLOB 'seed/*' AND message IN (SELECT family.id FROM outbox AS family JOIN outbox AS one ON one.id = ? "
            "AND coalesce(family.root, family.id) = coalesce(one.root, one.id)) ORDER BY rowid",
            (PLATFORM, message),
        )
        return list(rows)

    def replaced(self, event: str, kind: str) -> None:
        """Something else stands in the place of an event now."""
        self.connection.execute("UPDATE posted SET kind = ? WHERE platform = ? AND remote = ?", (kind, PLATFORM, event))

    def newest(self, kind: str, room: str, before: int) -> int | None:
        """The newest message before this one that was an event of this kind in a room."""
        row = self.connection.execute(
            "SELECT max(message) FROM posted WHERE platform = ? AND kind = ? AND spot = ? AND message < ?",
            (PLATFORM, kind, room, before),
        ).fetchone()
        return int(row[0]) if row[0] is not None else None

    def seeds(self, event: str) -> dict[str, str]:
        """The reactions that we put under an event ourselves: their ids by their signs."""
        head = f"seed/{event}/"
        rows = self.connection.execute(
            "SELECT kind, remote FROM posted WHERE platform = ? AND substr(kind, 1, ?) = ?", (PLATFORM, len(head), head)
        )
        return {kind.removeprefix(head): remote for kind, remote in rows}

    # Threads

    def in_thread(self, event: str, root: str) -> None:
        self.connection.execute(
            "INSERT INTO threaded (platform, remote, root) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", (PLATFORM, event, root)
        )

    def thread_of(self, event: str) -> str | None:
        row = self.connection.execute("SELECT root FROM threaded WHERE platform = ? AND remote = ?", (PLATFORM, event)).fetchone()
        return str(row[0]) if row else None

    # Reactions and votes

    def tapped(self, event: str, tap: Tap) -> None:
        self.connection.execute(
            "INSERT INTO tap (platform, remote, message, option, sender) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (PLATFORM, event, tap.message, BETWEEN.join(tap.options) + ("" if tap.chose else BETWEEN), tap.sender),
        )

    def tap(self, event: str) -> Tap | None:
        row = self.connection.execute(
            "SELECT message, option, sender FROM tap WHERE platform = ? AND remote = ?", (PLATFORM, event)
        ).fetchone()
        if row is None:
            return None
        options = tuple(option for option in row[1].split(BETWEEN) if option)
        return Tap(row[0], options, row[2], chose=not row[1].endswith(BETWEEN))

    def last_tap(self, message: int, sender: str) -> Tap | None:
        """What somebody chose last with a message of ours."""
        row = self.connection.execute(
            "SELECT remote FROM tap WHERE platform = ? AND message = ? AND sender = ? ORDER BY rowid DESC LIMIT 1",
            (PLATFORM, message, sender),
        ).fetchone()
        return self.tap(row[0]) if row else None

    def voted(self, message: int, sender: str, options: tuple[str, ...]) -> None:
        """The last vote of somebody on a list counts."""
        self.connection.execute(
            "INSERT INTO vote (platform, message, sender, options) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (platform, message, sender) DO UPDATE SET options = excluded.options",
            (PLATFORM, message, sender, json.dumps(options)),
        )

    def unvoted(self, message: int, sender: str, options: tuple[str, ...]) -> None:
        """A vote that was taken away, if it is still the one that counts."""
        self.connection.execute(
            "DELETE FROM vote WHERE platform = ? AND message = ? AND sender = ? AND options = ?",
            (PLATFORM, message, sender, json.dumps(options)),
        )

    def vote(self, message: int, sender: str) -> tuple[str, ...]:
        row = self.connection.execute(
            "SELECT options FROM vote WHERE platform = ? AND message = ? AND sender = ?", (PLATFORM, message, sender)
        ).fetchone()
        return tuple(json.loads(row[0])) if row else ()

    # What could not be read yet

    def unread(self, event: str, where: str, sender: str, session: str, at: datetime) -> None:
        self.connection.execute(
            "INSERT INTO unread (platform, remote, place, sender, session, at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (PLATFORM, event, where, sender, session, at.isoformat()),
        )

    def read_at_last(self, event: str) -> None:
        self.connection.execute("DELETE FROM unread WHERE platform = ? AND remote = ?", (PLATFORM, event))

    def still_unread(self) -> list[tuple[str, str, str, str, str]]:
        """Event, where, sender, session and since when (ISO), oldest first."""
        return list(
            self.connection.execute(
                "SELECT remote, place, sender, session, at FROM unread WHERE platform = ? ORDER BY rowid", (PLATFORM,)
            )
        )
