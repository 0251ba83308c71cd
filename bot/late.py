"""A message that was kept waiting says of when it is: what stood in it was true then."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.messages import Line
from bot.say import named_day

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from bot.messages import Envelope
    from bot.words import Words

LATE = timedelta(minutes=15)
"""What waited for a platform that was merely busy is not worth a word."""


def dated(envelope: Envelope, now: datetime, zone: tzinfo, words: Words) -> Envelope:
    """With a last line that says of when it is, if it comes that late. What is changed in place is how it is now: it needs none."""
    if envelope.remote is not None or now - envelope.at <= LATE:
        return envelope
    said, today = envelope.at.astimezone(zone), now.astimezone(zone).date()
    moment = f"{said:%H:%M}" if said.date() == today else f"{named_day(said.date(), today)} {said:%H:%M}"
    note = Line(words.say("algemeen.kwam-later", moment=moment), "note")
    return replace(envelope, reply=replace(envelope.reply, lines=(*envelope.reply.lines, note)))
