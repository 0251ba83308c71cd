"""What an import would change, record by record and field by field, and in plain Dutch before anything happens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from knowledge import network_words as words
from knowledge.network_data import SECTIONS, data_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.network import Network

MOST_LINES = 12  # per kind of record and kind of change: what fits a screen with the rest
MOST_NAMES = 8


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One key of the file with its old and new value as text, "" for none."""

    key: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RecordChange:
    id: str
    name: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Named:
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class KindChanges:
    """What happens to one kind of record, in the order of the files."""

    new: tuple[Named, ...] = ()
    changed: tuple[RecordChange, ...] = ()
    gone: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that an import changes. `network` is about the network's own settings."""

    network: tuple[FieldChange, ...] = ()
    organisations: KindChanges = KindChanges()
    people: KindChanges = KindChanges()
    koppels: KindChanges = KindChanges()
    agreements: KindChanges = KindChanges()

    def __bool__(self) -> bool:
        return self != Changes()


def compare(old: Network | None, new: Network) -> Changes:
    """The changes from `old` to `new`; without an old network everything is new. Order alone is no change."""
    before = data_of(old) if old else {section: [] for section in SECTIONS} | {"netwerk": {}}
    after = data_of(new)
    kinds = [_compare_kind(before[section], after[section]) for section in SECTIONS[1:]]
    return Changes(_fields(before["netwerk"], after["netwerk"]), *kinds)


def _compare_kind(before: Sequence[dict[str, Any]], after: Sequence[dict[str, Any]]) -> KindChanges:
    old = {record["id"]: record for record in before}
    new = {record["id"]: record for record in after}
    return KindChanges(
        new=tuple(_named(record) for name, record in new.items() if name not in old),
        changed=tuple(
            RecordChange(name, _named(record).name, fields)
            for name, record in new.items()
            if name in old and (fields := _fields(old[name], record))
        ),
        gone=tuple(_named(record) for name, record in old.items() if name not in new),
    )


def _named(record: dict[str, Any]) -> Named:
    return Named(record["id"], record.get("naam", record["id"]))


def _fields(before: dict[str, Any], after: dict[str, Any]) -> tuple[FieldChange, ...]:
    keys = dict.fromkeys((*before, *after))
    changed = [key for key in keys if before.get(key) != after.get(key)]
    return tuple(FieldChange(key, _text(before.get(key)), _text(after.get(key))) for key in changed)


def _text(value: Any) -> str:
    """A value as a sentence shows it."""
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nee"
        case list():
            return ", ".join(_text(item) for item in value)
        case {"van": first, "tot": last, **rest}:
            return " ".join((f"{_text(first)} t/m {_text(last)}", *map(_text, rest.values())))
        case dict():
            return ", ".join(f"{key} {_text(item)}" for key, item in value.items())
        case date() if not isinstance(value, datetime):
            return f"{value.day}-{value.month}-{value.year}"
        case _:
            return " ".join(str(value).split())


def describe(changes: Changes) -> list[str]:
    """The preview of an import: what comes, changes and goes, kind by kind, never more than a screen of each."""
    lines = _settings_lines(changes.network)
    for kind, changed in zip(words.KINDS_OF_RECORD, _kinds(changes), strict=True):
        if changed.new:
            lines.append(f"{words.NEW}: {_count(changed.new, kind)}")
        lines += [
            f"{words.CHANGED}: {record.name}: {'; '.join(map(_described, record.fields))}"
            for record in changed.changed[:MOST_LINES]
        ]
        if len(changed.changed) > MOST_LINES:
            lines.append(f"{words.CHANGED}: {words.AND_MORE.format(count=len(changed.changed) - MOST_LINES)}")
        if changed.gone:
            lines.append(f"{words.GONE}: {_count(changed.gone, kind)}")
    return lines or [words.NO_CHANGE]


def _settings_lines(changes: Sequence[FieldChange]) -> list[str]:
    name = next((change.new for change in changes if change.key == "naam" and not change.old), None)
    if name:  # there was no network: its settings are not changes that somebody has to judge
        return [f"{words.NEW}: {words.THE_NETWORK} {name}"]
    return [f"{words.CHANGED}: {words.THE_NETWORK}: {_described(change)}" for change in changes]


def _kinds(changes: Changes) -> tuple[KindChanges, ...]:
    return (changes.organisations, changes.people, changes.koppels, changes.agreements)


def _described(change: FieldChange) -> str:
    return f"{change.key} {change.old or words.NOTHING} → {change.new or words.NOTHING}"


def _count(records: Sequence[Named], kind: tuple[str, str]) -> str:
    noun = kind[0] if len(records) == 1 else kind[1]
    return f"{len(records)} {noun}: {enumerated([record.name for record in records], MOST_NAMES)}"


def enumerated(names: Sequence[str], most: int) -> str:
    """Names in a row: "Ann, Bert en Carla"; of a long row the first ones "en nog N"."""
    if len(names) > most + 1:
        return f"{', '.join(names[:most])} {words.AND_MORE.format(count=len(names) - most)}"
    return words.AND.join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)
