"""Which steps of a database this program knows: one that went further belongs to a newer program."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cache

from sqlite_utils import Database

from bot.store.migrations import migrations


@cache
def known_steps() -> frozenset[str]:
    """The names of all steps that this program has."""
    with closing(sqlite3.connect(":memory:")) as nothing:
        return frozenset(step.name for step in migrations.pending(Database(nothing)))


def newer_steps(connection: sqlite3.Connection) -> list[str]:
    """The steps that a database went through and this program does not know, in order. A new file has none."""
    return sorted({step.name for step in migrations.applied(Database(connection))} - known_steps())
