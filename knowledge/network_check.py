"""From the tree of a network file to the records: every value is read, every reference must lead somewhere.

Reports all faults at once. What is everyday is not a fault: deputies in a circle, a contact whose role has ended.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge import network_data as keys
from knowledge import network_values as values
from knowledge import network_words as words
from knowledge.network import (
    SCHOOL_KINDS,
    Agreement,
    Channels,
    Convenant,
    Koppel,
    Network,
    Organisation,
    Period,
    Person,
)
from knowledge.network_entry import Entry
from knowledge.network_faults import Faults, Unreadable
from knowledge.network_names import fold, is_id, kind_named, nearest, role_named
from knowledge.network_tree import Table, Tree
from knowledge.roles import KINDS, ROLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date


def network_from(tree: Tree, faults: Faults) -> Network:
    """The records of a whole network. Raises NetworkFault with everything that is wrong."""
    if not isinstance(tree, Table):
        raise faults.fail(tree.line, words.NOT_UNDERSTOOD.format(expected=words.EXPECT_YAML))
    root = Entry(tree, "", keys.SECTIONS, faults)
    settings = root.entry("netwerk", keys.NETWORK_KEYS, needed=True)
    if settings is None:  # said already; its keys are not said one by one as well
        settings = Entry(Table(0), "netwerk", keys.NETWORK_KEYS, Faults(""))
    network = _Reader(root, settings).network()
    faults.raise_all()
    return network


@dataclass(frozen=True, slots=True)
class _Known:
    """The ids that a reference may lead to."""

    ids: frozenset[str]

    def one(self, expected: str, instead: Callable[[str], str | None] = lambda _: None) -> Callable[[str], str]:
        """A parser for one id. `instead` may know another name for what was typed."""

        def parse(value: str) -> str:
            if value in self.ids:
                return value
            other = instead(value)
            if other is None:
                near = nearest(value, sorted(self.ids))
                raise Unreadable(words.NEAREST.format(expected=expected, near=near) if near else expected)
            return other

        return parse


class _Reader:
    """Reads section after section; the ids of all sections are known before the first reference is read."""

    def __init__(self, root: Entry, settings: Entry) -> None:
        self._settings = settings
        self._organisations = list(root.entries("organisaties", keys.ORGANISATION_KEYS))
        self._people = list(root.entries("personen", keys.PERSON_KEYS))
        self._koppels = list(root.entries("koppels", keys.KOPPEL_KEYS))
        self._agreements = list(root.entries("afspraken", keys.AGREEMENT_KEYS))
        for section in (self._organisations, self._people, self._koppels, self._agreements):
            _check_ids(section)

    def network(self) -> Network:
        organisations = tuple(_organisation(entry) for entry in self._organisations)
        people_ids = _Known(frozenset(_ids(self._people)))
        organisation_ids = _Known(frozenset(_ids(self._organisations)))
        concerned = _Known(organisation_ids.ids | frozenset(_ids(self._koppels)))
        settings = self._settings
        municipality = settings.read("gemeente", values.text) or ""
        served = _served(organisations, municipality)
        who = _Known(people_ids.ids | frozenset(ROLES)).one(words.EXPECT_WHO, role_named)
        return Network(
            id=settings.need("id", values.identifier, words.EXPECT_ID) or "",
            name=settings.need("naam", values.text, words.EXPECT_NAME) or "",
            municipality=municipality,
            region=settings.need("vakantieregio", values.region, words.EXPECT_REGION) or "",
            timezone=settings.read("tijdzone", values.timezone) or "Europe/Amsterdam",
            channels=_channels(settings),
            convenant=_convenant(settings),
            days_off=_periods(settings, "vakanties", ("van", "tot", "naam")),
            organisations=organisations,
            people=tuple(_person(entry, organisation_ids, people_ids, served) for entry in self._people),
            koppels=tuple(_koppel(entry, organisations, people_ids) for entry in self._koppels),
            agreements=tuple(_agreement(entry, who, concerned) for entry in self._agreements),
        )


def _ids(section: Sequence[Entry]) -> Iterable[str]:
    """The ids of a section, faulty ones too: a reference to one of those is not a second fault."""
    for entry in section:
        name = Entry(entry.table, "", entry.table.entries.keys(), Faults("")).read("id", str)
        if name:
            yield name


def _check_ids(section: Sequence[Entry]) -> None:
    first_line: dict[str, int] = {}
    for entry in section:
        name = entry.need("id", values.identifier, words.EXPECT_ID)
        if name in first_line:
            expected = words.EXPECT_NEW_ID.format(line=first_line[name])
            entry.fault("id", words.FOUND.format(found=f'"{name}"', expected=expected))
        elif name:
            first_line[name] = entry.line("id")


def _served(organisations: Sequence[Organisation], municipality: str) -> Callable[[str], str]:
    """A parser for whom somebody serves. Any name is taken for a wijk, as a wijk without a school is a wijk too; but
    what looks like an id must be known.
    """
    areas = dict.fromkeys(area for o in organisations for area in (o.wijk, o.municipality) if area)
    names = list(areas) + ([municipality] if municipality else [])
    by_fold = {fold(name): name for name in reversed(names)}
    known = _Known(frozenset({o.id for o in organisations} | set(names)))

    def another(value: str) -> str | None:
        return by_fold.get(fold(value)) or (None if is_id(value) else values.text(value))

    return known.one(words.EXPECT_SERVED, another)


def _organisation(entry: Entry) -> Organisation:
    return Organisation(
        id=entry.read("id", str) or "",
        name=entry.need("naam", values.text, words.EXPECT_NAME) or "",
        kind=entry.need("soort", _kind, words.EXPECT_KIND.format(choices=", ".join(KINDS))) or "",
        also_known_as=entry.read_all("ook-bekend-als", values.text),
        wijk=entry.read("wijk", values.text),
        municipality=entry.read("gemeente", values.text),
        brin=entry.read("brin", values.text),
        region=entry.read("vakantieregio", values.region),
    )


def _kind(value: str) -> str:
    return _Known(frozenset(KINDS)).one(words.EXPECT_KIND.format(choices=", ".join(KINDS)), kind_named)(value)


def _role(value: str) -> str:
    return _Known(frozenset(ROLES)).one(words.EXPECT_ROLE, role_named)(value)


def _person(entry: Entry, organisations: _Known, people: _Known, served: Callable[[str], str]) -> Person:
    since, until = entry.read("sinds", values.day), entry.read("tot", values.day)
    organisation = organisations.one(words.EXPECT_ORGANISATION)
    _check_order(entry, "tot", since, until)
    if "rollen" not in entry.table.entries:
        entry.fault("rollen", words.MISSING.format(expected=words.EXPECT_ROLE))
    return Person(
        id=entry.read("id", str) or "",
        name=entry.need("naam", values.text, words.EXPECT_NAME) or "",
        organisation=entry.need("organisatie", organisation, words.EXPECT_ORGANISATION) or "",
        roles=entry.read_all("rollen", _role),
        serves=entry.read_all("voor", served),
        phone=entry.read("telefoon", values.phone),
        email=entry.read("e-mail", values.email),
        hours=entry.read("bereikbaar", values.hours),
        deputy=entry.read("vervanger", people.one(words.EXPECT_PERSON)),
        lead=entry.read("leidinggevende", people.one(words.EXPECT_PERSON)),
        slack=entry.read("slack", values.slack_id),
        matrix=entry.read("matrix", values.matrix_person),
        since=since,
        until=until,
        confirmed=entry.read("bevestigd", values.day),
        absences=_periods(entry, "afwezig", ("van", "tot")),
        is_manager=entry.read("beheerder", values.truth) or False,
    )


def _koppel(entry: Entry, organisations: Sequence[Organisation], people: _Known) -> Koppel:
    schools = _Known(frozenset(o.id for o in organisations if o.kind in SCHOOL_KINDS))
    police = _Known(frozenset(o.id for o in organisations if o.kind == "politie"))
    return Koppel(
        id=entry.read("id", str) or "",
        school=entry.need("school", schools.one(words.EXPECT_SCHOOL), words.EXPECT_SCHOOL) or "",
        police=entry.need("politie", police.one(words.EXPECT_POLICE), words.EXPECT_POLICE) or "",
        contacts=entry.read_all("contacten", people.one(words.EXPECT_PERSON)),
        channels=_channels(entry),
    )


def _agreement(entry: Entry, who: Callable[[str], str], concerned: _Known) -> Agreement:
    return Agreement(
        id=entry.read("id", str) or "",
        name=entry.need("naam", values.text, words.EXPECT_NAME) or "",
        first=entry.need("eerste", values.moment, words.EXPECT_MOMENT) or values.NO_MOMENT,
        rhythm=entry.read("ritme", values.rhythm),
        who=entry.read_all("wie", who),
        concerns=entry.read_all("voor", concerned.one(words.EXPECT_CONCERNS)),
        source=entry.read("bron", values.text),
    )


def _channels(entry: Entry) -> Channels:
    found = entry.entry("kanaal", ("slack", "matrix"))
    if found is None:
        return Channels()
    return Channels(slack=found.read("slack", values.slack_id), matrix=found.read("matrix", values.matrix_room))


def _convenant(entry: Entry) -> Convenant | None:
    found = entry.entry("convenant", ("van", "tot", "bewaartermijn"))
    if found is None:
        return None
    first, last = found.read("van", values.day), found.read("tot", values.day)
    _check_order(found, "tot", first, last)
    return Convenant(first=first, last=last, retention=found.read("bewaartermijn", values.text))


def _periods(entry: Entry, key: str, allowed: tuple[str, ...]) -> tuple[Period, ...]:
    found = []
    for item in entry.entries(key, allowed):
        first = item.need("van", values.day, words.EXPECT_DATE)
        last = item.need("tot", values.day, words.EXPECT_DATE)
        _check_order(item, "tot", first, last)
        if first and last:
            found.append(Period(first, last, item.read("naam", values.text) or ""))
    return tuple(found)


def _check_order(entry: Entry, key: str, first: date | None, last: date | None) -> None:
    if first and last and last < first:
        entry.fault(key, words.FOUND.format(found=f'"{last}"', expected=words.EXPECT_NOT_BEFORE.format(first=first)))
