"""By which of the connected platforms a message reaches a place. What a platform calls a place only its adapter knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.messages import NETWORK_PLACE
from bot.store.outbox import HERE

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from knowledge.network import Network

DIRECT = "dm:"
AWAY_TRIES, AWAY_MINUTES = 10, 5
"""A platform counts as away when a message failed so often, and nothing else has arrived there for so long."""


@dataclass(frozen=True)
class Routes:
    """The platforms that are connected. One unnamed adapter ("") reaches everybody everywhere."""

    connection: sqlite3.Connection
    connected: tuple[str, ...] = HERE

    def to(self, place: str, network: Network | None) -> tuple[str, ...]:
        """For what comes by itself: all platforms on which a koppel is; of a person the one they used last, else all of theirs.

        A platform that is away is passed over for whoever has another.
        """
        if self.connected == HERE or network is None:
            return self.connected
        if place.startswith(DIRECT) and place.removeprefix(DIRECT) not in network.person_by_id:
            return tuple(one for one in self._last_used(place.removeprefix(DIRECT), self.connected) if one in self.connected)[:1]
        found = tuple(platform for platform in self.connected if self.remote(platform, place, network))
        if place.startswith(DIRECT) and len(found) > 1:
            there = tuple(one for one in found if not self._is_away(one)) or found
            return tuple(self._last_used(place.removeprefix(DIRECT), there))
        return found

    def _is_away(self, platform: str) -> bool:
        """Whether nothing has been brought there for some time: whoever can be reached elsewhere is."""
        row = self.connection.execute(
            "SELECT 1 FROM delivery AS stuck WHERE platform = :platform AND state IN ('pending', 'unsure') AND tries >= :tries "
            "AND NOT EXISTS (SELECT 1 FROM delivery AS other WHERE other.platform = :platform AND other.state = 'sent' "
            "AND julianday(other.sent_at) > julianday(stuck.not_before) - :minutes / 1440.0) LIMIT 1",
            {"platform": platform, "tries": AWAY_TRIES, "minutes": AWAY_MINUTES},
        ).fetchone()
        return row is not None

    @property
    def in_place(self) -> bool:
        """Whether a conversation begun among others goes on there: only where nobody but the one at the machine reads along."""
        return self.connected == HERE

    def reaches(self, person: str, network: Network) -> bool:
        """Whether somebody has an account on a platform that is connected."""
        return bool(self.to(f"{DIRECT}{person}", network))

    def remote(self, platform: str, place: str, network: Network) -> str | None:
        """What the platform calls a place, or the account of the person of a direct chat; None when it is not there."""
        bound = bound_to(self.connection, platform, place)
        if bound:
            return bound
        if place == NETWORK_PLACE:
            return network.channels.on(platform)
        if place.startswith(DIRECT):
            return self.account(platform, place.removeprefix(DIRECT), network)
        koppel = network.koppel_by_id.get(place)
        return koppel.channels.on(platform) if koppel else None

    def account(self, platform: str, person: str, network: Network) -> str | None:
        """Somebody's account: one that was linked, else the one in the network file."""
        return next(iter(self.accounts(platform, person, network)), None)

    def accounts(self, platform: str, person: str, network: Network) -> list[str]:
        """All accounts by which somebody is known: those that were linked, newest first, and the one in the network file."""
        rows = self.connection.execute(
            "SELECT account FROM account WHERE platform = ? AND person = ? ORDER BY at DESC", (platform, person)
        ).fetchall()
        known = network.person_by_id.get(person)
        listed = known.account_on(platform) if known else None
        return [*(str(account) for (account,) in rows), *([listed] if listed else [])]

    def person(self, platform: str, account: str) -> str | None:
        """Whose account was linked; None when nobody's. Accounts in the network file are known to the adapter."""
        row = self.connection.execute(
            "SELECT person FROM account WHERE platform = ? AND account = ?", (platform, account)
        ).fetchone()  # fmt: skip
        return str(row[0]) if row else None

    def linked(self, platform: str) -> dict[str, str]:
        """Whose account is whose, of all that were linked."""
        return dict(self.connection.execute("SELECT account, person FROM account WHERE platform = ?", (platform,)).fetchall())

    def _last_used(self, person: str, platforms: tuple[str, ...]) -> Iterable[str]:
        row = self.connection.execute(
            "SELECT platform FROM inbox WHERE sender = ? AND platform != '' ORDER BY rowid DESC LIMIT 1", (person,)
        ).fetchone()
        return (row[0],) if row and row[0] in platforms else platforms


def bind(connection: sqlite3.Connection, platform: str, place: str, remote: str) -> None:
    """Keeps what a platform calls a place; what was bound there before no longer is, nor is this to another place."""
    connection.execute("DELETE FROM binding WHERE platform = ? AND remote = ? AND place != ?", (platform, remote, place))
    connection.execute(
        "INSERT INTO binding (platform, place, remote) VALUES (?, ?, ?) "
        "ON CONFLICT (platform, place) DO UPDATE SET remote = excluded.remote",
        (platform, place, remote),
    )


def bound_to(connection: sqlite3.Connection, platform: str, place: str) -> str | None:
    row = connection.execute("SELECT remote FROM binding WHERE platform = ? AND place = ?", (platform, place)).fetchone()
    return str(row[0]) if row else None


def place_bound_to(connection: sqlite3.Connection, platform: str, remote: str) -> str | None:
    """The place that a platform knows by this id."""
    row = connection.execute("SELECT place FROM binding WHERE platform = ? AND remote = ?", (platform, remote)).fetchone()
    return str(row[0]) if row else None


def bound_places(connection: sqlite3.Connection, platform: str) -> dict[str, str]:
    """What a platform calls each place that is bound there."""
    return dict(connection.execute("SELECT place, remote FROM binding WHERE platform = ?", (platform,)).fetchall())


def move(connection: sqlite3.Connection, platform: str, place: str, old: str, new: str) -> None:
    """The platform has put another in the place of what it called a place: from now on the place is that one."""
    connection.execute("INSERT OR REPLACE INTO moved (platform, old, new) VALUES (?, ?, ?)", (platform, old, new))
    bind(connection, platform, place, new)


def came_from(connection: sqlite3.Connection, platform: str, remote: str) -> str | None:
    """In the place of what this has come, on that platform; None when in that of nothing."""
    row = connection.execute("SELECT old FROM moved WHERE platform = ? AND new = ?", (platform, remote)).fetchone()
    return str(row[0]) if row else None


def successor(connection: sqlite3.Connection, platform: str, remote: str) -> str:
    """What has come in the place of what the platform calls so, however often; itself when nothing has."""
    seen = {remote}
    while True:
        row = connection.execute("SELECT new FROM moved WHERE platform = ? AND old = ?", (platform, remote)).fetchone()
        if row is None or row[0] in seen:
            return remote
        remote = str(row[0])
        seen.add(remote)
