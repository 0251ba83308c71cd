"""What `verbinder doctor` looks at in the database itself: is it whole, is it worked in, what went wrong, what is known."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlite_utils import Database

from bot.check import check_network
from bot.health import LATE, health
from bot.store.hold import is_held
from bot.store.migrations import migrations
from knowledge.calendar import Calendar
from knowledge.network_gaps import day_text

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from bot.words import Words
    from knowledge.network import Network

MOST_SHOWN = 5
CALENDAR_SOON = timedelta(days=60)
"""Less than this ahead, and the terms of handovers are soon counted wrong."""
ENOUGH_FREE = 100_000_000
"""Bytes: less than this free, and a busy week or a cleaning (which writes the file anew) may not fit."""
CLOCK_AHEAD = timedelta(minutes=5)


@dataclass(frozen=True)
class Seen:
    """One thing that was looked at. `advice` says what to do; sound and with advice is good to know."""

    sound: bool
    text: str
    advice: str = ""


def checkup(connection: sqlite3.Connection, network: Network, now: datetime, words: Words, database: Path) -> list[Seen]:
    """All of it, at this moment (aware). Only looks. `database` is the file, as people name it."""
    return [
        *_whole(connection, words),
        *_disk(database, words),
        *_at_work(connection, now, words, database),
        *_went_wrong(connection, words),
        *_clock(connection, now, words),
        *_known(network, now, words, database),
        Seen(
            sound=True, text=words.say("keuring.termijn", termijn=_term(network, words)), advice=words.say("keuring.termijn-raad")
        ),
        Seen(sound=True, text=words.say("keuring.kopie"), advice=words.say("keuring.kopie-raad", database=database)),
    ]


def _whole(connection: sqlite3.Connection, words: Words) -> Iterator[Seen]:
    found = [row[0] for row in connection.execute("PRAGMA integrity_check(3)")]
    if found != ["ok"] or connection.execute("PRAGMA foreign_key_check").fetchone():
        yield Seen(sound=False, text=words.say("keuring.beschadigd"), advice=words.say("keuring.beschadigd-raad"))
        return
    last = migrations.applied(Database(connection))[-1].name
    yield Seen(sound=True, text=words.say("keuring.heel", versie=last.partition("_")[0]))


def _disk(database: Path, words: Words) -> Iterator[Seen]:
    """Whether can be written where the database stands, and whether there is room for it to grow."""
    folder = database.parent
    if not (os.access(database, os.W_OK) and os.access(folder, os.W_OK)):
        yield Seen(sound=False, text=words.say("keuring.dicht", map=folder), advice=words.say("keuring.dicht-raad"))
    free = shutil.disk_usage(folder).free
    if free < ENOUGH_FREE:
        text = words.say("keuring.vol", map=folder, megabyte=free // 1_000_000)
        yield Seen(sound=False, text=text, advice=words.say("keuring.vol-raad"))


def _at_work(connection: sqlite3.Connection, now: datetime, words: Words, database: Path) -> Iterator[Seen]:
    """Whether a process looks after it, and whether what is said also leaves."""
    found, late = health(connection, now), LATE.total_seconds()
    if found.last_cycle is None:
        yield Seen(sound=True, text=words.say("keuring.nooit"), advice=words.say("keuring.nooit-raad", database=database))
    elif not is_held(database):
        yield Seen(sound=False, text=words.say("keuring.gestopt"), advice=words.say("keuring.nooit-raad", database=database))
    elif found.last_cycle <= late:
        yield Seen(sound=True, text=words.say("keuring.wakker"))
    else:
        yield Seen(sound=False, text=words.say("keuring.stil"), advice=words.say("keuring.stil-raad", database=database))
    if found.oldest_waiting is not None and found.oldest_waiting > late:
        yield Seen(sound=False, text=words.say("keuring.wacht", aantal=found.waiting), advice=words.say("keuring.wacht-raad"))


def _went_wrong(connection: sqlite3.Connection, words: Words) -> Iterator[Seen]:
    """Numbers and classes, never what was said."""
    for kind, query in (
        ("niet-aangekomen", "SELECT message, platform, fault FROM delivery WHERE state = 'failed' ORDER BY message DESC"),
        ("niet-beantwoord", "SELECT rowid, platform, fault FROM inbox WHERE state = 'failed' ORDER BY rowid DESC"),
    ):
        rows = connection.execute(query).fetchall()
        if rows:
            shown = ", ".join(f"{number} ({fault or '?'})" for number, _, fault in rows[:MOST_SHOWN])
            text = words.say(f"keuring.{kind}", aantal=len(rows), welke=shown)
            yield Seen(sound=False, text=text, advice=words.say(f"keuring.{kind}-raad"))


def _clock(connection: sqlite3.Connection, now: datetime, words: Words) -> Iterator[Seen]:
    """A moment that was written down and has yet to come: the clock was set back, or stood wrong then."""
    found = health(connection, now)
    if min(found.last_cycle or 0.0, found.last_heard or 0.0) < -CLOCK_AHEAD.total_seconds():
        yield Seen(sound=False, text=words.say("keuring.klok"), advice=words.say("keuring.klok-raad"))


def _term(network: Network, words: Words) -> str:
    """How long is kept what is said about a handover, as the convenant says it."""
    return (network.convenant.retention if network.convenant else None) or words.say("keuring.termijn-zonder")


def _known(network: Network, now: datetime, words: Words, database: Path) -> Iterator[Seen]:
    """How far the calendar reaches, and how many holes the list of people has."""
    last, today = Calendar(network).last_known_school_holiday(), now.astimezone(network.zone).date()
    enough = last > today + CALENDAR_SOON
    text = words.say("keuring.vakanties", dag=day_text(last))
    yield Seen(sound=enough, text=text, advice="" if enough else words.say("keuring.vakanties-raad"))
    gaps = len(check_network(network, now)[1:-1])
    if gaps:
        advice = words.say("keuring.gaten-raad", database=database)
        yield Seen(sound=True, text=words.say("keuring.gaten", aantal=gaps), advice=advice)
