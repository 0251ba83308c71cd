"""The assistant over a database at which another process may be at work, for a command that changes or looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from bot.app import App


def open_beside(database: Path) -> App:
    """With the platforms of the settings: what a command says is for them. Raises `StoreFault`, `SettingsFault`."""
    from adapters.platforms import wanted
    from bot.app import open_app
    from bot.settings import read_settings
    from bot.store.outbox import HERE

    settings = read_settings()
    return open_app(database, settings, tuple(wanted(settings)) or HERE, beside=True)
