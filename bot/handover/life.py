"""The life of a handover (`§2.4` step 7): what each thing that happens makes of it. Pure: the record, the network and now go in.

It is let go only when somebody named has taken it: there is always exactly one holder, and what is open always has a moment at
which it is looked at again. Who may do what stands in `handover_rights`, what is said in `handover_card` and `handover_told`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from bot import worktime
from bot.handover import ladder
from bot.handover.rows import OVER, Handover

if TYPE_CHECKING:
    from bot.context import World
    from bot.handover.rows import Sort, State

TAKE_BACK = timedelta(minutes=10)
"""How long whoever took over may say "toch niet" (rules: handovers)."""

REOPEN_DAYS, SILENT_DAYS = 5, 5
"""Working days: how long after closing it may be reopened, and after how much silence of the giver the coordinator may close."""

LONGEST_PAUSE = 28
RED = 3
DAY_ENDS = time(17)
TIME_LEFT = timedelta(hours=1)
"""With less than this before the day the giver wished for is over, whoever is asked next gets a new term."""

AT_ONCE = 120
"""Minutes for taking over something red that is offered late in the day."""


@dataclass(frozen=True)
class Draft:
    """What is offered. `by` is the local day by which it should be taken over; None: as its phase has it."""

    reference: str
    giver: str
    addressee: str
    koppel: str | None
    asked: str
    sort: Sort = "overdracht"
    phase: int | None = None
    done: tuple[str, ...] = ()
    parents: str | None = None
    scan: str | None = None
    by: date | None = None


def offer(draft: Draft, world: World, now: datetime) -> Handover:
    """Offered: it stays the giver's until somebody takes it."""
    new = Handover(
        draft.reference, draft.sort, draft.giver, draft.addressee, draft.giver, draft.koppel, draft.phase, draft.asked, now, now,
        done=draft.done, parents=draft.parents, scan=draft.scan,
    )  # fmt: skip
    due = term(new, world, now, draft.by)
    return settled(replace(new, due=due, wanted=due), world, now)


def accept(  # noqa: PLR0917 - as everything that happens, with what was promised
    handover: Handover, who: str, promise: str | None, day: date | None, world: World, now: datetime
) -> Handover:
    """Taken over, with what was promised: only now the giver lets go."""
    taken = _turned(handover, "accepted", now, holder=who, rung=0)
    return promised(replace(taken, due=ladder.without_date(taken, world, now)), promise, day, world, now)


def promised(handover: Handover, promise: str | None, day: date | None, world: World, now: datetime) -> Handover:
    """What the holder will do, and on which day."""
    due = worktime.at_wall(world.network.zone, day, DAY_ENDS) if day else handover.due
    return settled(replace(handover, promise=promise, promised=day, due=due), world, now)


def back(handover: Handover, world: World, now: datetime) -> Handover:
    """The giver's again, and offered once more: whoever was told on the ladder stays told."""
    return _offered(handover, handover.addressee, handover.koppel, world, now)


def decline(handover: Handover, world: World, now: datetime) -> Handover:
    """The one who was asked cannot: the giver's, until it is known who next."""
    return settled(_turned(handover, "declined", now, holder=handover.giver, rung=0, promise=None, promised=None), world, now)


def unmanned(handover: Handover, world: World, now: datetime) -> Handover:
    """Whoever was asked is away and nobody stands in: the giver's, who is asked to whom next, until somebody is there."""
    return replace(decline(handover, world, now), unmanned=True)


def pass_on(handover: Handover, to: str, koppel: str | None, world: World, now: datetime) -> Handover:
    """Offered to somebody else, under the same reference."""
    return _offered(handover, to, koppel, world, now)


def ask_back(handover: Handover, world: World, now: datetime) -> Handover:
    """The one who was asked wants to know more first: the reminders begin anew."""
    return settled(ladder.restarted(handover, now), world, now)


def report(handover: Handover, world: World, now: datetime) -> Handover:
    """The holder says it is done; the giver is to close it."""
    day = worktime.days_after(world.calendar, worktime.local_day(world.calendar, now), SILENT_DAYS, "werkdagen")
    due = worktime.at_wall(world.network.zone, day, DAY_ENDS)
    return settled(_turned(handover, "reported", now, rung=0, due=due), world, now)


def close(handover: Handover, world: World, now: datetime, by: str | None = None) -> Handover:
    """Done, by both sides' knowledge. `by`: who called, of a call: they have it last."""
    return settled(_turned(handover, "closed", now, holder=by or handover.holder), world, now)


def withdraw(handover: Handover, world: World, now: datetime) -> Handover:
    """No longer needed, before anybody took it."""
    return settled(_turned(handover, "withdrawn", now), world, now)


def reopen(handover: Handover, world: World, now: datetime) -> Handover:
    """Not done after all: with whoever had it, or offered again when that was the giver."""
    if handover.holder == handover.giver or handover.sort == "bel":
        return _offered(replace(handover, holder=handover.giver), handover.addressee, handover.koppel, world, now)
    again = _turned(handover, "accepted", now, rung=0, promise=None, promised=None)
    return settled(replace(again, due=ladder.without_date(again, world, now)), world, now)


