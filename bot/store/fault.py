"""What is the matter with a database file, and what to do about it: for the administrator, in a sentence."""

from __future__ import annotations

import sqlite3

_BUSY = "een ander programma houdt hem bezet. Sluit dat, of probeer het zo weer."
_FULL = "de schijf is vol. Maak ruimte. Er is niets verloren: wat nog niet beantwoord is, komt opnieuw."
_DAMAGED = "hij is beschadigd, of het is een ander bestand. Zet hem opzij en zet een reservekopie terug: verbinder restore BESTAND."
_FORBIDDEN = (
    "ik mag hem niet openen of er niet schrijven. Bestaat de map, is hij van wie Verbinder start, en is de schijf niet alleen te "
    "lezen? Of kies --database."
)
_DISK_OR_FULL = "de schijf is vol, of geeft geen antwoord. Maak ruimte of kijk hem na, en probeer het dan weer."
_DISK = "de schijf geeft geen antwoord. Kijk hem na, en zet zo nodig een reservekopie terug: verbinder restore BESTAND."
_ADVICE = {
    sqlite3.SQLITE_BUSY: _BUSY, sqlite3.SQLITE_LOCKED: _BUSY, sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_CORRUPT: _DAMAGED, sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_READONLY: _FORBIDDEN, sqlite3.SQLITE_CANTOPEN: _FORBIDDEN, sqlite3.SQLITE_PERM: _FORBIDDEN,
    sqlite3.SQLITE_IOERR: _DISK,
}  # fmt: skip
"""By the plain code that SQLite gives: its finer ones keep that in their last byte."""
_FINER = dict.fromkeys((sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_SHMOPEN, sqlite3.SQLITE_IOERR_SHMMAP), _DISK_OR_FULL)
"""The file beside a database that all who have it open share could not be made: nothing is the matter with the database itself."""


def advice(error: sqlite3.Error) -> str:
    """What is the matter and what to do; without a code that is known, what SQLite itself says."""
    code = getattr(error, "sqlite_errorcode", None)
    found = _FINER.get(code, _ADVICE.get(code & 0xFF)) if code is not None else None
    return found or f"{error}. Zet zo nodig een reservekopie terug: verbinder restore BESTAND."
