"""Hears that a pupil stays away where only words say so that everybody uses: "komt al 3 weken niet" (bijlage 4).

Whoever tells that somebody is ill tells another thing: then nothing is heard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from knowledge.text import Word

AWAY, AT_HOME = "wegblijven", "thuiszitter"
"""The terms that stand for it: a while, and so long that there is a word for it."""

HOME = "thuis"
"""Who is there that long stays away as well: "zit al zes weken thuis"."""

MONTH = 4
"""So many weeks are less than a month; `AT_HOME` begins behind them (bijlage 4)."""

PUPILS = frozenset(
    """leerling leerlingen student studenten jongen jongens meisje meisjes meid meiden kind kinderen scholier scholieren
    jongere jongeren puber brugklasser""".split()
)
"""Of whom something is told that somebody should know."""

_NUMBERS = {"een": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8, "negen": 9, "tien": 10}


def stays_away(words: Sequence[Word], told_by: Mapping[str, frozenset[str]]) -> str | None:
    """The term for a pupil who stays away; None where nobody does. `told_by`: the words of `wegblijven` in the content."""
    typed = [word.typed for word in words]
    said = frozenset(typed)
    away = not (said.isdisjoint(told_by["niet"]) or said.isdisjoint(told_by["komen"]))
    if not (away or HOME in said) or not said.isdisjoint(told_by["ziek"]):
        return None
    whom = not said.isdisjoint(PUPILS | told_by["wie"]) or typed[0] == "al"
    long = next((place for place, word in enumerate(typed) if word in told_by["lang"]), None)
    if not whom or (long is None and "meer" not in said and said.isdisjoint(told_by["les"])):
        return None
    if long is not None and _is_long(typed, long):
        return AT_HOME
    return AWAY if away else None


def _is_long(typed: Sequence[str], place: int) -> bool:
    """Whether the span whose word stands at this place is longer than `MONTH` weeks."""
    if typed[place].startswith("maand"):
        return True
    number = typed[place - 1] if place else ""
    return typed[place] == "weken" and (int(number) if number.isdigit() else _NUMBERS.get(number, 0)) > MONTH
