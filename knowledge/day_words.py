"""The words with which people name days, from `content/dagen.yaml` and `dagdelen.yaml`: what each is, typing errors and all."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import yaml

from knowledge.library import CONTENT
from knowledge.spelling import Spelling

if TYPE_CHECKING:
    from collections.abc import Sequence


@cache
def vocabulary() -> dict[str, str]:
    """What each word or expression is: "vrij dag" → "weekdag:4"."""
    content: dict[str, Any] = yaml.load((CONTENT / "dagen.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    found: dict[str, str] = {}
    for kind, entries in content.items():
        if isinstance(entries, list):
            found |= {str(spelling): str(kind) for spelling in entries}
            continue
        for number, (name, spellings) in enumerate(entries.items()):
            meaning = f"{kind}:{name if kind in {'getal', 'vakantie', 'dag'} else number}"
            found |= {str(spelling): meaning for spelling in (str(name).lower(), *spellings)}
    return found


@cache
def parts_of_a_day() -> tuple[str, ...]:
    """The parts of a day: "middag"."""
    return tuple(_parts()["dagdeel"])


@cache
def parts_of_today() -> frozenset[str]:
    """The words for a part of today: "vanmiddag"."""
    return frozenset(f"van{part}" for part in parts_of_a_day())


@cache
def soon_today() -> frozenset[str]:
    """The words for later today or at once: "straks"."""
    return frozenset(_parts()["zo"])


@cache
def _parts() -> dict[str, list[str]]:
    found: dict[str, list[str]] = yaml.load((CONTENT / "dagdelen.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return found


@cache
def _spelling() -> Spelling:
    return Spelling(word for word in vocabulary() if " " not in word and len(word) > 4)


@lru_cache(maxsize=20_000)
def canonical(word: str) -> str:
    """The word as the vocabulary knows it; a slip of the finger in a longer word is none. A known word is never another."""
    if word in vocabulary() or not word.isalpha() or len(word) < 5:
        return word
    near = _spelling().near(word, 0.8)
    return near[0][0] if near else word


def names_weekdays_only(words: Sequence[str]) -> bool:
    """Whether these words name days of the week and nothing else: "ma en di", "op woensdag"."""
    kinds = [vocabulary().get(canonical(word), "").partition(":")[0] for word in words]
    return "weekdag" in kinds and all(kind in {"weekdag", "en", "lidwoord"} for kind in kinds)


def is_day_word(word: str) -> bool:
    """Whether a folded word belongs to the naming of days, typing errors and all."""
    return canonical(word) in vocabulary()
