"""The duty that tells the giver of a handover that a message about it did not arrive: then somebody has to call (rules)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from bot.duties import Desk, News
from bot.handover import rows as handovers
from bot.handover.card import Look
from bot.handover.told import note_to
from bot.messages import direct
from bot.routes import DIRECT
from bot.store.outbox import MOST_TRIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MISSED = """
    SELECT outbox.id, outbox.at, outbox.place, handover.reference, handover.giver, min(delivery.state = 'failed'),
        group_concat(delivery.platform)
    FROM (SELECT message FROM delivery WHERE state = 'failed'
            UNION SELECT message FROM delivery WHERE state IN ('pending', 'unsure') AND tries >= :tries) AS missed
        CROSS JOIN delivery ON delivery.message = missed.message CROSS JOIN outbox ON outbox.id = missed.message
        JOIN handover ON handover.reference = outbox.body ->> '$.data.handover'
    WHERE (delivery.state = 'failed' OR delivery.state IN ('pending', 'unsure') AND delivery.tries >= :tries)
        AND handover.next_at IS NOT NULL AND NOT outbox.lapsed
        AND outbox.body ->> '$.kind' IN ('handover', 'reminder', 'escalation') AND outbox.place != 'dm:' || handover.giver
        AND NOT EXISTS (SELECT 1 FROM delivery AS other WHERE other.message = outbox.id
            AND other.state != 'failed' AND NOT (other.state IN ('pending', 'unsure') AND other.tries >= :tries))
        AND NOT EXISTS (SELECT 1 FROM outbox AS told WHERE told.key = 'niet-bezorgd/' || outbox.id)
    GROUP BY outbox.id ORDER BY outbox.id"""
"""What no platform could bring, or has not for long, about something that is open, and of which the giver does not know yet.

It begins at what is not there, each kind by its own index: going through all that was ever brought, at every look, is what a long
life grows slow of.
"""


def _missed(desk: Desk) -> Iterator[tuple[int, str, str, str]]:
    """Number, moment, place and reference; not what waits for a platform over which the giver is not reached either."""
    for *found, giver, given_up, platforms in desk.connection.execute(_MISSED, {"tries": MOST_TRIES}).fetchall():
        if given_up or set(desk.routes.to(direct(giver), desk.world.network)) - set(platforms.split(",")):
            number, at, place, reference = found
            yield number, at, place, reference


class Undelivered:
    """Looks after what did not arrive."""

    def next_due(self, desk: Desk) -> datetime | None:
        found = next(_missed(desk), None)
        return datetime.fromisoformat(found[1]) if found else None

    def run(self, desk: Desk, now: datetime) -> Iterable[News]:
        for number, _, place, reference in list(_missed(desk)):
            one = handovers.by_reference(desk.connection, reference)
            if one is None:
                continue
            look = Look(one, desk.world, now)
            in_chat = place.startswith(DIRECT)
            missed = place.removeprefix(DIRECT) if in_chat else one.addressee
            key = "herinnering.niet-bezorgd" if in_chat else "herinnering.niet-bezorgd-plek"
            text = desk.world.words.say(key, kenmerk=reference, wie=look.name(missed))
            yield News(f"niet-bezorgd/{number}", note_to(look, one.giver, text, missed))
