"""A network out of a file, YAML or CSV: the only door. Everything that is wrong is said at once, or nothing is."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from knowledge import network_words as words
from knowledge.network_check import network_from
from knowledge.network_csv import read_rows
from knowledge.network_faults import Faults
from knowledge.network_koppels import is_koppels, koppels_over
from knowledge.network_overlay import overlay
from knowledge.network_yaml import read_yaml
from knowledge.vcards import read_cards

if TYPE_CHECKING:
    from pathlib import Path

    from knowledge.network import Network

LARGEST = 20 * 1024 * 1024  # bytes
YAML_SUFFIXES = frozenset({".yaml", ".yml"})
CSV_SUFFIXES = frozenset({".csv", ".txt", ".tsv"})
CARD_SUFFIXES = frozenset({".vcf", ".vcard"})
SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # xlsx and ods, xls
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")


def read_network(path: Path, base: Network | None = None) -> Network:
    """The network in the file. A CSV or address cards are laid over `base`: people or koppels come in or change, all others stay.

    Raises NetworkFault; then nothing of the file is to be used.
    """
    faults = Faults(path.name)
    suffix = path.suffix.casefold()
    text = text_of(path, faults)
    if suffix in YAML_SUFFIXES:
        return network_from(read_yaml(text, faults), faults)
    if suffix in CARD_SUFFIXES:
        return network_from(overlay(read_cards(text, faults), base, path.stem, faults), faults)
    if suffix in CSV_SUFFIXES:
        if is_koppels(text, faults):
            return network_from(koppels_over(text, base, faults), faults)
        return network_from(overlay(read_rows(text, faults), base, path.stem, faults), faults)
    raise faults.fail(None, words.WRONG_SUFFIX)


def text_of(path: Path, faults: Faults) -> str:
    """The file as text, in whatever of the three encodings that Excel and Notepad write."""
    try:
        with os.fdopen(_opened(path), "rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise faults.fail(None, words.CANNOT_OPEN.format(reason=error.strerror)) from None
    if len(data) > LARGEST:
        raise faults.fail(None, words.TOO_LARGE)
    suffix = path.suffix.casefold()
    if suffix == ".zip":
        raise faults.fail(None, words.PACKED)
    if data.startswith(SPREADSHEETS) or suffix in {".xlsx", ".xls", ".ods"}:
        raise faults.fail(None, words.SPREADSHEET)
    text = _decoded(data)
    if text is None or "\0" in text or data.startswith(b"%PDF"):
        raise faults.fail(None, words.NO_TEXT)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise faults.fail(None, words.EMPTY_FILE)
    if control := _CONTROL.search(text):
        line = text.count("\n", 0, control.start()) + 1
        raise faults.fail(line, words.CONTROL_CHARACTER.format(code=ord(control[0])))
    return text


def _opened(path: Path) -> int:
    """Opens without waiting: a pipe into which nobody writes is empty; into which somebody does is read to its end."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    os.set_blocking(handle, True)
    return handle


def _decoded(data: bytes) -> str | None:
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
