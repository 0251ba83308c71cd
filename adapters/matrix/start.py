"""Whether this installation has Matrix, and how to begin there: the door that `adapters.platforms` knows."""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from adapters.matrix import PLATFORM
from adapters.matrix.access import read_access
from bot.store.backup import keys_beside

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from datetime import datetime

    from adapters.matrix.access import Access
    from adapters.port import Adapter
    from bot.app import App
    from bot.settings import Settings


def wanted(settings: Settings) -> bool:
    """Whether the settings have a section for it."""
    return PLATFORM in settings.platforms


def access_of(app: App, settings: Settings) -> Access:
    """How to get in, with the keys beside the database. Raises `SettingsFault`."""
    database = Path(app.store.connection.execute("PRAGMA database_list").fetchone()[2])
    return read_access(settings.platforms[PLATFORM], settings.folder, keys_beside(database))


@asynccontextmanager
async def connected(app: App, settings: Settings, clock: Callable[[], datetime]) -> AsyncIterator[Adapter]:
    """The adapter. Waits while the homeserver is away. Raises `SettingsFault`, `NoEntry`."""
    from adapters.matrix.run import connected as on_homeserver  # noqa: PLC0415 - nio is heavy

    async with on_homeserver(app, access_of(app, settings), clock) as adapter:
        yield adapter
