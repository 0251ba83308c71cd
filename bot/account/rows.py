"""Who is who: an account that nobody knows becomes somebody's (rules: rights).

Somebody says who they are, by an e-mail address that their platform vouches for or by a code that the coordinator gave them in
person; the coordinator confirms; who did what when stays on record. Works inside the store's transaction.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from bot.store.outbox import in_order

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from knowledge.network import Network, Person

How = Literal["mail", "code"]
CODE_KEPT = timedelta(days=7)
MOST_TRIES = 5
"""So many wrong codes a day from one account; then it has to wait, and nobody can guess one."""
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_LENGTH = 8


@dataclass(frozen=True)
class Claim:
    """An account that says to be somebody's."""

    id: int
    platform: str
    account: str
    person: str
    how: How
    state: str


def link(connection: sqlite3.Connection, claim: Claim, by: str | None, now: datetime) -> None:
    """The coordinator says yes: from now on the account is that person's."""
    _decide(connection, claim, "yes", by, now)
    connection.execute(
        "INSERT INTO account (platform, account, person, at, by) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (platform, account) DO UPDATE SET person = excluded.person, at = excluded.at, by = excluded.by",
        (claim.platform, claim.account, claim.person, in_order(now), by),
    )


def refuse(connection: sqlite3.Connection, claim: Claim, by: str | None, now: datetime) -> None:
    _decide(connection, claim, "no", by, now)


def _decide(connection: sqlite3.Connection, claim: Claim, state: str, by: str | None, now: datetime) -> None:
    connection.execute("UPDATE claim SET state = ?, by = ?, decided = ? WHERE id = ?", (state, by, in_order(now), claim.id))


def claim_for(  # noqa: PLR0917 - a row of the table
    connection: sqlite3.Connection, platform: str, account: str, person: str, how: How, now: datetime
) -> Claim | None:
    """Keeps that an account says to be somebody's; None while an earlier claim of it waits."""
    row = connection.execute(
        "INSERT INTO claim (platform, account, person, how, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING id",
        (platform, account, person, how, in_order(now)),
    ).fetchone()
    return Claim(int(row[0]), platform, account, person, how, "open") if row else None


def claim_by_id(connection: sqlite3.Connection, number: int) -> Claim | None:
    row = connection.execute("SELECT id, platform, account, person, how, state FROM claim WHERE id = ?", (number,)).fetchone()
    return Claim(*row) if row else None


def open_claims(connection: sqlite3.Connection) -> list[Claim]:
    """The claims that wait for a coordinator, oldest first."""
    rows = connection.execute("SELECT id, platform, account, person, how, state FROM claim WHERE state = 'open' ORDER BY id")
    return [Claim(*row) for row in rows]


def claim_waits(connection: sqlite3.Connection, platform: str, account: str) -> bool:
    row = connection.execute("SELECT 1 FROM claim WHERE platform = ? AND account = ? AND state = 'open'", (platform, account))
    return row.fetchone() is not None


def person_with_mail(network: Network, mail: str) -> Person | None:
    """Who has this address; None when nobody or several have."""
    found = [person for person in network.people if (person.email or "").lower() == mail.lower()]
    return found[0] if len(found) == 1 else None


# Codes


def new_code(connection: sqlite3.Connection, person: str, by: str | None, cause: str, now: datetime) -> str:
    """A code for one person, in place of an earlier one. `cause`, the id of the message that asked for it, is nothing to guess."""
    digest = int.from_bytes(hashlib.sha256(f"{cause}|{person}|{now.timestamp()}".encode()).digest(), "big")
    letters = []
    for _ in range(_LENGTH):
        digest, rest = divmod(digest, len(_LETTERS))
        letters.append(_LETTERS[rest])
    code = "".join(letters)
    connection.execute("DELETE FROM link_code WHERE person = ? OR until < ?", (person, in_order(now)))
    connection.execute(
        "INSERT INTO link_code (hash, person, by, until) VALUES (?, ?, ?, ?)",
        (_hashed(code), person, by, in_order(now + CODE_KEPT)),
    )
    return f"{code[:4]}-{code[4:]}"


def use_code(connection: sqlite3.Connection, code: str, platform: str, account: str, now: datetime) -> str | None:
    """Whose code this is; it works once. None when it is none, or after too many wrong ones."""
    day = in_order(now)[:10]
    tries = connection.execute(
        "SELECT tries FROM code_try WHERE platform = ? AND account = ? AND day = ?", (platform, account, day)
    ).fetchone()
    if tries and tries[0] >= MOST_TRIES:
        return None
    row = connection.execute(
        "DELETE FROM link_code WHERE hash = ? AND until >= ? RETURNING person", (_hashed(code), in_order(now))
    ).fetchone()
    if row:
        return str(row[0])
    connection.execute("DELETE FROM code_try WHERE day != ?", (day,))
    connection.execute(
        "INSERT INTO code_try (platform, account, day, tries) VALUES (?, ?, ?, 1) "
        "ON CONFLICT (platform, account, day) DO UPDATE SET tries = tries + 1",
        (platform, account, day),
    )
    return None


def _hashed(code: str) -> str:
    letters = "".join(letter for letter in code.upper() if letter in _LETTERS)
    return hashlib.sha256(letters.encode()).hexdigest()
