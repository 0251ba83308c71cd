"""Keeps the finished index over the content in the user's cache folder, so that a start does not have to make it again.

The file is named by what it was made of (content, program, Python), so a stale one is never read; without a usable folder the index
is simply made. Only a file of this user that nobody else may write is read back.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
import pickle
import stat
import sys
import tempfile
from pathlib import Path

from platformdirs import user_cache_path

from bot.understand import Understanding
from knowledge.library import CONTENT, load_library

MOST_KEPT = 10
"""So many networks with content of their own, or versions of the program, start without making their index again."""

HALF_AFTER = 3600.0
"""Seconds after which nobody is still writing a file."""

_PROGRAM = (Path(__file__).parent, CONTENT.parent)


def understanding(own: Path | None = None, folder: Path | None = None) -> Understanding:
    """The index over the content and a network's own folder. Raises `ContentFault` when it has to be made and cannot be."""
    folder = folder or user_cache_path("verbinder")
    file = folder / f"{_name(own)}.pickle"
    if (kept := _read(file)) is not None:
        return kept
    made = Understanding(load_library(own=own))
    _keep(made, file)
    return made


def _name(own: Path | None) -> str:
    """A name that changes whenever anything changes of which the index is made."""
    seen = hashlib.sha256(sys.version.encode())
    files = [
        *CONTENT.rglob("*.yaml"),
        *(own.rglob("*.yaml") if own else ()),
        *(file for one in _PROGRAM for file in one.glob("*.py")),
    ]
    for file in sorted(files):
        seen.update(str(file).encode())
        seen.update(file.read_bytes())
    return seen.hexdigest()[:24]


def _read(file: Path) -> Understanding | None:
    try:
        with file.open("rb") as opened:
            about = os.fstat(opened.fileno())
            if about.st_mode & (stat.S_IWGRP | stat.S_IWOTH) or (hasattr(os, "getuid") and about.st_uid != os.getuid()):
                return None
            gc.disable()  # a hundred thousand small things that all stay
            found = pickle.load(opened)  # noqa: S301 - our own file, see above
    except Exception:  # noqa: BLE001 - whatever is wrong with it, the index can be made again
        return None
    finally:
        gc.enable()
    return found if isinstance(found, Understanding) else None


def _keep(made: Understanding, file: Path) -> None:
    """Puts the index in its place in one step; a folder that cannot be written costs only the time of making it again."""
    with contextlib.suppress(OSError, pickle.PicklingError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=file.parent, suffix=".new", delete=False) as opened:
            pickle.dump(made, opened, protocol=5)
        Path(opened.name).replace(file)
        _tidy(file)


def _tidy(made: Path) -> None:
    """Takes away the oldest of too many, and what a start that was cut off left half written."""
    by_age = sorted((-one.stat().st_mtime, one) for one in made.parent.glob("*.pickle"))
    for _, old in by_age[MOST_KEPT:]:
        old.unlink(missing_ok=True)
    for half in made.parent.glob("*.new"):
        if made.stat().st_mtime - half.stat().st_mtime > HALF_AFTER:
            half.unlink(missing_ok=True)
