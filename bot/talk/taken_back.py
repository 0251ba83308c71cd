"""Hears what somebody takes back: a reaction or a vote, which is undone while that can be done, or what they typed.

The answer to a question goes with it. In a conversation that goes on what was answered is asked again.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.messages import Line, Reply, Withdrew
from bot.store import conversations

if TYPE_CHECKING:
    import sqlite3

    from bot.context import Context
    from bot.handover.talk import HandoverTalk
    from bot.messages import Undid
    from bot.store.conversations import Conversation
    from bot.store.outbox import Outbox
    from bot.talk.flow import Values
    from bot.talk.steps import Steps
    from bot.training.talk import Trainer

NOTHING = frozenset({"verder", "geen"})
"""Options that end a list and are no answer in it."""
STAY = ("urgent", "handover", "reminder", "escalation", "announcement", "confirmation")
"""Kinds that tell of danger, or of something that has been done: they stand, whatever becomes of the words that led to them."""


def taken_back(
    inbound: Undid | Withdrew, steps: Steps, outbox: Outbox, handovers: HandoverTalk, trainer: Trainer
) -> list[Reply]:  # fmt: skip
    """What follows from it. The answers to a question are changed where they stand."""
    if isinstance(inbound, Withdrew):
        _empty(inbound, steps.context, steps.connection, outbox)
        answered = conversations.answered_by(steps.connection, inbound.message)
        return _asked_again(steps, *answered) if answered else []
    known = outbox.message(inbound.message)
    offered = known[0].reply if known else Reply("help", ())
    reference, step = offered.data.get("reference"), offered.data.get("step")
    if reference and step and (current := conversations.by_reference(steps.connection, str(reference))):
        return _asked_again(steps, current, str(step), tuple(one for one in inbound.options if one not in NOTHING))
    return handovers.undid(offered, inbound.options) or trainer.undid(offered, inbound.options)


def _asked_again(steps: Steps, current: Conversation, step: str, values: Values | None = None) -> list[Reply]:
    """The question of a conversation that goes on, without its answer; nothing when that has become another (not `values`)."""
    mine = current.person == steps.context.sender and current.place == steps.context.place
    if not mine or current.state != "open" or step not in steps.position(current).path:
        return []
    if values is not None and current.answers[step] != values:
        return []
    answers = {one: kept for one, kept in current.answers.items() if one != step}
    return steps.advance(current, answers, steps.note("gesprek.antwoord-weg"))


def _empty(inbound: Withdrew, context: Context, connection: sqlite3.Connection, outbox: Outbox) -> None:
    """Puts one neutral line in the place of every answer to a message of theirs. What asks on in a conversation stays."""
    rows = connection.execute(
        "SELECT outbox.key, outbox.place, group_concat(delivery.platform) "
        "FROM outbox JOIN delivery ON delivery.message = outbox.id "
        "WHERE outbox.key > ? AND outbox.key < ? AND outbox.card IS NULL AND outbox.asker = ? AND body IS NOT NULL "
        "AND body ->> '$.data.step' IS NULL AND body ->> '$.data.handover' IS NULL "
        "AND body ->> '$.kind' NOT IN (SELECT value FROM json_each(?)) GROUP BY outbox.id",
        (f"{inbound.message}/", f"{inbound.message}/:", inbound.sender, json.dumps(STAY)),
    ).fetchall()
    line = Line(context.world.words.say("algemeen.weggehaald"), "note")
    at = context.now.astimezone(context.network.zone)
    for number, (key, place, platforms) in enumerate(rows):
        said = Reply("help", (line,), data={"lapsed": True})
        outbox.say_instead(key, f"{inbound.id}/{number}", place, None, at, said, platforms.split(","))
