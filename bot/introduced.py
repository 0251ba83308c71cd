"""Who somebody says to be: "ik ben mentor van 3b, er wordt gedeald. wie bel ik" asks for no mentor."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.phrases import Found
    from knowledge.text import Word

BEFORE_ROLE = frozenset({"de", "een", "hier", "nieuwe", "nieuw", "zelf", "ook", "nu"})

TO_ASK = 3
"""So many words only ask, such as "wie bel ik"."""


def introduces(words: tuple[Word, ...], role: Found) -> bool:
    """Whether a role is what the asker is themselves, and more is told: "ik ben mentor, er wordt gedeald", "als mentor zie ik";
    not "wie kan ik hebben als wijkagent".
    """
    if len(words) - role.end <= TO_ASK:
        return False
    end = role.start
    while end and words[end - 1].typed in BEFORE_ROLE:
        end -= 1
    before = [word.typed for word in words[max(end - 2, 0) : end]]
    first_person = any(word.typed in {"ik", "we", "wij", "ben"} for word in words)
    return before in (["ik", "ben"], ["ben"]) or (first_person and before[-1:] == ["als"] and before[:1] != ["hebben"])
