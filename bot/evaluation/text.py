"""The yearly evaluation in words, as a table for a spreadsheet, and as the name of its picture."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from bot.evaluation.bars import Bars, picture_name
from bot.messages import File, Line, Picture, Reply
from bot.say import date_in_words
from knowledge.network_csv import defused

if TYPE_CHECKING:
    from bot.context import World
    from bot.evaluation.count import Evaluation, Row
    from bot.words import Words

SOURCES = ("§3", "convenant art. 10")

MOST_LINES = 12
"""Lines for pairs, and bars in the picture: more does not fit a phone."""


def evaluation_reply(found: Evaluation, world: World) -> Reply:
    """What a coordinator reads; the table says the rest."""
    words = world.words
    shown = [row for row in found.rows if row.offered is not None]
    first, last = _period(found)
    lines = [Line(words.say("evaluatie.kop", van=first, tot=last), "headline"), Line(words.say("evaluatie.uitleg"), "note")]
    lines += [Line(_line(row, words), "list") for row in shown[:MOST_LINES]]
    if len(shown) > MOST_LINES:
        lines.append(Line(words.say("overzicht.en-nog", aantal=len(shown) - MOST_LINES), "note"))
    if few := len(found.rows) - len(shown):
        lines.append(Line(words.say("evaluatie.rest", aantal=few), "note"))
    lines.append(Line(_line(found.total, words) if found.total else words.say("evaluatie.geen-totaal")))
    picture = Picture(picture_name(bars(found, world)), words.say("evaluatie.plaatje"))
    data = {"topic": "jaarevaluatie", "sources": list(SOURCES), "confidence": 1.0, "pairs": [_data(row) for row in shown]}
    written = File(f"jaarevaluatie-{found.first.year}.csv", "text/csv", "\ufeff" + table(found, words))  # Excel needs the mark
    return Reply("knowledge", tuple(lines), data=data, picture=picture, file=written)


def bars(found: Evaluation, world: World) -> Bars:
    """What the picture shows."""
    words, (first, last) = world.words, _period(found)
    rows = tuple((row.name, row.days_to_taken, row.days_to_closed) for row in found.rows if row.offered is not None)[:MOST_LINES]
    return Bars(
        words.say("evaluatie.plaatje-kop"), words.say("evaluatie.plaatje-onder", van=first, tot=last),
        words.say("evaluatie.plaatje-over"), words.say("evaluatie.plaatje-dicht"), words.say("evaluatie.plaatje-niets"), rows,
    )  # fmt: skip


def table(found: Evaluation, words: Words) -> str:
    """The same as CSV with semicolons, as Excel in the Netherlands reads it; every pair has its line."""
    written = io.StringIO()
    heads = ("koppel", "aangeboden", "overgenomen", "opgeschaald", "ingetrokken", "dagen-over", "dagen-dicht")
    lines = csv.writer(written, delimiter=";", lineterminator="\n")
    lines.writerow([words.say(f"evaluatie.tabel-{head}") for head in heads])
    for row in (*found.rows, *([found.total] if found.total else [])):
        numbers = (row.offered, row.taken, row.escalated, row.withdrawn, row.days_to_taken, row.days_to_closed)
        lines.writerow([defused(row.name), *(_cell(number, words) for number in numbers)])
    return written.getvalue()


def _cell(number: float | None, words: Words) -> str:
    return words.say("evaluatie.minder-dan-vijf") if number is None else f"{number:g}".replace(".", ",")


def _line(row: Row, words: Words) -> str:
    if row.offered is None:
        return words.say("evaluatie.weinig", koppel=row.name)
    return words.say(
        "evaluatie.regel", koppel=row.name, aangeboden=row.offered, overgenomen=_cell(row.taken, words),
        opgeschaald=_cell(row.escalated, words), dagen=_in_days(row.days_to_taken, words),
        dagen_dicht=_in_days(row.days_to_closed, words),
    )  # fmt: skip


def _in_days(days: float | None, words: Words) -> str:
    if days is None:
        return words.say("evaluatie.onbekend")
    return words.say("evaluatie.dagen", aantal=1 if days == 1 else f"{days:g}".replace(".", ","))


def _period(found: Evaluation) -> tuple[str, str]:
    """The first and the last day in words, both with their year."""
    return date_in_words(found.first, found.last), f"{date_in_words(found.last, found.last)} {found.last.year}"


def _data(row: Row) -> dict[str, object]:
    days = {"days_to_taken": row.days_to_taken, "days_to_closed": row.days_to_closed}
    return {"pair": row.koppel, "offered": row.offered, "taken": row.taken, **days}
