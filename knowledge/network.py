"""The contact network as plain records: organisations, people, koppels and agreements of one cooperation.

Only data and the indexes that follow from it. Reading files is the work of `network_files`, storing that of the store.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime  # noqa: TC003 - the store builds records from their types at run time
from functools import cached_property
from zoneinfo import ZoneInfo

SIDES = {
    "po": "school", "vo": "school", "vso": "school", "mbo": "school", "samenwerkingsverband": "school",
    "politie": "politie",
    "leerplicht": "leerplicht",
    "gemeente": "gemeente",
    "om": "justitie", "rvdk": "justitie", "halt": "justitie", "jeugdreclassering": "justitie",
    "reclassering": "justitie", "veiligheidshuis": "justitie", "jji": "justitie",
    "ggd": "zorg", "wijkteam": "zorg", "jeugdhulp": "zorg", "veilig-thuis": "zorg",
    "overig": "netwerk",
}  # fmt: skip
"""The side of the table at which each kind of organisation (`soort`) sits."""

SCHOOL_KINDS = frozenset({"po", "vo", "vso", "mbo"})


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation. `region` is the holiday region of this location, None: that of the network."""

    id: str
    name: str
    kind: str
    also_known_as: tuple[str, ...] = ()
    wijk: str | None = None
    municipality: str | None = None
    brin: str | None = None
    region: str | None = None

    @property
    def is_school(self) -> bool:
        return self.kind in SCHOOL_KINDS

    @property
    def side(self) -> str:
        return SIDES.get(self.kind, "netwerk")


@dataclass(frozen=True, slots=True)
class Period:
    """From `first` up to and including `last`, both local dates."""

    first: date
    last: date
    name: str = ""

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Person:
    """One person (or desk) in one organisation.

    `serves` are ids of organisations or names of wijken and municipalities; empty means what is usual for the kind: schools
    their own, police the schools of their koppels, others the whole network.
    `hours` is an OpenStreetMap opening_hours expression, None: the usual days, 08:30-17:00.
    `since` and `until` are the first and last day in the role.
    """

    id: str
    name: str
    organisation: str
    roles: tuple[str, ...]
    serves: tuple[str, ...] = ()
    phone: str | None = None
    email: str | None = None
    hours: str | None = None
    deputy: str | None = None
    lead: str | None = None
    slack: str | None = None
    matrix: str | None = None
    since: date | None = None
    until: date | None = None
    confirmed: date | None = None
    absences: tuple[Period, ...] = ()
    is_manager: bool = False

    def serves_on(self, day: date) -> bool:
        """Whether the role runs on this local day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    @property
    def accounts(self) -> tuple[str, ...]:
        """The accounts that stand in the network file."""
        return tuple(account for account in (self.slack, self.matrix) if account)

    def account_on(self, platform: str) -> str | None:
        return {"slack": self.slack, "matrix": self.matrix}.get(platform)

    def absence_on(self, day: date) -> Period | None:
        return next((absence for absence in self.absences if absence.holds(day)), None)


@dataclass(frozen=True, slots=True)
class Channels:
    """Where a koppel or the network talks: ids that only the platform's adapter understands."""

    slack: str | None = None
    matrix: str | None = None

    def on(self, platform: str) -> str | None:
        """What this platform calls the place; None when it is not there."""
        return {"slack": self.slack, "matrix": self.matrix}.get(platform)


@dataclass(frozen=True, slots=True)
class Koppel:
    """A school and its police, the people who are each other's contact, and the channel they share."""

    id: str
    school: str
    police: str
    contacts: tuple[str, ...] = ()
    channels: Channels = Channels()


@dataclass(frozen=True, slots=True)
class Agreement:
    """Something that comes round. `first` is local wall time; `rhythm` an RFC 5545 rule, None: once."""

    id: str
    name: str
    first: datetime
    rhythm: str | None = None
    who: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Convenant:
    """The agreement under the cooperation: its first and last day, and the term of keeping in words ("2 jaar")."""

    first: date | None = None
    last: date | None = None
    retention: str | None = None


@dataclass(frozen=True)
class Network:
    """One cooperation of a town or region. Records keep the order of the file."""

    id: str
    name: str
    municipality: str
    region: str
    timezone: str = "Europe/Amsterdam"
    channels: Channels = Channels()
    convenant: Convenant | None = None
    days_off: tuple[Period, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    people: tuple[Person, ...] = ()
    koppels: tuple[Koppel, ...] = ()
    agreements: tuple[Agreement, ...] = field(default=())

    @cached_property
    def zone(self) -> ZoneInfo:
        """The zone in which office hours and dates of this network are meant."""
        return ZoneInfo(self.timezone)

    @cached_property
    def organisation_by_id(self) -> dict[str, Organisation]:
        return {organisation.id: organisation for organisation in self.organisations}

    @cached_property
    def person_by_id(self) -> dict[str, Person]:
        return {person.id: person for person in self.people}

    @cached_property
    def koppel_by_id(self) -> dict[str, Koppel]:
        return {koppel.id: koppel for koppel in self.koppels}

    @cached_property
    def people_by_role(self) -> dict[str, tuple[Person, ...]]:
        found: dict[str, list[Person]] = {}
        for person in self.people:
            for role in person.roles:
                found.setdefault(role, []).append(person)
        return {role: tuple(people) for role, people in found.items()}

    @cached_property
    def last_days(self) -> tuple[tuple[date, str], ...]:
        """The last day in the role of everybody who has one, with their id, in order of time."""
        return tuple(sorted((person.until, person.id) for person in self.people if person.until))

    def organisation_of(self, person: Person) -> Organisation:
        return self.organisation_by_id[person.organisation]
