"""Whether this installation has Slack, and how to begin there: the door that `adapters.platforms` knows."""

from __future__ import annotations

import os
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from adapters.secret_file import where_to_put
from adapters.slack.access import PREFIX, AccessFault, read_access
from adapters.slack.directory import PLATFORM

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from datetime import datetime

    from adapters.port import Adapter
    from adapters.slack.access import Access
    from bot.app import App
    from bot.settings import Settings


def wanted(settings: Settings) -> bool:
    """Whether its keys are there, or the settings name it."""
    return PLATFORM in settings.platforms or any(name.startswith(PREFIX) for name in os.environ)


def access_of(_app: App, settings: Settings) -> Access:
    """The keys. Raises `SettingsFault`."""
    told = settings.platforms.get(PLATFORM) or {}
    if set(told) - {"geheimen"}:
        raise AccessFault('platforms: slack: hier mag alleen "geheimen" staan: een bestand met NAAM=waarde op elke regel.')
    named = {f"{PREFIX}FILE": str(settings.folder / told["geheimen"])} if told.get("geheimen") else {}
    access = read_access({**named, **os.environ})
    if access is None:
        file = os.environ.get(f"{PREFIX}FILE") or named.get(f"{PREFIX}FILE")
        where = where_to_put(Path(file) if file else None, (f"{PREFIX}BOT_TOKEN", f"{PREFIX}APP_TOKEN"), PLATFORM)
        raise AccessFault(f"Er zijn nog geen tokens voor Slack. {where}")
    return access


@asynccontextmanager
async def connected(app: App, settings: Settings, clock: Callable[[], datetime]) -> AsyncIterator[Adapter]:
    """The adapter. Raises `SettingsFault`, `ShutOut`."""
    from adapters.slack.run import Slack  # noqa: PLC0415 - the library is heavy

    yield Slack(app, access_of(app, settings), clock)
