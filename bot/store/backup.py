"""A copy of all that must not be lost, made while the assistant runs: the database, and the keys and tokens beside it."""

from __future__ import annotations

import gzip
import io
import json
import os
import sqlite3
import tarfile
import tempfile
import zlib
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from sqlite_utils import Database

from bot.store.fault import advice
from bot.store.file import Store
from bot.store.migrations import migrations
from bot.store.versions import known_steps

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

NOTE, COPY = "verbinder.json", "verbinder.db"
VERSION = 1
_JOURNALS = ("-wal", "-shm", "-journal")


class BackupFault(Exception):
    """A copy cannot be made or put back; the message says what was found and what to do."""


def keys_beside(database: Path) -> Path:
    """The folder beside a database in which adapters keep what only they need: keys, tokens. It belongs to every copy."""
    return database.with_name(f"{database.stem}-sleutels")


def back_up(database: Path, target: Path, now: datetime) -> list[str]:
    """Writes one file with a consistent copy; returns the names of what is in it. Readable by its owner alone.

    Raises `BackupFault`. An interrupted copy leaves no file under the name of a whole one.
    """
    if not database.is_file():
        raise BackupFault(f'De database "{database}" is er niet. Noem de goede met --database.')
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / COPY
        _copy_database(database, copy)
        note = json.dumps({"versie": VERSION, "gemaakt": now.isoformat(), "stappen": _steps(copy)})
        half = target.with_name(f"{target.name}.half")
        names = [COPY]
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file, _archive(file) as archive:
            _add(archive, NOTE, note.encode())
            archive.add(copy, COPY)
            for path, name in _kept_beside(database, Path(folder)):
                archive.add(path, name)
                names.append(name)
        half.replace(target)
    return names


def _archive(file: io.BufferedWriter) -> tarfile.TarFile:
    return tarfile.open(fileobj=file, mode="w:gz")


def _add(archive: tarfile.TarFile, name: str, data: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(data)
    archive.addfile(entry, io.BytesIO(data))


def _copy_database(source: Path, target: Path) -> None:
    """SQLite's own copy while others write: what it holds is one moment."""
    try:
        with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as old, closing(sqlite3.connect(target)) as new:
            old.backup(new)
    except sqlite3.DatabaseError as error:
        raise BackupFault(f'De database "{source}" kan ik niet lezen: {advice(error)}') from error


def _kept_beside(database: Path, folder: Path) -> Iterator[tuple[Path, str]]:
    """What lies in the folder with keys; databases in it are copied as databases."""
    beside = keys_beside(database)
    for number, path in enumerate(sorted(beside.rglob("*")) if beside.is_dir() else ()):
        if not path.is_file() or path.name.endswith(_JOURNALS):
            continue
        name = f"sleutels/{path.relative_to(beside).as_posix()}"
        if path.suffix == ".db":
            copy = folder / f"{number}.db"
            _copy_database(path, copy)
            yield copy, name
        else:
            yield path, name


def _steps(database: Path) -> list[str]:
    """The migrations that a database has been through."""
    with closing(sqlite3.connect(database)) as connection:
        return [step.name for step in migrations.applied(Database(connection))]


def restore(source: Path, database: Path) -> list[str]:
    """Puts a copy back where nothing stands, in a folder that may be new; the names of what came out. Raises `BackupFault`."""
    beside = keys_beside(database)
    for there in (database, beside):
        if there.exists():
            raise BackupFault(f'"{there}" bestaat al. Zet het eerst opzij, dan gaat er niets verloren.')
    if not source.is_file():
        raise BackupFault(f'"{source}" is geen gewoon bestand, en dus geen reservekopie.')
    try:
        database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tarfile.open(source, mode="r:gz") as archive, tempfile.TemporaryDirectory(dir=database.parent) as folder:
            _check_note(archive, source)
            archive.extractall(folder, filter="data")
            _check_database(Path(folder) / COPY, source)
            names = [member.name for member in archive.getmembers() if member.isfile() and member.name != NOTE]
            for path in Path(folder).rglob("*"):
                path.chmod(0o700 if path.is_dir() else 0o600)
            if (Path(folder) / "sleutels").is_dir():
                (Path(folder) / "sleutels").replace(beside)
            (Path(folder) / COPY).replace(database)
    except (tarfile.TarError, EOFError, gzip.BadGzipFile, zlib.error) as error:
        what = "het is geen reservekopie van Verbinder, of hij is niet heel. Neem een andere."
        raise BackupFault(f'"{source}" kan ik niet teruglezen: {what}') from error
    except OSError as error:
        where = f'In de map "{database.parent}" kan ik niet terugzetten ({type(error).__name__})'
        raise BackupFault(f"{where}. Is er ruimte, mag je er schrijven, en mag je de reservekopie lezen?") from error
    Store(database).close()  # brings it up to date
    return names


def _check_note(archive: tarfile.TarFile, source: Path) -> None:
    try:
        file = archive.extractfile(NOTE)
        note = json.loads(file.read()) if file else {}
        whole = note["versie"] == VERSION and isinstance(note["stappen"], list) and archive.getmember(COPY).isfile()
    except (KeyError, ValueError, TypeError):
        whole = False
    if not whole:
        raise BackupFault(f'"{source}" is geen reservekopie van Verbinder. Zo\'n kopie maak je met: verbinder backup')
    if newer := set(note["stappen"]) - known_steps():
        raise BackupFault(f'"{source}" komt van een nieuwere Verbinder ({min(newer)}). Werk eerst Verbinder bij.')


def _check_database(copy: Path, source: Path) -> None:
    try:
        with closing(sqlite3.connect(copy)) as connection:
            sound = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    except sqlite3.DatabaseError:
        sound = False
    if not sound:
        raise BackupFault(f'De database in "{source}" is beschadigd. Neem een oudere kopie.')
