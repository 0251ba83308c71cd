"""What the digest tells besides what is open: changes of contact persons since the last one, and the agreements of this week."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from bot.digest import News
from bot.outbox import read_reply

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from bot.duties import Desk


def news_of(desk: Desk, now: datetime, since: datetime) -> News:  # noqa: ARG001
    """What happened after `since`, and what comes."""
    pairs = desk.world.network.koppel_by_id
    changes = dict.fromkeys(text for place, text in _announced(desk.connection, since) if place in pairs)
    return News(tuple(changes))


def _announced(connection: sqlite3.Connection, since: datetime) -> Iterable[tuple[str, str]]:
    """What was announced in each place after a moment: the lines below the heading."""
    rows = connection.execute(
        "SELECT place, at, body FROM outbox WHERE body ->> '$.kind' = 'announcement' AND NOT lapsed ORDER BY id DESC"
    )
    for place, at, body in rows:
        if datetime.fromisoformat(at) <= since:
            return
        for line in read_reply(body).lines[1:]:
            yield place, line.text
