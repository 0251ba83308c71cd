"""Once a day what has been kept long enough goes, and is really gone: out of the rows, the free pages and the write-ahead log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.contacts import change_rows
from bot.duties import done_until, mark_done
from bot.evaluation.count import keep_number
from bot.messages import Line, Reply
from bot.retention import INBOX, LOG, REFUSALS, term_of
from bot.store import conversations
from bot.store.outbox import in_order
from bot.talk.steps import SILENCE_KEPT

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from bot.context import World
    from bot.retention import Retention
    from bot.routes import Routes
    from bot.store.outbox import Outbox
    from bot.words import Words

PURGED = "gewist"


def is_due(connection: sqlite3.Connection, world: World, now: datetime) -> bool:
    """Whether this local day has not been cleared yet."""
    done = done_until(connection, PURGED)
    zone = world.network.zone
    return done is None or done.astimezone(zone).date() < now.astimezone(zone).date()


def forget(connection: sqlite3.Connection, outbox: Outbox, kept: Retention, now: datetime) -> int:
    """What goes all day long: results, silent conversations, bodies of messages, changes nobody confirmed. How many rows."""
    gone = conversations.forget(connection, now - kept.results, now - SILENCE_KEPT)
    return gone + change_rows.forget(connection, now) + outbox.forget_bodies(now - kept.messages, now - REFUSALS)


def purge(connection: sqlite3.Connection, outbox: Outbox, world: World, routes: Routes, now: datetime) -> int:
    """What goes once a day; inside a transaction. Returns how many handovers were erased."""
    gone = _erase_handovers(connection, outbox, world, routes, now)
    log, inbox = in_order(now - LOG), (now - INBOX).isoformat()
    connection.execute("DELETE FROM seen WHERE day < ?", (log[:10],))
    connection.execute("DELETE FROM inbox WHERE state = 'handled' AND datetime(at) < datetime(?)", (inbox,))
    connection.execute(
        "DELETE FROM mention WHERE reference NOT IN (SELECT reference FROM handover) "
        "AND reference NOT IN (SELECT reference FROM conversation)"
    )
    connection.execute("DELETE FROM link_code WHERE until < ?", (in_order(now),))
    connection.execute("DELETE FROM claim WHERE coalesce(decided, at) < ?", (log,))
    on_its_way = (
        "SELECT 1 FROM outbox AS edit JOIN delivery ON delivery.message = edit.id "
        "WHERE edit.root = outbox.id AND delivery.state NOT IN ('sent', 'failed')"
    )
    unnamed = (
        "NOT EXISTS (SELECT 1 FROM mention JOIN outbox AS said ON said.id = mention.message "
        "WHERE coalesce(said.root, said.id) = outbox.id)"
    )
    loose = f"body IS NULL AND card IS NULL AND replaces IS NULL AND about IS NULL AND NOT EXISTS ({on_its_way}) AND {unnamed}"
    old = f"SELECT id FROM outbox WHERE {loose} AND datetime(at) < datetime(:at)"  # noqa: S608 - words of our own
    for table, column in (("posted", "message"), ("delivery", "message"), ("outbox", "id")):
        connection.execute(f"DELETE FROM {table} WHERE {column} IN ({old})", {"at": log})  # noqa: S608 - names of our own
    mark_done(connection, PURGED, now)
    return gone


def _erase_handovers(connection: sqlite3.Connection, outbox: Outbox, world: World, routes: Routes, now: datetime) -> int:
    """Handovers whose term after closing has passed: their messages become one neutral line, their rows go."""
    before = in_order(now - term_of(world.network))
    rows = connection.execute(
        "SELECT reference FROM handover WHERE next_at IS NULL AND coalesce(state_at, offered_at) < ?", (before,)
    ).fetchall()
    line = Line(world.words.say("bewaren.gewist"), "note")
    at = now.astimezone(world.network.zone)
    for (reference,) in rows:
        cards = connection.execute("SELECT DISTINCT card, place FROM outbox WHERE card GLOB ?", (f"{reference}/*",)).fetchall()
        for card, place in cards:
            reply = Reply("handover", (line,), data={"lapsed": True}, card=card)
            outbox.say(f"gewist/{card}/{place}", place, None, at, reply, routes.to(place, world.network))
        _change_notes(connection, outbox, reference, at, world.words)
        keep_number(connection, world, reference)
        connection.execute("DELETE FROM handover WHERE reference = ?", (reference,))
    return len(rows)


def _change_notes(connection: sqlite3.Connection, outbox: Outbox, reference: str, at: datetime, words: Words) -> None:
    """What was said about a handover beside its cards becomes one line, wherever it arrived; also where it named others too."""
    notes = connection.execute(
        "SELECT id, key, place, about FROM outbox WHERE card IS NULL AND id IN "
        "(SELECT coalesce(root, id) FROM outbox WHERE about = :reference OR id IN "
        "(SELECT message FROM mention WHERE reference = :reference)) ORDER BY id",
        {"reference": reference},
    ).fetchall()
    for number, key, place, about in notes:
        there = connection.execute("SELECT platform FROM delivery WHERE message = ? AND state = 'sent'", (number,)).fetchall()
        if there:
            line = words.say("bewaren.gewist" if about else "bewaren.gewist-meer")
            reply = Reply("handover", (Line(line, "note"),), data={"lapsed": True})
            outbox.say_instead(key, f"gewist/{key}", place, None, at, reply, [platform for (platform,) in there])
    connection.execute("UPDATE outbox SET about = NULL WHERE about = ?", (reference,))
    connection.execute("DELETE FROM mention WHERE reference = ?", (reference,))
