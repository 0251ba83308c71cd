"""Puts whatever went wrong in a sentence, with what to do about it: people never see a traceback."""

from __future__ import annotations

import sqlite3
import traceback
from errno import ENOMEM
from pathlib import Path

NO_MEMORY = (
    "Er is te weinig geheugen om te werken. Geef Verbinder 512 MB of meer (MemoryMax, limits.memory), of sluit andere programma's. "
    "Er is niets verloren."
)


def explained(error: Exception) -> str:
    """What went wrong, and what to do about it."""
    if isinstance(error, MemoryError) or getattr(error, "errno", None) == ENOMEM:
        return NO_MEMORY  # nothing more can be loaded then, not even what the rest of this needs
    from bot.settings import SettingsFault  # noqa: PLC0415
    from bot.store.backup import BackupFault  # noqa: PLC0415
    from bot.store.fault import advice  # noqa: PLC0415
    from bot.store.file import StoreFault  # noqa: PLC0415 - heavy, and `--help` must be there at once
    from bot.store.hold import Held  # noqa: PLC0415
    from knowledge.library import ContentFault  # noqa: PLC0415
    from knowledge.network_faults import NetworkFault  # noqa: PLC0415

    if isinstance(error, ExceptionGroup):  # of several that stumble together the first one tells what it was
        return explained(error.exceptions[0])
    match error:
        case NetworkFault():
            return f"{error}\nEr is niets veranderd. Verbeter het bestand en probeer opnieuw."
        case StoreFault() | ContentFault() | SettingsFault() | BackupFault() | Held():
            return str(error)
        case sqlite3.Error():
            return f"De database kan ik nu niet gebruiken: {advice(error)}"
        case OSError():
            return f'"{error.filename}" kan ik niet lezen of schrijven. Bestaat de map, en heb je er rechten?'
        case _:
            last = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{type(error).__name__}, {Path(last.filename).name}:{last.lineno}"
            return f"Er ging iets mis waar niet op gerekend is ({place}). Geef dit door aan de beheerder."
