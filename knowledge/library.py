"""Reads `content/` into records, all faults at once, and holds them together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from knowledge.models import Danger, Figure, Role, Situation, Topic
from knowledge.roles import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable

Model = TypeVar("Model", bound=BaseModel)

CONTENT = Path(__file__).parent / "content"


class ContentFault(Exception):
    """The content does not hold; `faults` are lines for an editor."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


@dataclass(frozen=True)
class Library:
    """All that is known apart from the network."""

    roles: dict[str, Role]
    situations: dict[str, Situation]
    topics: dict[str, Topic]
    figures: dict[str, Figure]
    danger: Danger
    language: dict[str, Any]
    rights: dict[str, list[str]]
    continuations: dict[str, list[str]]
    """By which words somebody goes on from the last answer."""


def load_library(folder: Path = CONTENT) -> Library:
    """The content of a folder. Raises `ContentFault` with every fault in it."""
    faults: list[str] = []
    roles = _read(folder / "rollen.yaml", Role, faults)
    situations = _read(folder / "situaties.yaml", Situation, faults)
    topics: list[Topic] = []
    figures: list[Figure] = []
    for path in sorted((folder / "kennis").glob("*.yaml")):
        topics.extend(_read(path, Topic, faults))
    for path in sorted((folder / "cijfers").glob("*.yaml")):
        figures.extend(_read(path, Figure, faults))
    danger = Danger.model_validate(_load(folder / "gevaar.yaml"))
    language = _load(folder / "taal.yaml")
    if faults:
        raise ContentFault(faults)
    return Library(
        roles={role.id: role for role in roles},
        situations={situation.id: situation for situation in situations},
        topics={topic.id: topic for topic in topics},
        figures={figure.id: figure for figure in figures},
        danger=danger,
        language=language,
        rights=_load(folder / "rechten.yaml"),
        continuations=_load(folder / "vervolg.yaml"),
    )


def _load(path: Path) -> Any:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - a safe loader, the fast one


def _read(path: Path, model: type[Model], faults: list[str]) -> list[Model]:
    """The records of one file; faults are added as `file: id: key: what is wrong`."""
    found: list[Model] = []
    seen: set[str] = set()
    try:
        entries = _load(path) or []
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        faults.append(f"{path.name}:{line}: dit is geen leesbare YAML: {error.problem}")
        return []
    for number, entry in enumerate(entries, start=1):
        name = entry.get("id", f"nummer {number}") if isinstance(entry, dict) else f"nummer {number}"
        if name in seen:
            faults.append(f"{path.name}: {name}: staat er twee keer")
        seen.add(name)
        try:
            found.append(model.model_validate(_fold(entry)))
        except ValidationError as error:
            for fault in error.errors():
                where = ".".join(str(part) for part in fault["loc"])
                faults.append(f"{path.name}: {name}: {where}: {fault['msg']}")
    return found


def _fold(entry: Any) -> Any:
    """What stands side by side for the author is one table in the record: the reasons by side, and whom each role calls."""
    if not isinstance(entry, dict) or "wie" not in entry:
        return entry
    reasons = {key.removeprefix("waarom").lstrip("-"): text for key, text in entry.items() if key.startswith("waarom")}
    by_role = {key: value for key, value in entry.items() if key in ROLES}
    rest = {key: value for key, value in entry.items() if not key.startswith("waarom") and key not in ROLES}
    return rest | {"waarom": reasons, "wie": {**entry["wie"], **by_role}}
