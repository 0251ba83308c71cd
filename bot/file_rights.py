"""Who else on this machine can read or change what is kept, and settings that keep more than people are promised."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from bot.retention import Retention
from bot.store.backup import keys_beside

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.settings import Settings
    from bot.words import Words

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
_JOURNALS = ("", "-wal", "-shm")


def too_open(database: Path, settings: Path | None, words: Words) -> list[tuple[str, str]]:
    """What others of this machine can read or change: a sentence and what to do, for each. Nothing where rights mean nothing."""
    if os.name != "posix":
        return []
    return [
        (words.say(f"beveiliging.{kind}", bestand=path), words.say("beveiliging.herstel", rechten=rights, bestand=path))
        for kind, rights, path in _open_paths(database, settings)
    ]


def _open_paths(database: Path, settings: Path | None) -> Iterator[tuple[str, str, Path]]:
    for path in (database.with_name(database.name + journal) for journal in _JOURNALS):
        if _allows(path, _OTHERS):
            yield "leesbaar", "600", path
    keys = keys_beside(database)
    if _allows(keys, _OTHERS):
        yield "sleutels", "700", keys
    if settings and _allows(settings, _OTHERS_WRITE):
        yield "instellingen", "go-w", settings


def _allows(path: Path, rights: int) -> bool:
    try:
        return bool(path.stat().st_mode & rights)
    except OSError:
        return False


def open_monitor(monitor: str | None, words: Words) -> list[tuple[str, str]]:
    """Where to look how it goes (`VERBINDER_MONITOR`), when others than this machine can: a sentence and what to do."""
    host = (monitor or "").strip().rpartition(":")[0].strip("[]")
    if not host or host in {"localhost", "::1"} or host.startswith("127."):
        return []
    return [(words.say("beveiliging.bewaking-open", adres=host), words.say("beveiliging.bewaking-raad"))]


def weakened(settings: Settings, words: Words) -> list[tuple[str, str]]:
    """Settings under which more is kept than people are promised: a sentence and what to do, for each."""
    usual, kept = Retention(), settings.kept.retention
    return [
        (words.say(f"beveiliging.langer-{what}", dagen=now.days, gewoon=then.days), words.say("beveiliging.langer-raad"))
        for what, now, then in (("berichten", kept.messages, usual.messages), ("gesprekken", kept.results, usual.results))
        if now > then
    ]
