"""Questions to the database about all that is open at once: how many per pair, and of whom something is expected."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from bot.digest.overview import Tally
from bot.store.outbox import in_order

if TYPE_CHECKING:
    import sqlite3
    from datetime import date


def tallies(connection: sqlite3.Connection, now: datetime, today: date) -> list[Tally]:
    """What is open per pair on a local day; what is quiet until a later day is not late."""
    late = "total(due < ? AND ifnull(paused_until, '') <= ?)"
    rows = connection.execute(
        f"SELECT koppel, count(*), min(offered_at), {late} FROM handover WHERE next_at IS NOT NULL GROUP BY koppel",  # noqa: S608
        (in_order(now), today.isoformat()),
    )
    return [Tally(koppel, count, datetime.fromisoformat(oldest), int(late)) for koppel, count, oldest, late in rows]


def people_concerned(connection: sqlite3.Connection) -> list[str]:
    """Everybody of whom something may be expected in what is open, each once."""
    rows = connection.execute(
        "SELECT holder FROM handover WHERE next_at IS NOT NULL UNION SELECT addressee FROM handover WHERE next_at IS NOT NULL "
        "AND state = 'offered' UNION SELECT giver FROM handover WHERE next_at IS NOT NULL AND state IN ('declined', 'reported')"
    )
    return [row[0] for row in rows]
