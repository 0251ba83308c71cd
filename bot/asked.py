"""What is asked in one place and answered in another: a command typed among others gets a private answer, about that place.

The answer remembers where it was asked, so that what goes on from it ("en de jeugdagent?") is about the same place.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.late import answered
from bot.messages import Filled, Said

if TYPE_CHECKING:
    from datetime import datetime

    from bot.context import Context
    from bot.messages import Inbound, Reply
    from bot.words import Words

ASKED_IN = "asked_in"
"""Where the data of an answer says in which place it was asked, when that is another than where it stands."""


def asked_in(inbound: Inbound) -> str | None:
    """The place in which it was asked; None when it is the place in which it is answered."""
    return inbound.about if isinstance(inbound, (Said, Filled)) else None


def marked(reply: Reply, inbound: Inbound, at: datetime | None, words: Words) -> Reply:
    """The answer, with where it was asked. `at` is the local moment of the answer where whoever asked reads it: then it says when
    it was asked, if it could not be answered sooner.
    """
    place = asked_in(inbound)
    reply = replace(reply, data={**reply.data, ASKED_IN: place}) if place else reply
    return answered(reply, inbound.at, at, words) if at and isinstance(inbound, Said) and reply.lines else reply


def going_on(context: Context, before: Reply) -> Context:
    """The surroundings of what goes on from an answer: about the place in which that was asked, unless this names its own."""
    return replace(context, about=context.about or before.data.get(ASKED_IN))
