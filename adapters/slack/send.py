"""Brings a message to Slack, once: posts it, or edits the one it replaces, and looks first when an earlier try may have arrived.

A post carries the message's key in its metadata, so that it can be found again. The platform's id of a message is its channel
and its times: `C0123/1764000000.000100`, and `+` between the times of a long one that takes several posts.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from adapters.port import TryLater
from adapters.slack import limits
from adapters.slack.call import AGAIN, No, Revoked, call, pages
from adapters.slack.controls import plain
from adapters.slack.files import Files, without_picture
from adapters.slack.read import thread_of
from adapters.slack.render import Part, render
from bot.deliver import Refused, Unsure
from bot.messages import direct

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from datetime import datetime

    from slack_sdk.web.async_client import AsyncWebClient

    from adapters.slack.directory import Directory
    from bot.messages import Envelope
    from bot.words import Words

EVENT = "verbinder_message"
PICTURE_WAITS = (1, 2, 4, 8)
"""How many times as long as between two messages is waited for a picture: Slack looks it over after it was uploaded."""
CLOCKS_APART = timedelta(minutes=5)
"""How much our clock may differ from Slack's."""
GONE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})


log = logging.getLogger(__name__)


class NoPlace(Refused):
    """The place has no channel here, or the person no account."""


class Sender:
    """Everything that goes out. One channel gets one message at a time, and not sooner than Slack takes them."""

    def __init__(
        self, client: AsyncWebClient, directory: Directory, words: Words, *, seconds: Callable[[], float],
        draw: Callable[[str], bytes], apart: float,
    ) -> None:  # fmt: skip
        """`draw` makes a picture by its name."""
        self._client, self._directory, self._words = client, directory, words
        self._seconds, self._apart = seconds, apart
        self.chats: dict[str, str] = {}
        """The direct chats that are known, by user."""
        self._free: dict[str, float] = {}
        self._files = Files(client, draw)

    async def send(self, envelope: Envelope) -> str:
        """Returns Slack's id of the message. Raises `TryLater`, `Unsure`, `Revoked`, `No`, `NoPlace`."""
        stands: dict[str, str] = {}
        try:
            return await self._bring(envelope, stands)
        except (TryLater, Revoked) as stopped:
            if not stands:
                raise
            raise Unsure(getattr(stopped, "after", AGAIN), type(stopped).__name__) from None  # a part of it stands there

    async def _bring(self, envelope: Envelope, stands: dict[str, str]) -> str:
        """`stands`: what was posted of it, as far as that goes."""
        channel = await self.channel(envelope.place)
        parts = render(envelope.reply, envelope.message, self._words, self._called(envelope))
        if envelope.reply.picture:
            parts = await self._files.with_picture(parts, envelope.reply.picture)
        if envelope.remote and envelope.reply.data.get("erased"):
            return await self._erase(envelope.remote, parts[0])
        if envelope.remote:
            return await self._edit(envelope, parts, channel, stands)
        return await self._post(channel, parts, envelope, stands)

    def _called(self, envelope: Envelope) -> list[str]:
        """Who is to be told by name: in a channel, of what is new there. A change tells nobody."""
        if envelope.remote or envelope.place.startswith("dm:"):
            return []
        people = envelope.reply.data.get("mentions", ())
        return [user for person in people if (user := self._directory.target(direct(str(person))))]

    async def channel(self, place: str) -> str:
        """The channel of a place; of a person the direct chat, which is opened if need be. Raises as `call` does, and `NoPlace`."""
        target = self._directory.target(place)
        if target is None:
            raise NoPlace(place)
        if not place.startswith("dm:"):
            return target
        if target not in self.chats:
            answer = await call(self._client, "conversations.open", users=target)
            self.chats[target] = answer["channel"]["id"]
        return self.chats[target]

    async def _post(self, channel: str, parts: list[Part], envelope: Envelope, stands: dict[str, str]) -> str:
        thread = thread_of(envelope.key, channel)
        if envelope.unsure:
            stands |= await self._look(channel, thread, envelope.at)
        if (file := envelope.reply.file) and not stands.get(f"file:{file.name}", "") > since(envelope.at):
            await self._files.share(channel, thread, file)
            stands[f"file:{file.name}"] = "now"
        times = []
        for number, part in enumerate(parts):
            mark = mark_of(envelope.key, number)
            if mark not in stands:
                stands[mark] = await self._say(channel, part, mark, thread)
            times.append(stands[mark])
        return f"{channel}/{'+'.join(times)}"

    async def _say(self, channel: str, part: Part, mark: str, thread: str | None) -> str:
        await self._turn(channel)
        answer = await self._write(
            "chat.postMessage", part, channel=channel, thread_ts=thread, unfurl_links=False, unfurl_media=False,
            metadata={"event_type": EVENT, "event_payload": {"key": mark}},
        )  # fmt: skip
        return str(answer["ts"])

    async def _write(self, method: str, part: Part, **arguments: Any) -> dict[str, Any]:
        """Posts or changes a message. A picture that Slack is not ready with yet is waited for, and in the end left out."""
        for times in PICTURE_WAITS:
            try:
                return await call(self._client, method, text=part.text, blocks=part.blocks, **arguments)
            except No as refused:
                if refused.error != "invalid_blocks" or part == without_picture(part):
                    raise
            await asyncio.sleep(times * self._apart)
        log.warning("a message goes without its picture: Slack does not take it")
        return await call(self._client, method, text=part.text, blocks=without_picture(part).blocks, **arguments)

    async def _turn(self, channel: str) -> None:
        """Waits until the channel takes another message."""
        now = self._seconds()
        free = max(now, self._free.get(channel, now))
        self._free[channel] = free + self._apart
        if free > now:
            await asyncio.sleep(free - now)

    async def _edit(self, envelope: Envelope, parts: list[Part], channel: str, stands: dict[str, str]) -> str:
        """Changes what stands there, part by part. What has gone, or has become longer, is posted anew."""
        remote = str(envelope.remote)
        where, _, joined = remote.partition("/")
        times = joined.split("+")
        longer = await self._post(channel, parts, envelope, stands) if len(parts) > len(times) else None
        if longer:
            line = self._words.say("algemeen.vervangen")
            parts = [Part(line, [{"type": "context", "elements": [plain(line)]}])]
        try:
            for ts, part in zip(times, _fitted(parts, len(times)), strict=True):
                await self._write("chat.update", part, channel=where, ts=ts)
        except No as refused:
            if refused.error not in GONE:
                raise
            return longer or await self._post(channel, parts, envelope, stands)
        return longer or remote

    async def _erase(self, remote: str, line: Part) -> str:
        """One line in the place of the first part; the others go. What is not there any more need not be posted again."""
        where, _, joined = remote.partition("/")
        first, *others = joined.split("+")
        changed = await self._unless_gone(self._write("chat.update", line, channel=where, ts=first))
        for ts in others if changed else (first, *others):
            await self._unless_gone(call(self._client, "chat.delete", channel=where, ts=ts))
        return remote

    @staticmethod
    async def _unless_gone(asked: Awaitable[object]) -> bool:
        """Whether it was done; False where the message is not there any more, or can not be changed."""
        try:
            await asked
        except No as refused:
            if refused.error not in GONE:
                raise
            return False
        return True

    async def _look(self, channel: str, thread: str | None, at: datetime) -> dict[str, str]:
        """The messages of ours that stand there since a moment, by their mark. A channel is read back, a thread from its start."""
        method, limit = "conversations.replies" if thread else "conversations.history", str(limits.LAST_SEEN)
        found: dict[str, str] = {}
        async for page in pages(self._client, method, channel=channel, ts=thread, include_all_metadata="true", limit=limit):
            messages = page.get("messages", [])
            for mark, ts in (pair for message in messages for pair in _marks(message)):
                found[mark] = max(ts, found.get(mark, ""))
            if not thread and messages and messages[-1]["ts"] < since(at - CLOCKS_APART):
                break
        return found


def _marks(message: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What a message of ours can be recognised by, with its time: the names of its files, and the mark in its metadata."""
    for file in message.get("files", []):
        yield f"file:{file.get('name')}", message["ts"]
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") == EVENT:
        yield str(metadata["event_payload"]["key"]), message["ts"]


def mark_of(key: str, number: int) -> str:
    """What a post is found again by. The key itself stays here: others in the workspace can read metadata."""
    return hashlib.sha256(f"{key}#{number}".encode()).hexdigest()[:32]


def since(moment: datetime) -> str:
    """A moment as Slack writes the times of its messages."""
    return f"{moment.timestamp():.6f}"


def _fitted(parts: list[Part], count: int) -> list[Part]:
    """As many parts as there are messages to edit: one that is over says no more than a dot."""
    return [*parts, *(Part("…", [{"type": "divider"}]) for _ in range(count - len(parts)))]


