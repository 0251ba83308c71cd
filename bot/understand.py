"""What somebody means: who and where they name, which roles, which subject, and whether they want a person or an answer.

A message becomes one `Question`; nothing is decided here about who may know what.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from bot.introduced import introduces
from bot.sureness import Said, is_enough
from knowledge.danger import DangerEar
from knowledge.find import Finder
from knowledge.loose_words import CASES, case_of, is_pupil
from knowledge.phrases import Found, Phrases
from knowledge.remembered import forget_typed
from knowledge.staying_away import PUPILS
from knowledge.text import clean, read, split

if TYPE_CHECKING:
    from knowledge.library import Library
    from knowledge.models import DangerRule
    from knowledge.names import Names
    from knowledge.spots import Spot
    from knowledge.tally import Hit
    from knowledge.text import Word

_LEFT_OUT = re.compile(r"\[[a-z -]{3,20}\]")
"""What the guard put in the place of somebody's data: "[e-mailadres] spijbelt al weken"."""

_SHORT = re.compile(r"\bv\s?[/.]\s?([dh])\b\.?", re.IGNORECASE)
"""'v/d Ster', 'v.h. lyceum'."""

_CASE = re.compile(r"(?<=\S )(?:casus )?([KNP])\b\.?")
"""A letter in capitals within a sentence is one of the pupils of the cases: "moest K blijven zitten"."""

_TIMES = re.compile(r"(\d{1,3})x")

NO_ROLE = ""
"""The meaning of what only looks like a role."""

CONTACT, FEW_WORDS = "contact", 4
"""In few words it only asks for somebody: "contact Lindecollege"; in more it may be what is asked about."""

FOR_SOMEBODY = frozenset({"bellen", "nummer", "wie", "weg"})
"""The cues with which people ask for a person or their number."""

BEFORE = "vooraf"
"""The words before a continuation that say nothing themselves."""

OPENINGS = frozenset({"begin", "plek"})
"""Continuations behind which the other case or place follows."""

MUCH, PART_OF_NAME = 14, 0.75
"""Who says more words tells much that is beside the point; below this share only a part of a name is said."""

NEARLY_AS_WELL = 0.85
"""From this share of the best score something else may be meant."""

ASKS_FIRST = frozenset(
    """wat hoe waarom wanneer waar waarvoor welk welke wie mag mogen moet moeten kan kun kunnen is zijn heeft hebben hoeveel hoelang
    krijgt krijgen wordt worden doet doen gaat gaan geldt vanaf tot bij voor binnen in op noem geef vertel""".split()
)
"""A message that begins with one of these asks."""

ASKS = frozenset({"wat", "hoe", "waarom", "wanneer", "welk", "welke", "hoeveel", "hoelang", "waarvoor"})

@dataclass(frozen=True)
class Question:
    """A message, understood. All tuples are ordered, surest or first first."""

    text: str
    words: tuple[Word, ...]
    danger: DangerRule | None
    roles: tuple[Found, ...]
    around: tuple[Found, ...]
    people: tuple[Spot, ...]
    organisations: tuple[Spot, ...]
    wijken: tuple[Spot, ...]
    towns: tuple[Spot, ...]
    cues: tuple[Found, ...]
    subjects: tuple[Hit, ...]
    rest: tuple[str, ...]
    """The telling words that are no name, role or cue."""
    outside: bool
    """Whether a word of a subject is said that the assistant knows nothing of."""
    own_life: bool  # "hoe stop ik met roken"
    strange: bool
    """Whether a word is said that no dictionary, name or content knows: perhaps a name that is not in the list."""

    def _asks_whom(self) -> bool:
        """Whether somebody asks in so many words whom to call: then one word of our subject tells more."""
        last = len(self.words) > FEW_WORDS and self.words[-1].typed == "wie"
        return last or any(cue.meaning in {"bellen", "nummer"} and cue.end - cue.start > 1 for cue in self.cues)

    @cached_property
    def wishes(self) -> frozenset[str]:
        return frozenset(cue.meaning for cue in self.cues)

    @property
    def asks_for_somebody(self) -> bool:
        """Whether the words ask for a person or their number."""
        return bool(self.wishes & FOR_SOMEBODY)

    @property
    def newcomer(self) -> bool:
        """Whether somebody tells of a person who is to come into the list: "nieuwe medewerker", "er is een nieuwe mentor"."""
        if self.wishes & {"wie", "bellen", "nummer"} or self.text.rstrip().endswith("?"):
            return False
        new = {place for place, word in enumerate(self.words) if word.lemma == "nieuw" or word.typed == "nieuwe"}
        return "nieuw-iemand" in self.wishes or any(found.start - 1 in new for found in self.roles)

    @cached_property
    def tells_of_pupil(self) -> bool:
        """Whether something is told of a pupil and nothing is asked: whoever does wants to know where to go."""
        if len(self.words) < FEW_WORDS or self.outside or "weten" in self.wishes or self.text.rstrip().endswith("?"):
            return False
        typed = {word.typed for word in self.words}
        return self.words[0].typed not in ASKS_FIRST and typed.isdisjoint(ASKS) and not typed.isdisjoint(PUPILS)

    def best(self, what: Literal["situation", "topic"]) -> Hit | None:
        return next((hit for hit in self.subjects if hit.what == what), None)

    def explains(self, what: Literal["situation", "topic"]) -> float:
        """The share of the question that what fits best explains."""
        hit = self.best(what)
        return hit.explained if hit else 0.0

    def sure(self, what: Literal["situation", "topic"]) -> Hit | None:
        """What fits best, when it explains enough to answer with: one chance word among strange ones is no subject.

        What fits nearly as well goes before it when that is told by its own words and the best is not.
        """
        best = self.best(what)
        if best is None or (self.rest and not self.roles and all(word.isdigit() and len(word) < 3 for word in self.rest)):
            return None  # "hoeveel is 17 keer 24": an age or a number of hours alone is no subject
        near = (hit for hit in self.subjects if hit.what == what and hit.score >= NEARLY_AS_WELL * best.score)
        return next((hit for hit in near if self._is_enough(hit)), None)

    def _is_enough(self, hit: Hit) -> bool:
        """Whether something that fits explains enough of the question."""
        asked = hit.what == "situation" and not self.wishes.isdisjoint({"bellen", "nummer"})
        called = hit.what == "situation" and (self._asks_whom() or self.tells_of_pupil)
        much = len(self.words) > MUCH
        return is_enough(hit, Said(called=called, asked=asked, outside=self.outside, own_life=self.own_life, much=much))


