"""Keeps guided conversations: ids, answers and times, and nothing that anybody typed. Works inside the store's transaction."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import sqlite3

    from bot.talk.flow import Answers

State = Literal["open", "paused", "done"]
_COLUMNS = "id, person, place, flow, answers, state, reference, origin"


@dataclass(frozen=True)
class Conversation:
    """One conversation of one person in one place."""

    id: int
    person: str | None
    place: str
    flow: str
    reference: str
    state: State = "open"
    answers: Answers = field(default_factory=dict)
    origin: str | None = None
    """Where it was begun, when it goes on in another place."""


def begin(  # noqa: PLR0917 - a row of the table
    connection: sqlite3.Connection, person: str | None, place: str, flow: str, reference: str, now: datetime,
    origin: str | None = None,
) -> Conversation:  # fmt: skip
    """A new conversation. There must be no other one going on (open or paused) of this person in this place."""
    row = connection.execute(
        "INSERT INTO conversation (person, place, flow, answers, state, reference, started, changed, origin) "
        "VALUES (?, ?, ?, '{}', 'open', ?, ?, ?, ?) RETURNING id",
        (person, place, flow, reference, _moment(now), _moment(now), origin),
    ).fetchone()
    return Conversation(int(row[0]), person, place, flow, reference, origin=origin)


def save(connection: sqlite3.Connection, conversation: Conversation, now: datetime) -> None:
    """Writes what changed: answers, state and when."""
    answers = json.dumps(conversation.answers, sort_keys=True)
    connection.execute(
        "UPDATE conversation SET answers = ?, state = ?, changed = ? WHERE id = ?",
        (answers, conversation.state, _moment(now), conversation.id),
    )


def going_on(connection: sqlite3.Connection, person: str | None, place: str) -> Conversation | None:
    """The conversation that this person is in here, open or paused."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM conversation WHERE person IS ? AND place = ? AND state IN ('open', 'paused')",  # noqa: S608 - our own
        (person, place),
    ).fetchone()
    return _conversation(row)


def by_reference(connection: sqlite3.Connection, reference: str) -> Conversation | None:
    row = connection.execute(f"SELECT {_COLUMNS} FROM conversation WHERE reference = ?", (reference,)).fetchone()  # noqa: S608
    return _conversation(row)


def erase(connection: sqlite3.Connection, conversation: Conversation) -> None:
    """Takes the conversation away, and with it the text of its messages to this person, as far as they have been sent."""
    connection.execute("DELETE FROM conversation WHERE id = ?", (conversation.id,))
    connection.execute(
        "UPDATE outbox SET body = NULL WHERE body IS NOT NULL AND place = ? AND asker IS ? "
        "AND json_extract(body, '$.data.reference') = ? "
        "AND NOT EXISTS (SELECT 1 FROM delivery WHERE message = outbox.id AND state != 'sent')",
        (conversation.place, conversation.person, conversation.reference),
    )


def forget(connection: sqlite3.Connection, done_before: datetime, silent_before: datetime) -> int:
    """Takes away results after their time, and conversations with which nobody went on; returns how many."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM conversation WHERE (state = 'done' AND changed < ?) OR (state != 'done' AND changed < ?)",  # noqa: S608
        (_moment(done_before), _moment(silent_before)),
    ).fetchall()
    for row in rows:
        found = _conversation(row)
        if found:
            erase(connection, found)
    return len(rows)


def _conversation(row: tuple[int, str | None, str, str, str, State, str, str | None] | None) -> Conversation | None:
    if row is None:
        return None
    number, person, place, flow, answers, state, reference, origin = row
    stored = {step: tuple(values) for step, values in json.loads(answers).items()}
    return Conversation(number, person, place, flow, reference, state, stored, origin)


def remember(connection: sqlite3.Connection, inbound: str, conversation: Conversation, step: str) -> None:
    """Keeps which question a message answered, for when its writer corrects it: the platform's id of the message, no text."""
    connection.execute(
        "INSERT INTO answered (inbound, conversation, step) VALUES (?, ?, ?) "
        "ON CONFLICT (inbound) DO UPDATE SET conversation = excluded.conversation, step = excluded.step",
        (inbound, conversation.id, step),
    )


def answered_by(connection: sqlite3.Connection, inbound: str) -> tuple[Conversation, str] | None:
    """The conversation and the question that an earlier message answered, as long as the conversation is there."""
    found = connection.execute("SELECT conversation, step FROM answered WHERE inbound = ?", (inbound,)).fetchone()
    if found is None:
        return None
    row = connection.execute(f"SELECT {_COLUMNS} FROM conversation WHERE id = ?", (found[0],)).fetchone()  # noqa: S608
    conversation = _conversation(row)
    return (conversation, str(found[1])) if conversation else None


def _moment(at: datetime) -> str:
    """A moment as it is stored: in UTC, so that moments can be compared."""
    return at.astimezone(UTC).isoformat()
