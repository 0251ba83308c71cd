"""The command `verbinder`. One of the two places that read the clock; it decides nothing, it brings parts together."""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Optional

import typer

HELP = """Verbinder: wie moet ik bellen? De assistent voor scholen en politie.

Begin met: verbinder chat

Afsluitcodes: 0 gelukt, 1 er klopt iets niet (het staat erbij), 2 verkeerd gebruik, 3 niets gedaan.
"""

app = typer.Typer(help=HELP, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None)

NetworkFile = Annotated[
    Optional[Path],  # noqa: UP045 - typer reads the older form on every Python we support
    typer.Option("--network", help="Netwerkbestand (.yaml). Zonder: het voorbeeldnetwerk.", dir_okay=False),
]
DatabaseFile = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--database", envvar="VERBINDER_DATABASE", help="Databasebestand waarin het netwerk staat.", dir_okay=False),
]
As = Annotated[Optional[str], typer.Option("--as", help="Wie vraagt: de id van een persoon uit het netwerk.")]  # noqa: UP045
In = Annotated[Optional[str], typer.Option("--in", help="Waar: dm (eigen chat), netwerk, of de id van een koppel.")]  # noqa: UP045
At = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--at", help="Wanneer, met zone: 2026-11-23T09:00:00+01:00. Zonder: nu."),
]


