"""What a new koppel is called, and how its school, its police and its people are known by name in a list."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain, count
from typing import TYPE_CHECKING

from knowledge.network_names import LONGEST_ID, fold, made_id

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator


def koppel_id(school: str, police: str, taken: Collection[str]) -> str:
    """The id of a new koppel: the one in use for a school with one police team, else with that team in it."""
    return next(name for name in _ids(made_id(school) or "koppel", made_id(police) or "politie") if name not in taken)


def _ids(school: str, police: str) -> Iterator[str]:
    for end in chain(("politie", police), (f"politie-{number}" for number in count(2))):
        kept = end[: LONGEST_ID // 2].rstrip("-")
        yield f"{school[: LONGEST_ID - len(kept) - 1].rstrip('-')}-{kept}"


class Called:
    """Who or what is called by a name: an id, or any of its names, however it is typed."""

    def __init__(self, known: Iterable[tuple[str, Iterable[str]]]) -> None:
        """Each id, with its names."""
        self._ids: defaultdict[str, list[str]] = defaultdict(list)
        self._names: dict[str, str] = {}
        for identity, names in known:
            for name in dict.fromkeys(map(fold, (identity, *names))):
                self._ids[name].append(identity)
            self._names[identity] = next(iter(names), identity)

    def by(self, name: str) -> list[str]:
        """The ids that are meant by this name; an id means itself."""
        return [name] if name in self._names else self._ids.get(fold(name), [])

    def name_of(self, identity: str) -> str:
        """The name by which it is found again, or the id where several are called so."""
        name = self._names[identity]
        return name if self.by(name) == [identity] else identity
