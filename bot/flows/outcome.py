"""The end of a guided conversation: the result, to be shown again or thrown away."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.flow import Done, Page
from bot.messages import Line, Option, Reply

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.flow import Case

STEP = "uitkomst"
WISHES = ("laat-zien", "weggooien")


def outcome(case: Case, lines: Sequence[Line], data: dict[str, object]) -> Done:
    """The result with what can be chosen on it. `data` gets the step and the reference."""
    words = case.context.world.words
    if case.one(STEP) == "weggooien":
        return Done((Reply("confirmation", (Line(words.say("uitkomst.weg", kenmerk=case.reference)),)),), erase=True)
    options = tuple(Option(one, words.say(f"uitkomst.{one}")) for one in WISHES)
    shown = [*lines, Line(words.say("uitkomst.kenmerk", kenmerk=case.reference), "note")]
    shown += [Line(f"{number}. {option.label}", "list") for number, option in enumerate(options, start=1)]
    reply = Reply("result", tuple(shown), options, data={**data, "step": STEP, "reference": case.reference})
    also = {one: tuple(words.list(f"uitkomst.ook-{one}")) for one in WISHES}
    done = Done((reply,), Page(STEP, words.say("uitkomst.naam"), reply.lines, options, also=also))
    return done if case.one(STEP) is None else replace(done, forget=(STEP,))
