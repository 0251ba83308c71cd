"""What is said of an agreement: that it comes, that it has moved, that it has passed, that it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.messages import Line, Option, Reply
from bot.say import day_in_words, joined, moment_in_words, standing_day, standing_moment
from knowledge.agreements import CONVENANT, is_deadline

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from bot.agenda.rows import Occasion
    from bot.context import World
    from knowledge.agreements import Occurrence
    from knowledge.network import Agreement

DONE, DROPPED = "gedaan", "gaat-niet-door"
STEP = "afspraak"
MOST_COMING = 10


def announcement(agreement: Agreement, one: Occasion, world: World, now: datetime, *, passed: bool) -> Reply:
    """What comes, or has passed without being ticked off; with its two controls. An earlier copy of it lapses."""
    say, today = world.words.say, now.astimezone(world.network.zone).date()
    head = say("agenda.geweest" if passed else "agenda.komt", naam=agreement.name)
    lines = [Line(head, "headline"), Line(when(agreement, one.at, world, today, stays=True))]
    if one.moved is not None and not passed:
        lines.append(Line(moved_line(one.planned.date(), one.moved, world, today), "note"))
    lines += [Line(line) for line in about(agreement, world)]
    options: tuple[Option, ...] = ()
    if agreement.id != CONVENANT:
        options = (Option(DONE, say("agenda.gedaan")), Option(DROPPED, say("agenda.gaat-niet-door")))
        lines.append(Line(say("agenda.typ"), "note"))
    return Reply("announcement", tuple(lines), options, data=_data(agreement, one), to=one.place, card=one.card, anew=True)


def ticked(agreement: Agreement, one: Occasion, world: World, who: str, today: date) -> Reply:
    """The same message, once it is ticked off: who did it, and when it comes again."""
    say = world.words.say
    key = "agenda.is-gedaan" if one.state == "done" else "agenda.is-vervallen"
    day = standing_day(one.at.astimezone(world.network.zone).date(), today)
    lines = (Line(say(key, naam=agreement.name, dag=day, wie=who)),)
    return Reply("announcement", lines, data=_data(agreement, one), to=one.place, card=one.card)


def _data(agreement: Agreement, one: Occasion) -> dict[str, str]:
    planned = one.planned.isoformat()
    return {"flow": STEP, "agreement": agreement.id, "planned": planned, "on": one.at.isoformat(), "state": one.state}


def when(agreement: Agreement, at: datetime, world: World, today: date, *, stays: bool = False) -> str:
    """When it is; of what has to be ready by a day the day alone. `stays`: it is read on later days as well."""
    day_of, moment_of = (standing_day, standing_moment) if stays else (day_in_words, moment_in_words)
    say, local = world.words.say, at.astimezone(world.network.zone)
    if agreement.id == CONVENANT:
        return say("agenda.tot-en-met", dag=day_of(local.date(), today))
    if is_deadline(agreement):
        return say("agenda.uiterlijk", dag=day_of(local.date(), today))
    return say("agenda.wanneer", moment=moment_of(local, today))


def moved_line(planned: date, moved: str, world: World, today: date) -> str:
    """That it is on another day than its own, and why."""
    day = day_in_words(planned, today)
    if moved:
        return world.words.say("agenda.verzet", dag=day, waarom=moved)
    return world.words.say("agenda.verzet-weekend", dag=day)


def about(agreement: Agreement, world: World) -> Iterable[str]:
    """Whom it concerns and where it comes from."""
    names = [
        world.network.person_by_id[who].name if who in world.network.person_by_id else world.library.roles[who].name
        for who in agreement.who
        if who in world.network.person_by_id or who in world.library.roles
    ]
    if names:
        yield world.words.say("agenda.wie", wie=joined(names))
    if agreement.id == CONVENANT:
        yield world.words.say("agenda.convenant-nieuw")
    if agreement.source:
        yield world.words.say("agenda.bron", bron=agreement.source)


def listed(found: list[Occurrence], world: World, today: date) -> list[Line]:
    """What comes, a line each, and the reason where something is on another day."""
    lines = []
    for one in found[:MOST_COMING]:
        told = when(one.agreement, one.at, world, today)
        lines.append(Line(world.words.say("agenda.regel", naam=one.agreement.name, wanneer=told), "list"))
        if one.moved is not None:
            lines.append(Line(moved_line(one.planned.date(), one.moved, world, today), "note"))
    if len(found) > MOST_COMING:
        lines.append(Line(world.words.say("agenda.en-nog", aantal=len(found) - MOST_COMING), "note"))
    return lines
