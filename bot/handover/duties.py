"""What comes by itself in handovers, beside their reminders: somebody has left, or is ill."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.duties import BORN, News, done_until, mark_done
from bot.handover.away import at_a_desk, look_at_people
from bot.worktime import at_wall, local_day

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from bot.duties import Desk

NEXT_LOOK = "mensen-nakijken"
"""The name in the clock of when people are looked at next; not how far it has got, but when."""

MORNING, MIDNIGHT = time(8), time()


def look_soon(connection: sqlite3.Connection, now: datetime) -> None:
    """Has people looked at right now: the contact list has changed."""
    mark_done(connection, NEXT_LOOK, now)


class PeopleDuty:
    """Every morning, and whenever the contact list changes: what is held by somebody who is not there goes on."""

    def next_due(self, desk: Desk) -> datetime | None:
        return done_until(desk.connection, NEXT_LOOK) or self._morning(desk, done_until(desk.connection, BORN))

    def run(self, desk: Desk, now: datetime) -> Iterable[News]:
        due = self.next_due(desk) or now
        following = self._morning(desk, now)
        mark_done(desk.connection, NEXT_LOOK, following or now)
        calendar = desk.world.calendar
        clock = due.astimezone(desk.world.network.zone).time()
        free = clock == MORNING and not calendar.is_working_day(local_day(calendar, now))
        only_red = free or clock == MIDNIGHT  # a change that was planned for this day: the rest waits for the morning
        for number, reply in enumerate(look_at_people(desk.connection, at_a_desk(desk.world, now, desk.routes), only_red=only_red)):
            yield News(f"mensen/{now.isoformat()}/{number}", reply)

    def _morning(self, desk: Desk, after: datetime | None) -> datetime | None:
        if after is None:
            return None
        day = local_day(desk.world.calendar, after)
        zone = desk.world.network.zone
        this = at_wall(zone, day, MORNING)
        return this if this > after else at_wall(zone, day + timedelta(days=1), MORNING)
