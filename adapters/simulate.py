"""Plays a story from a file: events in order of time in, messages out, with the clock in the script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from adapters.jsonlines import BadLine, JsonLines, Reader, read_lines
from bot.deliver import deliver

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from typing import TextIO

    from bot.app import App
    from bot.messages import Inbound
    from knowledge.network import Network


@dataclass(frozen=True, slots=True)
class Event:
    """A moment, and what somebody said or chose then; None when only time passes.

    `down`: from here to the next event the assistant is not there, and then it catches up.
    """

    at: datetime
    inbound: Inbound | None
    down: bool = False


def read_events(lines: Iterable[str], network: Network, played: int = 0) -> list[Event]:
    """The events of a story, all checked before anything is played. Raises `BadLine`.

    `played` is how many came in before: what is said twice at the same moment in two stories is still said twice.
    """
    events: list[Event] = []
    for number, fields in read_lines(lines):
        reader = Reader(fields, number, network)
        at = reader.moment()
        if events and at < events[-1].at:
            raise BadLine(f"regel {number}: at: {at.isoformat()} ligt vóór de regel ervoor, verwacht volgorde van tijd")
        if fields.get("advance") or fields.get("down"):
            events.append(Event(at, None, down=bool(fields.get("down"))))
        elif reader.has("text") or reader.has("message"):
            events.append(Event(at, reader.inbound(f"simulate/{played}/{number}")))
        else:
            raise BadLine(f"regel {number}: verwacht text, message met choose, advance, of down")
    return events


async def play(app: App, events: Iterable[Event], out: TextIO, since: datetime | None = None) -> None:
    """Plays the events. Before each all that falls due up to then is sent, in order and each at its own time.

    `since` is the moment of an import (aware): what is due only because of it comes then, for time doesn't go back.
    """
    adapter = JsonLines((), out)
    last_there: datetime | None = None
    for event in events:
        if last_there:
            app.assistant.beat(event.at, last_there)
        while not last_there and (moment := app.assistant.next_due()) is not None and moment <= event.at:
            moment = max(moment, since or moment)
            app.assistant.due(moment)
            await deliver(app.store, adapter, lambda at=moment: at)  # type: ignore[misc]
        last_there = event.at if event.down else None
        app.assistant.due(event.at)
        await deliver(app.store, adapter, lambda at=event.at: at)  # type: ignore[misc]
        if event.inbound:
            app.assistant.handle(event.inbound, event.at)
            await deliver(app.store, adapter, lambda at=event.at: at)  # type: ignore[misc]
