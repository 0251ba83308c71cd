"""Asks after what people said while we were away. Slack brings a message again for some minutes only, and after that never.

What came in already is known by its id, so it does no harm to read a little too much. Commands and buttons are not asked after:
Slack tells whoever used them that it did not work.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from adapters.port import TryLater
from adapters.slack import limits
from adapters.slack.call import AGAIN, No, Revoked, call
from adapters.slack.directory import PLATFORM
from adapters.slack.read import thread_of
from adapters.slack.send import NoPlace, since
from bot.deliver import Unsure
from bot.duties import done_until, mark_done
from bot.health import SEEN
from bot.messages import NETWORK_PLACE, direct
from bot.store.outbox import in_order

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
    from datetime import datetime

    from slack_sdk.web.async_client import AsyncWebClient

    from adapters.slack.directory import Directory
    from bot.app import App

Payload = dict[str, Any]

UNNOTICED = timedelta(minutes=1)
"""Of so short a while Slack brings everything again by itself."""

MARGIN = timedelta(minutes=5)
"""So much further back is read: our clock may differ from Slack's, and the last sign of life was not the last message."""

LONGEST = timedelta(days=3)
"""What was asked longer ago, somebody has asked another by now."""

APART = 1.3
"""Seconds between two questions: Slack takes some fifty in a minute."""

MOST_CHATS = 500
"""People whose direct chats are read, those who were last spoken to first: it takes a second or two for each."""

LATELY = timedelta(days=14)
"""So long before we went, a thread in which we spoke may still go on."""

MOST_THREADS = 20
"""Threads of one place that began before what is read of it, newest first: each takes a second or two."""

TRIES = 3
AWAY = f"weg/{PLATFORM}"
"""In the clock: from when on there is still to be asked after."""

log = logging.getLogger(__name__)


