"""Cuts a message into parts, and says which brakes of the other parts still count for one of them.

Whoever is in a hurry tells what was and what is in one breath: "al weken ruzie en nu dreigt hij met een mes. Wie bel ik?". The past
and the question silence nothing of what is now. What does count from where stands in `content/gevaar.yaml` under `delen`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.text import pieces, read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from knowledge.models import DangerParts
    from knowledge.text import Word


@dataclass(frozen=True)
class Part:
    """Some words that belong together.

    `sentence` and `moment` count from 0: a sentence begins after a full stop, a moment with each sentence and at each turn from
    then to now.
    """

    words: tuple[Word, ...]
    sentence: int
    moment: int
    asks: bool
    """Whether a question mark stands behind it."""


def cut(text: str, turn: Callable[[tuple[Word, ...]], int | None]) -> list[Part]:
    """The parts of a message in their order. `turn`: at which of some words they go over to what is now, None when they do not."""
    found: list[Part] = []
    sentence = moment = 0
    for piece, mark in pieces(text):
        words = read(piece)
        at = turn(words)
        if at:
            found.append(Part(words[:at], sentence, moment, "?" in mark))
        if at is not None:
            words, moment = words[at:], moment + 1
        found.append(Part(words, sentence, moment, "?" in mark))
        if mark != ",":
            sentence, moment = sentence + 1, moment + 1
    return [part for part in found if part.words]


def braking(rules: DangerParts, parts: Sequence[Part], heard: Sequence[set[str]], at: int) -> set[str]:
    """The groups that brake what the part at `at` says. `heard`: what each part says, in the order of `parts`."""
    here = parts[at]
    found = set(heard[at])
    for place, (part, groups) in enumerate(zip(parts, heard, strict=True)):
        if place == at:
            continue
        silent = set(rules.asks)
        if part.asks and part.sentence != here.sentence:
            silent.update(rules.question_mark)
        if part.moment < here.moment:
            silent.update(rules.then)
        elif part.sentence > here.sentence and not _tells_of_before(rules, parts, part.sentence):
            silent.update(set(rules.then).difference(rules.over))
        found |= groups - silent
    return found


def _tells_of_before(rules: DangerParts, parts: Sequence[Part], sentence: int) -> bool:
    first = next(part for part in parts if part.sentence == sentence)
    return first.words[0].typed in rules.back
