"""A message that was kept waiting says of when it is, and an answer that comes late of when the question was."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.messages import Line
from bot.say import named_day

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from bot.messages import Envelope, Reply
    from bot.words import Words

LATE = timedelta(minutes=15)
"""What waited for a platform that was merely busy is not worth a word."""

LONGEST = timedelta(days=4)
"""What seems to be older is a clock that is wrong."""


def answered(reply: Reply, asked: datetime, at: datetime, words: Words) -> Reply:
    """The answer to what was asked at a moment, with a last line that says so if that is long ago. `at` is local, `asked` aware."""
    if not LATE < at - asked < LONGEST:
        return reply
    note = Line(words.say("algemeen.vroeg-eerder", moment=_moment(asked, at)), "note")
    return replace(reply, lines=(*reply.lines, note))


def _moment(moment: datetime, now: datetime) -> str:
    """A moment in the zone of `now`: the time alone when it is of the same day."""
    said = moment.astimezone(now.tzinfo)
    return f"{said:%H:%M}" if said.date() == now.date() else f"{named_day(said.date(), now.date())} {said:%H:%M}"


def dated(envelope: Envelope, now: datetime, zone: tzinfo, words: Words) -> Envelope:
    """With a last line that says of when it is, if it comes that late. What is changed in place is how it is now: it needs none."""
    if envelope.remote is not None or now - envelope.at <= LATE:
        return envelope
    note = Line(words.say("algemeen.kwam-later", moment=_moment(envelope.at, now.astimezone(zone))), "note")
    return replace(envelope, reply=replace(envelope.reply, lines=(*envelope.reply.lines, note)))
