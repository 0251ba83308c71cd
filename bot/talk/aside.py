"""An answer in the middle of a conversation. The open page is said again below it, and the numbers are that page's."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from bot.messages import Line, Option, Reply
from knowledge.text import fold, split

if TYPE_CHECKING:
    from bot.words import Words

KEPT = "tussendoor"


def between(reply: Reply, words: Words) -> Reply:
    """The answer as it is said before the page: what can be chosen is named, and what else there is to know is left out."""
    lines = reply.lines
    match reply.kind:
        case "choice":
            head = tuple(line for line in lines[:-1] if line.style != "list")
            named = tuple(Line(line.text.partition(". ")[2]) for line in lines if line.style == "list")
            return replace(reply, lines=(*head, *named, Line(words.say("gesprek.tussendoor-kies"), "note")))
        case "refusal" if reply.options:
            told = Line(words.say("gesprek.tussendoor-zonder", voorstel=reply.data["suggestion"]), "note")
            return replace(reply, lines=(*lines[:-1], told))
        case "knowledge":
            also = words.say("kennis.ook")
            return replace(reply, lines=tuple(takewhile(lambda line: line.text != also, lines)), options=())
        case _:
            return reply


def keep(page: Reply, choice: Reply) -> Reply:
    """The page said again, which remembers whom one could choose before it. What a refusal offers back is kept nowhere else."""
    if choice.kind != "choice":
        return page
    offered = [[option.id, option.label] for option in choice.options]
    return replace(page, data={**page.data, KEPT: {"options": offered, "data": choice.data}})


def meant(text: str, last: Reply | None) -> tuple[Reply, str] | None:
    """The choice that was asked before the page, and which of it is named; None when the text names none, or several."""
    kept = last.data.get(KEPT) if last else None
    typed = set(split(fold(text)))
    if not kept or not typed:
        return None
    options = tuple(Option(str(one), str(label)) for one, label in kept["options"])
    found = [option.id for option in options if typed <= set(split(fold(option.label)))]
    return (Reply("choice", (), options, data=kept["data"]), found[0]) if len(found) == 1 else None
