"""The assistant on Matrix: one account, its encrypted rooms and direct chats."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from adapters.matrix import PLATFORM
from adapters.matrix.directory import Directory
from adapters.matrix.door import Door
from adapters.matrix.ears import Ears
from adapters.matrix.locked import Locked
from adapters.matrix.memory import Memory
from adapters.matrix.pace import Pace
from adapters.matrix.read import Reader
from adapters.matrix.seals import Seals
from adapters.matrix.send import Sender
from adapters.matrix.session import NotNow, enter, keep_private
from adapters.matrix.signing import NotSigned, sign_device
from adapters.matrix.upgrades import Upgrades

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from datetime import datetime

    from nio import AsyncClient

    from adapters.matrix.access import Access
    from adapters.port import Receive
    from bot.app import App
    from bot.messages import Envelope

LONGEST_WAIT = 60.0
log = logging.getLogger(__name__)


class Matrix:
    """The adapter."""

    name = PLATFORM

    def __init__(
        self, app: App, access: Access, client: AsyncClient, names: tuple[str, ...], clock: Callable[[], datetime]
    ) -> None:
        self.client = client
        memory, directory = Memory(app.store.connection), Directory(app, client)
        reader = Reader(directory, memory, app.store, client.user_id, names)
        locked = Locked(app, client, directory, memory, reader, clock)
        seals = Seals(app.store, client, access, directory)
        upgrades = Upgrades(client, app.store, directory)
        door = Door(client, access, directory, upgrades.expects)
        self._ears = Ears(client, access, app.store, memory, reader, door, locked, seals, upgrades)
        self._sender = Sender(app, client, access, directory, memory, Pace())

    async def listen(self, receive: Receive) -> None:
        """Until it is cancelled. Raises `NoEntry` when the token is no good any more."""
        await self._ears.listen(receive)

    async def send(self, envelope: Envelope) -> str:
        """See the port. Before the first sync nobody knows who is in which room."""
        await self._ears.ready.wait()
        return await self._sender.send(envelope)

    def silent_for(self) -> float:
        """See `Watched`."""
        return self._ears.silent_for()

    async def rest(self) -> None:
        await self._ears.rest()


@asynccontextmanager
async def connected(app: App, access: Access, clock: Callable[[], datetime]) -> AsyncIterator[Matrix]:
    """The adapter, logged in and signed. Waits while the homeserver is away. Raises `NoEntry`."""
    client = await _enter(access)
    try:
        matrix = Matrix(app, access, client, await _begin(client, access), clock)
        try:
            yield matrix
        finally:
            await matrix.rest()
    finally:
        await client.close()
        keep_private(access.folder)


async def _enter(access: Access) -> AsyncClient:
    wait = 1.0
    while True:
        try:
            return await enter(access)
        except NotNow as away:
            log.warning("the homeserver is away (%s)", away)
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT)


async def _begin(client: AsyncClient, access: Access) -> tuple[str, ...]:
    """Shows our keys, signs the device, and learns by what people call us: the display name, and the first part of the account."""
    import aiohttp  # noqa: PLC0415 - heavy, and only needed where Matrix is

    shown = ""
    try:
        if client.should_upload_keys:
            await client.keys_upload()
        await sign_device(client, access.folder, access.password)
        shown = getattr(await client.get_displayname(), "displayname", None) or ""
    except NotSigned as why:
        log.warning("this device is not signed, some clients will not talk to it: %s", why)
    except (NotNow, aiohttp.ClientError, TimeoutError, OSError) as away:  # the next start signs it
        log.warning("the homeserver is away (%s), this device may not be signed yet", type(away).__name__)
    keep_private(access.folder)
    local = client.user_id.partition(":")[0].removeprefix("@")
    return tuple(dict.fromkeys(name.lower() for name in (shown, local) if name))
