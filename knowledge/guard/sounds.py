"""How much a word that no dictionary knows sounds like a name: by its groups of three letters."""

from __future__ import annotations

import math
from collections import Counter
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

TABLE = Path(__file__).parent / "lists" / "klanken.txt"

HEADER = "# Drie letters (^ begin, $ eind), en hoeveel vaker ze in namen staan dan in woorden: tienden van de logaritme.\n"

RARE = 6
"""Groups that were seen less often say nothing."""


@lru_cache(maxsize=20_000)
def name_sound(low: str) -> float:
    """How a folded word sounds: above 0 more like a name, below 0 more like a Dutch word; few go beyond 2 or -2."""
    groups, table = _groups(low), _table()
    return sum(table.get(group, 0) for group in groups) / (10 * len(groups))


@cache
def _table() -> dict[str, int]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()[1:]
    return {group: int(weight) for line in lines for group, _, weight in (line.partition(" "),)}


def compared(names: Iterable[str], words: Iterable[str]) -> str:
    """The text of the table, as it follows from folded names and folded ordinary words."""
    in_names, in_words = (Counter(group for one in many for group in _groups(one)) for many in (names, words))
    groups = sorted(group for group, count in (in_names + in_words).items() if count >= RARE)
    named, worded = in_names.total() + len(groups), in_words.total() + len(groups)
    weights = {one: round(10 * math.log((in_names[one] + 0.5) / named * worded / (in_words[one] + 0.5))) for one in groups}
    return HEADER + "".join(f"{group} {weight}\n" for group, weight in weights.items() if weight)


def _groups(low: str) -> list[str]:
    word = f"^{low}$"
    return [word[place : place + 3] for place in range(len(word) - 2)]
