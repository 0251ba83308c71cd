"""Writes what changed in the network to the database, row by row, and tells whoever holds the network in memory.

Works inside the store's transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from knowledge.network import Koppel, Person

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from knowledge.network import Network

_PERSON: TypeAdapter[Person] = TypeAdapter(Person)
_KOPPEL: TypeAdapter[Koppel] = TypeAdapter(Koppel)


def write_changes(connection: sqlite3.Connection, old: Network, new: Network) -> None:
    """The people and koppels that differ; nothing else of a network changes in a conversation."""
    _write(connection, "person", _PERSON, old.people, new.people)
    _write(connection, "koppel", _KOPPEL, old.koppels, new.koppels)
    connection.execute("UPDATE network_version SET number = number + 1")


def version(connection: sqlite3.Connection) -> int:
    """A number that is another one each time the network was changed from a conversation."""
    return int(connection.execute("SELECT number FROM network_version").fetchone()[0])


def _write(connection: sqlite3.Connection, table: str, adapter: TypeAdapter[Any], old: Iterable[Any], new: Iterable[Any]) -> None:
    rows = [(adapter.dump_json(after).decode(), after.id) for before, after in zip(old, new, strict=True) if before != after]
    connection.executemany(f"UPDATE {table} SET data = ? WHERE id = ?", rows)  # noqa: S608 - a name of our own
