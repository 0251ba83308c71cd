"""The words with which people say that something changes in the contact list, from `content/wijzigen.yaml`."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

import yaml

from knowledge.day_words import is_day_word
from knowledge.library import CONTENT
from knowledge.spelling import Spelling
from knowledge.text import fold, is_dutch, split

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

KINDS = ("afwezig", "terug", "telefoon", "e-mail", "stopt", "werkdagen")
EVERYWHERE = frozenset("is heeft van op met te aan door als ik mij hem uit in bij".split())
"""Words that stand in any sentence, and so tell nothing alone."""

SLOTS = frozenset({"{nieuw}", "{oud}"})


class ChangeWords:
    """One reading of the content. Words are folded; those that may stand for each other are one word."""

    def __init__(self, content: dict[str, Any]) -> None:
        self._same = {str(spelling): str(word) for word, all_of in content["gelijk"].items() for spelling in all_of}
        self.filler = self._set(content["vulling"])
        self.without_me = self._set(content["zonder-ik"])
        self._asking = frozenset(map(str, content["vraag"]))
        self._asks_whether = {key: frozenset(map(str, words)) for key, words in content["vraagt-of"].items()}
        self._kinds: dict[str, dict[str, list[tuple[str, ...]]]] = {
            kind: {key: [self._phrase(one) for one in phrases] for key, phrases in content[kind].items()} for kind in KINDS
        }
        self._allowed = {kind: self._words_of(kind) for kind in KINDS}
        self._patterns = {
            kind: [self._pattern(one) for one in content[kind]] for kind in ("opvolger", "vervanger", "vervanger-kort")
        }
        self._vocabulary = self._all_words()
        self._telling = self._telling_words()
        self._spelling = Spelling(word for word in self._vocabulary if len(word) > 4)
        polite = "|".join(r"\s+".join(map(re.escape, str(one).split())) for one in content["beleefd"])
        self._polite = re.compile(rf"^\W*(?:(?:hoi|hallo|hey|dag|verbinder)\W+)*(?:{polite})\W+", re.IGNORECASE)
        reasons = "|".join(r"[\s.]+".join(map(re.escape, str(one).split())) for one in content["reden"])
        self._reason = re.compile(rf"[\s,]+(?:{reasons})\b\.?", re.IGNORECASE)

    # The message

    def asks(self, words: Iterable[str]) -> bool:
        folded = [fold(word) for word in words]
        takes_over = any(self.canonical(word) == "neemt" for word in folded)  # "Piet neemt waar" asks nothing
        if self._whether(folded):
            return True
        return any(word in self._asking and not (word == "waar" and takes_over) for word in folded)

    def _whether(self, folded: list[str]) -> bool:
        """Whether it begins with its verb, and then says about whom: "is Wendy morgen vrij". "Is ziek" and "ben er niet" tell."""
        words = self._asks_whether
        if len(folded) < 2 or folded[0] not in words["begint"]:
            return False
        about = folded[1]
        if about in words["dan"]:
            return words["behalve"].isdisjoint(folded)
        return not (self.knows(about) or is_day_word(about) or about.isdigit())

    def without_polite(self, text: str) -> tuple[str, bool]:
        """The text without "wil je doorgeven dat" before it, and whether that stood there."""
        found = self._polite.match(text)
        return (text[found.end() :], True) if found else (text, False)

    def without_reason(self, text: str) -> tuple[str, str]:
        """The text up to a reason ("want …"), and that reason."""
        found = self._reason.search(text)
        return (text[: found.start()], text[found.end() :]) if found else (text, "")

    # Words

    def knows(self, word: str) -> bool:
        """Whether a folded word means something here, typing errors and all."""
        return self.canonical(word) in self._vocabulary

    def canonical(self, word: str) -> str:
        """The word that stands for this one; a slip of the finger in a longer word is none."""
        if word in self._same:
            return self._same[word]
        if word in self._vocabulary or len(word) < 5 or is_dutch(word) or is_day_word(word):
            return word
        near = self._spelling.near(word, 0.8)
        return self._same.get(near[0][0], near[0][0]) if near else word

    def tells(self, word: str) -> bool:
        """Whether this word alone may tell a change: no change is told without one of them."""
        return self.canonical(word) in self._telling

    # What a clause says

    def explains(self, kind: str, said: Sequence[str]) -> bool:
        """Whether all these words may stand in a change of this kind, and none of them says that it is none."""
        return self._allowed[kind].issuperset(said) and not self._has(kind, "niet", said)

    def says(self, kind: str, said: Sequence[str], key: str = "kern") -> bool:
        return self._has(kind, key, said)

    def absence(self, said: Sequence[str], *, me: bool, days: bool) -> str | None:
        """How somebody is away; None when they are not. Without days only what lasts, and of others only when it is told."""
        if not self._has("afwezig", "kern", said):
            return None
        mark = next((key for key in ("ziek", "lang", "werk") if self._has("afwezig", key, said)), "kort")
        told = me or not {"meld", "melden", "zet", "ziekmelden"}.isdisjoint(said)
        return mark if days or (told and mark in {"ziek", "lang"}) else None

    def workdays(self, said: Sequence[str]) -> str | None:
        """Whether days of the week go, come, or are all there are; None when nothing is said about them."""
        return next((key for key in ("minder", "meer", "alleen") if self._has("werkdagen", key, said)), None)

    def patterns(self, kind: str, *, short: bool) -> list[tuple[str, ...]]:
        return self._patterns[kind] + (self._patterns["vervanger-kort"] if short and kind == "vervanger" else [])

    def _has(self, kind: str, key: str, said: Sequence[str]) -> bool:
        phrases = self._kinds[kind].get(key, ())
        bare = [word for word in said if word not in self.filler]
        return any(_stands_in(phrase, words) for phrase in phrases for words in (said, bare))

    def _set(self, words: Iterable[Any]) -> frozenset[str]:
        return frozenset(self._same.get(str(word), str(word)) for word in words)

    def _phrase(self, text: Any) -> tuple[str, ...]:
        return tuple(self._same.get(word, word) for word in split(str(text)))

    def _pattern(self, text: str) -> tuple[str, ...]:
        words = (word if word in SLOTS else self._same.get(word, word) for word in text.split())
        return tuple(word for word in words if word not in self.filler)

    def _words_of(self, kind: str) -> frozenset[str]:
        said = {word for phrases in self._kinds[kind].values() for phrase in phrases for word in phrase}
        return self.filler | {"ik", "mij"} | said

    def _telling_words(self) -> frozenset[str]:
        """The words of what is looked for, without those that stand in any sentence."""
        keys = ("kern", "minder", "meer", "alleen")
        phrases = [phrase for kinds in self._kinds.values() for key in keys for phrase in kinds.get(key, ())]
        patterns = [pattern for patterns in self._patterns.values() for pattern in patterns]
        return frozenset(word for phrase in (*phrases, *patterns) for word in phrase) - self.filler - SLOTS - EVERYWHERE

    def _all_words(self) -> frozenset[str]:
        patterns = (pattern for patterns in self._patterns.values() for pattern in patterns)
        said = {word for pattern in patterns for word in pattern} - SLOTS
        return frozenset({*self._same, *self._same.values(), *said}).union(*self._allowed.values())


def _stands_in(phrase: tuple[str, ...], words: Sequence[str]) -> bool:
    width = len(phrase)
    return any(tuple(words[at : at + width]) == phrase for at in range(len(words) - width + 1))


@cache
def change_words() -> ChangeWords:
    return ChangeWords(yaml.load((CONTENT / "wijzigen.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))
