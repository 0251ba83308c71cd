"""Whether the assistant speaks in a place where people talk to each other, and what it says when it was not spoken to.

In a direct chat it answers everything. Elsewhere: by name, in its own thread, to whoever is in a conversation with it there,
and to a reference or a control's label (rules: when it speaks). Danger and personal data in other talk get one private line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.messages import Line, Reply, Said, direct
from bot.privacy import Findings, cleared_here
from bot.store import conversations
from bot.store.outbox import Outbox
from bot.talk.by_number import control_by_number

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
    whispered = overheard(inbound.text, context) or lone_number(inbound.text, context, connection)
    return [whispered] if whispered else []


def lone_number(text: str, context: Context, connection: sqlite3.Connection) -> Reply | None:
    """One private line, once for each handover, to whoever may believe to have taken it over with a number among others."""
    found = control_by_number(text, context, Outbox(connection))
    reference = found[0].data.get("handover") if found else None
    if reference is None or context.sender is None or not context.may("gesprek-beginnen"):
        return None
    to = direct(context.sender)
    told = "SELECT 1 FROM outbox WHERE place = ? AND body ->> '$.data.los-nummer' = ?"
    if connection.execute(told, (to, reference)).fetchone():
        return None
    line = Line(context.world.words.say("meeluisteren.los-nummer", kenmerk=reference))
    return Reply("help", (line,), data={"los-nummer": reference}, to=to)


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
