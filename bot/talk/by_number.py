"""A number alone that is said where a card with controls stands: the control with that number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.messages import direct

if TYPE_CHECKING:
    from bot.context import Context
    from bot.messages import Reply
    from bot.store.outbox import Outbox

NUMBER = re.compile(r"([1-9][0-9]?)[.)]?")
LOOKED_BACK = 50
"""Messages in which is looked for a card."""


def control_by_number(text: str, context: Context, outbox: Outbox) -> tuple[Reply, tuple[str, ...]] | None:
    """The card that stands there and the option that is meant; None when the number may mean something else.

    A list to choose from that this person got after the card goes before it. In a direct chat nothing else may have been said
    since.
    """
    typed = NUMBER.fullmatch(text.strip())
    if typed is None:
        return None
    own_chat = context.place == direct(context.sender or "")
    alive = [one for one in outbox.cards_in(context.place, 1 if own_chat else LOOKED_BACK) if one[1].options]
    if len(alive) != 1:
        return None
    posted, reply = alive[0]
    last = outbox.last_said_to(context.place, context.sender)
    newer = last is not None and last.message > posted and last.reply.card is None and last.reply.options
    number = int(typed[1])
    return None if newer or number > len(reply.options) else (reply, (reply.options[number - 1].id,))
