"""Follows the plan of a signal route (`§2.1`, `§2.2`): reminds whoever made it on the day of each task, until it is ticked off."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from bot import worktime
from bot.duties import News
from bot.labels import short
from bot.messages import Line, Option, Reply, direct
from bot.plan import rows as plans
from bot.plan.rows import Todo
from bot.say import date_in_words

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from bot.context import Context, World
    from bot.duties import Desk
    from knowledge.network import Person

LATER, STOP, DONE = "plan-later", "plan-stop", "plan-gedaan:"
FLOW = "plan"
MOST_TICKS = 7
"""So many tasks can be ticked off under one reminder."""


def follow(connection: sqlite3.Connection, context: Context, *, reference: str, data: Mapping[str, object]) -> list[Reply]:
    """Begins to follow the plan that stands in a result; who is no person of the network cannot be reminded."""
    say, owner = context.world.words.say, context.asker
    if owner is None:
        return [Reply("help", (Line(say("plan.voor-leden")),))]
    tasks = data["plan"]
    assert isinstance(tasks, list)
    todos = [
        Todo(reference, number, owner.id, str(data["route"]), one["step"], one["task"], due, _first(owner, due, context))
        for number, one, due in ((number, one, date.fromisoformat(one["due"])) for number, one in enumerate(tasks))
    ]
    plans.follow(connection, todos)
    first = min(todos, key=lambda one: one.next_at)
    day = date_in_words(worktime.local_day(context.world.calendar, first.next_at), context.today)
    return [Reply("confirmation", (Line(say("plan.gevolgd", kenmerk=reference, dag=day)),))]


def _first(owner: Person, due: date, context: Context) -> datetime:
    return _morning(context.world, owner, max(due, context.today), context.now)


def _morning(world: World, owner: Person, day: date, now: datetime) -> datetime:
    """When somebody begins work on a day, or on the first day after it on which they do; never before now."""
    midnight = worktime.at_wall(world.network.zone, day, time())
    at = max(midnight, now)
    return worktime.working_moment(world.calendar, owner, at) or worktime.office_moment(world.calendar, at)


class PlanDuty:
    """The duty: every task that is not ticked off has a moment."""

    def next_due(self, desk: Desk) -> datetime | None:
        return plans.next_moment(desk.connection)

    def run(self, desk: Desk, now: datetime) -> Iterable[News]:
        today = worktime.local_day(desk.world.calendar, now)
        for reference, todos in plans.due(desk.connection, now).items():
            owner = desk.world.network.person_by_id.get(todos[0].owner)
            last = max(one.due for one in plans.of_plan(desk.connection, reference))
            if owner is None or not owner.serves_on(today) or today > last + plans.KEPT:
                plans.drop(desk.connection, reference)  # nobody is left to remind, or it has been silent for too long
                continue
            for one in todos:
                plans.remind_again(desk.connection, one, _again(desk.world, owner, one, now))
            reply = _reminder(todos, desk.world, today)
            yield News(f"plan/{reference}/{now.isoformat()}", reply)


def _again(world: World, owner: Person, todo: Todo, now: datetime) -> datetime:
    """Three working days in a row, after that once a week."""
    today = worktime.local_day(world.calendar, now)
    return _morning(world, owner, today + timedelta(days=1 if todo.reminded < 2 else 7), now)


def _reminder(todos: list[Todo], world: World, today: date) -> Reply:
    say, reference = world.words.say, todos[0].reference
    lines = [Line(say("plan.kop", kenmerk=reference), "headline")]
    for number, one in enumerate(todos, start=1):
        key = "plan.vandaag" if one.due == today else "plan.te-laat" if one.due < today else "plan.straks"
        said = say(key, doe=_task(one, world), dag=date_in_words(one.due, today))
        lines.append(Line(f"{number}. {said}" if number <= MOST_TICKS else f"- {said}", "list"))
    ticks = min(len(todos), MOST_TICKS)
    others = enumerate((say("plan.later"), say("plan.stop")), start=ticks + 1)
    lines += [*(Line(f"{number}. {label}", "list") for number, label in others), Line(say("plan.vraag"), "note")]
    options, data, to = _options(todos, world), _data(todos), direct(todos[0].owner)
    return Reply("announcement", tuple(lines), options, data=data, to=to, card=f"{reference}/plan", anew=True)


def _options(todos: list[Todo], world: World) -> tuple[Option, ...]:
    say = world.words.say
    ticks = [Option(f"{DONE}{one.position}", short(say("plan.gedaan", doe=_task(one, world)))) for one in todos[:MOST_TICKS]]
    return (*ticks, Option(LATER, say("plan.later")), Option(STOP, say("plan.stop")))


def _data(todos: list[Todo]) -> dict[str, object]:
    return {
        "flow": FLOW, "plan": todos[0].reference, "person": todos[0].owner,
        "tasks": [{"step": one.step, "task": one.task, "due": one.due.isoformat()} for one in todos],
    }  # fmt: skip


def _task(todo: Todo, world: World) -> str:
    """What is to be done, as the content says it now; a task that is no longer there keeps the name of its step."""
    route = world.library.signals.get(todo.route)
    steps = route.steps if route else []
    return next((task.do for step in steps for task in step.tasks if task.id == todo.task), todo.step)
