"""What the digest tells besides what is open: changes of contact persons since the last one, and the agreements of this week."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot import worktime
from bot.digest.say import Coming, News
from bot.store.outbox import read_reply
from knowledge.agreements import coming

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from bot.duties import Desk


def news_of(desk: Desk, now: datetime, since: datetime) -> News:
    """What happened after `since`, and what comes this week."""
    pairs = desk.world.network.koppel_by_id
    changes = dict.fromkeys(text for place, text in _announced(desk.connection, since) if place in pairs)
    today = worktime.local_day(desk.world.calendar, now)
    sunday = today + timedelta(days=6 - today.weekday())
    ahead = (Coming(one.agreement.id, one.agreement.name, one.day) for one in coming(desk.world.calendar, today, sunday))
    return News(tuple(changes), tuple(ahead))


def _announced(connection: sqlite3.Connection, since: datetime) -> Iterable[tuple[str, str]]:
    """What was announced in each place after a moment: the lines below the heading. What lives on is no news but an agreement."""
    rows = connection.execute(
        "SELECT place, at, body FROM outbox WHERE body ->> '$.kind' = 'announcement' AND NOT lapsed "
        "AND body ->> '$.data.agreement' IS NULL ORDER BY id DESC"
    )
    for place, at, body in rows:
        if datetime.fromisoformat(at) <= since:
            return
        for line in read_reply(body).lines[1:]:
            yield place, line.text
