"""Whoever has left: their koppels hear whom to call now, and without a successor the coordinator hears it (`§4`)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from bot import worktime
from bot.contacts.announce import announced
from bot.duties import BORN, Desk, News, done_until, mark_done
from bot.messages import Line, Reply, direct
from bot.rights import is_coordinator
from bot.say import joined, named_day

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from bot.context import World
    from knowledge.network import Koppel, Network, Person

LEFT = "vertrokken"
"""The name in the clock of how far it has been told who has left."""

STILL_NEWS = timedelta(days=14)
"""Who left longer ago, and whose last day is only known now, is told of no more."""


class LeaversDuty:
    """On the first working morning after somebody's last day their koppels hear whom to call now; without one, the coordinator."""

    def next_due(self, desk: Desk) -> datetime | None:
        known = self._told_until(desk)
        following = next((last for last, _ in desk.world.network.last_days if last >= known), None) if known else None
        if following is None:
            return None
        calendar = desk.world.calendar
        gone = following + timedelta(days=1)
        return worktime.office_moment(calendar, worktime.at_wall(desk.world.network.zone, gone, worktime.OFFICE_FROM))

    def run(self, desk: Desk, now: datetime) -> Iterable[News]:
        known, world, today = self._told_until(desk), desk.world, worktime.local_day(desk.world.calendar, now)
        assert known is not None
        mark_done(desk.connection, LEFT, now)
        for last, person in world.network.last_days:
            if known <= last < today:
                yield from _left(world.network.person_by_id[person], last, world, now)

    def _told_until(self, desk: Desk) -> date | None:
        """The first last day that has not been told of."""
        until = done_until(desk.connection, LEFT) or done_until(desk.connection, BORN)
        return worktime.local_day(desk.world.calendar, until) if until else None


def look_back(connection: sqlite3.Connection, old: Network, new: Network, now: datetime) -> None:
    """Has it told who has left already, now that the contact list says so. `now` is aware."""
    today, until = now.astimezone(new.zone).date(), done_until(connection, LEFT)
    late = [last for last, who in new.last_days if today - STILL_NEWS <= last < today and _learned(old.person_by_id.get(who), last)]
    first = worktime.at_wall(new.zone, min(late), time()) if late else None
    if first and until and first < until:
        mark_done(connection, LEFT, first)


def _learned(before: Person | None, last: date) -> bool:
    return before is not None and before.until != last


def _left(person: Person, last: date, world: World, now: datetime) -> Iterable[News]:
    today = worktime.local_day(world.calendar, now)
    key = f"vertrokken/{person.id}/{last.isoformat()}"
    heirs = world.reach.successors(person, today)
    for koppel in world.network.koppels:
        if person.id in koppel.contacts or any(one.id in koppel.contacts for one in heirs if _served(koppel, person, world)):
            lines = [world.words.say("wijzigen.vertrokken", naam=person.name, dag=named_day(last, today))]
            there = [one for one in heirs if one.id in koppel.contacts] or heirs[:1]
            if there:
                lines += [world.words.say("wijzigen.vertrokken-nu", wie=_with_number(one)) for one in there[:2]]
            else:
                lines.append(world.words.say("wijzigen.vertrokken-niemand"))
            reply = announced(world.words.say("netwerk.contact-gewijzigd"), lines)
            yield News(f"{key}/{koppel.id}", replace(reply, to=koppel.id))
    if not heirs and person.roles:
        roles = joined([world.library.roles[role].name for role in person.roles])
        organisation = world.network.organisation_of(person).name
        text = world.words.say("wijzigen.vertrokken-coordinator", naam=person.name, organisatie=organisation, rollen=roles)
        for coordinator in (one for one in world.network.people if is_coordinator(one) and one.serves_on(today)):
            yield News(f"{key}/{coordinator.id}", Reply("announcement", (Line(text),), to=direct(coordinator.id)))


def _served(koppel: Koppel, person: Person, world: World) -> bool:
    """Whether this koppel was one of the person's own: of their school, or of their police."""
    return person.organisation in {koppel.school, koppel.police} and bool(world.network.organisation_of(person).is_school)


def _with_number(person: Person) -> str:
    return ", ".join(filter(None, (person.name, person.phone or person.email)))
