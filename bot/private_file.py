"""Files that nobody else on this machine can read, from the first byte on."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def make_private(path: Path) -> None:
    """Makes a file that only its owner can read, where there is none yet; SQLite gives its journals the same rights."""
    with suppress(OSError):  # whoever opens it then says better what is the matter
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def write_private(path: Path, text: str) -> None:
    """Writes a file that nobody else can read, whole or not at all."""
    aside = path.with_name(f"{path.name}.nieuw")
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
