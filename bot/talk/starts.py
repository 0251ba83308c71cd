"""Hears which guided conversation somebody wants to begin: by a word alone, or by an expression in a sentence that asks nothing."""

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


def conversation_begun(question: Question, openers: Mapping[str, list[str]]) -> str | None:
    """The conversation that is begun with this message; None when it asks something, or is about something else."""
    if found := _alone(question.text, openers):
        return found
    wishes = question.wishes
    started = next((one for one in (*CONVERSATIONS, *FLOWS) if one in wishes), None)
    about = started in FLOWS and question.sure("topic")
    return started if started and (not wishes & {"weten", "nummer"} or (len(question.rest) < 2 and not about)) else None


def _alone(text: str, openers: Mapping[str, list[str]]) -> str | None:
    """The conversation whose opening word is the whole message, with at most one slip of the finger. "verzuim?" is a question."""
    typed = " ".join(split(text))
    if text.rstrip().endswith("?"):
        return None
    for conversation, words in openers.items():
        if any(typed == word or (len(word) >= LONG_ENOUGH and OSA.distance(typed, word, score_cutoff=1) <= 1) for word in words):
            return conversation
    return None
