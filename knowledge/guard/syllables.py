"""Names written in syllables, as in Chinese (pinyin and Cantonese) and Vietnamese: "Xin Yi", "suk yin", "thi hoa"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from knowledge.guard.lexicon import lexicon
from knowledge.text import is_dutch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.guard.tokens import Token

_SYLLABLE = re.compile(
    r"(?:zh|ch|sh|ts|tz|kw|gw|ng|nh|ph|th|tr|kh|qu|[bpmfdtnlghjqxrzcsykwv])?"
    r"(?:uyen|uong|iang|iong|uang|ieu|ien|oan|anh|inh|ian|iao|ing|ong|ang|eng|ung|uan|uai|eung|euk|ai|an|ao|ei|en|ia|ie|in|iu|oa|oi|ok|"
    r"ou|ua|ue|ui|un|uo|uy|uk|oang|oc|uc|ac|im|am|um|ip|it|ik|ee|au|ay|[aeiouy])"
)
_OFTEN = frozenset(
    """de en men ze we je te ne me he hun ben kan kon man dan nu an na al die dus of zou mee ga zin ik in is on
    zo ja nee ok oke ha hoi hey hi hai moi op at om oma opa ma pa la le der den ee aan kun wou wie hoe toe
    doe toen tien van voor lui lei bij tot thee the this that then be by you him an un sin sta no so to da
    zei zit dit dat wat wit was""".split()
)
"""Words that are typed so often that beside them no name begins."""


def begins_in_syllables(tokens: Sequence[Token], place: int) -> bool:
    """Whether the words here and next may be such a name: at least one is no word of ours, and both are written alike."""
    if place + 1 >= len(tokens) or tokens[place].text[0].isupper() != tokens[place + 1].text[0].isupper():
        return False
    lows = tokens[place].low, tokens[place + 1].low
    inside = tokens[place].capital and tokens[place + 1].capital and not tokens[place].first
    strange = not all(is_dutch(low) for low in lows) or (inside and lows[0] in lexicon().any_last)
    return strange and all(_is_syllable(low, often=inside) for low in lows)


@lru_cache(maxsize=5_000)
def _is_syllable(low: str, *, often: bool) -> bool:
    """Whether a word is made so; with a capital inside a sentence it may be one that is typed `often` as well."""
    cues = lexicon().cues
    plain = often or (
        low not in _OFTEN and low not in cues["doet"] and low not in cues["voorzetsel"] and low not in cues["lidwoord"]
    )
    return plain and 1 < len(low) < 7 and _SYLLABLE.fullmatch(low) is not None