class Understanding:
    """Everything that is needed to understand messages about one network."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.finder = Finder(library)
        self.danger = DangerEar(library.danger)
        named = {role.id: [role.name, *role.words] for role in library.roles.values()}
        self._roles = Phrases({**named, NO_ROLE: library.language["geen-rol"]})
        self._around = Phrases({role.id: role.around for role in library.roles.values() if role.around})
        lists: dict[str, list[str]] = {}
        for checklist in library.checklists.values():
            turned = (" ".join(reversed(one.split())) for one in checklist.begin if len(one.split()) == 2)
            lists.setdefault(checklist.flow, []).extend((*checklist.begin, *turned))  # "pers checklist" as well
        self._cues = Phrases({**library.language["bedoelingen"], **lists}, literal=True)
        self._goes_on = Phrases(library.continuations, literal=True)
        self._explained = Phrases({one.id: one.words for one in library.explanations.values()}, literal=True)
        self._before = frozenset(library.continuations[BEFORE])
        self._outside = frozenset(split(library.language["buiten"]))
        self._own_life = Phrases({"": library.language["buiten-eigen"]}, literal=True)
        self._respelled: dict[str, str] = library.language["schrijfwijzen"]
        self._latest: tuple[str, Names, Question] | None = None
        """What was read last: everybody who looks at a message reads it, one after the other."""

    def read(self, text: str, names: Names) -> Question:
        """Understands one message. Never raises, whatever the text holds."""
        if self._latest is None or self._latest[0] != text or self._latest[1] is not names:
            self._latest = text, names, self._read(text, names)
        return self._latest[2]

    def forget(self) -> None:
        """Takes out of memory all that was read."""
        self._latest = None
        self.finder.forget()
        forget_typed()

    def asked_for(self, text: str, names: Names, *, asks: bool) -> tuple[tuple[str, frozenset[str]], ...]:
        """The names in a text that asks for a person, in so many words or by a role and little else: of each its kind and its words
        as they are typed. The rest of the text is not read. `asks`: that it asks is known already.
        """
        words = self._respell(read(_LEFT_OUT.sub(" ", text)), names)
        asks = asks or any(cue.meaning in FOR_SOMEBODY for cue in self._cues.find(words))
        roles = self._roles_in(words)
        if not asks and not (len(words) <= FEW_WORDS and roles):
            return ()
        spots = names.spot(words, _places_of(roles))
        return tuple((spot.kind, frozenset(words[place].typed for place in spot.places)) for spot in spots)

    def _read(self, text: str, names: Names) -> Question:
        words = self._respell(read(_CASE.sub(r"casus \1", _SHORT.sub(r"v\1", _LEFT_OUT.sub(" ", text)))), names)
        roles = self._roles_in(words)
        role_places = _places_of(roles)
        spots = [spot for spot in names.spot(words, role_places) if not self._is_everyday(spot, words)]
        heard, words = words, self.finder.respelled(words, role_places.union(*(spot.places for spot in spots)))
        cues = self._cues.find(words)
        asks = any(cue.meaning in FOR_SOMEBODY for cue in cues)
        around = tuple(found for found in self._around.find(words) if not found.places & role_places)
        named = frozenset(place for spot in spots if spot.kind != "person" or spot.share > 0.6 for place in spot.places)
        spoken_of = frozenset(place for found in around for place in found.places)
        subject_skip = named - role_places - spoken_of  # "politie" may be a name of the list; it tells of the subject as well
        rest = self.finder.terms(word for place, word in enumerate(words) if place not in named | role_places)
        cue_words = {word for cue in cues for place in cue.places for word in (words[place].lemma, words[place].typed)}
        own_life = bool(self._own_life.find(words))
        return Question(
            text=clean(text),
            words=words,
            danger=self.danger.hears(heard, text),
            roles=tuple(one for one in roles if one.likeness > 0.8 and not (asks and introduces(words, one))),
            around=around,
            people=tuple(spot for spot in spots if spot.kind == "person"),
            organisations=tuple(spot for spot in spots if spot.kind == "organisation"),
            wijken=tuple(spot for spot in spots if spot.kind == "wijk"),
            towns=tuple(spot for spot in spots if spot.kind == "municipality"),
            cues=cues,
            subjects=tuple(self.finder.find(words, subject_skip, most=10)),
            strange=self._is_strange(words, named | role_places, cues, around),
            outside=own_life or self._is_outside(words, named.union(*(one.places for one in spots if len(one.places) > 1))),
            own_life=own_life,
            rest=tuple(term for term in rest if term not in cue_words and not (term == CONTACT and len(words) <= FEW_WORDS)),
        )

    def _is_everyday(self, spot: Spot, words: tuple[Word, ...]) -> bool:
        """Whether one word of a name is only a word that everybody uses: "wie helpt hem verder" names no "Samen Verder"."""
        part = spot.kind in {"organisation", "wijk"} and spot.share < PART_OF_NAME and len(spot.places) == 1
        return part and self.finder.is_everyday(words[min(spot.places)])

    def _roles_in(self, words: tuple[Word, ...]) -> tuple[Found, ...]:
        """The roles that are named; "welk boek raad je aan" names none."""
        return tuple(found for found in self._roles.find(words) if found.meaning != NO_ROLE)

    def _is_outside(self, words: tuple[Word, ...], named: frozenset[int]) -> bool:
        """Whether a word of a subject that is not ours is said, which is not in a name: "het vriest", not "de Vries"."""
        return any(
            place not in named and not self._outside.isdisjoint((word.typed, word.lemma)) for place, word in enumerate(words)
        )

    def _is_strange(
        self, words: tuple[Word, ...], meant: frozenset[int], cues: tuple[Found, ...], around: tuple[Found, ...]
    ) -> bool:
        known = meant.union(*(found.places for found in (*cues, *around)))
        return any(
            place not in known and not word.known and word.typed.isalpha() and len(word.typed) > 3 and not self.finder.knows(word)
            for place, word in enumerate(words)
        )

    def continuation(self, question: Question) -> str | None:
        """How a message goes on from the answer before it, None when it does not: the expression stands at its beginning.

        Words such as "oke" may stand before it; behind it nothing that tells, but where another case or place begins with it.
        """
        words = question.words
        first = next((place for place, word in enumerate(words) if word.typed not in self._before), len(words))
        found = [one for one in self._goes_on.find(words) if one.meaning != BEFORE and one.start <= first]
        if not found:
            return None
        longest = max(found, key=lambda one: one.end)
        return longest.meaning if longest.meaning in OPENINGS or self._tells_nothing(question, longest.end) else None

    def asks_about_itself(self, question: Question) -> str | None:
        """What is asked about the assistant itself, when all that tells something is in it; None when it is something else."""
        found = max(self._explained.find(question.words), key=lambda one: one.end - one.start, default=None)
        if found is None:
            return None
        other = (word for place, word in enumerate(question.words) if place not in found.places)
        return None if any(self.finder.telling(word) for word in other) else found.meaning

    def _tells_nothing(self, question: Question, start: int) -> bool:
        """Whether no word from this place on says anything: "wie dan", "nu ook"."""
        named = [spot.places for spot in (*question.organisations, *question.wijken, *question.towns)]
        if any(max(places) >= start for places in (*named, *(found.places for found in question.roles))):
            return False
        return not any(self.finder.telling(word) for word in question.words[start:])

    def _respell(self, words: tuple[Word, ...], names: Names | None = None) -> tuple[Word, ...]:
        """Short and spoken spellings in full: "wi" is "wie", "vh" is "van het"; but Mo of the network stays Mo."""
        found: list[Word] = []
        for place, word in enumerate(words):
            if word.typed in CASES and place and case_of(words[place - 1].typed, word.typed) and is_pupil(words, place):
                found.append(word)
                continue
            times = _TIMES.fullmatch(word.typed)
            named = names is not None and names.knows(word.typed)
            full = f"{times[1]} keer" if times else None if named else self._respelled.get(word.typed)
            found.extend(read(full) if full else (word,))
        return tuple(found)


def _places_of(roles: tuple[Found, ...]) -> frozenset[int]:
    """Where a role is surely said: no name stands there."""
    return frozenset(place for found in roles if found.likeness > 0.85 for place in found.places)
