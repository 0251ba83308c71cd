"""How something is said of a handover: plainly, of what whoever speaks does now; or asked, supposed, denied, or told of another.

Only what is said plainly is done at once (rules: handovers); of all else it is asked first whether it is meant so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from knowledge.text import fold, split

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.words import Words

Manner = Literal["plain", "asked", "loose", "denied"]
"""`loose`: supposed, unsure, or told of another."""

_CLAUSES = re.compile(r"((?:(?!\s[-–—]+\s)[^,;.:!?\n])+)([,;.:!?\n]*)")
LISTS = (
    "stel", "als", "als-dan", "onzeker", "vertelt", "vertelt-dan", "volgens",
    "vraagwoord", "vraagt-eerst", "vraagt-om", "vraagt-nog", "vraag-erachter",
    "ontkent-niets",
)  # fmt: skip
OWN = frozenset({"mij", "ons"})
"""Whose view is as good as a statement: "volgens mij"."""


@dataclass(frozen=True)
class Clause:
    """What stands between two signs: its words, and how it is said."""

    typed: tuple[str, ...]
    manner: Manner


class Manners:
    """Hears how something is said."""

    def __init__(self, words: Words) -> None:
        self._said = {name: frozenset(words.list(f"overdracht-wijs.{name}")) for name in LISTS}
        self._together = [tuple(one.split()) for one in words.list("overdracht-wijs.onzeker-samen")]
        self._denies = frozenset(words.list("overdracht-daden.ontkent")) | {"niets"}
        self._aside = re.compile(rf"\b(?:{'|'.join(words.list('overdracht-daden.tussenzin'))})\b")
        self._denies_nothing = re.compile(rf"\b(?:{'|'.join(self._said['ontkent-niets'])})\b")

    def clauses(self, text: str) -> list[Clause]:
        """The text in clauses; what only asks behind one ("toch?") says how the one before is meant."""
        found: list[Clause] = []
        for rough, end in _CLAUSES.findall(self._aside.sub(" ", fold(text))):
            typed = tuple(split(self._denies_nothing.sub(" ", rough)))
            if found and " ".join(typed) in self._said["vraag-erachter"]:
                found[-1] = Clause(found[-1].typed, "asked")
            elif typed:
                found.append(Clause(typed, self._manner(typed, asks="?" in end)))
        return found

    def of(self, text: str, words: Iterable[str]) -> Manner:
        """How that is said for which these words stand: as the clause with most of them; of two alike the plain one counts."""
        meant, found = frozenset(words), self.clauses(text)
        if not found:
            return "plain"
        return min(found, key=lambda one: (-len(meant.intersection(one.typed)), one.manner != "plain")).manner

    def denies(self, words: Iterable[str]) -> bool:
        """Whether one of these words says that something is not so."""
        return not self._denies.isdisjoint(words)

    def _manner(self, typed: Sequence[str], *, asks: bool) -> Manner:
        if self._is_loose(typed):
            return "loose"
        if asks or self._asks(typed):
            return "asked"
        return "denied" if not self._denies.isdisjoint(typed) else "plain"

    def _is_loose(self, typed: Sequence[str]) -> bool:
        said = self._said
        if typed[0] in said["stel"] or self._is_if(typed) or not said["onzeker"].isdisjoint(typed) or self._is_anothers(typed):
            return True
        if any(_in_order(pair, typed) for pair in self._together):
            return True
        tells = next((place for place, word in enumerate(typed) if word in said["vertelt"]), None)
        return tells is not None and not said["vertelt-dan"].isdisjoint(typed[tells + 1 :])

    def _is_if(self, typed: Sequence[str]) -> bool:
        """Whether it hangs on something else; "als dat goed is" is only polite."""
        return any(one in self._said["als"] and other in self._said["als-dan"] for one, other in pairwise(typed))

    def _is_anothers(self, typed: Sequence[str]) -> bool:
        return any(one in self._said["volgens"] and other not in OWN for one, other in pairwise(typed))

    def _asks(self, typed: Sequence[str]) -> bool:
        first, second = [*typed, "", ""][:2]
        if first in self._said["vraagwoord"]:
            return True
        turned = first in self._said["vraagt-eerst"] and second in self._said["vraagt-om"]
        return turned and (first in {"moet", "moeten", "klopt"} or not self._said["vraagt-nog"].isdisjoint(typed))


def _in_order(pair: tuple[str, ...], typed: Sequence[str]) -> bool:
    """Whether the first of two words stands before the second."""
    first, second = pair
    return first in typed and second in typed[typed.index(first) + 1 :]


@cache
def manners_of(words: Words) -> Manners:
    """The manners, by these sentences."""
    return Manners(words)
