"""Answers "jaarevaluatie": numbers and lead times per pair.

Of the last whole school year, of this one so far ("jaarevaluatie dit jaar"), or of the one begun in a year ("jaarevaluatie 2025").
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from bot.evaluation.count import cases, evaluate, year_before
from bot.evaluation.text import evaluation_reply
from knowledge.text import fold

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from bot.context import Context
    from bot.messages import Reply

_YEAR = re.compile(r"(.+?)(?: van)?(?: het)?(?: schooljaar)? (20\d\d)(?: ?[-/] ?(?:20)?\d\d)?")


def evaluation_asked(text: str, context: Context) -> Callable[[sqlite3.Connection], Reply] | None:
    """What makes the evaluation that is asked for; None when something else is."""
    period = _period(fold(text).strip(" .!?"), context)
    if period is None:
        return None

    def made(connection: sqlite3.Connection) -> Reply:
        return evaluation_reply(evaluate(cases(connection, context.world, *period), context.world, *period), context.world)

    return made


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
