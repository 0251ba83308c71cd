"""The daily digest: what is open, who is away, what changed and what comes, one message a place. Pure; the rows are handed in.

The network's comes on school days, and in holidays only when something is open; with nothing to say it says so once a week.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot import worktime
from bot.digest import overview
from bot.messages import NETWORK_PLACE, Line, Reply, direct
from bot.say import day_in_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from bot.context import World
    from bot.digest.overview import Overview, Tally
    from bot.handover.rows import Handover
    from knowledge.network import Person

MOST_OF_A_KIND = 3
"""Lines for who is away, for what changed and for what comes, so that there is always room for what is open."""


@dataclass(frozen=True)
class Coming:
    """An agreement that comes up: its id, its name and the local day."""

    id: str
    name: str
    day: date


@dataclass(frozen=True)
class News:
    """What there is to tell the network besides what is open. `changes` are sentences; `coming` is what comes this week."""

    changes: Sequence[str] = ()
    coming: Sequence[Coming] = ()


def is_due(tallies: Sequence[Tally], news: News, world: World, day: date, *, first_this_week: bool) -> bool:
    """Whether the network's digest is to be said on this day. `first_this_week`: none was said yet in this week."""
    calendar = world.calendar
    if not calendar.is_working_day(day):
        return False
    if tallies:
        return True
    if calendar.is_school_holiday(day):
        return False
    begins = any(period.first == day for person in absent(world, day) if (period := person.absence_on(day)))
    return first_this_week or bool(news.changes) or begins or any(one.day == day for one in news.coming)


def of_network(tallies: Sequence[Tally], news: News, world: World, now: datetime) -> Reply:
    """Per pair how many are open and for how long; who is away today; changes; agreements of this week; stale entries."""
    day, words = worktime.local_day(world.calendar, now), world.words
    away = absent(world, day)
    others = [
        *overview.fitted([_absent_line(one, world, day) for one in away], world, MOST_OF_A_KIND),
        *overview.fitted(news.changes, world, MOST_OF_A_KIND),
        *overview.fitted([_coming_line(one, world, day) for one in news.coming], world, MOST_OF_A_KIND),
    ]
    stale = count_stale(world, day)
    if stale:
        others.append(Line(words.say("overzicht.verouderd", aantal=stale), "note"))
    found = overview.of_network(tallies, world, now, most=overview.MOST_LINES - 1 - len(others))
    nothing = "overzicht.niets-open" if others else "overzicht.niets-open-week"
    opened = found.lines or (Line(words.say(nothing)),)
    head = Line(words.say("overzicht.kop-netwerk", dag=_named(day)), "headline")
    data = {
        "open": found.open, "overdue": found.overdue, "changes": list(news.changes),
        "absent": [_absent_data(one, world, day) for one in away],
        "coming": [{"agreement": one.id, "on": one.day.isoformat()} for one in news.coming],
    }  # fmt: skip
    return Reply("digest", (head, *opened, *others), data=data, to=NETWORK_PLACE)


def of_pair(found: Sequence[Handover], koppel: str, world: World, now: datetime) -> Reply:
    """References and holders of what is open in the place of a pair; also the answer there to "wat staat er open"."""
    shown = overview.of_pair(found, world, now, most=overview.MOST_LINES - 1)
    return _listed("overzicht.kop-koppel", shown, koppel, world)


def of_mine(found: Sequence[Handover], person: str, world: World, now: datetime) -> Reply:
    """All that is open of one person, asked of them or not: the answer to "mijn overdrachten"."""
    shown = overview.of_person(found, person, world, now, most=overview.MOST_LINES - 1)
    return _listed("overzicht.kop-mijn" if found else "overzicht.niets-open-mijn", shown, direct(person), world)


def of_person(found: Sequence[Handover], person: str, world: World, now: datetime) -> Reply:
    """What asks something of one person."""
    shown = overview.of_person(found, person, world, now, most=overview.MOST_LINES - 1)
    return _listed("overzicht.kop-eigen", shown, direct(person), world)


def _listed(key: str, shown: Overview, place: str, world: World) -> Reply:
    data = {"open": shown.open, "overdue": shown.overdue, "changes": [], "absent": [], "coming": []}
    lines = shown.lines or (() if key == "overzicht.niets-open-mijn" else (Line(world.words.say("overzicht.niets-open")),))
    return Reply("digest", (Line(world.words.say(key), "headline"), *lines), data=data, to=place)


def absent(world: World, day: date) -> list[Person]:
    """Who said to be away on this day, as far as their role runs."""
    return [one for one in world.network.people if one.absences and one.absence_on(day) and one.serves_on(day)]


def count_stale(world: World, day: date) -> int:
    """How many entries nobody has confirmed for too long."""
    return len(world.stale_people(day))


def _deputy(person: Person, world: World, day: date) -> Person | None:
    return next((one for one in world.reach.deputies(person, day) if not one.absence_on(day)), None)


def _absent_line(person: Person, world: World, day: date) -> str:
    period, deputy = person.absence_on(day), _deputy(person, world, day)
    last = period.last if period else day
    if deputy is None:
        return world.words.say("overzicht.afwezig-zonder", wie=person.name, dag=day_in_words(last, day))
    return world.words.say("overzicht.afwezig", wie=person.name, dag=day_in_words(last, day), vervanger=deputy.name)


def _absent_data(person: Person, world: World, day: date) -> dict[str, str | None]:
    deputy = _deputy(person, world, day)
    return {"person": person.id, "deputy": deputy.id if deputy else None}


def _coming_line(one: Coming, world: World, day: date) -> str:
    return world.words.say("overzicht.deze-week", dag=day_in_words(one.day, day).capitalize(), naam=one.name)


def _named(day: date) -> str:
    return day_in_words(day, day - timedelta(days=7))
