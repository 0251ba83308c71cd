"""The command `verbinder`. It decides nothing, it brings parts together."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import typer

from bot.clock import now
from bot.commands import COMMANDS
from bot.commands.known import OWN_DATABASE, known_network
from bot.commands.privacy import About, Whose, inzage_of, note_export, told
from bot.explain import explained
from bot.layout import laid_out
from bot.messages import NobodyReads
from bot.options import (
    As,
    AsCsv,
    AsJson,
    AsKoppels,
    At,
    Database,
    In,
    Incoming,
    JsonLinesIn,
    NetworkFile,
    NumbersOnly,
    OldDatabase,
    Output,
    Question,
    Story,
    StoryDatabase,
    Version,
    Yes,
    stop,
    sure,
)
from bot.usage import Command, Group, UsageError, in_dutch

if TYPE_CHECKING:
    from datetime import datetime

    from knowledge.network import Network

HELP = """Verbinder: wie moet ik bellen? De assistent voor scholen en politie.

Begin met: verbinder chat

Afsluitcodes: 0 gelukt, 1 er klopt iets niet (het staat erbij), 2 verkeerd gebruik, 3 niets gedaan.
"""

app = typer.Typer(help=HELP, cls=Group, rich_markup_mode=None, context_settings={"help_option_names": ["--help", "-h"]})


@app.callback(help=HELP)
def _verbinder(*, version: Version = False) -> None:
    """What comes before every command."""


def _moment(value: str | None) -> datetime | None:
    from adapters.jsonlines import moment_of

    try:
        return moment_of(value) if value is not None else None
    except ValueError as fault:
        raise stop(f"--{fault}", 2) from None


def _place(value: str | None, sender: str | None, network: Network) -> str:
    from adapters.jsonlines import place_of

    try:
        return place_of(value, sender, network)
    except ValueError as fault:
        raise stop(f"--{fault}", 2) from None


@app.command(cls=Command)
def chat(
    network: NetworkFile = None,
    database: OldDatabase = None,
    sender: As = None,
    place: In = None,
    at: At = None,
    *,
    numbers: NumbersOnly = False,
) -> None:
    """Een gesprek in de terminal.

    Zonder opties: met het voorbeeldnetwerk. Leest ook uit een pijp. Er wordt niets van bewaard.
    """
    from adapters.terminal import Terminal, somebody
    from bot.app import open_aside

    moment = _moment(at)
    known = known_network(network, database)
    opened = open_aside(known)
    who = sender or somebody(known)
    clock = (lambda: moment) if moment else now
    terminal = Terminal(opened.assistant.world, who, _place(place, who, known), clock, numbers=numbers)
    asyncio.run(opened.run(terminal, now))


@app.command(cls=Command)
def ask(
    question: Question = None,
    *,
    network: NetworkFile = None,
    database: OldDatabase = None,
    sender: As = None,
    place: In = None,
    at: At = None,
    as_json: AsJson = False,
    jsonl: JsonLinesIn = False,
) -> None:
    """Eén vraag, één antwoord.

    Met --jsonl: veel vragen, elk op zichzelf, als {"text": …, "as": …, "in": …, "at": …}; alleen text moet.
    """
    from adapters.jsonlines import BadLine, JsonLines, read_questions
    from adapters.terminal import Terminal
    from bot.app import open_aside

    if jsonl == (question is not None):
        raise stop('Geef een vraag (verbinder ask "wie is onze wijkagent") of --jsonl met regels op de invoer.', 2)
    if jsonl and (sender or place):
        raise stop("Bij --jsonl staan as en in in de regels zelf.", 2)
    moment = _moment(at) or now()
    opened = open_aside(known_network(network, database))
    world = opened.assistant.world
    if jsonl:
        try:
            questions = read_questions(sys.stdin, world.network, moment)
        except BadLine as fault:
            raise stop(f"{fault}\nEr is nog niets beantwoord.") from None
        asyncio.run(opened.run(JsonLines(questions, sys.stdout), lambda: moment))
        return
    terminal = Terminal(world, sender, _place(place, sender, world.network), lambda: moment)
    adapter = JsonLines((), sys.stdout) if as_json else terminal
    if not asyncio.run(opened.answer(adapter, terminal.said(question or ""), lambda: moment)):
        raise stop("Er is geen antwoord gekomen. Stel de vraag nog eens.")


@app.command(cls=Command)
def simulate(network: Story, database: StoryDatabase = None) -> None:
    """Speel een verhaal na.

    Gebeurtenissen als JSON-regels op de invoer, berichten als JSON-regels op de uitvoer. De tijd staat in het verhaal.

    Met {"at": …, "down": true} is Verbinder weg tot de volgende gebeurtenis; dan haalt het in wat had moeten komen.
    """
    from adapters.jsonlines import BadLine
    from adapters.simulate import Event, play, read_events
    from bot.app import open_app, take_network
    from knowledge.network_files import read_network

    with closing(open_app(database)) as opened:
        old = opened.store.load_network()
        new = read_network(network, base=old)
        try:
            events = read_events(sys.stdin, new, opened.store.count_received())
        except BadLine as fault:
            raise stop(f"{fault}\nEr is niets gespeeld.") from None
        if events:
            if old and old != new:  # what fell due before the import goes by the network of then
                asyncio.run(play(opened, [Event(events[0].at, None)], sys.stdout))
            take_network(opened, old, new, events[0].at)
            asyncio.run(play(opened, events, sys.stdout, events[0].at))


@app.command("import", cls=Command)
def import_(file: Incoming, database: Database = OWN_DATABASE, yes: Yes = False) -> None:
    """Zet een netwerk in de database.

    Laat eerst zien wat er verandert. Klopt er iets niet, dan gebeurt er niets.
    """
    from bot.app import find_network, take_network
    from bot.commands.beside import open_beside
    from knowledge.network_diff import compare, describe
    from knowledge.network_files import read_network

    old = find_network(None, database) if database.exists() else None
    new = read_network(file, base=old)
    if old == new:
        typer.echo("Er verandert niets.")
        return
    typer.echo(laid_out("\n".join(describe(compare(old, new)))))
    sure(yes=yes)
    with closing(open_beside(database)) as opened:
        take_network(opened, old, new, now())
    counts = f"{len(new.organisations)} organisaties, {len(new.people)} mensen, {len(new.koppels)} koppels"
    typer.echo(f"Gedaan. {new.name}: {counts}.")
    typer.echo(f"Probeer het: verbinder chat --database {database}")


@app.command(cls=Command)
def export(
    person: Whose = None,
    database: Database = OWN_DATABASE,
    output: Output = None,
    *,
    csv: AsCsv = False,
    koppels: AsKoppels = False,
    about: About = None,
) -> None:
    """Schrijf het netwerk uit.

    Wat eruit komt, wordt met import weer hetzelfde netwerk. Met een persoon erbij: alles wat er over die persoon bewaard is.
    """
    if whose := about or person:
        told(inzage_of(whose, database), output)
        return
    from knowledge.network_koppels import write_koppels_csv
    from knowledge.network_write import write_people_csv, write_yaml

    network = known_network(None, database)
    as_csv = csv or koppels or (output is not None and output.suffix.lower() == ".csv")
    listed = write_koppels_csv if koppels else write_people_csv
    # A byte-order mark, or Excel takes the accents apart.
    text = "\ufeff" + listed(network) if as_csv else write_yaml(network)
    note_export(network, database)
    told(text, output)


for own in COMMANDS:
    app.command(cls=Command)(own)


def run(arguments: list[str]) -> int:
    """Runs one command and returns its exit code; whatever goes wrong is said in a sentence, never as a traceback."""
    command = typer.main.get_command(app)
    if arguments[:1] == ["help"]:
        arguments = [*arguments[1:], "--help"]
    try:
        with command.make_context("verbinder", arguments or ["--help"]) as context:
            command.invoke(context)
        sys.stdout.flush()
    except typer.Exit as done:
        return done.exit_code
    except UsageError as fault:
        typer.echo(laid_out(in_dutch(fault), on=sys.stderr), err=True)
        return 2
    except typer.Abort:  # at a question, so before anything was done
        typer.echo("\nGestopt. Er is niets veranderd.", err=True)
        return 130
    except (KeyboardInterrupt, EOFError):
        return 130
    except (BrokenPipeError, NobodyReads):  # the reader has seen enough: `verbinder ask … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    except Exception as error:  # noqa: BLE001 - people never see a traceback
        typer.echo(laid_out(explained(error), on=sys.stderr), err=True)
        return 1
    return 0


def main() -> None:
    """The console script."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    # What libraries have to say is not for people; `run` puts it in its log.
    logging.getLogger().addHandler(logging.NullHandler())
    if "_VERBINDER_COMPLETE" in os.environ:  # a shell asks what can follow
        app(prog_name="verbinder")
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
