"""JSON lines in, JSON lines out: the contract of `ask --jsonl` and `simulate`, and nothing else."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.messages import Chose, Said, direct

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

    from bot.messages import Envelope, Inbound

NOBODY = "terminal"
"""Who sits at the machine, when no person is named: the direct chat of a coordinator at a terminal."""


class BadLine(Exception):  # noqa: N818 - said to people
    """A line that is not what was agreed; the message says which line, what was found, and what is expected."""


def read_line(text: str, number: int) -> dict[str, Any]:
    """The object on one line. Raises `BadLine`."""
    try:
        found = json.loads(text)
    except ValueError as error:
        raise BadLine(f'regel {number}: dit is geen JSON ({error}). Verwacht: één object per regel, zoals {{"text": "…"}}') from error
    if not isinstance(found, dict):
        raise BadLine(f"regel {number}: hier staat {json.dumps(found)[:40]}, verwacht een object zoals {{\"text\": \"…\"}}")
    return found


def moment(value: Any, number: int, default: datetime | None = None) -> datetime:
    """The moment in a field `at`, with its zone. Raises `BadLine`."""
    if value is None and default is not None:
        return default
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise BadLine(f'regel {number}: at: hier staat "{value}", verwacht een tijd met zone, zoals 2026-11-23T09:00:00+01:00')
    return found


def text_of(value: Any, key: str, number: int) -> str:
    """A field that must be text. Raises `BadLine`."""
    if not isinstance(value, str):
        raise BadLine(f"regel {number}: {key}: hier staat {json.dumps(value)[:40]}, verwacht tekst")
    return value


def place_of(value: str | None, sender: str | None) -> str:
    """The core's name of a place: "dm" is the sender's own direct chat."""
    return direct(sender or NOBODY) if value in (None, "dm") else str(value)


def to_inbound(
    event: dict[str, Any], number: int, *, key: str, default: datetime | None = None, alone: bool = False
) -> Inbound:
    """What somebody said or chose, from an event. Raises `BadLine`."""
    sender = event.get("as", event.get("from"))
    if sender is not None:
        sender = text_of(sender, "from", number)
    at = moment(event.get("at"), number, default)
    place = place_of(text_of(event["in"], "in", number) if event.get("in") is not None else None, sender)
    if "message" in event:
        message = text_of(event["message"], "message", number)
        chosen = event.get("choose")
        options = tuple(str(one) for one in chosen) if isinstance(chosen, list) else (str(chosen),)
        if not message.startswith("m") or not message[1:].isdigit():
            raise BadLine(f'regel {number}: message: hier staat "{message}", verwacht het kenmerk van een bericht, zoals m17')
        return Chose(key, at, sender, place, int(message[1:]), options)
    return Said(key, at, sender, place, text_of(event.get("text"), "text", number), alone)


def to_line(envelope: Envelope) -> str:
    """One message as one line."""
    reply = envelope.reply
    found = {
        "at": envelope.at.isoformat(timespec="seconds"),
        "to": envelope.place,
        "message": f"m{envelope.message}",
        "replaces": None,
        "thread": None,
        "kind": reply.kind,
        "text": reply.text,
        "options": [{"id": option.id, "label": option.label, "selected": option.selected} for option in reply.options],
        "multiple": reply.multiple,
        "data": reply.data,
    }
    return json.dumps(found, ensure_ascii=False)


class JsonLines:
    """The adapter itself: events from a list, messages to a stream."""

    def __init__(self, events: list[Inbound], out: TextIO) -> None:
        self._events = events
        self._out = out

    async def listen(self, receive: Callable[[Inbound], None]) -> None:
        for event in self._events:
            receive(event)

    async def send(self, envelope: Envelope) -> str:
        self._out.write(to_line(envelope) + "\n")
        return f"m{envelope.message}"

