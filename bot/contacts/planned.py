"""Changes of the contact list that waited for a day are made when it has come."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from bot import worktime
from bot.contacts import change_rows
from bot.contacts.upkeep import make

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.duties import Desk, News


class PlannedDuty:
    """Makes what was confirmed for a day, at the beginning of that day; whoever it concerns heard so when it was confirmed."""

    def next_due(self, desk: Desk) -> datetime | None:
        first = change_rows.first_planned(desk.connection)
        return worktime.at_wall(desk.world.network.zone, first, time()) if first else None

    def run(self, desk: Desk, now: datetime) -> Iterable[News]:
        taken = change_rows.take_planned(desk.connection, worktime.local_day(desk.world.calendar, now))
        make(desk.connection, desk.world, [change for change, _ in taken], None, now)
        return ()
