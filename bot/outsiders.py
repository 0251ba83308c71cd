"""Where somebody who is no member can read along, a place gets role and name; the details go to the asker alone (rules)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.messages import Line, direct
from bot.privacy import PUBLIC_NUMBERS, plain

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from bot.context import Context
    from bot.messages import Reply

TEN = 10
"""Digits of a Dutch number; those of services for everybody have fewer."""

_DETAIL = re.compile(r"(?:[,:]?\s*)(\+?\d[\d ().-]{6,}\d|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)")


def note(connection: sqlite3.Connection, platform: str, place: str, *, present: bool) -> None:
    """Keeps whether outsiders read along in a place, as far as this platform knows: what is said there by itself goes by it too."""
    if present:
        connection.execute("INSERT INTO outsider (platform, place) VALUES (?, ?) ON CONFLICT DO NOTHING", (platform, place))
    else:
        connection.execute("DELETE FROM outsider WHERE platform = ? AND place = ?", (platform, place))


def read_along(connection: sqlite3.Connection, place: str) -> bool:
    """Whether somebody who is no member reads along in a place, on any platform."""
    return connection.execute("SELECT 1 FROM outsider WHERE place = ?", (place,)).fetchone() is not None


def apart(replies: Iterable[Reply], context: Context) -> list[Reply]:
    """The replies, with the details taken out of those for this place and sent to the asker in their own chat."""
    if context.place == direct(context.sender or ""):
        return list(replies)
    found: list[Reply] = []
    for reply in replies:
        bare = reply if reply.to not in {None, context.place} else without_details(reply)
        if bare == reply or context.sender is None:
            found.append(bare)
            continue
        told = Line(context.world.words.say("meeluisteren.nummers-prive"), "note")
        found.append(replace(bare, lines=(*bare.lines, told)))
        found.append(replace(reply, options=(), multiple=False, card=None, to=direct(context.sender)))
    return found


def without_details(reply: Reply) -> Reply:
    """The same reply without anybody's number or address; those that are public stay."""
    lines: list[Line] = []
    for line in reply.lines:
        text = _DETAIL.sub(lambda match: "" if _is_somebodys(match[1]) else match[0], line.text)
        if text.strip() or not line.text.strip():
            lines.append(replace(line, text=text))
    data = _bare(reply.data)
    return reply if tuple(lines) == reply.lines and data == reply.data else replace(reply, lines=tuple(lines), data=data)


def _is_somebodys(value: str) -> bool:
    """Whether this is an address, or a number of ten digits that is not everybody's: also one that is not in the list yet."""
    number = plain(value)
    return "@" in value or (number.startswith("0") and len(number) == TEN and number not in PUBLIC_NUMBERS)


def _bare(data: dict[str, Any]) -> dict[str, Any]:
    """The data with the contacts in it, wherever they stand, without details."""
    if not isinstance(data.get("contacts"), list):
        return data
    contacts = [
        {key: None if key in {"phone", "email"} and value and _is_somebodys(str(value)) else value for key, value in one.items()}
        for one in data["contacts"]
    ]
    return {**data, "contacts": contacts}
