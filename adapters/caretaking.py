"""`verbinder rooms` and `verbinder doctor`: the places of the network on its platforms, and whether all is well there.

Each platform has a module `adapters.<platform>.care` with two functions:

    open_rooms(app, settings, today)   for as long as it is used: the steps that would bring the places in step with the network
    examine(app, settings, now)        what was found, one thing a line; `now` is aware, in the zone of the network
"""

from __future__ import annotations

import asyncio
import os
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer

from adapters.port import ShutOut
from bot.layout import laid_out
from bot.options import Database, Yes, a_database, stop

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from datetime import datetime

    from bot.app import App
    from bot.settings import Settings
    from bot.words import Words

OWN_DATABASE = Path("verbinder.db")
NO_PLATFORM = (
    "Er staat nog geen platform in de instellingen. Kies er een: verbinder init --platform slack, matrix of both. "
    "Staan ze in een ander bestand? Wijs het aan met VERBINDER_SETTINGS."
)
Only = Annotated[
    Optional[str],  # noqa: UP045 - typer reads the older form on every Python we support
    typer.Option("--op", metavar="PLATFORM", help="Alleen op dit platform."),
]


@dataclass(frozen=True)
class Step:
    """One thing that would change on a platform. Without `do` it is for somebody to do by hand."""

    text: str
    do: Callable[[], Awaitable[None]] | None = None


class StepFault(Exception):
    """A platform would not take a step; the message says why. The other steps go on."""


@dataclass(frozen=True)
class Finding:
    """Something that was looked at. `advice` says what to do when it is not as it should be."""

    sound: bool
    text: str
    advice: str = ""


def rooms(database: Database = OWN_DATABASE, only: Only = None, yes: Yes = False) -> None:
    """Maak en houd bij waar een koppel met elkaar praat.

    Laat eerst zien wat er verandert: een plek maken, mensen uitnodigen, wie weg is eruit. Doet het met --yes.
    """
    from adapters.port import ShutOut

    with _connected(database, only) as (app, settings, platforms):
        try:
            found = [step for name in platforms for step in asyncio.run(_keep_step(name, app, settings, really=yes))]
        except ShutOut as fault:
            raise stop(str(fault), 4) from None
        say, count = app.words.say, sum(1 for step in found if step.do)
        if not count:
            typer.echo(say("verzorgen.rest-klopt" if found else "verzorgen.plekken-kloppen"))
        elif yes:
            typer.echo(say("verzorgen.gedaan", aantal=count))
        else:
            raise stop(say("verzorgen.nog-niet-gedaan"), 3)


async def _keep_step(name: str, app: App, settings: Settings, *, really: bool) -> list[Step]:
    """Shows the steps on one platform, and takes them when that is wanted; returns them."""
    failed = False
    async with _care(name).open_rooms(app, settings, _now(app).date()) as steps:
        typer.echo(f"{name}:")
        for step in steps:
            typer.echo(laid_out(f"  - {step.text}", 4))
            if really and step.do:
                try:
                    await step.do()
                except StepFault as fault:
                    typer.echo(f"    ✗ {fault}")
                    failed = True
        if failed:
            raise stop(app.words.say("verzorgen.niet-alles-gelukt"), 1)
        return list(steps)


def doctor(database: Database = OWN_DATABASE, only: Only = None) -> None:
    """Kijk na of alles klopt, en wat je eraan doet.

    De computer, de database, het netwerk, en elk platform: sleutels, rechten, plekken, wie er meeleest, wie geen account heeft.
    Afsluitcode 0: alles klopt, 1: er is iets te doen.
    """
    with _connected(database, only, none=True) as (app, settings, platforms):
        sound = look(database, settings, app)
        if not platforms:
            say = app.words.say
            _show(Finding(sound=False, text=say("keuring.geen-platform"), advice=say("keuring.geen-platform-raad")))
        sound = sound and bool(platforms)
        for name in platforms:
            sound &= look_at(name, app, settings)
    if not sound:
        raise typer.Exit(1)


