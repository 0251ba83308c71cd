"""Hears what somebody wants with a handover from a few words that stand together, in any order, where no fixed expression says it.

The groups of words stand in `words/overdracht-daden.yaml`. One group may mean different things to giver and taker: here all that
it may mean is given, surest first; what can be done now decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.handover.days import day_in
from bot.handover.heard import NAMES, ONES_OWN, WISHES, Told, Wish
from bot.handover.parts import DAY, PERSON, Part, Parts, fit
from knowledge.day_words import parts_of_today, soon_today

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from bot.context import Context
    from bot.words import Words

NAMED = frozenset({PERSON, DAY})

ORDER: tuple[Wish, ...] = (
    "toch-niet", "niet-bereikt", "factoren", "hervat", "zet-over", "belooft", "vraag-terug", "kan-niet", "trek-in", "heropen",
    "sluit", "trager", "pauzeer", "neem", "terugkoppelen", "gebeld", "stand", "open", "vraag-nu",
)  # fmt: skip
"""Of two that are heard in as many words the first is meant, if it can be done."""

ASKED: frozenset[Wish] = frozenset({"stand", "factoren", "open"})
"""What can be wanted with a question."""

TALKED: frozenset[Wish] = frozenset({"terugkoppelen", "belooft", "gebeld"})
"""What is done with others: who they were adds nothing."""

OF_ITSELF: frozenset[Wish] = frozenset(
    {"neem", "toch-niet", "vraag-terug", "sluit", "heropen", "trek-in", "pauzeer", "trager", "hervat"}
)  # fmt: skip
"""What is said of the handover itself: with another thing named in it ("ik snap het convenant niet") it is about that."""

FOR_ANOTHER: frozenset[Wish] = frozenset({"zet-over", "kan-niet"})
"""With what somebody is named who is to do it instead."""

NEVER_AT: frozenset[Wish] = frozenset({"sluit", "heropen", "trek-in"})
CLOCK, BREAK = "uur", "pauze"
"""What is done now and at no hour: "we sluiten om vijf uur" is said of the school."""

MORE, MOST = 2, 4
"""So many words may be left over beside a group of words: one less than it has, so many more when somebody speaks of themselves,
one more when a handover was the last that was spoken of; never more than that."""

ELSEWHERE = 6
"""With more words in the other parts of what was said it is about those: "hee vraagje, we hebben een leerling die …"."""

BETWEEN = NAMES | {"de", "het", "van"}
"""What parts no words: "ik neem de overdracht van Karin over"."""

GAP, FAR = 3, 8
"""So many other words may stand between those of a group; so many where it holds somebody's name: "vraag het eens aan Ahmed"."""


@dataclass(frozen=True)
class Cue:
    """What may be wanted, and in how many words."""

    wish: Wish
    width: int
    words: frozenset[str] = frozenset()
    """The words by which it is heard, as they were typed."""


@dataclass(frozen=True)
class _Group:
    wish: Wish
    tokens: tuple[frozenset[str], ...]
    denies: bool
    gap: int

    def found_in(self, part: Part) -> frozenset[int] | None:
        """The places of the words that make it up; None when one of them is missing, or they stand far apart."""
        places = fit(self.tokens, part, frozenset(), roles=False)
        if not places:
            return places
        between = set(range(min(places), max(places))).difference(places, *(at for _, at in part.people))
        apart = [place for place in between if part.typed[place] not in BETWEEN]
        return None if len(apart) > self.gap else places


