"""Looks the content through for an editor: what does not hold, and how much of the source is covered."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from knowledge.library import ContentFault, Library, load_library

if TYPE_CHECKING:
    from collections.abc import Iterable

_FIGURE = re.compile(r"\{([a-z0-9-]+)\}")
LONGEST_ANSWER = 520


def check_content() -> tuple[list[str], list[str]]:
    """The faults in the content, and lines that sum it up."""
    try:
        library = load_library()
    except ContentFault as fault:
        return list(fault.faults), ["De inhoud klopt niet."]
    faults = [*_topic_faults(library), *_situation_faults(library)]
    counted = Counter(topic.kind for topic in library.topics.values())
    kinds = ", ".join(f"{number} {kind}" for kind, number in counted.most_common())
    summary = [
        f"Inhoud: {len(library.roles)} rollen, {len(library.situations)} situaties, {len(library.topics)} onderwerpen ({kinds}), "
        f"{len(library.figures)} cijfers.",
    ]
    return faults, summary


def _topic_faults(library: Library) -> Iterable[str]:
    for topic in library.topics.values():
        for other in topic.related:
            if other not in library.topics:
                yield f'{topic.id}: verwant: het onderwerp "{other}" is er niet'
        for figure in _FIGURE.findall(topic.answer + topic.since_then):
            if figure not in library.figures:
                yield f'{topic.id}: antwoord: het cijfer "{figure}" is er niet'
        if len(topic.answer) > LONGEST_ANSWER:
            yield f"{topic.id}: antwoord: {len(topic.answer)} tekens, houd het onder {LONGEST_ANSWER}"


def _situation_faults(library: Library) -> Iterable[str]:
    for situation in library.situations.values():
        if "school" not in situation.who:
            yield f"{situation.id}: wie: zeg ook wie een school belt"
        if "" not in situation.why:
            yield f"{situation.id}: waarom: de gewone reden ontbreekt"
