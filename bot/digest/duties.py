"""The duties that tell what is open: the network and the pairs on school days at a set time, each person when they begin work."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from bot import worktime
from bot.digest import open_rows, overview
from bot.digest import say as digest
from bot.digest.away import word
from bot.digest.news import news_of
from bot.duties import BORN, Desk, News, done_until, mark_done
from bot.handover import rows as handovers
from bot.handover.ladder import region_of
from bot.messages import NETWORK_PLACE
from bot.store.outbox import in_order
from bot.unsealed import is_unsealed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from bot.context import World
    from bot.handover.rows import Handover
    from bot.messages import Reply

CONSIDERED, SAID, PLANNED = "overzicht", "overzicht-gezegd", "ochtend"
"""Names in the clock: the digest was thought of, was said in the network's place, and the day's mornings were planned."""


class NetworkDigest:
    """The digest of the network's place and of the places of pairs, at the time that is set."""

    def next_due(self, desk: Desk) -> datetime | None:
        """The next working day at that time, after the last one that was thought of."""
        last = done_until(desk.connection, CONSIDERED) or done_until(desk.connection, BORN)
        if last is None:
            return None
        calendar, zone = desk.world.calendar, desk.world.network.zone
        day = worktime.local_day(calendar, last)
        clock = desk.digest_at
        while not calendar.is_working_day(day) or worktime.at_wall(zone, day, clock) <= last:
            day += timedelta(days=1)
        return worktime.at_wall(zone, day, clock)

    def run(self, desk: Desk, now: datetime) -> Iterable[News]:
        due = self.next_due(desk) or now
        mark_done(desk.connection, CONSIDERED, now)
        world, day = desk.world, worktime.local_day(desk.world.calendar, now)
        if worktime.is_night(world.calendar, now) or not world.calendar.is_working_day(day):
            return
        found = open_rows.tallies(desk.connection, now, day)
        said = done_until(desk.connection, SAID)
        first = said is None or worktime.local_day(world.calendar, said).isocalendar()[:2] != day.isocalendar()[:2]
        news = news_of(desk, now, said or now - timedelta(days=1))
        if digest.is_due(found, news, world, day, first_this_week=first):
            mark_done(desk.connection, SAID, now)
            yield _news(digest.of_network(found, news, world, now), desk, now, due)
        for koppel in (one.koppel for one in found if one.koppel):
            counted = _that_count(handovers.open_in(desk.connection, koppel), world, day)
            if counted and not _just_told(counted, now) and not is_unsealed(desk.connection, koppel):
                yield _news(digest.of_pair(counted, koppel, world, now), desk, now, due)


class PersonalDigest:
    """One's own open items, at the start of one's own working hours. Each midnight the mornings of that day are planned."""

    def next_due(self, desk: Desk) -> datetime | None:
        """The first morning that was planned, or the midnight at which the next are."""
        first = desk.connection.execute("SELECT min(at) FROM morning").fetchone()[0]
        moments = (datetime.fromisoformat(first) if first else None, self._midnight(desk))
        return min((moment for moment in moments if moment), default=None)

    def run(self, desk: Desk, now: datetime) -> Iterable[News]:
        midnight = self._midnight(desk)
        if midnight and midnight <= now:
            self._plan(desk, now)
        rows = desk.connection.execute("DELETE FROM morning WHERE at <= ? RETURNING at, person", (in_order(now),)).fetchall()
        world, day = desk.world, worktime.local_day(desk.world.calendar, now)
        for at, person in sorted(rows):
            known = world.network.person_by_id.get(person)
            own = [one for one in handovers.open_of(desk.connection, person) if _waits(one, person, world, day)]
            counted = _that_count(own, world, day)
            told = _just_told(counted, now) and all(_was_told(desk, one, person, now) for one in counted)
            if known and counted and not told and worktime.is_working(world.calendar, known, now):
                yield _news(digest.of_person(counted, person, world, now), desk, now, datetime.fromisoformat(at))

    def _midnight(self, desk: Desk) -> datetime | None:
        last = done_until(desk.connection, PLANNED) or done_until(desk.connection, BORN)
        if last is None:
            return None
        day = worktime.local_day(desk.world.calendar, last)
        return worktime.at_wall(desk.world.network.zone, day + timedelta(days=1), time())

    def _plan(self, desk: Desk, now: datetime) -> None:
        """Who begins work today, and when; whoever has begun already gets it now."""
        world, day = desk.world, worktime.local_day(desk.world.calendar, now)
        midnight = worktime.at_wall(world.network.zone, day, time())
        mark_done(desk.connection, PLANNED, now)
        desk.connection.execute("DELETE FROM morning")
        for person in open_rows.people_concerned(desk.connection):
            known = world.network.person_by_id.get(person)
            begins = worktime.working_moment(world.calendar, known, midnight) if known else None
            if begins and begins.date() == day:
                desk.connection.execute("INSERT INTO morning (person, at) VALUES (?, ?)", (person, in_order(begins)))


def _that_count(found: list[Handover], world: World, day: date) -> list[Handover]:
    """What is told on this day: in school holidays nothing of what counts school days only."""
    return [one for one in found if (one.phase or 0) > 1 or not world.calendar.is_school_holiday(day, region_of(one, world))]


def _just_told(found: list[Handover], now: datetime) -> bool:
    """Whether each of these was reminded of at this very moment, as when much is caught up: then that is enough."""
    return all(one.slot is not None and one.since == now for one in found)


def _was_told(desk: Desk, one: Handover, person: str, now: datetime) -> bool:
    return any(event.other == person and event.at == now for event in handovers.history(desk.connection, one.reference))


def _waits(one: Handover, person: str, world: World, day: date) -> bool:
    """Whether it asks something of this person today: not what began today, which they know, nor what is paused."""
    began_today = worktime.local_day(world.calendar, one.began) == day
    return overview.asks_of(one, person) and not began_today and not (one.paused_until and one.paused_until > day)


def _news(reply: Reply, desk: Desk, now: datetime, due: datetime) -> News:
    """At most one a day in each place; with the word that the assistant was away when it should have come then."""
    place = reply.to or NETWORK_PLACE
    lines = (*reply.lines[:1], *word(desk, place, due, now), *reply.lines[1:])
    day = worktime.local_day(desk.world.calendar, now)
    return News(f"overzicht/{place}/{day.isoformat()}", replace(reply, lines=lines))