class Missed:
    """Reads the places of the network back, from a moment on, and hands what people said there to `take`, oldest first."""

    def __init__(
        self, app: App, client: AsyncWebClient, directory: Directory, channel: Callable[[str], Awaitable[str]],
        clock: Callable[[], datetime], *, apart: float = APART,
    ) -> None:  # fmt: skip
        """`channel` gives the channel of a place; it may raise as `call` does, or `NoPlace`."""
        self._app, self._client, self._directory, self._channel = app, client, directory, channel
        self._clock, self._apart = clock, apart
        connection = app.store.connection
        self._seen = done_until(connection, AWAY) or done_until(connection, f"{SEEN}{PLATFORM}")
        self._reading: asyncio.Task[None] | None = None

    def connected(self, silent: float, take: Callable[[Payload], Awaitable[None]]) -> None:
        """There is a connection again, after so many seconds without a sign of life: reads back if that was long."""
        now = self._clock()
        seen, self._seen = self._seen or now - timedelta(seconds=silent), None
        if now - seen <= UNNOTICED:
            return
        connection = self._app.store.connection
        begin = max(min(seen - MARGIN, done_until(connection, AWAY) or seen), now - LONGEST)
        with self._app.store.transaction():
            mark_done(connection, AWAY, begin)
        self.stop()
        self._reading = asyncio.ensure_future(self._read_back(begin, take))

    def stop(self) -> None:
        """What was not read yet is read when there is a connection again."""
        if self._reading:
            self._reading.cancel()

    async def _read_back(self, begin: datetime, take: Callable[[Payload], Awaitable[None]]) -> None:
        whole = True
        for place in list(self._places()):
            try:
                for event in await self._patiently(place, begin):
                    await take(event)
            except (NoPlace, No):
                continue  # the person has no account here, or we are not in that channel: `doctor` says so
            except Revoked:
                return
            except Exception as error:  # noqa: BLE001 - one place that cannot be read, or a message that cannot be kept now
                log.warning("what was missed could not be read everywhere: %s", type(error).__name__)
                whole = False
        log.info("asked after what was missed")
        if whole:
            with self._app.store.transaction():
                self._app.store.connection.execute("DELETE FROM clock WHERE name = ?", (AWAY,))

    def _places(self) -> Iterator[str]:
        """The channels, and then the direct chats, those first in which something was said last."""
        network = self._directory.network
        for place in (NETWORK_PLACE, *(koppel.id for koppel in network.koppels)):
            if self._directory.target(place):
                yield place
        said = self._app.store.connection.execute(
            "SELECT place, max(id) FROM outbox WHERE place GLOB 'dm:*' GROUP BY place ORDER BY 2 DESC"
        )
        spoken = [str(row[0]) for row in said]
        people = [direct(person.id) for person in network.people]
        yield from [one for one in dict.fromkeys((*spoken, *people)) if self._directory.target(one)][:MOST_CHATS]

    async def _patiently(self, place: str, begin: datetime) -> list[Payload]:
        """What people said in a place since a moment, as events. Raises as `call` does, when trying again does not help."""
        tries = 0
        while True:
            try:
                channel = await self._channel(place)
                found = [one async for one in self._said(place, channel, begin)]
            except TryLater as error:
                await asyncio.sleep(error.after.total_seconds())
            except Unsure:
                tries += 1
                if tries == TRIES:
                    raise
                await asyncio.sleep(AGAIN.total_seconds())
            else:
                kind = "im" if place.startswith("dm:") else "channel"
                more = {"type": "message", "channel": channel, "channel_type": kind}
                return [{**one, **more} for one in sorted(found, key=lambda one: str(one["ts"]))]

    async def _said(self, place: str, channel: str, away: datetime) -> AsyncIterator[Payload]:
        """The messages of a channel since a moment, and those in its threads: of the last page, and those further back of ours."""
        begin, oldest = since(away), ""
        async for message in self._pages("conversations.history", begin, channel=channel):
            oldest = message["ts"]
            if message["ts"] > begin:
                yield message
            if message.get("latest_reply", "") > begin:
                async for reply in self._replies(channel, message["ts"], begin):
                    yield reply
        for root in self._threads_before(oldest, place, channel, away):
            try:
                async for reply in self._replies(channel, root, begin):
                    yield reply
            except No:  # it was taken away meanwhile
                continue

    async def _replies(self, channel: str, root: str, begin: str) -> AsyncIterator[Payload]:
        async for reply in self._pages("conversations.replies", begin, channel=channel, ts=root, oldest=begin):
            if reply["ts"] > begin and reply["ts"] != root:
                yield reply

    def _threads_before(self, oldest: str, place: str, channel: str, away: datetime) -> list[str]:
        """The threads in which we spoke lately, and messages of ours that can have become one, that began before what was read.

        Slack has no question for "which threads went on", and a channel tells of a thread only where it begins.
        """
        said = self._app.store.connection.execute(
            "SELECT outbox.key, delivery.remote_id FROM outbox JOIN delivery ON delivery.message = outbox.id "
            "WHERE outbox.place = ? AND delivery.platform = ? AND delivery.state = 'sent' AND delivery.remote_id != '' "
            "AND (delivery.sent_at > ? OR (outbox.card IS NOT NULL AND outbox.body IS NOT NULL)) ORDER BY outbox.id DESC",
            (place, PLATFORM, in_order(away - LATELY)),
        )
        roots = (thread_of(key, channel) or root_of(remote, channel) for key, remote in said)
        return [root for root in dict.fromkeys(roots) if root and root < oldest][:MOST_THREADS]

    async def _pages(self, method: str, begin: str, **arguments: str) -> AsyncIterator[Payload]:
        cursor = ""
        while True:
            await asyncio.sleep(self._apart)
            answer = await call(self._client, method, limit=str(limits.LAST_SEEN), cursor=cursor or None, **arguments)
            messages = answer.get("messages", [])
            for message in messages:
                yield message
            cursor = answer.get("response_metadata", {}).get("next_cursor", "")
            if not cursor or not messages or messages[-1]["ts"] <= begin:
                return


def root_of(remote: str, channel: str) -> str | None:
    """What people answer in a thread when they answer a message of ours in this channel: its first post."""
    where, _, times = remote.partition("/")
    return times.partition("+")[0] if where == channel else None
