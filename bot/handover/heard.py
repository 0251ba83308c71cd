"""What somebody typed about a handover: which one, what they want with it, and what belongs to it. Nothing of the text is kept.

A text is about a handover when it names a reference, or when hardly anything stands in it but what is to be done.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Literal, TypeAlias, cast, get_args

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from bot.handover.days import day_in, quiet_until
from knowledge.phrases import Found, Phrases
from knowledge.text import fold, read

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from bot.handover.manner import Manner
    from bot.words import Words
    from knowledge.calendar import Calendar
    from knowledge.phase_card import ReferenceWords
    from knowledge.text import Word

Wish: TypeAlias = Literal[
    "neem", "toch-niet", "kan-niet", "vraag-terug", "terugkoppelen", "sluit", "heropen", "trek-in", "pauzeer", "trager", "zet-over",
    "vraag-nu",
    "gebeld", "niet-bereikt", "belooft", "hervat", "stand", "factoren", "open",
    "antwoord",
]  # fmt: skip
Told: TypeAlias = Literal["", "wel", "niet"]
"""That somebody else does something, or does not."""

WISHES: tuple[Wish, ...] = tuple(wish for wish in get_args(Wish) if wish != "antwoord")
"""What can be heard in words; whether something is an answer, what went before tells."""

ONES_OWN: frozenset[Wish] = frozenset({"neem", "kan-niet", "belooft", "toch-niet"})
"""What people say of themselves: "de politie had het te druk" is no "te druk"."""

NAMES = frozenset({"overdracht", "overdrachten", "zaak", "casus", "belverzoek"})
"""What a handover is called."""

FEW = 4
"""So many words may stand beside what is wanted before a text without a reference is about something else."""

NEARLY, SHORTEST, MOST_WORDS = 82.0, 8, 14
"""From which likeness (0-100) words are an expression of at least so many characters; so many words are looked at."""

NEARLY_ALL = 5
"""Among shorter words that the dictionary knows no slip is taken for granted."""

_DASH = re.compile(r"[–—-]")
_AFTER_COLON = re.compile(r":.*", re.DOTALL)


@dataclass(frozen=True)
class Heard:
    """What was typed: the reference it names, what is wanted (None: only the reference), the words beside it,
    and whether somebody will call or come, and on which day.
    """

    reference: str | None
    wish: Wish | None
    words: tuple[Word, ...]
    rest: tuple[str, ...]
    calls: bool = False
    comes: bool = False
    day: date | None = None
    until: date | None = None
    """The first day that counts again, of something that is to be quiet."""
    wishes: tuple[Wish, ...] = ()
    """All that may be wanted, surest first; what cannot be done now is not meant."""
    who: tuple[str, ...] = ()
    """The people who are named, by id; of nobody there is doubt."""
    unsure: bool = False
    """Somebody is named of whom it is not sure who they are."""
    reason: str | None = None
    strays: int = 0
    """How many words are said that have nothing to do with a handover, or its people and days."""
    of_another: Told = ""
    """Whether it is told of somebody else: "Sanne heeft gebeld"."""
    of_a_thing: bool = False
    """Whether another thing is named than the handover: "sluiten de scholen"."""
    asked: bool = False
    """Whether it is a question."""
    may_i: bool = False
    """Whether somebody asks if they may: "kan ik hem al sluiten"."""
    manners: Mapping[Wish, Manner] = field(default_factory=dict)
    """How each of the wishes is said; what is not in it is said plainly."""
    note: str = ""
    """What else was said, looked through for personal data: for whoever it is meant for, and kept nowhere else."""

    @property
    def promise(self) -> tuple[str | None, date | None]:
        """What somebody says they will do: to call on a day, or to come, on a day or not."""
        if self.comes:
            return "langs", self.day
        return ("bel", self.day) if self.calls and self.day else (None, None)


def hear(
    text: str, words: Words, references: ReferenceWords, today: date, calendar: Calendar | None = None
) -> Heard | None:  # fmt: skip
    """What a text wants with a handover; None when it is about something else."""
    told = read(_DASH.sub(" ", _before_report(text, words)))
    reference, at = _reference(told, references)
    left = tuple(word for place, word in enumerate(told) if place not in at)
    found = [one for one in _phrases(words).find(left) if one.meaning in WISHES]
    if " ".join(word.typed for word in left) in words.list("overdracht-horen.open-alleen"):
        found.append(Found("open", 0, len(left), 1.0))
    if all(one.meaning == "belooft" for one in found) and (spoiled := _spoiled(left, words)):
        found.append(spoiled)
    wish = _wanted([(cast("Wish", one.meaning), one.end - one.start) for one in found], text)
    taken = {place for one in found if one.meaning == wish for place in one.places}
    still = set(words.list("overdracht-horen.stil"))
    rest = tuple(word.typed for place, word in enumerate(left) if place not in taken and word.typed not in still)
    if reference is None and (wish is None or wish == "zet-over" or not _is_plain(wish, rest, left, words, text)):
        return None
    heard = promising(Heard(reference, wish, left, rest), words, today, calendar)
    return None if wish == "belooft" and not (heard.comes or (heard.calls and heard.day)) else heard


def promising(heard: Heard, words: Words, today: date, calendar: Calendar | None = None) -> Heard:
    """With what is said of calling and coming, and of days."""
    typed = [word.typed for word in heard.words]
    calls = not set(typed).isdisjoint(words.list("overdracht-horen.bellen"))
    comes = any({*one.split()} <= {*typed} for one in words.list("overdracht-horen.langs"))
    day, said = day_in(typed, today, calendar), f" {' '.join(typed)} "
    if day is None and (calls or comes) and any(f" {now} " in said for now in words.list("overdracht-horen.nu")):
        day = today
    return replace(heard, calls=calls, comes=comes, day=day, until=quiet_until(typed, today, calendar))


def _spoiled(left: tuple[Word, ...], words: Words) -> Found | None:
    """The expression that some words nearly are, with a slip in more than one of them."""
    typed = [word.typed for word in left[:MOST_WORDS]]
    best: tuple[float, int, Found] | None = None
    for width, sayings in _sayings(words).items():
        for start in range(len(typed) - width + 1):
            window, there = " ".join(typed[start : start + width]), left[start : start + width]
            for wish, saying in sayings:
                if (likeness := fuzz.ratio(window, saying, score_cutoff=NEARLY)) < NEARLY or _is_another(there, saying):
                    continue
                if any(other.known for other in there if not _is_slip(other.typed, saying)):
                    continue  # "wat staat er in" is no slip in "wat staat er open"
                if best is None or (likeness, width) > best[:2]:
                    best = likeness, width, Found(wish, start, start + width, likeness / 100)
    return best[2] if best else None


@cache
def _sayings(words: Words) -> dict[int, list[tuple[Wish, str]]]:
    """The expressions that are long enough to be recognised with a slip, by how many words they are."""
    found: dict[int, list[tuple[Wish, str]]] = {}
    for wish in WISHES:
        for saying in words.list(f"overdracht-horen.{wish}"):
            if len(saying) >= SHORTEST:
                found.setdefault(len(saying.split()), []).append((wish, saying))
    return found


def _is_slip(typed: str, saying: str) -> bool:
    """Whether a typed word is, with a slip of the finger at most, one of an expression."""
    return any(OSA.distance(typed, word, score_cutoff=1) <= 1 for word in saying.split())


def _is_another(said: tuple[Word, ...], saying: str) -> bool:
    """Whether a short word that the dictionary knows stands in the place of another: "zijn overdracht" is not "mijn overdracht"."""
    pairs = zip(said, saying.split(), strict=True)
    return any(word.known and word.typed != wanted and len(word.typed) < NEARLY_ALL for word, wanted in pairs)


def _before_report(text: str, words: Words) -> str:
    """The text; of "terugkoppeling: …" only what stands before the colon."""
    head = fold(text.split(":", 1)[0]).strip() if ":" in text else ""
    reports = any(fold(one) in head for one in words.list("overdracht-horen.terugkoppelen"))
    return _AFTER_COLON.sub("", text) if reports else text


def _wanted(found: list[tuple[Wish, int]], text: str) -> Wish | None:
    """The wish that was said in most words. "naar" alone is only a wish beside a reference."""
    if not found:
        return None
    order: list[Wish] = ["open", "toch-niet", "niet-bereikt", "kan-niet", "vraag-terug", "trek-in", "heropen", "pauzeer", "trager"]
    found = [one for one in found if one[0] != "belooft"] or found
    if "overdrachten" not in text.lower() and any(one[0] == "stand" for one in found):
        found = [one for one in found if one[0] != "open"]  # "hoe staat het met mijn overdracht" is asked of one
    ranked = sorted(found, key=lambda one: (one[0] not in order[:2], -one[1], order.index(one[0]) if one[0] in order else 99))
    wish = ranked[0][0]
    return "stand" if wish == "neem" and text.rstrip().endswith("?") else wish


def _is_plain(wish: Wish, rest: tuple[str, ...], left: tuple[Word, ...], words: Words, text: str) -> bool:
    """Whether a text without a reference says little else. Questions are about something else, but for the overview
    and for nothing but "welke factoren".
    """
    if wish == "open":
        return True
    if wish == "factoren":
        return not rest
    if wish == "stand":
        own = {*words.list("overdracht-daden.bepaald"), "mijn", "onze"}
        return own.issuperset(rest) and not NAMES.isdisjoint(word.typed for word in left)
    asks = "?" in text and not (wish == "vraag-terug" and ":" in text)  # "vraag terug: weten de ouders het?"
    if asks or (wish == "pauzeer" and _is_break(left, words)) or _has_hour(wish, left):
        return False
    if wish in ONES_OWN and _is_of_another(left, rest, words):
        return False
    begins = bool(left) and left[0].typed in words.list("overdracht-horen.vragend") and left[0].typed not in {"is", "kan"}
    return not begins and (len(rest) <= FEW or (wish in {"neem", "kan-niet"} and len(rest) <= FEW + 2))


def _is_of_another(left: tuple[Word, ...], rest: tuple[str, ...], words: Words) -> bool:
    """Whether it is said of somebody or something else: "de mentor heeft geen tijd", "het hek kan niet dicht"."""
    first, second = [*(word.typed for word in left), "", ""][:2]
    if first in {"hij", "zij", "ze"}:
        return True
    return first in {*words.list("overdracht-daden.ander"), "het"} and second in rest


def _has_hour(wish: Wish, left: tuple[Word, ...]) -> bool:
    """Whether an hour is named with what is done now: "we sluiten om vijf uur" is said of the school."""
    return wish in {"sluit", "heropen", "trek-in"} and any(word.typed == "uur" for word in left)


def _is_break(left: tuple[Word, ...], words: Words) -> bool:
    """Whether a break between lessons is meant: "in de pauze"."""
    typed, before = [word.typed for word in left], set(words.list("overdracht-horen.schoolpauze"))
    return any(word in {"pauze", "pauzes"} and place > 0 and typed[place - 1] in before for place, word in enumerate(typed))


def reference_in(text: str, references: ReferenceWords) -> str | None:
    """The reference that a text names."""
    return _reference(read(_DASH.sub(" ", text)), references)[0]


def without_reference(text: str, heard: Heard) -> str:
    """The text without the reference that was heard in it: two words with capitals are easily taken for somebody's name."""
    if heard.reference is None:
        return text
    return re.sub(r"[\s_–—-]*".join(map(re.escape, heard.reference.split("-"))), " ", text, flags=re.IGNORECASE)


@cache
def _phrases(words: Words) -> Phrases:
    return Phrases({wish: words.list(f"overdracht-horen.{wish}") for wish in WISHES}, literal=True)


def _reference(told: tuple[Word, ...], references: ReferenceWords) -> tuple[str | None, frozenset[int]]:
    """The reference that is named, a slip of the finger allowed, and where it stands."""
    for place in range(len(told) - 1):
        first, second = _like(told[place].typed, references.first), _like(told[place + 1].typed, references.second)
        if first and second:
            parts, end = [first, second], place + 2
            while end < len(told) and told[end].typed.upper() in references.second:
                parts.append(told[end].typed.upper())
                end += 1
            return "-".join(parts), frozenset(range(place, end))
    return None, frozenset()


def _like(typed: str, known: list[str]) -> str | None:
    """The word of a reference that was typed."""
    upper = typed.upper()
    if upper in known:
        return upper
    if len(typed) < 3:
        return None
    near = [one for one in known if OSA.distance(upper, one, score_cutoff=1) <= 1 and len(one) > 3]
    return near[0] if len(near) == 1 else None
