"""Hears what somebody wants with a handover from a few words that stand together, in any order, where no fixed expression says it.

The groups of words stand in `words/overdracht-daden.yaml`. One group may mean different things to giver and taker: here all that
it may mean is given, surest first; what can be done now decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from bot.handover.days import day_in
from bot.handover.heard import WISHES, Wish
from knowledge.dutch_days import find_days
from knowledge.spelling import Spelling

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from bot.context import Context
    from bot.words import Words
    from knowledge.text import Word

PERSON, DAY = "IEMAND", "DAG"
NAMED = frozenset({PERSON, DAY})

ORDER: tuple[Wish, ...] = (
    "toch-niet", "niet-bereikt", "factoren", "hervat", "zet-over", "belooft", "vraag-terug", "kan-niet", "trek-in", "heropen",
    "sluit", "trager", "pauzeer", "neem", "terugkoppelen", "gebeld", "stand", "open", "vraag-nu",
)  # fmt: skip
"""Of two that are heard in as many words the first is meant, if it can be done."""

ASKED: frozenset[Wish] = frozenset({"stand", "factoren", "open"})
"""What can be wanted with a question."""

ONES_OWN: frozenset[Wish] = frozenset({"neem", "kan-niet", "belooft", "toch-niet"})
"""What people say of themselves: "de politie had het te druk" is no "te druk"."""

NAMES = frozenset({"overdracht", "overdrachten", "zaak", "casus", "belverzoek"})
"""What a handover is called."""

MORE, MOST = 2, 4
"""So many words may be left over beside a group of words: one less than it has, so many more when somebody speaks of themselves,
one more when a handover was the last that was spoken of; never more than that."""

SLIP, LOOSE, GAP = 0.86, 4, 3
"""How like a misspelled word must be; up to so many letters a verb is only the form that was typed ("gedaan" is not "doen");
so many other words may stand between those of a group, but for where somebody's name stands."""

_PARTS = re.compile(r"((?:(?!\s[-–—]+\s)[^,;.:!?\n])+)([,;.:!?\n]*)")

LISTS = (
    "vul", "ik", "ontkent", "vraagt", "bij-vraag", "omgekeerd", "wie-doet", "verzoek", "aanwijst", "ander", "deelt",
    "legt-uit", "vraag-achteraan",
)  # fmt: skip


@dataclass(frozen=True)
class Named:
    """Somebody who is named: the ids of who it may be, and whether nothing beside the name makes it another ("Jan Roelofs")."""

    ids: tuple[str, ...]
    sure: bool

    @property
    def who(self) -> str | None:
        return self.ids[0] if self.sure and len(self.ids) == 1 else None


@dataclass(frozen=True)
class Cue:
    """What may be wanted, and in how many words."""

    wish: Wish
    width: int


@dataclass(frozen=True)
class Part:
    """One part of a sentence: its words in every form in which they are known, and where people and days are named."""

    words: tuple[Word, ...]
    forms: tuple[frozenset[str], ...]
    people: tuple[tuple[Named, frozenset[int]], ...]
    days: tuple[frozenset[int], ...]
    others: tuple[frozenset[int], ...]
    """Where somebody is named by a role or an organisation."""
    asks: bool
    pleads: bool
    """Whether it asks somebody to do something ("kan dit op pauze?"), which is no question."""
    explains: bool

    @property
    def typed(self) -> list[str]:
        return [word.typed for word in self.words]


@dataclass(frozen=True)
class _Group:
    wish: Wish
    tokens: tuple[frozenset[str], ...]
    denies: bool

    def found_in(self, part: Part) -> frozenset[int] | None:
        """The places of the words that make it up; None when one of them is missing, or they stand far apart."""
        places = fit(self.tokens, part, frozenset(), roles=False)
        named = any(PERSON in token for token in self.tokens)
        apart = places and not named and max(places) - min(places) + 1 - len(places) > GAP
        return None if apart else places


