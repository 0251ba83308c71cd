"""Reads `content/` into records, all faults at once, and holds them together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from knowledge.absence import AbsenceCard, absence_faults
from knowledge.audits import Audit, audit_faults
from knowledge.explanations import Explanation
from knowledge.handover_lists import HandoverLists
from knowledge.ladder import Ladder
from knowledge.models import Checklist, Danger, Figure, Role, Situation, Topic
from knowledge.phase_card import PhaseCard
from knowledge.restorative import RestorativeTalk
from knowledge.roles import ROLES
from knowledge.signals import SignalRoute, signal_faults
from knowledge.training import TrainingCase, training_faults

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
    checklists: dict[str, Checklist]
    continuations: dict[str, list[str]]
    """By which words somebody goes on from the last answer."""
    to_do: dict[str, str]
    """For a situation the topic that says what the asker does besides calling somebody."""
    phase_card: PhaseCard
    training: dict[str, TrainingCase]
    """Fictitious cases to practise with."""
    ladders: dict[str, Ladder]
    """When is reminded of a handover, by colour."""
    absence: AbsenceCard
    signals: dict[str, SignalRoute]
    handover: HandoverLists
    audits: dict[str, Audit]
    talk: RestorativeTalk
    explanations: dict[str, Explanation]
    """What is asked about the assistant itself."""


def load_library(folder: Path = CONTENT, own: Path | None = None) -> Library:
    """The content of a folder, and over it what a network adds in a folder of its own. Raises `ContentFault` with every fault.

    The own folder may hold `situaties.yaml`, `ladder.yaml`, `casussen.yaml`, `kennis/*.yaml` and `cijfers/*.yaml`; an id that is
    there already is replaced.
    """
    faults: list[str] = []
    folders = [folder, *([own] if own else [])]
    if own and not own.is_dir():
        faults.append(f"{own}: deze map met eigen inhoud is er niet")
    found = Library(
        roles=_by_id(_read(folder / "rollen.yaml", Role, faults)),
        situations=_all([one / "situaties.yaml" for one in folders], Situation, faults),
        topics=_with_questions(folders, _all(_files(folders, "kennis"), Topic, faults), faults),
        figures=_all(_files(folders, "cijfers"), Figure, faults),
        danger=Danger.model_validate(_load(folder / "gevaar.yaml")),
        language=_load(folder / "taal.yaml"),
        rights=_load(folder / "rechten.yaml"),
        checklists=_by_id(_read(folder / "lijsten.yaml", Checklist, faults)),
        continuations=_load(folder / "vervolg.yaml"),
        to_do=_load(folder / "doen.yaml"),
        phase_card=PhaseCard.model_validate(_load(folder / "fasekaart.yaml")),
        training=_all([one / "casussen.yaml" for one in folders], TrainingCase, faults),
        ladders=_all([one / "ladder.yaml" for one in folders], Ladder, faults),
        audits=_by_id(_read(folder / "toetsen.yaml", Audit, faults)),
        talk=RestorativeTalk.model_validate(_load(folder / "herstelgesprek.yaml")),
        signals=_by_id(_read(folder / "signaal.yaml", SignalRoute, faults)),
        absence=AbsenceCard.model_validate(_load(folder / "verzuim.yaml")),
        explanations=_by_id(_read(folder / "uitleg.yaml", Explanation, faults)),
        handover=HandoverLists.model_validate(_load(folder / "overdracht.yaml")),
    )
    known = found.situations.keys() | found.topics.keys()
    faults.extend(f'doen.yaml: "{one}" is er niet' for pair in found.to_do.items() for one in pair if one not in known)
    faults.extend(absence_faults(found.absence, found.figures))
    faults.extend(signal_faults(found.signals.values(), found.figures))
    faults.extend(audit_faults(found.audits.values(), found.figures))
    faults.extend(training_faults(found.training.values(), found.phase_card))
    if faults:
        raise ContentFault(faults)
    return found


def _files(folders: list[Path], name: str) -> list[Path]:
    return [path for folder in folders for path in sorted((folder / name).glob("*.yaml"))]


def _with_questions(folders: list[Path], topics: dict[str, Topic], faults: list[str]) -> dict[str, Topic]:
    """The topics with the further questions and words of `vragen/`: kept apart, so that the answers stay easy to read."""
    for path in _files(folders, "vragen"):
        for name, more in _load(path).items():
            topic = topics.get(name)
            if topic is None or not isinstance(more, dict):
                faults.append(f'{path.name}: het onderwerp "{name}" is er niet')
                continue
            examples = list(dict.fromkeys([*topic.examples, *map(str, more.get("vragen", []))]))
            words = list(dict.fromkeys([*topic.words, *map(str, more.get("woorden", []))]))
            topics[name] = topic.model_copy(update={"examples": examples, "words": words})
    return topics


def _all(paths: list[Path], model: type[Model], faults: list[str]) -> dict[str, Model]:
    """The records of several files, the later over the earlier; twice in one folder is a fault."""
    found: dict[str, Model] = {}
    where: dict[str, Path] = {}
    for path in paths:
        if not path.exists():
            continue
        for name, record in _by_id(_read(path, model, faults)).items():
            if name in where and where[name].parent == path.parent:
                faults.append(f"{path.name}: {name}: staat ook in {where[name].name}")
            found[name], where[name] = record, path
    return found


def _by_id(records: list[Model]) -> dict[str, Model]:
    return {record.id: record for record in records}  # type: ignore[attr-defined]


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
