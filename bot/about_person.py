"""What is kept of one person, and taking it away: for whoever asks to see it or to be forgotten (AVG art. 15 and 17)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.messages import direct

if TYPE_CHECKING:
    import sqlite3

TRACES = (
    ("inbox", "sender"), ("outbox", "asker"), ("conversation", "person"), ("account", "person"), ("claim", "person"),
    ("seen", "by"), ("seen", "person"), ("list_change", "by"), ("list_change", "person"), ("pending_change", "person"),
    ("planned_change", "person"), ("entry_check", "person"), ("morning", "person"), ("training_vote", "person"),
    ("training", "starter"), ("tap", "sender"), ("vote", "sender"), ("unread", "sender"),
    ("handover", "giver"), ("handover", "addressee"), ("handover", "holder"), ("handover_event", "person"),
    ("handover_event", "other"), ("plan", "owner"),
)  # fmt: skip
"""Where a person is named by their id."""

STAYS = {"account", "handover", "handover_event", "planned_change", "plan"}
"""What is still needed to do what was agreed: the account as long as somebody serves, a handover until its own term has passed."""


def kept_of(connection: sqlite3.Connection, person: str) -> dict[str, list[dict[str, object]]]:
    """All rows about this person, by table; the bodies of what was said to them included as far as they are still there."""
    found: dict[str, list[dict[str, object]]] = {}
    for table, column in TRACES:
        rows = connection.execute(f"SELECT * FROM {table} WHERE {column} = ?", (person,))  # noqa: S608 - names of our own
        names = [one[0] for one in rows.description]
        for row in rows.fetchall():
            record = dict(zip(names, row, strict=True))
            if record not in found.setdefault(table, []):
                found[table].append(record)
    card = connection.execute("SELECT data FROM person WHERE id = ?", (person,)).fetchone()
    if card:
        found["person"] = [{"data": card[0]}]
    return {table: rows for table, rows in sorted(found.items()) if rows}


def forget_person(connection: sqlite3.Connection, person: str) -> int:
    """Takes away what is kept of this person beside what `STAYS` and their card in the list; how many rows. In a transaction."""
    gone = 0
    connection.execute("DELETE FROM answered WHERE conversation IN (SELECT id FROM conversation WHERE person = ?)", (person,))
    sent = "NOT EXISTS (SELECT 1 FROM delivery WHERE message = outbox.id AND state NOT IN ('sent', 'failed'))"
    gone += connection.execute(
        f"UPDATE outbox SET body = NULL WHERE (asker = ? OR place = ?) AND card IS NULL AND {sent}",  # noqa: S608 - our own words
        (person, direct(person)),
    ).rowcount
    connection.execute("UPDATE outbox SET asker = NULL WHERE asker = ?", (person,))
    connection.execute("UPDATE inbox SET sender = NULL WHERE sender = ?", (person,))
    connection.execute("UPDATE training SET starter = NULL WHERE starter = ?", (person,))
    for table, column in TRACES:
        if table not in STAYS | {"inbox", "outbox", "training"}:
            gone += connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (person,)).rowcount  # noqa: S608
    return gone
