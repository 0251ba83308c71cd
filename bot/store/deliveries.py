"""What still has to be brought, for each platform: urgent first, in order in each place, and nothing is forgotten when it fails."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.messages import Envelope
from bot.store.outbox import MOST_TRIES, in_order, read_reply

if TYPE_CHECKING:
    import sqlite3

TAKES_OTHERS = timedelta(hours=1), timedelta(minutes=10)
"""A platform that took another message between so long ago and so long ago is not away."""

_HELD = "earlier.state IN ('pending', 'unsure') AND earlier.not_before > :now"
# What is waited for is looked up by its message: CROSS JOIN keeps the planner from going through all that was ever brought.
_BUSY = "earlier.state IN ('pending', 'sending', 'unsure')"
_WAITING = f"""
    SELECT outbox.id, outbox.place, outbox.at, outbox.body, delivery.platform, outbox.replaces,
        (SELECT version.remote_id FROM outbox AS said CROSS JOIN delivery AS version ON version.message = said.id
            WHERE (said.id = outbox.root OR said.root = outbox.root) AND version.platform = delivery.platform
                AND version.remote_id != '' ORDER BY said.id DESC LIMIT 1),
        outbox.key, delivery.state = 'unsure'
    FROM delivery JOIN outbox ON outbox.id = delivery.message
    WHERE delivery.platform = :platform AND delivery.state IN ('pending', 'unsure')
        AND (delivery.not_before IS NULL OR delivery.not_before <= :now)
        AND ((delivery.urgent AND outbox.replaces IS NULL) OR NOT EXISTS (
            SELECT 1 FROM delivery AS earlier
            WHERE earlier.platform = delivery.platform AND earlier.place = delivery.place AND earlier.message < delivery.message
                AND {_HELD}))
    ORDER BY delivery.urgent DESC, delivery.message LIMIT :most"""  # noqa: S608 - parts of our own


def waiting(connection: sqlite3.Connection, now: datetime, platform: str = "", most: int = 100) -> list[Envelope]:
    """What one platform is to bring now.

    Behind a message that has to wait the others in its place wait too, or they would be read in the wrong order.
    """
    rows = connection.execute(_WAITING, {"now": in_order(now), "platform": platform, "most": most})
    return [_envelope(row) for row in rows]


def heads(connection: sqlite3.Connection, now: datetime, platform: str = "", most: int = 100) -> list[Envelope]:
    """What one platform can begin to bring now: all that is urgent, and of each place the first while none of it is on its way."""
    query = _WAITING.replace(_HELD, _BUSY)
    rows = connection.execute(query, {"now": in_order(now), "platform": platform, "most": most})
    return [_envelope(row) for row in rows]


def _envelope(row: tuple[Any, ...]) -> Envelope:
    number, place, at, body, platform, replaces, remote, key, unsure = row
    return Envelope(number, place, datetime.fromisoformat(at), read_reply(body), platform, replaces, remote, key, bool(unsure))


def next_try(connection: sqlite3.Connection, platform: str) -> datetime | None:
    """When the first message that has to wait may be tried again; None when none waits."""
    row = connection.execute(
        "SELECT min(not_before) FROM delivery WHERE platform = ? AND state IN ('pending', 'unsure')", (platform,)
    ).fetchone()
    return datetime.fromisoformat(row[0]) if row[0] else None


def mark_sending(connection: sqlite3.Connection, message: int, platform: str = "") -> None:
    connection.execute(
        "UPDATE delivery SET state = 'sending', tries = tries + 1 WHERE message = ? AND platform = ?", (message, platform)
    )


def mark_sent(connection: sqlite3.Connection, message: int, remote_id: str, at: datetime, platform: str = "") -> None:
    connection.execute(
        "UPDATE delivery SET state = 'sent', remote_id = ?, sent_at = ?, fault = NULL WHERE message = ? AND platform = ?",
        (remote_id, in_order(at), message, platform),
    )


def mark_later(
    connection: sqlite3.Connection, message: int, not_before: datetime, fault: str, platform: str = "", *, refused: bool = False
) -> None:
    """Keeps a message for another try; after `MOST_TRIES` it has failed, and stays as such to be seen.

    Not as long as the platform takes nothing else either: then it is away, and what is to be brought waits until it is back.
    `refused`: the platform said that it did not take it. Else it may have arrived all the same.
    """
    since, until = (in_order(not_before - ago) for ago in TAKES_OTHERS)
    connection.execute(
        "UPDATE delivery SET state = iif(tries < :most OR NOT EXISTS (SELECT 1 FROM delivery AS other "
        "WHERE other.platform = :platform AND other.state = 'sent' AND other.sent_at BETWEEN :since AND :until), "
        ":state, 'failed'), not_before = :again, fault = :fault WHERE message = :message AND platform = :platform",
        {
            "most": MOST_TRIES, "platform": platform, "since": since, "until": until, "fault": fault, "message": message,
            "state": "pending" if refused else "unsure", "again": in_order(not_before),
        },
    )  # fmt: skip


def mark_failed(connection: sqlite3.Connection, message: int, fault: str, platform: str = "") -> None:
    """Gives a message up: the platform said that it will never take it."""
    connection.execute(
        "UPDATE delivery SET state = 'failed', fault = ? WHERE message = ? AND platform = ?", (fault, message, platform)
    )


def changed_since(connection: sqlite3.Connection, envelope: Envelope) -> bool:
    """Whether a newer version of this message is to be brought to the same platform."""
    row = connection.execute(
        "SELECT 1 FROM outbox AS newer JOIN delivery ON delivery.message = newer.id AND delivery.platform = :platform "
        "WHERE newer.root = (SELECT coalesce(root, id) FROM outbox WHERE id = :message) AND newer.id > :message LIMIT 1",
        {"platform": envelope.platform, "message": envelope.message},
    ).fetchone()
    return row is not None


def bring_anew(connection: sqlite3.Connection, platform: str, place: str) -> int:
    """The cards that live in a place are to be posted there again, as they are now; how many. What stood where counts no more.

    A card lives as long as something can be chosen from it, or its handover is open.
    """
    live = connection.execute(
        "SELECT said.id, coalesce(said.root, said.id) FROM outbox AS said JOIN delivery ON delivery.message = said.id "
        "AND delivery.platform = :platform AND delivery.state != 'failed' "
        "WHERE said.place = :place AND said.card IS NOT NULL AND said.body IS NOT NULL AND NOT said.lapsed "
        "AND said.id = (SELECT max(id) FROM outbox AS newest WHERE newest.card = said.card AND newest.place = said.place) "
        "AND (said.body ->> '$.options' != '[]' "
        "OR EXISTS (SELECT 1 FROM handover WHERE next_at IS NOT NULL AND reference = said.body ->> '$.data.handover'))",
        {"platform": platform, "place": place},
    ).fetchall()
    for newest, root in live:
        connection.execute(
            "UPDATE delivery SET remote_id = '' WHERE platform = ? AND state = 'sent' "
            "AND message IN (SELECT id FROM outbox WHERE id = ? OR root = ?)",
            (platform, root, root),
        )
        connection.execute(
            "UPDATE delivery SET state = 'pending', tries = 0, not_before = NULL, sent_at = NULL, remote_id = NULL, fault = NULL "
            "WHERE platform = ? AND message = ?",
            (platform, newest),
        )
    return len(live)


def mark_unsure(connection: sqlite3.Connection, message: int, platform: str = "") -> None:
    """It was on its way, and what came of it could not be written down: the adapter finds out."""
    connection.execute(
        "UPDATE delivery SET state = 'unsure' WHERE message = ? AND platform = ? AND state = 'sending'", (message, platform)
    )


def recover(connection: sqlite3.Connection) -> None:
    """After a crash it is not known whether what was on its way arrived: the adapter finds out."""
    connection.execute("UPDATE delivery SET state = 'unsure' WHERE state = 'sending'")


def by_remote(connection: sqlite3.Connection, platform: str, remote_id: str) -> int | None:
    """The newest version of the message that the platform knows by this id; None when it is none of ours.

    Of a long message that takes several posts, such as `C01/1.1+2.1`, each post stands for the whole (`C01/2.1`).
    """
    spot, _, one = remote_id.rpartition("/")
    row = connection.execute(
        "SELECT max(outbox.id) FROM delivery JOIN outbox ON outbox.id = delivery.message OR outbox.root = delivery.message "
        "WHERE delivery.platform = :platform AND (delivery.remote_id = :whole OR (:spot != '/' AND delivery.remote_id > :spot "
        "AND delivery.remote_id < :spot || ':' AND instr('+' || substr(delivery.remote_id, length(:spot) + 1) || '+', :one)))",
        {"platform": platform, "whole": remote_id, "spot": f"{spot}/", "one": f"+{one}+"},
    ).fetchone()
    return int(row[0]) if row[0] is not None else None
