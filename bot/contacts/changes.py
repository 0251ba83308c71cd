"""What can be changed in the contact list by a word in the chat, and the network after it. Pure; holds values of the list only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

from pydantic import Field, TypeAdapter

from knowledge.network import Period

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from knowledge.network import Koppel, Network, Organisation, Person


@dataclass(frozen=True, slots=True)
class Away:
    """Not there from `first` up to and including `last`. Why is never kept: that somebody is ill is nobody's business."""

    person: str
    first: date
    last: date
    kind: Literal["afwezig"] = "afwezig"


@dataclass(frozen=True, slots=True)
class Back:
    """There again from this day on: an absence that holds it ends the day before, later ones stay."""

    person: str
    day: date
    kind: Literal["terug"] = "terug"


@dataclass(frozen=True, slots=True)
class Phone:
    person: str
    phone: str
    kind: Literal["telefoon"] = "telefoon"


@dataclass(frozen=True, slots=True)
class Email:
    person: str
    email: str
    kind: Literal["e-mail"] = "e-mail"


@dataclass(frozen=True, slots=True)
class Deputy:
    person: str
    deputy: str
    kind: Literal["vervanger"] = "vervanger"


@dataclass(frozen=True, slots=True)
class Leaves:
    """`last` is the last day in the role."""

    person: str
    last: date
    kind: Literal["stopt"] = "stopt"


@dataclass(frozen=True, slots=True)
class Successor:
    """From the day on which this is applied the successor does what this person did."""

    person: str
    successor: str
    kind: Literal["opvolger"] = "opvolger"


@dataclass(frozen=True, slots=True)
class Hours:
    """`hours` is an opening_hours expression that has been read before."""

    person: str
    hours: str
    kind: Literal["werkdagen"] = "werkdagen"


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Somebody said on this day that the entry is right."""

    person: str
    day: date
    kind: Literal["bevestigd"] = "bevestigd"


Change: TypeAlias = Away | Back | Phone | Email | Deputy | Leaves | Successor | Hours | Confirmed
CHANGES: TypeAdapter[tuple[Change, ...]] = TypeAdapter(tuple[Annotated[Change, Field(discriminator="kind")], ...])


def people_in(changes: Iterable[Change]) -> tuple[str, ...]:
    """Whose entry is touched, each once."""
    return tuple(dict.fromkeys(change.person for change in changes))


def named_in(change: Change) -> str | None:
    """The other person that a change names."""
    match change:
        case Deputy(deputy=other) | Successor(successor=other):
            return other
        case _:
            return None


def apply(network: Network, changes: Iterable[Change]) -> Network:
    """The network after these changes. Whoever is not in it (any more) is passed over."""
    for change in changes:
        if {change.person, named_in(change) or change.person} <= network.person_by_id.keys():
            network = _succeeded(network, change) if isinstance(change, Successor) else _with_entry(network, change)
    return network


def _with_entry(network: Network, change: Change) -> Network:
    return _with_people(network, lambda one: _changed(one, change) if one.id == change.person else one)


def _with_people(network: Network, become: Callable[[Person], Person]) -> Network:
    return replace(network, people=tuple(become(one) for one in network.people))


def _changed(person: Person, change: Change) -> Person:
    match change:
        case Away(first=first, last=last):
            return replace(person, absences=_with_absence(person.absences, Period(first, last)))
        case Back(day=day):
            return replace(person, absences=_ended(person.absences, day))
        case Phone(phone=phone):
            return replace(person, phone=phone)
        case Email(email=email):
            return replace(person, email=email)
        case Deputy(deputy=deputy):
            return replace(person, deputy=deputy)
        case Leaves(last=last):
            return replace(person, until=last)
        case Hours(hours=hours):
            return replace(person, hours=hours)
        case Confirmed(day=day):
            return replace(person, confirmed=day)
        case Successor():
            raise AssertionError("a succession is about more than one entry")


def _with_absence(known: tuple[Period, ...], new: Period) -> tuple[Period, ...]:
    """In order of time; spans that overlap or follow on each other become one."""
    kept: list[Period] = []
    for period in sorted((*known, new), key=lambda one: (one.first, one.last)):
        if kept and period.first <= kept[-1].last + timedelta(days=1):
            kept[-1] = replace(kept[-1], last=max(kept[-1].last, period.last), name=kept[-1].name or period.name)
        else:
            kept.append(period)
    return tuple(kept)


def _ended(known: tuple[Period, ...], day: date) -> tuple[Period, ...]:
    cut = (replace(one, last=day - timedelta(days=1)) if one.holds(day) else one for one in known)
    return tuple(one for one in cut if one.first <= one.last)


def _succeeded(network: Network, change: Successor) -> Network:
    """The successor takes over roles, area and place among the contacts, and is deputy or lead of whom the old one was."""
    old, new = change.person, change.successor
    before = network.person_by_id[old]
    organisation = network.organisation_of(network.person_by_id[new])

    def become(one: Person) -> Person:
        if one.id == new:
            one = replace(one, roles=_merged(one.roles, before.roles), serves=_area(one, before, organisation))
        deputy, lead = (new if name == old and one.id not in {old, new} else name for name in (one.deputy, one.lead))
        return replace(one, deputy=None if one.id == new and deputy == old else deputy, lead=lead)

    def contacts(koppel: Koppel) -> Koppel:
        named = tuple(dict.fromkeys(new if one == old else one for one in koppel.contacts))
        return replace(koppel, contacts=named) if named != koppel.contacts else koppel

    return replace(_with_people(network, become), koppels=tuple(contacts(one) for one in network.koppels))


def _area(successor: Person, before: Person, organisation: Organisation) -> tuple[str, ...]:
    """The area of both. What an empty one means depends on the kind: a school its own, police the koppels, others everything."""
    if not successor.roles:
        return before.serves
    if organisation.side not in {"school", "politie"}:
        return _merged(successor.serves, before.serves) if successor.serves and before.serves else ()
    own = (organisation.id,) if organisation.side == "school" else ()
    if not successor.serves and not before.serves:
        return ()
    return _merged(successor.serves or own, before.serves or own)


def _merged(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))
