"""`verbinder run`: the assistant on the platforms that the settings name, until it is stopped."""

from __future__ import annotations

import asyncio
import signal
from contextlib import AsyncExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from bot.options import Database, a_file, stop

if TYPE_CHECKING:
    from bot.app import App
    from bot.settings import Settings

SHUT_OUT = 4
"""The exit code when a platform does not let us in any more: starting again does not help."""
Port = Annotated[
    Optional[int],  # noqa: UP045 - typer reads the older form on every Python we support
    typer.Option("--monitor", metavar="POORT", help="Toon op deze poort, alleen hier, hoe het gaat: /health, /metrics."),
]


def run(database: Database = Path("verbinder.db"), monitor: Port = None) -> None:
    """Zet de assistent aan.

    Op de platforms die in de instellingen staan, tot je hem stopt. Afsluitcode 4: een platform laat ons niet meer binnen.
    """
    from adapters.logs import set_up_logs  # heavy, and `--help` must be there at once
    from adapters.platforms import wanted
    from adapters.port import ShutOut
    from bot.app import open_app
    from bot.hold import hold
    from bot.settings import read_settings

    settings = read_settings()
    platforms = tuple(wanted(settings))
    if not platforms:
        raise stop("Er staat nog geen platform in de instellingen: zie config/verbinder.yaml. Zonder kan ook: verbinder chat")
    a_file(database)
    set_up_logs()
    try:
        with hold(database), closing(open_app(database, settings, platforms)) as app:
            if app.store.load_network() is None:
                raise stop(f'In "{database}" staat nog geen netwerk. Zet het erin: verbinder import BESTAND --database {database}')
            asyncio.run(_live(app, settings, platforms, monitor))
    except ShutOut as fault:
        raise stop(str(fault), SHUT_OUT) from None


async def _live(app: App, settings: Settings, platforms: tuple[str, ...], port: int | None) -> None:
    from adapters.monitor import Monitor
    from adapters.platforms import connected
    from bot.clock import now
    from bot.health import health
    from bot.service import Service

    task = asyncio.current_task()
    assert task is not None
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, task.cancel)
    try:
        async with AsyncExitStack() as stack:
            if port is not None:
                look = lambda: health(app.store.connection, now(), app.assistant.next_due())  # noqa: E731 - shorter than its name
                await stack.enter_async_context(Monitor(look, port=port))
            adapters = [await stack.enter_async_context(connected(name, app, settings, now)) for name in platforms]
            typer.echo(f"Verbinder is er, op {' en '.join(platforms)}. Stoppen: Ctrl+C.")
            await Service(app, adapters, now).run()
    except asyncio.CancelledError:
        typer.echo("Verbinder is gestopt.")
