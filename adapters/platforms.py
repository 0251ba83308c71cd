"""The platforms on which the assistant can live, and how to get onto those that an installation has."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from bot.settings import SettingsFault
from bot.settings_faults import named, unknown

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
    strange = [
        f"{settings.file}: {named(('platforms', name))}: dit platform ken ik niet, {unknown(name, list(KNOWN))}"
        for name in settings.platforms
        if name not in KNOWN
    ]
    if strange:
        raise SettingsFault("\n".join(strange))
    return [name for name, module in KNOWN.items() if import_module(module).wanted(settings)]


def look_for_keys(app: App, settings: Settings) -> None:
    """Raises `SettingsFault` with all that the platforms lack before they can begin, as far as that can be seen from here."""
    faults = []
    for name in wanted(settings):
        try:
            import_module(KNOWN[name]).access_of(app, settings)
        except SettingsFault as fault:
            faults.append(str(fault))
    if faults:
        raise SettingsFault("\n".join(faults))


def connected(name: str, app: App, settings: Settings, clock: Callable[[], datetime]) -> AbstractAsyncContextManager[Adapter]:
    """The adapter of a platform, logged in for as long as it is used. Raises `SettingsFault`, `ShutOut`."""
    found: AbstractAsyncContextManager[Adapter] = import_module(KNOWN[name]).connected(app, settings, clock)
    return found
