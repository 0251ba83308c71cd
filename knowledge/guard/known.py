"""The names that may be said: people, organisations, wijken and towns of the network itself."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from knowledge.guard.lexicon import lexicon
from knowledge.guard.tokens import folded, parts_of
from knowledge.lookalikes import LOOKALIKES
from knowledge.names import SMALL_WORDS, TYPE_WORDS
from knowledge.text import split

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.network import Network

ALIKE = 88
"""Of 100: a name that is so like one of the network is that name with a typing error."""

FEW_PEOPLE = 2_000
"""In a larger network a single misspelled word is not held against everybody."""

MOST_BEARERS = 200


_SMALL = SMALL_WORDS | {"vd", "vdr", "vant", "vande", "vander", "v", "h"}
"""Also as they are typed in haste: "wout vd broek"."""


SHORTEST = 3
"""Letters of a word in which a slip can still be told."""


class Known:
    """The names of one network."""

    def __init__(self, network: Network, *, people: bool = True) -> None:
        """Without `people` only its places are known: a stranger could find out by trying who is in the list."""
        known = network.people if people else ()
        self._people = [tuple(word for word in split(person.name.translate(LOOKALIKES)) if word not in _SMALL) for person in known]
        self._bearers: dict[str, list[int]] = defaultdict(list)
        for number, words in enumerate(self._people):
            for word in dict.fromkeys(words):
                self._bearers[word].append(number)
        self._behind = frozenset(
            piece
            for person in known
            for word in person.name.split()[:1]
            for piece in split(word)[1:]
            if len(self._bearers[piece]) == 1
        )
        """Second halves of a first name: Fleur is not Anne-Fleur."""
        for number, person in enumerate(known):
            if len(pieces := split(person.name.split()[0])) > 1:
                self._bearers["".join(pieces)].append(number)  # Annefleur
        self._spelled = list(self._bearers) if len(self._people) <= FEW_PEOPLE else []
        self.place_words, phrases = _places(network)
        self._phrases: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for phrase in phrases:
            if phrase:
                self._phrases[phrase[0]].append(phrase)

    def phrases_from(self, first: str) -> Sequence[tuple[str, ...]]:
        """The names of places that begin with this word."""
        return self._phrases.get(first, ())

    def is_person(self, words: Sequence[str]) -> bool:
        """Whether these words (folded, in order) are the name of one person or half of it, give or take a letter."""
        telling = [piece for word in words for piece in split(word) if piece not in _SMALL]
        if not telling:
            return True
        if len(telling) == 1 and telling[0] in self._behind:
            return False
        bearers = [set(self._bearers.get(word, ())) for word in telling]
        if all(bearers) and (len(telling) == 1 or set.intersection(*bearers)):
            return True
        if len(telling) == 1:
            return len(telling[0]) > SHORTEST and not _is_name(telling[0]) and self._alike(telling[0])
        near = dict.fromkeys(number for found in bearers for number in list(found)[:MOST_BEARERS])
        joined, people = " ".join(telling), [self._people[number] for number in near]
        wed = any("-" in word for word in words[1:])
        return any(
            fuzz.ratio(joined, " ".join(name)) >= ALIKE or _is_slip(telling, name) or _is_form(telling, name, wed=wed)
            for name in people
        )

    def _alike(self, word: str) -> bool:
        """Whether a single word is one of somebody's with a slip of the finger: "linad", "wilems"."""
        if word in lexicon().any_last:
            return False
        slip = process.extractOne(word, self._spelled, scorer=OSA.distance, score_cutoff=1)
        like = process.extractOne(word, self._spelled, scorer=fuzz.ratio, score_cutoff=ALIKE) if len(word) > SHORTEST + 1 else None
        name = slip[0] if slip else like[0] if like else ""
        return len(name) > SHORTEST and (name[0] == word[0] or sorted(name) == sorted(word))


def _is_slip(typed: Sequence[str], name: Sequence[str]) -> bool:
    """Whether one word of a name has one slip of the finger, and is no name itself: "tim bso", "leike gerritsma"."""
    name = name[: len(typed)]
    if len(typed) != len(name):
        return False
    other = [(one, right) for one, right in zip(typed, name, strict=True) if one != right]
    if len(other) != 1 or min(len(word) for word in other[0]) < SHORTEST:
        return False
    return OSA.distance(*other[0]) == 1 and not _is_name(other[0][0]) and other[0][0] not in lexicon().any_last


def _is_form(typed: Sequence[str], name: Sequence[str], *, wed: bool) -> bool:
    """Whether this is a first name with the initial of a surname ("Wendy M."), or a whole name with one more surname behind."""
    if len(typed[-1]) == 1:
        first, initial = list(typed[:-1]), typed[-1]
        return first == list(name[: len(first)]) and any(word.startswith(initial) for word in name[len(first) :])
    return wed and len(typed) > len(name) > 1 and list(typed[: len(name)]) == list(name)


def _is_name(word: str) -> bool:
    """Whether somebody else may be called so: Henok is not Henk with a slip of the finger."""
    return word in lexicon().first or word in lexicon().double


def _places(network: Network) -> tuple[frozenset[str], tuple[tuple[str, ...], ...]]:
    """Single words that name a place of the network, and the whole names as words."""
    names = [name for one in network.organisations for name in (one.name, *one.also_known_as, one.wijk, one.municipality) if name]
    names += [network.name, network.municipality]
    names += [place for person in network.people for place in person.serves if place not in network.organisation_by_id]
    phrases = {tuple(folded(word) for word in name.replace(",", " ").split()) for name in names}
    words = {piece for phrase in phrases for word in phrase for piece in (word, *parts_of(word))}
    return frozenset(word for word in words if word not in SMALL_WORDS and word not in TYPE_WORDS and len(word) > 1), tuple(phrases)
