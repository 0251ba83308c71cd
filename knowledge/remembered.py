"""Takes out of memory what was typed: look-ups are remembered for speed, by the words and texts that were looked up."""

from __future__ import annotations

import sys
from functools import lru_cache

_Remembering = type(lru_cache(maxsize=1)(repr))
OURS = frozenset({"knowledge", "bot", "adapters"})


def forget_typed() -> None:
    """Empties every look-up of bounded size in our own modules; those without a bound are of the content and the network."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in OURS:
            for found in list(vars(module).values()):
                if isinstance(found, _Remembering) and found.cache_parameters()["maxsize"]:
                    found.cache_clear()
