"""Takes what somebody typed about a handover apart: the pieces of a sentence, their words in every form in which they are known,
and where in them people and days are named.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.dutch_days import find_days
from knowledge.spelling import Spelling

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.context import Context
    from bot.understand import Question
    from bot.words import Words
    from knowledge.text import Word

PERSON, DAY = "IEMAND", "DAG"

SLIP, LOOSE = 0.86, 4
"""How like a misspelled word must be; up to so many letters a verb is only the form that was typed ("gedaan" is not "doen")."""

SAME = 0.15
"""Two names of which about as much was said are equally likely."""

IN_FULL = 0.8

_PARTS = re.compile(r"((?:(?!\s[-–—]+\s)[^,;.:!?\n])+)([,;.:!?\n]*)")

LISTS = (
    "vul", "ik", "ontkent", "vraagt", "bij-vraag", "omgekeerd", "wie-doet", "verzoek", "aanwijst", "ander", "deelt",
    "legt-uit", "vraag-achteraan", "wie-erbij", "lidwoord", "nieuw", "geval", "vertelt", "mag-ik", "met-wie", "kan-zelf", "voorbij",
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

    def has(self, words: frozenset[str]) -> bool:
        """Whether one of these words is said, in whatever form."""
        return any(not words.isdisjoint(forms) for forms in self.forms)


class Parts:
    """Takes sentences apart. `known`: the words of which a slip of the finger is looked for."""

    def __init__(self, words: Words, known: Iterable[str]) -> None:
        self.said = {name: frozenset(words.list(f"overdracht-daden.{name}")) for name in LISTS}
        said = self.said
        self._spelling = Spelling(word for word in known if len(word) > LOOSE)
        self._same = _same_as(words.list("overdracht-daden.gelijk"))
        begins = frozenset(words.list("overdracht-horen.vragend")) | said["vraagt"]
        self._begins = begins - said["verzoek"] - said["omgekeerd"] - {"is"}
        somebody = "|".join(sorted(said["ik"] | said["ander"] - {"de", "een"}))
        divides, explains = ("|".join(sorted(said[name])) for name in ("deelt", "legt-uit"))
        self._split = re.compile(rf"\s+((?:{divides})(?=\s+(?:{somebody})\s)|(?:{explains}))\s+", re.IGNORECASE)
        asides = "|".join(sorted(words.list("overdracht-daden.tussenzin"), key=len, reverse=True))
        self._aside = re.compile(rf"\b(?:{asides})\b", re.IGNORECASE)

    def of(self, text: str, context: Context) -> tuple[Part, ...]:
        """The parts of what somebody said."""
        found = []
        for rough, end in _PARTS.findall(self._aside.sub(" ", text)):
            pieces = self._split.split(f" {rough} ")
            for place in range(0, len(pieces), 2):
                explains = place > 0 and pieces[place - 1].strip().lower() in self.said["legt-uit"]
                asks = "?" in end and place == len(pieces) - 1
                if pieces[place].strip():
                    found.append(self._part(pieces[place], context, explains=explains, asks=asks))
        return tuple(part for part in found if part.words)

    def forms(self, text: str, context: Context) -> frozenset[str]:
        """All words that are said, in every form."""
        said = context.world.understanding.read(text, context.world.names).words
        return frozenset[str]().union(*map(self._forms, said))

    def asks(self, typed: list[str]) -> bool:
        """Whether a part of a sentence begins as a question does."""
        first, second = [*typed, "", ""][:2]
        if typed and typed[-1] in self.said["vraag-achteraan"]:
            return True
        if first in self.said["bij-vraag"] and second in self._begins:
            return True
        return first in self._begins or (first in self.said["omgekeerd"] and second in self.said["wie-doet"])

    def _part(self, text: str, context: Context, *, explains: bool, asks: bool) -> Part:
        world = context.world
        question = world.understanding.read(text, world.names)
        typed = [word.typed for word in question.words]
        days = tuple(frozenset(range(one.start, one.end)) for one in find_days(typed, context.today, world.calendar))
        people = _people(question)
        named = frozenset[int]().union(*(at for _, at in people))
        turned = self.asks(typed) and not (not asks and self._asks_for_it(typed))
        pleads = bool(typed) and typed[0] in self.said["verzoek"] and not turned
        named_only = bool(people) and all(place in named or word in self.said["vul"] for place, word in enumerate(typed))
        pleads = bool(pleads and (not asks or people or not self.said["aanwijst"].isdisjoint(typed)))
        forms = tuple(self._forms(word) for word in question.words)
        spoken_of = [role.places for role in question.roles] + [one.places for one in question.organisations]
        others = tuple(at for at in spoken_of if not named & at)
        return Part(question.words, forms, people, days, others, (asks or turned) and not (pleads or named_only), pleads, explains)

    def _asks_for_it(self, typed: list[str]) -> bool:
        """Whether it asks to do something with what was spoken of: "mag hij in de wacht"."""
        return len(typed) > 1 and typed[0] in self.said["verzoek"] and typed[1] in self.said["aanwijst"] | {"hij"}

    def _forms(self, word: Word) -> frozenset[str]:
        near = () if word.known else self._spelling.near(word.typed, SLIP)
        whole = {word.typed, word.lemma} if len(word.lemma) > LOOSE else {word.typed}
        meant = self._same.get(word.typed)
        return frozenset({*whole, *({meant} if meant else ()), *(found for found, _ in near)})


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


def _same_as(rows: Iterable[str]) -> Mapping[str, str]:
    """What each hurried spelling stands for."""
    return {typed: row.split()[0] for row in rows for typed in row.split()[1:]}


def _people(question: Question) -> tuple[tuple[Named, frozenset[int]], ...]:
    """Who is named, and where; of names that stand on the same words and fit as well it may be either."""
    spots: list[tuple[list[str], frozenset[int], float]] = []
    for spot in question.people:
        same = next((one for one in spots if one[1] & spot.places), None)
        if same is None:
            spots.append(([spot.target], spot.places, spot.share))
        elif spot.places == same[1] and abs(spot.share - same[2]) < SAME:
            same[0].append(spot.target)
    return tuple((Named(tuple(ids), _is_whole(question.words, at, share)), at) for ids, at, share in spots)


def _is_whole(words: tuple[Word, ...], at: frozenset[int], share: float) -> bool:
    """Whether no other first name stands before a name of which a piece was said: "Jan Roelofs" is not Gijs Roelofs."""
    before = words[min(at) - 1] if min(at) else None
    return share > IN_FULL or before is None or before.known or len(before.typed) < 3
