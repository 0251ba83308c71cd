"""What the digest tells besides what is open: changes of contact persons since the last one, and the agreements of this week."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot import worktime
from bot.digest.say import Coming, News, absent
from bot.store.outbox import read_reply
from knowledge.agreements import coming

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from bot.duties import Desk


def news_of(desk: Desk, now: datetime, since: datetime) -> News:
    """What happened after `since`, and what comes this week."""
    pairs = desk.world.network.koppel_by_id
    today = worktime.local_day(desk.world.calendar, now)
    told = {one.id for one in absent(desk.world, today)}
    changes = dict.fromkeys(text for place, text in _announced(desk.connection, since, told) if place in pairs)
    sunday = today + timedelta(days=6 - today.weekday())
    ahead = (Coming(one.agreement.id, one.agreement.name, one.day) for one in coming(desk.world.calendar, today, sunday))
    return News(tuple(changes), tuple(ahead))


def _announced(connection: sqlite3.Connection, since: datetime, away: set[str]) -> Iterable[tuple[str, str]]:
    """What each place heard about the contact list after a moment: the lines below the heading.

    Nothing else that is announced there is for the whole network to read. Who is `away` today the digest names itself.
    """
    rows = connection.execute(
        "SELECT place, at, body FROM outbox WHERE body ->> '$.kind' = 'announcement' AND body ->> '$.data.contact_list' "
        "ORDER BY id DESC"
    )
    for place, at, body in rows:
        if datetime.fromisoformat(at) <= since:
            return
        reply = read_reply(body)
        known = {text for who, texts in reply.data["away"].items() if who in away for text in texts}
        elsewhere = reply.data["elsewhere"]
        yield from ((place, elsewhere.get(line.text, line.text)) for line in reply.lines[1:] if line.text not in known)
