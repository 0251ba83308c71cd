"""Accounts that the contact list no longer names: who left is still known where nobody has taken them out yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.store.outbox import in_order

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from knowledge.network import Network


def note_left(connection: sqlite3.Connection, old: Network, new: Network, now: datetime) -> None:
    """Keeps the accounts that one list has and the next has not; forgets those that are back. Inside a transaction."""
    before, after = _accounts(old), _accounts(new)
    connection.executemany("DELETE FROM left_account WHERE account = ?", [(account,) for account in after])
    connection.executemany(
        "INSERT OR REPLACE INTO left_account (account, person, at) VALUES (?, ?, ?)",
        [(account, person, in_order(now)) for account, person in before.items() if account not in after],
    )


def left_accounts(connection: sqlite3.Connection) -> dict[str, str]:
    """The accounts that a list had and the present one has not, with the id of whose they were."""
    return dict(connection.execute("SELECT account, person FROM left_account").fetchall())


def forget_left(connection: sqlite3.Connection, before: str) -> None:
    """Those that left before this moment go. Inside a transaction."""
    connection.execute("DELETE FROM left_account WHERE at < ?", (before,))


def _accounts(network: Network) -> dict[str, str]:
    return {account: person.id for person in network.people for account in person.accounts}
