"""Keeps changes of the contact list: what waits for a yes, what waits for its day, and who changed what of whom when.

Only values of the list are kept, never what was typed; of what was done no old or new value remains. Works inside the store's
transaction. Moments are aware and stand in UTC, days are local.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.contacts.changes import CHANGES
from bot.store.outbox import in_order
from knowledge.network_diff import compare

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from bot.contacts.changes import Change
    from knowledge.network import Network

PENDING_KEPT = timedelta(minutes=30)
"""How long a change waits for a yes."""

LOG_KEPT = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Pending:
    """What somebody was asked to confirm: per option the changes with their day (None: at once)."""

    id: int
    person: str | None
    place: str
    ways: dict[str, list[tuple[date | None, Change]]]


@dataclass(frozen=True, slots=True)
class Logged:
    """Who (None: at the machine) changed what kind of thing of whom."""

    at: datetime
    by: str | None
    kind: str
    person: str


def keep(connection: sqlite3.Connection, person: str | None, place: str, ways: dict[str, Any], now: datetime) -> int:
    """Keeps a change until it is confirmed; what this person had open here before is gone. Returns its number."""
    connection.execute("DELETE FROM pending_change WHERE person IS ? AND place = ?", (person, place))
    row = connection.execute(
        "INSERT INTO pending_change (person, place, ways, at) VALUES (?, ?, ?, ?) RETURNING id",
        (person, place, json.dumps(ways, default=str), in_order(now)),
    ).fetchone()
    return int(row[0])


def pending(connection: sqlite3.Connection, number: int, now: datetime) -> Pending | None:
    """What waits under this number; None when it was answered or waited too long."""
    row = connection.execute(
        "SELECT id, person, place, ways FROM pending_change WHERE id = ? AND at > ?", (number, in_order(now - PENDING_KEPT))
    ).fetchone()
    return _pending(row) if row else None


def pending_of(connection: sqlite3.Connection, person: str | None, place: str, now: datetime) -> Pending | None:
    """What this person was last asked to confirm here."""
    row = connection.execute(
        "SELECT id, person, place, ways FROM pending_change WHERE person IS ? AND place = ? AND at > ? ORDER BY id DESC LIMIT 1",
        (person, place, in_order(now - PENDING_KEPT)),
    ).fetchone()
    return _pending(row) if row else None


def drop(connection: sqlite3.Connection, number: int) -> None:
    connection.execute("DELETE FROM pending_change WHERE id = ?", (number,))


def forget(connection: sqlite3.Connection, now: datetime) -> int:
    """Takes away what waited too long for a yes, and old lines of the log; returns how many rows that were."""
    late = connection.execute("DELETE FROM pending_change WHERE at <= ?", (in_order(now - PENDING_KEPT),)).rowcount
    return late + connection.execute("DELETE FROM list_change WHERE at < ?", (in_order(now - LOG_KEPT),)).rowcount


def plan(connection: sqlite3.Connection, day: date, change: Change, by: str | None) -> None:
    """Keeps a change for its day. An earlier plan for the same thing of the same person is replaced."""
    connection.execute("DELETE FROM planned_change WHERE person = ? AND kind = ?", (change.person, change.kind))
    connection.execute(
        "INSERT INTO planned_change (day, person, kind, change, by) VALUES (?, ?, ?, ?, ?)",
        (day.isoformat(), change.person, change.kind, _json(change), by),
    )


def first_planned(connection: sqlite3.Connection) -> date | None:
    """The day of the first change that waits for its day."""
    found = connection.execute("SELECT min(day) FROM planned_change").fetchone()[0]
    return date.fromisoformat(found) if found else None


def planned(connection: sqlite3.Connection) -> list[tuple[date, Change]]:
    """All that waits for its day, in order."""
    rows = connection.execute("SELECT day, change FROM planned_change ORDER BY day, id").fetchall()
    return [(date.fromisoformat(day), _change(change)) for day, change in rows]


def take_planned(connection: sqlite3.Connection, today: date) -> list[tuple[Change, str | None]]:
    """What is to be done by this day, and no longer waits after this; with who had said so."""
    rows = connection.execute(
        "SELECT id, change, by FROM planned_change WHERE day <= ? ORDER BY day, id", (today.isoformat(),)
    ).fetchall()
    connection.executemany("DELETE FROM planned_change WHERE id = ?", [(row[0],) for row in rows])
    return [(_change(change), by) for _, change, by in rows]


def note(connection: sqlite3.Connection, by: str | None, changes: Iterable[Change], now: datetime) -> None:
    connection.executemany(
        "INSERT INTO list_change (at, by, kind, person) VALUES (?, ?, ?, ?)",
        [(in_order(now), by, change.kind, change.person) for change in changes],
    )


def note_import(connection: sqlite3.Connection, old: Network, new: Network, now: datetime) -> None:
    """Whose entry an import changed, brought in or took away: done at the machine."""
    found = compare(old, new).people
    people = sorted({one.id for part in (found.new, found.changed, found.gone) for one in part})
    connection.executemany(
        "INSERT INTO list_change (at, by, kind, person) VALUES (?, NULL, 'import', ?)", [(in_order(now), one) for one in people]
    )


def changes_since(connection: sqlite3.Connection, since: datetime) -> list[Logged]:
    """What was changed from this moment on, oldest first."""
    rows = connection.execute("SELECT at, by, kind, person FROM list_change WHERE at >= ? ORDER BY id", (in_order(since),))
    return [Logged(datetime.fromisoformat(at), by, kind, person) for at, by, kind, person in rows]


def _pending(row: tuple[int, str | None, str, str]) -> Pending:
    number, person, place, ways = row
    found = {option: [_dated(one["from"], one["change"]) for one in way["changes"]] for option, way in json.loads(ways).items()}
    return Pending(number, person, place, found)


def _json(change: Change) -> str:
    return CHANGES.dump_json((change,)).decode()


def _change(text: str) -> Change:
    return CHANGES.validate_json(text)[0]


def _dated(day: str | None, values: dict[str, Any]) -> tuple[date | None, Change]:
    return (date.fromisoformat(day) if day else None), _change(json.dumps([values]))