def main() -> None:
    """Runs the command; whatever goes wrong is said in a sentence, never as a traceback."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except BrokenPipeError:  # the reader has seen enough: `verbinder ask … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def now() -> datetime:
    """The moment at which this is read, aware."""
    return datetime.now(UTC).astimezone()


def stop(message: str, code: int = 1) -> typer.Exit:
    """Says what is the matter on standard error, and gives the exit to raise."""
    typer.echo(message, err=True)
    return typer.Exit(code)


def parse_at(value: str | None) -> datetime | None:
    """The moment of `--at`."""
    from adapters.jsonlines import BadLine, moment

    try:
        return moment(value, 1) if value else None
    except BadLine as fault:
        raise stop(f"--{str(fault).removeprefix('regel 1: ')}", 2) from None


def open_with(database: Path | None, network: Path | None, at: datetime):  # type: ignore[no-untyped-def]  # noqa: ANN201 - heavy types wait
    """An assistant over the database and network that were named, else over the example network in memory."""
    from bot.app import EXAMPLE, open_app, take_file
    from bot.store import StoreFault
    from knowledge.library import ContentFault
    from knowledge.network_faults import NetworkFault

    try:
        opened = open_app(database)
        if network or opened.store.load_network() is None:
            if network is None and database is not None:
                raise stop(f'In "{database}" staat nog geen netwerk. Zet het erin: verbinder import BESTAND --database {database}')
            take_file(opened, network or EXAMPLE, at)
    except NetworkFault as fault:
        raise stop(f"{fault}\nEr is niets veranderd. Verbeter het bestand en probeer opnieuw.") from None
    except (StoreFault, ContentFault) as fault:
        raise stop(str(fault)) from None
    return opened


@app.command()
def chat(network: NetworkFile = None, database: DatabaseFile = None, sender: As = None, place: In = None, at: At = None) -> None:
    """Een gesprek in de terminal. Zonder opties: met het voorbeeldnetwerk. Leest ook uit een pijp."""
    from adapters.terminal import Terminal, somebody

    moment = parse_at(at)
    opened = open_with(database, network, moment or now())
    people = opened.assistant.world.network
    who = sender or somebody(people)
    terminal = Terminal(opened.assistant.world, opened.words, who, place, (lambda: moment) if moment else now)
    asyncio.run(terminal.talk(opened))


@app.command()
def ask(
    question: Annotated[Optional[str], typer.Argument(help="De vraag, tussen aanhalingstekens.")] = None,  # noqa: UP045
    network: NetworkFile = None,
    database: DatabaseFile = None,
    sender: As = None,
    place: In = None,
    at: At = None,
    as_json: Annotated[bool, typer.Option("--json", help="Antwoord als één regel JSON.")] = False,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Lees vragen als JSON-regels van de invoer.")] = False,
) -> None:
    """Eén vraag, één antwoord. Met --jsonl: veel vragen, elk op zichzelf."""
    from adapters.jsonlines import BadLine, JsonLines, read_line, to_inbound

    if jsonl == (question is not None):
        raise stop('Geef een vraag (verbinder ask "wie is onze wijkagent") of --jsonl met regels op de invoer.', 2)
    moment = parse_at(at) or now()
    opened = open_with(database, network, moment)
    lines = sys.stdin if jsonl else ()
    events = [read_line(line, number) for number, line in enumerate(lines, 1) if line.strip()] if jsonl else []
    try:
        if not jsonl:
            events = [{"text": question, "as": sender, "in": place}]
        base = f"ask/{moment.isoformat()}"
        inbounds = [to_inbound(one, number, key=f"{base}/{number}", default=moment, alone=True) for number, one in enumerate(events, 1)]
    except BadLine as fault:
        raise stop(f"{fault}\nEr is nog niets beantwoord.") from None
    if jsonl or as_json:
        asyncio.run(opened.run(JsonLines(inbounds, sys.stdout), lambda: moment))
        return
    from adapters.terminal import Terminal

    terminal = Terminal(opened.assistant.world, opened.words, sender, place, lambda: moment)
    asyncio.run(opened.answer(terminal, inbounds[0], lambda: moment))


@app.command()
def simulate(
    network: Annotated[Path, typer.Option("--network", help="Netwerkbestand (.yaml).", dir_okay=False)],
    database: DatabaseFile = None,
) -> None:
    """Speel een verhaal na: gebeurtenissen als JSON-regels op de invoer, berichten als JSON-regels op de uitvoer."""
    from adapters.jsonlines import BadLine
    from adapters.simulate import play, read_events

    try:
        events = read_events(sys.stdin)
    except BadLine as fault:
        raise stop(f"{fault}\nEr is niets gespeeld.") from None
    opened = open_with(database, network, events[0].at if events else now())
    asyncio.run(play(opened, events, sys.stdout))


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="Netwerkbestand: .yaml (heel netwerk) of .csv (mensen).")],
    database: Annotated[Path, typer.Option("--database", envvar="VERBINDER_DATABASE", help="Databasebestand.")] = Path("verbinder.db"),
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Niet vragen, meteen doen.")] = False,
) -> None:
    """Zet een netwerk in de database. Laat eerst zien wat er verandert; klopt er iets niet, dan gebeurt er niets."""
    from bot.app import open_app, take_network
    from bot.store import StoreFault
    from knowledge.network_diff import compare, describe
    from knowledge.network_faults import NetworkFault
    from knowledge.network_files import read_network

    try:
        opened = open_app(database)
        old = opened.store.load_network()
        new = read_network(file, base=old)
    except (NetworkFault, StoreFault) as fault:
        raise stop(f"{fault}\nEr is niets veranderd.") from None
    if old == new:
        typer.echo("Er verandert niets.")
        return
    typer.echo("\n".join(describe(compare(old, new))))
    if not yes:
        if not sys.stdin.isatty():
            raise stop("Dit is nog niet gedaan. Doe het met: --yes", 3)
        if not typer.confirm("Doorgaan?"):
            raise stop("Er is niets veranderd.", 3)
    take_network(opened, old, new, now())
    typer.echo(f"Gedaan. {new.name}: {len(new.organisations)} organisaties, {len(new.people)} mensen, {len(new.koppels)} koppels.")


@app.command()
def export(
    database: Annotated[Path, typer.Option("--database", envvar="VERBINDER_DATABASE", help="Databasebestand.")] = Path("verbinder.db"),
    output: Annotated[Optional[Path], typer.Option("--output", "-o", help="Bestand; .csv geeft alleen de mensen.")] = None,  # noqa: UP045
    csv: Annotated[bool, typer.Option("--csv", help="De mensen als CSV, voor een spreadsheet.")] = False,
) -> None:
    """Schrijf het netwerk uit, zo dat import er hetzelfde netwerk van maakt."""
    from knowledge.network_write import write_people_csv, write_yaml

    if not database.exists():
        raise stop(f'De database "{database}" is er niet. Wijs een andere aan met --database.')
    opened = open_with(database, None, now())
    network = opened.store.load_network()
    as_csv = csv or (output is not None and output.suffix.lower() == ".csv")
    text = write_people_csv(network) if as_csv else write_yaml(network)
    if output is None:
        typer.echo(text, nl=False)
        return
    # A byte-order mark, or Excel takes the accents apart.
    output.write_text(text, encoding="utf-8-sig" if as_csv else "utf-8", newline="")
    typer.echo(f"Geschreven: {output}")


@app.command()
def check(network: NetworkFile = None, database: DatabaseFile = None) -> None:
    """Kijk de inhoud en een netwerk na: wat klopt niet, en waar zitten gaten?"""
    from bot.check import check_content
    from knowledge.network_gaps import gaps

    moment = now()
    opened = open_with(database, network, moment)
    faults, summary = check_content()
    typer.echo("\n".join(summary))
    world = opened.assistant.world
    found = gaps(world.network, moment.astimezone(world.network.zone).date())
    typer.echo(f"{world.network.name}: {len(found)} dingen om naar te kijken." if found else f"{world.network.name}: geen gaten.")
    for gap in found:
        typer.echo(f"- {gap.severity}: {gap.text}")
    if faults:
        raise stop("\n".join(faults))


@app.command()
def show(topic: Annotated[str, typer.Argument(help="De id van een onderwerp.")], network: NetworkFile = None) -> None:
    """Laat een onderwerp zien zoals iemand het in de chat leest."""
    from rapidfuzz import process

    from adapters.terminal import Terminal
    from bot.answers.knowledge import topic_reply
    from bot.context import Context
    from bot.messages import Envelope

    opened = open_with(None, network, now())
    world = opened.assistant.world
    if topic not in world.library.topics:
        near = [one for one, *_ in process.extract(topic, list(world.library.topics), limit=3)]
        raise stop(f'Het onderwerp "{topic}" is er niet. Lijkt erop: {", ".join(near)}.')
    reply = topic_reply(Context(world, None, "dm:terminal", now()), world.library.topics[topic])
    Terminal(world, opened.words, None, None, now).show(Envelope(0, "dm:terminal", now(), reply))
