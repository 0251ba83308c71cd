"""A list of koppels, one a line: laid over a network as lines of people are, and written from one.

School, police and contacts stand there by id or by name. A line with a school and nothing else is a koppel still to be made.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from knowledge import network_words as words
from knowledge.koppel_names import Called, koppel_id
from knowledge.network_csv import Row, Sheet, defused, header_of, joined, parted, read_sheet
from knowledge.network_data import data_of
from knowledge.network_faults import shown
from knowledge.network_tree import Items, Table, Text, Tree, tree_of

if TYPE_CHECKING:
    from knowledge.network import Koppel, Network
    from knowledge.network_faults import Faults

CHANNELS = ("slack", "matrix")
KOPPELS = Sheet(("id", "school", "politie", "contacten", *CHANNELS), words.KOPPEL_SYNONYMS)


def is_koppels(text: str, faults: Faults) -> bool:
    """Whether this is a list of koppels: its header has both sides. Raises NetworkFault when it is no table."""
    return {"school", "politie"} <= set(KOPPELS.keys(header_of(text, faults)[1]))


def koppels_over(text: str, base: Network | None, faults: Faults) -> Tree:
    """The network with these koppels: known ones change, new ones come in, all others stay. Raises NetworkFault."""
    if base is None:
        raise faults.fail(None, words.KOPPELS_ALONE)
    tree = tree_of(data_of(base))
    assert isinstance(tree, Table)
    _Lines(tree, base, faults).lay(read_sheet(text, KOPPELS, faults))
    return tree


class _Lines:
    """The koppels of the tree, found by id or by who they are of."""

    def __init__(self, tree: Table, base: Network, faults: Faults) -> None:
        items = tree.entries["koppels"]
        assert isinstance(items, Items)
        self._items, self._base, self._faults = items.items, base, faults
        tables = (item for item in items.items if isinstance(item, Table))
        self._tables = {koppel.id: table for koppel, table in zip(base.koppels, tables, strict=True)}
        self._of = {(koppel.school, koppel.police): koppel.id for koppel in base.koppels}
        self._schools, self._police, self._people = _called(base)

    def lay(self, rows: list[Row]) -> None:
        line_of: dict[str, int] = {}
        for row in rows:
            given = row.cells.get("id", "")
            if not given and not any(cell for key, cell in row.cells.items() if key != "school"):
                continue
            school = self._one(self._schools, row, "school", row.cells["school"])
            police = self._one(self._police, row, "politie", row.cells["politie"])
            identity = given or self._of.get((school, police)) or koppel_id(school, police, self._tables.keys())
            if identity in line_of:
                self._faults.add(row.line, f"koppels.{identity}", words.KOPPEL_TWICE.format(line=line_of[identity]))
                continue
            line_of[identity] = row.line
            self._of[school, police] = identity
            self._put(identity, school, police, row)

    def _put(self, identity: str, school: str, police: str, row: Row) -> None:
        table = self._tables.get(identity)
        if table is None:
            table = self._tables[identity] = Table(row.line)
            self._items.append(table)
        for key, value in (("id", identity), ("school", school), ("politie", police)):
            table.put(key, Text(value, row.line), row.line)
        if "contacten" in row.cells:
            found = [self._contact(row, name, school, police) for name in parted(row.cells["contacten"])]
            table.put("contacten", Items(row.line, [Text(one, row.line) for one in found]), row.line)
        known = table.entries.get("kanaal")
        channels = known if isinstance(known, Table) else Table(row.line)
        for key in CHANNELS:
            if key in row.cells:
                channels.put(key, Text(row.cells[key], row.line), row.line)
        table.put("kanaal", channels, row.line)

    def _contact(self, row: Row, name: str, school: str, police: str) -> str:
        """Of several with one name whoever is of this koppel."""
        found = self._people.by(name)
        own = [one for one in found if self._base.person_by_id[one].organisation in (school, police)]
        return own[0] if len(own) == 1 else self._one(self._people, row, "contacten", name)

    def _one(self, called: Called, row: Row, key: str, name: str) -> str:
        """The id that is meant; what is not known stays as it is written, and is found out with the rest."""
        found = called.by(name)
        if len(found) > 1:
            several = words.SEVERAL_CALLED.format(count=len(found), ids=", ".join(found))
            self._faults.add(row.line, key, words.FOUND.format(found=shown(name), expected=several))
        return found[0] if found else name


def write_koppels_csv(network: Network) -> str:
    """All koppels, one a line, and of each school that has none a line to fill in; save it as `CSV_ENCODING`."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";")
    writer.writerow(KOPPELS.columns)
    schools, police, people = _called(network)
    for koppel in network.koppels:
        contacts = joined(tuple(people.name_of(one) for one in koppel.contacts))
        sides = schools.name_of(koppel.school), police.name_of(koppel.police)
        writer.writerow([defused(cell) for cell in (koppel.id, *sides, contacts, *_channels(koppel))])
    paired = {koppel.school for koppel in network.koppels}
    for one in network.organisations:
        if one.is_school and one.id not in paired:
            writer.writerow([defused(cell) for cell in ("", schools.name_of(one.id), "", "", "", "")])
    return file.getvalue()


def _channels(koppel: Koppel) -> tuple[str, ...]:
    return tuple(koppel.channels.on(platform) or "" for platform in CHANNELS)


def _called(network: Network) -> tuple[Called, Called, Called]:
    """Schools, police and people by what they are called."""
    places = [(one, (one.id, (one.name, *one.also_known_as))) for one in network.organisations]
    return (
        Called(called for one, called in places if one.is_school),
        Called(called for one, called in places if one.kind == "politie"),
        Called((person.id, (person.name,)) for person in network.people),
    )
