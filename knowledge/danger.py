"""Hears whether there is danger now. Words and rules stand in `content/gevaar.yaml`; here is only how they are compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.spelling import Spelling
from knowledge.text import split

if TYPE_CHECKING:
    from knowledge.models import Danger, DangerRule
    from knowledge.text import Word

_NOT_NOW = ("wat nu", "en nu", "hoe nu", "nu dan", "tot nu toe", "nu verder", "nu al")
"""Ways to say "nu" that ask what comes next, not what happens at this moment."""


GAP = ".."
"""Stands in an expression for a few words in between: "laat haar en de kinderen niet weg"."""


@dataclass(frozen=True)
class _Group:
    words: frozenset[str]
    beginnings: tuple[str, ...]
    expressions: tuple[str, ...]
    gapped: tuple[re.Pattern[str], ...]

    def in_(self, words: list[frozenset[str]], text: str) -> bool:
        if any(not self.words.isdisjoint(forms) for forms in words):
            return True
        if self.beginnings and any(form.startswith(self.beginnings) for forms in words for form in forms):
            return True
        if any(f" {expression} " in text for expression in self.expressions):
            return True
        return any(pattern.search(text) for pattern in self.gapped)


class DangerEar:
    """Listens for danger now."""

    def __init__(self, danger: Danger) -> None:
        self._groups = {name: _group(entries) for name, entries in danger.groups.items()}
        self._rules = danger.rules
        vocabulary = {word for group in self._groups.values() for word in group.words}
        vocabulary |= {word for group in self._groups.values() for one in group.expressions for word in one.split()}
        self._spelling = Spelling(vocabulary)

    def hears(self, words: tuple[Word, ...]) -> DangerRule | None:
        """The rule by which there is danger now, or None."""
        typed = [word.typed if word.known else self._corrected(word.typed) for word in words]
        text = f" {' '.join(typed)} "
        for phrase in _NOT_NOW:
            text = text.replace(f" {phrase} ", " ")
        forms = [frozenset((word, original.typed)) for word, original in zip(typed, words, strict=True)]
        if text.count(" ") - 1 != len(typed):
            spoken = set(text.split())
            forms = [form for form in forms if not form.isdisjoint(spoken)]
        heard = {name for name, group in self._groups.items() if group.in_(forms, text)}
        return next((rule for rule in self._rules if heard.issuperset(rule.all_of) and heard.isdisjoint(rule.brakes)), None)

    def _corrected(self, word: str) -> str:
        near = self._spelling.near(word, 0.8)
        return near[0][0] if near else word


def _group(entries: list[str]) -> _Group:
    """One group of the content: single words, beginnings ("gijzel*"), expressions, and expressions with a gap ("laat .. niet weg")."""
    plain = [" ".join(split(entry)) for entry in entries if not entry.endswith("*") and GAP not in entry]
    return _Group(
        words=frozenset(entry for entry in plain if " " not in entry),
        beginnings=tuple(entry[:-1] for entry in entries if entry.endswith("*")),
        expressions=tuple(entry for entry in plain if " " in entry),
        gapped=tuple(_gapped(entry) for entry in entries if GAP in entry),
    )


def _gapped(entry: str) -> re.Pattern[str]:
    """Up to four words may stand in the gap: more, and the two ends no longer belong together."""
    ends = [" ".join(split(end)) for end in entry.split(GAP)]
    return re.compile(r"(?: \w+){0,4} ".join(f" {end}" if not place else end for place, end in enumerate(ends)) + " ")
