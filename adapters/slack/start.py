"""Whether this installation has Slack, and how to begin there: the door that `adapters.platforms` knows."""

from __future__ import annotations

import os
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

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


def access_of(settings: Settings) -> Access:
    """The keys. Raises `SettingsFault`."""
    told = settings.platforms.get(PLATFORM) or {}
    if set(told) - {"geheimen"}:
        raise AccessFault('platforms: slack: hier mag alleen "geheimen" staan: een bestand met NAAM=waarde op elke regel.')
    named = {f"{PREFIX}FILE": str(settings.folder / told["geheimen"])} if told.get("geheimen") else {}
    access = read_access({**named, **os.environ})
    if access is None:
        raise AccessFault(f"Slack staat in de instellingen, maar er is geen token. Zet {PREFIX}BOT_TOKEN en {PREFIX}APP_TOKEN.")
    return access


@asynccontextmanager
async def connected(app: App, settings: Settings, clock: Callable[[], datetime]) -> AsyncIterator[Adapter]:
    """The adapter. Raises `SettingsFault`, `ShutOut`."""
    from adapters.slack.run import Slack  # noqa: PLC0415 - the library is heavy

    yield Slack(app, access_of(settings), clock)
