"""Several pages of a conversation on one form: which those are, whether what was filled in holds, and what follows from it.

A form is another way to the same answers: it is the conversation's own pages, and it ends in the conversation's own result.
Opening one changes nothing; filling it in does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.flows import FLOWS
from bot.flows.quickscan_form import may_stay_open, pages_together
from bot.store import conversations
from bot.talk.flow import NOT_SURE, Case, Done, replay

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.messages import Filled, Reply
    from bot.store.conversations import Conversation
    from bot.talk.flow import Answers, Page, Values
    from bot.talk.steps import Steps

TOGETHER: dict[str, Callable[[Case], tuple[Page, ...]]] = {"quickscan": pages_together}
"""The conversations that can be filled in on a form."""


@dataclass(frozen=True)
class Form:
    """What to ask now. `reference` is empty for a conversation that has yet to begin."""

    flow: str
    reference: str
    pages: tuple[Page, ...]
    optional: frozenset[str]


def form_for(steps: Steps, flow: str, reference: str = "") -> Form | None:
    """The form for somebody, now; None when there is nothing to fill in, or they may not, or are in another conversation."""
    if flow not in TOGETHER or not steps.context.may("gesprek-beginnen"):
        return None
    current = conversations.by_reference(steps.connection, reference) if reference else steps.going_on()
    if reference and (current is None or current.person != steps.context.sender or current.state == "done"):
        return None
    if current is not None and current.flow != flow:
        return None
    known: Answers = replay(FLOWS[flow], current.answers, steps.context, current.reference).accepted if current else {}
    # How often it happens may have been filled in before it was asked for.
    stacking = current.answers.get("stapeling") if current else None
    answers = {**known, "stapeling": stacking} if stacking else known
    called = current.reference if current else ""
    pages = TOGETHER[flow](Case(answers, steps.context, called))
    return Form(flow, called, pages, frozenset(page.step for page in pages if may_stay_open(page))) if pages else None


def faults_in(filled: Filled, asked: tuple[str, ...], steps: Steps) -> dict[str, str]:
    """What is wrong with what was filled in, by page, in words; nothing is taken of a form with a fault in it.

    A form that the conversation has passed meanwhile has no faults: what happens with it is said in the chat.
    """
    say = steps.context.world.words.say
    form = form_for(steps, filled.flow, filled.reference)
    if form is None:
        return {}
    found: dict[str, str] = {}
    for page in form.pages:
        values = filled.answers.get(page.step, ())
        if page.step not in asked:
            continue
        if not values:
            if page.step not in form.optional:
                found[page.step] = say("formulier.kies-iets")
        elif NOT_SURE in values and len(values) > 1:
            found[page.step] = say("formulier.of-weet-niet")
        elif not page.accepts(values):
            found[page.step] = say("formulier.kies-opnieuw")
    return found


def filled_in(steps: Steps, filled: Filled) -> list[Reply]:
    """What is said to a form that holds: the result, or nothing yet when there is more to fill in."""
    if not steps.context.may("gesprek-beginnen"):
        return []
    current = _conversation(steps, filled)
    if current is None:
        return [steps.plain("algemeen.keuze-verlopen")]
    if current.flow != filled.flow:
        return [steps.which_to_keep(current, filled.flow)]
    answers = {**current.answers, **_answers(filled.answers)}
    position = replay(FLOWS[current.flow], answers, steps.context, current.reference)
    if isinstance(position.at, Done) or position.stale:
        return steps.advance(current, answers)
    steps.save(replace(current, answers=answers, state="open"))
    return []


def _conversation(steps: Steps, filled: Filled) -> Conversation | None:
    """The conversation that the form is of; begun now when it has yet to begin."""
    if filled.reference:
        found = conversations.by_reference(steps.connection, filled.reference)
        return found if found and found.person == steps.context.sender and found.state != "done" else None
    return steps.going_on() or steps.begin(filled.flow)


def _answers(filled: Mapping[str, Values]) -> dict[str, Values]:
    """What was answered. How often it happens, left open, is asked for when it matters."""
    return {step: values for step, values in filled.items() if values or step != "stapeling"}
