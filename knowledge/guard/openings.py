"""How a name may begin: what stands right before it, and the small words of a surname."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge.guard.around import OF_PUPIL
from knowledge.guard.lexicon import lexicon
from knowledge.guard.sounds import name_sound
from knowledge.guard.tokens import is_ordinary
from knowledge.names import TYPE_WORDS
from knowledge.text import is_dutch

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from knowledge.guard.tokens import Token

ALONE = frozenset("de het 't t uit in op aan bij des der den la le les lo do da du st te ten ter over onder san oude old".split())
"""Small words with which no name begins unless something before it says so."""

_BEARERS = frozenset("ouders broers broertjes zussen zusjes gebroeders tweeling kinderen neven".split())


_FAMILY = re.compile(
    r"(?:boom|man|mans|dijk|brink|berg|bosch|hout|broek|hof|meer|laar|rode|veen|bergen|horst|stein|steen|waard|zijl|kerk|ink|stra|sma)$"
)
"""How surnames end that are made like an ordinary word, behind an initial."""

SMALL_TURNED = 4
LIKE_A_NAME = 0.3
"""Sounds like a name: a word in front of a comma may be "Helaas"."""


def lead_of(tokens: list[Token], at: int, taken: Container[int]) -> int:
    """Where the leading word of a name that begins here stands: behind the small words of a surname, if they may begin one."""
    lead, small = at, lexicon().cues["tussen"]
    while lead < len(tokens) and lead - at < 3 and tokens[lead].low in small and lead not in taken:
        lead += 1
    if lead == at:
        return at
    named = lead < len(tokens) and lead not in taken and tokens[lead].capital and not tokens[lead].first
    alone = tokens[at].low in ALONE and not (at and tokens[at - 1].low in OF_PUPIL)  # "leerling De Groot"
    starts = not alone and tokens[at].capital and named
    called = is_addressed(tokens, at) or (bool(named) and is_family(tokens, at))
    called = called and not (tokens[at].low in ALONE and lead < len(tokens) and is_bare(tokens[lead]))
    opens = bool(named) and opens_with_surname(tokens, at, lead)
    return lead if starts or called or opens or initial_before(tokens, at) else at


def is_called_last(tokens: list[Token], at: int, lead: int, *, nothing: bool) -> bool:
    """Whether an ordinary word (or one that is `nothing`: no name at all) is a surname by what announces it: "mevrouw kooiman"."""
    low, surname = tokens[lead].low, tokens[lead].low in lexicon().any_last
    if not nothing:
        addressed = is_addressed(tokens, at) and not (is_dutch(low) and not surname)
        like = surname or low in lexicon().places or _FAMILY.search(low)  # "P. Rozendaal"
        initialled = initial_before(tokens, at) and tokens[lead].capital and not is_dutch(low) and like
        return addressed or bool(initialled) or (lead > at and opens_with_surname(tokens, at, lead))
    if lead > at and surname:
        return True  # "familie van der Zee"
    return is_addressed(tokens, at, {"aanspreek"}) and tokens[lead].capital and low not in TYPE_WORDS  # "mw. Ha"


def is_addressed(tokens: list[Token], at: int, by: Iterable[str] = ("aanspreek", "noemt")) -> bool:
    """Whether what stands before announces a name: "mevrouw", "dhr.", "heet"."""
    before = tokens[at - 2].low if at > 1 and tokens[at - 1].text == "." else tokens[at - 1].low if at else ""
    return any(before in lexicon().cues[kind] for kind in by)


def is_said_of_oneself(tokens: list[Token], at: int) -> bool:
    """Whether a word beside "ik" is what somebody does: "ik ben de nieuwe zorgcoördinator", "wil ik Karim spreken"."""
    beside = {token.low for token in (*tokens[max(0, at - 1) : at], *tokens[at + 1 : at + 2])}
    return tokens[at].low in {"ben", "wil", "hoop"} and "ik" in beside


def is_first_of_two(tokens: list[Token], place: int) -> bool:
    """Whether a word that is mostly something else stands before a surname: "Devon Lieveld"."""
    word, behind = tokens[place], tokens[place + 1] if place + 1 < len(tokens) else None
    if behind is None or not (word.capital and behind.capital) or word.low not in lexicon().none or is_ordinary(word.low):
        return False
    return lexicon().looks_like_surname(behind.low) and not is_ordinary(behind.low)


def is_small(tokens: list[Token], at: int) -> bool:
    """Whether a small word of a surname stands here: "van", "uit den"."""
    low, behind = tokens[at].low, tokens[at + 1].low if at + 1 < len(tokens) else ""
    return low in lexicon().cues["tussen"] or (low in {"uit", "uyt"} and behind in {"den", "der"})


def is_behind_first(tokens: list[Token], at: int) -> bool:
    """Whether a word with a capital stands behind a first name with one: Fernandes is a drink, and a surname."""
    return at > 0 and tokens[at].capital and tokens[at - 1].capital and tokens[at - 1].low in lexicon().first


def is_turned(tokens: list[Token], start: int, end: int) -> bool:
    """Whether a surname stands before its first name: "Al-Sayed, Omar"."""
    opens = start == 0 or not tokens[start - 1].is_word
    comma = end < len(tokens) and tokens[end].text == ","
    like = tokens[start].capital and name_sound(tokens[end - 1].low) >= LIKE_A_NAME
    return opens and comma and end - start < SMALL_TURNED and like


def is_family(tokens: list[Token], at: int) -> bool:
    """Whether this begins a surname behind those who bear it: "ouders de Haan", "de jongen van der Velde"."""
    before = tokens[at - 1].low if at else ""
    whose = tokens[at - 2].low if before == "van" and at > 1 else before  # "die jongen van van der Velde"
    if whose in OF_PUPIL and tokens[at].low == "van" and tokens[at + 1].low in {"der", "den"}:
        return True
    return before in _BEARERS and tokens[at].low in {"de", "den", "der", "el", "al", "ait", "ten", "ter"}


def opens_with_surname(tokens: list[Token], at: int, lead: int) -> bool:
    """Whether a sentence begins with a surname and what its bearer does: "van der Zanden heeft geblowd"."""
    words, behind = lexicon(), tokens[lead + 1].low if lead + 1 < len(tokens) else ""
    surname = tokens[lead].low in words.any_last or not is_ordinary(tokens[lead].low)
    if tokens[at].first and tokens[at].low in {"de", "den"} and tokens[lead].low in words.any_last:
        return behind == "uit" and lead + 2 < len(tokens) and tokens[lead + 2].text[0].isdigit()  # "De Lange uit 4h"
    begins = tokens[at].first and tokens[at].low in {"van", "ter", "ten", "von", "el", "al"}
    return begins and behind in words.cues["doet"] and (surname or tokens[lead - 1].low in {"der", "den"})


def is_bare(token: Token) -> bool:
    """Without a capital and no surname: in "genoemd in de haltstraf" no name begins."""
    return not token.capital and token.low not in lexicon().any_last


def initial_before(tokens: list[Token], at: int) -> bool:
    """Whether an initial with its point stands before this: "J. Bakker"."""
    return at > 1 and tokens[at - 1].text == "." and len(tokens[at - 2].text) == 1 and tokens[at - 2].text.isupper()
