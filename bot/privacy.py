"""The guard at the door: any free text that would be stored or posted is looked through first (`cleared`).

What is found is named by its kind only; the text itself is never kept or repeated, only offered back without it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.guard.finding import Finding, without
from knowledge.guard.known import Known
from knowledge.guard.lexicon import lexicon
from knowledge.guard.look import look
from knowledge.guard.numbers import PUBLIC_NUMBERS, plain
from knowledge.guard.people import NameEar
from knowledge.guard.slots import asks_after
from knowledge.guard.tokens import folded
from knowledge.text import Word

if TYPE_CHECKING:
    from collections.abc import Container, Iterable
    from datetime import date

    from bot.context import Context, World
    from bot.understand import Understanding
    from bot.words import Words
    from knowledge.names import Names
    from knowledge.network import Network

__all__ = ["PUBLIC_NUMBERS", "Cleared", "Finding", "Findings", "cleared", "cleared_here", "find_personal_data", "name_ear", "plain"]

ROUNDS = 4
"""How often the text is looked at again after something was taken out of it: what then still shows is not offered back."""

_WORD_BEFORE = re.compile(r"([^\W\d_]+)\.?\s*$")


@dataclass(frozen=True, slots=True)
class Cleared:
    """Text in which nothing was found: cleaned, and fit to be stored or posted."""

    text: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What kinds of personal data stand in a text, and the text without them ("" when it cannot be made clean)."""

    kinds: tuple[str, ...]
    suggestion: str


def cleared(text: str, world: World, today: date, *, stranger: bool = False) -> Cleared | Findings:
    """Looks a text through. Names, numbers and accounts of the network are fine, except to a `stranger`, who could try them."""
    names = world.name_ear_for_strangers if stranger else world.name_ear
    fine = frozenset[str]() if stranger else world.own_data
    first = look(text, names, today.year, fine)
    if not first.found:
        return Cleared(first.text)
    kinds = tuple(dict.fromkeys(finding.kind for finding in first.found))
    seen, rounds = first, 0
    while seen.found and rounds < ROUNDS:
        seen, rounds = look(_without(seen.text, seen.found, world.words), names, today.year, fine), rounds + 1
    return Findings(kinds, "" if seen.found else seen.text)


def cleared_here(text: str, context: Context) -> Cleared | Findings:
    """`cleared`, by what whoever says this may know."""
    return cleared(text, context.world, context.today, stranger=not context.may("gegevens-zien"))


def name_ear(network: Network, names: Names, understanding: Understanding, *, people: bool = True) -> NameEar:
    """Hears the names that are none of this network's; without `people` those of its people as well."""

    def is_word(low: str) -> bool:
        return understanding.finder.knows(Word(low, low, known=False))

    def slips(text: str) -> tuple[frozenset[str], ...]:
        heard = understanding.asked_for(text, names, asks=asks_after(text))
        return tuple(words for kind, words in heard if people or kind != "person")

    return NameEar(Known(network, people=people), is_word, understanding.finder.is_typo, slips)


def find_personal_data(text: str, fine: Container[str] = (), year: int = 2026) -> tuple[Finding, ...]:
    """Only what has a fixed form, without names: for texts that belong to no network."""
    return look(text, None, year, fine).found


def _without(text: str, findings: Iterable[Finding], words: Words) -> str:
    """The text with words in the place of what was found; a name behind "leerling" or "mevrouw" is simply left out."""
    kinds = {finding.kind for finding in findings}
    instead: dict[str, str] = {kind: words.say(f"weigering.in-plaats-van-{kind}") for kind in kinds}
    cues = lexicon().cues
    for finding in sorted(findings, key=lambda one: -one.start):
        before = _WORD_BEFORE.search(text[: finding.start])
        named = finding.kind == "naam" and before is not None and folded(before[1]) in cues["mens"] | cues["aanspreek"]
        left = text[: finding.start].rstrip() + text[finding.end :]
        text = left if named else without(text, (finding,), instead)
    return text
