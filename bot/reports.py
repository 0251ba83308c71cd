"""What only the coordinator gets, in the own chat: the yearly evaluation, and what is missing in the contact list."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.answers.general import refuse_stranger
from bot.contacts.list_check import gaps_asked
from bot.evaluation.talk import evaluation_asked
from bot.messages import Line, Reply, direct

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from bot.context import Context
    from bot.rights import Act

    _Asked = Callable[[str, Context], Callable[[sqlite3.Connection], Reply] | None]

_REPORTS: tuple[tuple[_Asked, Act, str], ...] = (
    (evaluation_asked, "jaarevaluatie", "evaluatie.alleen-coordinator"),
    (gaps_asked, "netwerk-wijzigen", "nakijken.alleen-coordinator"),
)
"""Each with what is needed for it, and what others hear."""


def asked_for_report(text: str, connection: sqlite3.Connection, context: Context) -> list[Reply] | None:
    """The report that was asked for; None when something else was asked."""
    for asked, act, refusal in _REPORTS:
        make = asked(text, context)
        if make is None:
            continue
        if context.standing == "vreemde":
            return [refuse_stranger(context)]
        if not context.may(act):
            return [Reply("refusal", (Line(context.world.words.say(refusal)),), data={"reason": "rights"})]
        reply = make(connection)
        return [reply if context.sender is None else replace(reply, to=direct(context.sender))]
    return None
