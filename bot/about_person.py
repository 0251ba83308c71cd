"""What is kept of one person, and taking it away: for whoever asks to see it or to be forgotten (AVG art. 15 and 17)."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from bot.messages import direct
from knowledge.network import Person

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping

TRACES = (
    ("conversation", "person"), ("claim", "person"), ("seen", "by"), ("seen", "person"), ("list_change", "by"),
    ("list_change", "person"), ("pending_change", "person"), ("entry_check", "person"), ("morning", "person"),
    ("training_vote", "person"), ("tap", "sender"), ("vote", "sender"), ("unread", "sender"), ("code_try", "account"),
    ("link_code", "person"),
)  # fmt: skip
"""What goes: rows that are about a person, by their id or an account of theirs."""

NAMELESS = (
    ("inbox", "sender", None), ("inbox", "place", direct("")), ("outbox", "asker", None), ("training", "starter", None),
    ("account", "by", None), ("claim", "by", None), ("link_code", "by", None), ("occasion", "done_by", None),
)  # fmt: skip
"""What stays without them: rows that others need, and what then stands in the place of their name."""

OF_WHO_SERVES = (("account", "person"), ("binding", "place"), ("planned_change", "person"), ("left_account", "person"))
"""What is kept as long as somebody is in the list: where they can be reached, and what will change on a day."""

LISTS = ("person", "koppel", "organisation", "agreement")


def kept_of(connection: sqlite3.Connection, person: str) -> dict[str, list[dict[str, object]]]:
    """All rows in which this person is named by id, direct chat or account, by table; of messages also what they say.

    Of the contact list: their card, and which other records name them.
    """
    names = _names(connection, person)
    found: dict[str, list[dict[str, object]]] = {}
    for table, columns in _tables(connection):
        if table in LISTS:
            rows = list(_of_list(connection, table, person))
        else:
            marks = " OR ".join(f'"{column}" IN ({", ".join("?" * len(names))})' for column in columns)
            cursor = connection.execute(f'SELECT * FROM "{table}" WHERE {marks}', names * len(columns))  # noqa: S608 - our own names
            heads = [one[0] for one in cursor.description]
            rows = [{head: _read(value) for head, value in zip(heads, row, strict=True)} for row in cursor]
        if rows:
            found[table] = rows
    return found


def _names(connection: sqlite3.Connection, person: str) -> list[str]:
    """All by which the database knows somebody."""
    accounts = [account for (account,) in connection.execute("SELECT account FROM account WHERE person = ?", (person,))]
    card = connection.execute("SELECT data FROM person WHERE id = ?", (person,)).fetchone()
    listed = TypeAdapter(Person).validate_json(card[0]).accounts if card else ()
    return list(dict.fromkeys((person, direct(person), *accounts, *listed)))


def _tables(connection: sqlite3.Connection) -> Iterator[tuple[str, list[str]]]:
    """Every table with its columns of text, by name: also one that does not exist yet when this is written."""
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '*sqlite_*' ORDER BY name")
    for (table,) in rows.fetchall():
        columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")') if row[2] == "TEXT"]
        if columns:
            yield table, columns


def _of_list(connection: sqlite3.Connection, table: str, person: str) -> Iterator[dict[str, object]]:
    for key, data in connection.execute(f"SELECT id, data FROM {table} ORDER BY position"):  # noqa: S608 - a name of our own
        record = json.loads(data)
        if table == "person" and key == person:
            yield record
        elif where := [name for name, value in record.items() if person == value or (isinstance(value, list) and person in value)]:
            yield {"id": key, "named_in": where}


def _read(value: object) -> object:
    """What is kept as JSON is shown as what stands in it."""
    if isinstance(value, str) and value[:1] in {"{", "["}:
        with suppress(ValueError):
            return json.loads(value)
    return value


def forget_person(connection: sqlite3.Connection, person: str) -> int:
    """Takes away what is kept of this person; how many rows. In a transaction.

    What stays: their card in the list with what belongs to it (`OF_WHO_SERVES`), and handovers and plans until their own term.
    """
    names, gone = _names(connection, person), 0
    marks = ", ".join("?" * len(names))
    connection.execute("DELETE FROM answered WHERE conversation IN (SELECT id FROM conversation WHERE person = ?)", (person,))
    sent = "NOT EXISTS (SELECT 1 FROM delivery WHERE message = outbox.id AND state NOT IN ('sent', 'failed'))"
    mine = "(asker = :person OR place = :place)"
    who = {"person": person, "place": direct(person)}
    gone += connection.execute(
        f"UPDATE outbox SET body = NULL WHERE body IS NOT NULL AND {mine} AND card IS NULL AND {sent}", who  # noqa: S608 - our own words
    ).rowcount
    # An answer needs no row any more: what it answered will not come again.
    answers = "EXISTS (SELECT 1 FROM inbox WHERE id = rtrim(rtrim(outbox.key, '0123456789'), '/'))"
    _drop_loose(connection, f"{mine} AND {sent} AND {answers}", who)
    for table, column in TRACES:
        gone += connection.execute(f"DELETE FROM {table} WHERE {column} IN ({marks})", names).rowcount  # noqa: S608 - our own names
    for table, column, instead in NAMELESS:
        connection.execute(f"UPDATE {table} SET {column} = ? WHERE {column} IN ({marks})", (instead, *names))  # noqa: S608 - idem
    if connection.execute("SELECT 1 FROM person WHERE id = ?", (person,)).fetchone() is None:
        for table, column in OF_WHO_SERVES:
            gone += connection.execute(f"DELETE FROM {table} WHERE {column} IN ({marks})", names).rowcount  # noqa: S608 - idem
    return gone


def _drop_loose(connection: sqlite3.Connection, which: str, values: Mapping[str, str]) -> None:
    """Takes away the messages that are blank and belong to nothing any more; of those, `which` says in SQL with which `values`."""
    on_its_way = (
        "SELECT 1 FROM outbox AS edit JOIN delivery ON delivery.message = edit.id "
        "WHERE edit.root = outbox.id AND delivery.state NOT IN ('sent', 'failed')"
    )
    unnamed = (
        "NOT EXISTS (SELECT 1 FROM mention JOIN outbox AS said ON said.id = mention.message "
        "WHERE coalesce(said.root, said.id) = outbox.id)"
    )
    loose = f"body IS NULL AND card IS NULL AND replaces IS NULL AND about IS NULL AND NOT EXISTS ({on_its_way}) AND {unnamed}"
    old = f"SELECT id FROM outbox WHERE {loose} AND {which}"  # noqa: S608 - words of our own
    for table, column in (("posted", "message"), ("delivery", "message"), ("outbox", "id")):
        connection.execute(f"DELETE FROM {table} WHERE {column} IN ({old})", values)  # noqa: S608 - names of our own
