"""What is open, in a few lines: for the network, for a pair, for one person. The digest and "wat staat er open" are both this.

What goes where (rules): the network sees numbers and days, a pair references and holders, a person their own. Never the content.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot import worktime
from bot.chain import subject_of
from bot.messages import Line
from bot.say import day_in_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from bot.context import World
    from bot.handover.rows import Handover

MOST_LINES = 15
"""More does not fit a phone."""


@dataclass(frozen=True)
class Tally:
    """What is open in the place of one pair (None: outside the pairs): how many, since when, and how many should have been done."""

    koppel: str | None
    count: int
    oldest: datetime
    late: int = 0


@dataclass(frozen=True)
class Overview:
    """Lines for people, and the same for programs."""

    lines: tuple[Line, ...]
    open: list[dict[str, Any]]
    overdue: list[dict[str, Any]]


def of_network(tallies: Sequence[Tally], world: World, now: datetime, most: int = MOST_LINES) -> Overview:
    """Per pair how many are open and for how many days; no reference, phase or holder."""
    today = worktime.local_day(world.calendar, now)
    rows = []
    for one in sorted(tallies, key=lambda tally: (-tally.late, tally.oldest)):
        days = (today - worktime.local_day(world.calendar, one.oldest)).days
        values = {"koppel": _pair_name(one.koppel, world), "aantal": one.count, "dagen": _days(days, world), "laat": one.late}
        text = world.words.say("overzicht.koppel-te-laat" if one.late else "overzicht.koppel", **values)
        rows.append((text, {"pair": one.koppel, "open": one.count, "days": days, "overdue": one.late}))
    data = [found for _, found in rows]
    return Overview(fitted([text for text, _ in rows], world, most), data, [found for found in data if found["overdue"]])


def of_pair(found: Sequence[Handover], world: World, now: datetime, most: int = MOST_LINES) -> Overview:
    """References and holders."""
    return _listed([(one, f"overzicht.regel-{_about(one)}") for one in found], world, now, most)


def of_person(found: Sequence[Handover], person: str, world: World, now: datetime, most: int = MOST_LINES) -> Overview:
    """One's own, each with what it asks of them."""
    return _listed([(one, _own_line(one, person)) for one in found], world, now, most)


def asks_of(handover: Handover, person: str) -> bool:
    """Whether something is expected of this person, or is theirs to see through."""
    return person in {handover.holder, subject_of(handover)} and not (handover.state == "reported" and person != handover.giver)


def is_late(handover: Handover, now: datetime, today: date) -> bool:
    """Whether what was to happen by now has not; what is quiet until after this local day is not late."""
    quiet = handover.paused_until is not None and handover.paused_until > today
    return handover.due is not None and handover.due < now and not quiet


def fitted(texts: Sequence[str], world: World, most: int) -> tuple[Line, ...]:
    """At most so many lines; what does not fit is counted in the last of them."""
    if len(texts) <= most:
        return tuple(Line(text, "list") for text in texts)
    shown = [Line(text, "list") for text in texts[: most - 1]]
    return (*shown, Line(world.words.say("overzicht.en-nog", aantal=len(texts) - most + 1), "note"))


def _listed(found: Sequence[tuple[Handover, str]], world: World, now: datetime, most: int) -> Overview:
    today = worktime.local_day(world.calendar, now)
    late = {one.reference: is_late(one, now, today) for one, _ in found}
    ranked = sorted(found, key=lambda one: (not late[one[0].reference], -(one[0].phase or 0), one[0].offered_at, one[0].reference))
    days = [(today - worktime.local_day(world.calendar, one.offered_at)).days for one, _ in ranked]
    data = [_data(one, since, late=late[one.reference]) for (one, _), since in zip(ranked, days, strict=True)]
    shown = zip(ranked[:most], days, strict=False)
    texts = [_line(one, key, world, now, today, since) for (one, key), since in shown] + [""] * max(len(ranked) - most, 0)
    return Overview(fitted(texts, world, most), data, [one for one in data if one["overdue"]])


def _data(one: Handover, days: int, *, late: bool) -> dict[str, Any]:
    return {"handover": one.reference, "state": one.seen_as, "holder": one.holder, "days": days, "overdue": late}


def _own_line(one: Handover, person: str) -> str:
    """The name of the sentence for this person's part in it."""
    parts = {
        "offered": (("ontvanger", one.addressee), ("gever", one.giver)),
        "declined": (("gever", one.giver),),
        "accepted": (("houder", one.holder), ("gever", one.giver)),
        "reported": (("gever", one.giver), ("houder", one.holder)),
    }
    part = next((part for part, who in parts.get(one.state, ()) if who == person), None)
    return f"overzicht.mijn-{_about(one)}-{part}" if part else "overzicht.mijn-ander"


def _about(one: Handover) -> str:
    """What is waited for, as the sentences call it: the state, or a call."""
    if one.unmanned:
        return "niemand"
    return "bel" if one.sort == "bel" and one.state == "offered" else one.state


def _line(one: Handover, key: str, world: World, now: datetime, today: date, days: int) -> str:  # noqa: PLR0917
    say = world.words.say
    holder, addressee, giver = name_of(one.holder, world), name_of(one.addressee, world), name_of(one.giver, world)
    text = say(key, kenmerk=one.reference, dagen=_days(days, world), houder=holder, ontvanger=addressee, gever=giver)
    if one.paused_until and one.paused_until > today:
        return say("overzicht.gepauzeerd", regel=text, dag=_until(one.paused_until, today))
    return say("overzicht.te-laat", regel=text) if is_late(one, now, today) else text


def _until(day: date, today: date) -> str:
    return day_in_words(day, today)


def _days(days: int, world: World) -> str:
    return world.words.say("overzicht.dagen", aantal=days) if days > 0 else world.words.say("overzicht.sinds-vandaag")


def _pair_name(koppel: str | None, world: World) -> str:
    found = world.network.koppel_by_id.get(koppel or "")
    if found is None:
        return world.words.say("overzicht.buiten-koppels")
    return world.network.organisation_by_id[found.school].name


def name_of(person: str, world: World) -> str:
    """Somebody's name; the id of who stands in the list no more."""
    known = world.network.person_by_id.get(person)
    return known.name if known else person