class Cues:
    """The groups of words, ready to be found."""

    def __init__(self, words: Words) -> None:
        denied, towards = (frozenset(words.list(f"overdracht-daden.{name}")) for name in ("ontkent", "naartoe"))
        self._groups = [
            _Group(wish, tokens, any(not token.isdisjoint(denied) for token in tokens), _gap(tokens, towards))
            for wish in WISHES
            for tokens in groups_of(words, f"overdracht-daden.{wish}")
        ]
        self._known = frozenset(word for group in self._groups for token in group.tokens for word in token)
        self._parts = Parts(words, self._known)
        self._said = self._parts.said
        self._other = frozenset(tuple(one.split()[:2]) for one in words.list("overdracht-daden.over-iets-anders"))
        self._breaks = frozenset(words.list("overdracht-horen.schoolpauze"))
        self._opens = self._said["verzoek"] | {"vraag", "vraagje"}

    def around(self) -> frozenset[str]:
        """Words that may stand around what is said: whom it was done with, and parts of the day."""
        return self._said["wie-erbij"] | parts_of_today() | soon_today()

    def says(self, wish: Wish, word: str) -> bool:
        """Whether a word stands as it is among those by which something is said: "lukt", and not "gelukt"."""
        return any(group.wish == wish and any(word in token for token in group.tokens) for group in self._groups)

    def may_hold(self, text: str, context: Context, groups: Iterable[tuple[frozenset[str], ...]] | None = None) -> bool:
        """Whether all words of one of the groups are said at all: of most messages nothing more need be looked at."""
        forms = self._parts.forms(text, context)
        groups = groups or [group.tokens for group in self._groups]
        return any(all(not token.isdisjoint(NAMED) or not token.isdisjoint(forms) for token in tokens) for tokens in groups)

    def parts(self, text: str, context: Context) -> tuple[Part, ...]:
        """The parts of what somebody said."""
        return self._parts.of(text, context)

    def heard(self, parts: tuple[Part, ...], *, close: bool, named: bool) -> tuple[Cue, ...]:
        """All that may be wanted, surest first. `named`: a reference is; `close`: a handover was the last that was spoken of."""
        found: dict[Wish, Cue] = {}
        if not named and any(self._tells_of_a_case(part.typed) for part in parts):
            return ()
        elsewhere = any(not self._other.isdisjoint((*pairwise(part.typed), *((word,) for word in part.typed))) for part in parts)
        asked = any(part.asks for part in parts)
        beside = [0 if part.explains else self.left(part, frozenset(), roles=False) for part in parts]
        for place, part in enumerate(parts):
            if not named and sum(beside[:place] + beside[place + 1 :]) > ELSEWHERE:
                continue
            for cue in () if part.explains else self._in(part, asked=asked, close=close, named=named):
                if elsewhere and not named and cue.wish != "kan-niet":
                    continue
                if cue.wish not in found or cue.width > found[cue.wish].width:
                    found[cue.wish] = cue
        return tuple(sorted(found.values(), key=lambda cue: (-cue.width, ORDER.index(cue.wish))))

    def day_meant(self, parts: tuple[Part, ...], context: Context) -> date | None:
        """The day on which something will be done: not the one on which it will not ("lukt vandaag niet, bel morgen")."""
        willing = (part.typed for part in parts if not part.has(self._said["ontkent"]))
        days = (day_in(typed, context.today, context.world.calendar) for typed in willing)
        return next((day for day in days if day), None)

    def _in(self, part: Part, *, asked: bool, close: bool, named: bool) -> list[Cue]:
        typed = part.typed
        questions = asked and not (part.pleads or (not part.asks and not self._opens.isdisjoint(typed[:3])))
        denied = part.has(self._said["ontkent"])
        mine, deictic = part.has(self._said["ik"]), not self._said["aanwijst"].isdisjoint(typed)
        another = self._is_of_another(typed) or self.cannot(part)
        found: list[tuple[_Group, frozenset[int]]] = []
        about: dict[Wish, frozenset[int]] = {}
        for group in self._groups:
            much = len(group.tokens) > (MORE if mine else MOST - 1)
            asks_back = group.wish == "vraag-terug" and close and (deictic or much)
            for_another = another or (part.pleads and not mine and group.wish != "kan-niet")
            meant_otherwise = (denied and not group.denies) or (for_another and group.wish in ONES_OWN)
            if group.wish == "belooft" and part.has(self._said["voorbij"]):
                continue
            if group.wish not in ASKED and (meant_otherwise or (questions and not asks_back)):
                continue
            if (places := group.found_in(part)) is not None and not (group.wish in FOR_ANOTHER and _is_whose(part, places)):
                found.append((group, places))
                about[group.wish] = about.get(group.wish, frozenset()) | places
        return [
            Cue(group.wish, len(group.tokens), frozenset(part.typed[place] for place in about[group.wish])) for group, _ in found
            if named or self._is_enough(part, group, about[group.wish], mine=mine, close=close, another=another)
        ]  # fmt: skip

    def _tells_of_a_case(self, typed: list[str]) -> bool:
        """Whether somebody is brought up who was not spoken of before: "we hebben een leerling die …"."""
        return any(one in self._said["nieuw"] and other in self._said["geval"] for one, other in pairwise(typed))

    def _is_of_another(self, typed: list[str]) -> bool:
        """Whether it is said of somebody else: "hij kan niet", "ouders kunnen het niet aan"."""
        first, second = [*typed, ""][:2]
        if first == "het":
            return bool(second) and second not in self._known | self._said["vul"] | NAMES
        done_with = first in self._said["wie-erbij"] and second in self._said["met-wie"]
        return first in self._said["ander"] | self._said["wie-erbij"] and second not in NAMES and not done_with

    def _is_enough(
        self, part: Part, group: _Group, places: frozenset[int], *, mine: bool, close: bool, another: bool
    ) -> bool:  # fmt: skip
        """Whether hardly anything is said beside it, and no other thing is named that it would be about."""
        beside = self._left_at(part, places, roles=False)
        if group.wish in TALKED and not another:
            beside = [place for place in beside if part.typed[place] not in self._said["wie-erbij"]]
        things = any(place and part.typed[place - 1] in self._said["lidwoord"] for place in beside)
        if (things and group.wish in OF_ITSELF) or (CLOCK in part.typed and group.wish in NEVER_AT):
            return False
        if group.wish == "pauzeer" and any(one in self._breaks and other == BREAK for one, other in pairwise(part.typed)):
            return False
        return len(beside) <= _most(group, mine=mine, close=close)

    def cannot(self, part: Part) -> bool:
        """Whether it is said of somebody who is named that they cannot: "Anouk kan ook niet"."""
        first = next((len(at) for _, at in part.people if 0 in at), 0)
        verb = part.typed[first] if 0 < first < len(part.typed) else ""
        return verb in self._said["kan-zelf"] and part.has(self._said["ontkent"]) and not part.has(self._said["ik"])

    def strays(self, parts: Iterable[Part], taken: Iterable[str]) -> int:
        """How many words have nothing to do with any of this; `taken`: those of a fixed expression."""
        ours = self._known | self._said["wie-erbij"] | NAMES | parts_of_today() | soon_today() | {*taken}
        told = (part for part in parts if not part.explains)
        return sum(part.forms[place].isdisjoint(ours) for part in told for place in self._left_at(part, frozenset(), roles=False))

    def names_a_thing(self, parts: Iterable[Part], taken: Iterable[str]) -> bool:
        """Whether something else is named that it may be about; `taken`: the words of a fixed expression."""
        ours = NAMES | {*taken}
        told = ((part, place) for part in parts if not part.explains for place in self._left_at(part, frozenset(), roles=False))
        for part, place in told:
            before = part.typed[place - 1] if place else ""
            known = ours | self._known if before == "het" else ours  # "het speelt weer" is of the handover
            if before in self._said["lidwoord"] and part.forms[place].isdisjoint(known):
                return True
        return False

    def asks_leave(self, parts: Iterable[Part]) -> bool:
        """Whether somebody asks if they may do it: "kan ik hem al sluiten"; "kan ik niet" is no such question."""
        return any(
            part.typed[:1] and part.typed[0] in self._said["mag-ik"] and part.typed[1:2] and part.typed[1] in self._said["ik"]
            and not part.has(self._said["ontkent"]) for part in parts
        )  # fmt: skip

    def tells_of_somebody(self, parts: Iterable[Part]) -> Told:
        """Whether something is told of somebody, or that they do not: "Sanne heeft gebeld", "de vader heeft gebeld"."""
        for part in parts:
            typed = [word for place, word in enumerate(part.typed) if place or word not in self._said["lidwoord"]]
            first = next((len(at) for _, at in part.people if 0 in at), int(typed[0] in self._said["wie-erbij"]) if typed else 0)
            after = typed[first] if 0 < first < len(typed) else ""
            if after in self._said["vertelt"] and not part.has(self._said["ik"]):
                return "niet" if part.has(self._said["ontkent"]) else "wel"
        return ""

    def left(self, part: Part, places: frozenset[int], *, roles: bool) -> int:
        """How many words are about something else; those by which people are named are not, nor are `roles` if they are."""
        return len(self._left_at(part, places, roles=roles))

    def _left_at(self, part: Part, places: frozenset[int], *, roles: bool) -> list[int]:
        known = places.union(*(at for _, at in part.people), *(part.others if roles else ()), *part.days)
        return [
            place for place, word in enumerate(part.words)
            if place not in known and part.forms[place].isdisjoint(self._said["vul"]) and not word.typed[0].isdigit()
        ]  # fmt: skip


@cache
def groups_of(words: Words, name: str) -> tuple[tuple[frozenset[str], ...], ...]:
    """The groups of words of a list, each word with what may stand in its place."""
    return tuple(tuple(frozenset(token.split("/")) for token in group.split()) for group in words.list(name))


def _is_whose(part: Part, places: frozenset[int]) -> bool:
    """Whether somebody is only named as whose it is: "ik neem de overdracht van Karin over"."""
    return any(at <= places and min(at) and part.typed[min(at) - 1] == "van" for _, at in part.people)


def _gap(tokens: tuple[frozenset[str], ...], towards: frozenset[str]) -> int:
    """How many other words may stand between these. "Voor ik ja zeg wil ik Sanne spreken" is not "voor Sanne"."""
    if not any(PERSON in token for token in tokens):
        return GAP
    return 0 if tokens[0] <= towards else FAR


def _most(group: _Group, *, mine: bool, close: bool) -> int:
    """So many words may be left over beside it."""
    width = len(group.tokens)
    if group.wish == "vraag-terug" and width == 1:
        return 0
    return min(width - 1 + (MORE if width > 1 else 1) * mine + close, MOST)


@cache
def cues_of(words: Words) -> Cues:
    """The groups of words of these sentences."""
    return Cues(words)
