"""Which roles each school can count on on a given day: its own people, its police, who works for its wijk or all."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from knowledge.network_names import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from knowledge.network import Network, Organisation, Person


class Cover:
    """The roles that are filled on one day, per school and in the network as a whole."""

    def __init__(self, network: Network, day: date) -> None:
        self._network = network
        self._schools = [organisation for organisation in network.organisations if organisation.is_school]
        self._by_area = _by_area(self._schools)
        self._pairs: defaultdict[str, set[str]] = defaultdict(set)
        for koppel in network.koppels:
            for contact in koppel.contacts:
                self._pairs[contact].add(koppel.school)
        self._at_school: defaultdict[str, set[str]] = defaultdict(set)
        self._areas = _all_areas(network)
        self.everywhere: set[str] = set()
        """The roles that somebody fills for the whole network."""
        self.anywhere: set[str] = set()
        """The roles that somebody fills, for whomever."""
        for person in network.people:
            if person.serves_on(day):
                self._add(person)

    def roles_for(self, school: Organisation) -> set[str]:
        return self._at_school[school.id] | self.everywhere

    def knows_area(self, area: str) -> bool:
        """Whether `area` is the id, the wijk or the gemeente of some organisation, or the gemeente of the network."""
        return fold(area) in self._areas

    def _add(self, person: Person) -> None:
        self.anywhere.update(person.roles)
        organisation = self._network.organisation_by_id.get(person.organisation)
        if organisation is None:
            return
        if not person.serves and not organisation.is_school and organisation.side != "politie":
            self.everywhere.update(person.roles)
            return
        for school in self._served(person, organisation):
            self._at_school[school].update(person.roles)

    def _served(self, person: Person, organisation: Organisation) -> Iterator[str]:
        if not person.serves:
            yield organisation.id
        for area in person.serves:
            yield from self._by_area.get(fold(area), ())
            if fold(area) == fold(self._network.municipality):
                yield from (school.id for school in self._schools if not school.municipality)
        if organisation.side == "politie":
            yield from self._pairs[person.id]


def _all_areas(network: Network) -> frozenset[str]:
    places = {network.municipality}
    for organisation in network.organisations:
        places |= {organisation.id, organisation.wijk or "", organisation.municipality or ""}
    return frozenset(fold(place) for place in places if place)


def _by_area(schools: list[Organisation]) -> dict[str, set[str]]:
    """The schools of each id, wijk and gemeente, by folded name."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for school in schools:
        for area in (school.id, school.wijk, school.municipality):
            if area:
                found[fold(area)].add(school.id)
    return dict(found)
