"""`verbinder backup`, `restore` and `status`: what an administrator does to sleep well."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from bot.layout import laid_out
from bot.options import AsJson, Database, a_database, a_file, stop

OWN_DATABASE = Path("verbinder.db")
Target = Annotated[
    Optional[Path],  # noqa: UP045 - typer reads the older form on every Python we support
    typer.Argument(metavar="BESTAND", help="Waarheen. Zonder: verbinder- met dag en tijd, in deze map."),
]
Alive = Annotated[
    bool,
    typer.Option("--alive", help="Let alleen op of hij nog werkt. Bij een platform dat weg is, helpt opnieuw starten niet."),
]
Source = Annotated[Path, typer.Argument(metavar="BESTAND", help="De reservekopie.", callback=a_file)]


def backup(target: Target = None, database: Database = OWN_DATABASE) -> None:
    """Maak een reservekopie, ook terwijl Verbinder draait.

    De database en de sleutels ernaast, van één moment, in één bestand dat alleen jij kunt lezen.
    """
    from bot.clock import now
    from bot.store.backup import back_up
    from bot.words import Words

    file = target or Path(f"verbinder-{now():%Y-%m-%d-%H%M}.tar.gz")
    if file.exists():
        raise stop(f'"{file}" bestaat al. Kies een andere naam.')
    names, words = back_up(database, file, now()), Words()
    typer.echo(laid_out(words.say("beheer.kopie", bestand=file, wat=", ".join(names))))
    typer.echo(laid_out(words.say("beheer.kopie-bewaar"), 0))


def restore(source: Source, database: Database = OWN_DATABASE) -> None:
    """Zet een reservekopie terug, op een plek waar nog niets staat."""
    from bot.store.backup import restore as put_back
    from bot.words import Words

    words = Words()
    typer.echo(laid_out(words.say("beheer.terug", wat=", ".join(put_back(source, database)))))
    typer.echo(laid_out(words.say("beheer.terug-verder"), 0))


def status(database: Database = OWN_DATABASE, *, as_json: AsJson = False, alive: Alive = False) -> None:
    """Hoe gaat het? Wat wacht er, wat ging mis, wat is te laat.

    Afsluitcode 0: het gaat goed, 1: er staat iets stil. Met --alive is 1 alleen: hij is er niet meer, start hem opnieuw.
    """
    import json
    from contextlib import closing
    from dataclasses import asdict

    from bot.clock import now
    from bot.commands.beside import open_beside
    from bot.health import health, in_words
    from bot.store.hold import is_held

    a_database(database)
    with closing(open_beside(database)) as opened:
        found = health(opened.store.connection, now(), opened.assistant.next_due())
        words = in_words(found, opened.words, None if is_held(database) else database)
        typer.echo(json.dumps(asdict(found)) if as_json else laid_out("\n".join(words)))
    if not (found.alive if alive else found.sound):
        raise typer.Exit(1)
