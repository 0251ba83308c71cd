"""A network file as a plain tree: texts, lists and tables that know their line.

YAML, CSV and a network that is already there all become this tree first, so what is checked is checked in one place.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(slots=True)
class Text:
    """One value, as it was written. An empty text is no value."""

    value: str
    line: int


@dataclass(slots=True)
class Items:
    line: int
    items: list[Tree] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """Keys with their values; `key_lines` is where each key stands."""

    line: int
    entries: dict[str, Tree] = field(default_factory=dict)
    key_lines: dict[str, int] = field(default_factory=dict)

    def put(self, key: str, value: Tree, line: int) -> None:
        self.entries[key] = value
        self.key_lines[key] = line


Tree = Text | Items | Table


# Blanks, and characters without width that come along with a copied number or name.
_AROUND = "".join(
    chr(code)
    for codes in ((9, 14), (28, 33), (0x85, 0x86), (0xA0, 0xA1), (0x1680, 0x1681), (0x2000, 0x2010), (0x2028, 0x2030))
    for code in range(*codes)
)
_AROUND += "\u205f\u3000\ufeff"


_UNSEEN = dict.fromkeys(
    [0xAD, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0x2066, 0x206A), 0xFEFF]
)
"""Signs without width or that turn the direction of writing: a name with one in it would not be found by its letters."""


def clean(value: str) -> str:
    """The value without what nobody sees: outer blanks, hard spaces, signs without width, two spellings of the same ë."""
    if value.isascii() and "\r" not in value:
        return value.strip()
    lines = value.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").translate(_UNSEEN)
    return unicodedata.normalize("NFC", lines).strip(_AROUND)


def tree_of(data: Any, line: int = 0) -> Tree:
    """The tree of plain data (as `network_data.data_of` makes it); line 0: it stands in no file."""
    match data:
        case dict():
            table = Table(line)
            for key, value in data.items():
                table.put(key, tree_of(value, line), line)
            return table
        case list() | tuple():
            return Items(line, [tree_of(item, line) for item in data])
        case bool():
            return Text("true" if data else "false", line)
        case date():
            return Text(data.isoformat(), line)
        case None:
            return Text("", line)
        case _:
            return Text(str(data), line)
