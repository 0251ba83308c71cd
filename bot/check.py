"""Looks the content and a network through for an editor: what does not hold, and where something is missing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rapidfuzz import process

from knowledge.coverage import coverage, text_faults
from knowledge.library import CONTENT, ContentFault, Library, load_library
from knowledge.network_gaps import gaps

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from knowledge.network import Network

LIKE_ENOUGH = 60


def check_content(folder: Path = CONTENT, own: Path | None = None, *, table: bool = False) -> tuple[list[str], list[str]]:
    """The faults in the content, a network's own included, and lines that sum it up, with `table` section by section."""
    try:
        library = load_library(folder, own)
    except ContentFault as fault:
        return list(fault.faults), ["De inhoud klopt niet."]
    counted = Counter(topic.kind for topic in library.topics.values())
    kinds = ", ".join(f"{number} {kind}" for kind, number in counted.most_common())
    topics = f"{len(library.topics)} onderwerpen ({kinds})"
    people = f"{len(library.roles)} rollen, {len(library.situations)} situaties"
    covered = coverage(library)
    bare = [section for section, number in covered.items() if not number]
    sections = f"zonder onderwerp: {', '.join(bare)}" if bare else f"alle {len(covered)} delen van het rapport hebben onderwerpen"
    lines = [f"Inhoud: {people}, {topics}, {len(library.figures)} cijfers.", f"Dekking: {sections}."]
    return list(text_faults(library)), lines + (coverage_table(library) if table else [])


def coverage_table(library: Library) -> list[str]:
    """How many topics name each section of the source, as Markdown."""
    rows = [f"| {section} | {number} |" for section, number in coverage(library).items()]
    return ["| deel van het rapport | onderwerpen |", "|---|---|", *rows]


def check_network(network: Network, now: datetime) -> list[str]:
    """What a coordinator should look at in a network that reads without a fault."""
    found = gaps(network, now.astimezone(network.zone).date())
    count = {0: "geen gaten", 1: "1 ding om naar te kijken"}.get(len(found), f"{len(found)} dingen om naar te kijken")
    return [f"{network.name}: {count}.", *(f"- {gap.severity}: {gap.text}" for gap in found)]


def near_topics(name: str, library: Library) -> list[str]:
    """The topics whose id looks like this name."""
    return [topic for topic, *_ in process.extract(name, list(library.topics), limit=3, score_cutoff=LIKE_ENOUGH)]
