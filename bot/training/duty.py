"""Closes a case to train with when its week is over, and shows how it was worked out (`§2`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.duties import News
from bot.training import rows as training
from bot.training.talk import closed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.duties import Desk


class TrainingDuty:
    """The duty: every case that is open has a moment at which it closes by itself."""

    def next_due(self, desk: Desk) -> datetime | None:
        return training.next_closing(desk.connection)

    def run(self, desk: Desk, now: datetime) -> Iterable[News]:
        return [
            News(f"casus/{one.reference}/gesloten", closed(desk.connection, one, desk.world, now))
            for one in training.closing(desk.connection, now)
        ]
