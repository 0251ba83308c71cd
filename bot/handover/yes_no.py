"""A bare yes or no, or only a day, where somebody was just asked about a handover in their own chat: it answers that."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from bot.chain import subject_of
from bot.handover import rows as handovers
from bot.handover.card import Look
from bot.handover.does import done_with
from bot.handover.heard import Heard, promising
from bot.handover.possible import possible
from bot.handover.spoken import LISTED, OF_LATE
from bot.handover.told import say_here
from bot.handover.which import whether, which
from bot.messages import direct
from knowledge.dutch_days import find_days
from knowledge.text import read

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from bot.context import Context
    from bot.handover.heard import Wish
    from bot.handover.rows import Handover
    from bot.messages import Reply

ANSWERS = ("ja", "goed", "nee", "dag")
"""What a bare answer can be: yes, what may only be thanks, no, or a day."""

ASKING = ("reminder", "escalation")


def answered_shortly(text: str, connection: sqlite3.Connection, context: Context) -> list[Reply] | None:
    """The replies to a bare yes, no or day; None when it is more than that, or nothing was asked of them here just now."""
    heard = promising(Heard(None, None, read(text), ()), context.world.words, context.today, context.world.calendar)
    answer = _answer(heard, context)
    asked = _asked(connection, context) if answer else []
    meant = {one.reference: wish for one, kind in asked if (wish := _wish(str(answer), one, kind)) and possible(wish, one, context)}
    found = [one for one, _ in asked if one.reference in meant]
    if len(found) > 1 and answer != "goed":
        return [which(found, heard, meant[found[0].reference], context, meant)]
    if len(found) == 1:
        heard = replace(heard, calls=heard.calls or answer == "dag", wishes=(meant[found[0].reference],))
        return _done(str(answer), found[0], heard, connection, context)
    waiting = [one for one, kind in asked if answer == "nee" and kind in ASKING]
    return [say_here(Look(waiting[0], context.world, context.now), context, "nog-niet")] if len(waiting) == 1 else None


def _done(answer: str, one: Handover, heard: Heard, connection: sqlite3.Connection, context: Context) -> list[Reply] | None:
    """A yes is done at once; a no, or what may only be thanks, is asked first, for it undoes more than one word says."""
    wish = heard.wishes[0]
    if answer in {"goed", "nee"} or (answer == "dag" and one.state == "offered"):
        return [whether(one, heard, wish, context)]
    return done_with(connection, context, one, heard, wish)


def _answer(heard: Heard, context: Context) -> str | None:
    """Which of the short answers this is."""
    words, typed = context.world.words, [word.typed for word in heard.words]
    said = " ".join(typed)
    for name in ANSWERS[:3]:
        if said in words.list(f"overdracht-daden.kort-{name}"):
            return name
    around, days = set(words.list("overdracht-daden.kort-bij")), find_days(typed, context.today, context.world.calendar)
    named = {place for one in days for place in range(one.start, one.end)}
    return "dag" if named and all(place in named or word in around for place, word in enumerate(typed)) else None


def _wish(answer: str, one: Handover, kind: str) -> Wish | None:
    """What a short answer means for a handover, by what was asked of it."""
    reminded = kind in ASKING
    if one.sort == "bel":
        return "gebeld" if answer == "ja" and reminded and one.state == "offered" else None
    meaning: Mapping[tuple[str, str], Wish] = {
        ("ja", "offered"): "neem", ("goed", "offered"): "neem", ("nee", "offered"): "kan-niet", ("dag", "offered"): "belooft",
        ("ja", "reported"): "sluit", ("nee", "reported"): "heropen",
    }  # fmt: skip
    when_reminded: Mapping[str, Wish] = {"ja": "terugkoppelen", "dag": "belooft"}
    return when_reminded.get(answer) if one.state == "accepted" and reminded else meaning.get((answer, one.state))


def _asked(connection: sqlite3.Connection, context: Context) -> list[tuple[Handover, str]]:
    """The handovers about which whoever writes in their own chat was asked last, each with the kind of message that did."""
    sender = context.sender or ""
    if context.place != direct(sender):
        return []
    row = connection.execute(
        "SELECT at, body ->> '$.kind', body ->> '$.data.handover', body -> '$.data.open' FROM outbox WHERE place = ? "
        "ORDER BY id DESC LIMIT 1",
        (context.place,),
    ).fetchone()
    if row is None or row[1] not in {*ASKING, "handover", "digest"}:
        return []
    names = [row[2]] if row[2] else [one.get("handover") for one in json.loads(row[3] or "[]") if isinstance(one, dict)]
    if context.now - datetime.fromisoformat(row[0]) > (OF_LATE if row[2] else LISTED):
        return []
    found = (handovers.by_reference(connection, str(name)) for name in names if name)
    return [(one, str(row[1])) for one in found if one and one.is_open and subject_of(one) == sender]
