"""One table of a network file, read key by key; what cannot be read becomes a fault, and reading goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from knowledge import network_words as words
from knowledge.network_faults import Faults, Unreadable
from knowledge.network_names import nearest
from knowledge.network_tree import Items, Table, Text, Tree, clean

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

T = TypeVar("T")


class Entry:
    """A table at `path` that may hold `keys`. Unknown keys are faults at once."""

    def __init__(self, table: Table, path: str, keys: Collection[str], faults: Faults) -> None:
        self.table = table
        self._path = path
        self._faults = faults
        for key in table.entries:
            if key in keys:
                continue
            near = nearest(key, keys)
            hint = words.DID_YOU_MEAN.format(near=near) if near else words.ONE_OF.format(keys=", ".join(keys))
            self.fault(key, words.UNKNOWN_KEY.format(found=f'"{key}"', expected=hint))

    def line(self, key: str) -> int:
        return self.table.key_lines.get(key, self.table.line)

    def fault(self, key: str, text: str) -> None:
        self._faults.add(self.line(key), self._at(key), text)

    def read(self, key: str, parse: Callable[[str], T]) -> T | None:
        """The value of an optional key; None when it is left out, empty or wrong."""
        node = self.table.entries.get(key)
        return None if node is None else self._one(key, node, parse)

    def need(self, key: str, parse: Callable[[str], T], expected: str) -> T | None:
        """The value of a key that has to be there. None only together with a fault."""
        node = self.table.entries.get(key)
        if node is None or (isinstance(node, Text) and not clean(node.value)):
            self.fault(key, words.MISSING.format(expected=expected))
            return None
        return self._one(key, node, parse)

    def read_all(self, key: str, parse: Callable[[str], T]) -> tuple[T, ...]:
        """The values of a list; one value without brackets is a list of one. What stands twice is taken once."""
        found = [self._one(key, node, parse) for node in self._items(key)]
        return tuple(dict.fromkeys(value for value in found if value is not None))

    def entry(self, key: str, keys: Collection[str], *, needed: bool = False) -> Entry | None:
        """The table under a key; None when it is left out, empty or something else."""
        node = self.table.entries.get(key)
        if isinstance(node, Table):
            return Entry(node, self._at(key), keys, self._faults)
        if node is not None and not (isinstance(node, Text) and not clean(node.value)):
            self._faults.add_value(node.line, self._at(key), _summary(node), words.EXPECT_TABLE)
        elif needed:
            self.fault(key, words.MISSING.format(expected=words.EXPECT_TABLE))
        return None

    def entries(self, key: str, keys: Collection[str]) -> Iterator[Entry]:
        """The tables of a list of tables, each with its id (or else its place) in the path."""
        node = self.table.entries.get(key)
        for number, item in enumerate([node] if isinstance(node, Table) else self._items(key), start=1):
            identity = item.entries.get("id") if isinstance(item, Table) else None
            name = clean(identity.value) if isinstance(identity, Text) else ""
            path = f"{self._at(key)}.{name}" if name else f"{self._at(key)}[{number}]"
            if isinstance(item, Table):
                yield Entry(item, path, keys, self._faults)
            else:
                self._faults.add_value(item.line, path, _summary(item), words.EXPECT_TABLE)

    def _at(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key

    def _items(self, key: str) -> list[Tree]:
        node = self.table.entries.get(key)
        match node:
            case None:
                return []
            case Items():
                return node.items
            case Text():
                return [node] if clean(node.value) else []
        self._faults.add_value(node.line, self._at(key), _summary(node), words.EXPECT_LIST)
        return []

    def _one(self, key: str, node: Tree, parse: Callable[[str], T]) -> T | None:
        path = self._at(key)
        if not isinstance(node, Text):
            self._faults.add_value(node.line, path, _summary(node), words.EXPECT_TEXT)
            return None
        value = clean(node.value)
        if not value:
            return None
        try:
            return parse(value)
        except Unreadable as unreadable:
            self._faults.add_value(node.line, path, value, unreadable.expected)
            return None


def _summary(node: Tree) -> str:
    match node:
        case Text():
            return node.value
        case Items():
            return "[" + ", ".join(_summary(item) for item in node.items[:4]) + "]"
        case Table():
            return "{" + ", ".join(list(node.entries)[:4]) + "}"
