"""An answer in the middle of a conversation. The open page is said again below it, and the numbers are that page's."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from bot.messages import Line

if TYPE_CHECKING:
    from bot.messages import Reply
    from bot.words import Words


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
