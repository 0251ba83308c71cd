"""Finds the people, organisations, wijken and towns of a network in what somebody typed, typing errors and all.

An inverted index over the words of all names; a candidate is judged by the share of its name that was said. The cost depends on
how rare the typed words are in the network, not on how large the network is.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from knowledge.spelling import Spelling
from knowledge.text import split

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.network import Network
    from knowledge.text import Word

Kind = Literal["person", "organisation", "wijk", "municipality"]

SMALL_WORDS = frozenset(
    "de het een t s n d van voor der den ter ten te op aan bij in uit en of la le el al ben von du da dos des".split()
)
"""Articles and tussenvoegsels: part of a name, but nobody is known by them."""

TYPE_WORDS = frozenset(
    """school basisschool college lyceum gymnasium scholengemeenschap sg obs cbs rkbs kbs roc mbo vmbo havo vwo vso so sbo po vo
    locatie vestiging afdeling politie basisteam team eenheid gemeente bureau leerplicht rmc halt ggd wijkteam sociaal jeugdteam
    veilig thuis raad kinderbescherming jeugdreclassering kantoor regio praktijkschool middelbare christelijk openbaar dienst
    jeugdhulp veiligheidshuis samenwerkingsverband stichting wijk stad dorp""".split()
)
"""Words that say what kind of place it is; alone they name no place."""

BUDGET = 1_500
"""Candidates that are judged at the most: enough for every name, and a bound on the time of one question."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Something of the network that was named: what, how much of its name was said (0-1), by which words, how surely."""

    kind: Kind
    target: str
    share: float
    weight: float
    places: frozenset[int]
    exact: bool

    @property
    def likeness(self) -> float:
        return self.share * self.weight


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
        self._postings: dict[str, list[int]] = defaultdict(list)
        for number, entry in enumerate(self._entries):
            for word in dict.fromkeys(entry.words):
                self._postings[word].append(number)
        total = max(len(self._entries), 1)
        self._weights = {
            word: (0.12 if word in SMALL_WORDS else 0.5 if word in TYPE_WORDS else 1.0 + math.log(total / len(found)) / 4)
            for word, found in self._postings.items()
        }
        self._sums = [sum(self._weights[word] for word in entry.words) or 1.0 for entry in self._entries]
        self._spelling = Spelling(word for word in self._postings if word not in SMALL_WORDS)
        places = {word for entry in self._entries if entry.kind != "person" for word in entry.words}
        self._places = sorted(word for word in places if word not in SMALL_WORDS and word not in TYPE_WORDS)
        self._person_words = {word for entry in self._entries if entry.kind == "person" for word in entry.words}

    def spot(self, words: tuple[Word, ...], skip: frozenset[int] = frozenset()) -> tuple[Spot, ...]:
        """All that is named in the words, surest first; words at the places in `skip` already mean something else."""
        by_word: dict[str, list[_Heard]] = defaultdict(list)
        for heard in self._hear(words, skip):
            by_word[heard.word].append(heard)
        spots = [spot for number in self._candidates(by_word) if (spot := self._judge(number, by_word)) is not None]
        return _settle(spots)

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
                for found, likeness in self._spelling.near(typed, 0.8):
                    yield _Heard(found, likeness, exact=False, places=here)
            for found in self._beginning_with(typed):
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
        """Names of places that begin with what was typed: people say "Sluis" and mean the Sluiscollege."""
        if len(typed) < 4 or typed in TYPE_WORDS:
            return []
        found = []
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

    def _candidates(self, by_word: dict[str, list[_Heard]]) -> set[int]:
        telling = [word for word in by_word if word not in SMALL_WORDS]
        telling.sort(key=lambda word: len(self._postings[word]))
        found: set[int] = set()
        for word in telling:
            posting = self._postings[word]
            if len(found) + len(posting) <= BUDGET:
                found.update(posting)
                continue
            # Too many bear this word: only those that bear another spoken word as well.
            for other in telling:
                if other != word and len(found) < BUDGET:
                    found.update(list(set(posting).intersection(self._postings[other]))[:BUDGET])
        return found

    def _judge(self, number: int, by_word: dict[str, list[_Heard]]) -> Spot | None:
        entry = self._entries[number]
        said, exact, telling = 0.0, True, False
        places: set[int] = set()
        for word in entry.words:
            if word not in by_word:
                exact = False
                continue
            heard = max(by_word[word], key=lambda one: (one.likeness, len(one.places)))
            said += self._weights[word] * heard.likeness
            places.update(heard.places)
            exact = exact and heard.exact
            telling = telling or (word not in SMALL_WORDS and word not in TYPE_WORDS)
        share = said / self._sums[number]
        if not telling:  # "Veilig Thuis" is a name only when it is said in one breath
            if share < 0.95 or max(places) - min(places) >= len(entry.words):
                return None
        elif share < (0.3 if entry.kind == "person" else 0.4):
            return None
        return Spot(entry.kind, entry.target, min(share, 1.0), said, frozenset(places), exact)


def _entries(network: Network) -> Iterable[_Entry]:
    for organisation in network.organisations:
        for name in dict.fromkeys((organisation.name, *organisation.also_known_as)):
            if words := tuple(split(name)):
                yield _Entry("organisation", organisation.id, words)
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


def _settle(spots: list[Spot]) -> tuple[Spot, ...]:
    """One spot a target, its best; what is said better by others over the same words is left out."""
    best: dict[tuple[str, str], Spot] = {}
    for spot in spots:
        known = best.get((spot.kind, spot.target))
        if known is None or (len(spot.places), spot.weight, spot.share) > (len(known.places), known.weight, known.share):
            best[(spot.kind, spot.target)] = spot
    ranked = sorted(best.values(), key=lambda spot: (-len(spot.places), -round(spot.weight, 3), -spot.share, spot.target))
    kept: list[Spot] = []
    for spot in ranked:
        if not any(_beats(other, spot) for other in kept):
            kept.append(spot)
    return tuple(sorted(kept, key=lambda spot: (-round(spot.weight, 3), -round(spot.share, 3), not spot.exact, spot.target)))


def _beats(other: Spot, spot: Spot) -> bool:
    """Whether `other` explains the same words better. Two that share a word stay side by side when both are likely."""
    if (other.kind == "person") != (spot.kind == "person") or not spot.places <= other.places:
        return False
    if len(spot.places) < len(other.places):
        return True
    if other.exact and other.share > 0.97:
        return not (spot.exact and spot.share > 0.97)  # two who bear the same whole name
    # A whole name without its article ("sluis") leaves the longer names that begin so in the race.
    return other.weight > spot.weight * 1.35
