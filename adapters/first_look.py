"""How `verbinder init` ends: everything that `doctor` can look at by now, a first question, and what is left for hands."""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from adapters.beginning import SECRETS
from adapters.caretaking import look, look_at
from adapters.platforms import wanted
from bot.app import open_app, open_aside
from bot.check import check_network
from bot.layout import laid_out
from bot.messages import NETWORK_PLACE
from bot.options import VARIABLE as DATABASE_VARIABLE
from bot.settings import meant, read_settings
from bot.store.backup import keys_beside
from knowledge.koppels_obvious import obvious_koppels, unpaired

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from bot.app import App
    from bot.settings import Settings
    from knowledge.network import Network


def first_look(database: Path, file: Path, now: datetime) -> None:
    """Shows all of it on the screen. `file` holds the settings, if it is there; `now` is aware."""
    settings = read_settings(file if file.is_file() else None)
    platforms = tuple(wanted(settings))
    app = open_app(database, settings, platforms or ("",), beside=True)
    try:
        network, say = app.assistant.world.network, app.words.say
        look(database, settings, app)
        lacking = {name: _lacking(name, settings, database) for name in platforms}
        for name, names in lacking.items():
            if names:
                typer.echo(laid_out(f"{name}:\n  - {say('inrichten.niet-nagekeken', namen=' en '.join(names))}", 4))
            else:
                look_at(name, app, settings)
        typer.echo()
        _first_answer(network, now)
        typer.echo(f"\n{say('inrichten.te-doen')}")
        for number, line in enumerate(_to_do(app, settings, database, lacking, now), start=1):
            typer.echo(laid_out(f"{number}. {line}", 3))
    finally:
        app.close()


def _lacking(name: str, settings: Settings, database: Path) -> list[str]:
    """The secrets that are neither in the environment nor in the file; a session that was begun needs none."""
    if (keys_beside(database) / name / "sessie.json").exists():
        return []
    told = settings.platforms.get(name) or {}
    path = settings.folder / told["geheimen"] if told.get("geheimen") else None
    text = path.read_text(encoding="utf-8") if path and path.is_file() else ""
    given = {key.strip() for key, _, value in (line.partition("=") for line in text.splitlines()) if value.strip()}
    return [one for one in SECRETS[name] if not os.environ.get(one) and one not in given]


def _first_answer(network: Network, at: datetime) -> None:
    """Asks for the first school that has its name to itself, as people will, and shows what they get."""
    from adapters.terminal import Terminal  # noqa: PLC0415 - heavy, and only needed here

    names = Counter(name for one in network.organisations for name in (one.name, *one.also_known_as))
    school = next((one for one in network.organisations if one.is_school and names[one.name] == 1), None)
    if school is None:
        return
    question = f"wat is het nummer van {school.name}"
    typer.echo(f"Bijvoorbeeld:\n> {question}")
    aside = open_aside(network)
    terminal = Terminal(aside.assistant.world, None, "dm:terminal", lambda: at)
    asyncio.run(aside.answer(terminal, terminal.said(question), lambda: at))


def _to_do(app: App, settings: Settings, database: Path, lacking: dict[str, list[str]], now: datetime) -> Iterator[str]:
    """What is left for hands, in the order in which to do it."""
    say, network = app.words.say, app.assistant.world.network
    # Without it `check` and `chat` take the example, so it is always said.
    where = "" if os.environ.get(DATABASE_VARIABLE) else f" --database {database}"
    if not any(one.is_school for one in network.organisations):
        yield say("inrichten.scholen", database=where)
    yield say("inrichten.mensen", database=where)
    yield from _koppels(network, now, where, say)
    gaps = len(check_network(network, now)[1:-1])
    if gaps:
        yield say("inrichten.gaten", aantal=gaps, database=where)
    if not lacking:
        yield say("inrichten.kies", database=where)
        return
    for name, names in lacking.items():
        told = settings.platforms.get(name) or {}
        if names:
            file = settings.folder / told.get("geheimen", f"{name}.geheim")
            yield say("inrichten.vul-in", bestand=file, namen=" en ".join(names))
        yield from _on(name, app, network, now)
    if settings.file and (meant() is None or settings.file.resolve() != Path(str(meant())).resolve()):
        yield say("inrichten.wijs-aan", bestand=settings.file)
    yield say("inrichten.zet-aan", database=where)
    for name in lacking:
        places = [NETWORK_PLACE, *(koppel.id for koppel in network.koppels)]
        ready = sum(1 for place in places if app.routes.remote(name, place, network))
        if ready < len(places):
            yield say("inrichten.plekken", platform=name, klaar=ready, aantal=len(places), database=where)


def _koppels(network: Network, now: datetime, where: str, say: Callable[..., str]) -> Iterator[str]:
    """Of schools without a koppel: who is plain, and who is to be filled in."""
    if not any(one.kind == "politie" for one in network.organisations):
        yield say("inrichten.geen-politie", database=where)
        return
    plain = len(obvious_koppels(network, now.astimezone(network.zone).date()))
    if plain:
        yield say("inrichten.koppels-duidelijk", aantal=plain, database=where)
    if left := len(unpaired(network)) - plain:
        yield say("inrichten.koppels", aantal=left, database=where)


def _on(name: str, app: App, network: Network, now: datetime) -> Iterator[str]:
    today = now.astimezone(network.zone).date()
    serving = [one for one in network.people if one.serves_on(today)]
    without = [one for one in serving if not app.routes.account(name, one.id, network)]
    if without:
        yield app.words.say("inrichten.zonder-account", aantal=len(without), platform=name)
