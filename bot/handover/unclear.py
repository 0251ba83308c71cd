"""Says how it stands with one's handovers, where a few words are about them and nobody understands what is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answer import answer
from bot.answers.handovers import overview
from bot.handover import rows as handovers
from bot.messages import direct
from knowledge.text import split

if TYPE_CHECKING:
    import sqlite3

    from bot.context import Context
    from bot.messages import Reply

FEW = 8
"""Whoever says more tells something, or asks it of the source."""


def unclear(text: str, connection: sqlite3.Connection, context: Context) -> list[Reply] | None:
    """What is open for whoever asks "wat moet ik hiermee" in their own chat; None when it may be about something else."""
    words = split(text)
    about = context.world.words.list("overdracht-wijs.wijst-aan")
    if context.sender is None or context.place != direct(context.sender) or len(words) > FEW or set(words).isdisjoint(about):
        return None
    if not handovers.open_of(connection, context.sender) or answer(text, context).kind != "notfound":
        return None
    return [overview(connection, context, mine=True)]
