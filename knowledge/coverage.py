"""What an editor wants to know of the content: does every section of the source have entries, and does every text read easily?"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.library import Library

SECTIONS = (
    "Inleiding", "Samenvatting", "§1", "§1.1", "§1.2", "§1.3", "§2", "§2.1", "§2.2", "§2.3", "§2.4", "§3", "§3.1", "§3.2", "§3.3",
    "§4",
    "bijlage 1", "bijlage 2", "bijlage 3", "bijlage 4", "bijlage 5", "bijlage 6",
    "convenant art. 1", "convenant art. 2", "convenant art. 3", "convenant art. 4", "convenant art. 7", "convenant art. 8",
    "convenant art. 9", "convenant art. 10", "convenant bijlage 1", "convenant bijlage 2", "convenant bijlage 3",
    "convenant bijlage 4",
)  # fmt: skip
"""The sections of the source, in its order. The agreement inside bijlage 5 has no articles 5 and 6."""

LONGEST_ANSWER, MOST_LINES, LONGEST_SENTENCE = 520, 9, 24
"""Characters, lines and words: more does not fit a phone, or has to be read twice."""

STIFF = frozenset(
    """u uw men dient dienen middels teneinde derhalve alsmede inzake betreffende omtrent conform gaarne reeds tevens hetgeen
    alvorens bovendien desbetreffende eveneens geschiedt ingeval jegens mits nadien onverlet thans welke""".split()
) - {"welke"}
"""Words of letters and forms: our texts say "je", and say it plainly."""

_FIGURE = re.compile(r"\{([a-z0-9-]+)\}")
_SENTENCE = re.compile(r"[.!?:]\s+|\n")


def coverage(library: Library) -> dict[str, int]:
    """For each section of the source how many entries name it; a finer label counts for its section."""
    counted = Counter(dict.fromkeys(SECTIONS, 0))
    for topic in library.topics.values():
        counted.update({re.sub(r" stap \d$", "", section) for section in topic.sources} & set(SECTIONS))
    return dict(counted)


def text_faults(library: Library) -> Iterable[str]:
    """What an editor has to mend, as `id: key: what was found`."""
    for topic in library.topics.values():
        for other in topic.related:
            if other not in library.topics:
                yield f'{topic.id}: verwant: het onderwerp "{other}" is er niet'
        for figure in _FIGURE.findall(topic.answer + topic.since_then):
            if figure not in library.figures:
                yield f'{topic.id}: antwoord: het cijfer "{figure}" is er niet'
        yield from _reading_faults(topic.id, topic.answer)
    for situation in library.situations.values():
        if "school" not in situation.who:
            yield f"{situation.id}: wie: zeg ook wie een school belt"
        if "" not in situation.why:
            yield f"{situation.id}: waarom: de gewone reden ontbreekt"
        for reason in situation.why.values():
            yield from _reading_faults(situation.id, reason)


def _reading_faults(name: str, text: str) -> Iterable[str]:
    if len(text) > LONGEST_ANSWER:
        yield f"{name}: {len(text)} tekens, houd het onder {LONGEST_ANSWER}"
    if len(text.strip().splitlines()) > MOST_LINES:
        yield f"{name}: {len(text.strip().splitlines())} regels, houd het op {MOST_LINES}"
    for sentence in _SENTENCE.split(text):
        words = re.findall(r"\w+", sentence)
        if len(words) > LONGEST_SENTENCE:
            yield f'{name}: een zin van {len(words)} woorden ("{" ".join(words[:5])} …"), maak er twee van'
        if stiff := STIFF & {word for word in words if word.islower()}:
            yield f'{name}: het woord "{min(stiff)}" is stijf, zeg het gewoner'
