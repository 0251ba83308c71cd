"""Answers "jaarevaluatie": the coordinator gets numbers and lead times per pair, in the own chat; nobody else does.

Of the last whole school year, of this one so far ("jaarevaluatie dit jaar"), or of the one begun in a year ("jaarevaluatie 2025").
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from bot.answers.general import refuse_stranger
from bot.evaluation.count import cases, evaluate, year_before
from bot.evaluation.text import evaluation_reply
from bot.messages import Line, Reply, direct
from knowledge.text import fold

if TYPE_CHECKING:
    import sqlite3

    from bot.context import Context

_YEAR = re.compile(r"(.+?)(?: van)?(?: het)?(?: schooljaar)? (20\d\d)(?: ?[-/] ?(?:20)?\d\d)?")


def asked_for_evaluation(text: str, connection: sqlite3.Connection, context: Context) -> list[Reply] | None:
    """The evaluation that was asked for; None when something else was asked."""
    words = context.world.words
    period = _period(fold(text).strip(" .!?"), context)
    if period is None:
        return None
    if context.standing == "vreemde":
        return [refuse_stranger(context)]
    if not context.may("jaarevaluatie"):
        return [Reply("refusal", (Line(words.say("evaluatie.alleen-coordinator")),), data={"reason": "rights"})]
    found = evaluate(cases(connection, context.world, *period), context.world, *period)
    reply = evaluation_reply(found, context.world)
    return [reply if context.sender is None else _to(reply, direct(context.sender))]


def _period(asked: str, context: Context) -> tuple[date, date] | None:
    """The first and the last day of what is asked for; a year that is not over yet ends today."""
    words, today = context.world.words, context.today
    if asked in words.list("evaluatie.horen"):
        return year_before(today)
    if asked in words.list("evaluatie.horen-dit-jaar"):
        return date.fromordinal(year_before(today)[1].toordinal() + 1), today
    named = _YEAR.fullmatch(asked)
    if named is None or named[1] not in words.list("evaluatie.horen"):
        return None
    year = int(named[2])
    return (date(year, 8, 1), min(date(year + 1, 7, 31), today)) if date(year, 8, 1) <= today else year_before(today)


def _to(reply: Reply, place: str) -> Reply:
    return replace(reply, to=place)
