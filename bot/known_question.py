"""How nearly a message is a question that a topic answers: then an answer is wanted, though a role or "wie" is in it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from knowledge.loose_words import CASES
from knowledge.names import TYPE_WORDS

if TYPE_CHECKING:
    from bot.understand import Question

AS_KNOWN = 0.75
"""From this likeness something is told nearly as a topic knows it."""

NEARLY_KNOWN, MUCH_BETTER = 0.62, 1.4
"""The same for a whole question, and how much better than a situation it must fit."""

AS_SAID, MOST_SAID = 0.88, 0.9
"""From which likeness it is said as it is known, and what it must explain then."""

ALL_SAID, CLEARLY_BETTER = 0.95, 2.5
"""From which share a topic explains all that is said, and how much better than a situation it must fit when a role is named."""

PAST = frozenset("""had hadden was waren zat zaten kreeg moest mocht wist deed ging stal vond""".split())
"""A question about a case of the source is one about what was."""

FEW = 4
"""In so few words a role is asked for."""

OWN = frozenset("""ik we wij me mij ons onze mijn hier daar vandaag nu morgen straks vanmiddag vanavond ze""".split())
"""Who asks for themselves and for now wants somebody to call; "met wie bespreek je de cijfers" asks how it goes in general."""


def is_told_as_known(question: Question) -> bool:
    """Whether it is told nearly as a topic knows it, and no situation fits half as well: "al drie dagen achter elkaar weg"."""
    topic, situation = question.best("topic"), question.best("situation")
    told = situation.score if situation else 0.0
    return topic is not None and topic.likeness > AS_KNOWN and topic.score > CLEARLY_BETTER * told


def asks_about_case(question: Question) -> bool:
    """Whether it is asked how it was with a pupil of the source: "wie zat er aan tafel over K", and not "K heeft een mes"."""
    typed = [word.typed for word in question.words]
    case = any(before == "casus" and letter in CASES for before, letter in pairwise(typed))
    return case and not PAST.isdisjoint(typed[:3])


def is_known_question(question: Question) -> bool:
    """Whether a topic is asked for nearly as it is known and for nobody in particular: "wie stemt de persberichten af"."""
    topic, situation = question.sure("topic"), question.best("situation")
    typed = [word.typed for word in question.words]
    somebody = question.people or question.organisations or (question.roles and (len(typed) <= FEW or "wie is" in " ".join(typed)))
    if topic is None or not question.rest or somebody or not OWN.isdisjoint(typed):
        return False
    told = situation.score if situation else 0.0
    if topic.likeness > AS_SAID and topic.explained > MOST_SAID:
        return topic.score > told
    return topic.likeness > NEARLY_KNOWN and topic.explained > ALL_SAID and topic.score > MUCH_BETTER * told


def is_subject(question: Question) -> bool:
    """Whether what is named is only the subject of a topic that says all: "rol gemeente in het convenant"."""
    topic, situation = question.best("topic"), question.best("situation")
    told = situation.score if situation else 0.0
    if topic is None or topic.explained <= ALL_SAID:
        return False
    if question.roles:
        told_of = [one for one in question.rest if one not in TYPE_WORDS]
        return (
            bool(told_of)
            and not question.organisations
            and topic.solid > 0
            and topic.matched > 1
            and topic.score > CLEARLY_BETTER * told
        )
    return len(question.rest) > 1 and topic.score > 1.3 * told
