"""What is open, and the whole history of one handover: for those whose it is, and nobody else (rules: rights)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from bot.digest import open_rows
from bot.digest import say as digest
from bot.flows.quickscan import read_scan
from bot.handover import rows as handovers
from bot.handover.card import Look, card_lines, handover_data
from bot.handover.rights import may_do
from bot.messages import NETWORK_PLACE, Line, Reply, direct
from bot.say import joined, moment_in_words, named_day
from bot.store import conversations
from bot.talk.flow import Case
from knowledge.handover_lists import sentence_of

if TYPE_CHECKING:
    import sqlite3

    from bot.context import Context
    from bot.handover.rows import Event, Handover


def overview(connection: sqlite3.Connection, context: Context, *, mine: bool = False) -> Reply:
    """What is open: in the network's place and a pair's theirs, to the coordinator how many per pair, else one's own (`mine`)."""
    sender, world, now = context.sender, context.world, context.now
    if context.origin in context.network.koppel_by_id and context.standing in {"contact", "coordinator", "machine"}:
        found = handovers.open_in(connection, context.origin)
        told = replace(digest.of_pair(found, context.origin, world, now), to=context.place)
        school = context.school_here() if context.about else None
        name = (Line(world.words.say("overzicht.kop-koppel-van", school=school.name), "headline"),) if school else told.lines[:1]
        return replace(told, lines=(*name, *told.lines[1:]))
    if context.origin == NETWORK_PLACE or sender is None or (context.standing == "coordinator" and not mine):
        return replace(digest.of_network(open_rows.tallies(connection, now, context.today), digest.News(), world, now), to=None)
    return digest.of_mine(handovers.open_of(connection, sender), sender, world, now)


def history_reply(connection: sqlite3.Connection, context: Context, one: Handover) -> Reply:
    """How one handover stands and all that happened; a refusal for whom it is not."""
    look = Look(one, context.world, context.now)
    if context.sender is not None and not may_do(context, one, "zien"):
        return Reply("refusal", (Line(look.say("mag-niet")),), data={"reason": "rights"})
    lines = [*card_lines(look, full=True), Line(look.say("wat-gebeurde"), "note")]
    for event in handovers.history(connection, one.reference):
        when = moment_in_words(look.local(event.at), look.today)
        lines.append(Line(look.say("gebeurd", wanneer=when, wat=_event(event, look)), "list"))
    elsewhere = context.place not in {one.koppel, direct(str(context.sender))}
    data = {**handover_data(look), "mentions": []}
    return Reply("handover", tuple(lines), data=data, to=direct(context.sender) if elsewhere and context.sender else None)


def _event(event: Event, look: Look) -> str:
    """One thing that happened, in words."""
    lists = look.world.library.handover
    about = sentence_of(lists.pauses, event.about or "")
    if event.event == "belooft":
        about = _promised(event.about or "", look)
    who, other = (look.name(one) if one else "" for one in (event.person, event.other))
    return look.say(f"g-{event.event}", wie=who, ander=other, over=about)


def _promised(about: str, look: Look) -> str:
    """What was promised, with the day that belongs to it (of an older promise it was not kept)."""
    what, _, day = about.partition(":")
    bare, dated = ("langs", "langs-op") if what == "langs" else ("bellen", "bellen-op")
    return look.say(dated, dag=named_day(date.fromisoformat(day), look.today)) if day else look.say(bare)


def factors_reply(connection: sqlite3.Connection, context: Context, one: Handover) -> Reply:
    """The factors of the scan behind a handover, for its giver and holder only, in a direct chat."""
    look, card = Look(one, context.world, context.now), context.world.library.phase_card
    kept = conversations.by_reference(connection, one.scan) if one.scan else None
    scan = read_scan(Case(kept.answers, context, kept.reference)) if kept else None
    doubted = scan.doubted if scan else ()
    known = (card.threatening_by_id.get(name) for name in dict.fromkeys((*(scan.threatening if scan else ()), *doubted)))
    labels = [
        look.say("factoren-twijfel", wat=factor.label) if factor.id in doubted else factor.label for factor in known if factor
    ]
    none = "factoren-weg" if one.scan else "factoren-geen"
    text = look.say("factoren", kenmerk=one.scan, wat=joined(labels)) if labels else look.say(none)
    return Reply("handover", (Line(text),), data={**handover_data(look), "mentions": []}, to=direct(str(context.sender)))