def pause(handover: Handover, until: date, reason: str, world: World, now: datetime) -> Handover:
    """Quiet until that day, for a reason; never longer than `latest_pause`.

    Whoever has it and says so has given a sign of life: it is asked of them once more before it goes back to the giver.
    """
    day = min(until, latest_pause(handover, world, now))
    rung = 0 if handover.state == "accepted" else handover.rung
    return settled(replace(handover, paused_until=day, pause_reason=reason, rung=rung), world, now)


def slow_down(handover: Handover, reason: str, world: World, now: datetime) -> Handover:
    """Reminded half as often from now on."""
    return settled(replace(handover, slow=True, pause_reason=reason), world, now)


def resume(handover: Handover, world: World, now: datetime) -> Handover:
    """No longer quiet, nor slower: reminded as before."""
    return settled(replace(handover, paused_until=None, pause_reason=None, slow=False), world, now)


def new_giver(handover: Handover, giver: str, world: World, now: datetime) -> Handover:
    """The giver has left: somebody else answers for it, and has it when the giver had."""
    holder = giver if handover.holder == handover.giver else handover.holder
    return settled(replace(handover, giver=giver, holder=holder, since=now), world, now)


def latest_pause(handover: Handover, world: World, now: datetime) -> date:
    """The furthest day until which this may be quiet: four weeks, red no further than the next working day."""
    today = worktime.local_day(world.calendar, now)
    if handover.phase == RED:
        return worktime.days_after(world.calendar, today, 1, "werkdagen")
    return today + timedelta(days=LONGEST_PAUSE)


def latest_promise(handover: Handover, world: World, now: datetime) -> date | None:
    """The last day on which something may be promised of this: red waits no further than the next working day; None: any day."""
    return latest_pause(handover, world, now) if handover.phase == RED else None


def may_take_back(handover: Handover, now: datetime) -> bool:
    """Whether "toch niet" is still in time."""
    return handover.state == "accepted" and now - handover.began <= TAKE_BACK


def is_quiet(handover: Handover, world: World, now: datetime) -> bool:
    """Whether it is quiet now, until a later day."""
    return handover.paused_until is not None and handover.paused_until > worktime.local_day(world.calendar, now)


def may_reopen(handover: Handover, world: World, now: datetime) -> bool:
    """Whether what was closed can still be opened again."""
    return handover.state == "closed" and _working_days(handover, world, now) <= REOPEN_DAYS


def is_silent(handover: Handover, world: World, now: datetime) -> bool:
    """Whether the giver has let a report lie for so long that the coordinator may close."""
    return handover.state == "reported" and _working_days(handover, world, now) >= SILENT_DAYS


def term(handover: Handover, world: World, now: datetime, by: date | None = None) -> datetime:
    """By when somebody should have taken this over: the end of that day, of something red within hours."""
    zone, today = world.network.zone, worktime.local_day(world.calendar, now)
    days = world.library.handover.term(handover.phase)
    unit, region = "werkdagen" if (handover.phase or 0) > 1 else "schooldagen", ladder.region_of(handover, world)
    day = by or (worktime.days_after(world.calendar, today, days, unit, region) if days else today)  # type: ignore[arg-type]
    end = worktime.at_wall(zone, day, DAY_ENDS)
    return max(end, worktime.minutes_after(world.calendar, now, AT_ONCE)) if day == today else end


def _term_again(handover: Handover, world: World, now: datetime) -> datetime:
    """By when, now that somebody else is asked: the giver's own day as long as it can still be met."""
    wanted = handover.wanted
    return wanted if wanted and wanted > now + TIME_LEFT else term(handover, world, now)


def settled(handover: Handover, world: World, now: datetime) -> Handover:
    """With the moment at which it is looked at again; what is over has none."""
    if handover.state in OVER:
        return replace(handover, next_at=None, due=None, paused_until=None)
    return replace(handover, next_at=ladder.next_step(handover, world, now).moment)


def _offered(handover: Handover, to: str, koppel: str | None, world: World, now: datetime) -> Handover:
    again = _turned(handover, "offered", now, holder=handover.giver, addressee=to, koppel=koppel, promise=None, promised=None)
    due = _term_again(again, world, now)
    return settled(replace(ladder.restarted(again, now), due=due, wanted=due), world, now)


def _turned(handover: Handover, state: State, now: datetime, **changes: object) -> Handover:
    """In another state, of which the clock begins now. A pause ends with the state in which it was asked for."""
    fresh: dict[str, object] = {"state": state, "state_at": now, "since": now, "paused_until": None, "pause_reason": None}
    fresh |= {"slow": False, "unmanned": False}
    return replace(handover, **{**fresh, **changes})  # type: ignore[arg-type]


def _working_days(handover: Handover, world: World, now: datetime) -> int:
    calendar = world.calendar
    return worktime.days_between(calendar, worktime.local_day(calendar, handover.began), worktime.local_day(calendar, now))
