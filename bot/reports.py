"""What only the coordinator asks for, in so many words: the yearly evaluation, and what is missing in the contact list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.contacts.list_check import asked_for_gaps
from bot.evaluation.talk import asked_for_evaluation

if TYPE_CHECKING:
    import sqlite3

    from bot.context import Context
    from bot.messages import Reply


def asked_for_report(text: str, connection: sqlite3.Connection, context: Context) -> list[Reply] | None:
    """The report that was asked for; None when something else was asked."""
    return asked_for_evaluation(text, connection, context) or asked_for_gaps(text, connection, context)
