"""Keeps each time of an agreement in each place where it is said: when it is, what has been said of it, and who ticked it off.

Works inside the store's transaction. Moments are aware and stand in UTC; `planned` is the local wall time by the rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from bot.store.outbox import in_order

if TYPE_CHECKING:
    import sqlite3

State = Literal["open", "done", "dropped"]
KEPT = timedelta(days=400)
_COLUMNS = "agreement, planned, place, at, moved, step, next_at, state, done_by"


@dataclass(frozen=True, slots=True)
class Occasion:
    """`step` is how many of its announcements have been made, `next_at` when the next is due; None when there is nothing more."""

    agreement: str
    planned: datetime
    place: str
    at: datetime
    moved: str | None = None
    step: int = 0
    next_at: datetime | None = None
    state: State = "open"
    done_by: str | None = None

    @property
    def card(self) -> str:
        """The name of the message that lives on while it is announced, reminded and ticked off."""
        return f"afspraak/{self.agreement}/{self.planned.isoformat(timespec='minutes')}"


def save(connection: sqlite3.Connection, one: Occasion) -> None:
    connection.execute(
        f"INSERT OR REPLACE INTO occasion ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - names of our own
        (
            one.agreement, one.planned.isoformat(), one.place, in_order(one.at), one.moved, one.step,
            in_order(one.next_at) if one.next_at else None, one.state, one.done_by,
        ),
    )  # fmt: skip


def known(connection: sqlite3.Connection) -> dict[tuple[str, str, str], Occasion]:
    """All that is kept, by agreement, planned time and place."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM occasion")  # noqa: S608
    return {(row[0], row[1], row[2]): _occasion(row) for row in rows}


def due_by(connection: sqlite3.Connection, now: datetime) -> list[Occasion]:
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM occasion WHERE next_at <= ? ORDER BY next_at, agreement, place",  # noqa: S608
        (in_order(now),),
    )
    return [_occasion(row) for row in rows]


def next_due(connection: sqlite3.Connection) -> datetime | None:
    found = connection.execute("SELECT min(next_at) FROM occasion WHERE next_at IS NOT NULL").fetchone()[0]
    return datetime.fromisoformat(found) if found else None


def find(connection: sqlite3.Connection, agreement: str, planned: str, place: str) -> Occasion | None:
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM occasion WHERE agreement = ? AND planned = ? AND place = ?",  # noqa: S608
        (agreement, planned, place),
    ).fetchone()
    return _occasion(row) if row else None


def announced_in(connection: sqlite3.Connection, place: str | None) -> list[Occasion]:
    """What was announced in a place (None: anywhere) and is not ticked off, the newest first."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM occasion WHERE place = coalesce(?, place) AND state = 'open' AND step > 0 "  # noqa: S608
        "ORDER BY at DESC",
        (place,),
    )
    return [_occasion(row) for row in rows]


def remove(connection: sqlite3.Connection, one: Occasion) -> None:
    connection.execute(
        "DELETE FROM occasion WHERE agreement = ? AND planned = ? AND place = ?",
        (one.agreement, one.planned.isoformat(), one.place),
    )


def forget(connection: sqlite3.Connection, now: datetime) -> None:
    """Takes away what is long past."""
    connection.execute("DELETE FROM occasion WHERE at < ?", (in_order(now - KEPT),))


def _occasion(row: tuple[str, str, str, str, str | None, int, str | None, State, str | None]) -> Occasion:
    agreement, planned, place, at, moved, step, next_at, state, done_by = row
    following = datetime.fromisoformat(next_at) if next_at else None
    return Occasion(
        agreement, datetime.fromisoformat(planned), place, datetime.fromisoformat(at), moved, step, following, state, done_by
    )
