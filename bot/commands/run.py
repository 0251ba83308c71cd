"""`verbinder run`: the assistant on the platforms that the settings name, until it is stopped."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from contextlib import AsyncExitStack, closing
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from bot.layout import laid_out
from bot.options import Database, stop

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from bot.app import App
    from bot.service import Service
    from bot.settings import Settings

WRONG, HELD, SHUT_OUT = 2, 3, 4
"""Exit codes after which starting again does not help, as in config/verbinder@.service."""
LAST_MOMENT = 4.5
"""Seconds after which it ends in any case; what is in the database then is whole."""
OFF = "uit"
Look = Annotated[
    Optional[str],  # noqa: UP045 - typer reads the older form on every Python we support
    typer.Option(
        "--monitor", metavar="ADRES", envvar="VERBINDER_MONITOR",
        help='Waar /health en /metrics staan: een poort, adres:poort, of "uit". Zonder: 127.0.0.1:9797, alleen voor deze computer.',
    ),
]  # fmt: skip
log = logging.getLogger(__name__)


def run(database: Database = Path("verbinder.db"), monitor: Look = None) -> None:
    """Zet de assistent aan.

    Op de platforms uit de instellingen, tot je hem stopt: met Ctrl+C of SIGTERM, binnen vijf tellen. Afsluitcodes: 0 gestopt,
    2 de instellingen kloppen niet, 3 er draait al een Verbinder op deze database, 4 geen enkel platform laat ons nog binnen.
    """
    from adapters.logs import set_up_logs  # heavy, and `--help` must be there at once
    from adapters.platforms import look_for_keys
    from adapters.port import ShutOut
    from bot.app import open_app
    from bot.settings import SettingsFault, read_settings
    from bot.store.hold import Held, hold

    try:
        settings, watch = read_settings(), _address(monitor)
        platforms = _platforms(settings, database)
        set_up_logs()
        with hold(database), closing(open_app(database, settings, platforms)) as app:
            if app.store.load_network() is None:
                raise stop(f'In "{database}" staat nog geen netwerk. Begin met: verbinder init --database {database}', WRONG)
            look_for_keys(app, settings)
            _warn(app, settings, database)
            asyncio.run(_live(app, settings, platforms, database, watch))
    except SettingsFault as fault:
        raise stop(str(fault), WRONG) from None
    except Held as fault:
        raise stop(str(fault), HELD) from None
    except ShutOut as fault:
        raise stop(str(fault), SHUT_OUT) from None
    except ExceptionGroup as several:  # what went wrong in one of the tasks of an adapter
        found, rest = several.split(ShutOut)
        if found is None or rest is not None:
            raise
        raise stop(str(_first(found)), SHUT_OUT) from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _platforms(settings: Settings, database: Path) -> tuple[str, ...]:
    """Where it will live. Leaves with all that is not there yet."""
    from adapters.caretaking import NO_PLATFORM
    from adapters.platforms import wanted

    platforms = tuple(wanted(settings))
    lacking = [] if platforms else [f"{NO_PLATFORM} Alleen proberen kan ook: verbinder chat"]
    if not database.is_file():
        lacking.append(f'De database "{database}" is er nog niet. Begin met: verbinder init --database {database}')
    if lacking:
        raise stop("\n".join(lacking), WRONG)
    return platforms


def _warn(app: App, settings: Settings, database: Path) -> None:
    """Says who else on this machine can read what is kept; it runs all the same, for pupils wait for no administrator."""
    from bot.file_rights import too_open

    for sentence in chain.from_iterable(too_open(database, settings.file, app.words)):
        typer.echo(sentence, err=True)


def _address(text: str | None) -> tuple[str, int, bool] | None:
    """Where to show how it goes, and whether it was asked for; None: nowhere."""
    from adapters.monitor import LOOPBACK, PORT

    if text is None:
        return LOOPBACK, PORT, False
    if text.strip().lower() in {OFF, ""}:
        return None
    host, _, port = text.strip().rpartition(":")
    if not port.isdigit() or int(port) > 65_535:
        raise stop(f'--monitor: hier staat "{text}", verwacht een poort zoals 9797, adres:poort, of "{OFF}".', WRONG)
    return host.strip("[]") or LOOPBACK, int(port), True


def _first(several: BaseException) -> BaseException:
    while isinstance(several, BaseExceptionGroup):
        several = several.exceptions[0]
    return several


class _End:
    """What a signal does: a clean stop, at the second one at once, and in any case before `LAST_MOMENT`."""

    def __init__(self, leave: Callable[[], object]) -> None:
        self._leave = leave
        self.service: Service | None = None
        self.begun = False

    def __call__(self) -> None:
        first, self.begun = not self.begun, True
        log.info("told to stop")
        signal.setitimer(signal.ITIMER_REAL, LAST_MOMENT if first else LAST_MOMENT / 2)
        if self.service and first:
            self.service.stop()
        else:
            self._leave()


def _gone(_number: int, _frame: FrameType | None) -> None:
    """Something would not let go: a name server, a socket. Nothing is half done, so it need not be waited for."""
    log.warning("left before everything had let go")
    os._exit(0)


async def _live(
    app: App, settings: Settings, platforms: tuple[str, ...], database: Path, watch: tuple[str, int, bool] | None
) -> None:  # fmt: skip
    from adapters.joining import Joining
    from adapters.platforms import connected
    from bot.clock import now
    from bot.service import Service

    task = asyncio.current_task()
    assert task is not None
    end = _End(task.cancel)
    signal.signal(signal.SIGALRM, _gone)
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, end)
    say, network = app.words.say, app.assistant.world.network
    try:
        async with AsyncExitStack() as stack:
            where = await _shown(stack, app, watch)
            on = " en ".join(platforms)
            typer.echo(laid_out(say("beheer.draait", netwerk=network.name, platforms=on, database=database, proces=os.getpid()), 0))
            typer.echo(laid_out(say("beheer.bewaking", adres=where) if where else say("beheer.geen-bewaking"), 0))
            log.info("started", extra={"platforms": platforms})
            adapters = [Joining(name, partial(connected, name, app, settings, now), stack) for name in platforms]
            end.service = Service(app, adapters, now)
            await end.service.run()
    except asyncio.CancelledError:
        if not end.begun:
            raise
    log.info("stopped")
    typer.echo(say("beheer.gestopt"))


async def _shown(stack: AsyncExitStack, app: App, watch: tuple[str, int, bool] | None) -> str | None:
    """Shows how it goes, for as long as it runs; returns where. A port that is taken is only a fault when it was asked for."""
    from adapters.monitor import Monitor
    from bot.clock import now
    from bot.health import health

    if watch is None:
        return None
    host, port, asked = watch
    try:
        monitor = await stack.enter_async_context(
            Monitor(lambda: health(app.store.connection, now(), app.assistant.next_due()), host, port)
        )
    except OSError as fault:
        if asked:
            raise stop(app.words.say("beheer.poort-bezet", adres=f"{host}:{port}"), WRONG) from None
        log.warning("nothing is shown at %s:%s (%s)", host, port, type(fault).__name__)
        return None
    return f"http://{':'.join(map(str, monitor.address))}"
