"""Who changed, offered, took, and saw the contact details of whom. Ids and moments, never a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from datetime import datetime

    from bot.messages import Reply


@dataclass(frozen=True, slots=True, order=True)
class Trace:
    """One thing that somebody did. `who` None: at the machine itself, or by itself; `about` a reference or kind."""

    at: str
    who: str | None
    did: str
    whom: str | None = None
    about: str | None = None


def note_seen(connection: sqlite3.Connection, sender: str | None, replies: Iterable[Reply], now: datetime) -> None:
    """Keeps whose number or address this person was shown, once a day."""
    seen = {
        str(contact["person"])
        for reply in replies
        for contact in _contacts(reply)
        if contact.get("phone") or contact.get("email")
    }  # fmt: skip
    connection.executemany(
        "INSERT INTO seen (day, by, person) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [(now.date().isoformat(), sender or "", person) for person in sorted(seen - {sender})],
    )


def looked_up(connection: sqlite3.Connection, sender: str) -> list[str]:
    """Whose number or address this person was shown on more than one day, most days first."""
    rows = connection.execute(
        "SELECT person FROM seen WHERE by = ? GROUP BY person HAVING count(*) > 1 ORDER BY count(*) DESC, max(day) DESC, person",
        (sender,),
    )
    return [person for (person,) in rows]


def _contacts(reply: Reply) -> list[dict[str, object]]:
    found = reply.data.get("contacts")
    return [one for one in found if isinstance(one, dict) and "person" in one] if isinstance(found, list) else []


def trail(connection: sqlite3.Connection, since: str = "", person: str | None = None) -> list[Trace]:
    """All that is known, oldest first: from this day on (ISO), and by or about this person."""
    found = [
        Trace(day, by or None, "zag-gegevens", whom)
        for day, by, whom in connection.execute("SELECT day, by, person FROM seen WHERE day >= ?", (since,))
    ]
    found += [
        Trace(at, by, "wijzigde", whom, kind)
        for at, by, kind, whom in connection.execute("SELECT at, by, kind, person FROM list_change WHERE at >= ?", (since,))
    ]
    found += [
        Trace(at, who, event, other, reference)
        for at, who, event, other, reference in connection.execute(
            "SELECT at, person, event, other, reference FROM handover_event WHERE at >= ?", (since,)
        )
    ]
    found += [
        Trace(at, by, "koppelde-account", whom, platform)
        for at, by, whom, platform in connection.execute("SELECT at, by, person, platform FROM account WHERE at >= ?", (since,))
    ]
    about = [one for one in found if person is None or person in {one.who, one.whom}]
    return sorted(about, key=lambda one: (one.at, one.did, one.who or "", one.whom or ""))
