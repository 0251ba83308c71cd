"""The end of a guided conversation: the result, to be shown again or thrown away."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from bot.messages import Line, Option, Reply
from bot.talk.flow import Done, Page

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping, Sequence

    from bot.context import Context
    from bot.talk.flow import Case

    Lead: TypeAlias = Callable[[sqlite3.Connection, Context], list[Reply]]

STEP = "uitkomst"
WISHES = ("laat-zien", "weggooien")


@dataclass(frozen=True)
class Wish:
    """Something that can be chosen on one kind of result, besides what can be chosen on all: its words, and what it leads to."""

    label: str
    also: tuple[str, ...]
    leads: Lead


def outcome(case: Case, lines: Sequence[Line], data: dict[str, object], more: Mapping[str, Wish] | None = None) -> Done:
    """The result with what can be chosen on it. `data` gets the step and the reference."""
    more = more or {}
    words = case.context.world.words
    if case.one(STEP) == "weggooien":
        return Done((Reply("confirmation", (Line(words.say("uitkomst.weg", kenmerk=case.reference)),)),), erase=True)
    options = tuple(Option(one, wish.label) for one, wish in more.items())
    options += tuple(Option(one, words.say(f"uitkomst.{one}")) for one in WISHES)
    shown = [*lines, Line(words.say("uitkomst.kenmerk", kenmerk=case.reference), "note")]
    shown += [Line(f"{number}. {option.label}", "list") for number, option in enumerate(options, start=1)]
    reply = Reply("result", tuple(shown), options, data={**data, "step": STEP, "reference": case.reference})
    also = {one: tuple(words.list(f"uitkomst.ook-{one}")) for one in WISHES}
    also |= {one: wish.also for one, wish in more.items()}
    done = Done((reply,), Page(STEP, words.say("uitkomst.naam"), reply.lines, options, also=also))
    if chosen := more.get(case.one(STEP) or ""):
        return Done((), done.after, forget=(STEP,), then=chosen.leads)
    return done if case.one(STEP) is None else replace(done, forget=(STEP,))
