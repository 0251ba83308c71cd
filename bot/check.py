"""Looks the content and a network through for an editor: what does not hold, and where something is missing."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from rapidfuzz import process

from knowledge.library import CONTENT, ContentFault, Library, load_library
from knowledge.network_gaps import gaps

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from knowledge.network import Network

_FIGURE = re.compile(r"\{([a-z0-9-]+)\}")
LONGEST_ANSWER = 520
LIKE_ENOUGH = 60


def check_content(folder: Path = CONTENT) -> tuple[list[str], list[str]]:
    """The faults in the content of a folder, and lines that sum it up."""
    try:
        library = load_library(folder)
    except ContentFault as fault:
        return list(fault.faults), ["De inhoud klopt niet."]
    faults = [*_topic_faults(library), *_situation_faults(library)]
    counted = Counter(topic.kind for topic in library.topics.values())
    kinds = ", ".join(f"{number} {kind}" for kind, number in counted.most_common())
    topics = f"{len(library.topics)} onderwerpen ({kinds})"
    people = f"{len(library.roles)} rollen, {len(library.situations)} situaties"
    return faults, [f"Inhoud: {people}, {topics}, {len(library.figures)} cijfers."]


def check_network(network: Network, now: datetime) -> list[str]:
    """What a coordinator should look at in a network that reads without a fault."""
    found = gaps(network, now.astimezone(network.zone).date())
    count = {0: "geen gaten", 1: "1 ding om naar te kijken"}.get(len(found), f"{len(found)} dingen om naar te kijken")
    return [f"{network.name}: {count}.", *(f"- {gap.severity}: {gap.text}" for gap in found)]


def near_topics(name: str, library: Library) -> list[str]:
    """The topics whose id looks like this name."""
    return [topic for topic, *_ in process.extract(name, list(library.topics), limit=3, score_cutoff=LIKE_ENOUGH)]


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
