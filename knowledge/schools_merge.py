"""Schools of a national file laid into a network: new ones come in, known ones are brought up to date, none is taken away."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.network import Network, Organisation, Person
from knowledge.network_names import LONGEST_ID, fold, made_id
from knowledge.network_words import CALLED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from knowledge.schools import School

DESK_ROLE = "administratie"


def in_municipality(schools: Iterable[School], municipality: str) -> list[School]:
    """The schools of one municipality, whatever capitals and accents it is typed with."""
    wanted = fold(CALLED.get(fold(municipality), municipality))
    return [school for school in schools if fold(school.municipality) == wanted]


def new_network(name: str, municipality: str, region: str) -> Network:
    """A network without anybody in it yet."""
    return Network(made_id(municipality), name, municipality, region)


def most_common_region(schools: Sequence[School]) -> str | None:
    """The holiday region of most of these schools; None when the file does not say."""
    found = Counter(school.region for school in schools if school.region)
    return found.most_common(1)[0][0] if found else None


def with_schools(network: Network, schools: Sequence[School]) -> Network:
    """The network with these schools, known by their `brin`, each with a desk that answers its telephone.

    A name that the coordinator gave a school stays; DUO's name can then be asked for as well. Of locations with one name each new
    one bears its street, or nobody could choose between them.
    """
    names = Counter(fold(school.name) for school in {one.brin: one for one in schools}.values())
    known = {organisation.brin: organisation for organisation in network.organisations if organisation.brin}
    taken = {*network.organisation_by_id, *network.person_by_id}
    organisations = {organisation.id: organisation for organisation in network.organisations}
    people = dict(network.person_by_id)
    for school in schools:
        before = known.get(school.brin)
        shared = names[fold(school.name)] > 1
        organisation = _updated(before, school, network) if before else _new(school, network, taken, shared=shared)
        organisations[organisation.id] = organisation
        desk = _desk(school, organisation, network)
        if desk:
            people[desk.id] = desk
    return replace(network, organisations=tuple(organisations.values()), people=tuple(people.values()))


def gone(network: Network, schools: Iterable[School], kinds: Iterable[str]) -> list[Organisation]:
    """Schools of these kinds that are in the network but no longer in the file: for the coordinator to look at."""
    still, looked = {school.brin for school in schools}, set(kinds)
    return [one for one in network.organisations if one.brin and one.kind in looked and one.brin not in still]


def _new(school: School, network: Network, taken: set[str], *, shared: bool) -> Organisation:
    wanted = made_id(school.name)
    identity = wanted if wanted not in taken else _with_end(wanted, school.brin.lower())
    taken.add(identity)
    region = school.region if school.region != network.region else None
    name, others = (f"{school.name} ({school.street})", (school.name,)) if shared and school.street else (school.name, ())
    return Organisation(identity, name, school.kind, others, None, school.municipality, school.brin, region)


def _with_end(identity: str, end: str) -> str:
    """An id with something behind it, and still no longer than an id may be."""
    return f"{identity[: LONGEST_ID - len(end) - 1].rstrip('-')}-{end}"


def _updated(before: Organisation, school: School, network: Network) -> Organisation:
    names = {fold(before.name), *map(fold, before.also_known_as)}
    known_as = before.also_known_as if fold(school.name) in names else (*before.also_known_as, school.name)
    region = before.region if school.region is None else school.region if school.region != network.region else None
    return replace(before, also_known_as=known_as, municipality=school.municipality, region=region)


def _desk(school: School, organisation: Organisation, network: Network) -> Person | None:
    """Whoever answers the school's own number; somebody else with that role has been filled in by the coordinator and stays."""
    identity = f"{organisation.id}-{DESK_ROLE}"
    if len(identity) > LONGEST_ID:  # some schools have a name of a whole line
        identity = f"{school.brin.lower()}-{DESK_ROLE}"
    before = network.person_by_id.get(identity)
    if before:
        return replace(before, phone=school.phone or before.phone)
    if any(DESK_ROLE in person.roles and person.organisation == organisation.id for person in network.people):
        return None
    return Person(identity, f"Administratie {organisation.name}", organisation.id, (DESK_ROLE,), phone=school.phone)
