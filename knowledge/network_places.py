"""The organisations that lines of people speak of: known by id or any of their names, or new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge import network_words as words
from knowledge.network import SCHOOL_KINDS
from knowledge.network_faults import shown
from knowledge.network_names import fold, is_id, kind_in, kind_named, made_id, nearest
from knowledge.network_tree import Items, Table, Text, clean

if TYPE_CHECKING:
    from knowledge.network_csv import Row
    from knowledge.network_faults import Faults

FILLED_BY_LINES = ("soort", "wijk", "gemeente", "vakantieregio")


class Places:
    """The organisations in the tree of a network. `learn` every line first, ask afterwards."""

    def __init__(self, tree: Table, faults: Faults) -> None:
        organisations = tree.entries["organisaties"]
        assert isinstance(organisations, Items)
        self._items = organisations.items
        self._faults = faults
        self._by_id: dict[str, Table] = {}
        self._by_name: dict[str, str] = {}
        self._areas: set[str] = set()
        self._wijken: dict[str, set[str]] = {}
        self._said: dict[tuple[str, str], tuple[str, int]] = {}
        for item in self._items:
            assert isinstance(item, Table)
            self._register(item)

    def learn(self, row: Row) -> None:
        """Take in what a line says about the organisation of its person."""
        given = row.cells.get("organisatie", "")
        if not given:
            return
        identity = self.id_of(row)
        if identity not in self._by_id:
            table = Table(row.line)
            table.put("id", Text(identity, row.line), row.line)
            table.put("naam", Text(row.cells.get("organisatie-naam") or given, row.line), row.line)
            kind = kind_in(row.cells.get("organisatie-naam") or given)
            if kind and not nearest(given, sorted(self._by_name)):
                table.put("soort", Text(kind, row.line), row.line)
            self._items.append(table)
            self._register(table)
            self._by_name.setdefault(fold(given), identity)
        elif name := row.cells.get("organisatie-naam"):
            self._by_id[identity].put("naam", Text(name, row.line), row.line)
        for key in FILLED_BY_LINES:
            if cell := row.cells.get(key, ""):
                self._fill(identity, key, cell, row)

    def id_of(self, row: Row) -> str:
        """The id of the organisation of a line, "" when the line names none."""
        given = row.cells.get("organisatie", "")
        if given in self._by_id:
            return given
        return self._by_name.get(fold(given)) or (given if is_id(given) else made_id(given))

    def served_area(self, row: Row) -> str:
        """The wijk of the person rather than of the organisation: a list of wijkagenten has a column wijk and no column
        `voor`, or one police team with a wijk on every line.
        """
        wijk, identity = row.cells.get("wijk", ""), self.id_of(row)
        if not wijk or self._is_school(identity):
            return ""
        return wijk if "voor" not in row.cells or len(self._wijken.get(identity, ())) > 1 else ""

    def reference(self, value: str) -> str:
        """The id that a name in `voor` leads to; names of wijken and gemeenten stay names."""
        if value in self._by_id or fold(value) in self._areas:
            return value
        return self._by_name.get(fold(value), value)

    def _fill(self, identity: str, key: str, cell: str, row: Row) -> None:
        table = self._by_id[identity]
        if key in {"wijk", "gemeente"}:
            self._areas.add(fold(cell))
        if key == "wijk" and not self._is_school(identity):
            self._wijken.setdefault(identity, set()).add(cell)
            if "voor" not in row.cells or len(self._wijken[identity]) > 1:
                self._forget_wijk(table)
                return
        value, line = self._said.setdefault((identity, key), (cell, row.line))
        if fold(value) != fold(cell):
            found = {"found": shown(cell), "organisation": identity, "expected": shown(value), "line": line}
            self._faults.add(row.line, f"organisaties.{identity}.{key}", words.OTHER_VALUE.format(**found))
        elif line == row.line:
            table.put(key, Text(cell, row.line), row.line)

    def _forget_wijk(self, table: Table) -> None:
        """A wijk that these lines gave to the organisation was one person's; what the network knew already stays."""
        if table.key_lines.get("wijk"):
            del table.entries["wijk"]
            del table.key_lines["wijk"]

    def _is_school(self, identity: str) -> bool:
        node = self._by_id[identity].entries.get("soort") if identity in self._by_id else None
        kind = kind_named(clean(node.value)) if isinstance(node, Text) else None
        return kind in SCHOOL_KINDS

    def _register(self, table: Table) -> None:
        identity = _texts(table, "id")[0]
        self._by_id[identity] = table
        for name in (identity, *_texts(table, "naam"), *_texts(table, "ook-bekend-als")):
            self._by_name.setdefault(fold(name), identity)
        self._areas.update(fold(area) for key in ("wijk", "gemeente") for area in _texts(table, key))


def _texts(table: Table, key: str) -> list[str]:
    node = table.entries.get(key)
    items = node.items if isinstance(node, Items) else [node]
    return [clean(item.value) for item in items if isinstance(item, Text)]
