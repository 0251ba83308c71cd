"""Says honestly that the assistant was away, once in each place, in the first message that should have come in that time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.duties import ALIVE, done_until, mark_done
from bot.messages import Line
from bot.say import moment_in_words

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from bot.duties import Desk

FROM, UNTIL, TOLD = "weg-van", "weg-tot", "weg-gezegd"
"""Names in the clock: the last time that the assistant was away, and (with a place behind it) where that was said."""

UNNOTICED = timedelta(minutes=10)
"""A restart of some minutes is nothing to tell."""


def beat(connection: sqlite3.Connection, now: datetime, since: datetime | None = None) -> None:
    """Notes that the assistant is there, and if it was not, since when. `since`: it was last there at this moment."""
    last = since or done_until(connection, ALIVE)
    mark_done(connection, ALIVE, now)
    if last and now - last > UNNOTICED:
        mark_done(connection, FROM, last)
        mark_done(connection, UNTIL, now)


def word(desk: Desk, place: str, due: datetime, now: datetime) -> Iterable[Line]:
    """The word about it, for what should have been said in this place at `due`; nothing when that is not why it comes now."""
    begin, end = (done_until(desk.connection, name) for name in (FROM, UNTIL))
    told = done_until(desk.connection, f"{TOLD}/{place}")
    if begin is None or end is None or not begin < due < end or (told and told >= end):
        return
    mark_done(desk.connection, f"{TOLD}/{place}", end)
    first, last, today = (moment.astimezone(desk.world.network.zone) for moment in (begin, end, now))
    same = first.date() == today.date()
    start, stop = (f"{moment:%H:%M}" if same else moment_in_words(moment, today.date()) for moment in (first, last))
    yield Line(desk.world.words.say("herinnering.weg", van=start, tot=stop), "note")
