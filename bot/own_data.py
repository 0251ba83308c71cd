"""What the assistant will not take in (pictures, files), and taking away what it has of whoever asks ("vergeet mij")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.about_person import forget_person
from bot.messages import Line, Reply, Said, direct
from knowledge.text import fold

if TYPE_CHECKING:
    import sqlite3

    from bot.context import Context
    from bot.messages import Inbound

FORGET_ME = frozenset({"vergeet mij", "vergeet me", "wis mijn gegevens", "verwijder mijn gegevens"})


def own_data(inbound: Inbound, context: Context, connection: sqlite3.Connection) -> list[Reply] | None:
    """The replies to a picture, a file or "vergeet mij"; None when the message is about something else."""
    if not isinstance(inbound, Said):
        return None
    if inbound.attachments and not _is_danger(inbound.text, context):
        return [_refuse_attachment(context)]
    if context.sender and context.asker and fold(inbound.text).strip(" .!") in FORGET_ME and not inbound.alone:
        forget_person(connection, context.sender)
        lines = tuple(map(Line, context.world.words.list("bewaren.vergeet-mij")))
        return [Reply("confirmation", lines, to=direct(context.sender))]
    return None


def _is_danger(text: str, context: Context) -> bool:
    return context.world.understanding.read(text, context.world.names).danger is not None


def _refuse_attachment(context: Context) -> Reply:
    """Not looked at, not kept; among others only the sender hears of it."""
    say = context.world.words.say
    among_others = not context.place.startswith("dm")
    lines = [Line(say("bewaren.bijlage")), Line(say("bewaren.bijlage-kanaal" if among_others else "bewaren.bijlage-verder"))]
    to = direct(context.sender) if among_others and context.sender else None
    data = {"reason": "personal-data", "found": [], "suggestion": ""}
    return Reply("refusal", tuple(lines), data=data, to=to)
