"""Hands a control that was used to whatever it belongs to: tapped, or typed as the number it has under its message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.plan import talk as plan_talk
from bot.talk.by_number import control_by_number

if TYPE_CHECKING:
    from bot.contacts.list_talk import ListTalk
    from bot.handover.talk import HandoverTalk
    from bot.messages import Reply, Said
    from bot.store.outbox import Outbox
    from bot.talk.converse import Talk
    from bot.training.talk import Trainer


def chosen(  # noqa: PLR0917 - all that has controls
    offered: Reply, options: tuple[str, ...], talk: Talk, trainer: Trainer, handovers: HandoverTalk, lists: ListTalk
) -> list[Reply] | None:  # fmt: skip
    """The replies to a control of a message; None when it belongs to nothing that goes on."""
    found = lists.chose(offered, options) or plan_talk.chose(talk.steps.connection, talk.context, offered, options)
    return found or trainer.chose(offered, options) or talk.chose(offered, options) or handovers.chose(offered, options)


def chosen_by_number(  # noqa: PLR0917
    inbound: Said, outbox: Outbox, talk: Talk, trainer: Trainer, handovers: HandoverTalk, lists: ListTalk
) -> list[Reply] | None:  # fmt: skip
    """The replies to a number alone; None when no card is meant, or when an earlier message was changed into it."""
    answered = outbox.message(inbound.answers) if inbound.answers else None
    found = control_by_number(inbound.text, talk.context, outbox, answered[0].reply.card if answered else None)
    return chosen(*found, talk, trainer, handovers, lists) if found and inbound.edits is None else None
