"""Hears whether there is danger now. Words and rules stand in `content/gevaar.yaml`; here is only how they are compared."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

from knowledge.danger_parts import braking, cut
from knowledge.spelling import Spelling
from knowledge.text import split

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from knowledge.models import Danger, DangerRule
    from knowledge.text import Word

GAP = ".."
"""Stands in an expression for a few words in between: "laat haar en de kinderen niet weg"."""

WIDEST_GAP = 4
"""More words in between, and the two ends no longer belong together."""

WHOLE = "="
"""Stands before an expression that must be the whole message: "= help"."""

MOST_MEANT, NEARLY_AS_LIKE = 3, 0.06
"""So many words a misspelled one may stand for, when they are nearly as like: "geschote" is "geschoten" or "geschopte"."""

_Step = frozenset[str] | None
"""One of these words, or a gap (None). A word that ends in * stands for all words that begin so."""


@dataclass(frozen=True)
class _Expression:
    group: str
    steps: tuple[_Step, ...]
    whole: bool


class DangerEar:
    """Listens for danger now."""

    def __init__(self, danger: Danger) -> None:
        self._families = danger.families
        self._rules = danger.rules
        self._sayings = _Index([one for entry in danger.sayings for one in self._expressions("", entry)])
        grouped = ((name, entry) for name, entries in danger.groups.items() for entry in entries)
        self._groups = _Index([one for name, entry in grouped for one in self._expressions(name, entry)])
        self._parts = danger.parts
        self._turns = _Index([one for entry in danger.parts.turns for one in self._expressions("", entry)])
        self._grave = frozenset(danger.grave)
        self._spelling = Spelling(self._sayings.vocabulary | self._groups.vocabulary)

    def hears(self, words: tuple[Word, ...], text: str) -> DangerRule | None:
        """The rule by which there is danger now, or None. `words`: what was read in `text`, of which the parts count as well."""
        heard = self.groups(words)
        rule = self._rule(heard, heard)
        if rule is not None or not any(heard.issuperset(rule.all_of) for rule in self._rules):
            return rule
        parts = cut(text, self._turn)
        said = [self.groups(part.words) for part in parts]
        found = (self._rule(one, braking(self._parts, parts, said, at)) for at, one in enumerate(said))
        return next((rule for rule in found if rule is not None), None)

    def _rule(self, heard: set[str], brakes: set[str]) -> DangerRule | None:
        return next((rule for rule in self._rules if heard.issuperset(rule.all_of) and brakes.isdisjoint(rule.brakes)), None)

    def _turn(self, words: tuple[Word, ...]) -> int | None:
        """Where words last go over to what is now, None where they do not: "al weken ruzie en nu dreigt hij met een mes"."""
        return max((places[0] for _, places in self._turns.found([(word.typed,) for word in words])), default=None)

    def speaks_of(self, words: tuple[Word, ...]) -> bool:
        """Whether something is said that would be danger if it were now: "wat moet ik doen bij een steekpartij"."""
        return not self._grave.isdisjoint(self.groups(words))

    def groups(self, words: tuple[Word, ...]) -> set[str]:
        """The groups of which something is said, after what is only a figure of speech has been left out."""
        said = [(word.typed,) if word.known else (word.typed, *self._corrected(word.typed)) for word in words]
        for _, places in list(self._sayings.found(said)):
            for place in places:
                said[place] = ()
        heard: set[str] = set()
        for group, _ in self._groups.found(said, heard):
            heard.add(group)
        return heard

    def _corrected(self, word: str) -> tuple[str, ...]:
        near = self._spelling.near(word, 0.8)
        if not near or near[0][0] == word:
            return ()
        return tuple(found for found, likeness in near[:MOST_MEANT] if likeness >= near[0][1] - NEARLY_AS_LIKE)

    def _expressions(self, group: str, entry: str) -> Iterator[_Expression]:
        """An entry of the content.

        With a family in it ("van HOOGTE springen") it is there once for the single words of that family, and once for each of
        its members that is more than one word.
        """
        whole = entry.startswith(WHOLE)
        parts: list[list[tuple[_Step, ...]]] = []
        for part in entry.removeprefix(WHOLE).split():
            if part == GAP:
                parts.append([(None,)])
            elif part in self._families:
                members = [_words(member) for member in self._families[part]]
                single = frozenset(member[0] for member in members if len(member) == 1)
                longer = [tuple(frozenset((word,)) for word in member) for member in members if len(member) > 1]
                parts.append([(single,), *longer] if single else list(longer))
            else:
                parts.append([tuple(frozenset((word,)) for word in _words(part))])
        for chosen in product(*parts):
            yield _Expression(group, tuple(step for steps in chosen for step in steps), whole)


def _words(part: str) -> list[str]:
    """The words of one part of an expression; the * of a beginning stays."""
    words = [word for piece in part.split() for word in split(piece)]
    if part.endswith("*"):
        words[-1] += "*"
    return words


class _Index:
    """Expressions by their first word, so that only those are compared that can be there."""

    def __init__(self, expressions: list[_Expression]) -> None:
        self._by_word: dict[str, list[_Expression]] = {}
        self._by_beginning: dict[str, list[_Expression]] = {}
        self.vocabulary: set[str] = set()
        for one in expressions:
            for word in one.steps[0] or ():
                index = self._by_beginning if word.endswith("*") else self._by_word
                index.setdefault(word.removesuffix("*"), []).append(one)
            self.vocabulary |= {word for step in one.steps for word in step or () if not word.endswith("*")}
        self._lengths = tuple(sorted({len(word) for word in self._by_beginning}))

    def found(self, said: list[tuple[str, ...]], enough: Container[str] = frozenset()) -> Iterator[tuple[str, list[int]]]:
        """The group of every expression that is there, and the places of its words; not of a group of which there is `enough`."""
        for start, forms in enumerate(said):
            for form in forms:
                for one in self._starting(form):
                    if one.group in enough or (one.whole and start):
                        continue
                    rest = _places(one.steps, said, start + 1, 1)  # its first word is the one by which it was found
                    if rest is not None and not (one.whole and (rest or [start])[-1] < len(said) - 1):
                        yield one.group, [start, *rest]

    def _starting(self, form: str) -> Iterator[_Expression]:
        yield from self._by_word.get(form, ())
        for length in self._lengths:
            yield from self._by_beginning.get(form[:length], ()) if length <= len(form) else ()


def _places(steps: tuple[_Step, ...], said: list[tuple[str, ...]], start: int, step: int) -> list[int] | None:
    """Where the words of an expression stand when this step and those after it begin at `start`, None when they do not."""
    if step == len(steps):
        return []
    wanted = steps[step]
    if wanted is None:
        tries = (_places(steps, said, start + skipped, step + 1) for skipped in range(WIDEST_GAP + 1))
        return next((places for places in tries if places is not None), None)
    if start >= len(said) or not any(_is(form, wanted) for form in said[start]):
        return None
    rest = _places(steps, said, start + 1, step + 1)
    return None if rest is None else [start, *rest]


def _is(form: str, wanted: frozenset[str]) -> bool:
    return form in wanted or form.startswith(_beginnings(wanted))


@lru_cache(maxsize=10_000)
def _beginnings(wanted: frozenset[str]) -> tuple[str, ...]:
    return tuple(word[:-1] for word in wanted if word[-1] == "*")
