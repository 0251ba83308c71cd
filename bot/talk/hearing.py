"""Whether the assistant speaks in a place where people talk to each other, and what it says when it was not spoken to.

In a direct chat it answers everything. Elsewhere: by name, in its own thread, to whoever is in a conversation with it there,
and to a reference or a control's label (rules: when it speaks). Danger and personal data in other talk get one private line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.messages import Line, Reply, Said, direct
from bot.privacy import Findings, cleared_here
from bot.store import conversations

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from bot.context import Context
    from bot.messages import Inbound


def heard(
    inbound: Inbound, context: Context, connection: sqlite3.Connection, concerns: Callable[[str], bool]
) -> list[Reply] | None:
    """All that is said to talk that is not for the assistant, which may be nothing; None when it is to answer.

    `concerns` tells whether a text is about something that is open in this place.
    """
    if not isinstance(inbound, Said) or inbound.addressed or inbound.place == direct(inbound.sender or ""):
        return None
    current = conversations.going_on(connection, inbound.sender, inbound.place)
    if (current and current.state == "open") or concerns(inbound.text):
        return None
    whispered = overheard(inbound.text, context)
    return [whispered] if whispered else []


def overheard(text: str, context: Context) -> Reply | None:
    """One private line to whoever tells of danger or writes down personal data among others; it repeats nothing of it."""
    if context.sender is None:
        return None
    say, to = context.world.words.say, direct(context.sender)
    if context.world.understanding.read(text, context.world.names).danger:
        line = Line(say("meeluisteren.gevaar"), "alarm")
        return Reply("urgent", (line,), data={"contacts": [], "sources": ["§2.1", "§2.2"]}, to=to)
    found = cleared_here(text, context)
    if not isinstance(found, Findings):
        return None
    data = {"reason": "personal-data", "found": sorted(found.kinds), "suggestion": ""}
    return Reply("refusal", (Line(say("meeluisteren.gegevens")),), data=data, to=to)
