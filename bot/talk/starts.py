"""Hears which guided conversation somebody wants to begin: by a word alone, or by an expression in a sentence that asks nothing
or asks to do it together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from bot.flows import FLOWS
from knowledge.text import split

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.understand import Question

CONVERSATIONS = ("overdracht", "quickscan", "verzuim", "signaal", "open")

LONG_ENOUGH = 5
"""A shorter word with a slip of the finger in it may be another word."""


REQUEST = (frozenset({"kun", "kan", "kunnen", "wil", "willen", "zullen", "kunt"}), frozenset({"je", "jij", "we", "wij", "u"}))
"""A sentence that begins with one of these and then one of those asks to do something, it does not ask what is so."""

NEED = (frozenset({"moet", "moeten", "hoef", "hoeven"}), frozenset({"ik", "we", "wij"}))
"""A sentence that begins so asks whether something has to be done, it does not begin it."""

LOOSE = ("loop", frozenset({"door", "na", "langs"}))
"""Said apart: "loop ons plan na"."""


def conversation_begun(question: Question, language: Mapping[str, Mapping[str, list[str]]]) -> str | None:
    """The conversation that is begun with this message; None when it asks something, or is about something else."""
    if found := _alone(question.text, language["openers"]):
        return found
    wishes = question.wishes
    started = next((one for one in (*CONVERSATIONS, *FLOWS) if one in wishes), None)
    if not started:
        return _step_by_step(question, language["stap-voor-stap"])
    if _begins(question, REQUEST):
        return started
    if _begins(question, NEED):
        return None
    about = started in FLOWS and question.sure("topic")
    return started if not wishes & {"weten", "nummer"} or (len(question.rest) < 2 and not about) else None


def _begins(question: Question, with_these: tuple[frozenset[str], frozenset[str]]) -> bool:
    """Whether a message begins with one of these words and then one of those: "kunnen we samen …", "wil je …"."""
    typed = [word.typed for word in question.words[:2]]
    return len(typed) > 1 and typed[0] in with_these[0] and typed[1] in with_these[1]


def _step_by_step(question: Question, subjects: Mapping[str, list[str]]) -> str | None:
    """The conversation about a subject that somebody wants to go through: "help mij met dit verzuim, stap voor stap"."""
    typed = {word.typed for word in question.words}
    apart = LOOSE[0] in typed and not typed.isdisjoint(LOOSE[1])
    if not apart and ("samen" not in question.wishes or (question.wishes & {"wie", "bellen", "nummer"})):
        return None
    if question.text.rstrip().endswith("?") and not _begins(question, REQUEST):
        return None
    return next((one for one, words in subjects.items() if not typed.isdisjoint(words)), None)


def _alone(text: str, openers: Mapping[str, list[str]]) -> str | None:
    """The conversation whose opening word is the whole message, with at most one slip of the finger. "verzuim?" is a question."""
    typed = " ".join(split(text))
    if text.rstrip().endswith("?"):
        return None
    for conversation, words in openers.items():
        if any(typed == word or (len(word) >= LONG_ENOUGH and OSA.distance(typed, word, score_cutoff=1) <= 1) for word in words):
            return conversation
    return None
