"""The yearly evaluation of the cooperation (`§3`, convenant art. 10): numbers and lead times per pair.

Nothing in it rests on fewer than five handovers, and neither a person nor a reference stands in it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import TYPE_CHECKING, Any

from bot import worktime
from bot.store.outbox import in_order

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from bot.context import World

FEWEST = 5
"""What rests on fewer could point to one case."""

TAKEN, CLOSED = ("overgenomen", "gebeld"), ("gesloten", "gebeld")

_CASE = """
    SELECT koppel, phase, offered_at, level, state,
        (SELECT min(at) FROM handover_event AS taken WHERE taken.reference = handover.reference AND event IN (?, ?)),
        (SELECT max(at) FROM handover_event AS closed WHERE closed.reference = handover.reference AND event IN (?, ?))
    FROM handover WHERE """


@dataclass(frozen=True)
class Case:
    """One handover without anything that tells which: its pair, its lead times in working days, how high it climbed."""

    koppel: str | None
    to_taken: int | None
    to_closed: int | None
    escalated: bool
    withdrawn: bool


@dataclass(frozen=True)
class Row:
    """The numbers of one pair; None: fewer than five."""

    koppel: str | None
    name: str
    offered: int | None
    taken: int | None = None
    escalated: int | None = None
    withdrawn: int | None = None
    days_to_taken: float | None = None
    days_to_closed: float | None = None


@dataclass(frozen=True)
class Evaluation:
    """A period, both days included, with a row for each pair and one for all together (None: it would give a pair away)."""

    first: date
    last: date
    rows: tuple[Row, ...]
    total: Row | None


def cases(connection: sqlite3.Connection, world: World, first: date, last: date) -> list[Case]:
    """What was offered in a period. Both days are local and count."""
    zone = world.network.zone
    begin, end = (worktime.at_wall(zone, day, datetime.min.time()) for day in (first, date.fromordinal(last.toordinal() + 1)))
    found = connection.execute(f"{_CASE} offered_at >= ? AND offered_at < ?", (*TAKEN, *CLOSED, in_order(begin), in_order(end)))
    return [_case(world, row) for row in found] + _erased(connection, first, last)


def _case(world: World, row: tuple[Any, ...]) -> Case:
    koppel, _phase, offered, level, state, taken, closed = row
    return Case(
        koppel, _days(world, offered, taken), _days(world, offered, closed if state == "closed" else None), level > 1,
        state == "withdrawn",
    )  # fmt: skip


def _erased(connection: sqlite3.Connection, first: date, last: date) -> list[Case]:
    """What was erased of the school years that lie wholly in the period: of a part of a year it is no longer known."""
    begin = first.year if first <= date(first.year, 8, 1) else first.year + 1
    years = (begin, _school_year(date.fromordinal(last.toordinal() + 1)))
    rows = connection.execute(
        "SELECT koppel, taken, closed, escalated, withdrawn FROM past_handover WHERE year >= ? AND year < ?", years
    )
    return [
        Case(koppel, taken, closed, bool(escalated), bool(withdrawn)) for koppel, taken, closed, escalated, withdrawn in rows
    ]  # fmt: skip


def keep_number(connection: sqlite3.Connection, world: World, reference: str) -> None:
    """Of a handover that is about to be erased only what counts is kept: its pair, phase, school year and lead times."""
    row = connection.execute(f"{_CASE} reference = ?", (*TAKEN, *CLOSED, reference)).fetchone()
    one, phase, offered = _case(world, row), row[1], worktime.local_day(world.calendar, datetime.fromisoformat(row[2]))
    connection.execute(
        "INSERT INTO past_handover (koppel, phase, year, taken, closed, escalated, withdrawn) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (one.koppel, phase, _school_year(offered), one.to_taken, one.to_closed, int(one.escalated), int(one.withdrawn)),
    )


def _school_year(day: date) -> int:
    """The calendar year in which the school year of this day began."""
    return day.year if day.month >= 8 else day.year - 1


def _days(world: World, offered: str, then: str | None) -> int | None:
    """Working days from one moment to the other."""
    if then is None:
        return None
    start, end = (worktime.local_day(world.calendar, datetime.fromisoformat(at)) for at in (offered, then))
    return worktime.days_between(world.calendar, start, end)


def evaluate(found: Iterable[Case], world: World, first: date, last: date) -> Evaluation:
    """The numbers per pair, those with most first, and the total when it does not give away what was left out."""
    per_pair: dict[str | None, list[Case]] = defaultdict(list)
    for koppel in world.network.koppels:
        per_pair[koppel.id] = []
    for case in found:
        per_pair[case.koppel if case.koppel in world.network.koppel_by_id else None].append(case)
    rows = [_row(koppel, name_of_pair(koppel, world), some) for koppel, some in per_pair.items()]
    rows.sort(key=lambda row: (-(row.offered or 0), row.name))
    left_out = sum(len(some) for some in per_pair.values() if len(some) < FEWEST)
    everything = [case for some in per_pair.values() for case in some]
    total = None if 0 < left_out < FEWEST else _row(None, world.words.say("evaluatie.totaal"), everything)
    return Evaluation(first, last, tuple(rows), total)


def _row(koppel: str | None, name: str, some: Sequence[Case]) -> Row:
    if len(some) < FEWEST:
        return Row(koppel, name, None)
    taken = [case.to_taken for case in some if case.to_taken is not None]
    closed = [case.to_closed for case in some if case.to_closed is not None]
    return Row(
        koppel, name, len(some), _enough(len(taken)), _enough(sum(case.escalated for case in some)),
        _enough(sum(case.withdrawn for case in some)), _middle(taken), _middle(closed),
    )  # fmt: skip


def _enough(number: int) -> int | None:
    return number if number >= FEWEST else None


def _middle(days: Sequence[int]) -> float | None:
    return float(median(days)) if len(days) >= FEWEST else None


def name_of_pair(koppel: str | None, world: World) -> str:
    """The school of a pair; what was said outside the pairs has a name of its own."""
    found = world.network.koppel_by_id.get(koppel or "")
    return world.network.organisation_by_id[found.school].name if found else world.words.say("overzicht.buiten-koppels")


def year_before(day: date) -> tuple[date, date]:
    """The last whole school year on this day: from 1 August up to and including 31 July."""
    year = _school_year(day)
    return date(year - 1, 8, 1), date(year, 7, 31)
