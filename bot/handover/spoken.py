"""Whether a handover is what is being talked about here: then a few words are enough."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.handover import rows as handovers
from bot.messages import direct

if TYPE_CHECKING:
    import sqlite3

    from bot.context import Context
    from bot.handover.rows import Handover

OF_LATE = timedelta(days=1)
"""So long after a handover was spoken of a few words may be about it."""


LISTED = timedelta(hours=1)
"""So long after somebody read what is open in their own chat they may mean one of those."""


def spoken_of(connection: sqlite3.Connection, context: Context, within: timedelta = OF_LATE) -> bool:
    """Whether the last that was said in this place was about a handover, or in somebody's own chat what is open for them."""
    row = connection.execute(
        "SELECT at, body ->> '$.data.handover', body ->> '$.data.open[0].handover' FROM outbox WHERE place = ? "
        "ORDER BY id DESC LIMIT 1",
        (context.place,),
    ).fetchone()
    if row is None:
        return False
    ago, listed = context.now - datetime.fromisoformat(row[0]), context.place == direct(context.sender or "") and row[2]
    return bool(row[1] and ago <= within) or bool(listed and ago <= min(within, LISTED))


def is_just_asked(connection: sqlite3.Connection, context: Context) -> bool:
    """Whether whoever writes in their own chat has just been asked to take over one handover, and no other."""
    sender = context.sender or ""
    if context.place != direct(sender):
        return False
    asked = [one for one in handovers.open_of(connection, sender) if one.addressee == sender]
    return len(asked) == 1 and asked[0].state == "offered" and context.now - asked[0].began <= OF_LATE


def is_just_taken(context: Context, found: list[Handover]) -> bool:
    """Whether whoever writes in their own chat has just taken over the one handover that this may be about."""
    sender = context.sender or ""
    mine = [one for one in found if one.holder == sender and one.state == "accepted"]
    return context.place == direct(sender) and len(mine) == len(found) == 1 and context.now - mine[0].began <= OF_LATE
