"""An adapter that goes onto its platform as it begins to listen: one that is away, or shuts us out, holds up no other."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING

from adapters.port import ShutOut
from bot.service import Watched
from bot.settings import SettingsFault

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractAsyncContextManager

    from adapters.port import Adapter, Receive
    from bot.messages import Envelope


class Joining:
    """One platform. What is to be brought there before we are in waits; when we are not let in it fails for now."""

    def __init__(self, name: str, enter: Callable[[], AbstractAsyncContextManager[Adapter]], stack: AsyncExitStack) -> None:
        """`enter` gives the adapter, in for as long as `stack` is open."""
        self.name = name
        self._enter, self._stack = enter, stack
        self._begun = asyncio.get_running_loop().time()
        self._inside: asyncio.Future[Adapter] = asyncio.get_running_loop().create_future()

    def silent_for(self) -> float:
        """See `Watched`."""
        if not self._inside.done() or self._inside.exception():
            return asyncio.get_running_loop().time() - self._begun
        adapter = self._inside.result()
        return adapter.silent_for() if isinstance(adapter, Watched) else 0.0

    async def listen(self, receive: Receive) -> None:
        """See the port. Raises what entering raises. After `ShutOut` it can be tried again: then it enters anew, by other keys."""
        if again := self._inside.done():
            self._begun = asyncio.get_running_loop().time()
            self._inside = asyncio.get_running_loop().create_future()
        here = await self._stack.enter_async_context(AsyncExitStack())
        try:
            adapter = await here.enter_async_context(self._keys_read(again=again))
            self._inside.set_result(adapter)
            await adapter.listen(receive)
        except ShutOut as why:
            if self._inside.done():
                self._inside = asyncio.get_running_loop().create_future()
            self._inside.set_exception(why)
            self._inside.exception()  # nobody need ask
            await here.aclose()
            raise

    @asynccontextmanager
    async def _keys_read(self, *, again: bool) -> AsyncIterator[Adapter]:
        """Enters. Keys that are wrong, as somebody may be changing them, are no reason to end what goes well elsewhere."""
        async with AsyncExitStack() as stack:
            try:
                adapter = await stack.enter_async_context(self._enter())
            except SettingsFault as fault:
                if not again:
                    raise
                raise ShutOut(str(fault)) from None
            yield adapter

    async def send(self, envelope: Envelope) -> str:
        """See the port."""
        adapter = await asyncio.shield(self._inside)
        return await adapter.send(envelope)
