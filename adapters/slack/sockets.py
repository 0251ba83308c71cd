"""The connection to Slack without an open port: one at a time, in order, and renewed when it is alive but deaf.

A socket can answer every ping and yet bring nothing any more. What we post ourselves comes back over it: if that stays away the
socket is deaf. And one that has brought nothing for long is renewed in any case; Slack brings again what was not acknowledged.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

from adapters.slack.call import REVOKED, Revoked

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_bolt.async_app import AsyncApp
    from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
    from slack_sdk.socket_mode.request import SocketModeRequest

    from adapters.slack.access import Access
    from bot.words import Words

ECHO_SECONDS = 20.0
"""After how long what we posted must have come back."""
SILENT_SECONDS = 600.0
"""After how long without a word a socket is renewed, to be sure."""
LOOKS_APART = 1.0
PING_SECONDS = 10.0

log = logging.getLogger(__name__)


class Ears:
    """When we last heard something, and since when we should have."""

    def __init__(self, seconds: Callable[[], float], echo: float = ECHO_SECONDS, silent: float = SILENT_SECONDS) -> None:
        self._seconds, self._echo, self._silent = seconds, echo, silent
        self._last = self._alive = seconds()
        self._expected: float | None = None
        self.heard = 0
        """How many deliveries came in."""

    def spoke(self, before: int) -> None:
        """Something was posted when so many deliveries had come in: it comes back as one more, perhaps before this was said."""
        if self._expected is None and self.heard == before:
            self._expected = self._seconds()

    def hear(self) -> None:
        self._last = self._seconds()
        self._expected = None
        self.heard += 1

    def live(self) -> None:
        """The connection is there, and answers."""
        self._alive = self._seconds()

    def silent_for(self) -> float:
        """Seconds since the last sign of life."""
        return self._seconds() - max(self._last, self._alive)

    def are_deaf(self) -> bool:
        now = self._seconds()
        return (self._expected is not None and now - self._expected > self._echo) or now - self._last > self._silent


class Sockets:
    """Socket Mode for one app."""

    def __init__(self, bolt: AsyncApp, access: Access, ears: Ears, words: Words, connected: Callable[[float], None]) -> None:
        """`connected` is told of every new connection, and how many seconds there was no sign of life before it."""
        from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler  # noqa: PLC0415 - heavy
        from slack_sdk.web.async_client import AsyncWebClient  # noqa: PLC0415

        self._words, self._ears, self._connected = words, ears, connected
        web = AsyncWebClient(token=access.app_token, base_url=access.api, retry_handlers=[])
        self._handler = AsyncSocketModeHandler(bolt, access.app_token, web_client=web, ping_interval=PING_SECONDS)
        self._client = self._handler.client
        self._waiting: asyncio.Queue[SocketModeRequest] = asyncio.Queue()
        # The library starts a task for each delivery; two quick messages of one person would race. Ours takes them in order.
        self._client.socket_mode_request_listeners = [self._queue]
        self._client.message_listeners.append(self._overheard)

    async def run(self) -> None:
        """Until it is cancelled. Raises `Revoked`."""
        try:
            await self._connect()
            async with asyncio.TaskGroup() as group:
                group.create_task(self._work())
                group.create_task(self._watch())
        finally:
            await self._handler.close_async()  # type: ignore[no-untyped-call]

    async def _connect(self, *, anew: bool = False) -> None:
        """Connects, however long Slack is away; only a token that is no good ends it. `anew`: though there is a connection."""
        from slack_sdk.errors import SlackApiError  # noqa: PLC0415 - heavy

        wait = 1.0
        while True:
            try:
                await self._client.connect_to_new_endpoint(force=anew)
            except SlackApiError as error:
                data = error.response.data
                word = str(data.get("error")) if isinstance(data, dict) else ""
                if word in REVOKED:
                    raise Revoked(self._words.say("melding.app-token-ingetrokken", woord=word)) from None
                log.warning("connecting failed: %s", word or type(error).__name__)
            except Exception as error:  # noqa: BLE001 - the library stumbles in its own ways over an answer that is no JSON
                log.warning("connecting failed: %s", type(error).__name__)
            else:
                silent = self._ears.silent_for()
                self._ears.hear()
                self._connected(silent)
                return
            await asyncio.sleep(wait)
            wait = min(wait * 2, 60.0)

    async def _queue(self, _client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        self._waiting.put_nowait(request)

    async def _overheard(self, _client: AsyncBaseSocketModeClient, message: dict[str, Any], _raw: str | None) -> None:
        if message.get("type") != "disconnect":
            self._ears.hear()

    async def _work(self) -> None:
        """One delivery after the other: handled, and only then acknowledged."""
        while True:
            request = await self._waiting.get()
            try:
                await self._handler.handle(self._client, request)
            except Exception as error:  # noqa: BLE001 - no acknowledgement: Slack brings it again
                log.warning("a delivery could not be handled: %s", type(error).__name__)

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(LOOKS_APART)
            if self._ears.are_deaf():
                log.warning("the socket was deaf or silent and is renewed")
                self._ears.hear()
                await self._connect(anew=True)
            elif await self._client.is_connected():
                self._ears.live()
            else:  # the library looks itself, but only every ten seconds
                await self._connect()
