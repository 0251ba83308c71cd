"""A number alone that is said where a card with controls stands: the control with that number.

Among others it must be said to the assistant: in a reply to the card, in its thread, with its reference, or by name. People there
answer each other with numbers too, and what is taken over by mistake is held by nobody (rules: when it speaks).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.messages import direct

if TYPE_CHECKING:
    from bot.context import Context
    from bot.messages import Reply
    from bot.store.outbox import Outbox

NUMBER = re.compile(r"([1-9][0-9]?)[.)]?")
LOOKED_BACK, FURTHER = 50, 500
"""Messages in which is looked for a card: for the only one that stands there, and for one that is pointed at."""


def control_by_number(
    text: str, context: Context, outbox: Outbox, about: str | None = None
) -> tuple[Reply, tuple[str, ...]] | None:  # fmt: skip
    """The card that stands there and the option that is meant; None when the number may mean something else.

    `about`: what was pointed at, the reference of a handover or the name of a card. Else a list to choose from that this person
    got after the card goes before it, and in a direct chat nothing else may have been said since.
    """
    typed = NUMBER.fullmatch(text.strip())
    if typed is None:
        return None
    own_chat = context.place == direct(context.sender or "")
    most = FURTHER if about else 1 if own_chat else LOOKED_BACK
    standing = [one for one in outbox.cards_in(context.place, most) if about in {None, one[1].card, one[1].data.get("handover")}]
    alive = [one for one in standing if one[1].options]
    if len(alive) != 1:
        return None
    posted, reply = alive[0]
    last = None if about else outbox.last_said_to(context.place, context.sender)
    newer = last is not None and last.message > posted and last.reply.card is None and last.reply.options
    number = int(typed[1])
    return None if newer or number > len(reply.options) else (reply, (reply.options[number - 1].id,))
