"""The plan of a signal route: every task still to do, with who does it and by which day, for people and for reminders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from bot.answers.contact_lines import contact_data
from bot.flows.calling import Holder, holder_on, place_of, region_of, short_lines, to_call
from bot.messages import Line
from bot.say import day_in_words
from bot.talk.flow import NOT_SURE, SKIPPED
from knowledge.reach import NOWHERE
from knowledge.signals import Course, due_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.talk.flow import Case
    from knowledge.network import Person
    from knowledge.reach import Contact
    from knowledge.signals import SignalRoute, SignalStep, Task

ROUTE, SINCE, STEP, MANAGER, CLOSING = "route", "sinds", "stap", "casemanager", "afsluiten"
CASEMANAGER, REPORTER, APPOINTS = "casemanager", "melder", "afdelingsleider"
MOST_CONTACTS = 3


@dataclass(frozen=True, slots=True)
class Planned:
    """A task with who does it, and when it must be done."""

    step: SignalStep
    task: Task
    holder: Holder
    due: date

    @property
    def role(self) -> str:
        return self.holder.role

    @property
    def person(self) -> Person | None:
        return self.holder.person


def planned(case: Case) -> list[Planned]:
    """The tasks of this step and those after it, in the order of the route; who does not know how far it is gets them all."""
    route, here = chosen_route(case), case.one(STEP)
    start = next((place for place, step in enumerate(route.steps) if step.id == here), 0)
    return [_planned(case, step, task) for step in route.steps[start:] for task in step.tasks]


def chosen_route(case: Case) -> SignalRoute:
    return case.context.world.library.signals[case.one(ROUTE) or ""]


def _planned(case: Case, step: SignalStep, task: Task) -> Planned:
    signal, chosen = (date.fromisoformat(case.one(one) or "") for one in (SINCE, CLOSING))
    course = Course(signal, chosen, case.context.world.calendar, region_of(case))
    due = due_day(task, course, case.context.world.library.figures)
    if task.who == [REPORTER]:
        return Planned(step, task, Holder(REPORTER, case.context.asker if case.context.side == "school" else None), due)
    roles = _managers(case) if task.who == [CASEMANAGER] else [str(role) for role in task.who]
    return Planned(step, task, holder_on(case, _with_next(case, roles), max(due, case.context.today)), due)


def _managers(case: Case) -> list[str]:
    """The role of the casemanager. As long as there is none it stays with whoever appoints one (`§1.3`: eigenaarschap)."""
    known = case.one(MANAGER)
    return [known] if known and known not in {NOT_SURE, SKIPPED} else [APPOINTS]


def _with_next(case: Case, roles: list[str]) -> list[str]:
    """The roles, and after them who is next when nobody has them."""
    return list(dict.fromkeys([*roles, *(one for role in roles for one in case.context.world.library.roles[role].instead)]))


def plan_lines(case: Case, plan: list[Planned]) -> list[Line]:
    """The plan as people read it."""
    say, context, route = case.context.world.words.say, case.context, chosen_route(case)
    lines = [Line(say("signaal.kop", route=route.label.lower()), "headline")]
    for number, step in enumerate(route.steps, start=1):
        tasks = [one for one in plan if one.step.id == step.id]
        if not tasks:
            continue
        lines.append(Line(say("signaal.stap", nummer=number, titel=step.title), "person"))
        for (due, who), group in groupby(tasks, key=lambda one: (one.due, _who(case, one))):
            lines += [Line(say("signaal.taak", doe=one.task.do), "list") for one in group]
            key = "signaal.wie-te-laat" if due < context.today else "signaal.wie"
            lines.append(Line(say(key, wie=who, dag=day_in_words(due, context.today)), "plain"))
        lines.append(Line(say("signaal.klaar", klaar=step.done), "note"))
    lines += _whom(case, contacts_for(case, plan))
    since = day_in_words(date.fromisoformat(case.one(SINCE) or ""), context.today)
    lines += [Line(say("signaal.telt-vanaf", dag=since), "note"), Line(say("signaal.crisis"), "alarm")]
    return [*lines, Line(say("signaal.bron", bron=route.source), "reason")]


def _who(case: Case, one: Planned) -> str:
    """Who does it, as the reader is told: "jij", a name with the role, or the role alone."""
    say, roles = case.context.world.words.say, case.context.world.library.roles
    role = roles[one.role].name if one.role in roles else say("signaal.melder")
    if one.person is None:
        who = say("signaal.melder") if one.role == REPORTER else say("signaal.rol-zonder-naam", rol=role)
    elif one.person.id == case.context.sender:
        who = say("signaal.jij")
    elif one.holder.replaces:
        who = say("signaal.vervangt", naam=one.person.name, vervangt=one.holder.replaces.name, rol=role)
    else:
        who = say("signaal.anders", naam=one.person.name, rol=role)
    if one.task.who != [CASEMANAGER]:
        return who
    return say("signaal.geen-casemanager" if _managers(case) == [APPOINTS] else "signaal.casemanager", wie=who)


def contacts_for(case: Case, plan: list[Planned]) -> list[Contact]:
    """Who is called first: whom the next tasks go to, then who does them."""
    next_ones = [one for one in plan if one.step.id == plan[0].step.id]
    roles = [str(role) for one in next_ones for role in one.task.call]
    roles += [one.role for one in plan if one.role != REPORTER]
    return to_call(case, dict.fromkeys(roles), MOST_CONTACTS)


def _whom(case: Case, contacts: list[Contact]) -> Iterator[Line]:
    say = case.context.world.words.say
    if not contacts:
        yield Line(say("wie.hangt-af" if place_of(case) == NOWHERE else "wie.niemand"), "note")
        return
    yield Line(say("signaal.bel"), "reason")
    yield from short_lines(case, contacts)


def result_data(case: Case, plan: list[Planned]) -> dict[str, object]:
    """The plan for programs: each task with who does it and its day, as reminders can follow it."""
    route = chosen_route(case)
    return {
        "flow": "signaal", "route": route.id,
        "plan": [
            {"step": one.step.id, "task": one.task.id, "who": one.person.id if one.person else None, "role": one.role,
             "due": one.due.isoformat()}
            for one in plan
        ],
        "contacts": [contact_data(contact) for contact in contacts_for(case, plan)], "sources": [route.source],
    }  # fmt: skip
