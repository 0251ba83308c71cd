"""The SQLite file: the network, what came in (ids only), and what goes out. One message is one transaction.

Raises `StoreFault` with a sentence for people when the file cannot be used.
"""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import contextmanager
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter
from sqlite_utils import Database

from bot.private_file import make_private
from bot.store.fault import advice
from bot.store.migrations import migrations
from bot.store.outbox import Outbox
from bot.store.versions import newer_steps
from knowledge.network import Agreement, Koppel, Network, Organisation, Person

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from bot.messages import Inbound

_TABLES: dict[str, tuple[str, TypeAdapter[Any]]] = {
    "organisations": ("organisation", TypeAdapter(Organisation)),
    "people": ("person", TypeAdapter(Person)),
    "koppels": ("koppel", TypeAdapter(Koppel)),
    "agreements": ("agreement", TypeAdapter(Agreement)),
}
_SETTINGS = [field.name for field in fields(Network) if field.name not in _TABLES]
_NETWORK = TypeAdapter(Network)


MOST_WAITS, WAIT = 200, 0.05
"""How often, and how many seconds each, to wait for another who makes the same file: ten seconds, as SQLite does elsewhere."""


NEWER = (
    'De database "{path}" is van een nieuwere Verbinder ({step}). Werk Verbinder bij, of zet een reservekopie van toen terug: '
    "verbinder restore BESTAND."
)


class StoreFault(Exception):
    """The database cannot be used; the message says what was found and what to do."""


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Sets the journal that lets others read meanwhile. For this one statement SQLite does not itself wait for who is busy."""
    for last in (*(False,) * MOST_WAITS, True):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if last or error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            time.sleep(WAIT)
        else:
            return


def _bring_up_to_date(connection: sqlite3.Connection, path: Path | None) -> None:
    """Takes the steps that are left. Raises `StoreFault` when there are some that this program does not know."""
    if newer := newer_steps(connection):
        raise StoreFault(NEWER.format(path=path, step=newer[0]))
    migrations.apply(Database(connection))


class Store:
    """One open database. Use it in one thread only."""

    def __init__(self, path: Path | None = None, patience: float = 10) -> None:
        """Opens or makes the database, and brings it up to date. Without a path it lives in memory.

        `patience`: seconds to wait for another who is writing.
        """
        connection = None
        try:
            if path:
                make_private(path)
            connection = sqlite3.connect(path or ":memory:", isolation_level=None, timeout=patience)
            _write_ahead(connection)
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA secure_delete = ON")
            self._connection = connection
            self.outbox, self.unscrubbed = Outbox(connection), False
            self._seen = self._version()
            with self.transaction():  # of two who open a new file at once, the second finds it made
                _bring_up_to_date(connection, path)
        except (sqlite3.DatabaseError, StoreFault) as error:
            if connection:
                connection.close()
            if isinstance(error, StoreFault):
                raise
            raise StoreFault(f'De database "{path}" kan ik niet gebruiken: {advice(error)}') from error

    @property
    def connection(self) -> sqlite3.Connection:
        """For the parts of the store that stand in files of their own (conversations); only inside a transaction."""
        return self._connection

    def close(self) -> None:
        self._connection.close()

    def changed_elsewhere(self) -> bool:
        """Whether somebody else (an import, say) wrote in the file since this was last asked."""
        before, self._seen = self._seen, self._version()
        return before != self._seen

    def _version(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def scrub(self) -> None:
        """Takes what was blanked out of the write-ahead log as well. Outside a transaction.

        It stays in it (`unscrubbed`) when another program reads on from a moment before.
        """
        self.unscrubbed = bool(self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0])

    def compact(self) -> None:
        """Writes the file anew without what was taken away. Outside a transaction."""
        self._connection.execute("VACUUM")
        self.scrub()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One transaction that holds the write lock from its first statement; everything in it happens, or nothing does."""
        if self._connection.in_transaction:  # an earlier one that could not be ended, for want of memory: they never nest
            self._connection.execute("ROLLBACK")
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:  # of a full disk, or for want of memory, SQLite has done it by itself
                self._connection.execute("ROLLBACK")
            raise

    @contextmanager
    def light(self) -> Iterator[None]:
        """A transaction that outlives a kill, and may be lost when the power fails: for what is then found out again by itself.

        What is committed after it in the usual way takes it along to the disk.
        """
        self._connection.execute("PRAGMA synchronous = NORMAL")
        try:
            with self.transaction():
                yield
        finally:
            self._connection.execute("PRAGMA synchronous = FULL")

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """A part of a transaction that may fail: what it wrote is then undone, and the rest goes on where there still is one."""
        self._connection.execute("SAVEPOINT attempt")
        try:
            yield
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK TO attempt")
                self._connection.execute("RELEASE attempt")
            raise
        self._connection.execute("RELEASE attempt")

    # What came in

    def receive(self, inbound: Inbound) -> bool:
        """Notes that this message came in; False when it had come in before."""
        done = self._connection.execute(
            "INSERT INTO inbox (id, place, sender, at, platform) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
            (inbound.id, inbound.place, inbound.sender, inbound.at.isoformat(), inbound.platform),
        )
        return done.rowcount == 1

    def note_failure(self, inbound_id: str, fault: str) -> int:
        """Keeps a message that could not be answered as failed, with the class of what went wrong; returns its number."""
        self._connection.execute("UPDATE inbox SET state = 'failed', fault = ? WHERE id = ?", (fault, inbound_id))
        return int(self._connection.execute("SELECT rowid FROM inbox WHERE id = ?", (inbound_id,)).fetchone()[0])

    def failures(self) -> list[tuple[int, str, str]]:
        """The messages that could not be answered: number, moment, class of what went wrong."""
        return list(self._connection.execute("SELECT rowid, at, fault FROM inbox WHERE state = 'failed' ORDER BY rowid"))

    def count_received(self) -> int:
        return int(self._connection.execute("SELECT coalesce(max(rowid), 0) FROM inbox").fetchone()[0])

    # The network

    def save_network(self, network: Network) -> None:
        """Puts this network in the place of the one there was. Inside a transaction."""
        settings = {key: value for key, value in _NETWORK.dump_python(network, mode="json").items() if key in _SETTINGS}
        self._connection.execute("DELETE FROM network")
        self._connection.execute("INSERT INTO network (id, data) VALUES (?, ?)", (network.id, json.dumps(settings)))
        for attribute, (table, adapter) in _TABLES.items():
            rows = [
                (record.id, position, adapter.dump_json(record).decode())
                for position, record in enumerate(getattr(network, attribute))
            ]
            self._connection.execute(f"DELETE FROM {table}")  # noqa: S608 - a name of our own
            self._connection.executemany(f"INSERT INTO {table} (id, position, data) VALUES (?, ?, ?)", rows)  # noqa: S608

    def load_network(self) -> Network | None:
        """The network that lives here, None when none has been imported yet."""
        row = self._connection.execute("SELECT data FROM network").fetchone()
        if row is None:
            return None
        records = {
            attribute: tuple(adapter.validate_json(data) for data in self._column(table))
            for attribute, (table, adapter) in _TABLES.items()
        }
        settings: Network = _NETWORK.validate_json(row[0])
        return replace(settings, **records)  # type: ignore[arg-type]  # each attribute gets records of its own type

    def _column(self, table: str) -> Iterable[str]:
        rows = self._connection.execute(f"SELECT data FROM {table} ORDER BY position")  # noqa: S608 - a name of our own
        return (row[0] for row in rows)
