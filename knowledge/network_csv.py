"""CSV text to lines of cells under the keys of a record: whatever Excel and people make of it, nothing decided yet."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from knowledge import network_words as words
from knowledge.network_data import PERSON_KEYS
from knowledge.network_faults import shown
from knowledge.network_names import fold, nearest
from knowledge.network_tree import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from knowledge.network_faults import Faults

PLACE_KEYS = ("organisatie-naam", "soort", "wijk", "gemeente", "vakantieregio")
"""What a line says about the organisation of its person."""

NAME_PARTS = ("voornaam", "tussenvoegsel", "achternaam")
"""Columns that together are the name, where a list has no column with the whole of it."""

COLUMNS = ("id", "naam", "organisatie", *PLACE_KEYS, *PERSON_KEYS[3:])
MOST_NAMED = 5
MOST_COLUMNS = 500
"""A spreadsheet of people with more is none."""
DUO_COLUMNS = frozenset({
    "VESTIGINGSCODE", "VESTIGINGSNUMMER", "VESTIGINGSNAAM", "INSTELLINGSCODE", "BRIN NUMMER", "BEVOEGD GEZAG NUMMER",
    "BEVOEGD_GEZAG_NUMMER", "INSTELLINGSNAAM", "NAAM_VESTIGING", "SOORT_VESTIGING", "GEMEENTENAAM", "GEMEENTENAAM_VESTIGING",
    "GEMEENTENUMMER", "DENOMINATIE",
})  # fmt: skip
"""Of DUO's columns those that no list of people has."""
DELIMITERS = ";,\t"
_DEFUSED = re.compile(r"'+[=+\-@\t\r]")
_FUSED = re.compile(r"'*[=+\-@\t\r]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the header of a kind of list may say: the columns, what is read beside them, and what people call all of it."""

    columns: tuple[str, ...]
    synonyms: Mapping[str, tuple[str, ...]]
    beside: tuple[str, ...] = ()

    def keys(self, header: list[str]) -> list[str]:
        """The key of each column, "" for one that is not known."""
        known = {fold(synonym): key for key, several in self.synonyms.items() for synonym in several}
        known |= {fold(key): key for key in (*self.columns, *self.beside)}
        return [known.get(fold(name), "") for name in header]


PEOPLE = Sheet(COLUMNS, words.COLUMN_SYNONYMS, NAME_PARTS)


@dataclass(frozen=True, slots=True)
class Row:
    """One line. Every column of the file is in `cells`, empty where nothing stands."""

    line: int
    cells: dict[str, str]


def read_rows(text: str, faults: Faults) -> list[Row]:
    """The lines with somebody in them. Raises NetworkFault where the file is no table of people."""
    line, header = header_of(text, faults)
    if looks_like_duo(header):
        raise faults.fail(None, words.IS_DUO.format(file=faults.file))
    if not {"id", "naam", "achternaam"} & set(PEOPLE.keys(header)):
        _columns(header, line, PEOPLE, faults)
        raise faults.fail(line, words.NO_NAME_COLUMN)
    return [replace(row, cells=_with_name(row.cells)) for row in read_sheet(text, PEOPLE, faults)]


def looks_like_duo(header: Iterable[str]) -> bool:
    """Whether this is the header of one of DUO's files of school locations, though something may be missing."""
    return len(DUO_COLUMNS & {name.strip().upper() for name in header}) > 1


def header_of(text: str, faults: Faults) -> tuple[int, list[str]]:
    """The first line with something in it, and its number."""
    return next(_records(text, faults), (1, []))


def read_sheet(text: str, sheet: Sheet, faults: Faults) -> list[Row]:
    """The lines with something in them, under the keys of the sheet. Raises NetworkFault where the file is no table."""
    records = _records(text, faults)
    header_line, header = next(records, (1, []))
    columns = _columns(header, header_line, sheet, faults)
    rows = []
    for line, record in records:
        extra = [cell for cell in record[len(columns) :] if cell]
        if extra:
            found = {"found": len(record), "expected": len(columns), "delimiter": delimiter_of(text)}
            faults.add(line, "", words.TOO_MANY_CELLS.format(**found))
        padded = record + [""] * (len(columns) - len(record))
        rows.append(Row(line, {key: cell for key, cell in zip(columns, padded, strict=False) if key}))
    return rows


def _with_name(cells: dict[str, str]) -> dict[str, str]:
    parts = " ".join(part for key in NAME_PARTS if (part := cells.pop(key, "")))
    return cells | {"naam": parts} if parts and not cells.get("naam") else cells


def _records(text: str, faults: Faults) -> Iterator[tuple[int, list[str]]]:
    """The lines that are not empty, each with its number and its cells cleaned."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    line = 1
    try:
        for record in reader:
            cells = [clean(revived(cell)) for cell in record]
            if any(cells) and not (line == 1 and re.fullmatch(r"sep=.?", "".join(cells))):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        raise faults.fail(line, words.BAD_QUOTE) from None


def delimiter_of(text: str) -> str:
    """The sign that parts the header. Excel may say it on the first line: `sep=;`."""
    header = next((line for line in text.splitlines() if line.strip(" \t;,")), "")
    if said := re.fullmatch(r"sep=(.)\s*", header):
        return said[1]
    plain = re.sub(r'"[^"]*"', "", header)
    return max(DELIMITERS, key=plain.count)


def _columns(header: list[str], line: int, sheet: Sheet, faults: Faults) -> list[str]:
    """The key of each column, "" for a column without a name."""
    columns: list[str] = []
    if len(header) > MOST_COLUMNS:
        raise faults.fail(line, words.TOO_MANY_COLUMNS.format(found=len(header), limit=MOST_COLUMNS))
    strange: list[str] = []
    for name, key in zip(header, sheet.keys(header), strict=True):
        if name and not key:
            near = nearest(name, sheet.columns)
            if near:
                hint = words.DID_YOU_MEAN.format(near=near)
                faults.add(line, name, words.UNKNOWN_COLUMN.format(found=shown(name), expected=hint))
            else:
                strange.append(name)
        elif key and key in columns:
            faults.add(line, name, words.COLUMN_TWICE)
        columns.append(key)
    if strange:
        named = ", ".join(map(shown, strange[:MOST_NAMED]))
        more = words.AND_MORE_COLUMNS.format(number=len(strange) - MOST_NAMED) if len(strange) > MOST_NAMED else ""
        hint = words.ONE_OF.format(keys=", ".join(sheet.columns))
        text = words.UNKNOWN_COLUMN if len(strange) == 1 else words.UNKNOWN_COLUMNS
        faults.add(line, "", text.format(found=named + more, expected=hint))
    return columns


def defused(value: str) -> str:
    """The value as a cell that no spreadsheet runs as a formula; `revived` gives it back."""
    return f"'{value}" if _FUSED.match(value) else value


def revived(cell: str) -> str:
    return cell[1:] if _DEFUSED.match(cell) else cell


def joined(values: tuple[str, ...]) -> str:
    return "|".join(value.replace("\\", "\\\\").replace("|", "\\|") for value in values)


def parted(cell: str) -> list[str]:
    """The values of a list in one cell: parted by |, unless a backslash stands before it."""
    values = re.findall(r"((?:[^|\\]|\\.?)+)", cell, re.DOTALL)
    return [plain for value in values if (plain := clean(re.sub(r"\\(.)", r"\1", value, flags=re.DOTALL)))]
