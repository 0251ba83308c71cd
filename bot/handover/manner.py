"""How something is said of a handover: plainly, of what whoever speaks does now; or asked, supposed, denied, or told of another.

Only what is said plainly is done at once (rules: handovers); of all else it is asked first whether it is meant so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, TypeAlias

from knowledge.text import fold, split

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Sequence

    from bot.words import Words

Reads: TypeAlias = "Callable[[str], Sequence[str]]"
Manner = Literal["plain", "asked", "loose", "denied"]
"""`loose`: supposed, unsure, or told of another."""

_CLAUSES = re.compile(r"((?:(?!\s[-–—]+\s)[^,;.:!?\n])+)([,;.:!?\n]*)")
LISTS = (
    "stel", "als", "als-dan", "onzeker", "vertelt", "vertelt-dan", "volgens",
    "vraagwoord", "vraagt-eerst", "vraagt-om", "vraagt-van", "vraagt-nog", "vraag-erachter", "straks", "wil",
    "ontkent-niets",
)  # fmt: skip
INSTEAD = "nu"
"""What stands in the place of an aside: behind it a verb comes first and nothing is asked ("volgens mij is het klaar")."""
OWN = frozenset({"mij", "ons"})
"""Whose view is as good as a statement: "volgens mij"."""


FOR_ANOTHER = frozenset({"kan-niet", "zet-over", "vraag-nu"})
"""With what somebody else is named who could do it."""

NOT = frozenset({"kan-niet", "toch-niet"})
DONE = frozenset({"terugkoppelen", "sluit", "gebeld"})
"""What is only said of what has been: "morgen rond ik het af" is a plan."""


@dataclass(frozen=True)
class By:
    """The words by which something is heard, and whether they deny by themselves; `known` are those that belong to it besides:
    names, days, and other words by which the same is said.
    """

    words: frozenset[str]
    known: frozenset[str] = frozenset()
    denies: bool = False


@dataclass(frozen=True)
class Clause:
    """What stands between two signs: its words, and how it is said."""

    typed: tuple[str, ...]
    manner: Manner
    denies: bool = False
    anothers: bool = False
    """Whether it begins with the name of somebody: what it says is theirs. "Sanne gebeld" is not."""


class Manners:
    """Hears how something is said."""

    def __init__(self, words: Words) -> None:
        self._said = {name: frozenset(words.list(f"overdracht-wijs.{name}")) for name in LISTS}
        self._together = [tuple(one.split()) for one in words.list("overdracht-wijs.onzeker-samen")]
        self._denies = frozenset(words.list("overdracht-daden.ontkent")) | {"niets"}
        self.doubts = frozenset(words.list("overdracht-wijs.twijfel"))
        self.adds_nothing = frozenset(words.list("overdracht-daden.vul") + words.list("overdracht-wijs.mag-erbij")) - self.doubts
        self._said["voorbij"] = frozenset(words.list("overdracht-daden.voorbij"))
        self._done_with = frozenset(words.list("overdracht-daden.met-wie"))
        self._withdraws = frozenset(words.list("overdracht-daden.trekt-in"))
        self._mine = frozenset(words.list("overdracht-daden.ik"))
        self._requests = frozenset(words.list("overdracht-daden.verzoek"))
        self._aside = re.compile(rf"\b(?:{'|'.join(words.list('overdracht-daden.tussenzin'))})\b")
        self._denies_nothing = re.compile(rf"\b(?:{'|'.join(self._said['ontkent-niets'])})\b")

    def clauses(self, text: str, names: Container[str] = (), reads: Reads = split) -> list[Clause]:
        """The text in clauses; what only asks behind one ("toch?") says how the one before is meant. `names` stand for people;
        `reads` takes a clause apart in words as they were understood, slips of the finger and all.
        """
        found: list[Clause] = []
        hangs = False  # on what stands before the comma: "als Stef ziek is, trek ik hem in"
        for rough, end in _CLAUSES.findall(self._aside.sub(INSTEAD, fold(text))):
            typed = tuple(reads(self._denies_nothing.sub(" ", rough)))
            if found and " ".join(typed) in self._said["vraag-erachter"]:
                found[-1] = Clause(found[-1].typed, "asked")
            elif typed:
                manner = "loose" if hangs else self._manner(typed, names, asks="?" in end)
                denies = not self._denies.isdisjoint(typed)
                found.append(Clause(typed, manner, denies, self._begins_with(typed, names)))
                hangs = "," in end and typed[0] in self._said["stel"] | self._said["als"]
        return found

    def of(self, clauses: Sequence[Clause], wish: str, said: By) -> Manner:
        """How that is said for which these words stand: as the clause with most of them; of two alike the plain one counts.

        Where other words stand beside them, more is said than is understood.
        """
        if not clauses:
            return "plain"
        telling = (said.words - self.adds_nothing) or said.words
        clause = min(clauses, key=lambda one: (-len(telling.intersection(one.typed)), one.manner != "plain"))
        denied = clause.manner == "denied" and not said.denies and self._denies.isdisjoint(said.words)
        if denied or clause.manner in {"asked", "loose"}:
            return clause.manner
        if clause.anothers and wish not in FOR_ANOTHER:
            return "loose"
        not_yet = wish in NOT and ("nog", "niet") in pairwise(clause.typed)
        kept = wish == "trek-in" and clause.denies and not self._withdraws.isdisjoint(clause.typed)
        if not_yet or kept:
            return "loose"  # "ik neem het nog niet over", "intrekken hoeft niet meer"
        more = set(clause.typed).difference(self.adds_nothing, self._denies, said.words, said.known)
        later, over = (not self._said[name].isdisjoint(clause.typed) for name in ("straks", "voorbij"))
        ahead = wish in DONE and later and not over
        return "loose" if ahead or any(not word.isdigit() for word in more) else "plain"

    def _manner(self, typed: Sequence[str], names: Container[str], *, asks: bool) -> Manner:
        wishes = typed[0] in names and any(word in self._said["wil"] for word in typed[1:3])
        if wishes or self._is_loose(typed):
            return "loose"
        if asks or self._asks(typed, names):
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

    def _begins_with(self, typed: Sequence[str], names: Container[str]) -> bool:
        after = next((word for word in typed if word not in names), "")
        return typed[0] in names and after not in self._done_with and self._mine.isdisjoint(typed)

    def _is_if(self, typed: Sequence[str]) -> bool:
        """Whether it hangs on something else; "als dat goed is" is only polite."""
        return any(one in self._said["als"] and other in self._said["als-dan"] for one, other in pairwise(typed))

    def _is_anothers(self, typed: Sequence[str]) -> bool:
        return any(one in self._said["volgens"] and other not in OWN for one, other in pairwise(typed))

    def _asks(self, typed: Sequence[str], names: Container[str]) -> bool:
        first, second = [*typed, "", ""][:2]
        verb = first in self._said["vraagt-eerst"] | self._requests
        if first in self._said["vraagwoord"] or (verb and second in names):
            return True
        if not verb or second in self._said["vraagt-van"]:
            return verb
        turned = second in self._said["vraagt-om"]
        return turned and (first in {"moet", "moeten", "klopt"} or not self._said["vraagt-nog"].isdisjoint(typed))


def _in_order(pair: tuple[str, ...], typed: Sequence[str]) -> bool:
    """Whether the first of two words stands before the second."""
    first, second = pair
    return first in typed and second in typed[typed.index(first) + 1 :]


@cache
def manners_of(words: Words) -> Manners:
    """The manners, by these sentences."""
    return Manners(words)
