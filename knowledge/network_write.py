"""A network back to the files that people edit: YAML for the whole, CSV for the people. It reads back the same."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import yaml

from knowledge.network_csv import COLUMNS, defused, joined
from knowledge.network_data import SECTIONS, data_of, person_data

if TYPE_CHECKING:
    from knowledge.network import Network, Person

CSV_ENCODING = "utf-8-sig"
"""What the text of a CSV is to be saved in: without the mark at the beginning Excel spoils every ë."""


class _Flow:
    """A list or table that is written on one line."""

    def __init__(self, value: Any) -> None:
        self.value = value


class _Dumper(yaml.CSafeDumper):
    pass


def _represent_flow(dumper: _Dumper, flow: _Flow) -> yaml.Node:
    if isinstance(flow.value, dict):
        return dumper.represent_mapping("tag:yaml.org,2002:map", flow.value.items(), flow_style=True)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", flow.value, flow_style=True)


_Dumper.add_representer(_Flow, _represent_flow)


def write_yaml(network: Network) -> str:
    """The whole network in the network format, in the order of its records."""
    data = data_of(network)
    written: dict[str, Any] = {"netwerk": _inline(data["netwerk"])}
    written |= {section: [_inline(record) for record in data[section]] for section in SECTIONS[1:]}
    return "\n".join(_dump({section: value}) for section, value in written.items() if value)


def _inline(record: dict[str, Any]) -> dict[str, Any]:
    return {key: _Flow(value) if isinstance(value, (list, dict)) else value for key, value in record.items()}


def _dump(data: dict[str, Any]) -> str:
    written = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)
    return str(written)


def write_people_csv(network: Network) -> str:
    """The people, one a line, each with its organisation; save it as `CSV_ENCODING`.

    Koppels, agreements and what only the organisation knows are not in it: read it over the network that it came from.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";")
    writer.writerow(COLUMNS)
    for person in network.people:
        cells = _cells(person, network)
        writer.writerow([defused(cells.get(column, "")) for column in COLUMNS])
    return file.getvalue()


def _cells(person: Person, network: Network) -> dict[str, str]:
    organisation = network.organisation_of(person)
    values = person_data(person) | {
        "organisatie-naam": organisation.name,
        "soort": organisation.kind,
        "wijk": organisation.wijk,
        "gemeente": organisation.municipality,
        "vakantieregio": organisation.region,
        "beheerder": "ja" if person.is_manager else None,
        "afwezig": [f"{absence.first} t/m {absence.last}" for absence in person.absences],
    }
    return {key: _cell(value) for key, value in values.items() if value is not None}


def _cell(value: Any) -> str:
    return joined(tuple(value)) if isinstance(value, list) else str(value)
