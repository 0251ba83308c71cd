"""Answers "klopt de lijst?": the coordinator hears in the own chat where the contact list has holes; nobody else does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.answers.general import refuse_stranger
from bot.check import found_in, known_from
from bot.messages import Line, Reply, direct
from knowledge.network_alike import together
from knowledge.text import fold

if TYPE_CHECKING:
    import sqlite3

    from bot.context import Context

MOST = 10
"""Lines: more does not fit a phone."""


def asked_for_gaps(text: str, connection: sqlite3.Connection, context: Context) -> list[Reply] | None:
    """What is missing in the list, old or about to end, the holes first; None when something else was asked."""
    words = context.world.words
    if fold(text).strip(" .!?") not in words.list("nakijken.horen"):
        return None
    if context.standing == "vreemde":
        return [refuse_stranger(context)]
    if not context.may("netwerk-wijzigen"):
        return [Reply("refusal", (Line(words.say("nakijken.alleen-coordinator")),), data={"reason": "rights"})]
    found = together(found_in(context.world.reach, context.today, known_from(connection)))
    if not found:
        return [Reply("help", (Line(words.say("nakijken.geen")),))]
    lines = [Line(words.say("nakijken.kop", aantal=len(found)), "headline")]
    lines += [Line(words.say("nakijken.regel", tekst=gap.text), "list") for gap in found[:MOST]]
    if len(found) > MOST:
        lines.append(Line(words.say("nakijken.rest", aantal=len(found) - MOST), "note"))
    lines.append(Line(words.say("nakijken.verder"), "note"))
    reply = Reply("help", tuple(lines))
    return [reply if context.sender is None else replace(reply, to=direct(context.sender))]
