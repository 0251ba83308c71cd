"""When a handover is reminded of next, and whom: a pure function of the handover, the network and the moment (`§2.4` step 7).

The terms stand in `content/ladder.yaml`. Nobody but for a red handover is spoken to outside their own hours or on a holiday; a
step that finds nobody in time goes on to the next; the top step comes back for as long as something is open.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Literal

from bot import worktime
from bot.chain import resolve, stand_ins
from knowledge.ladder import Climb, Ladder, ladder_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.chain import Recipient
    from bot.context import World

State = Literal["offered", "declined", "accepted", "reported"]
DAY_ENDS = time(17)
SLOWER = 2


@dataclass(frozen=True)
class Waiting:
    """What the ladder looks at in a handover.

    `since`: when the last step was taken, or when this state began. `rung`: steps taken in this state; `level`: the highest reached
    in its whole life. `promised`: the last day on which something was promised. `paused_until`: the first day that counts again.
    """

    reference: str
    state: State
    phase: int | None
    giver: str
    addressee: str
    holder: str
    koppel: str | None
    since: datetime
    rung: int = 0
    level: int = 0
    promised: date | None = None
    paused_until: date | None = None
    slow: bool = False

    @property
    def subject(self) -> str:
        """Of whom something is expected now."""
        return {"offered": self.addressee, "declined": self.giver, "accepted": self.holder, "reported": self.giver}[self.state]


@dataclass(frozen=True)
class Step:
    """What comes next. `recipients`: whom it goes to, the first of them the one it is for; empty: only the shared place.

    `slot` is the same for the same step, however often it is planned. `back`: the handover returns to its giver.
    """

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

    waiting: Waiting
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


def next_step(waiting: Waiting, world: World, now: datetime) -> Step:
    """The next step of a handover that is not over. It is never before `now`, which matters when it should have been already."""
    way = _way(waiting, world)
    top = len(way.climb.rungs)
    due = _due(way)
    slot = due.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
    back = way.climb.back is not None and waiting.rung >= top
    late = max(due, now.astimezone(due.tzinfo))
    recipients: tuple[Recipient, ...] = ()
    if back:
        index = top - 1
        moment = late if way.climb.unit == "minuten" else worktime.office_moment(world.calendar, late, way.days, way.region)
    elif way.climb.unit == "minuten":
        index, recipients = _at_any_hour(way, due)
        moment = worktime.next_morning(world.calendar, late) if waiting.rung >= top else late
    else:
        moment, index, recipients = _in_hours(way, late)
    level = max(waiting.level, index + 1)
    urgent = way.climb.unit == "minuten"
    return Step(moment, level, max(waiting.rung, index) + 1, recipients, slot, back=back, urgent=urgent)


def _way(waiting: Waiting, world: World) -> _Way:
    ladder = ladder_for(world.library.ladders, waiting.phase)
    return _Way(waiting, world, ladder, ladder.climbs[waiting.state], region_of(waiting, world))


def step_now(waiting: Waiting, world: World, now: datetime) -> tuple[Step, int]:
    """The step that is to be taken now, or the next one, and how many were missed before it: they become one, the highest."""
    missed = 0
    step = next_step(waiting, world, waiting.since)
    while not step.back:
        onward = moved(waiting, step)
        following = next_step(onward, world, onward.since)
        if following.moment > now:
            break
        waiting, step, missed = onward, following, missed + 1
    return next_step(waiting, world, now), missed


def moved(waiting: Waiting, step: Step) -> Waiting:
    """The handover after this step."""
    return replace(waiting, since=step.moment, rung=step.rung, level=step.level)


def restarted(waiting: Waiting, now: datetime) -> Waiting:
    """The clock begins anew, at the height that was reached: whoever was told stays told."""
    return replace(waiting, since=now, rung=max(waiting.level - 1, 0) if waiting.state == "offered" else 0)


def region_of(waiting: Waiting, world: World) -> str | None:
    """The holiday region that counts: of the school of the pair, else of whichever of the two is of a school."""
    network = world.network
    koppel = network.koppel_by_id.get(waiting.koppel or "")
    if koppel:
        return network.organisation_by_id[koppel.school].region
    people = (network.person_by_id.get(one) for one in (waiting.addressee, waiting.giver))
    schools = [found for one in people if one and (found := network.organisation_of(one)).is_school]
    return schools[0].region if schools else None


def _due(way: _Way) -> datetime:
    """When the next step should come, whoever may be there."""
    waiting, calendar, climb = way.waiting, way.world.calendar, way.climb
    zone, clock = calendar.network.zone, time.fromisoformat(way.ladder.at)
    begun = waiting.rung > 0 or waiting.state != "accepted"
    promised = None if begun else waiting.promised
    length = _length(way)
    if climb.unit == "minuten":
        start = max(waiting.since, worktime.at_wall(zone, promised, DAY_ENDS)) if promised else waiting.since
        due = worktime.minutes_after(calendar, start, length)
    else:
        day = max(promised or date.min, worktime.local_day(calendar, waiting.since))
        due = worktime.at_wall(zone, worktime.days_after(calendar, day, length, climb.unit, way.region), clock)
    return max(due, worktime.at_wall(zone, waiting.paused_until, clock)) if waiting.paused_until else due


def _length(way: _Way) -> int:
    """How long from the last step to this one, in the units of the climb."""
    waiting, climb = way.waiting, way.climb
    if waiting.rung < len(climb.rungs):
        length = climb.rungs[waiting.rung].after
        if waiting.state == "accepted" and not waiting.rung and waiting.promised is None:
            length += climb.without_date or 0
    else:
        length = climb.every or climb.back or 1
    return length * (SLOWER if waiting.slow else 1)


def _heights(way: _Way) -> Iterable[tuple[int, list[Recipient]]]:
    """The steps from the next one up, each with whom it goes to: those that reach somebody more than the one before, else the top."""
    rungs, waiting = way.climb.rungs, way.waiting
    day = worktime.local_day(way.world.calendar, waiting.since)
    first = min(waiting.rung, len(rungs) - 1)
    known: set[str] = set()
    if first and first == waiting.rung >= waiting.level:  # else it, or a higher one, has been taken before
        known = {one.person.id for one in resolve(rungs[first - 1].to, waiting, way.world, day)}
    for index in range(first, len(rungs)):
        people = resolve(rungs[index].to, waiting, way.world, day)
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
            if (found := next(there, None)) and found.person.id != way.waiting.giver:
                told.setdefault(found.person.id, found)
    return index, tuple(told.values())


def _in_hours(way: _Way, due: datetime) -> tuple[datetime, int, tuple[Recipient, ...]]:
    """The first step up at which somebody can be spoken to in time, in their own hours; the others only if it is their time too."""
    everybody: list[Recipient] = []
    for index, people in _heights(way):
        everybody = people
        for one in (main for last in people[-1:] for main in (last, *stand_ins(last, way.world, due.date()))):
            is_giver = one.instead_of is not None and one.person.id == way.waiting.giver
            moment = None if is_giver else way.working(one, due)
            if moment and way.in_time(moment, due):
                return moment, index, (one, *_there(way, people, one, moment))
    top = len(way.climb.rungs) - 1
    moments = [(moment, number) for number, one in enumerate(everybody) if (moment := way.working(one, due))]
    if not moments:
        return worktime.office_moment(way.world.calendar, due, way.days, way.region), top, ()
    moment, number = min(moments)
    one = everybody[number]
    return moment, top, (one, *_there(way, everybody, one, moment))


def _there(way: _Way, people: list[Recipient], main: Recipient, moment: datetime) -> Iterable[Recipient]:
    return (one for one in people if one.person.id != main.person.id and way.working(one, moment) == moment)

