"""One assistant at a time on one database: a second says who holds it, and leaves."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Held(Exception):
    """Another process already runs on this database; the message says which, and what to do."""


@contextmanager
def hold(database: Path) -> Iterator[None]:
    """Holds a database for this process. The system lets go by itself when the process ends, however it ends. Raises `Held`."""
    lock = FileLock(database.with_name(f"{database.name}.bezet"), timeout=0, mode=0o600)
    who = _who(database)
    try:
        lock.acquire()
    except Timeout:
        holder = who.read_text(encoding="ascii").strip() if who.exists() else "onbekend"
        raise Held(
            f'Op de database "{database}" draait al een Verbinder (proces {holder}). '
            "Stop die eerst, of kies een andere met --database."
        ) from None
    try:
        who.write_text(str(os.getpid()), encoding="ascii")
        yield
    finally:
        who.unlink(missing_ok=True)
        lock.release()


def is_held(database: Path) -> bool:
    """Whether a process says that it runs on a database. One that was killed cannot take it back: look at its last cycle as well.

    The lock itself is left alone: whoever tries it could keep a real start out.
    """
    return _who(database).exists()


def _who(database: Path) -> Path:
    return database.with_name(f"{database.name}.bezet-door")
