"""The part of a longer message that asks: first comes a story, and then "mag ik dat met de wijkagent delen?"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.text import pieces

if TYPE_CHECKING:
    from bot.context import Context
    from bot.understand import Question
    from knowledge.tally import Hit

STORY = 10
"""From so many words a message may hold a story beside its question."""

WELL, MUCH_LIKE, TELLING = 0.85, 0.6, 2
"""A question that stands alone: this share of it explained, this much like a known one, by so many words that tell."""

ALIKE = 0.75
"""This much like a known question one word is enough: "wat is een herstelgesprek"."""

BETTER_EXPLAINED, LIKER = 0.2, 0.05
"""By so much the part is understood better than all of it together."""


def asking_part(question: Question, context: Context) -> Question | None:
    """The last part that asks, for a message of which that part is understood much better than the whole; else None."""
    if len(question.words) < STORY or "weten" not in question.wishes:
        return None
    whole = question.best("topic")
    for piece, _ in reversed(pieces(question.text)):
        part = context.world.understanding.read(piece, context.world.names)
        topic = part.sure("topic")
        if topic is None or "weten" not in part.wishes or len(part.words) == len(question.words):
            continue
        telling = len(part.rest) + len(part.roles) >= TELLING or topic.likeness >= ALIKE
        alone = telling and topic.explained >= WELL and topic.likeness >= MUCH_LIKE
        return part if alone and (whole is None or _is_better(topic, whole)) else None
    return None


def _is_better(topic: Hit, whole: Hit) -> bool:
    return topic.explained > whole.explained + BETTER_EXPLAINED and topic.likeness > whole.likeness + LIKER
