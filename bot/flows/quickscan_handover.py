"""From the result of a quickscan to a handover (`§2.4` step 7): its reference and its phase go along, its factors stay."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.talk.flow import Done

if TYPE_CHECKING:
    import sqlite3

    from bot.context import Context
    from bot.messages import Reply
    from bot.talk.flow import Answers, Case, Page

HANDOVER = "overdracht"


def start_handover_from_scan(case: Case, phase: int, after: Page | None) -> Done:
    """Begins the conversation in which a handover is offered; the result stays as it was."""
    return Done((), after, forget=("uitkomst",), then=partial(begin_handover, given=_given(case.reference, phase)))


def scanned(last: Reply | None) -> Answers:
    """What is known already when somebody hands over right after a result."""
    if last is None or last.kind != "result" or last.data.get("flow") != "quickscan" or not last.data.get("reference"):
        return {}
    own = last.data.get("own_judgement")
    phase = last.data["phase"] if own is None else own
    return _given(str(last.data["reference"]), int(phase)) if phase else {}


def _given(reference: str, phase: int) -> Answers:
    return {"scan": (reference,), "scan-fase": (str(phase),)}


def begin_handover(connection: sqlite3.Connection, context: Context, given: Answers) -> list[Reply]:
    """Begins the conversation in which a handover is offered, with what is known of it already."""
    from bot.talk.steps import Steps  # noqa: PLC0415 - it knows all conversations, and so this one

    return Steps(connection, context).start(HANDOVER, given=given)
