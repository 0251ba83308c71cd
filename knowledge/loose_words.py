"""Small words that are not what they look like: a part of a verb ("rondt een zaak af"), or a pupil called by a letter ("K")."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.text import Word

PARTICLES = frozenset("""aan af bij door in mee na om op over tegen terug toe uit voor weg vast""".split())
"""Loose parts of verbs: who "rondt een zaak af" is "afronden"."""

NO_PREPOSITION = frozenset(("af", "mee", "terug", "toe", "vast", "weg"))
"""Those of them that are nothing else."""

BEHIND_PREPOSITION = frozenset(
    """de het een dit dat deze die mij mijn jou jouw zijn haar hun hem ons onze elk elke ieder iedere alle wie welke wat""".split()
)
"""Before one of these such a part is a preposition: who "schrijft voor de rechter" prescribes nothing."""

CASES = frozenset("knp")
"""The letters by which the source calls the pupils of its cases (§2.1, §2.2, §2.3)."""

BEFORE_CASE = frozenset("""casus zaak bij van voor over was deed kreeg zat ging vond werd jongen meisje verhaal""".split())
"""Behind one of these such a letter is a pupil; elsewhere "k" is "ik" and "n" is "een"."""

BEHIND_CASE = frozenset({"en", "uit", "van", "op", "mbo", "vmbo", "die", "toen"})


def case_of(before: str, word: str) -> str | None:
    """The term for a case that is called by a letter, told by the word before it: "hoe oud was K"."""
    return f"casus{word}" if word in CASES and before in BEFORE_CASE else None


def ends_verb(part: str, before: Word | None, behind: Word | None) -> bool:
    """Whether the loose part belongs to a verb before it, and not to what comes next."""
    if part not in PARTICLES or (part == "door" and before and before.typed.startswith("ge")):
        return False
    return part in NO_PREPOSITION or behind is None or behind.typed not in BEHIND_PREPOSITION


def is_pupil(words: tuple[Word, ...], place: int) -> bool:
    """Whether a single letter is a name: "over k", but not "bij n winkel"."""
    return words[place].typed in "kp" or place + 1 == len(words) or words[place + 1].typed in BEHIND_CASE
