"""From a role to the people who hold it for a place, and from a person to somebody who can be reached now.

Nobody who has left or has not begun is ever named as holder of a role; the contact list, not this file, says who serves whom.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from knowledge.calendar import Calendar
    from knowledge.network import Network, Organisation, Person
    from knowledge.office_hours import Availability

BY_NAME, BY_KOPPEL, BY_WIJK, BY_TOWN, BY_NETWORK = 5, 4, 3, 2, 1
"""How closely somebody serves a school: named in their entry, contact of its koppel, its wijk, its town, the whole network."""

_WHOLE_NETWORK = "*"


@dataclass(frozen=True, slots=True)
class Place:
    """What a question is about: a school, a wijk, a town, or (all empty) nowhere in particular."""

    school: Organisation | None = None
    wijk: str | None = None
    municipality: str | None = None

    @property
    def name(self) -> str:
        return self.school.name if self.school else self.wijk or self.municipality or ""


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to call: by which role, reachable or not at that moment, and for whom they stand in."""

    person: Person
    role: str
    availability: Availability
    deputy_for: Person | None = None
    stands_in_as: str = ""
    """The role of the person replaced that was asked for; a deputy need not have it."""


class Reach:
    """Who holds which role for which place, worked out once for a network."""

    def __init__(self, network: Network, calendar: Calendar) -> None:
        self.network = network
        self.calendar = calendar
        self._serving: dict[tuple[str, str], list[tuple[int, Person]]] = defaultdict(list)
        koppels = self._koppels_of_people()
        self._contacts: dict[str, set[str]] = defaultdict(set)
        for koppel in network.koppels:
            self._contacts[koppel.school].update(koppel.contacts)
        self._towns: dict[str, set[str]] = defaultdict(set)
        for organisation in network.organisations:
            if organisation.wijk and organisation.municipality:
                self._towns[organisation.wijk].add(organisation.municipality)
        for person in network.people:
            for key, closeness in self._served_by(person, koppels.get(person.id, ())):
                for role in person.roles:
                    self._serving[(role, key)].append((closeness, person))

    def _koppels_of_people(self) -> dict[str, list[str]]:
        schools: dict[str, list[str]] = defaultdict(list)
        for koppel in self.network.koppels:
            for contact in koppel.contacts:
                schools[contact].append(koppel.school)
        return schools

    def _served_by(self, person: Person, koppel_schools: Iterable[str]) -> Iterable[tuple[str, int]]:
        """The keys of the places a person serves, as network-format says for their kind of organisation."""
        organisation = self.network.organisation_of(person)
        if organisation.side == "politie":
            for school in koppel_schools:
                yield f"organisation:{school}", BY_KOPPEL
        for place in person.serves:
            if place in self.network.organisation_by_id:
                yield f"organisation:{place}", BY_NAME
            else:
                yield f"place:{fold(place)}", BY_WIJK
        if person.serves:
            return
        if organisation.is_school:
            yield f"organisation:{organisation.id}", BY_NAME
        elif "wijkagent" not in person.roles:  # a wijkagent without a wijk serves only the schools of their koppels
            yield _WHOLE_NETWORK, BY_NETWORK

    def holders(self, role: str, place: Place, day: date) -> list[Person]:
        """Who holds the role for the place on this local day: those who serve it most closely, in the order of the file."""
        if place == NOWHERE:
            return [person for person in self.network.people_by_role.get(role, ()) if person.serves_on(day)]
        closest: dict[str, tuple[int, Person]] = {}
        for key, cap in self._keys(place):
            for closeness, person in self._serving.get((role, key), ()):
                rank = min(closeness, cap)
                if person.serves_on(day) and rank > closest.get(person.id, (0, person))[0]:
                    closest[person.id] = (rank, person)
        if not closest:
            return []
        best = max(rank for rank, _ in closest.values())
        chosen = [person for rank, person in closest.values() if rank == best]
        return self._contacts_first(chosen, place)

    def _keys(self, place: Place) -> Iterable[tuple[str, int]]:
        school = place.school
        if school:
            yield f"organisation:{school.id}", BY_NAME
        for wijk in (school.wijk if school else place.wijk,):
            if wijk:
                yield f"place:{fold(wijk)}", BY_WIJK
        town = school.municipality if school else place.municipality
        if not town and place.wijk:
            town = self.town_of(place.wijk)
        if town or place.wijk:
            yield f"place:{fold(town or self.network.municipality)}", BY_TOWN
        yield _WHOLE_NETWORK, BY_NETWORK

    def town_of(self, wijk: str) -> str:
        """The town in which a wijk lies, as far as the organisations there tell."""
        towns = self._towns.get(wijk, ())
        return next(iter(towns)) if len(towns) == 1 else self.network.municipality

    def _contacts_first(self, people: list[Person], place: Place) -> list[Person]:
        if len(people) < 2 or not place.school:
            return people
        contacts = self._contacts.get(place.school.id, set())
        return sorted(people, key=lambda person: person.id not in contacts)

    def contacts(self, person: Person, role: str, now: datetime, but_not: str | None = None) -> list[Contact]:
        """Whom to call for this person: themselves when reachable, else the first deputy down the chain who is, then themselves.

        A chain that comes full circle ends there. `but_not` is the id of the one who asks: nobody is told to call themselves.
        """
        own = Contact(person, role, self.calendar.availability(person, now))
        if own.availability.open and person.id != but_not:
            return [own]
        for deputy in self.deputies(person, now.astimezone(self.network.zone).date()):
            if deputy.id == but_not:
                continue
            availability = self.calendar.availability(deputy, now)
            if availability.open:
                stand_in = Contact(deputy, self.role_of(deputy, role), availability, deputy_for=person, stands_in_as=role)
                return [stand_in] if person.id == but_not else [stand_in, own]
        return [] if person.id == but_not else [own]

    def deputies(self, person: Person, day: date) -> Iterable[Person]:
        """The deputies of a person in order, each once, only those whose role runs on this day."""
        seen = {person.id}
        current = person
        while current.deputy and current.deputy not in seen:
            seen.add(current.deputy)
            following = self.network.person_by_id.get(current.deputy)
            if following is None:
                return
            current = following
            if current.serves_on(day):
                yield current

    def role_of(self, person: Person, wanted: str) -> str:
        return wanted if wanted in person.roles else person.roles[0] if person.roles else wanted

    def successors(self, person: Person, day: date) -> list[Person]:
        """Who now does what this person did, nearest first.

        The same role for the same places; failing that their deputies, then colleagues in the same role who serve other places.
        """
        found: dict[str, Person] = {}
        for role in person.roles:
            for key, _ in self._served_by(person, ()):
                for _, other in self._serving.get((role, key), ()):
                    if other.id != person.id and other.serves_on(day):
                        found.setdefault(other.id, other)
        if not found:
            colleagues = (
                one for role in person.roles for one in self.network.people_by_role.get(role, ())
                if one.organisation == person.organisation and one.id != person.id and one.serves_on(day)
            )  # fmt: skip
            for other in (*self.deputies(person, day), *colleagues):
                found.setdefault(other.id, other)
        return list(found.values())

    def serves(self, person: Person, roles: Iterable[str], school: Organisation, day: date) -> bool:
        """Whether somebody is a holder of one of these roles for this school on this local day."""
        return any(person in self.holders(role, Place(school), day) for role in roles)
