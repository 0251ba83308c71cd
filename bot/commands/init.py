"""`verbinder init`: the first hour of an administrator, from the national school files and a list of people to a first answer."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from adapters.beginning import Account, Homeserver, Platform, Wanted, plan
from bot.layout import laid_out
from bot.options import Database, NotThis, Yes, agreed, asked, stop, sure, taken

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from adapters.beginning import Plan
    from bot.options import Read
    from bot.words import Words
    from knowledge.network import Network
    from knowledge.schools import School

REGIONS = ("noord", "midden", "zuid")
SHORT, MOST_NEAR = 2, 4
"""Signs with which many towns begin; towns that are named when several begin with what was typed."""
MOST_TOWNS = 12
"""Of a file with more of them not all are named."""
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
    from knowledge.schools_merge import with_schools

    old = find_network(None, database) if database.exists() else None
    given, words, at = sorted_out(files or (), schools, people), Words(), now()
    town, found = _schools_of(given.schools, town or (old.municipality if old else None), words)
    begun = with_schools(old or _new(found, town, region, name, words), found)
    new = _with_pairs(_with_people(begun, given.people), pairs, at, words)
    settled, missing = _settled(Wanted(platform, homeserver, account), database, words), _missing(old, found)
    if old == new and not settled.changes:
        return typer.echo(laid_out("\n".join(["Er verandert niets.", *missing])))
    typer.echo(laid_out("\n".join([*describe(compare(old, new)), *missing, *settled.shown(words)])))
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


def _said(said: str | None, question: str, option: str, read: Callable[[str], Read], code: int = 2) -> Read:
    """What an option says, else what somebody at the terminal answers. Without a terminal: which option was to say it."""
    if said:
        return taken(said, read, code)
    if not sys.stdin.isatty():
        raise stop(f"{question} Zeg het met {option}.", 2)
    return asked(question, read)


def _schools_of(files: Sequence[Path], town: str | None, words: Words) -> tuple[str, list[School]]:
    """The town, and its schools in these files."""
    from knowledge.network_names import fold, nearest
    from knowledge.schools import read_all
    from knowledge.schools_merge import in_municipality

    everywhere = read_all(files)

    def read(name: str) -> tuple[str, list[School]]:
        found = in_municipality(everywhere, name)
        if not files or found:
            return name, found
        there = sorted({school.municipality for school in everywhere})
        longer = [one for one in there if len(name) > SHORT and fold(one).startswith(fold(name))][:MOST_NEAR]
        if near := '" of "'.join(longer) or nearest(name, set(there)):
            raise NotThis(words.say("inrichten.gemeente-bijna", gemeente=name, bijna=near))
        if len(there) > MOST_TOWNS:
            raise NotThis(words.say("inrichten.gemeente-niet", gemeente=name))
        known = ", ".join(there) or words.say("inrichten.geen-school")
        raise NotThis(words.say("inrichten.gemeente-niet-wel", gemeente=name, wel=known))

    return _said(town, words.say("inrichten.gemeente"), "--town", read, 1)


def _new(schools: list[School], town: str, region: str | None, name: str | None, words: Words) -> Network:
    """A network with nobody in it yet."""
    from knowledge.schools_merge import most_common_region, new_network

    def read(said: str) -> str:
        if said.lower() not in REGIONS:
            raise NotThis(words.say("inrichten.regio-niet", regio=said))
        return said.lower()

    region = _said(region or most_common_region(schools), words.say("inrichten.regio"), "--region", read)
    town = schools[0].municipality if schools else town
    return new_network(name or f"School & Veiligheid {town}", town, region)


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
