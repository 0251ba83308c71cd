"""Small networks, written in code, and one way to ask the assistant something about them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.answer import answer
from bot.context import Context, World, make_world
from bot.understand import Understanding
from bot.words import Words
from knowledge.library import Library, load_library
from knowledge.network import Koppel, Network, Organisation, Period, Person
from knowledge.network_files import read_network

if TYPE_CHECKING:
    from bot.messages import Reply

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MONDAY = "2026-11-23T10:00"
"""An ordinary school day, in office hours."""

ALWAYS, NEVER = "24/7", "off"
EXAMPLE = Path(__file__).parent.parent / "config" / "netwerk-voorbeeld.yaml"

PLACES = (
    Organisation("linde", "Lindecollege", "vo", wijk="Noord", municipality="Lindewaard"),
    Organisation("eik", "Eikschool", "po", wijk="Zuid", municipality="Lindewaard"),
    Organisation("beuk", "Beuklyceum", "vo", wijk="Oost", municipality="Heuveldam"),
    Organisation("politie", "Politie Lindewaard", "politie", municipality="Lindewaard"),
    Organisation("leerplicht", "Leerplicht Lindewaard", "leerplicht", municipality="Lindewaard"),
    Organisation("halt", "Halt Zuid", "halt"),
)


def moment(text: str) -> datetime:
    """A moment of the example zone: "2026-11-23T10:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


def person(id: str, organisation: str, *roles: str, **more: Any) -> Person:  # noqa: A002 - as in the file
    """Somebody with a number of their own, day and night reachable unless said otherwise; `name` follows from the id."""
    named = {"name": f"{id.title()} Zandstra", "phone": f"06-{sum(id.encode()) * 7919 % 10**8:08}", "hours": ALWAYS, **more}
    return Person(id, organisation=organisation, roles=roles, **named)


def away(first: str, last: str) -> tuple[Period, ...]:
    return (Period(date.fromisoformat(first), date.fromisoformat(last)),)


def network(*people: Person, koppels: tuple[Koppel, ...] = (), organisations: tuple[Organisation, ...] = PLACES) -> Network:
    return Network("waterstad", "Lindewaard", "Lindewaard", "zuid", organisations=organisations, people=people, koppels=koppels)


def koppel(school: str, *contacts: str) -> Koppel:
    return Koppel(f"{school}-politie", school, "politie", contacts)


@cache
def library() -> Library:
    return load_library()


@cache
def understanding() -> Understanding:
    return Understanding(library())


@cache
def words() -> Words:
    return Words()


def world(of: Network) -> World:
    return make_world(of, library(), understanding(), words())


@cache
def example() -> World:
    """The world of the network that comes with the project."""
    return world(read_network(EXAMPLE))


def context(of: World, sender: str | None, place: str | None = None, at: str = MONDAY) -> Context:
    return Context(of, sender, place or f"dm:{sender}", moment(at))


def ask(of: Network | World, text: str, sender: str | None = None, place: str | None = None, at: str = MONDAY) -> Reply:
    """One question, one answer."""
    return answer(text, context(world(of) if isinstance(of, Network) else of, sender, place, at))


def people_in(reply: Reply) -> list[str]:
    """The ids of the people in an answer, best first."""
    return [contact["person"] for contact in reply.data.get("contacts", [])]


def without_person(of: Network, *ids: str) -> Network:
    return replace(of, people=tuple(one for one in of.people if one.id not in ids))
