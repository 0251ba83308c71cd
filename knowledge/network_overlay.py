"""Lines of people laid over a network: known people change, new ones come in, everybody else stays.

The result is the tree of a whole network, so it is checked as a whole. Ids that a list leaves out are made from names,
so that the same list gives the same ids again, in whatever order.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from knowledge import network_words as words
from knowledge.network_csv import PLACE_KEYS, Row, parted
from knowledge.network_data import data_of
from knowledge.network_names import fold, is_id, made_id, slug
from knowledge.network_places import Places
from knowledge.network_tree import Items, Table, Text, Tree, clean, tree_of
from knowledge.roles import ROLES

if TYPE_CHECKING:
    from knowledge.network import Network
    from knowledge.network_faults import Faults

LIST_KEYS = frozenset({"rollen", "voor"})
PERSON_REFERENCES = ("vervanger", "leidinggevende")
DEFAULT_REGION = "midden"


def overlay(rows: list[Row], base: Network | None, name: str, faults: Faults) -> Tree:
    """The network after these lines. Without a base the lines are the network, named after the file."""
    tree = tree_of(data_of(base) if base else _small_network(rows, name))
    assert isinstance(tree, Table)
    places = Places(tree, faults)
    for row in rows:
        places.learn(row)
    _People(tree, places, faults).lay(rows)
    return tree


def _small_network(rows: list[Row], name: str) -> dict[str, object]:
    towns = Counter(town for row in rows if (town := row.cells.get("gemeente")))
    regions = Counter(region for row in rows if (region := row.cells.get("vakantieregio")))
    settings = {
        "id": slug(name) or "netwerk",
        "naam": re.sub(r"[-_]+", " ", name).strip() or "netwerk",
        "gemeente": next((town for town, _ in towns.most_common(1)), ""),
        "vakantieregio": next((region for region, _ in regions.most_common(1)), DEFAULT_REGION),
    }
    return {"netwerk": settings, "organisaties": [], "personen": []}


class _People:
    """The people of the tree, found by id, or by what a line says about them."""

    def __init__(self, tree: Table, places: Places, faults: Faults) -> None:
        people = tree.entries["personen"]
        assert isinstance(people, Items)
        self._items = people.items
        self._places = places
        self._faults = faults
        self._by_id = {_value(table, "id"): table for table in people.items if isinstance(table, Table)}
        self._by_name: dict[str, list[Table]] = {}
        for table in self._by_id.values():
            self._by_name.setdefault(fold(_value(table, "naam")), []).append(table)

    def lay(self, rows: list[Row]) -> None:
        namesakes = Counter(fold(row.cells.get("naam", "")) for row in rows)
        line_of: dict[str, int] = {}
        laid: list[tuple[Table, Row]] = []
        for row in rows:
            identity = self._identity(row, namesakes)
            if not identity:
                self._faults.add(row.line, "naam", words.MISSING.format(expected=words.EXPECT_NAME))
                continue
            if identity in line_of:
                self._faults.add(row.line, f"personen.{identity}", words.PERSON_TWICE.format(line=line_of[identity]))
                continue
            line_of[identity] = row.line
            laid.append((self._put(identity, row), row))
        for table, _ in laid:
            self._lead_references(table)

    def _identity(self, row: Row, namesakes: Counter[str]) -> str:
        given = row.cells.get("id", "")
        if given:
            return given if given in self._by_id or is_id(given) else made_id(given)
        if known := self._known(row):
            return _value(known, "id")
        name = row.cells.get("naam", "")
        plain, place = made_id(name), self._places.id_of(row)
        taken = plain in self._by_id or plain in ROLES or namesakes[fold(name)] > 1
        return slug(f"{plain} {place}") if taken and place else plain

    def _known(self, row: Row) -> Table | None:
        """Who this line is about when it gives no id: the same name at the same organisation, number or address."""
        same_name = self._by_name.get(fold(row.cells.get("naam", "")), [])
        place = self._places.id_of(row)
        at_place = [table for table in same_name if place in ("", _value(table, "organisatie"))]
        if len(at_place) == 1:
            return at_place[0]
        reached = [table for table in same_name if _same_contact(table, row)]
        return reached[0] if len(reached) == 1 else None

    def _put(self, identity: str, row: Row) -> Table:
        table = self._by_id.get(identity)
        if table is None:
            table = Table(row.line)
            self._items.append(table)
            self._by_id[identity] = table
            self._by_name.setdefault(fold(row.cells.get("naam", "")), []).append(table)
        table.put("id", Text(identity, row.line), row.line)
        for key, cell in row.cells.items():
            if key not in PLACE_KEYS and key != "id" and (cell or key != "organisatie"):
                table.put(key, self._node(key, cell, row), row.line)
        served = self._places.served_area(row)
        if served and not _has(table, "voor"):
            table.put("voor", Text(served, row.line), row.line)
        return table

    def _node(self, key: str, cell: str, row: Row) -> Tree:
        if key == "organisatie":
            return Text(self._places.id_of(row), row.line)
        if key in LIST_KEYS:
            values = [self._places.reference(value) if key == "voor" else value for value in parted(cell)]
            return Items(row.line, [Text(value, row.line) for value in values])
        if key == "afwezig":
            return Items(row.line, [_period(value, row.line) for value in parted(cell)])
        return Text(cell, row.line)

    def _lead_references(self, table: Table) -> None:
        """Somebody may name a deputy by name; that is the id that the name leads to, when it leads to one."""
        for key in PERSON_REFERENCES:
            value = _value(table, key)
            if not value or value in self._by_id:
                continue
            named = self._by_name.get(fold(value), [])
            found = _value(named[0], "id") if len(named) == 1 else slug(value)
            if found in self._by_id:
                table.put(key, Text(found, table.key_lines[key]), table.key_lines[key])


def _value(table: Table, key: str) -> str:
    node = table.entries.get(key)
    return clean(node.value) if isinstance(node, Text) else ""


def _has(table: Table, key: str) -> bool:
    node = table.entries.get(key)
    return bool(node.items) if isinstance(node, Items) else bool(_value(table, key))


def _same_contact(table: Table, row: Row) -> bool:
    """Whether number or e-mail are the same; the last eight digits tell, however the number is written."""
    mail = _value(table, "e-mail").casefold()
    digits = [re.sub(r"\D", "", number)[-8:] for number in (_value(table, "telefoon"), row.cells.get("telefoon", ""))]
    return bool(mail and mail == row.cells.get("e-mail", "").casefold()) or (digits[0] == digits[1] != "")


def _period(value: str, line: int) -> Tree:
    """From "2026-11-20 t/m 2026-11-27"; one day alone is a period of a day."""
    days = re.split(r"\s*(?:t/m|tot en met|\btot\b|\.\.)\s*", value)
    if len(days) == 1:
        days = re.split(r"(?<=\d{4}-\d\d-\d\d)/(?=\d{4}-)", value)
    if len(days) > 2:
        return Text(value, line)
    table = Table(line)
    table.put("van", Text(days[0], line), line)
    table.put("tot", Text(days[-1], line), line)
    return table
