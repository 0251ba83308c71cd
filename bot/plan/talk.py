"""What somebody answers to a reminder of a plan: done, later, or no more. Works inside one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.messages import Line, Reply
from bot.plan import rows as plans
from bot.plan.duty import DONE, FLOW, LATER, STOP
from bot.talk.choose import choice_in_words

if TYPE_CHECKING:
    import sqlite3

    from bot.context import Context


def said(connection: sqlite3.Connection, context: Context, text: str, last: Reply | None) -> list[Reply] | None:
    """The replies to a text right after a reminder; None when it is no answer to it."""
    if last is None or last.data.get("flow") != FLOW:
        return None
    option = choice_in_words(text, last)
    return chose(connection, context, last, (option,)) if option else None


def chose(connection: sqlite3.Connection, context: Context, offered: Reply, options: tuple[str, ...]) -> list[Reply] | None:
    """The replies to a control of a reminder; None when it belongs to none."""
    if offered.data.get("flow") != FLOW or not options:
        return None
    say, reference = context.world.words.say, str(offered.data["plan"])
    if context.sender != offered.data["person"]:
        return [Reply("refusal", (Line(say("plan.van-ander")),), data={"reason": "rights"})]
    if options[0] == STOP:
        plans.drop(connection, reference)
        return [_said(say("plan.gestopt", kenmerk=reference))]
    if options[0] == LATER:
        return [_said(say("plan.tot-later"))]
    for option in options:
        plans.tick(connection, reference, int(option.removeprefix(DONE)))
    left = plans.of_plan(connection, reference)
    return [_said(say("plan.afgevinkt", aantal=len(left)) if left else say("plan.klaar", kenmerk=reference))]


def _said(text: str) -> Reply:
    return Reply("confirmation", (Line(text),))
