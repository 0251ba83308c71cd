"""Keeps the plans of signal routes that somebody is reminded of: ids and days, nothing else. Inside the store's transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.store.outbox import in_order

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

KEPT = timedelta(days=14)
"""How long after its last day a plan is kept when nobody ticks it off."""

_COLUMNS = "reference, position, owner, route, step, task, due, next_at, reminded"


@dataclass(frozen=True, slots=True)
class Todo:
    """One task of a plan that is still to be done. `due` is a local day, `next_at` an aware moment."""

    reference: str
    position: int
    owner: str
    route: str
    step: str
    task: str
    due: date
    next_at: datetime
    reminded: int = 0


def follow(connection: sqlite3.Connection, todos: Iterable[Todo]) -> None:
    """Keeps a plan; one that was followed already is followed from here."""
    for one in todos:
        connection.execute(
            f"INSERT INTO plan ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "  # noqa: S608 - our own names
            "ON CONFLICT (reference, position) DO UPDATE SET due = excluded.due, next_at = excluded.next_at, reminded = 0",
            (one.reference, one.position, one.owner, one.route, one.step, one.task, one.due.isoformat(), in_order(one.next_at), 0),
        )


def next_moment(connection: sqlite3.Connection) -> datetime | None:
    row = connection.execute("SELECT min(next_at) FROM plan").fetchone()
    return datetime.fromisoformat(row[0]) if row[0] else None


def due(connection: sqlite3.Connection, now: datetime) -> dict[str, list[Todo]]:
    """What is to be reminded of now, by plan: all tasks of which the moment has come."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM plan WHERE next_at <= ? ORDER BY reference, position",  # noqa: S608
        (in_order(now),),
    )
    found: dict[str, list[Todo]] = {}
    for row in rows:
        one = _todo(row)
        found.setdefault(one.reference, []).append(one)
    return found


def of_plan(connection: sqlite3.Connection, reference: str) -> list[Todo]:
    """What is left of a plan."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM plan WHERE reference = ? ORDER BY position", (reference,))  # noqa: S608
    return [_todo(row) for row in rows]


def remind_again(connection: sqlite3.Connection, todo: Todo, at: datetime) -> None:
    connection.execute(
        "UPDATE plan SET next_at = ?, reminded = reminded + 1 WHERE reference = ? AND position = ?",
        (in_order(at), todo.reference, todo.position),
    )


def tick(connection: sqlite3.Connection, reference: str, position: int) -> None:
    """One task has been done."""
    connection.execute("DELETE FROM plan WHERE reference = ? AND position = ?", (reference, position))


def drop(connection: sqlite3.Connection, reference: str) -> None:
    """Nobody wants to be reminded of this plan any more."""
    connection.execute("DELETE FROM plan WHERE reference = ?", (reference,))


def _todo(row: tuple[str, int, str, str, str, str, str, str, int]) -> Todo:
    reference, position, owner, route, step, task, day, next_at, reminded = row
    moment = datetime.fromisoformat(next_at)
    return Todo(reference, position, owner, route, step, task, date.fromisoformat(day), moment, reminded)
