"""Keeps the cases that are put into a place to train with, and the votes on them. Works inside the store's transaction.

A vote belongs to a person only as long as it can be changed: closing keeps how many chose what, and nothing of who.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import sqlite3

Subject = Literal["fase", "bellen"]
SUBJECTS: tuple[Subject, ...] = ("fase", "bellen")
_COLUMNS = "reference, casus, place, starter, began, closes, closed, spread"


@dataclass(frozen=True)
class Training:
    """One case in one place. `closes` is when it closes by itself, `closed` when it did (both aware, UTC)."""

    reference: str
    case: str
    place: str
    starter: str | None
    began: datetime
    closes: datetime
    closed: datetime | None = None
    spread: dict[str, dict[str, int]] = field(default_factory=dict)
    """Once closed: of each subject, how often each choice was made."""


def begin(connection: sqlite3.Connection, training: Training) -> None:
    """Puts a case somewhere; there must be no open one there."""
    connection.execute(
        "INSERT INTO training (reference, casus, place, starter, began, closes) VALUES (?, ?, ?, ?, ?, ?)",
        (training.reference, training.case, training.place, training.starter, _moment(training.began), _moment(training.closes)),
    )


def by_reference(connection: sqlite3.Connection, reference: str) -> Training | None:
    return _one(connection, "reference = ?", reference)


def open_in(connection: sqlite3.Connection, place: str) -> Training | None:
    """The case on which can be voted in this place."""
    return _one(connection, "place = ? AND closed IS NULL", place)


def next_closing(connection: sqlite3.Connection) -> datetime | None:
    """When the next case closes by itself."""
    row = connection.execute("SELECT min(closes) FROM training WHERE closed IS NULL").fetchone()
    return datetime.fromisoformat(row[0]) if row[0] else None


def closing(connection: sqlite3.Connection, now: datetime) -> list[Training]:
    """The cases whose time is over, the oldest first."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM training WHERE closed IS NULL AND closes <= ? ORDER BY closes, reference",  # noqa: S608 - our own
        (_moment(now),),
    )
    return [_training(row) for row in rows]


def used(connection: sqlite3.Connection, place: str | None = None) -> Counter[str]:
    """How often each case was put in this place before, or in any."""
    where, values = ("WHERE place = ?", (place,)) if place else ("", ())
    return Counter(row[0] for row in connection.execute(f"SELECT casus FROM training {where}", values))  # noqa: S608 - our own words


def vote(connection: sqlite3.Connection, reference: str, person: str, subject: Subject, choice: str) -> None:
    """One vote of a person on a subject; the last one counts."""
    connection.execute(
        "INSERT INTO training_vote (reference, person, subject, choice) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (reference, person, subject) DO UPDATE SET choice = excluded.choice",
        (reference, person, subject, choice),
    )


def unvote(connection: sqlite3.Connection, reference: str, person: str, subject: Subject, choice: str) -> bool:
    """Takes a vote away, if it is still this one."""
    done = connection.execute(
        "DELETE FROM training_vote WHERE reference = ? AND person = ? AND subject = ? AND choice = ?",
        (reference, person, subject, choice),
    )
    return done.rowcount == 1


def voters(connection: sqlite3.Connection, reference: str) -> int:
    """How many people voted, on whatever."""
    row = connection.execute("SELECT count(DISTINCT person) FROM training_vote WHERE reference = ?", (reference,)).fetchone()
    return int(row[0])


def voted(connection: sqlite3.Connection, reference: str, person: str) -> set[str]:
    """The subjects on which this person voted."""
    rows = connection.execute("SELECT subject FROM training_vote WHERE reference = ? AND person = ?", (reference, person))
    return {row[0] for row in rows}


def close(connection: sqlite3.Connection, training: Training, now: datetime) -> Training:
    """Closes a case: the votes are counted and then taken away."""
    rows = connection.execute(
        "SELECT subject, choice, count(*) FROM training_vote WHERE reference = ? GROUP BY subject, choice", (training.reference,)
    )
    spread: dict[str, dict[str, int]] = {subject: {} for subject in SUBJECTS}
    for subject, choice, number in rows:
        spread[subject][choice] = number
    connection.execute("DELETE FROM training_vote WHERE reference = ?", (training.reference,))
    connection.execute(
        "UPDATE training SET closed = ?, spread = ? WHERE reference = ?",
        (_moment(now), json.dumps(spread, sort_keys=True), training.reference),
    )
    closed = by_reference(connection, training.reference)
    assert closed is not None
    return closed


def _one(connection: sqlite3.Connection, where: str, value: str) -> Training | None:
    row = connection.execute(f"SELECT {_COLUMNS} FROM training WHERE {where}", (value,)).fetchone()  # noqa: S608 - our own words
    return _training(row) if row else None


def _training(row: tuple[str, str, str, str | None, str, str, str | None, str | None]) -> Training:
    reference, case, place, starter, began, closes, closed, spread = row
    return Training(
        reference, case, place, starter, datetime.fromisoformat(began), datetime.fromisoformat(closes),
        datetime.fromisoformat(closed) if closed else None, json.loads(spread) if spread else {},
    )  # fmt: skip


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
