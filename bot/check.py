"""Looks the content and a network through for an editor: what does not hold, and where something is missing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import process

from bot.contacts import change_rows
from bot.contacts.changes import apply
from bot.store.file import Store
from knowledge.calendar import Calendar
from knowledge.coverage import coverage, text_faults
from knowledge.library import CONTENT, ContentFault, Library, load_library
from knowledge.network_ahead import Ahead, gaps_ahead
from knowledge.network_alike import together
from knowledge.network_gaps import day_text, gaps
from knowledge.reach import Reach

if TYPE_CHECKING:
    import sqlite3
    from datetime import date, datetime
    from pathlib import Path

    from bot.contacts.changes import Change
    from knowledge.network import Network
    from knowledge.network_gaps import Gap

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


@dataclass(frozen=True)
class Known:
    """What the database knows beside the network: whose account was linked, and the changes that wait for their day."""

    linked: frozenset[str] = frozenset()
    planned: tuple[Change, ...] = ()


def known_in(database: Path | None) -> Known:
    """What a database knows beside its network. Raises `StoreFault`."""
    if database is None:
        return Known()
    store = Store(database)
    try:
        return known_from(store.connection)
    finally:
        store.close()


def known_from(connection: sqlite3.Connection) -> Known:
    """What an open database knows beside its network."""
    linked = connection.execute("SELECT DISTINCT person FROM account").fetchall()
    return Known(frozenset(row[0] for row in linked), tuple(change for _, change in change_rows.planned(connection)))


def found_in(reach: Reach, today: date, known: Known) -> list[Gap]:
    """All that is missing in a network on a local day or will be, the holes first."""
    network = reach.calendar.network
    ahead = gaps_ahead(Ahead(reach, today, known.linked))
    return sorted((*gaps(network, today, apply(network, known.planned)), *ahead), key=lambda gap: gap.severity != "gat")


def check_network(network: Network, now: datetime, known: Known = Known(), *, each: bool = False) -> list[str]:
    """What a coordinator should look at in a network that reads without a fault, and until when its school holidays are known.

    `each`: also of what many share every one has a line.
    """
    today = now.astimezone(network.zone).date()
    calendar = Calendar(network)
    found = found_in(Reach(network, calendar), today, known)
    found = found if each else together(found)
    count = {0: "geen gaten", 1: "1 ding om naar te kijken"}.get(len(found), f"{len(found)} dingen om naar te kijken")
    last = calendar.last_known_school_holiday()
    holidays = f"Schoolvakanties bekend tot en met {day_text(last)}."
    return [f"{network.name}: {count}.", *(f"- {gap.severity}: {gap.text}" for gap in found), holidays]


def near_topics(name: str, library: Library) -> list[str]:
    """The topics whose id looks like this name."""
    return [topic for topic, *_ in process.extract(name, list(library.topics), limit=3, score_cutoff=LIKE_ENOUGH)]
