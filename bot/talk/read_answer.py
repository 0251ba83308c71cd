"""What somebody typed in a guided conversation: a command, an answer to the open page, or a change of an earlier answer.

Nothing is guessed: what fits two things equally well is no answer. The text itself is never kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from bot.talk.flow import DOUBT, NOT_SURE, ON, SKIPPED
from bot.talk.read_entry import read_entry
from knowledge.text import clean, fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.talk.flow import Page, Values
    from bot.words import Words

Command = Literal["terug", "opnieuw", "stop", "bewaar", "verder", "overslaan", "weet-ik-niet", "geen"]
Mark = Literal["ja", "nee", "twijfel"]
COMMANDS: tuple[Command, ...] = ("terug", "opnieuw", "stop", "bewaar", "verder", "overslaan", "weet-ik-niet", "geen")

EMERGENCY = "112"

ALIKE, SURELY = 82.0, 95.0
"""From which likeness (0-100) a label is meant, and from which nothing else can be."""

_DIGITS = re.compile(r"\d+")
_RANGE = re.compile(r"(?<!\d)(\d{1,9})\s*(?:-|–|t/?m|tot en met|tot)\s*(\d{1,9})(?!\d)")
_NUMBERS = re.compile(r"(?:nummers?|nrs?|opties?|keuzes?|antwoord|en|,|;|\+|&|/|\.|\)|\s|\d)++")
"""Possessive: a long row of digits with a letter behind it is looked at once, not in every way it can be cut."""
_PARTS = re.compile(r"\s*(?:[,;+&]|\ben\b)\s*")
_DOUBTED = re.compile(r"^(?:ik )?(?:twijfel|misschien|mogelijk|niet zeker|weet niet zeker|onzeker)(?: over| aan| van| of)?\s*:?\s*")
_TAKEN_BACK = re.compile(
    r"^(?:toch geen|toch niet|geen|niet|haal weg|zonder|verwijder)\s*:?\s+(.+?)(?: weg)?$|^(.+?) (?:klopt niet|toch niet)$"
)
_ADDED = re.compile(r"^(?:toch wel|toch|ook|wel|en ook|voeg toe)\s*:?\s+(?:ook )?(.+?)(?: toe)?$")
_REOPENED = re.compile(
    r"^(?:verander|wijzig|corrigeer|pas aan|pas|herstel|terug naar)\s+(?:mijn |het |de )?(?:antwoord )?"
    r"(?:op |over |bij |van )?(?:de |het )?"
    r"(.+?)(?: aan)?(?:\s*(?: in | naar |:)\s*(.+))?$"
)
_NAMED = re.compile(r"^(.+?)\s*(?::|=| is | wordt )\s*(.+)$")


@dataclass(frozen=True, slots=True)
class Given:
    """An answer to the open page. `sure`: it can be nothing else."""

    values: Values
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Changed:
    """Another answer to an earlier page; None: it is to be asked again."""

    step: str
    values: Values | None


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of an earlier page: present after all, absent after all, or in doubt."""

    step: str
    option: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class OutOfRange:
    """A number that stands before no option."""


Read: TypeAlias = Given | Changed | Fact | OutOfRange | Command | None


def command_in(text: str, words: Words) -> Command | None:
    """The command that was typed, alone; a typing error is allowed."""
    typed = _plain(text)
    best: tuple[float, Command] | None = None
    for command in COMMANDS:
        for spelling in words.list(f"gesprek.woorden-{command}"):
            likeness = _spelled(typed, spelling)
            if likeness >= ALIKE and (best is None or likeness > best[0]):
                best = likeness, command
    return best[1] if best else None


def read_text(text: str, page: Page, path: Mapping[str, Page], words: Words) -> Read:
    """What the text is in this conversation; None when it is something else."""
    typed = _plain(text)
    whole = find_option(typed, page)
    if whole and whole[1] >= SURELY:
        return Given((whole[0],))
    if command := command_in(text, words):
        return _commanded(command, page)
    numbers = _entered(typed, page, words)
    if numbers is not None:
        return numbers
    if changed := _change(typed, path, words):
        return changed
    return _several(typed, page) or (Given((whole[0],), sure=False) if whole else None)


def _plain(text: str) -> str:
    return fold(clean(text.strip())).strip(" .!'\"")


def _commanded(command: Command, page: Page) -> Read:
    if command in ("verder", "geen") and page.multiple:
        return Given(())
    if command == "weet-ik-niet" and page.may_doubt:
        return Given((NOT_SURE,))
    if command == "overslaan" and page.may_skip:
        return Given((SKIPPED,))
    return command


def find_option(typed: str, page: Page) -> tuple[str, float] | None:
    """The option that is meant, and how surely; None when none is, or two are."""
    names = {option.id: _names(option.id, option.label, page) for option in page.options}
    scores = sorted(((max(_likeness(typed, name, page) for name in found), one) for one, found in names.items()), reverse=True)
    if not scores or scores[0][0] < ALIKE:
        return None
    if len(scores) > 1 and scores[0][0] - scores[1][0] < 3:
        return None
    return scores[0][1], scores[0][0]


