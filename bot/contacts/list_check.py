"""Answers "klopt de lijst?": where the contact list has holes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.check import found_in, known_from
from bot.messages import Line, Reply
from knowledge.network_alike import together
from knowledge.text import fold

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from bot.context import Context

MOST = 10
"""Lines: more does not fit a phone."""


def gaps_asked(text: str, context: Context) -> Callable[[sqlite3.Connection], Reply] | None:
    """What makes the answer to "klopt de lijst?"; None when something else is asked."""
    asked = fold(text).strip(" .!?") in context.world.words.list("nakijken.horen")
    return (lambda connection: _gaps(connection, context)) if asked else None


def _gaps(connection: sqlite3.Connection, context: Context) -> Reply:
    """What is missing in the list, old or about to end, the holes first."""
    say, found = context.world.words.say, together(found_in(context.world.reach, context.today, known_from(connection)))
    if not found:
        return Reply("help", (Line(say("nakijken.geen")),))
    lines = [Line(say("nakijken.kop", aantal=len(found)), "headline")]
    lines += [Line(say("nakijken.regel", tekst=gap.text), "list") for gap in found[:MOST]]
    if len(found) > MOST:
        lines.append(Line(say("nakijken.rest", aantal=len(found) - MOST), "note"))
    return Reply("help", (*lines, Line(say("nakijken.verder"), "note")))
