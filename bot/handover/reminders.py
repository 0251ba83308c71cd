"""The duty that reminds of handovers and takes them higher: what is due, one message a place, posted anew (`§2.4` step 7)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.duties import Desk, News
from bot.handover import ladder
from bot.handover import rows as handovers
from bot.handover.away import at_a_desk, went_back
from bot.handover.reminder_text import Alert, alerts
from bot.handover.rows import Event

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.handover.rows import Handover

AT_ONCE = 500

STEPS = ("herinnerd", "opgeschaald")
"""How the history of a handover calls what is done here."""


class Reminders:
    """Takes every step that is due. One whose people are not there yet waits for them; none is ever dropped."""

    def next_due(self, desk: Desk) -> datetime | None:
        return handovers.next_due(desk.connection)

    def run(self, desk: Desk, now: datetime) -> Iterable[News]:
        while found := handovers.due_by(desk.connection, now, AT_ONCE):
            for one in found:
                yield from _step(one, desk, now)


def _step(one: Handover, desk: Desk, now: datetime) -> Iterable[News]:
    step = ladder.step_now(one, desk.world, now)[0]
    if step.moment > now:
        handovers.save(desk.connection, replace(one, next_at=step.moment))
        return
    if step.back:
        for number, reply in enumerate(went_back(desk.connection, at_a_desk(desk.world, now, desk.routes), one)):
            yield News(f"terug/{one.reference}/{step.slot}/{number}", reply)
        return
    taken = replace(one, since=now, rung=step.rung, level=step.level, slot=step.slot)
    moved = ladder.planned(taken, desk.world)
    handovers.save(desk.connection, moved)
    earlier = handovers.history(desk.connection, one.reference)
    told = frozenset(event.other for event in earlier if event.event in STEPS and event.other)
    event = STEPS[0] if step.level == 1 else STEPS[1]
    for recipient in step.recipients:
        handovers.note(desk.connection, one.reference, Event(event, now, other=recipient.person.id, about=str(step.level)))
    yield from alerts(Alert(moved, step, desk, now, told))
