"""What the guard knows by heart: names, words that are names as well, places, and the words around a name. Read once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz import fuzz, process

from knowledge.guard.tokens import folded
from knowledge.text import fold_all

LISTS = Path(__file__).parent / "lists"

_SURNAME = re.compile(
    r".{2,}(?:stra|sma|inga|ema|sema|mans|sen|ssen|burg|kamp|huis|veld|horst|meijer|meyer|oglu|ogullari|owski|owska|"
    r"ewski|ewska|wicz|enko|chuk|"
    r"czyk|ovic|evic|ovski|escu|singh|poer|oui|aoui|ouri|demir|turk|yilmaz|khan|pour|zadeh|nathan|lingam|rajah|mensah|"
    r"owusu|kwa|sson|stein|[bcdgjlnrstvz]ic)$"
)
_SURNAME_BEGINS = re.compile(r"^(?:ben|bou|boul|oul|ait|abdel|ram|gebre|tekle|habte|welde|mc|owusu|amoa|adje|mbe|nkru)[a-z]{3,}")


@dataclass(frozen=True)
class Lexicon:
    """Folded words. `first` are first names that are hardly anything else, `double` those that are ordinary words too."""

    first: frozenset[str]
    gathered: frozenset[str]
    """Of the first ones those from all over the world: without a capital they may be a typing error."""
    double: frozenset[str]
    mild: frozenset[str]
    """Of the double ones those that, without an article, are mostly names."""
    last: frozenset[str]
    any_last: frozenset[str]
    """Surnames, also those that are hardly ever one (Van der Zee)."""
    places: frozenset[str]
    none: frozenset[str]
    cues: dict[str, frozenset[str]]
    known: dict[str, tuple[tuple[str, ...], ...]]
    """Well-known names that are nobody's here, by their first word: Leger des Heils."""

    @cached_property
    def written(self) -> frozenset[str]:
        """First names that we wrote down ourselves: of those that are places as well, these are names first."""
        return self.first - self.gathered

    @cached_property
    def firms(self) -> frozenset[str]:
        """Brands and organisations of the trade that are made like a name."""
        return self.cues["merken"] | self.cues["instellingen"]

    @cached_property
    def often(self) -> tuple[str, ...]:
        """Longer words around names."""
        kinds = ("mens", "zaak", "instelling", "doet", "noemt", "aanspreek", "voorzetsel")
        return tuple(sorted({word for kind in kinds for word in self.cues[kind] if len(word) > 4}))

    def is_slip(self, low: str) -> bool:
        """Whether a word is one that is often typed here, with a typing error: "lerling"."""
        return len(low) > 3 and process.extractOne(low, self.often, scorer=fuzz.ratio, score_cutoff=82) is not None

    def is_surname(self, low: str) -> bool:
        """Whether the word is a known surname, and hardly anything else."""
        return low in self.last

    def looks_like_surname(self, low: str) -> bool:
        """Whether the word is a known surname or made like one."""
        return low in self.last or bool(_SURNAME.match(low) or _SURNAME_BEGINS.match(low))


@cache
def lexicon() -> Lexicon:
    """All of it, read once."""
    double, none = _words("dubbelzinnig.txt"), _words("geen-naam.txt", whole=True)
    written, gathered = _words("voornamen-eigen.txt"), _words("voornamen-verzameld.txt")
    first = (written | gathered) - double - none
    any_last = _words("achternamen-eigen.txt") | _words("achternamen-verzameld.txt")
    told: dict[str, Any] = yaml.load((LISTS / "cues.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    cues = {name: frozenset(folded(word) for word in words.split()) for name, words in told.items() if isinstance(words, str)}
    known: dict[str, tuple[tuple[str, ...], ...]] = {}
    for one in told["bekend"]:
        phrase = tuple(folded(word).rstrip(".") for word in re.split(r"[\s-]+", one))
        known[phrase[0]] = (*known.get(phrase[0], ()), phrase)
    mild = _words("meestal-naam.txt")
    return Lexicon(
        first - mild,
        gathered - written,
        (double | mild) - none,
        mild,
        any_last - none,
        any_last,
        _words("plaatsen.txt"),
        none,
        cues,
        known,
    )


def _words(name: str, *, whole: bool = False) -> frozenset[str]:
    """The words of a list, with their pieces unless they only count as a `whole`: "tom-tom" says nothing of Tom."""
    lines = fold_all((LISTS / name).read_text(encoding="utf-8")).splitlines()
    words = {word for line in lines if not line.startswith("#") for word in line.split()}
    joined = {word for word in words if not word.isalpha()}
    pieces = set() if whole else {piece for word in joined for piece in re.split(r"[-']", word) if len(piece) > 2}
    return frozenset(words | pieces | {word.replace("'", "") for word in joined})
