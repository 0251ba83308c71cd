"""The neutral vocabulary between adapters and the core: who says what where, and what is said back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime  # noqa: TC003 - the store builds envelopes from their types at run time
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal[
    "contact", "choice", "knowledge", "question", "result", "urgent", "handover", "reminder", "escalation", "digest",
    "announcement", "confirmation", "help", "refusal", "notfound",
]  # fmt: skip

Style = Literal["plain", "headline", "person", "number", "note", "reason", "alarm", "list"]
"""How a line is meant, so that each adapter can lay it out in its own way."""

NETWORK_PLACE = "netwerk"


def direct(person: str) -> str:
    """The place of a direct chat with somebody."""
    return f"dm:{person}"


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody said something.

    `id` is the platform's own and never comes twice; `sender` a person id, an unknown id, or None for somebody at the
    machine itself; `place` is `dm:…`, a koppel id or `netwerk`.
    """

    id: str
    at: datetime
    sender: str | None
    place: str
    text: str
    alone: bool = False
    """Nothing said before counts: each line of `ask` stands alone."""
    platform: str = ""
    """By which adapter it came; opaque."""
    edits: str | None = None
    """The id of an earlier message of theirs that this one corrects."""
    addressed: bool = True
    """Whether it is said to the assistant: in a direct chat, by name, or in a thread of its own."""
    thread: str | None = None
    mail: str | None = None
    """Of somebody whom the network does not know: the e-mail address that the platform vouches for."""
    attachments: int = 0
    """How many pictures and files came with it."""
    outsiders: bool = False
    """Whether the place also holds somebody who is no member (a guest, another organisation, everybody).

    Of what is not said to the assistant it need not be known."""
    about: str | None = None
    """The place in which it was asked, when it is answered in another: a command among others gets a private answer."""
    answers: int | None = None
    """The number of a message of ours to which it is a reply, or in whose thread it stands."""


@dataclass(frozen=True, slots=True)
class _OfControl:
    """What somebody did with a control of a message of ours."""

    id: str
    at: datetime
    sender: str | None
    place: str
    message: int
    options: tuple[str, ...]
    platform: str = ""
    outsiders: bool = False


@dataclass(frozen=True, slots=True)
class Chose(_OfControl):
    """Somebody used a control of a message of ours."""


@dataclass(frozen=True, slots=True)
class Undid(_OfControl):
    """Somebody took back what they chose with a control of a message of ours, such as a reaction."""


@dataclass(frozen=True, slots=True)
class Filled:
    """Somebody filled in a form: several pages of one conversation at once. `reference` is empty when it begins with this."""

    id: str
    at: datetime
    sender: str | None
    place: str
    flow: str
    reference: str
    answers: Mapping[str, tuple[str, ...]]
    platform: str = ""
    outsiders: bool = False
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Withdrew:
    """Somebody took back what they said: `message` is the id by which it came in."""

    id: str
    at: datetime
    sender: str | None
    place: str
    message: str
    platform: str = ""
    outsiders: bool = False


Inbound: TypeAlias = Said | Chose | Undid | Filled | Withdrew


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a reply."""

    text: str
    style: Style = "plain"


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose. The label is at most 40 characters, and can be typed as well."""

    id: str
    label: str
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by its name (`bot.picture.named` draws it), and all that it shows in words."""

    name: str
    alt: str


@dataclass(frozen=True, slots=True)
class File:
    """A text file that goes with a message: its name, its media type ("text/calendar") and what stands in it."""

    name: str
    media_type: str
    text: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What the assistant says: lines for people, data for programs (scenario-format), and what can be chosen."""

    kind: Kind
    lines: tuple[Line, ...]
    options: tuple[Option, ...] = ()
    multiple: bool = False
    data: dict[str, Any] = field(default_factory=dict)
    to: str | None = None
    """Another place than the one where it was asked; None: there."""
    card: str | None = None
    """The name of a message that lives on ("BLAUWE-OTTER/stand"): said again in its place it changes the one that stands there."""
    anew: bool = False
    """For a card: post a new message, which people are told of, and leave only a neutral line in the place of the earlier one."""
    urgent: bool = False
    """Goes before all that waits, as danger does."""
    picture: Picture | None = None
    file: File | None = None
    numbered: bool = True
    """A typed number stands for the option with that number; False: it is itself an answer ("7 dagen"), so options bear none."""

    @property
    def text(self) -> str:
        """The lines as plain text, as a screen reader gets it."""
        return "\n".join(line.text for line in self.lines)


class NobodyReads(Exception):
    """Whoever read what an adapter brings has gone: there is nothing more to bring, now or later."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """A reply on its way to an adapter: what to say where, under which number, and since when it is ready (aware).

    `replaces` is the number of the message that this one changes in place, `remote` the platform's own id of it (None: it is
    not there, post anew). `key` never comes twice and stays the same over every try; `unsure` says that an earlier try may
    have arrived.
    """

    message: int
    place: str
    at: datetime
    reply: Reply
    platform: str = ""
    replaces: int | None = None
    remote: str | None = None
    key: str = ""
    unsure: bool = False
