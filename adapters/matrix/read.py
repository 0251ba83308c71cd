"""What Matrix delivers, as the core hears it. Nothing here sends or writes: it looks, and says what to keep.

The id of a message is its room and its event, so that what comes twice is the same message.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from adapters.matrix import PLATFORM
from adapters.matrix.memory import Tap
from adapters.matrix.render import ON, POLL, option_for, same_question
from adapters.matrix.strays import explain
from bot.messages import Chose, Said, Undid, Withdrew, direct

if TYPE_CHECKING:
    from collections.abc import Callable

    from nio import Event, MatrixRoom

    from adapters.matrix.directory import Directory
    from adapters.matrix.memory import Memory
    from bot.messages import Inbound, Reply
    from bot.store.file import Store

VOTES = frozenset({"m.poll.response", "org.matrix.msc3381.poll.response"})
SPOKEN = frozenset({"m.text", "m.emote"})
CARRIED = frozenset({"m.image", "m.file", "m.video", "m.audio"})
"""A notice is what another bot says; what is not text we cannot read."""
TAPPED = f"{PLATFORM}-tik"
CAUSES = frozenset({PLATFORM, TAPPED})
"""How the ids of what comes in begin."""
BARE_NUMBER = re.compile(r"\s*\d{1,2}[.)]?\s*\Z")
"""Said in a thread right after we offered a list there, it is meant for us."""
QUOTE = re.compile(r"\A(?:> .*\n?)+\n?")


@dataclass(frozen=True)
class Heard:
    """What somebody said or did (None: nothing for the core), where, and what to remember of it in the same transaction."""

    inbound: Inbound | None
    room: str
    event: str
    sender: str
    keep: tuple[Callable[[], None], ...] = ()
    expects_answer: bool = False


@dataclass(frozen=True)
class Reader:
    """Reads events; `names` are the words by which people call us, in lower case."""

    directory: Directory
    memory: Memory
    store: Store
    me: str
    names: tuple[str, ...] = ()

    def read(self, room: MatrixRoom, event: Event) -> Heard | None:
        """None for what is ours, or of no meaning to us."""
        if event.sender == self.me:
            return None
        kind, content = event.source.get("type"), _part(event.source, "content")
        if kind == "m.room.message":
            return self._message(room, event, content)
        if kind == "m.reaction":
            return self._reaction(room, event, _part(content, "m.relates_to"))
        if kind == "m.room.redaction":
            return self._redaction(room, event)
        if kind in VOTES:
            return self._vote(room, event, content)
        return None

    def _where(self, room: MatrixRoom, event: Event) -> tuple[str, str | None]:
        """Who, and the place that the room is."""
        return self.directory.person(event.sender), self.directory.place(room.room_id)

    # What somebody says

    def _message(self, room: MatrixRoom, event: Event, content: dict[str, Any]) -> Heard | None:
        relation = _part(content, "m.relates_to")
        changes = relation.get("event_id") if relation.get("rel_type") == "m.replace" else None
        said = _part(content, "m.new_content") if changes else content
        carries = said.get("msgtype") in CARRIED
        if not (carries or said.get("msgtype") in SPOKEN) or not isinstance(said.get("body"), str):
            return None
        sender, place = self._where(room, event)
        own_chat = place == direct(sender)
        thread = relation.get("event_id") if relation.get("rel_type") == "m.thread" else None
        # In a thread every message "answers" the one before it, for clients that know no threads: that is nobody's meaning.
        answered = None if relation.get("is_falling_back") else _part(relation, "m.in_reply_to").get("event_id")
        called = self._is_called(said)
        addressed = own_chat or called or any(self.memory.is_ours(one) for one in (thread, answered) if one)
        if place is None or (place.startswith("dm:") and not own_chat):
            if not called:  # a room of nobody's: whoever calls us there is answered in private
                return None
            place = direct(sender)
        # The name of a file can be the name of a pupil: it is never read, what was written with it is.
        captioned = not carries or said.get("filename", said["body"]) != said["body"]
        text = self._text(said["body"], quoted=bool(answered)) if captioned else ""
        earlier = self._own_earlier(room.room_id, changes, sender) if changes else None
        replied = next((number for one in (answered, thread) if one and (number := self.memory.message_of(one))), None)
        if thread and replied is None and BARE_NUMBER.match(text):
            replied = self._offered_in(place, sender, thread)
            addressed = addressed or replied is not None
        spoken = Said(
            key(room.room_id, event.event_id), moment(event), sender, place, text, platform=PLATFORM, edits=earlier,
            addressed=addressed, thread=thread, attachments=int(carries),
            outsiders=not own_chat and self.directory.has_outsiders(room), answers=replied,
        )  # fmt: skip
        inbound: Inbound = (self._submitted(spoken, room.room_id) if own_chat and not changes else None) or spoken
        keep: list[Callable[[], None]] = [lambda: self.directory.bind(place, room.room_id)] if own_chat else []
        if thread:
            keep.append(lambda: self.memory.in_thread(event.event_id, thread))
        return Heard(inbound, room.room_id, event.event_id, event.sender, tuple(keep), addressed)

    def _offered_in(self, place: str, sender: str, thread: str) -> int | None:
        """What we last answered this person, if that was in this thread and left something to choose from."""
        last = self.store.outbox.last_said_to(place, sender)
        caused = caused_by(last.key) if last and last.reply.options else None
        return last.message if last and caused and self.memory.thread_of(caused[1]) == thread else None

    def _is_called(self, said: dict[str, Any]) -> bool:
        if self.me in (_part(said, "m.mentions").get("user_ids") or ()):
            return True
        if self.me in str(said.get("formatted_body")):  # a pill of an older client
            return True
        words = said["body"].lower()
        return any(re.search(rf"(?<!\w)@?{re.escape(name)}(?!\w)", words) for name in self.names)

    def _text(self, body: str, *, quoted: bool) -> str:
        """What was typed: without what it answers, and without the name by which we were called."""
        text = QUOTE.sub("", body) if quoted else body
        for name in (*self.names, re.escape(self.me.lower())):
            text = re.sub(rf"(?i)\A\s*@?{re.escape(name)}(?!\w)\s*[:,]?\s*|(?<!\w)@{re.escape(name)}(?!\w)", "", text)
        return text.strip()

    def _own_earlier(self, room: str, event: str, sender: str) -> str | None:
        """The message that somebody changed, if it is one of theirs that we heard."""
        found = key(room, event)
        return found if self._writer(found) == sender else None

    def _writer(self, message: str) -> str | None:
        """Of whom a message is that we heard; None when we did not."""
        row = self.store.connection.execute("SELECT sender FROM inbox WHERE id = ?", (message,)).fetchone()
        return str(row[0]) if row and row[0] else None

    def _submitted(self, said: Said, room: str) -> Chose | None:
        """Votes stand until "Verder" is chosen: typed it means the same. The poll may stand above its question as text."""
        last = self.store.outbox.last_said_to(said.place, said.sender)
        if last is None or not last.reply.multiple:
            return None
        label = next((option.label for option in last.reply.options if option.id == ON), None)
        poll = self.memory.newest(POLL, room, last.message + 1)
        asked = self.store.outbox.message(poll) if poll is not None else None
        if poll is None or asked is None or not same_question(asked[0].reply, last.reply):
            return None
        votes = self.memory.vote(poll, said.sender or "")
        if label is None or not votes or said.text.strip().lower() != label.lower():
            return None
        return Chose(said.id, said.at, said.sender, said.place, poll, votes, platform=PLATFORM)

    # What somebody does with a message of ours

    def _offered(self, event: str) -> tuple[int, Reply] | None:
        number = self.memory.message_of(event)
        known = self.store.outbox.message(number) if number is not None else None
        return (number, known[0].reply) if number is not None and known else None

    def _reaction(self, room: MatrixRoom, event: Event, relation: dict[str, Any]) -> Heard | None:
        offered = self._offered(str(relation.get("event_id")))
        option = option_for(str(relation.get("key")), offered[1].options) if offered else None
        sender, place = self._where(room, event)
        if offered is None or place is None:
            return None
        if option is None:
            return self._stray(room, event, offered[1], str(relation.get("event_id")))
        number = offered[0]
        chose = Chose(tap_key(room.room_id, event.event_id), moment(event), sender, place, number, (option,), platform=PLATFORM)
        tap = Tap(number, (option,), sender)
        return Heard(
            chose,
            room.room_id,
            event.event_id,
            event.sender,
            (lambda: self.memory.tapped(event.event_id, tap), *self._in_thread_of(number, room, event)),
            expects_answer=True,
        )

    def _in_thread_of(self, number: int, room: MatrixRoom, event: Event) -> list[Callable[[], None]]:
        """What somebody does with a message of ours in a thread is done in that thread."""
        known = self.store.outbox.message(number)
        caused = caused_by(known[0].key) if known else None
        root = self.memory.thread_of(caused[1]) if caused and caused[0] == room.room_id else None
        return [lambda: self.memory.in_thread(event.event_id, root)] if root else []

    def _stray(self, room: MatrixRoom, event: Event, offered: Reply, under: str) -> Heard | None:
        """A reaction that stands for nothing, where something can be chosen."""
        if not offered.options or not self.directory.is_member(event.sender):
            return None
        person, at = self.directory.person(event.sender), moment(event)
        keep = (lambda: explain(self.directory.app, person, under, offered, at),)
        return Heard(None, room.room_id, event.event_id, event.sender, keep)

    def _redaction(self, room: MatrixRoom, event: Event) -> Heard | None:
        """A message, a reaction or a vote that is taken away. Of a message the answer goes with it, whoever took it away (the
        homeserver knows who may); what somebody chose is only undone by themselves.
        """
        taken = str(getattr(event, "redacts", "") or event.source.get("content", {}).get("redacts", ""))
        tap = self.memory.tap(taken)
        sender, place = self._where(room, event)
        mine, at, heard = tap_key(room.room_id, event.event_id), moment(event), (room.room_id, event.event_id, event.sender)
        earlier = key(room.room_id, taken)
        if tap is None and (writer := self._writer(earlier)):
            return Heard(Withdrew(mine, at, writer, place or direct(writer), earlier, platform=PLATFORM), *heard)
        if tap is None or place is None or tap.sender != sender:
            return None
        undid = Undid(mine, at, sender, place, tap.message, tap.options, platform=PLATFORM) if tap.chose else None
        return Heard(undid, *heard, (lambda: self.memory.unvoted(tap.message, sender, tap.options),))

    def _vote(self, room: MatrixRoom, event: Event, content: dict[str, Any]) -> Heard | None:
        """A vote: on a list of one it chooses, on a list of more it chooses once "Verder" is among it. The last one counts."""
        offered = self._offered(str(_part(content, "m.relates_to").get("event_id")))
        sender, place = self._where(room, event)
        if offered is None or place is None:
            return None
        number, reply = offered
        known = {option.id for option in reply.options}
        chosen = tuple(dict.fromkeys(answer for answer in _answers(content) if answer in known))
        options = tuple(one for one in chosen if one != ON) if reply.multiple else chosen[:1]
        stands = not chosen or (reply.multiple and ON not in chosen)
        tap = Tap(number, options, sender, chose=not stands)
        keep: tuple[Callable[[], None], ...] = (
            lambda: self.memory.tapped(event.event_id, tap),
            *self._in_thread_of(number, room, event),
        )
        mine, at, heard = tap_key(room.room_id, event.event_id), moment(event), (room.room_id, event.event_id, event.sender)
        if not chosen and not reply.multiple:  # the vote before is taken back, as a reaction can be
            last = self.memory.last_tap(number, sender)
            undid = Undid(mine, at, sender, place, number, last.options, platform=PLATFORM) if last and last.chose else None
            return Heard(undid, *heard, keep)
        if reply.multiple:
            keep = (*keep, lambda: self.memory.voted(number, sender, options))
        if stands:
            return Heard(None, *heard, keep)
        chose = Chose(mine, at, sender, place, number, options, platform=PLATFORM)
        return Heard(chose, *heard, keep, expects_answer=True)


def _part(of: dict[str, Any], name: str) -> dict[str, Any]:
    """What stands there under a name; nothing where a client wrote something else there."""
    found = of.get(name)
    return found if isinstance(found, dict) else {}


def _answers(content: dict[str, Any]) -> list[str]:
    """The ids that were voted for, under either name."""
    unstable = content.get("org.matrix.msc3381.poll.response")
    found = unstable.get("answers") if isinstance(unstable, dict) else content.get("m.selections")
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []


def key(room: str, event: str) -> str:
    return f"{PLATFORM}/{room}/{event}"


def tap_key(room: str, event: str) -> str:
    return f"{TAPPED}/{room}/{event}"


def asked_in(message_key: str) -> tuple[str, str] | None:
    """Room and event of the question that a message answers, from the key that it goes by; None when it comes by itself."""
    return caused_by(message_key) if message_key.startswith(f"{PLATFORM}/") else None


def caused_by(message_key: str) -> tuple[str, str] | None:
    """The same, and also of the reaction or the vote that caused a message."""
    platform, _, rest = message_key.partition("/")
    room, _, numbered = rest.partition("/")
    event = numbered.rpartition("/")[0]
    return (room, event) if platform in CAUSES and room.startswith("!") and event.startswith("$") else None


def moment(event: Event) -> datetime:
    """When the homeserver got it, aware."""
    return datetime.fromtimestamp(event.server_timestamp / 1000, UTC)
