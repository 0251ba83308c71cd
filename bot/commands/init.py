"""`verbinder init`: the first hour of an administrator, from the national school files and a list of people to a first answer."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from adapters.beginning import Account, Homeserver, Platform, Wanted, plan
from bot.options import Database, Yes, agreed, stop, sure

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from adapters.beginning import Plan
    from bot.words import Words
    from knowledge.network import Network
    from knowledge.schools import School

REGIONS = ("noord", "midden", "zuid")
OWN_DATABASE = Path("verbinder.db")


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
    list[str],
    typer.Option("--schools", metavar="BESTAND", help='Vestigingen van DUO (.csv). Mag vaker, of "duo/*.csv": bo, vo, vso, mbo.'),
]
People = Annotated[
    list[str],
    typer.Option("--people", metavar="BESTAND", help="Mensen: .csv uit een spreadsheet, of adreskaarten (.vcf). Mag vaker."),
]
Files = Annotated[
    Optional[list[str]],  # noqa: UP045
    typer.Argument(metavar="[BESTAND]...", help="Bestanden van DUO, met mensen of met koppels: elk wordt herkend."),
]
Pairs = Annotated[
    Optional[bool],  # noqa: UP045
    typer.Option("--pairs/--no-pairs", help="Maak een koppel van elke school en het politieteam dat er duidelijk bij hoort."),
]


def init(
    files: Files = None,
    *, town: Town = None, region: Region = None, name: Name = None, schools: Schools = [], people: People = [],  # noqa: B006
    pairs: Pairs = None, platform: Platform = None, homeserver: Homeserver = None, account: Account = None,
    database: Database = OWN_DATABASE, yes: Yes = False,
) -> None:  # fmt: skip
    """Begin een netwerk, of werk de scholen ervan bij.

    Met de schoolbestanden van DUO staan alle scholen van de gemeente erin, met hun nummer en vakantieregio. Je kunt het later
    herhalen met een nieuwer bestand: je ziet eerst wat er verandert. Er wordt nooit een school of iemand weggehaald.

    Staat de politie erin, dan maakt --pairs de koppels die vanzelf spreken; de andere vul je in met verbinder export --koppels.

    Met --platform komen er ook instellingen, naast de database. Een wachtwoord of token geef je nooit mee in de opdracht: het staat
    in een bestand dat alleen jij kunt lezen.
    """
    from adapters.first_look import first_look
    from bot.app import find_network
    from bot.clock import now
    from bot.commands.init_files import sorted_out
    from bot.words import Words
    from knowledge.network_diff import compare, describe

    old = find_network(None, database) if database.exists() else None
    town = town or (old.municipality if old else None) or _asked("In welke gemeente is het netwerk?", "--town")
    given, words = sorted_out(files or (), schools, people), Words()
    found = _schools_of(given.schools, town)
    at = now()
    new = _with_pairs(_with_people(_network(old, found, town, region, name), given.people), pairs, at, words)
    settled, missing = _settled(Wanted(platform, homeserver, account), database, words), _missing(old, found)
    if old == new and not settled.changes:
        return typer.echo("\n".join(["Er verandert niets.", *missing]))
    typer.echo("\n".join([*describe(compare(old, new)), *missing, *settled.shown(words)]))
    sure(yes=yes)
    settled.write()
    if old != new:
        _take(old, new, database, at)
    return first_look(database, settled.settings, at)


def _settled(wanted: Wanted, database: Path, words: Words) -> Plan:
    """What would become of the settings: those that are pointed at, else the ones beside the database."""
    from bot.settings import USUAL, meant, read_settings

    file = meant() or database.with_name(USUAL.name)
    return plan(wanted, file, read_settings(file if file.is_file() else None), words)


def _asked(question: str, option: str) -> str:
    """An answer of whoever sits there; without a terminal the option that was to say it."""
    if not sys.stdin.isatty():
        raise stop(f"{question} Zeg het met {option}.", 2)
    return str(typer.prompt(question, prompt_suffix=" ")).strip()


def _schools_of(files: Sequence[Path], town: str) -> list[School]:
    from knowledge.network_names import nearest
    from knowledge.schools import read_all
    from knowledge.schools_merge import in_municipality

    everywhere = read_all(files)
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


def _with_people(network: Network, files: Sequence[Path]) -> Network:
    from knowledge.network_files import read_network

    for file in files:
        network = read_network(file, base=network)
    return network


def _with_pairs(network: Network, wanted: bool | None, at: datetime, words: Words) -> Network:
    """With the koppels that are plain, if they are wanted; asked on a terminal where nothing was said about it."""
    from knowledge.koppels_obvious import obvious_koppels, with_koppels

    found = () if wanted is False else obvious_koppels(network, at.astimezone(network.zone).date())
    if not found:
        return network
    if wanted is None:
        if not sys.stdin.isatty():
            return network
        wanted = agreed(words.say("inrichten.koppels-maken", aantal=len(found)))
    return with_koppels(network, found) if wanted else network


def _missing(old: Network | None, schools: list[School]) -> list[str]:
    from knowledge.schools_merge import gone

    names = [one.name for one in gone(old, schools, {school.kind for school in schools})] if old else []
    return [f"Niet meer in het schoolbestand, en gebleven: {', '.join(names)}. Kijk of dat klopt."] if names else []


def _take(old: Network | None, new: Network, database: Path, at: datetime) -> None:
    """Puts the network in the database."""
    from contextlib import closing

    from bot.app import take_network
    from bot.commands.beside import open_beside

    with closing(open_beside(database)) as opened:
        take_network(opened, old, new, at)
    typer.echo(
        f"Gedaan. {new.name}: {len(new.organisations)} organisaties, {len(new.people)} mensen, {len(new.koppels)} koppels.\n"
    )
