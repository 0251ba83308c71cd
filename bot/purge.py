"""Once a day what has been kept long enough goes, and is really gone: out of the rows, the free pages and the write-ahead log."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.account.left import forget_left
from bot.contacts import change_rows
from bot.duties import done_until, mark_done
from bot.evaluation.count import keep_number
from bot.messages import Line, Reply, direct
from bot.retention import INBOX, LIVING, LOG, REFUSALS, term_of
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
SELDOM = timedelta(hours=1)
"""How often is looked through what may be very much (`forget_seldom`)."""
ERASED = {"lapsed": True, "erased": True}
"""The data of a line in whose place nothing may be left of what stood there: of where it was changed before neither."""


def is_due(connection: sqlite3.Connection, world: World, now: datetime) -> bool:
    """Whether this local day has not been cleared yet."""
    done = done_until(connection, PURGED)
    zone = world.network.zone
    return done is None or done.astimezone(zone).date() < now.astimezone(zone).date()


def forget(connection: sqlite3.Connection, outbox: Outbox, kept: Retention, now: datetime) -> int:
    """What goes all day long: results, silent conversations, bodies of messages, changes nobody confirmed. How many rows."""
    gone = conversations.forget(connection, now - kept.results, now - SILENCE_KEPT)
    return gone + change_rows.forget(connection, now) + outbox.forget_bodies(now - kept.messages, now - REFUSALS)


def forget_seldom(outbox: Outbox, kept: Retention, now: datetime) -> int:
    """What goes now and then: messages that live on, and those that arrived nowhere. How many rows."""
    before = now - kept.messages
    return outbox.forget_cards(before, now - LIVING) + outbox.forget_undelivered(before, now - REFUSALS)


def purge(connection: sqlite3.Connection, outbox: Outbox, world: World, routes: Routes, now: datetime) -> int:
    """What goes once a day; inside a transaction. Returns how many handovers were erased."""
    gone = _erase_handovers(connection, outbox, world, routes, now)
    log, inbox = in_order(now - LOG), (now - INBOX).isoformat()
    connection.execute("DELETE FROM seen WHERE day < ?", (log[:10],))
    connection.execute("DELETE FROM inbox WHERE datetime(at) < datetime(?)", (inbox,))
    connection.execute(
        "DELETE FROM mention WHERE reference NOT IN (SELECT reference FROM handover) "
        "AND reference NOT IN (SELECT reference FROM conversation) "
        "AND reference NOT IN (SELECT scan FROM handover WHERE scan IS NOT NULL)"
    )
    connection.execute("DELETE FROM link_code WHERE until < ?", (in_order(now),))
    connection.execute("DELETE FROM claim WHERE coalesce(decided, at) < ?", (log,))
    connection.execute("DELETE FROM code_try WHERE day < ?", (in_order(now)[:10],))
    connection.execute("UPDATE occasion SET done_by = NULL WHERE at < ?", (log,))
    connection.execute("UPDATE training SET starter = NULL WHERE closed < ?", (log,))
    _drop_accounts(connection, in_order(now - INBOX))
    forget_left(connection, in_order(now - INBOX))
    _drop_old_messages(connection, log)
    for table in ("tap", "vote"):  # a message without a body offers nothing any more: what was chosen from it is done
        connection.execute(f"DELETE FROM {table} WHERE message NOT IN (SELECT id FROM outbox WHERE body IS NOT NULL)")  # noqa: S608
    _drop_old_threads(connection)
    mark_done(connection, PURGED, now)
    return gone


def _drop_old_messages(connection: sqlite3.Connection, before: str) -> None:
    """Takes away the rows of what was said before this moment, with all its changes, when nothing can come after it any more."""
    families = (
        "SELECT coalesce(root, id) FROM outbox GROUP BY 1 HAVING max(datetime(at)) < datetime(:before) "
        "AND count(body) = 0 AND count(about) = 0"
    )
    on_its_way = "SELECT message FROM delivery WHERE state NOT IN ('sent', 'failed')"
    needed = (
        f"SELECT coalesce(root, id) FROM outbox WHERE id IN ({on_its_way}) OR id IN (SELECT message FROM mention) "  # noqa: S608
        "OR substr(card, 1, instr(card, '/') - 1) IN (SELECT reference FROM handover)"
    )
    old = connection.execute(
        f"SELECT id FROM outbox WHERE coalesce(root, id) IN ({families}) AND coalesce(root, id) NOT IN ({needed})",  # noqa: S608
        {"before": before},
    ).fetchall()
    for table, column in (("posted", "message"), ("delivery", "message"), ("outbox", "id")):
        connection.executemany(f"DELETE FROM {table} WHERE {column} = ?", old)  # noqa: S608 - names of our own


def _drop_accounts(connection: sqlite3.Connection, left_before: str) -> None:
    """Whose account is whose, of who has not been in the list since this moment: a wrong list can be put right till then."""
    gone = (
        "person NOT IN (SELECT id FROM person) "
        "AND NOT EXISTS (SELECT 1 FROM list_change WHERE list_change.person = account.person AND list_change.at >= :before)"
    )
    for (person,) in connection.execute(f"SELECT DISTINCT person FROM account WHERE {gone}", {"before": left_before}).fetchall():  # noqa: S608
        connection.execute("DELETE FROM binding WHERE place = ?", (direct(person),))
        connection.execute("DELETE FROM account WHERE person = ?", (person,))


def _drop_old_threads(connection: sqlite3.Connection) -> None:
    """In which thread a message stood need be known no longer than that it came in."""
    known = {remote.rpartition("/")[2] for (remote,) in connection.execute("SELECT id FROM inbox")}
    old = [row for row in connection.execute("SELECT platform, remote FROM threaded") if row[1] not in known]
    connection.executemany("DELETE FROM threaded WHERE platform = ? AND remote = ?", old)


def _erase_handovers(connection: sqlite3.Connection, outbox: Outbox, world: World, routes: Routes, now: datetime) -> int:
    """Handovers whose term after closing has passed: their messages become one neutral line, their rows go."""
    before = in_order(now - term_of(world.network))
    rows = connection.execute(
        "SELECT reference, scan FROM handover WHERE next_at IS NULL AND coalesce(state_at, offered_at) < ?", (before,)
    ).fetchall()
    line = Line(world.words.say("bewaren.gewist"), "note")
    at = now.astimezone(world.network.zone)
    for reference, scan in rows:
        cards = connection.execute("SELECT DISTINCT card, place FROM outbox WHERE card GLOB ?", (f"{reference}/*",)).fetchall()
        for card, place in cards:
            reply = Reply("handover", (line,), data=ERASED, card=card)
            number = outbox.say(f"gewist/{card}/{place}", place, None, at, reply, routes.to(place, world.network))
            _change_earlier(connection, outbox, number, at, reply)
        _change_notes(connection, outbox, reference, at, world.words)
        keep_number(connection, world, reference)
        connection.execute("DELETE FROM handover WHERE reference = ?", (reference,))
        if scan and not connection.execute("SELECT 1 FROM handover WHERE scan = ?", (scan,)).fetchone():
            _change_notes(connection, outbox, scan, at, world.words)
    return len(rows)


def _change_earlier(connection: sqlite3.Connection, outbox: Outbox, number: int | None, at: datetime, reply: Reply) -> None:
    """The same for copies of a card that was posted anew since: a line stands there, over what it replaced."""
    earlier = connection.execute(
        "SELECT root.id, root.key, root.place FROM outbox AS root JOIN outbox AS newest ON newest.id = ? "
        "AND root.card = newest.card AND root.place = newest.place "
        "WHERE root.replaces IS NULL AND root.id != coalesce(newest.root, newest.id) ORDER BY root.id",
        (number,),
    ).fetchall()
    for message, key, place in earlier:
        if there := _arrived(connection, message):
            outbox.say_instead(key, f"gewist/{key}", place, None, at, replace(reply, card=None), there)


def _arrived(connection: sqlite3.Connection, message: int) -> list[str]:
    """The platforms on which a message arrived."""
    rows = connection.execute("SELECT platform FROM delivery WHERE message = ? AND state = 'sent'", (message,))
    return [platform for (platform,) in rows]


def _change_notes(connection: sqlite3.Connection, outbox: Outbox, reference: str, at: datetime, words: Words) -> None:
    """What was said about a handover beside its cards becomes one line, wherever it arrived; also where it named others too."""
    notes = connection.execute(
        "SELECT id, key, place, about FROM outbox WHERE card IS NULL AND id IN "
        "(SELECT coalesce(root, id) FROM outbox WHERE about = :reference OR id IN "
        "(SELECT message FROM mention WHERE reference = :reference)) ORDER BY id",
        {"reference": reference},
    ).fetchall()
    for number, key, place, about in notes:
        if there := _arrived(connection, number):
            line = words.say("bewaren.gewist" if about else "bewaren.gewist-meer")
            reply = Reply("handover", (Line(line, "note"),), data=ERASED)
            outbox.say_instead(key, f"gewist/{key}", place, None, at, reply, there)
    connection.execute("UPDATE outbox SET about = NULL WHERE about = ?", (reference,))
    connection.execute("DELETE FROM mention WHERE reference = ?", (reference,))
