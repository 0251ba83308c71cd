"""The duty that tells the giver of a handover that a message about it did not arrive: then somebody has to call (rules)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from bot.duties import Desk, News
from bot.handover import rows as handovers
from bot.handover.card import Look
from bot.handover.told import note_to
from bot.routes import DIRECT

if TYPE_CHECKING:
    from collections.abc import Iterable

_FAILED = """
    SELECT outbox.id, outbox.at, outbox.place, handover.reference
    FROM delivery JOIN outbox ON outbox.id = delivery.message
        JOIN handover ON handover.reference = outbox.body ->> '$.data.handover'
    WHERE delivery.state = 'failed' AND handover.next_at IS NOT NULL AND NOT outbox.lapsed
        AND outbox.body ->> '$.kind' IN ('handover', 'reminder', 'escalation') AND outbox.place != 'dm:' || handover.giver
        AND NOT EXISTS (SELECT 1 FROM delivery AS other WHERE other.message = outbox.id AND other.state != 'failed')
        AND NOT EXISTS (SELECT 1 FROM outbox AS told WHERE told.key = 'niet-bezorgd/' || outbox.id)
    GROUP BY outbox.id ORDER BY outbox.id"""
"""What no platform could bring, about something that is open, and of which the giver does not know yet."""


class Undelivered:
    """Looks after what did not arrive."""

    def next_due(self, desk: Desk) -> datetime | None:
        row = desk.connection.execute(f"{_FAILED} LIMIT 1").fetchone()
        return datetime.fromisoformat(row[1]) if row else None

    def run(self, desk: Desk, now: datetime) -> Iterable[News]:
        for number, _, place, reference in desk.connection.execute(_FAILED).fetchall():
            one = handovers.by_reference(desk.connection, reference)
            if one is None:
                continue
            look = Look(one, desk.world, now)
            in_chat = place.startswith(DIRECT)
            missed = place.removeprefix(DIRECT) if in_chat else one.addressee
            key = "herinnering.niet-bezorgd" if in_chat else "herinnering.niet-bezorgd-plek"
            text = desk.world.words.say(key, kenmerk=reference, wie=look.name(missed))
            yield News(f"niet-bezorgd/{number}", note_to(look, one.giver, text, missed))