class Cues:
    """The groups of words, ready to be found."""

    def __init__(self, words: Words) -> None:
        said = {name: frozenset(words.list(f"overdracht-daden.{name}")) for name in LISTS}
        self._said = said
        self._opens = said["verzoek"] | {"vraag", "vraagje"}
        begins = frozenset(words.list("overdracht-horen.vragend")) | said["vraagt"]
        self._begins = begins - said["verzoek"] - said["omgekeerd"] - {"is"}
        self._groups = [
            _Group(wish, tokens, any(not token.isdisjoint(said["ontkent"]) for token in tokens))
            for wish in WISHES
            for tokens in groups_of(words, f"overdracht-daden.{wish}")
        ]
        self._spelling = Spelling(word for group in self._groups for token in group.tokens for word in token if len(word) > 4)
        somebody = "|".join(sorted(said["ik"] | said["ander"] - {"de", "een"}))
        divides, explains = ("|".join(sorted(said[name])) for name in ("deelt", "legt-uit"))
        self._split = re.compile(rf"\s+((?:{divides})(?=\s+(?:{somebody})\s)|(?:{explains}))\s+", re.IGNORECASE)

    def may_hold(self, text: str, context: Context, groups: Iterable[tuple[frozenset[str], ...]] | None = None) -> bool:
        """Whether all words of one of the groups are said at all: of most messages nothing more need be looked at."""
        said = context.world.understanding.read(text, context.world.names).words
        forms = frozenset[str]().union(*map(self._forms, said))
        groups = groups or [group.tokens for group in self._groups]
        return any(all(not token.isdisjoint(NAMED) or not token.isdisjoint(forms) for token in tokens) for tokens in groups)

    def parts(self, text: str, context: Context) -> tuple[Part, ...]:
        """The parts of what somebody said."""
        found = []
        for rough, end in _PARTS.findall(text):
            pieces = self._split.split(f" {rough} ")
            for place in range(0, len(pieces), 2):
                explains = place > 0 and pieces[place - 1].strip().lower() in self._said["legt-uit"]
                asks = "?" in end and place == len(pieces) - 1
                if pieces[place].strip():
                    found.append(self._part(pieces[place], context, explains=explains, asks=asks))
        return tuple(part for part in found if part.words)

    def heard(self, parts: tuple[Part, ...], *, close: bool, named: bool) -> tuple[Cue, ...]:
        """All that may be wanted, surest first. `named`: a reference is; `close`: a handover was the last that was spoken of."""
        found: dict[Wish, Cue] = {}
        asked = any(part.asks for part in parts)
        for part in parts:
            for cue in () if part.explains else self._in(part, asked=asked, close=close, named=named):
                if cue.wish not in found or cue.width > found[cue.wish].width:
                    found[cue.wish] = cue
        return tuple(sorted(found.values(), key=lambda cue: (-cue.width, ORDER.index(cue.wish))))

    def day_meant(self, parts: tuple[Part, ...], context: Context) -> date | None:
        """The day on which something will be done: not the one on which it will not ("lukt vandaag niet, bel morgen")."""
        willing = (part.typed for part in parts if self._said["ontkent"].isdisjoint(part.typed))
        days = (day_in(typed, context.today, context.world.calendar) for typed in willing)
        return next((day for day in days if day), None)

    def asks(self, typed: list[str]) -> bool:
        """Whether a part of a sentence begins as a question does."""
        first, second = [*typed, "", ""][:2]
        if typed and typed[-1] in self._said["vraag-achteraan"]:
            return True
        if first in self._said["bij-vraag"] and second in self._begins:
            return True
        return first in self._begins or (first in self._said["omgekeerd"] and second in self._said["wie-doet"])

    def _in(self, part: Part, *, asked: bool, close: bool, named: bool) -> list[Cue]:
        typed = part.typed
        questions = asked and not (part.pleads or (not part.asks and not self._opens.isdisjoint(typed[:3])))
        denied = not self._said["ontkent"].isdisjoint(typed)
        mine, deictic = (not self._said[name].isdisjoint(typed) for name in ("ik", "aanwijst"))
        another = typed[0] in self._said["ander"] and not (len(typed) > 1 and typed[1] in NAMES)
        found: list[tuple[_Group, frozenset[int]]] = []
        about: dict[Wish, frozenset[int]] = {}
        for group in self._groups:
            asks_back = group.wish == "vraag-terug" and deictic and close
            meant_otherwise = (denied and not group.denies) or (another and group.wish in ONES_OWN)
            if group.wish not in ASKED and (meant_otherwise or (questions and not asks_back)):
                continue
            if (places := group.found_in(part)) is not None:
                found.append((group, places))
                about[group.wish] = about.get(group.wish, frozenset()) | places
        return [
            Cue(group.wish, len(group.tokens)) for group, _ in found
            if named or self.left(part, about[group.wish], roles=False) <= _most(group, mine=mine, close=close)
        ]  # fmt: skip

    def left(self, part: Part, places: frozenset[int], *, roles: bool) -> int:
        """How many words are about something else; those by which people are named are not, nor are `roles` if they are."""
        known = places.union(*(at for _, at in part.people), *(part.others if roles else ()), *part.days)
        return sum(
            place not in known and word.typed not in self._said["vul"] and not word.typed[0].isdigit()
            for place, word in enumerate(part.words)
        )

    def _part(self, text: str, context: Context, *, explains: bool, asks: bool) -> Part:
        world = context.world
        question = world.understanding.read(text, world.names)
        typed = [word.typed for word in question.words]
        days = tuple(frozenset(range(one.start, one.end)) for one in find_days(typed, context.today, world.calendar))
        spots: list[tuple[list[str], frozenset[int], float]] = []
        for spot in question.people:
            same = next((one for one in spots if one[1] & spot.places), None)
            if same is None:
                spots.append(([spot.target], spot.places, spot.share))
            elif spot.places == same[1] and abs(spot.share - same[2]) < SAME:
                same[0].append(spot.target)
        people = tuple((Named(tuple(ids), _is_whole(question.words, at, share)), at) for ids, at, share in spots)
        named = frozenset[int]().union(*(at for _, at in people))
        turned = self.asks(typed)
        pleads = bool(typed) and typed[0] in self._said["verzoek"] and not turned
        named_only = bool(people) and all(place in named or word in self._said["vul"] for place, word in enumerate(typed))
        pleads = bool(pleads and (not asks or people or not self._said["aanwijst"].isdisjoint(typed)))
        forms = tuple(self._forms(word) for word in question.words)
        spoken_of = [role.places for role in question.roles] + [one.places for one in question.organisations]
        others = tuple(at for at in spoken_of if not named & at)
        return Part(question.words, forms, people, days, others, (asks or turned) and not (pleads or named_only), pleads, explains)

    def _forms(self, word: Word) -> frozenset[str]:
        near = () if word.known else self._spelling.near(word.typed, SLIP)
        whole = {word.typed, word.lemma} if len(word.lemma) > LOOSE else {word.typed}
        return frozenset({*whole, *(found for found, _ in near)})


