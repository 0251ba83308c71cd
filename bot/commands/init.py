"""`verbinder init`: the first hour of an administrator, from the national school files and a list of people to a first answer."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from bot.options import Database, Yes, a_file, stop, sure

if TYPE_CHECKING:
    from datetime import datetime

    from knowledge.network import Network
    from knowledge.schools import School

REGIONS = ("noord", "midden", "zuid")
OWN_DATABASE = Path("verbinder.db")


def _files(paths: list[Path]) -> list[Path]:
    return [found for path in paths if (found := a_file(path))]


# typer reads the older form of "or None" on every Python we support
Town = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--town", metavar="GEMEENTE", help="De gemeente van het netwerk."),
]
Region = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--region", metavar="REGIO", help="Vakantieregio: noord, midden of zuid. Zonder: uit het schoolbestand."),
]
Name = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--name", metavar="NAAM", help='Hoe het netwerk heet. Zonder: "School & Veiligheid" en de gemeente.'),
]
Schools = Annotated[
    list[Path],
    typer.Option("--schools", metavar="BESTAND", help="Vestigingen van DUO (.csv). Mag vaker: bo, vo, vso, mbo.", callback=_files),
]
People = Annotated[
    list[Path],
    typer.Option("--people", metavar="BESTAND", help="Mensen: .csv uit een spreadsheet, of adreskaarten (.vcf).", callback=_files),
]


def init(
    *, town: Town = None, region: Region = None, name: Name = None, schools: Schools = [], people: People = [],  # noqa: B006
    database: Database = OWN_DATABASE, yes: Yes = False,
) -> None:  # fmt: skip
    """Begin een netwerk, of werk de scholen ervan bij.

    Met de schoolbestanden van DUO staan alle scholen van de gemeente erin, met hun nummer en vakantieregio. Je kunt het later
    herhalen met een nieuwer bestand: je ziet eerst wat er verandert. Er wordt nooit een school of iemand weggehaald.
    """
    from bot.app import find_network
    from bot.clock import now
    from knowledge.network_diff import compare, describe

    old = find_network(None, database) if database.exists() else None
    town = town or (old.municipality if old else None) or _asked("In welke gemeente is het netwerk?", "--town")
    found = _schools_of(schools, town)
    new = _with_people(_network(old, found, town, region, name), people)
    missing = _missing(old, found)
    if old == new:
        typer.echo("\n".join(["Er verandert niets.", *missing]))
        return
    typer.echo("\n".join([*describe(compare(old, new)), *missing]))
    sure(yes=yes)
    _take(old, new, database, now())


def _asked(question: str, option: str) -> str:
    """An answer of whoever sits there; without a terminal the option that was to say it."""
    if not sys.stdin.isatty():
        raise stop(f"{question} Zeg het met {option}.", 2)
    return str(typer.prompt(question)).strip()


def _schools_of(files: list[Path], town: str) -> list[School]:
    from knowledge.network_names import nearest
    from knowledge.schools import read_schools
    from knowledge.schools_merge import in_municipality

    everywhere = [school for file in files for school in read_schools(file)]
    found = in_municipality(everywhere, town)
    if everywhere and not found:
        near = nearest(town, {school.municipality for school in everywhere})
        hint = f'Bedoel je "{near}"?' if near else "Kijk hoe de gemeente in het bestand heet."
        raise stop(f'In het schoolbestand staat geen gemeente "{town}". {hint}')
    return found


def _network(old: Network | None, schools: list[School], town: str, region: str | None, name: str | None) -> Network:
    """The network with the schools in it. Of an old one the name and the region stay as they are."""
    from knowledge.schools_merge import most_common_region, new_network, with_schools

    if old:
        return with_schools(old, schools)
    region = (region or most_common_region(schools) or _asked("Welke vakantieregio: noord, midden of zuid?", "--region")).lower()
    if region not in REGIONS:
        raise stop(f'De vakantieregio "{region}" bestaat niet. Kies noord, midden of zuid.', 2)
    town = schools[0].municipality if schools else town
    return with_schools(new_network(name or f"School & Veiligheid {town}", town, region), schools)


def _with_people(network: Network, files: list[Path]) -> Network:
    from knowledge.network_files import read_network

    for file in files:
        network = read_network(file, base=network)
    return network


def _missing(old: Network | None, schools: list[School]) -> list[str]:
    from knowledge.schools_merge import gone

    names = [one.name for one in gone(old, schools, {school.kind for school in schools})] if old else []
    return [f"Niet meer in het schoolbestand, en gebleven: {', '.join(names)}. Kijk of dat klopt."] if names else []


def _take(old: Network | None, new: Network, database: Path, at: datetime) -> None:
    """Puts the network in the database, and shows that it answers."""
    from contextlib import closing

    from bot.app import open_app, take_network
    from bot.check import check_network

    with closing(open_app(database)) as opened:
        take_network(opened, old, new, at)
    typer.echo(
        f"Gedaan. {new.name}: {len(new.organisations)} organisaties, {len(new.people)} mensen, {len(new.koppels)} koppels.\n"
    )
    _first_answer(new, at)
    gaps = check_network(new, at)
    if gaps:
        typer.echo(f"Wat nog ontbreekt ({len(gaps)} regels): verbinder check --database {database}")
    typer.echo(f"Vul mensen aan: verbinder export -o mensen.csv --database {database}, en daarna verbinder import mensen.csv")


def _first_answer(network: Network, at: datetime) -> None:
    """Asks for the first school, as people will, and shows what they get."""
    import asyncio

    from adapters.terminal import Terminal
    from bot.app import open_aside

    school = next((one for one in network.organisations if one.is_school), None)
    if school is None:
        return
    question = f"wat is het nummer van {school.name}"
    typer.echo(f"Bijvoorbeeld:\n> {question}")
    aside = open_aside(network)
    terminal = Terminal(aside.assistant.world, None, "dm:terminal", lambda: at)
    asyncio.run(aside.answer(terminal, terminal.said(question), lambda: at))
