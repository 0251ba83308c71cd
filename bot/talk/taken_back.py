"""Hears what somebody takes back: a reaction, which is undone while that can be done, or a question, whose answer goes with it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.messages import Line, Reply, Withdrew

if TYPE_CHECKING:
    import sqlite3

    from bot.context import Context
    from bot.handover.talk import HandoverTalk
    from bot.messages import Undid
    from bot.store.outbox import Outbox
    from bot.training.talk import Trainer

STAY = ("urgent", "handover", "reminder", "escalation", "announcement", "confirmation")
"""Kinds that tell of danger, or of something that has been done: they stand, whatever becomes of the words that led to them."""


def taken_back(
    inbound: Undid | Withdrew, context: Context, outbox: Outbox, handovers: HandoverTalk, trainer: Trainer
) -> list[Reply]:  # fmt: skip
    """What follows from it. The answers to a question are changed where they stand; nothing is said anew."""
    if isinstance(inbound, Withdrew):
        _empty(inbound, context, handovers.connection, outbox)
        return []
    known = outbox.message(inbound.message)
    offered = known[0].reply if known else Reply("help", ())
    return handovers.undid(offered, inbound.options) or trainer.undid(offered, inbound.options)


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