SAME = 0.15
"""Two names of which about as much was said are equally likely."""

IN_FULL = 0.8


def _is_whole(words: tuple[Word, ...], at: frozenset[int], share: float) -> bool:
    """Whether no other first name stands before a name of which a piece was said: "Jan Roelofs" is not Gijs Roelofs."""
    before = words[min(at) - 1] if min(at) else None
    return share > IN_FULL or before is None or before.known or len(before.typed) < 3


def fit(tokens: tuple[frozenset[str], ...], part: Part, taken: frozenset[int], *, roles: bool) -> frozenset[int] | None:
    """The places of these words in a part, each its own; None when one is missing. `roles`: people may be named by a role."""
    if not tokens:
        return taken
    first, rest = tokens[0], tokens[1:]
    if PERSON in first:
        options = [*(at for _, at in part.people), *(part.others if roles else ())]
    elif DAY in first:
        options = list(part.days)
    else:
        options = [frozenset({place}) for place, forms in enumerate(part.forms) if not first.isdisjoint(forms)]
    for at in options:
        if not at & taken and (found := fit(rest, part, taken | at, roles=roles)) is not None:
            return found
    return None


@cache
def groups_of(words: Words, name: str) -> tuple[tuple[frozenset[str], ...], ...]:
    """The groups of words of a list, each word with what may stand in its place."""
    return tuple(tuple(frozenset(token.split("/")) for token in group.split()) for group in words.list(name))


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
