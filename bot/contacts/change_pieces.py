"""The pieces of a clause that tells a change: words, and slots for days, people, numbers and addresses; and patterns over them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from knowledge.network_faults import Unreadable
from knowledge.network_values import email, phone

if TYPE_CHECKING:
    from knowledge.days import Days

ME = "mij"
"""The speaker, among the people of a wish."""

_EMAIL = re.compile(r"(?:mailto:)?[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_PHONE = re.compile(r"(?<![\w/-])\+?\(?\d[\d \-()./]{6,18}\d(?![\w-])")
WORD = re.compile(r"\d{1,2}[-/.]\d{1,2}(?:[-/.]\d{2,4})?(?!\d)|t/m|\w+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A word in its own spelling and as it is written in the content, or a slot ("" is the word itself)."""

    word: str
    slot: Literal["", "dagen", "wie", "telefoon", "e-mail"] = ""
    value: str = ""
    people: tuple[str, ...] = ()
    days: Days | None = None
    weekdays: tuple[int, ...] = ()
    strange: bool = False


Pieces: TypeAlias = tuple[Piece, ...]


def _slot(typed: str) -> Piece | None:
    """The number or address in the form of the list; None when it is none after all (a date, say)."""
    try:
        if "@" in typed:
            return Piece(typed, "e-mail", email(typed.rstrip(".")))
        return Piece(typed, "telefoon", phone(typed.strip().replace(".", " ")))
    except Unreadable:
        return None


def who_in(piece: Piece) -> tuple[str, ...]:
    return piece.people if piece.slot == "wie" else (ME,)


def match(pieces: Pieces, pattern: tuple[str, ...], *, follows: bool) -> dict[str, Piece] | None:
    """The pieces in the slots of the pattern. A name that nobody bears, of one to three words, fits the new one as well."""
    slots: dict[str, Piece] = {}
    at = 0
    for place, wanted in enumerate(pattern):
        piece = pieces[at] if at < len(pieces) else None
        width = 1
        if piece is None:
            return None
        if wanted == "{nieuw}":
            width = len(pieces) - at - (len(pattern) - place - 1)
            if not _is_name(pieces[at : at + width]):
                return None
            known = width == 1 and (piece.slot or piece.word == "ik")
            slots["nieuw"] = piece if known else Piece(piece.word, strange=True)
        elif wanted == "{oud}":
            if not (piece.slot == "wie" and piece.people) and piece.word not in ({"mij", "hem"} if follows else {"mij"}):
                return None
            slots["oud"] = piece
        elif piece.slot or piece.word != wanted:
            return None
        at += width
    return slots if at == len(pieces) else None


def _is_name(pieces: Pieces) -> bool:
    """Whether this is somebody: a person of the list, the speaker, or up to three words that are nothing else."""
    if len(pieces) == 1 and not pieces[0].strange:
        return bool(pieces[0].people) or pieces[0].word == "ik"
    return 1 <= len(pieces) <= 3 and any(one.strange for one in pieces) and all(one.strange or one.people for one in pieces)


def tokens_of(text: str) -> list[Piece]:
    """The words of a text as they were typed, with each number and address as one piece."""
    found: list[Piece] = []
    at = 0
    for match in sorted((*_EMAIL.finditer(text), *_PHONE.finditer(text)), key=lambda one: one.start()):
        if match.start() < at:
            continue
        slot = _slot(match.group())
        if slot:
            found += [Piece(word) for word in WORD.findall(text[at : match.start()])] + [slot]
            at = match.end()
    return found + [Piece(word) for word in WORD.findall(text[at:])]
