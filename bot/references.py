"""Names of two words by which something can be called over the telephone ("BLAUWE-OTTER"), never twice the same."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

    from knowledge.phase_card import ReferenceWords

TRIES = 20
"""After so many names that are taken one gets another word: two words make nine hundred."""

_REFERENCE = re.compile(r"\b[A-Z]{3,}(?:-[A-Z]{3,})+\b", re.IGNORECASE)
_TABLES = ("conversation", "handover", "training")


def new_reference(connection: sqlite3.Connection, words: ReferenceWords, seed: str) -> str:
    """A name that follows from the seed, and that no conversation, handover or case has: where many are taken, of more words."""
    attempt = 0
    while True:
        number = int.from_bytes(hashlib.sha256(f"{seed}|{attempt}".encode()).digest()[:8], "big")
        number, first = divmod(number, len(words.first))
        named = [words.first[first]]
        for _ in range(1 + attempt // TRIES):
            number, following = divmod(number, len(words.second))
            named.append(words.second[following])
        if not _taken(connection, "-".join(named)):
            return "-".join(named)
        attempt += 1


def _taken(connection: sqlite3.Connection, reference: str) -> bool:
    """A card that still stands somewhere is of its own case, also when that case has been erased."""
    if connection.execute("SELECT 1 FROM outbox WHERE card >= ? AND card < ?", (f"{reference}/", f"{reference}0")).fetchone():
        return True
    return any(
        connection.execute(f"SELECT 1 FROM {table} WHERE reference = ?", (reference,)).fetchone()  # noqa: S608 - our own names
        for table in _TABLES
    )


def references_in(text: str) -> list[str]:
    """What looks like such a name, in the order of the text, in capitals."""
    return [found.upper() for found in _REFERENCE.findall(text)]
