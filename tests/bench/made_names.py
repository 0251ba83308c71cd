"""Makes up names that look Dutch, from syllables, with the repetition that real lists have. Everything follows from the seed."""

from itertools import accumulate
from random import Random

ONSETS = (*"bdfghjklmnprstvwz", "br", "dr", "gr", "kl", "kr", "sl", "st", "schr", "vl", "zw", "bl", "tr")
VOWELS = (*"aeiou", "aa", "ee", "oo", "ie", "oe", "ij", "ei", "ou", "ui", "eu")
CODAS = (*"nrlstkmp", "nd", "rs", "ng", "lt", "rk", "st", "nk", "ld", "")
MIDDLES = "bdfgklmnrstvz"
SURNAME_ENDS = (
    "sen", "stra", "ma", "man", "mans", "ink", "inga", "huis", "berg", "veld", "meijer", "kamp", "dijk", "beek", "hof", "aar", "er", "s",
)  # fmt: skip
FIRST_ENDS = ("a", "e", "ie", "je", "o", "ien", "us", "y", "in", "elle", "ar", "is")
PREFIXES = ("van", "de", "van der", "van den", "van de", "ter", "ten", "den", "op den", "in 't")
ACCENTS = str.maketrans({"a": "á", "e": "ë", "i": "ï", "o": "ö", "u": "ü", "c": "ç", "s": "ş"})


class Names:
    """Names of one made-up world. What is asked to be fresh never comes twice."""

    def __init__(self, seed: int, people: int) -> None:
        self._random = Random(seed)
        self._given: set[str] = set()
        self._first = self._pool(int(45 * people**0.27), self._first_name)
        self._last = self._pool(int(5 * people**0.66) + 30, self._surname)
        # As in real lists: a few names are everywhere, most are rare.
        self._first_odds = list(accumulate(1 / (rank + 12) ** 0.9 for rank in range(len(self._first))))
        self._last_odds = list(accumulate(1 / (rank + 20) ** 0.85 for rank in range(len(self._last))))

    def person(self) -> str:
        first = self._random.choices(self._first, cum_weights=self._first_odds)[0]
        last = self._random.choices(self._last, cum_weights=self._last_odds)[0]
        if self._random.random() < 0.02:
            last += "-" + self._random.choices(self._last, cum_weights=self._last_odds)[0]
        return f"{first} {last}"

    def stem(self) -> str:
        """The telling part of the name of a place: two or three syllables that no other place has."""
        while True:
            stem = "".join(self._syllable() for _ in range(self._random.choice((1, 1, 2))))
            stem += self._random.choice(MIDDLES) + self._random.choice(VOWELS) + self._random.choice("nrlmsk")
            if 6 <= len(stem) <= 12 and stem not in self._given:
                self._given.add(stem)
                return stem.capitalize()

    def _pool(self, size: int, make) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < size:
            found[make()] = None
        return list(found)

    def _syllable(self) -> str:
        pick = self._random.choice
        return pick(ONSETS) + pick(VOWELS) + pick(CODAS)

    def _first_name(self) -> str:
        pick = self._random.choice
        name = pick(ONSETS) + pick(VOWELS) + pick(MIDDLES)
        if self._random.random() < 0.35:
            name += pick(VOWELS[:5]) + pick(MIDDLES)
        return self._accented(name + pick(FIRST_ENDS)).capitalize()

    def _surname(self) -> str:
        pick = self._random.choice
        name = self._syllable() + (pick(VOWELS[:5]) + pick(MIDDLES) if self._random.random() < 0.4 else "")
        name = self._accented(name + pick(SURNAME_ENDS)).capitalize()
        return f"{pick(PREFIXES)} {name}" if self._random.random() < 0.33 else name

    def _accented(self, name: str) -> str:
        if self._random.random() > 0.05:
            return name
        place = self._random.randrange(len(name))
        return name[:place] + name[place].translate(ACCENTS) + name[place + 1 :]
