"""What is wrong with settings, in sentences: which one, and what was expected.

What stands there is never repeated: it may be a secret.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pydantic import BaseModel

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pydantic import ValidationError
    from pydantic.fields import FieldInfo

_NAME = re.compile(r"(?=.{1,40}$)[a-z]+(?:[-_][a-z]+)*|\d{1,3}")
"""How settings are called, and places in a list."""


def named(path: Sequence[int | str]) -> str:
    """Which setting, by name; what is made like no name of ours may be a secret that stands in the wrong place."""
    return ".".join(str(part) if _NAME.fullmatch(str(part)) else "…" for part in path)


def faults_in(error: ValidationError, model: type[BaseModel], above: tuple[str, ...] = ()) -> Iterator[str]:
    """A line for each thing that is wrong. `above`: where the section of this model stands. The descriptions of its fields say
    what is expected.
    """
    for fault in error.errors():
        path = fault["loc"]
        known = _fields(model, path[:-1])
        field = _fields(model, ()).get(str(path[0])) if len(path) == 1 or not known else known.get(str(path[-1]))
        yield f"{named((*above, *path))}: {_sentence(fault['type'], str(path[-1]), known, field)}"


def unknown(name: str, known: Sequence[str]) -> str:
    """What to say of a name that is none of these."""
    from knowledge.network_names import nearest  # noqa: PLC0415 - only needed when something is wrong

    near = nearest(name, set(known))
    return f"bedoel je {near}?" if near else f"verwacht een van: {', '.join(known)}"


def _sentence(kind: str, name: str, known: dict[str, FieldInfo], field: FieldInfo | None) -> str:
    if kind == "extra_forbidden":
        return f"deze instelling ken ik niet, {unknown(name, list(known))}"
    expected = f", verwacht {field.description}" if field and field.description else ""
    return f"{'dit ontbreekt' if kind == 'missing' else 'deze instelling klopt niet'}{expected}"


def _fields(model: type[BaseModel], path: Sequence[int | str]) -> dict[str, FieldInfo]:
    """The settings at this place, by the name that people write."""
    found = {field.alias or name: field for name, field in model.model_fields.items() if not field.exclude}
    if not path:
        return found
    inner = found[str(path[0])].annotation if str(path[0]) in found else None
    return _fields(inner, path[1:]) if isinstance(inner, type) and issubclass(inner, BaseModel) else {}
