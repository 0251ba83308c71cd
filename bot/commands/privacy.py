"""`verbinder purge`, `forget`, `inzage` and `audit`: what is kept of people, shown and taken away."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from bot.options import AsJson, Database, Yes, a_database, stop, sure

if TYPE_CHECKING:
    from bot.app import App
    from knowledge.network import Network

OWN_DATABASE = Path("verbinder.db")
Someone = Annotated[str, typer.Argument(metavar="PERSOON", help="De id van iemand uit het netwerk.")]
Whose = Annotated[
    Optional[str],  # noqa: UP045 - typer reads the older form on every Python we support
    typer.Argument(metavar="[PERSOON]", help="Alleen wat er over deze persoon bewaard is, als JSON.", show_default=False),
]
About = Annotated[
    Optional[str],  # noqa: UP045 - typer reads the older form on every Python we support
    typer.Option("--person", metavar="PERSOON", help="Hetzelfde als de persoon erachter zetten."),
]
OnlyOf = Annotated[
    Optional[str],  # noqa: UP045 - typer reads the older form on every Python we support
    typer.Option("--person", metavar="PERSOON", help="Alleen wat deze persoon deed, of wat over die persoon ging."),
]
Since = Annotated[str, typer.Option("--since", metavar="DAG", help="Vanaf deze dag: 2026-11-01.")]


def purge(database: Database = OWN_DATABASE) -> None:
    """Wis nu wat lang genoeg bewaard is.

    Verbinder doet dit zelf elke dag. Wat gewist is, staat ook niet meer in lege plekken van het bestand.
    """
    from contextlib import closing

    from bot.clock import now
    from bot.commands.beside import open_beside

    a_database(database)
    with closing(open_beside(database)) as opened:
        opened.assistant.purge(now(), at_once=True)
        typer.echo(opened.words.say("bewaren.klaar"))
        _really_gone(opened)


def forget(person: Someone, database: Database = OWN_DATABASE, *, yes: Yes = False) -> None:
    """Vergeet iemand: wis de sporen van wat die persoon deed.

    De kaart in de contactlijst blijft tot je die met import weghaalt; een overdracht blijft tot haar eigen termijn voorbij is.
    """
    from contextlib import closing

    from bot.about_person import forget_person
    from bot.commands.beside import open_beside

    a_database(database)
    sure(yes=yes, question=f'Alle sporen van "{person}" wissen?')
    with closing(open_beside(database)) as opened:
        with opened.store.transaction():
            gone = forget_person(opened.store.connection, person)
        opened.store.compact()
        typer.echo(opened.words.say("bewaren.vergeten", aantal=gone))
        _really_gone(opened)


def _really_gone(opened: App) -> None:
    """Says so, and leaves with code 1, when what was taken away still stands in the journal because somebody reads."""
    if opened.store.unscrubbed:
        raise stop(opened.words.say("bewaren.nog-in-journaal"))


def inzage(person: Someone, database: Database = OWN_DATABASE) -> None:
    """Schrijf uit wat er over iemand bewaard is, als JSON.

    Hetzelfde doet: verbinder export PERSOON.
    """
    told(inzage_of(person, database), None)


def inzage_of(person: str, database: Path) -> str:
    """All that is kept of somebody, as JSON. Nothing of it may be read by others of the machine."""
    import json
    from contextlib import closing

    from bot.about_person import kept_of
    from bot.audit import note_seen
    from bot.clock import now
    from bot.commands.beside import open_beside

    a_database(database)
    with closing(open_beside(database)) as opened, opened.store.transaction():
        known = opened.store.connection.execute("SELECT id FROM person WHERE id = ?", (person,)).fetchall()
        note_seen(opened.store.connection, None, (one for (one,) in known), now().date(), asked=False)
        kept = kept_of(opened.store.connection, person)
    if not kept:
        typer.echo(f'Over "{person}" is niets bewaard. Staat de id goed? Ze staan in wat verbinder export schrijft.', err=True)
        return "{}\n"
    meaning = {part: opened.words.say(f"inzage.{part}") for part in kept}
    whole: dict[str, object] = {"uitleg": {"": opened.words.say("inzage.kop", wie=person), **meaning}, **kept}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def note_export(network: Network, database: Path) -> None:
    """Keeps that all numbers and addresses were written out, at the machine."""
    from contextlib import closing

    from bot.audit import note_seen
    from bot.clock import now
    from bot.store.file import Store

    people = [person.id for person in network.people if person.phone or person.email]
    with closing(Store(database)) as store, store.transaction():
        note_seen(store.connection, None, people, now().date(), asked=False)


def told(text: str, output: Path | None) -> None:
    """Writes to a file that only its owner can read, or without one to standard output."""
    if output is None:
        typer.echo(text, nl=False)
        return
    output.touch(mode=0o600)
    if output.is_file():  # one that was there already may be open to others; a device is what it is
        output.chmod(0o600)
    output.write_text(text, encoding="utf-8", newline="")
    typer.echo(f"Geschreven: {output}")


def audit(database: Database = OWN_DATABASE, since: Since = "", person: OnlyOf = None, *, as_json: AsJson = False) -> None:
    """Wie wijzigde, bood aan, nam over en zag gegevens van wie. Geen teksten."""
    import json
    from contextlib import closing
    from dataclasses import asdict
    from datetime import date

    from bot.audit import trail
    from bot.commands.beside import open_beside

    a_database(database)
    try:
        first = date.fromisoformat(since).isoformat() if since else ""
    except ValueError:
        raise stop(f'--since: hier staat "{since}", verwacht een dag, zoals 2026-11-01', 2) from None
    with closing(open_beside(database)) as opened, opened.store.transaction():
        for one in trail(opened.store.connection, first, person):
            parts = (one.at[:16].replace("T", " "), one.who or "verbinder", one.did, one.whom or "", one.about or "")
            typer.echo(json.dumps(asdict(one), ensure_ascii=False) if as_json else "  ".join(filter(None, parts)))
