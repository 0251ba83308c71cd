"""When a handover is reminded of next, and whom: a pure function of the handover, the network and the moment (`§2.4` step 7).

The terms stand in `content/ladder.yaml`. Nobody but for a red handover is spoken to outside their own hours or on a holiday; a
step that finds nobody in time goes on to the next; the top step comes back for as long as something is open.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from bot import worktime
from bot.chain import Recipient, coordinator, resolve, stand_ins
from knowledge.ladder import Climb, Ladder, ladder_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.context import World
    from bot.handover.rows import Handover

DAY_ENDS = time(17)
SLOWER = 2
SOON = timedelta(hours=1)
"""The least time that somebody gets before the first reminder, however soon it is wanted."""


@dataclass(frozen=True)
class Step:
    """What comes next. `recipients`: whom it goes to, the first of them the one it is for; empty: only the shared place.

    `due` is when it should come, `moment` when it can. `slot` is the same for the same step, however often it is planned.
    `back`: the handover returns to its giver.
    """

    due: datetime
    moment: datetime
    level: int
    rung: int
    recipients: tuple[Recipient, ...]
    slot: str
    back: bool = False
    urgent: bool = False


@dataclass(frozen=True)
class _Way:
    """One handover on its ladder."""

    handover: Handover
    world: World
    ladder: Ladder
    climb: Climb
    region: str | None

    @property
    def days(self) -> worktime.Days:
        return "schooldagen" if self.climb.unit == "schooldagen" else "werkdagen"

    def working(self, recipient: Recipient, at: datetime) -> datetime | None:
        return worktime.working_moment(self.world.calendar, recipient.person, at, self.days, self.region)

    def in_time(self, moment: datetime, due: datetime) -> bool:
        late = worktime.days_between(self.world.calendar, due.date(), moment.date(), self.days, self.region)
        return late <= self.ladder.patience


def next_step(handover: Handover, world: World, now: datetime) -> Step:
    """The next step of a handover that is not over. It is never before `now`, which matters when it should have been already."""
    way = _way(handover, world)
    top = len(way.climb.rungs)
    due = _due(way)
    slot = due.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
    back = way.climb.back is not None and handover.rung >= top
    late = max(due, now.astimezone(due.tzinfo))
    recipients: tuple[Recipient, ...] = ()
    if back:
        index = top - 1
        moment = late if way.climb.unit == "minuten" else worktime.office_moment(world.calendar, late, way.days, way.region)
    elif way.climb.unit == "minuten":
        index, recipients = _at_any_hour(way, due)
        moment = worktime.next_morning(world.calendar, late) if handover.rung >= top else late
    else:
        moment, index, recipients = _in_hours(way, late)
    level = max(handover.level, index + 1)
    urgent = way.climb.unit == "minuten"
    return Step(due, moment, level, max(handover.rung, index) + 1, recipients, slot, back=back, urgent=urgent)


def _way(handover: Handover, world: World) -> _Way:
    ladder = ladder_for(world.library.ladders, handover.phase)
    return _Way(handover, world, ladder, ladder.climbs[handover.state], region_of(handover, world))


def step_now(handover: Handover, world: World, now: datetime) -> tuple[Step, int]:
    """The step that is to be taken now, or the next one, and how many were missed before it: they become one, the highest."""
    missed = 0
    step = next_step(handover, world, handover.since)
    while not step.back:
        onward = moved(handover, step)
        following = next_step(onward, world, onward.since)
        if following.moment > now:
            break
        handover, step, missed = onward, following, missed + 1
    return next_step(handover, world, now), missed


def moved(handover: Handover, step: Step) -> Handover:
    """The handover after this step."""
    return replace(handover, since=step.moment, rung=step.rung, level=step.level)


def planned(handover: Handover, world: World) -> Handover:
    """The handover with the moment of its next step; for whoever changed its state, its pace or its pause."""
    return replace(handover, next_at=next_step(handover, world, handover.since).moment)


def restarted(handover: Handover, now: datetime) -> Handover:
    """The clock begins anew, at the height that was reached: whoever was told stays told."""
    return replace(handover, since=now, rung=max(handover.level - 1, 0) if handover.state == "offered" else 0)


def without_date(handover: Handover, world: World, now: datetime) -> datetime:
    """By when something should be heard of what was taken over and for which no day was promised."""
    way = _way(handover, world)
    length, zone = way.climb.without_date or 0, world.network.zone
    if way.climb.unit == "minuten":
        return worktime.minutes_after(world.calendar, now, length)
    day = worktime.days_after(world.calendar, worktime.local_day(world.calendar, now), length, way.climb.unit, way.region)
    return worktime.at_wall(zone, day, DAY_ENDS)


def region_of(handover: Handover, world: World) -> str | None:
    """The holiday region that counts: of the school of the pair, else of whichever of the two is of a school."""
    network = world.network
    koppel = network.koppel_by_id.get(handover.koppel or "")
    if koppel:
        return network.organisation_by_id[koppel.school].region
    people = (network.person_by_id.get(one) for one in (handover.addressee, handover.giver))
    schools = [found for one in people if one and (found := network.organisation_of(one)).is_school]
    return schools[0].region if schools else None


def _due(way: _Way) -> datetime:
    """When the next step should come, whoever may be there."""
    handover, calendar, climb = way.handover, way.world.calendar, way.climb
    zone, clock = calendar.network.zone, time.fromisoformat(way.ladder.at)
    begun = handover.rung > 0 or handover.state != "accepted"
    promised = None if begun else handover.promised
    length = _length(way)
    if climb.unit == "minuten":
        start = max(handover.since, worktime.at_wall(zone, promised, DAY_ENDS)) if promised else handover.since
        due = worktime.minutes_after(calendar, start, length)
    else:
        day = max(promised or date.min, worktime.local_day(calendar, handover.since))
        due = worktime.at_wall(zone, worktime.days_after(calendar, day, length, climb.unit, way.region), clock)
        due = min(due, _before_term(way, clock) or due)
    return max(due, worktime.at_wall(zone, handover.paused_until, clock)) if handover.paused_until else due


def _before_term(way: _Way, clock: time) -> datetime | None:
    """When an offer that is wanted sooner than its first reminder is reminded of: on that day, or halfway what is left of it."""
    handover, calendar = way.handover, way.world.calendar
    if handover.state != "offered" or handover.rung or handover.due is None:
        return None
    term = handover.due.astimezone(calendar.network.zone)
    on_the_day = worktime.at_wall(calendar.network.zone, term.date(), clock)
    if on_the_day > handover.since:
        return on_the_day
    left = max((term - handover.since) / 2, SOON)
    return (handover.since + left).astimezone(calendar.network.zone)


def _length(way: _Way) -> int:
    """How long from the last step to this one, in the units of the climb."""
    handover, climb = way.handover, way.climb
    if handover.rung < len(climb.rungs):
        length = climb.rungs[handover.rung].after
        if handover.state == "accepted" and not handover.rung and handover.promised is None:
            length += climb.without_date or 0
    else:
        length = climb.every or climb.back or 1
    return length * (SLOWER if handover.slow else 1)


def _heights(way: _Way) -> Iterable[tuple[int, list[Recipient]]]:
    """The steps from the next one up that reach somebody more than the one before, else the top; each with whom it goes to."""
    rungs, handover = way.climb.rungs, way.handover
    day = worktime.local_day(way.world.calendar, handover.since)
    first = min(handover.rung, len(rungs) - 1)
    known: set[str] = set()
    if first and first == handover.rung >= handover.level:  # else it, or a higher one, has been taken before
        known = {one.person.id for one in resolve(rungs[first - 1].to, handover, way.world, day)}
    for index in range(first, len(rungs)):
        people = resolve(rungs[index].to, handover, way.world, day)
        if index == len(rungs) - 1 or any(one.person.id not in known for one in people):
            yield index, people
        known |= {one.person.id for one in people}


def _at_any_hour(way: _Way, due: datetime) -> tuple[int, tuple[Recipient, ...]]:
    """The next step and everybody in it; whoever is off is told all the same, and who stands in for them as well."""
    index, people = next(iter(_heights(way)))
    told = {one.person.id: one for one in reversed(people)}  # the newest first
    for one in people:
        if not way.world.calendar.availability(one.person, due).open:
            others = stand_ins(one, way.world, due.date())
            there = (other for other in others if way.world.calendar.availability(other.person, due).open)
            if (found := next(there, None)) and found.person.id != way.handover.giver:
                told.setdefault(found.person.id, found)
    return index, tuple(told.values())


def _in_hours(way: _Way, due: datetime) -> tuple[datetime, int, tuple[Recipient, ...]]:
    """The first step up at which somebody can be spoken to in time, in their own hours; the others only if it is their time too."""
    tried: list[tuple[datetime, int, Recipient, list[Recipient]]] = []
    for index, one, people in _candidates(way, due):
        moment = way.working(one, due)
        if moment:
            tried.append((moment, index, one, people))
            if way.in_time(moment, due):
                break
    else:
        if not tried:
            return worktime.office_moment(way.world.calendar, due, way.days, way.region), len(way.climb.rungs) - 1, ()
        tried.sort(key=lambda found: -found[0].timestamp())  # nobody in time: then who is there first
    moment, index, one, people = tried[-1]
    return moment, index, (one, *_there(way, people, one, moment))


def _candidates(way: _Way, due: datetime) -> Iterable[tuple[int, Recipient, list[Recipient]]]:
    """Who could be spoken to, best first: whom the step is for, their stand-ins, the same a step up, then the coordinator.

    When the top is away those below it still hear: for one holiday nothing comes to a standstill.
    """
    giver, day = way.handover.giver, due.date()
    people: list[Recipient] = []
    for index, people in _heights(way):
        for last in people[-1:]:
            yield index, last, people
            yield from ((index, one, people) for one in stand_ins(last, way.world, day) if one.person.id != giver)
    keeper = coordinator(way.world, day)
    if keeper and keeper.id != giver:
        yield len(way.climb.rungs) - 1, Recipient(keeper, "coordinator"), people
    yield from ((len(way.climb.rungs) - 1, one, people) for one in reversed(people[:-1]))


def _there(way: _Way, people: list[Recipient], main: Recipient, moment: datetime) -> Iterable[Recipient]:
    return (one for one in people if one.person.id != main.person.id and way.working(one, moment) == moment)
