"""The platforms on which the assistant can live, and how to get onto those that an installation has."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from datetime import datetime

    from adapters.port import Adapter
    from bot.app import App
    from bot.settings import Settings

KNOWN = {"slack": "adapters.slack.start", "matrix": "adapters.matrix.start"}
"""The name of each, and the module that knows whether it is wanted (`wanted`) and how to begin (`connected`)."""


def wanted(settings: Settings) -> list[str]:
    """The names of the platforms that this installation has. Imports nothing heavy. Raises `SettingsFault`."""
    return [name for name, module in KNOWN.items() if import_module(module).wanted(settings)]


def connected(name: str, app: App, settings: Settings, clock: Callable[[], datetime]) -> AbstractAsyncContextManager[Adapter]:
    """The adapter of a platform, logged in for as long as it is used. Raises `SettingsFault`, `ShutOut`."""
    found: AbstractAsyncContextManager[Adapter] = import_module(KNOWN[name]).connected(app, settings, clock)
    return found
