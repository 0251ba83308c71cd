"""Who comes after whom: deputy, lead, coordinator. "Iedere baas heeft een baas": at the end of every chain is the coordinator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.rights import is_coordinator

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from bot.context import World
    from bot.handover.rows import Handover
    from knowledge.ladder import Part
    from knowledge.network import Network, Person


@dataclass(frozen=True)
class Recipient:
    """Somebody a step goes to, as what, and instead of whom."""

    person: Person
    part: Part
    instead_of: Person | None = None


def subject_of(handover: Handover) -> str:
    """Of whom something is expected now: to take it over, to name another, to report back, or to close."""
    return {"offered": handover.addressee, "accepted": handover.holder}.get(handover.state, handover.giver)


def resolve(parts: Iterable[Part], handover: Handover, world: World, day: date) -> list[Recipient]:
    """The people of a step, each once. The giver knows already, and is left out where something is expected of another."""
    subject = world.network.person_by_id.get(subject_of(handover))
    found: dict[str, Recipient] = {}
    for part in parts:
        person = subject if part == "zelf" else _part(part, subject, world, day)
        if person is None or (person.id == handover.giver and subject_of(handover) != handover.giver):
            continue
        if person.until is None or day <= person.until:
            found.setdefault(person.id, Recipient(person, part))
    return list(found.values())


def stand_ins(recipient: Recipient, world: World, day: date) -> Iterable[Recipient]:
    """Who stands in for somebody, down the chain."""
    for deputy in world.reach.deputies(recipient.person, day):
        yield Recipient(deputy, recipient.part, instead_of=recipient.person)


def _part(part: Part, subject: Person | None, world: World, day: date) -> Person | None:
    if part == "coordinator" or subject is None:
        return coordinator(world, day)
    if part == "vervanger":
        return next(iter(world.reach.deputies(subject, day)), None)
    return lead(subject, world, day) or coordinator(world, day)


def lead(person: Person, world: World, day: date) -> Person | None:
    """Who leads somebody, by the list of this world."""
    return lead_in(world.network, person, day)


def lead_in(network: Network, person: Person, day: date) -> Person | None:
    """Who leads somebody: as written down, else the school's directie, else the police's schoolcontactpersoon; not themselves."""
    named = network.person_by_id.get(person.lead or "")
    if named and named.serves_on(day) and named.id != person.id:
        return named
    organisation = network.organisation_of(person)
    role = "directie" if organisation.is_school else "schoolcontactpersoon" if organisation.side == "politie" else None
    same = (one for one in network.people_by_role.get(role or "", ()) if one.organisation == organisation.id)
    return next((one for one in same if one.id != person.id and one.serves_on(day)), None)


def coordinator(world: World, day: date) -> Person | None:
    """The coordinator of the network: who has the role, else whoever keeps the list."""
    people = world.network.people
    with_role = (one for one in people if "coordinator" in one.roles)
    keepers = (one for one in people if is_coordinator(one))
    return next((one for one in (*with_role, *keepers) if one.serves_on(day)), None)
