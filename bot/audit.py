"""Who changed, offered, took, and saw the contact details of whom. Ids and moments, never a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.messages import direct
from bot.privacy import plain

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date, datetime

    from bot.context import World
    from bot.messages import Reply

TEN = 10
"""Digits of a number; what stands behind it ("06-55500102 (16 uur)") is none of it."""
_REACH = re.compile(r"\+?\d[\d ().-]{6,}\d|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


@dataclass(frozen=True, slots=True, order=True)
class Trace:
    """One thing that somebody did. `who` None: at the machine itself, or by itself; `about` a reference or kind."""

    at: str
    who: str | None
    did: str
    whom: str | None = None
    about: str | None = None


def note_reply(  # noqa: PLR0917 - a row of the outbox
    connection: sqlite3.Connection, world: World | None, place: str, asker: str | None, reply: Reply, at: datetime
) -> None:
    """Keeps who is shown whose number by this: in a direct chat whose chat it is, elsewhere who asked and the place as a whole."""
    if world is None:
        return
    alone = place.removeprefix(direct("")) if place.startswith(direct("")) else None
    sought = {str(contact["person"]) for contact in _contacts(reply) if contact.get("phone") or contact.get("email")}
    texts = [line.text for line in reply.lines] + ([reply.file.text] if reply.file else [])
    shown = sought.union(*(owners_in(text, world.owners) for text in texts))
    for viewer in {alone} if alone else {asker, place} - {None}:
        note_seen(connection, viewer, sought, at.date(), asked=viewer == asker)
        note_seen(connection, viewer, shown, at.date(), asked=False)


def owners_in(text: str, owners: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Whose numbers and addresses (`World.owners`) stand in a text."""
    for found in _REACH.findall(text):
        value = plain(found)
        yield from owners.get(value) or (() if "@" in value else owners.get(value[:TEN], ()))


def note_seen(connection: sqlite3.Connection, viewer: str | None, people: Iterable[str], day: date, *, asked: bool) -> None:
    """Keeps whose number or address somebody was shown, once a day. `viewer`: a person, the place of a pair, None: at the machine.

    `asked`: they looked for it; else it came by itself.
    """
    connection.executemany(
        "INSERT INTO seen (day, by, person, asked) VALUES (?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET asked = max(asked, excluded.asked)",
        [(day.isoformat(), viewer or "", person, int(asked)) for person in sorted(set(people) - {viewer})],
    )


def looked_up(connection: sqlite3.Connection, sender: str) -> list[str]:
    """Whose number or address this person was shown on more than one day, most days first."""
    rows = connection.execute(
        "SELECT person FROM seen WHERE by = ? AND asked "
        "GROUP BY person HAVING count(*) > 1 ORDER BY count(*) DESC, max(day) DESC, person",
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
    found += [
        Trace(decided, by, "weigerde-account", whom, platform)
        for decided, by, whom, platform in connection.execute(
            "SELECT decided, by, person, platform FROM claim WHERE state = 'no' AND decided >= ?", (since,)
        )
    ]
    about = [one for one in found if person is None or person in {one.who, one.whom}]
    return sorted(about, key=lambda one: (one.at, one.did, one.who or "", one.whom or ""))
