"""Plays a story from a file: events in order of time in, messages out, with the clock in the script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from adapters.jsonlines import BadLine, JsonLines, moment, read_line, to_inbound
from bot.deliver import deliver

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from typing import TextIO

    from bot.app import App
    from bot.messages import Inbound


@dataclass(frozen=True, slots=True)
class Event:
    """A moment, and what somebody said or chose then; None when only time passes."""

    at: datetime
    inbound: Inbound | None


def read_events(lines: Iterable[str]) -> list[Event]:
    """The events of a story, checked before anything is played. Raises `BadLine`."""
    events: list[Event] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        found = read_line(line, number)
        at = moment(found.get("at"), number)
        if events and at < events[-1].at:
            raise BadLine(f"regel {number}: at: {at.isoformat()} ligt vóór de regel ervoor; zet de regels op volgorde van tijd")
        if found.get("advance"):
            events.append(Event(at, None))
        elif "text" in found or "message" in found:
            events.append(Event(at, to_inbound(found, number, key=f"simulate/{number}/{at.isoformat()}")))
        else:
            raise BadLine(f"regel {number}: verwacht text, message met choose, of advance")
    return events


async def play(app: App, events: list[Event], out: TextIO) -> None:
    """Plays the events. What falls due before an event is sent first."""
    adapter = JsonLines([], out)
    if events:
        start = events[0].at
        await deliver(app.store, adapter, lambda: start)
    for event in events:
        at = event.at
        app.assistant.due(at)
        if event.inbound:
            app.assistant.handle(event.inbound, at)
        await deliver(app.store, adapter, lambda at=at: at)  # type: ignore[misc]
