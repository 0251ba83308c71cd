"""Announces agreements in time to those concerned, and asks once about what has passed without being ticked off."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from bot import worktime
from bot.agenda import rows as agenda_rows
from bot.agenda.rows import Occasion
from bot.agenda.say import announcement
from bot.duties import BORN, Desk, News, done_until, mark_done
from bot.messages import NETWORK_PLACE, direct
from knowledge.agreements import CONVENANT, Occurrence, agreements_of, days_ahead, occurrences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.calendar import Calendar
    from knowledge.network import Agreement, Koppel, Network, Person

PLANNED = "afspraken"
"""The name in the clock of when it was last looked what comes."""

MORNING = time(9)
EARLY = time(6)
FEW_PEOPLE = 4
"""So many people who are named themselves each get it in their own chat."""


class AgendaDuty:
    """Looks each morning what comes, and says each thing at its time."""

    def next_due(self, desk: Desk) -> datetime | None:
        found = (self._planning(desk), agenda_rows.next_due(desk.connection))
        return min((one for one in found if one is not None), default=None)

    def run(self, desk: Desk, now: datetime) -> Iterable[News]:
        planning = self._planning(desk)
        if planning and planning <= now:
            mark_done(desk.connection, PLANNED, now)
            plan(desk, now)
        by_id = {one.id: one for one in agreements_of(desk.world.network)}
        for one in agenda_rows.due_by(desk.connection, now):
            agreement = by_id.get(one.agreement)
            moments = _moments(agreement, one.at, desk.world.calendar) if agreement else ()
            step = max(one.step + 1, sum(moment <= now for moment in moments))
            following = moments[step] if step < len(moments) else None
            agenda_rows.save(desk.connection, replace(one, step=step, next_at=following))
            if agreement and one.state == "open":
                passed = one.at <= now
                yield News(f"{one.card}/{one.place}/{step}", announcement(agreement, one, desk.world, now, passed=passed))

    def _planning(self, desk: Desk) -> datetime | None:
        done = done_until(desk.connection, PLANNED)
        if done is None:
            return done_until(desk.connection, BORN)
        day = worktime.local_day(desk.world.calendar, done) + timedelta(days=1)
        return worktime.at_wall(desk.world.network.zone, day, EARLY)


def plan(desk: Desk, now: datetime) -> None:
    """Writes down all that comes near enough to be announced; what is no longer agreed, and has not been said, goes."""
    calendar, network = desk.world.calendar, desk.world.network
    today = worktime.local_day(calendar, now)
    agenda_rows.forget(desk.connection, now)
    known = agenda_rows.known(desk.connection)
    wanted: set[tuple[str, str, str]] = set()
    for agreement in agreements_of(network):
        ahead = max(days_ahead(agreement)) + 14
        for occurrence in occurrences(agreement, calendar, today, today + timedelta(days=ahead)):
            if occurrence.at <= now:
                continue
            for place in places(agreement, network, desk, today):
                key = (agreement.id, occurrence.planned.isoformat(), place)
                wanted.add(key)
                _plan_one(desk, known.get(key), occurrence, place, now)
    for key, one in known.items():
        if key not in wanted and one.step == 0 and one.at > now:
            agenda_rows.remove(desk.connection, one)


def _plan_one(desk: Desk, before: Occasion | None, occurrence: Occurrence, place: str, now: datetime) -> None:
    if before and before.at == occurrence.at:
        return
    moments = _moments(occurrence.agreement, occurrence.at, desk.world.calendar)
    passed = sum(moment <= now for moment in moments)
    begin = done_until(desk.connection, BORN)
    missed = begin is not None and any(begin < moment <= now for moment in moments)
    # Of what is known only now, the announcement whose time has passed is made at once; what was before the beginning is not.
    following = moments[passed] if passed < len(moments) else None
    if missed:
        following = worktime.office_moment(desk.world.calendar, now)
    state = before.state if before else "open"
    step = passed - 1 if missed else passed
    one = Occasion(occurrence.agreement.id, occurrence.planned, place, occurrence.at, occurrence.moved, step, following, state)
    agenda_rows.save(desk.connection, one)


def _moments(agreement: Agreement | None, at: datetime, calendar: Calendar) -> tuple[datetime, ...]:
    """When it is announced, and when it is asked about after it has passed."""
    if agreement is None:
        return ()
    zone = calendar.network.zone
    day = at.astimezone(zone).date()
    mornings = (_working_before(day - timedelta(days=days), calendar) for days in days_ahead(agreement))
    before = [worktime.at_wall(zone, morning, MORNING) for morning in mornings]
    if agreement.id == CONVENANT:
        return tuple(before)
    after = worktime.office_moment(calendar, worktime.at_wall(zone, day + timedelta(days=1), MORNING), "schooldagen")
    return (*before, after)


def _working_before(day: date, calendar: Calendar) -> date:
    """The day itself, or the last school day before it."""
    for back in range(90):
        if calendar.is_school_day(day - timedelta(days=back)):
            return day - timedelta(days=back)
    return day


def concerned(agreement: Agreement, network: Network, today: date) -> tuple[Person, ...]:
    """The people whom it concerns today: by role or by name, and of the organisations that it is about, if it names any."""
    found: dict[str, Person] = {}
    about = _organisations(agreement, network)
    for who in agreement.who:
        named = network.person_by_id.get(who)
        for person in (named,) if named else network.people_by_role.get(who, ()):
            if person.serves_on(today) and (named or not about or person.organisation in about or about & set(person.serves)):
                found.setdefault(person.id, person)
    return tuple(found.values())


def places(agreement: Agreement, network: Network, desk: Desk | None, today: date) -> list[str]:
    """Where it is said: in the place of the koppels that it is about, else to each of the people, else in the network's place."""
    people = [direct(one.id) for one in concerned(agreement, network, today)]
    koppels = [network.koppel_by_id[one] for one in agreement.concerns if one in network.koppel_by_id]
    if koppels:
        return [place for koppel in koppels for place in _of_koppel(koppel, network, desk)]
    if agreement.id == CONVENANT:
        return [NETWORK_PLACE, *people]
    by_name = agreement.who and all(one in network.person_by_id for one in agreement.who) and len(people) <= FEW_PEOPLE
    if people and (agreement.concerns or by_name or not _reaches(desk, NETWORK_PLACE, network)):
        return people
    return [NETWORK_PLACE]


def _of_koppel(koppel: Koppel, network: Network, desk: Desk | None) -> list[str]:
    return [koppel.id] if _reaches(desk, koppel.id, network) else [direct(one) for one in koppel.contacts]


def _reaches(desk: Desk | None, place: str, network: Network) -> bool:
    return desk is None or bool(desk.routes.to(place, network))


def _organisations(agreement: Agreement, network: Network) -> set[str]:
    """The organisations that it is about; of a koppel both."""
    found: set[str] = set()
    for one in agreement.concerns:
        koppel = network.koppel_by_id.get(one)
        found |= {koppel.school, koppel.police} if koppel else {one}
    return found
