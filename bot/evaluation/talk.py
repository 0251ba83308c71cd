"""Answers "jaarevaluatie": the coordinator gets numbers and lead times per pair, in the own chat; nobody else does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers.general import refuse_stranger
from bot.evaluation.count import cases, evaluate, year_before
from bot.evaluation.text import evaluation_reply
from bot.messages import Line, Reply, direct
from knowledge.text import fold

if TYPE_CHECKING:
    import sqlite3

    from bot.context import Context


def asked_for_evaluation(text: str, connection: sqlite3.Connection, context: Context) -> list[Reply] | None:
    """The evaluation of the last whole school year; None when something else was asked."""
    words = context.world.words
    if fold(text).strip(" .!?") not in words.list("evaluatie.horen"):
        return None
    if context.standing == "vreemde":
        return [refuse_stranger(context)]
    if not context.may("jaarevaluatie"):
        return [Reply("refusal", (Line(words.say("evaluatie.alleen-coordinator")),), data={"reason": "rights"})]
    first, last = year_before(context.today)
    found = evaluate(cases(connection, context.world, first, last), context.world, first, last)
    reply = evaluation_reply(found, context.world)
    return [reply if context.sender is None else _to(reply, direct(context.sender))]


def _to(reply: Reply, place: str) -> Reply:
    return Reply(reply.kind, reply.lines, data=reply.data, to=place, picture=reply.picture)