def look(database: Path, settings: Settings, app: App) -> bool:
    """Shows what stands on this machine and in the database; whether all of it is sound."""
    return _look_here(database, settings, app.words) & _look_inside(app, database)


def look_at(name: str, app: App, settings: Settings) -> bool:
    """Shows how it is on one platform, and that we are not let in if so; whether all of it is sound."""
    from bot.settings import SettingsFault

    typer.echo(f"{name}:")
    try:
        found: list[Finding] = asyncio.run(_care(name).examine(app, settings, _now(app)))
    except (ShutOut, SettingsFault) as fault:
        found = [Finding(sound=False, text=str(fault))]
    for finding in _together(found):
        _show(finding)
    return all(one.sound for one in found)


def _together(found: list[Finding]) -> list[Finding]:
    """What is the same of many places ("NAME: what") is said once: a town may have more than can be read."""
    from knowledge.network_alike import said_of, shared  # heavy, and `--help` must be there at once

    def merged(alike: list[Finding], text: str) -> Finding:
        return replace(alike[0], text=text)

    return shared(found, lambda one: ((one.sound, one.advice), *said_of(one.text)), merged)


def _look_here(database: Path, settings: Settings, words: Words) -> bool:
    """What is looked at on this machine itself: who can read what is kept, and what is kept longer than promised."""
    from bot.file_rights import open_monitor, too_open, weakened

    open_files = too_open(database, settings.file, words)
    shown = open_monitor(os.environ.get("VERBINDER_MONITOR"), words)
    found = [Finding(sound=False, text=text, advice=advice) for text, advice in (*open_files, *weakened(settings, words), *shown)]
    typer.echo(f"{words.say('beveiliging.computer')}:")
    for one in found if open_files else (Finding(sound=True, text=words.say("beveiliging.goed")), *found):
        _show(one)
    return not found


def _look_inside(app: App, database: Path) -> bool:
    """What is looked at in the database and the network."""
    from bot.checkup import checkup

    found = checkup(app.store.connection, app.assistant.world.network, _now(app), app.words, database)
    typer.echo(f"{app.words.say('keuring.kop')}:")
    for one in found:
        _show(Finding(one.sound, one.text, one.advice))
    return all(one.sound for one in found)


def _show(finding: Finding) -> None:
    """A tick is for what needs nobody any more; a dot for what is good to know, and what to do about it."""
    mark = ("•" if finding.advice else "✓") if finding.sound else "✗"
    typer.echo(laid_out(f"  {mark} {finding.text}", 4))
    if finding.advice:
        typer.echo(laid_out(f"    → {finding.advice}", 6))


@contextmanager
def _connected(database: Path, only: str | None, *, none: bool = False) -> Iterator[tuple[App, Settings, list[str]]]:
    """What a command looks after. `none`: it has something to do without a platform as well."""
    from adapters.platforms import wanted
    from bot.app import open_app
    from bot.settings import read_settings

    settings = read_settings()
    there = wanted(settings)
    if only is not None and only not in there:
        known = " en ".join(there) or "nog geen platform"
        raise stop(f'Het platform "{only}" staat niet in de instellingen. Daar staat: {known}.', 2)
    platforms = [name for name in there if only in {None, name}]
    if not platforms and not none:
        raise stop(NO_PLATFORM, 2)
    a_database(database)
    with closing(open_app(database, settings, tuple(platforms), beside=True)) as app:
        if app.store.load_network() is None:
            raise stop(f'In "{database}" staat nog geen netwerk. Zet het erin: verbinder import BESTAND --database {database}')
        yield app, settings, platforms


def _now(app: App) -> datetime:
    from bot.clock import now

    return now().astimezone(app.assistant.world.network.zone)


def _care(name: str) -> Any:
    return import_module(f"adapters.{name}.care")


COMMANDS: tuple[Callable[..., Any], ...] = (rooms, doctor)
