"""The national files of school locations as they come (old and new headers, Windows-1252, padded cells), as schools of a town."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge import network_words as words
from knowledge.network_csv import delimiter_of, looks_like_duo
from knowledge.network_faults import Fault, Faults, NetworkFault, Unreadable
from knowledge.network_files import text_of
from knowledge.network_values import phone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_COLUMNS = {
    "brin": ("VESTIGINGSCODE", "VESTIGINGSNUMMER", "INSTELLINGSCODE", "BRIN NUMMER"),
    "name": ("VESTIGINGSNAAM", "NAAM_VESTIGING", "INSTELLINGSNAAM"),
    "street": ("STRAATNAAM",),
    "town": ("PLAATSNAAM",),
    "municipality": ("GEMEENTENAAM", "GEMEENTENAAM_VESTIGING"),
    "phone": ("TELEFOONNUMMER",),
    "region": ("VAKANTIEREGIO",),
}
"""DUO's names of what is used here, in the order of preference: they have changed over the years."""

_NEEDED = ("brin", "name", "municipality")
_PROVINCES = frozenset({"DR", "FR", "GLD", "GN", "LB", "NB", "NH", "OV", "UT", "ZH", "ZLD"})
"""Behind a name that more than one town has."""
_ACCENTS = {"Noardeast-Fryslan": "Noardeast-Fryslân", "Sudwest-Fryslan": "Súdwest-Fryslân"}
"""Names that DUO writes without."""
_SMALL = frozenset({"aan", "de", "den", "der", "en", "het", "in", "op", "over", "van", "bij", "gem", "ter", "ten"})


@dataclass(frozen=True, slots=True)
class School:
    """One school location. `brin` has six signs; `kind` is one of the kinds of the network format; `region` in lower case."""

    brin: str
    name: str
    kind: str
    town: str
    municipality: str
    phone: str | None = None
    region: str | None = None
    street: str = ""
    """In capitals or not, as DUO has it; "" when the file does not say."""


def read_all(paths: Iterable[Path]) -> list[School]:
    """The locations in several files. Raises NetworkFault with what is wrong in any of them."""
    found: list[School] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            found += read_schools(path)
        except NetworkFault as wrong:
            faults += wrong.faults
    if faults:
        raise NetworkFault(tuple(faults))
    return found


def is_duo(text: str) -> bool:
    """Whether these are schools in a file of DUO, be it that something may be missing."""
    return looks_like_duo(_cells_of(text.partition("\n")[0]))


def read_schools(path: Path) -> list[School]:
    """All locations in a file of DUO, each once. Raises NetworkFault when it is none, or when a row cannot be read."""
    faults = Faults(path.name)
    text = text_of(path, faults)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
    try:
        header = [cell.strip().upper() for cell in next(reader)]
        columns = _columns(header)
        if missing := [_COLUMNS[key][0] for key in _NEEDED if columns[key] is None]:
            part = looks_like_duo(header)
            raise faults.fail(1, words.PART_OF_DUO.format(missing=" en ".join(missing)) if part else words.NOT_DUO)
        found = {school.brin: school for school in _schools(reader, header, columns, faults)}
    except csv.Error:
        raise faults.fail(reader.line_num, words.BAD_QUOTE) from None
    faults.raise_all()
    if not found:
        raise faults.fail(None, words.NO_SCHOOLS)
    return list(found.values())


def _cells_of(line: str) -> list[str]:
    return [cell.strip(' "').upper() for cell in line.split(delimiter_of(line))]


def _columns(header: list[str]) -> dict[str, int | None]:
    return {key: next((header.index(name) for name in names if name in header), None) for key, names in _COLUMNS.items()}


def _schools(reader: Iterator[list[str]], header: list[str], columns: dict[str, int | None], faults: Faults) -> Iterator[School]:
    for line, record in enumerate(reader, start=2):
        if not any(cell.strip() for cell in record) or _is_closed(header, record):
            continue
        cells = {key: _cell(record, column) for key, column in columns.items()}
        if not all(cells[key] for key in _NEEDED):
            faults.add(line, "", words.DUO_ROW)
            continue
        yield School(
            brin=cells["brin"].upper(),
            name=cells["name"],
            kind=_kind(header, record),
            town=in_title(cells["town"] or cells["municipality"]),
            municipality=in_title(cells["municipality"]),
            phone=_phone(cells["phone"]),
            region=cells["region"].lower() or None,
            street=cells["street"],
        )


def _cell(record: list[str], column: int | None) -> str:
    """A cell; DUO pads with spaces, and writes one for nothing."""
    return " ".join(record[column].split()) if column is not None and column < len(record) else ""


def _is_closed(header: list[str], record: list[str]) -> bool:
    """The file that counts pupils by year keeps schools that are no more: nobody was counted there in the last year."""
    years = [column for column, name in enumerate(header) if name.startswith("LEERLINGEN_")]
    return bool(years) and _cell(record, max(years, key=header.__getitem__)) in {"", "0"}


def _kind(header: list[str], record: list[str]) -> str:
    """The kind of school, by the columns that only one of DUO's files has."""
    if "SOORT PRIMAIR ONDERWIJS" in header:
        education = _cell(record, header.index("ONDERWIJS") if "ONDERWIJS" in header else None)
        return "vso" if "VSO" in education else "po"
    if "SOORT_VESTIGING" in header:
        return "vso" if "VSO" in _cell(record, header.index("SOORT_VESTIGING")) else "po"
    if any(name.startswith("MBO") for name in header):
        return "mbo"
    return "vo" if "ONDERWIJSSTRUCTUUR" in header else "po"


def _phone(cell: str) -> str | None:
    """A number as people write it; None for what is none, as DUO sometimes has."""
    try:
        return phone(cell) if cell else None
    except Unreadable:
        return None


def in_title(name: str) -> str:
    """A place name in capitals as people write it: "'S-HERTOGENBOSCH" is "'s-Hertogenbosch", "IJSSELSTEIN" keeps IJ."""
    if not name.isupper():
        return name
    name = re.sub(r"^'?([ST])[ -](?=\w)", lambda found: "'S-" if found[1] == "S" else "'T ", name)  # DUO leaves the apostrophe out
    parts = re.split(r"([ \-])", name.lower())
    titled = [part if part in _SMALL and number else _titled(part) for number, part in enumerate(parts)]
    if len(titled) > 1 and titled[-1].upper() in _PROVINCES:
        titled[-1] = titled[-1].upper()
    whole = "".join(titled)
    return _ACCENTS.get(whole, whole)


def _titled(part: str) -> str:
    if part.startswith("'"):
        return part
    return f"IJ{part[2:]}" if part.startswith("ij") else part[:1].upper() + part[1:]
