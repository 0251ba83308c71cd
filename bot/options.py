"""The options that commands share, and what is said when one cannot be used."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional, TypeVar

import typer

from bot.layout import laid_out

if TYPE_CHECKING:
    from collections.abc import Callable

Read = TypeVar("Read")
VARIABLE = "VERBINDER_DATABASE"


def stop(message: str, code: int = 1) -> typer.Exit:
    """Says what is the matter on standard error, and gives the exit to raise."""
    typer.echo(laid_out(message, on=sys.stderr), err=True)
    return typer.Exit(code)


def a_file(path: Path | None) -> Path | None:
    """The file that was named, if it can be one."""
    if path is not None and (said := no_file(path)):
        raise stop(said)
    return path


def no_file(path: Path) -> str:
    """Why this is no file that can be read; "" when it is one."""
    if path.is_dir():
        return f'"{path}" is een map, geen bestand. Noem het bestand zelf.'
    return "" if path.exists() else f'"{path}" is er niet. Kijk of de naam en de map kloppen.'


def a_database(path: Path) -> Path:
    """The database that was named, if it is there; else how to begin one."""
    if said := no_file(path):
        other = "" if path.is_dir() else f" Een nieuwe begin je zo: verbinder init --database {path}"
        raise stop(said + other)
    return path


def sure(*, yes: bool, question: str = "Doorgaan?") -> None:
    """Goes on after --yes or a "ja"; leaves with code 3 where nothing is done. Nobody there to ask: says how it is done."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise stop("Dit is nog niet gedaan. Doe het met: --yes", 3)
    if not agreed(question):
        raise stop("Er is niets veranderd.", 3)


def agreed(question: str) -> bool:
    """Whether somebody at the terminal says yes."""
    try:
        return input(laid_out(f"{question} [j/N]", 0) + " ").strip().lower() in {"j", "ja"}
    except (KeyboardInterrupt, EOFError):
        raise typer.Abort from None


class NotThis(Exception):
    """What was said cannot be used; the message says what was expected."""


def asked(question: str, read: Callable[[str], Read], usual: str | None = None, *, unseen: bool = False) -> Read:
    """What somebody at the terminal answers, as `read` takes it. Asks again for as long as that raises `NotThis`."""
    while True:
        try:
            shown, after = bool(usual) and not unseen, _suffix(question)
            said = typer.prompt(question, default=usual, show_default=shown, hide_input=unseen, prompt_suffix=after)
            return read(str(said).strip())
        except NotThis as fault:
            typer.echo(laid_out(str(fault), 0, on=sys.stderr), err=True)


def _suffix(question: str) -> str:
    return " " if question.endswith("?") else ": "


def taken(said: str, read: Callable[[str], Read], code: int = 2) -> Read:
    """What was said in an option, as `read` takes it; leaves with this code when it does not."""
    try:
        return read(said)
    except NotThis as fault:
        raise stop(str(fault), code) from None


def _no_folder(path: Path) -> Path:
    """A database that is there or may come; a folder can be none."""
    if path.is_dir():
        raise stop(f'"{path}" is een map. Noem het bestand erin, zoals {path / "verbinder.db"}.', 2)
    return path


def _say_version(wanted: bool) -> None:  # noqa: FBT001 - the library calls it so
    if wanted:
        from importlib.metadata import version  # noqa: PLC0415 - seldom wanted

        typer.echo(f"verbinder {version('verbinder')}")
        raise typer.Exit


Version = Annotated[bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Laat de versie zien.")]
# typer reads the older form of "or None" on every Python we support
NetworkFile = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--network", metavar="BESTAND", help="Netwerk (.yaml). Zonder: het voorbeeld.", callback=a_file),
]
OldDatabase = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--database", metavar="BESTAND", envvar=VARIABLE, help="Database waarin het netwerk staat."),
]
Database = Annotated[
    Path, typer.Option("--database", metavar="BESTAND", envvar=VARIABLE, help="De database.", callback=_no_folder)
]
StoryDatabase = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--database", metavar="BESTAND", help="Speel verder in deze database. Zonder: in het geheugen."),
]
As = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--as", metavar="PERSOON", help="Wie vraagt: de id van iemand uit het netwerk."),
]
In = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--in", metavar="PLEK", help="Waar: dm (privéchat), netwerk, of een koppel."),
]
At = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--at", metavar="TIJD", help="Wanneer: 2026-11-23T09:00:00+01:00. Zonder: nu."),
]
Output = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--output", "-o", metavar="BESTAND", help="Waarheen; .csv geeft alleen de mensen."),
]
Question = Annotated[
    Optional[str],  # noqa: UP045
    typer.Argument(metavar="VRAAG", help="De vraag, tussen aanhalingstekens."),
]
Story = Annotated[Path, typer.Option("--network", metavar="BESTAND", help="Netwerk (.yaml).", callback=a_file)]
Incoming = Annotated[
    Path,
    typer.Argument(metavar="BESTAND", help=".yaml (heel netwerk), .csv (mensen of koppels) of .vcf (kaartjes).", callback=a_file),
]
Topic = Annotated[str, typer.Argument(metavar="ONDERWERP", help="De id van een onderwerp.")]
Coverage = Annotated[bool, typer.Option("--table", help="Ook een tabel: hoeveel onderwerpen elk deel van het rapport heeft.")]
Each = Annotated[bool, typer.Option("--all", help="Ook wat bij veel scholen hetzelfde is, elk op een eigen regel.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Niet vragen, meteen doen.")]
AsJson = Annotated[bool, typer.Option("--json", help="Antwoord als één regel JSON.")]
JsonLinesIn = Annotated[bool, typer.Option("--jsonl", help="Lees vragen als JSON-regels van de invoer.")]
AsKoppels = Annotated[bool, typer.Option("--koppels", help="De koppels als CSV, met een lege regel voor elke school zonder.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="De mensen als CSV, voor een spreadsheet.")]
NumbersOnly = Annotated[
    bool,
    typer.Option("--numbers", envvar="VERBINDER_NUMBERS", help="Alleen nummers typen: geen pijltjes, niets beweegt."),
]
