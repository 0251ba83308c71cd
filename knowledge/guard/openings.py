"""How a name may begin: what stands right before it, and the small words of a surname."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.guard.around import OF_PUPIL
from knowledge.guard.lexicon import lexicon
from knowledge.guard.tokens import is_ordinary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.guard.tokens import Token

ALONE = frozenset("de het 't t uit in op aan bij des der den la le les lo do da du st te ten ter over onder san oude old".split())
"""Small words with which no name begins unless something before it says so."""

_BEARERS = frozenset("ouders broers broertjes zussen zusjes gebroeders tweeling kinderen neven".split())


def is_addressed(tokens: list[Token], at: int, by: Iterable[str] = ("aanspreek", "noemt")) -> bool:
    """Whether what stands before announces a name: "mevrouw", "dhr.", "heet"."""
    before = tokens[at - 2].low if at > 1 and tokens[at - 1].text == "." else tokens[at - 1].low if at else ""
    return any(before in lexicon().cues[kind] for kind in by)


def is_said_of_oneself(tokens: list[Token], at: int) -> bool:
    """Whether a word beside "ik" is what somebody does: "ik ben de nieuwe zorgcoördinator", "wil ik Karim spreken"."""
    beside = {token.low for token in (*tokens[max(0, at - 1) : at], *tokens[at + 1 : at + 2])}
    return tokens[at].low in {"ben", "wil", "hoop"} and "ik" in beside


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
    begins = tokens[at].first and tokens[at].low in {"van", "ter", "ten", "von", "el", "al"}
    return begins and behind in words.cues["doet"] and (surname or tokens[lead - 1].low in {"der", "den"})


def is_bare(token: Token) -> bool:
    """Without a capital and no surname: in "genoemd in de haltstraf" no name begins."""
    return not token.capital and token.low not in lexicon().any_last


def initial_before(tokens: list[Token], at: int) -> bool:
    """Whether an initial with its point stands before this: "J. Bakker"."""
    return at > 1 and tokens[at - 1].text == "." and len(tokens[at - 2].text) == 1 and tokens[at - 2].text.isupper()
