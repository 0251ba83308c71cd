"""The two signal routes (`§2.1`, `§2.2`) as records, and on which day each of their tasks is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from knowledge.calendar import first_school_day
from knowledge.models import Record, RoleId, Section

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from knowledge.calendar import Calendar
    from knowledge.models import Figure

WEEK = 7


class Task(Record):
    """One thing that somebody does. `who` are roles, or `casemanager` or `melder`; `limit` is the figure of its term."""

    id: str
    do: str = Field(alias="doe", max_length=120)
    who: list[RoleId] | list[Literal["casemanager", "melder"]] = Field(alias="wie", min_length=1)
    call: list[RoleId] = Field(alias="bij")
    when: Literal["zelfde-dag", "zelfde-week", "binnen", "gekozen"] = Field(alias="wanneer")
    limit: str = Field(default="", alias="grens")


class SignalStep(Record):
    """One of the four steps: how somebody says that they are there, its tasks, and what must be so at its end."""

    id: str
    title: str = Field(alias="titel", max_length=40)
    here: str = Field(alias="begin", max_length=40)
    done: str = Field(alias="klaar")
    tasks: list[Task] = Field(alias="taken", min_length=1)


class SignalRoute(Record):
    """Into the school (`extern`) or out of it (`intern`); `managers` are the roles that may be casemanager."""

    id: Literal["extern", "intern"]
    label: str = Field(max_length=40)
    also: list[str] = Field(default=[], alias="ook")
    managers: list[RoleId] = Field(alias="casemanager")
    source: Section = Field(alias="bron")
    steps: list[SignalStep] = Field(alias="stappen")


@dataclass(frozen=True, slots=True)
class Course:
    """When one signal came, the day agreed for closing, and the school days in between (`region`: None is the network's own)."""

    signal: date
    closing: date
    calendar: Calendar
    region: str | None


def due_day(task: Task, course: Course, figures: Mapping[str, Figure]) -> date:
    """The day on which a task must be done at the latest: a school day within its term, where the term holds one.

    Terms of days and weeks count all days from the signal, as the source says them; of its two terms of a week out of the school
    both count from the signal, the stricter reading.
    """
    match task.when:
        case "gekozen":
            return course.closing
        case "zelfde-dag":
            return first_school_day(course.calendar, course.signal, course.region)
        case "zelfde-week":
            start = first_school_day(course.calendar, course.signal, course.region)
            return _last_school_day(start, start + timedelta(days=WEEK - start.isoweekday()), course)
        case "binnen":
            figure = figures[task.limit]
            days = int(figure.value) * (WEEK if figure.unit == "week" else 1)
            return _last_school_day(course.signal, course.signal + timedelta(days=days), course)


def _last_school_day(first: date, last: date, course: Course) -> date:
    """The last school day from the first to the last day; without any, the last day itself: a term does not wait for holidays."""
    days = (last - timedelta(days=back) for back in range((last - first).days + 1))
    return next((day for day in days if course.calendar.is_school_day(day, course.region)), last)


def signal_faults(routes: Iterable[SignalRoute], figures: Mapping[str, Figure]) -> Iterable[str]:
    """Terms of which the figure does not exist, for an editor."""
    for task in (task for route in routes for step in route.steps for task in step.tasks):
        if (task.when == "binnen" or task.limit) and task.limit not in figures:
            yield f'signaal.yaml: {task.id}: het cijfer "{task.limit}" is er niet'
