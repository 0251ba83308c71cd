"""JSON lines in, JSON lines out: the contract of `ask --jsonl` and `simulate`, and nothing else."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.messages import NETWORK_PLACE, Chose, Said, direct

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Iterator
    from typing import TextIO

    from bot.messages import Envelope, Inbound
    from knowledge.network import Network

NOBODY = "terminal"
"""Who sits at the machine, when no person is named: the direct chat of a coordinator at a terminal."""

FIRST_YEAR, LAST_YEAR = 2000, 2199
_MESSAGE = re.compile(r"m([0-9]{1,15})")


class BadLine(Exception):
    """Lines that are not what was agreed; the message says which line, what was found, and what is expected."""


def read_lines(lines: Iterable[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects, each with the number of its line; empty lines are passed over. Raises `BadLine`."""
    for number, line in enumerate(lines, start=1):
        text = line.strip().lstrip("\ufeff")  # what PowerShell and Notepad put before the first line
        if text:
            yield number, _object(text, number)


def _object(text: str, number: int) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise BadLine(f"regel {number}: dit is geen JSON. Verwacht: één object op de regel, zoals {_EXAMPLE}") from None
    if not isinstance(found, dict):
        raise BadLine(f"regel {number}: hier staat {_shown(found)}, verwacht een object, zoals {_EXAMPLE}")
    return found


_EXAMPLE = '{"text": "wie is onze wijkagent"}'


def moment_of(value: Any) -> datetime:
    """An aware moment. Raises ValueError with what was expected."""
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise ValueError(f"at: hier staat {_shown(value)}, verwacht een tijd met zone, zoals 2026-11-23T09:00:00+01:00")
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValueError(f"at: hier staat {_shown(value)}, verwacht een jaar van {FIRST_YEAR} tot en met {LAST_YEAR}")
    return found


def place_of(value: str | None, sender: str | None, network: Network) -> str:
    """The core's name of a place: "dm" is the sender's own direct chat. Raises ValueError with what was expected."""
    own = direct(sender or NOBODY)
    if value in (None, "dm", own):
        return own
    if value == NETWORK_PLACE or value in network.koppel_by_id:
        return str(value)
    koppels = ", ".join(network.koppel_by_id) or "geen"
    raise ValueError(f'in: de plek "{value}" ken ik niet, verwacht dm, netwerk of een koppel (dat zijn: {koppels})')


class Reader:
    """Reads the fields of one line; whatever does not hold is said with the number of the line."""

    def __init__(self, fields: dict[str, Any], number: int, network: Network) -> None:
        self._fields = fields
        self._number = number
        self._network = network

    def said(self, key: str, *, asker: str, default: datetime, alone: bool = True) -> Said:
        """A question. Raises `BadLine`."""
        sender = self.text(asker) if self.has(asker) else None
        at = self.moment() if self.has("at") else default
        return Said(key, at, sender, self.place(sender), self.text("text"), alone)

    def inbound(self, key: str) -> Inbound:
        """What somebody says or chooses in a story. Raises `BadLine`."""
        at, sender = self.moment(), self.text("from")
        if not self.has("message"):
            attachments = self._fields.get("attachments")
            count = attachments if isinstance(attachments, int) else 0
            return Said(key, at, sender, self.place(sender), self.text("text"), attachments=count)
        number = _MESSAGE.fullmatch(self.text("message"))
        if number is None:
            raise self.fault("message", "het kenmerk van een bericht, zoals m17")
        chosen = self._fields.get("choose")
        options: list[Any] = chosen if isinstance(chosen, list) else [chosen]
        if not all(isinstance(option, str) for option in options):
            raise self.fault("choose", "de id van een optie, of een lijst ervan")
        return Chose(key, at, sender, self.place(sender), int(number[1]), tuple(options))

    def has(self, key: str) -> bool:
        return self._fields.get(key) is not None

    def text(self, key: str) -> str:
        value = self._fields.get(key)
        if not isinstance(value, str):
            raise self.fault(key, "tekst")
        return value.encode("utf-8", "replace").decode()  # half a character, which no database takes

    def moment(self) -> datetime:
        try:
            return moment_of(self._fields.get("at"))
        except ValueError as error:
            raise BadLine(f"regel {self._number}: {error}") from None

    def place(self, sender: str | None) -> str:
        try:
            return place_of(self.text("in") if self.has("in") else None, sender, self._network)
        except ValueError as error:
            raise BadLine(f"regel {self._number}: {error}") from None

    def fault(self, key: str, expected: str) -> BadLine:
        found = f"hier staat {_shown(self._fields[key])}" if key in self._fields else "ontbreekt"
        return BadLine(f"regel {self._number}: {key}: {found}, verwacht {expected}")


def read_questions(lines: Iterable[str], network: Network, moment: datetime) -> list[Said]:
    """The questions of `ask --jsonl`, all of them or none. Raises `BadLine`."""
    return [
        Reader(fields, number, network).said(f"ask/{number}", asker="as", default=moment) for number, fields in read_lines(lines)
    ]


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else f"{text[:40]}…"


def to_line(envelope: Envelope) -> str:
    """One message as one line."""
    reply = envelope.reply
    found = {
        "at": envelope.at.isoformat(timespec="seconds"),
        "to": envelope.place,
        "message": f"m{envelope.message}",
        "replaces": f"m{envelope.replaces}" if envelope.replaces else None,
        "thread": None,
        "kind": reply.kind,
        "text": reply.text,
        "options": [{"id": option.id, "label": option.label, "selected": option.selected} for option in reply.options],
        "multiple": reply.multiple,
        "data": reply.data,
    }
    if reply.file:
        found["file"] = {"name": reply.file.name, "media_type": reply.file.media_type, "text": reply.file.text}
    if reply.picture:
        found["picture"] = {"name": reply.picture.name, "alt": reply.picture.alt}
    return json.dumps(found, ensure_ascii=False)


class JsonLines:
    """The adapter itself: events from a list, messages to a stream."""

    name = ""

    def __init__(self, events: Iterable[Inbound], out: TextIO) -> None:
        self._events = events
        self._out = out

    async def listen(self, receive: Callable[[Inbound], Awaitable[None]]) -> None:
        for event in self._events:
            await receive(event)

    async def send(self, envelope: Envelope) -> str:
        self._out.write(to_line(envelope) + "\n")
        return f"m{envelope.message}"
