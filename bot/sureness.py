"""Whether a situation or topic that fits explains enough of what was said to answer with it.

One chance word among strange ones is no subject; whoever asks whom to call is helped by less.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.tally import Hit

SURE = {"situation": 5.0, "topic": 4.5}
"""A situation or topic that scores less explains too little of what was said to answer with it."""

ASKED_SURE, HALF = 0.5, 0.5
"""How much less is enough for somebody who asks whom to call, when this share is explained: "spijbelt al weken, wie bel ik"."""

OUTSIDE_EXPLAINED = 0.65
"""The share that must be explained when a word is said that belongs to subjects that are not ours."""

ASKED_EXPLAINED = 0.33
"""The share that is enough for a situation when somebody asks in so many words whom to call."""

LEAST_EXPLAINED, MOSTLY_EXPLAINED = 0.2, 0.55
"""The share of a question that what fits must explain: the least, and by how much one word alone must."""

LEAST_CORE, NEARLY_SAID = 0.25, 0.8
"""The share of the words that are not everyday ones that must be explained, unless a known question is said nearly as it is."""

AS_IT_IS = 0.9
"""From this likeness a known question is said as it is: then its words may be as common as "wat doet de politie"."""

LEAST_CALLED = 0.15
"""The share that is enough when somebody asks whom to call."""

MANY = 2
"""So many words may fit by chance."""

FAR, FAR_EXPLAINED, FAR_SCORE = 0.58, 0.5, 11.0
"""Below this likeness no known question of a topic is near. Then it must explain so much, and score so much where none of its own
words is said: of questions about other things these let half as many through, of ours they hold back one in seventy.
"""

ONLY_EVERYDAY = 12.0
"""From this score everyday words alone tell enough: "voor 15 november"."""


@dataclass(frozen=True)
class Said:
    """What of a question matters here: whether it asks for somebody (`asked`), in so many words (`called`), whether a word of a
    subject that is not ours is said (`outside`), whether it is about the asker's own life (`own_life`), and whether so much is said
    that most of it is beside the point (`much`).
    """

    called: bool
    asked: bool
    outside: bool
    own_life: bool
    much: bool


def is_enough(hit: Hit, said: Said) -> bool:
    """Whether something that fits explains enough of a question."""
    if hit.likeness >= AS_IT_IS and hit.explained >= NEARLY_SAID:
        return True
    if hit.score < _sure_from(hit, said) or hit.explained < (LEAST_CALLED if said.called else LEAST_EXPLAINED):
        return False
    if said.own_life and not said.called and hit.likeness < NEARLY_SAID:
        return False
    if said.outside and not (said.called and hit.matched > MANY) and _is_chance(hit):
        return False
    if hit.what == "topic" and not said.much and _is_far(hit):
        return False
    if not _tells_of_work(hit, LEAST_CALLED if said.called else LEAST_CORE):
        return False
    return hit.matched > 1 or hit.explained >= (ASKED_EXPLAINED if said.asked else MOSTLY_EXPLAINED)


def _sure_from(hit: Hit, said: Said) -> float:
    """The score from which something fits: lower where most that is said beside "wie bel ik" is a word of the situation."""
    return SURE[hit.what] * (ASKED_SURE if said.called and hit.solid > 0 and hit.core >= HALF else 1.0)


def _is_chance(hit: Hit) -> bool:
    """Whether too few words fit beside one of a subject that is not ours."""
    return hit.matched < MANY + (hit.what == "topic") or (hit.matched < 2 * MANY and hit.explained < OUTSIDE_EXPLAINED)


def _is_far(hit: Hit) -> bool:
    """Whether no known question of a topic is near, and too little else speaks for it."""
    if hit.likeness >= FAR:
        return False
    few = hit.matched <= MANY + 1
    return (few and hit.explained < FAR_EXPLAINED) or (hit.solid == 0 and hit.score < FAR_SCORE)


def _tells_of_work(hit: Hit, least: float) -> bool:
    """Whether what fits is explained by words of our subject, not by words that everybody uses for everything."""
    if hit.likeness >= NEARLY_SAID:
        return True
    if hit.core == 0.0:
        return hit.score >= ONLY_EVERYDAY and hit.explained >= OUTSIDE_EXPLAINED
    if not hit.solid:
        return hit.core >= (least if hit.matched > MANY else OUTSIDE_EXPLAINED) and hit.matched > 1
    return hit.core >= least or (hit.solid > 1 and hit.matched > MANY + 1)
