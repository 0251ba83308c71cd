"""Keeps handovers: who has what, in which state, and when is looked at it next. Ids, dates and states, nothing that was typed.

Works inside the store's transaction. Moments go in and come out aware, and stand in UTC so that they can be compared; what is
promised is a local date. What may happen to a handover is the business of `bot.handover.life`, not of this file.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable

State = Literal["offered", "accepted", "declined", "reported", "closed", "withdrawn"]
Sort = Literal["overdracht", "bel"]
"""A handover, or the smallest of its kind: "call me about a signal" (`§2.4` step 1)."""

OVER: frozenset[State] = frozenset({"closed", "withdrawn"})
"""The states in which nobody is waited for."""


@dataclass(frozen=True)
class Handover:
    """One handover as it stands now.

    `koppel`: the pair in whose place it is said; None: direct messages to giver and addressee. `asked`, `done` and `parents` are
    ids of the content. `holder` has it now: never nobody. `promise` is the read-back ("bel"), `promised` the local day that
    belongs to it. `due` is when something should have happened: the end of the promised day, or of the term; None once it is over.

    `since`: when this state began or the last step of its ladder was taken; `rung`: the steps taken in this state; `level`: the
    highest step in its whole life; `slot`: the last step that was taken, by name; `next_at`: when the next is due, None once it
    is over. `paused_until` is the first local day that counts again.
    """

    reference: str
    sort: Sort
    giver: str
    addressee: str
    holder: str
    koppel: str | None
    phase: int | None
    asked: str
    offered_at: datetime
    since: datetime
    state: State = "offered"
    state_at: datetime | None = None
    """When this state began; None: when it was offered."""
    done: tuple[str, ...] = ()
    parents: str | None = None
    scan: str | None = None
    """The reference of the quickscan it came from."""
    promise: str | None = None
    promised: date | None = None
    due: datetime | None = None
    next_at: datetime | None = None
    rung: int = 0
    level: int = 0
    slot: str | None = None
    slow: bool = False
    paused_until: date | None = None
    pause_reason: str | None = None
    alternative: str | None = None
    """Whom the last one who declined named instead."""
    wanted: datetime | None = None
    """By when the giver asked for it to be taken over; None: from before this was kept."""
    unmanned: bool = False
    """Nobody declined: whoever was asked is away, and so is everybody who could stand in. The giver chooses who is asked."""

    @property
    def is_open(self) -> bool:
        return self.state not in OVER

    @property
    def seen_as(self) -> State:
        """The state as the rules know it: what nobody can take for now is still offered (rules: handovers)."""
        return "offered" if self.unmanned else self.state

    @property
    def began(self) -> datetime:
        """When this state began."""
        return self.state_at or self.offered_at


@dataclass(frozen=True)
class Event:
    """Something that happened to a handover: by whom (None: by time), to whom, and an id of the content that belongs to it."""

    event: str
    at: datetime
    person: str | None = None
    other: str | None = None
    about: str | None = None


_NAMES = tuple(field.name for field in fields(Handover))
_COLUMNS = ", ".join(_NAMES)
_MOMENTS = {"offered_at", "since", "state_at", "due", "next_at", "wanted"}
_DATES = {"promised", "paused_until"}


def add(connection: sqlite3.Connection, handover: Handover) -> None:
    """A new handover; its reference must be new."""
    marks = ", ".join("?" * len(_NAMES))
    connection.execute(f"INSERT INTO handover ({_COLUMNS}) VALUES ({marks})", _row(handover))  # noqa: S608 - names of our own


def save(connection: sqlite3.Connection, handover: Handover) -> None:
    """Writes a handover as it is now."""
    marks = ", ".join(f"{name} = ?" for name in _NAMES)
    connection.execute(f"UPDATE handover SET {marks} WHERE reference = ?", (*_row(handover), handover.reference))  # noqa: S608


def by_reference(connection: sqlite3.Connection, reference: str) -> Handover | None:
    return next(iter(_found(connection, "reference = ?", (reference,))), None)


def open_in(connection: sqlite3.Connection, koppel: str) -> list[Handover]:
    """What is open in the place of a pair, oldest first."""
    return _found(connection, "next_at IS NOT NULL AND koppel = ?", (koppel,))


def open_of(connection: sqlite3.Connection, person: str) -> list[Handover]:
    """What is open of which this person is giver, addressee or holder, oldest first."""
    where = "next_at IS NOT NULL AND (giver = :who OR addressee = :who OR holder = :who)"
    return _found(connection, where, {"who": person})


def all_open(connection: sqlite3.Connection) -> list[Handover]:
    """All that is open, oldest first."""
    return _found(connection, "next_at IS NOT NULL", ())


def over_since(connection: sqlite3.Connection, moment: datetime) -> list[Handover]:
    """What was closed or withdrawn at or after this moment, oldest first."""
    return _found(connection, "next_at IS NULL AND state_at >= ?", (_moment(moment),))


def due_by(connection: sqlite3.Connection, now: datetime, most: int = 100) -> list[Handover]:
    """What is due at this moment or should have been before, longest waiting first."""
    return _found(connection, "next_at <= ? ORDER BY next_at, reference LIMIT ?", (_moment(now), most), ordered=True)


def next_due(connection: sqlite3.Connection) -> datetime | None:
    """When the first of all is due."""
    found = connection.execute("SELECT min(next_at) FROM handover WHERE next_at IS NOT NULL").fetchone()[0]
    return datetime.fromisoformat(found) if found else None


def all_unmanned(connection: sqlite3.Connection) -> list[Handover]:
    """What waits for somebody to be there again who can be asked, oldest first."""
    return _found(connection, "next_at IS NOT NULL AND unmanned = 1", ())


def note(connection: sqlite3.Connection, reference: str, event: Event) -> None:
    """Adds to the history of a handover."""
    connection.execute(
        "INSERT INTO handover_event (reference, event, at, person, other, about) VALUES (?, ?, ?, ?, ?, ?)",
        (reference, event.event, _moment(event.at), event.person, event.other, event.about),
    )


def history(connection: sqlite3.Connection, reference: str) -> list[Event]:
    """All that happened to a handover, in order."""
    rows = connection.execute(
        "SELECT event, at, person, other, about FROM handover_event WHERE reference = ? ORDER BY id", (reference,)
    )
    return [Event(event, datetime.fromisoformat(at), *rest) for event, at, *rest in rows]


def _found(
    connection: sqlite3.Connection, where: str, values: tuple[object, ...] | dict[str, object], *, ordered: bool = False
) -> list[Handover]:
    order = "" if ordered else " ORDER BY offered_at, reference"
    rows: Iterable[tuple[object, ...]] = connection.execute(
        f"SELECT {_COLUMNS} FROM handover WHERE {where}{order}",  # noqa: S608 - our own words
        values,
    )
    return [_handover(row) for row in rows]


def _row(handover: Handover) -> tuple[object, ...]:
    return tuple(_stored(name, getattr(handover, name)) for name in _NAMES)


def _stored(name: str, value: object) -> object:
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value) if name == "done" else value


def _done(value: object) -> tuple[str, ...]:
    return () if value == "[]" else tuple(json.loads(str(value)))


def _at(value: object) -> datetime:
    return datetime.fromisoformat(str(value))


def _day(value: object) -> date:
    return date.fromisoformat(str(value))


_SPECIAL: dict[str, Callable[[object], object]] = {
    "done": _done, "slow": bool, "unmanned": bool, **dict.fromkeys(_MOMENTS, _at), **dict.fromkeys(_DATES, _day),
}  # fmt: skip
_READERS = tuple(_SPECIAL.get(name) for name in _NAMES)
"""How each column is read; None: as it stands. A digest of the whole country reads a hundred thousand rows."""


def _handover(row: tuple[object, ...]) -> Handover:
    values = (value if value is None or read is None else read(value) for value, read in zip(row, _READERS, strict=True))
    return Handover(*values)  # type: ignore[arg-type]


def _moment(at: datetime) -> str:
    """A moment as text that compares as the moment does, whatever zone it was said in."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
