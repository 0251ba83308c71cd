"""Asks an open page again after something that was no answer to it, and never without end.

First the whole page, then only what can be chosen, and from the third time in a row the page is not said until its person wants
it: nothing but questions in between get their answers, of what nobody understands the conversation is kept for later.
How often it was asked stands with the message itself.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.messages import Line, Reply
from bot.talk.entries import Amount, Day
from bot.talk.flow import page_reply

if TYPE_CHECKING:
    from bot.store.conversations import Conversation
    from bot.talk.flow import Page
    from bot.talk.steps import Steps

TRIED = "tried"
"""Under this name a message says how often in a row its page was asked again."""

_HOW = {Amount: "getal", Day: "dag"}

MOST = 2
"""So often a page is asked again; the next time something else is said."""


def asked_again(
    steps: Steps, current: Conversation, page: Page, note: str, last: Reply | None, *, aside: bool = False
) -> Reply:  # fmt: skip
    """What is said where an answer was expected and none came. `aside`: something else was asked, and has just been answered."""
    tried = tried_before(last, current, page) + 1
    if tried > MOST:
        if not aside:
            steps.save(replace(current, state="paused"))
        key = "gesprek.wacht-hier" if aside else "gesprek.loopt-vast"
        line = Line(steps.context.world.words.say(key, kenmerk=current.reference))
        known = {"flow": current.flow, "step": page.step, "reference": current.reference}
        return Reply("confirmation", (line,), data={**known, TRIED: tried})
    again = page_reply(page, steps.flow(current), current.reference, steps.around(current), steps.note(note))
    again = short(again, page, steps, note) if tried > 1 else again
    return replace(again, data={**again.data, TRIED: tried})


def tried_before(last: Reply | None, current: Conversation, page: Page) -> int:
    """How often in a row this page was asked again already."""
    same = last is not None and last.data.get("reference") == current.reference and last.data.get("step") == page.step
    return int(last.data.get(TRIED, 0)) if last and same else 0


def waits_for(last: Reply | None) -> str | None:
    """The step that was kept because it was asked too often, when that is the last thing that was said; else None."""
    kept = last is not None and last.kind == "confirmation" and int(last.data.get(TRIED, 0)) > MOST
    return str(last.data["step"]) if last and kept else None


def short(reply: Reply, page: Page, steps: Steps, note: str) -> Reply:
    """The question and what can be chosen, without what was explained before."""
    noted = steps.note(note)
    lines = tuple(line for line in reply.lines if line.style != "note" and line not in noted)
    how = _HOW[type(page.entry)] if page.entry else "meer" if page.multiple else "een"
    hint = Line(steps.context.world.words.say(f"gesprek.kort-{how}"), "note")
    return replace(reply, lines=(*noted, *lines, hint))
