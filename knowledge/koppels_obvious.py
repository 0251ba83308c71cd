"""Schools of which it is plain which police goes with them: the team of their wijk, else the only one of their municipality."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.koppel_names import koppel_id
from knowledge.network import Koppel
from knowledge.network_names import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from knowledge.network import Network, Organisation, Person

AT_SCHOOL, OF_A_WIJK, OF_ALL = "veiligheidscoordinator", "wijkagent", "schoolcontactpersoon"
"""Who is the contact on either side (bijlage 1): the wijkagent who works for the school, else the contact person for schools."""


def unpaired(network: Network) -> list[Organisation]:
    """The schools without a koppel."""
    paired = {koppel.school for koppel in network.koppels}
    return [one for one in network.organisations if one.is_school and one.id not in paired]


def obvious_koppels(network: Network, today: date) -> tuple[Koppel, ...]:
    """A koppel for each school without one of which it is plain with whom; nothing for the others."""
    taken = set(network.koppel_by_id)
    found = []
    for school in unpaired(network):
        teams = _teams(school, network)
        if len(teams) == 1:
            identity = koppel_id(school.id, teams[0].id, taken)
            taken.add(identity)
            found.append(Koppel(identity, school.id, teams[0].id, tuple(_contacts(school, teams[0], network, today))))
    return tuple(found)


def with_koppels(network: Network, koppels: tuple[Koppel, ...]) -> Network:
    return replace(network, koppels=(*network.koppels, *koppels))


def _teams(school: Organisation, network: Network) -> list[Organisation]:
    """The police teams that may be meant, those of the wijk before those of the municipality."""
    here = [one for one in network.organisations if one.kind == "politie" and _town(one, network) == _town(school, network)]
    near = [one for one in here if _is_near(one, school, network)]
    return near or here


def _is_near(team: Organisation, school: Organisation, network: Network) -> bool:
    if school.wijk and fold(team.wijk or "") == fold(school.wijk):
        return True
    return any(_works_for(person, school) for person in network.people if person.organisation == team.id)


def _works_for(person: Person, school: Organisation) -> bool:
    """Whether it is said of somebody that they work for this school or its wijk."""
    mine = {fold(name) for name in (school.id, school.wijk or "") if name}
    return any(fold(area) in mine for area in person.serves)


def _town(one: Organisation, network: Network) -> str:
    return fold(one.municipality or network.municipality)


def _contacts(school: Organisation, team: Organisation, network: Network, today: date) -> Iterator[str]:
    serving = [person for person in network.people if person.serves_on(today)]
    yield from (one.id for one in serving if one.organisation == school.id and AT_SCHOOL in one.roles)
    police = [one for one in serving if one.organisation == team.id]
    own = [one.id for one in police if OF_A_WIJK in one.roles and _works_for(one, school)]
    yield from own or [one.id for one in police if OF_ALL in one.roles]