def _names(option: str, label: str, page: Page) -> list[str]:
    folded = fold(label)
    return [option.replace("-", " "), folded, folded.split(",")[0], *(fold(one) for one in page.also.get(option, ()))]


def _likeness(typed: str, name: str, page: Page) -> float:
    typed = typed.replace("-", " ")
    if page.entry and _DIGITS.findall(typed) != _DIGITS.findall(name):
        return 0.0  # "meer dan 5 dagen" is not nearly "meer dan 15 dagen"
    spelled = _spelled(typed, name)
    if not 0 < spelled < 100:
        return spelled
    said, known = set(typed.split()), set(name.split())
    inside = 88.0 if said < known and any(len(word) > 3 for word in said) else 0.0
    return max(spelled, inside)


def _spelled(typed: str, name: str) -> float:
    """How much two spellings are alike (0-100). One slip of the finger is none in a word of four letters or more."""
    if typed == name:
        return 100.0
    if min(len(typed), len(name)) < 4:
        return 0.0
    slip = 90.0 if OSA.distance(typed, name, score_cutoff=1) <= 1 else 0.0
    return max(min(float(fuzz.ratio(typed, name)), 99.0), slip)


def _entered(typed: str, page: Page, words: Words) -> Given | OutOfRange | None:
    """A number or a day where the page takes one, else options by number."""
    if page.entry is None:
        return _numbers(typed, page)
    value = read_entry(typed, page.entry, words)
    # "112" alone may be a cry for help; "112 dagen" is a number
    return None if value is None else Given((value,), sure=typed != EMERGENCY) if value else OutOfRange()


def _numbers(typed: str, page: Page) -> Given | OutOfRange | None:
    """The options by number: "1 3 en 7", "1t/m3", "1-3". The last number of a page with several is "Verder"."""
    spread = _RANGE.sub(lambda found: " ".join(str(one) for one in _between(int(found[1]), int(found[2]))), typed)
    if not re.search(r"\d", spread) or not _NUMBERS.fullmatch(spread):
        return None
    chosen = list(dict.fromkeys(int(one[:9]) for one in re.findall(r"\d+", spread)))
    ids = [option.id for option in page.options] + ([ON] if page.multiple else [])
    if any(not 1 <= one <= len(ids) for one in chosen) or (not page.multiple and len(chosen) > 1):
        return OutOfRange()
    return Given(tuple(ids[one - 1] for one in chosen if ids[one - 1] != ON))


def _between(first: int, last: int) -> range:
    low, high = min(first, last), max(first, last)
    return range(low, min(high, low + 40) + 1)


def _several(typed: str, page: Page) -> Given | None:
    """Several labels or numbers, each perhaps in doubt: "geweld, 3 en twijfel: wapenbezit"."""
    if not page.multiple:
        return None
    values: list[str] = []
    for part in (one for one in _PARTS.split(typed) if one):
        doubted = part.endswith("?") or _DOUBTED.match(part) is not None
        bare = _DOUBTED.sub("", part).strip(" ?:")
        numbers = _numbers(bare, page)
        found = find_option(bare, page)
        if isinstance(numbers, Given):
            ids = numbers.values
        elif found:
            ids = (found[0],)
        else:
            return None
        values += [f"{DOUBT}{one}" if doubted else one for one in ids]
    known = {value.removeprefix(DOUBT): value for value in values}
    return Given(tuple(known.values()), sure=False) if known else None


def _change(typed: str, path: Mapping[str, Page], words: Words) -> Changed | Fact | None:
    """A change of an earlier answer: "verander context", "context: buiten school", "toch geen wapenbezit"."""
    for pattern in (_REOPENED, _NAMED):
        if (found := pattern.match(typed)) and (page := _page_called(found[1], path)):
            if not found[2]:
                return Changed(page.step, None)
            given = _several(found[2], page) or _entered(found[2], page, words)
            option = find_option(found[2], page)
            if option:
                return Changed(page.step, (option[0],))
            return Changed(page.step, given.values if isinstance(given, Given) else None)
    marks: tuple[tuple[re.Pattern[str], Mark], ...] = ((_DOUBTED, "twijfel"), (_TAKEN_BACK, "nee"), (_ADDED, "ja"))
    for pattern, mark in marks:
        if found := pattern.match(typed):
            bare = typed[found.end() :] if mark == "twijfel" else next(group for group in found.groups() if group)
            if change := _fact(bare.strip(" ?"), mark, path):
                return change
    return None


def _page_called(name: str, path: Mapping[str, Page]) -> Page | None:
    scored = [(fuzz.ratio(name, fold(page.name)), step) for step, page in path.items()]
    best = max(scored, default=(0.0, ""))
    return path[best[1]] if best[0] >= ALIKE else None


def _fact(name: str, mark: Mark, path: Mapping[str, Page]) -> Fact | None:
    """The fact of an earlier page that is taken back, added or doubted: where it was asked, and which."""
    found = [(likeness, page, option) for page in path.values() if (hit := find_option(name, page)) for option, likeness in [hit]]
    if not found:
        return None
    _, page, option = max(found, key=lambda one: one[0])
    return Fact(page.step, option, mark)
