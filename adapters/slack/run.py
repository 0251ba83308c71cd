"""The assistant in one workspace of Slack: over Socket Mode, or over signed HTTP requests for who wants an address of their own."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from adapters.port import TryLater
from adapters.slack.audience import Audience
from adapters.slack.call import Revoked, call
from adapters.slack.desk import Core, Desk
from adapters.slack.directory import PLATFORM, Directory
from adapters.slack.events import attach
from adapters.slack.forms import Forms
from adapters.slack.hints import Hints
from adapters.slack.home import Homes
from adapters.slack.limits import SECONDS_APART
from adapters.slack.missed import APART, Missed
from adapters.slack.read import Reader
from adapters.slack.send import Sender
from adapters.slack.sheets import Sheets
from adapters.slack.sockets import Ears, Sockets
from bot.deliver import Unsure

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from slack_bolt.async_app import AsyncApp

    from adapters.port import Receive
    from adapters.slack.access import Access
    from bot.app import App
    from bot.messages import Envelope

PATH = "/slack/events"
log = logging.getLogger(__name__)


class Slack:
    """The adapter."""

    name = PLATFORM

    def __init__(
        self, app: App, access: Access, clock: Callable[[], datetime], *, apart: float = SECONDS_APART, ears: Ears | None = None,
        patience: int = 30, asked_apart: float = APART,
    ) -> None:  # fmt: skip
        """`clock` gives aware moments. `apart`: seconds between two messages in one channel; `patience`: seconds for an answer;
        `asked_apart`: seconds between two questions after what was missed.
        """
        from slack_sdk.web.async_client import AsyncWebClient  # noqa: PLC0415 - heavy, and only needed where Slack is

        self._app, self._access, self._clock = app, access, clock
        # The library's own way of trying again would repeat a post that did arrive.
        self._client = AsyncWebClient(token=access.bot_token, base_url=access.api, retry_handlers=[], timeout=patience)
        self._ears = ears or Ears(self._seconds)
        self._directory = Directory(app)
        self._sender = Sender(
            self._client, self._directory, app.words, seconds=self._seconds, draw=self._draw, apart=apart
        )  # fmt: skip
        self._missed = Missed(app, self._client, self._directory, self._sender.channel, clock, apart=asked_apart)
        self._homes = Homes(app, self._client, self._directory, clock)
        self._known = asyncio.Lock()
        self._lost = asyncio.Event()
        """Set when the token turns out to be no good any more."""
        self._me = self._bot = ""

    def _draw(self, name: str) -> bytes:
        from bot.picture.named import picture_png  # noqa: PLC0415 - heavy, and only where there is a picture

        return picture_png(name, self._app.assistant.world.library)

    def _seconds(self) -> float:
        return asyncio.get_running_loop().time()

    async def send(self, envelope: Envelope) -> str:
        await self._introduce()
        before = self._ears.heard
        try:
            found = await self._sender.send(envelope)
        except Revoked as fault:
            self._lost.set()
            raise self._shut_out(fault) from None
        self._ears.spoke(before)
        about = envelope.reply.data
        if "handover" in about:
            self._homes.changed(*(str(about[role]) for role in ("giver", "addressee", "holder") if role in about))
        return found

    async def listen(self, receive: Receive) -> None:
        """Until it is cancelled. Raises `Revoked`."""
        await self._introduce()
        desk = self._desk(receive)
        bolt = self._bolt(desk)

        def connected(silent: float) -> None:
            self._missed.connected(silent, desk.message)

        if self._access.app_token:
            ways = Sockets(bolt, self._access, self._ears, self._app.words, connected).run()
        else:
            ways = self._serve(bolt, connected)
        listening, lost = asyncio.ensure_future(ways), asyncio.ensure_future(self._lost.wait())
        try:
            await asyncio.wait((listening, lost), return_when=asyncio.FIRST_COMPLETED)
            if lost.done():
                raise self._shut_out(Revoked("token_revoked"))
            await listening
        finally:
            self._missed.stop()
            for one in (listening, lost):
                one.cancel()
            await asyncio.gather(listening, lost, return_exceptions=True)

    def _shut_out(self, fault: Revoked) -> Revoked:
        return Revoked(self._app.words.say("melding.token-ingetrokken", woord=fault.word))

    def silent_for(self) -> float:
        """See `Watched`. Of who comes to an address of ours nothing can be known while nobody says something."""
        return self._ears.silent_for() if self._access.app_token else 0.0

    async def _introduce(self) -> None:
        """Asks Slack once who we are and in which workspace; waits while Slack is away. Raises `Revoked`."""
        async with self._known:
            wait = 1.0
            while not self._me:
                try:
                    answer = await call(self._client, "auth.test")
                except Revoked as fault:
                    raise self._shut_out(fault) from None
                except TryLater as error:
                    log.warning("Slack does not answer: again after %s", error)
                    await asyncio.sleep(error.after.total_seconds())
                except Unsure as error:
                    log.warning("Slack does not answer: %s", error)
                    await asyncio.sleep(wait)
                    wait = min(wait * 2, 60.0)
                else:
                    self._me, self._bot, self._directory.home = answer["user_id"], answer.get("bot_id", ""), answer["team_id"]

    def _bolt(self, desk: Desk) -> AsyncApp:
        from slack_bolt.async_app import AsyncApp  # noqa: PLC0415 - heavy
        from slack_bolt.authorization import AuthorizeResult  # noqa: PLC0415
        from slack_sdk.web.async_client import AsyncWebClient  # noqa: PLC0415

        async def known() -> AuthorizeResult:
            """Who we are. The library would ask Slack itself at the first delivery, and lose that if Slack stumbles."""
            return AuthorizeResult(
                enterprise_id=None, team_id=self._directory.home, bot_user_id=self._me, bot_id=self._bot,
                bot_token=self._access.bot_token,
            )  # fmt: skip

        bolt = AsyncApp(
            client=AsyncWebClient(base_url=self._access.api), authorize=known,
            signing_secret=self._access.signing_secret or "unused",
            process_before_response=True,  # else Slack hears that it was done before it was
        )  # fmt: skip
        attach(bolt, desk)
        return bolt

    def _desk(self, receive: Receive) -> Desk:
        reader = Reader(self._directory, self._me)
        forms = Forms(self._app, self._client, receive, self._clock, self._directory.home)
        audience = Audience(self._client, self._directory, self._seconds)
        words = self._app.words
        hints = Hints(self._client, self._directory, words)
        core = Core(receive, self._homes, self._clock, words, self._sender.chats, hints)
        return Desk(reader, core, forms, audience, Sheets(self._client, self._directory, words))

    async def _serve(self, bolt: AsyncApp, connected: Callable[[float], None]) -> None:
        from aiohttp import web  # noqa: PLC0415 - heavy

        runner = web.AppRunner(bolt.web_app(PATH), shutdown_timeout=2)  # Slack brings again what was not acknowledged
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", self._access.port).start()
        connected(0.0)
        try:
            await asyncio.Event().wait()
        finally:
            await runner.cleanup()
