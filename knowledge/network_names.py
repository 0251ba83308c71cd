"""Names as people type them: case and accents folded away, ids made from names, roles by their everyday names."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any
from zlib import crc32

import yaml
from rapidfuzz import fuzz, process

from knowledge import network_words as words
from knowledge.library import CONTENT
from knowledge.network import SCHOOL_KINDS
from knowledge.roles import KINDS, ROLES
from knowledge.text import fold as without_accents

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NEAR_ENOUGH = 75  # of 100; below this a suggestion misleads
LONGEST_ID = 64


def fold(text: str) -> str:
    """What the spellings of one name have in common, letters and digits: "Veilig Thuis" is "veilig-thuis"."""
    return "".join(char for char in without_accents(text.casefold()) if char.isalnum())


def slug(text: str) -> str:
    """An id made from a name: "Marie-Claire van 't Veld" → "marie-claire-van-t-veld"."""
    plain = re.sub(r"[^a-z0-9]+", "-", without_accents(text.casefold())).strip("-")
    return plain[:LONGEST_ID].rstrip("-")


def made_id(name: str) -> str:
    """The id that always goes with this name, also when no letter of it fits in an id; "" for no name."""
    return slug(name) or (f"x-{crc32(name.encode()):08x}" if name else "")


def is_id(text: str) -> bool:
    return len(text) <= LONGEST_ID and re.fullmatch(r"[a-z0-9]+([._-]+[a-z0-9]+)*", text) is not None


def nearest(text: str, known: Iterable[str]) -> str | None:
    """The known name that somebody probably meant, None when nothing is near."""
    by_fold = {fold(name): name for name in known}
    found = process.extractOne(fold(text), by_fold.keys(), scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH)
    return by_fold[found[0]] if found else None


def role_named(text: str) -> str | None:
    return _role_by_name().get(fold(text))


def kind_named(text: str) -> str | None:
    return _kind_by_name().get(fold(text))


def kind_in(name: str) -> str | None:
    """The kind of organisation of which the name itself speaks ("Politie Zwolle"); never that of a school: those come from DUO."""
    parts = name.split()
    starts = (_kind_by_name().get(fold(" ".join(parts[:length]))) for length in range(min(4, len(parts)), 0, -1))
    kind = next((one for one in starts if one), None)
    return kind if kind not in {*SCHOOL_KINDS, "overig"} else None


@cache
def role_names() -> dict[str, str]:
    """What each role is called in a sentence."""
    return {role["id"]: role["naam"] for role in _roles()}


@cache
def _roles() -> list[dict[str, Any]]:
    found = yaml.load((CONTENT / "rollen.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return list(found)


@cache
def _role_by_name() -> dict[str, str]:
    in_lists = words.ROLE_SYNONYMS
    spoken = {role["id"]: (role["naam"], *role["woorden"], *in_lists.get(role["id"], ())) for role in _roles()}
    return _by_name(ROLES, spoken)


@cache
def _kind_by_name() -> dict[str, str]:
    return _by_name(KINDS, words.KIND_SYNONYMS)


def _by_name(ids: Iterable[str], synonyms: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    found = {fold(synonym): name for name, more in synonyms.items() for synonym in more}
    return found | {fold(name): name for name in ids}
