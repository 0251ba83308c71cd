"""Where what is said is not locked away from whoever runs the platform nothing about a case stands, and no handover is begun.

Which places these are their platform tells. A pair with such a place has its handovers in direct messages, as if it had none.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.messages import Line, Reply, direct
from bot.routes import DIRECT

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable

    from bot.context import Context

CASES = frozenset({"handover", "reminder", "escalation"})
BEGINS = frozenset({"overdracht", "belverzoek"})
"""The conversations at the end of which a handover stands."""


def note(connection: sqlite3.Connection, platform: str, places: Collection[str]) -> None:
    """Keeps which places of a platform are not locked: these and no others. Inside a transaction."""
    connection.execute("DELETE FROM unsealed WHERE platform = ?", (platform,))
    connection.executemany("INSERT INTO unsealed (platform, place) VALUES (?, ?)", [(platform, one) for one in places])


def noted(connection: sqlite3.Connection, platform: str) -> set[str]:
    """The places that this platform told of."""
    return {row[0] for row in connection.execute("SELECT place FROM unsealed WHERE platform = ?", (platform,))}


def is_unsealed(connection: sqlite3.Connection, place: str | None) -> bool:
    """Whether a place is not locked, on any of its platforms."""
    return connection.execute("SELECT 1 FROM unsealed WHERE place = ?", (place,)).fetchone() is not None


def is_about_case(reply: Reply) -> bool:
    """Whether a reply is about a handover, or shares a scan."""
    data = reply.data
    listed = any("handover" in one for one in data.get("open", ()))
    shared = reply.kind == "announcement" and "phase" in data
    return reply.kind in CASES or bool(data.get("handover")) or listed or shared


def not_here(context: Context) -> list[Reply]:
    """What whoever begins a handover in such a place reads, with the way on: their own chat, locked."""
    say, own = context.world.words.say, direct(context.sender or "")
    alone = context.place == own
    refused = Reply("refusal", (Line(say("onversleuteld.niet-hier-prive" if alone else "onversleuteld.niet-hier")),))
    on = Reply("handover", (Line(say("onversleuteld.wel-hier")),), to=own)
    return [refused, on] if context.sender else [refused]


def apart(connection: sqlite3.Connection, replies: Iterable[Reply], context: Context) -> list[Reply]:
    """The replies; what is about a case and was asked in such a place goes to the asker alone, with a line that says so."""
    if context.place.startswith(DIRECT) or not is_unsealed(connection, context.place):
        return list(replies)
    found: list[Reply] = []
    for reply in replies:
        if reply.to in {None, context.place} and is_about_case(reply):
            found.append(instead(reply, context.world.words.say("onversleuteld.antwoord-prive")))
            if context.sender:
                found.append(replace(reply, card=None, anew=False, to=direct(context.sender)))
        else:
            found.append(reply)
    return found


def instead(reply: Reply, text: str) -> Reply:
    """What stands in the place of a reply that may not stand there."""
    return Reply("refusal", (Line(text),), to=reply.to)
