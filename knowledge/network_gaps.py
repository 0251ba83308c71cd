"""Where a network has holes: what `verbinder check` says before somebody needs a number that is not there.

A gap is never a fault: the network works, and says who is the next best. `gat` is a hole, `let op` may become one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from knowledge import network_words as words
from knowledge.network_cover import Cover
from knowledge.network_diff import enumerated
from knowledge.network_names import role_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knowledge.network import Koppel, Network, Person

Severity = Literal["gat", "let op"]

OWN_ROLES = {
    "po": ("directie", "zorgcoordinator"),
    "vo": ("directie", "afdelingsleider", "mentor", "zorgcoordinator", "verzuimcoordinator"),
    "vso": ("directie", "afdelingsleider", "mentor", "zorgcoordinator"),
    "mbo": ("directie", "afdelingsleider", "mentor", "verzuimcoordinator"),
}
"""Whom the signal routes, the crisis and the absence steps of the source look for at each kind of school."""

NETWORK_ROLES = (
    "schoolcontactpersoon", "halt", "jeugdofficier", "raad-voor-de-kinderbescherming", "jeugdreclassering",
    "ambtenaar-openbare-orde", "wijkteam", "veilig-thuis", "ggd", "rmc",
)  # fmt: skip
"""The partners of bijlage 1 of whom one for the whole network is enough."""

POLICE_ROLES = frozenset({"wijkagent", "schoolcontactpersoon", "jeugdteam"})
SOON = timedelta(days=30)
CONVENANT_SOON = timedelta(days=90)
OLD = timedelta(days=365)
MOST_NAMES = 8


@dataclass(frozen=True, slots=True)
class Gap:
    """One hole, as a sentence; `about` are the ids of what it concerns."""

    severity: Severity
    text: str
    about: tuple[str, ...] = ()


def gaps(network: Network, today: date, after: Network | None = None) -> list[Gap]:
    """Everything that is missing, old or about to end, the holes first.

    `after` is the network as it will be when what has been agreed is done: whoever leaves may have a successor by then.
    """
    cover = Cover(network, today)
    found = [
        *_network_gaps(network, cover, today),
        *_school_gaps(network, cover),
        *_koppel_gaps(network, today),
        *_organisation_gaps(network, today),
        *_leavers(after or network, today),
        *_deputy_gaps(network, today),
        *_entry_gaps(network, cover, today),
    ]
    return sorted(found, key=lambda gap: gap.severity != "gat")


def _network_gaps(network: Network, cover: Cover, today: date) -> Iterator[Gap]:
    if "coordinator" not in cover.anywhere:
        yield Gap("gat", words.NO_COORDINATOR)
    keepers = (person for person in network.people if person.is_manager or "coordinator" in person.roles)
    if not any(person.serves_on(today) for person in keepers):
        yield Gap("let op", words.NO_MANAGER)
    if missing := [role for role in NETWORK_ROLES if role not in cover.anywhere]:
        yield Gap("let op", words.NOBODY_IN_NETWORK.format(roles=roles_text(missing)))
    last = network.convenant.last if network.convenant else None
    if last and last < today:
        yield Gap("gat", words.CONVENANT_ENDED.format(day=day_text(last)))
    elif last and last <= today + CONVENANT_SOON:
        yield Gap("let op", words.CONVENANT_ENDS.format(day=day_text(last)))


def _school_gaps(network: Network, cover: Cover) -> Iterator[Gap]:
    with_koppel = {koppel.school for koppel in network.koppels}
    for school in (organisation for organisation in network.organisations if organisation.is_school):
        roles = cover.roles_for(school)
        if "veiligheidscoordinator" not in roles:
            yield Gap("gat", words.NO_SAFETY_COORDINATOR.format(school=school.name), (school.id,))
        if school.id not in with_koppel:
            yield Gap("gat", words.NO_KOPPEL.format(school=school.name), (school.id,))
        outside = [] if roles & POLICE_ROLES else ["wijkagent", "schoolcontactpersoon"]
        truancy = "rmc" if school.kind == "mbo" else "leerplichtambtenaar"
        outside += [] if truancy in roles or "leerplichtambtenaar" in roles else [truancy]
        if outside:
            yield Gap("gat", words.NOBODY_FOR_SCHOOL.format(school=school.name, roles=roles_text(outside)), (school.id,))
        if missing := [role for role in OWN_ROLES[school.kind] if role not in roles]:
            yield Gap("let op", words.NOBODY_AT_SCHOOL.format(school=school.name, roles=roles_text(missing)), (school.id,))


def _koppel_gaps(network: Network, today: date) -> Iterator[Gap]:
    for koppel in network.koppels:
        name = _koppel_name(koppel, network)
        contacts = [network.person_by_id[contact] for contact in koppel.contacts if contact in network.person_by_id]
        sides = {network.organisation_of(person).side for person in contacts if person.serves_on(today)}
        if "politie" not in sides:
            yield Gap("gat", words.NO_POLICE_CONTACT.format(koppel=name), (koppel.id,))
        if "school" not in sides:
            yield Gap("gat", words.NO_SCHOOL_CONTACT.format(koppel=name), (koppel.id,))
        for person in contacts:
            if person.until and person.until < today:
                text = words.LEFT_CONTACT.format(koppel=name, person=person.name, day=day_text(person.until))
                yield Gap("let op", text, (koppel.id, person.id))
        if not (koppel.channels.slack or koppel.channels.matrix):
            yield Gap("let op", words.NO_CHANNEL.format(koppel=name), (koppel.id,))


def _organisation_gaps(network: Network, today: date) -> Iterator[Gap]:
    manned = {person.organisation for person in network.people if person.serves_on(today)}
    for organisation in network.organisations:
        if organisation.id not in manned:
            yield Gap("gat", words.NO_CONTACT.format(organisation=organisation.name), (organisation.id,))


def _leavers(network: Network, today: date) -> Iterator[Gap]:
    for person in network.people:
        if person.until is None or not today <= person.until <= today + SOON:
            continue
        if open_roles := [role for role in person.roles if not _has_successor(network, person, role)]:
            text = words.LEAVES.format(
                person=person.name,
                day=day_text(person.until),
                roles=roles_text(open_roles),
                organisation=network.organisation_of(person).name,
            )
            yield Gap("let op", text, (person.id,))


def _has_successor(network: Network, leaver: Person, role: str) -> bool:
    """Whether somebody of the same organisation goes on in the role, for at least one of the same places."""
    assert leaver.until is not None
    day_after = leaver.until + timedelta(days=1)
    return any(
        other.id != leaver.id
        and other.organisation == leaver.organisation
        and other.serves_on(day_after)
        and (not leaver.serves or not other.serves or not set(leaver.serves).isdisjoint(other.serves))
        for other in network.people_by_role[role]
    )


def _deputy_gaps(network: Network, today: date) -> Iterator[Gap]:
    here = {person.id: person for person in network.people if person.until is None or person.until >= today}
    for person in here.values():
        deputy = network.person_by_id.get(person.deputy or "")
        if deputy and deputy.until and deputy.until < today:
            text = words.LEFT_DEPUTY.format(person=person.name, deputy=deputy.name, day=day_text(deputy.until))
            yield Gap("let op", text, (person.id, deputy.id))
    for circle in _circles(here):
        if len(circle) == 1:
            yield Gap("let op", words.OWN_DEPUTY.format(person=circle[0].name), (circle[0].id,))
        else:
            names = enumerated([person.name for person in circle], MOST_NAMES)
            yield Gap("let op", words.CIRCLE.format(people=names), tuple(person.id for person in circle))


def _circles(people: dict[str, Person]) -> Iterator[tuple[Person, ...]]:
    """The rings among deputies, each once. Everybody has one deputy at most, so a ring is where a walk meets itself."""
    done: set[str] = set()
    for start in people:
        walk: dict[str, int] = {}
        at: str | None = start
        while at in people and at not in done and at not in walk:
            walk[at] = len(walk)
            at = people[at].deputy
        if at in walk:
            yield tuple(people[name] for name in list(walk)[walk[at] :])
        done |= walk.keys()


def _entry_gaps(network: Network, cover: Cover, today: date) -> Iterator[Gap]:
    people = [person for person in network.people if person.until is None or person.until >= today]
    for text, concerned in (
        (words.NO_ROLE, [person for person in people if not person.roles]),
        (words.NO_PHONE, [person for person in people if not person.phone]),
        (words.NEVER_CONFIRMED, [person for person in people if not person.confirmed]),
        (words.OLD, [person for person in people if person.confirmed and person.confirmed < today - OLD]),
    ):
        if concerned:
            names = enumerated([person.name for person in concerned], MOST_NAMES)
            yield Gap("let op", text.format(people=names), tuple(person.id for person in concerned))
    for person in people:
        for area in person.serves:
            if not cover.knows_area(area):
                yield Gap("let op", words.UNKNOWN_AREA.format(person=person.name, area=area), (person.id,))


def _koppel_name(koppel: Koppel, network: Network) -> str:
    return words.KOPPEL_OF.format(school=network.organisation_by_id[koppel.school].name)


def roles_text(roles: Sequence[str]) -> str:
    """Roles as a sentence names them: "mentor of directie"."""
    names = [role_names()[role] for role in roles]
    return words.OR.join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]


def day_text(day: date) -> str:
    return f"{day.day} {words.MONTH_NAMES[day.month - 1]} {day.year}"
