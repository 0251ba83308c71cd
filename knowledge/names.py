"""Finds the people, organisations, wijken and towns of a network in what somebody typed, typing errors and all.

An inverted index over the words of all names; a candidate is judged by the share of its name that was said. The cost depends on
how rare the typed words are in the network, not on how large the network is.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.spelling import FarSpelling, likest
from knowledge.spots import Spot, settle
from knowledge.text import split

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from knowledge.network import Network
    from knowledge.spots import Kind
    from knowledge.text import Word

SMALL_WORDS = frozenset(
    "de het een t s n d van voor der den ter ten te op aan bij in uit om en of la le el al ben von du da dos des".split()
)
"""Articles and tussenvoegsels: part of a name, but nobody is known by them."""

ASKING_WORDS = frozenset("waar waarom wanneer welke naar voor over onder door daar hier deze hoeveel achter tegen".split())
"""Everybody says them: "waar is mijn jas" does not begin the name of the Waardencollege."""

TYPE_WORDS = frozenset(
    """school basisschool college lyceum gymnasium scholengemeenschap sg obs cbs rkbs kbs roc mbo vmbo havo vwo vso so sbo po vo
    locatie vestiging afdeling politie basisteam team eenheid gemeente bureau leerplicht rmc halt ggd wijkteam sociaal jeugdteam
    veilig thuis raad kinderbescherming jeugdreclassering kantoor regio praktijkschool middelbare christelijk openbaar dienst
    jeugdhulp veiligheidshuis samenwerkingsverband stichting wijk stad dorp""".split()
)
"""Words that say what kind of place it is; alone they name no place."""

BUDGET = 1_500
"""Candidates that are judged at the most: enough for every name, and a bound on the time of one question."""


FEW_BEARERS = 500
WHOLE = 0.75
"""With a greater share of the name nobody doubts who is meant; else the other words are held against at most so many people."""

MANY_BEARERS = 50
"""When more bear a name it tells little beside the place that was named."""

MANY_PLACES = 12
"""Of so many places that may be named the people are looked at."""


@dataclass(frozen=True, slots=True)
class _Heard:
    word: str
    likeness: float
    exact: bool
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: Kind
    target: str
    words: tuple[str, ...]


class Names:
    """The names of one network, ready to be recognised."""

    def __init__(self, network: Network) -> None:
        self._entries = list(_entries(network))
        self._first_person = next((at for at, entry in enumerate(self._entries) if entry.kind == "person"), len(self._entries))
        self._postings: dict[str, list[int]] = defaultdict(list)
        self._kinds_only: list[int] = []
        for number, entry in enumerate(self._entries):
            for word in dict.fromkeys(entry.words):
                self._postings[word].append(number)
            if all(word in SMALL_WORDS or word in TYPE_WORDS for word in entry.words):
                self._kinds_only.append(number)
        total = max(len(self._entries), 1)
        self._weights = {
            word: (0.12 if word in SMALL_WORDS else 0.5 if word in TYPE_WORDS else 1.0 + math.log(total / len(found)) / 4)
            for word, found in self._postings.items()
        }
        self._sums = [sum(self._weights[word] for word in entry.words) or 1.0 for entry in self._entries]
        self._spelling = FarSpelling(word for word in self._postings if word not in SMALL_WORDS)
        places = {word for entry in self._entries[: self._first_person] for word in entry.words}
        self._places = sorted(word for word in places if word not in SMALL_WORDS and word not in TYPE_WORDS)
        houses = {word for entry in self._entries[: self._first_person] if entry.kind == "organisation" for word in entry.words}
        self._districts = frozenset(places - houses)
        self._people_of: dict[str, list[int]] = defaultdict(list)
        at = {entry.target: self._first_person + place for place, entry in enumerate(self._entries[self._first_person :])}
        for person in network.people:
            if person.id in at:
                self._people_of[person.organisation].append(at[person.id])

    def knows(self, word: str) -> bool:
        """Whether a folded word is in a name by which somebody or something is known."""
        return word in self._postings and word not in SMALL_WORDS

    def spot(self, words: tuple[Word, ...], skip: frozenset[int] = frozenset()) -> tuple[Spot, ...]:
        """All that is named in the words, surest first; words at the places in `skip` already mean something else."""
        by_word: dict[str, list[_Heard]] = defaultdict(list)
        for heard in self._hear(words, skip):
            by_word[heard.word].append(heard)
        places = settle(self._judged(self._candidates(by_word, 0, self._first_person, ()), by_word))
        named = {spot.target: spot.places for spot in places if spot.kind == "organisation" and spot.share > 0.6}
        colleagues = [number for target in list(named)[:MANY_PLACES] for number in self._people_of.get(target, ())]
        if colleagues:
            taken = skip.union(*named.values())
            for heard in self._hear_among(colleagues, [one for one in enumerate(words) if one[0] not in taken]):
                by_word[heard.word].append(heard)
        numbers = self._candidates(by_word, self._first_person, len(self._entries), colleagues)
        people = list(self._judged(numbers, by_word))
        if people and not colleagues and len(numbers) <= FEW_BEARERS and max(spot.share for spot in people) < WHOLE:
            taken = skip.union(*named.values(), *(spot.places for spot in people))
            more = list(self._hear_among(numbers, [one for one in enumerate(words) if one[0] not in taken]))
            for heard in more:
                by_word[heard.word].append(heard)
            people = list(self._judged(numbers, by_word)) if more else people
        return settle([*places, *(spot for spot in people if not any(_is_rather(place, spot) for place in places[:MANY_PLACES]))])

    def _hear_among(self, people: Iterable[int], words: list[tuple[int, Word]]) -> Iterable[_Heard]:
        """Of the people of a place or with a name that was said another name may be spoiled further: few could be meant."""
        known = {one for number in people for one in self._entries[number].words if one not in SMALL_WORDS and len(one) > 3}
        for place, word in words:
            if len(word.typed) < 5 or word.typed in TYPE_WORDS or (word.typed in self._postings and not word.known):
                continue
            for found, likeness in likest(word.typed, known, most=2):
                if likeness >= (0.8 if word.known else 0.6):
                    yield _Heard(found, likeness, exact=False, places=(place,))

    def _hear(self, words: tuple[Word, ...], skip: frozenset[int]) -> Iterable[_Heard]:
        """The words of names that the typed ones may stand for, with their likeness and where they were typed."""
        for place, word in enumerate(words):
            typed, here = word.typed, (place,)
            known_name = typed in self._postings
            if known_name and (place not in skip or typed in SMALL_WORDS):
                yield _Heard(typed, 1.0, exact=True, places=here)
            if place in skip or typed in SMALL_WORDS:
                continue
            if not known_name and not (word.known and len(typed) < 9):
                for found, likeness in self._spelling.far(typed, 0.8 if word.known or len(typed) < 7 else 0.74):
                    yield _Heard(found, likeness, exact=False, places=here)
            for found in self._beginning_with(typed):
                if word.known and found in self._districts and place and words[place - 1].typed in {"het", "de", "t"}:
                    continue  # who hangs about "bij het station" is not in the Stationskwartier
                yield _Heard(found, 0.8, exact=False, places=here)
            if place + 1 < len(words) and place + 1 not in skip:
                yield from self._joined(word, words[place + 1], (place, place + 1))
            if not known_name and len(typed) >= 6:
                for part in self._parts(typed):
                    yield _Heard(part, 0.95, exact=False, places=here)

    def _joined(self, first: Word, second: Word, places: tuple[int, ...]) -> Iterable[_Heard]:
        """Two words that are one in the name: "duin lyceum"."""
        joined = first.typed + second.typed
        if joined in self._postings:
            yield _Heard(joined, 1.0, exact=True, places=places)
        elif not (first.known and second.known) and first.typed not in SMALL_WORDS and second.typed not in SMALL_WORDS:
            for found, likeness in self._spelling.near(joined, 0.86):
                yield _Heard(found, likeness, exact=False, places=places)

    def _beginning_with(self, typed: str) -> list[str]:
        """Names of places that begin with what was typed: people say "Linde" and mean the Lindecollege."""
        if len(typed) < 4 or typed in TYPE_WORDS or typed in ASKING_WORDS:
            return []
        found: list[str] = []
        for number in range(bisect_left(self._places, typed), len(self._places)):
            word = self._places[number]
            if not word.startswith(typed) or len(found) > 12:
                break
            if len(word) - len(typed) >= 3:
                found.append(word)
        return found

    def _parts(self, typed: str) -> tuple[str, ...]:
        """The two words of names that were written as one: "roctechniekweg"."""
        for cut in range(3, len(typed) - 2):
            if typed[:cut] in self._postings and typed[cut:] in self._postings:
                return typed[:cut], typed[cut:]
        return ()

    def _candidates(self, by_word: dict[str, list[_Heard]], first: int, end: int, among: Collection[int]) -> set[int]:
        """The entries from `first` up to `end` that may be meant. Of a word that many bear only those that are `among` the
        likely ones or bear another spoken word as well.
        """
        found = {
            number for number in self._kinds_only if first <= number < end and by_word.keys() >= set(self._entries[number].words)
        }
        postings = []
        for word in by_word:
            if word not in SMALL_WORDS and word not in TYPE_WORDS:
                posting = self._postings[word]
                postings.append(posting[bisect_left(posting, first) : bisect_left(posting, end)])
        postings.sort(key=len)
        for place, posting in enumerate(postings):
            likely = set(among).intersection(posting) if len(posting) > MANY_BEARERS else ()
            if not likely and len(found) + len(posting) <= BUDGET:
                found.update(posting)
                continue
            found.update(likely)
            bearers = set(posting)
            for other in postings[:place]:
                found.update(list(bearers.intersection(other))[:BUDGET])
        return found

    def _judged(self, numbers: Iterable[int], by_word: dict[str, list[_Heard]]) -> Iterable[Spot]:
        return (spot for number in numbers if (spot := self._judge(number, by_word)) is not None)

    def _judge(self, number: int, by_word: dict[str, list[_Heard]]) -> Spot | None:
        entry = self._entries[number]
        said, exact, telling = 0.0, True, False
        places: set[int] = set()
        # From the end: a small word counts only before something of the same name ("Jan van de Zuidschool" is no Van de Ven).
        for word in reversed(entry.words):
            chances = by_word.get(word, ())
            if word in SMALL_WORDS:
                chances = [one for one in chances if one.places[-1] + 1 in places]
            if not chances:
                exact = False
                continue
            heard = chances[0] if len(chances) == 1 else max(chances, key=lambda one: (one.likeness, len(one.places)))
            said += self._weights[word] * heard.likeness
            places.update(heard.places)
            exact = exact and heard.exact
            telling = telling or (word not in SMALL_WORDS and word not in TYPE_WORDS)
        share = said / self._sums[number]
        if not telling:  # "Veilig Thuis" is a name only when it is said in one breath, "OM" alone is a word of every sentence
            if SMALL_WORDS.issuperset(entry.words) or share < 0.95 or max(places) - min(places) >= len(entry.words):
                return None
        elif share < (0.3 if entry.kind == "person" else 0.4):
            return None
        return Spot(entry.kind, entry.target, min(share, 1.0), said, frozenset(places), exact)


def _is_rather(place: Spot, person: Spot) -> bool:
    """Whether words that might be half the name of a person clearly name a place."""
    return place.share > 0.8 and person.share < 0.6 and person.places <= place.places and place.weight > person.weight * 1.15


def _entries(network: Network) -> Iterable[_Entry]:
    for organisation in network.organisations:
        for name in dict.fromkeys((organisation.name, *organisation.also_known_as)):
            if words := tuple(split(name)):
                yield _Entry("organisation", organisation.id, words)
                if words[0] == "t" and len(words) > 1:  # 't Lyceum
                    yield _Entry("organisation", organisation.id, ("het", *words[1:]))
    wijken = {organisation.wijk for organisation in network.organisations if organisation.wijk}
    towns = {organisation.municipality for organisation in network.organisations if organisation.municipality}
    served = {place for person in network.people for place in person.serves if place not in network.organisation_by_id}
    towns.add(network.municipality)
    for town in sorted(towns):
        if words := tuple(split(town)):
            yield _Entry("municipality", town, words)
    for wijk in sorted((wijken | served) - towns):
        if words := tuple(split(wijk)):
            yield _Entry("wijk", wijk, words)
    for person in network.people:
        if words := tuple(split(person.name)):
            yield _Entry("person", person.id, words)
