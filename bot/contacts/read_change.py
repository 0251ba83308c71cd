"""Reads what somebody says is different in the contact list: "ik ben morgen vrij", "Sanne volgt mij op per 1 januari".

What is read is only what stands in the slots: who, which days, which number. A message that holds anything else is no change, but
a question like any other. Nothing is decided here about who may.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from bot.contacts.change_pieces import ME, WORD, Piece, match, tokens_of, who_in
from bot.contacts.change_words import ChangeWords, change_words
from knowledge.day_words import is_day_word, names_weekdays_only
from knowledge.dutch_days import find_days
from knowledge.text import Word, clean, fold, is_dutch, lemma, split

if TYPE_CHECKING:
    from datetime import date

    from bot.contacts.change_pieces import Pieces
    from knowledge.calendar import Calendar
    from knowledge.days import Days
    from knowledge.names import Names

Kind = Literal["afwezig", "terug", "telefoon", "e-mail", "stopt", "werkdagen", "opvolger", "vervanger"]
_SENTENCE = re.compile(r"[.!;\n]+(?:\s+|$)|\s+(?:maar|en ook)\s+")
_JOINT = re.compile(r",\s*(?:en\s+)?|\s+en\s+")
_SHORT_MY = re.compile(r"\bm['’`]n\b", re.IGNORECASE)
_OF_ANOTHER = re.compile(
    r"^\W*(?:(?:zijn|haar|hun|z['’`]?n|d['’`]?r)\s|(?:komt|is|heeft)\s+(?:al|steeds|vaak|telkens|elke|iedere|nog steeds)\b)",
    re.IGNORECASE,
)
"""A message that begins so is about somebody not named, never about the speaker: "zijn nummer is …", "komt al dagen niet"."""

_SINCE = re.compile(r"\bal\s+(?:\w{2,6}|\d{1,2})\s+(?:dag|dagen|week|weken|maand|maanden)\b", re.IGNORECASE)
"""How long something has been so tells nothing of how long it will be: "ik ben al drie dagen ziek"."""

LONGEST = 240
"""What is longer than a text message tells a story."""

MOST_CLAUSES = 4
MOST_STRANGE = 10
"""Words that mean nothing here and may be names: two people in each of two clauses, with the articles of their names."""


@dataclass(frozen=True, slots=True)
class Wish:
    """One change that was said. `who` and `other` are the ids that may be meant (`ME` for the speaker); the other takes over."""

    kind: Kind
    who: tuple[str, ...]
    other: tuple[str, ...] = ()
    days: Days | None = None
    value: str = ""
    mark: str = ""
    """Of an absence: "ziek", "kort" or "lang"; of working days: "minder", "meer" or "alleen", with `weekdays`."""
    weekdays: tuple[int, ...] = ()
    unknown: bool = False
    """Whether a name was said where one belongs, and the list does not have it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The changes of one message, and the rest of it, which does not go with them: a reason."""

    wishes: tuple[Wish, ...]
    rest: str = ""


def read_change(text: str, names: Names, calendar: Calendar, today: date) -> Reading | None:
    """The changes that a message tells; None when it is something else. `today` is the local day."""
    plain = clean(text)
    if len(plain) > LONGEST:
        return None
    return _Reader(names, calendar, today, change_words()).read(plain)


@dataclass(frozen=True)
class _Reader:
    names: Names
    calendar: Calendar
    today: date
    words: ChangeWords

    def read(self, text: str) -> Reading | None:
        said, polite = self.words.without_polite(text)
        if not polite and ("?" in text or self.words.asks(WORD.findall(said))):
            return None
        if _OF_ANOTHER.match(said):
            return None
        if not self._may_tell(said):
            return None
        said, rest = self.words.without_reason(_SHORT_MY.sub("mijn", _SINCE.sub("", said)))
        wishes: list[Wish] = []
        for sentence in filter(None, (part.strip() for part in _sentences(said))):
            found = self._sentence(sentence, wishes)
            if found is None:
                return None
            wishes += found
        return Reading(tuple(wishes), rest) if 0 < len(wishes) <= MOST_CLAUSES else None

    def _may_tell(self, text: str) -> bool:
        """Whether it is worth looking for names: a word that changes something is in it, and not a whole story beside it."""
        words = [fold(word) for word in WORD.findall(self.words.without_reason(text)[0])]
        strange = [word for word in words if word.isalpha() and not self.words.knows(word) and not is_day_word(word)]
        return len(strange) <= MOST_STRANGE and any(self.words.tells(word) for word in words)

    def _sentence(self, text: str, before: list[Wish]) -> list[Wish] | None:
        """The wishes of one sentence, as a whole or in parts; [] when it says nothing at all."""
        pieces = self._pieces(text)
        if not self._telling(pieces):
            return []
        whole = self._clause(pieces, before)
        if whole and not whole.unknown:
            return [whole]
        for joint in _JOINT.finditer(text):
            left = self._sentence(text[: joint.start()], before)
            right = self._sentence(text[joint.end() :], [*before, *(left or ())]) if left else None
            if left and right:
                return [*left, *right]
        return [whole] if whole else None

    def _telling(self, pieces: Pieces) -> bool:
        return any(piece.slot or piece.word not in self.words.filler for piece in pieces)

    # From words to pieces

    def _pieces(self, text: str) -> Pieces:
        """The words of a sentence, with days, people, numbers and addresses taken together."""
        tokens = tokens_of(text)
        words = [fold(token.word) if not token.slot else "-" for token in tokens]
        found: dict[int, tuple[Piece, int]] = {at: (token, at + 1) for at, token in enumerate(tokens) if token.slot}
        for days in find_days(words, self.today, self.calendar):
            typed = words[days.start : days.end]
            weekdays = tuple(day.weekday() for day in _first_days(days)) if names_weekdays_only(typed) and not days.how else ()
            found[days.start] = Piece(" ".join(typed), "dagen", days=days, weekdays=weekdays), days.end
        taken = {place for at, (_, end) in found.items() for place in range(at, end)}
        for at, end, people in self._people(words, tokens, taken):
            found[at] = Piece(" ".join(words[at:end]), "wie", people=people), end
        pieces, at = [], 0
        while at < len(words):
            piece, at = found.get(at) or (self._word(words[at]), at + 1)
            pieces.append(piece)
        return tuple(pieces)

    def _word(self, typed: str) -> Piece:
        return Piece(self.words.canonical(typed), strange=not self.words.knows(typed))

    def _people(self, words: list[str], tokens: list[Piece], taken: set[int]) -> list[tuple[int, int, tuple[str, ...]]]:
        """Where people of the network are named, and who may be meant; words that mean something here are no names."""
        skip = frozenset(at for at, word in enumerate(words) if at in taken or self.words.knows(word) or is_day_word(word))
        read = tuple(Word(word, lemma(tokens[at].word.lower()), is_dutch(tokens[at].word.lower())) for at, word in enumerate(words))
        spots = [spot for spot in self.names.spot(read, skip) if spot.places]
        organisations = {spot.target for spot in spots if spot.kind == "organisation" and not spot.places & skip}
        found: dict[tuple[int, int], list[tuple[float, str]]] = {}
        for spot in (one for one in spots if one.kind == "person"):
            at, end = min(spot.places), max(spot.places) + 1
            guessed = len(spot.places) == 1 and read[at].known and words[at] not in self._name_of(spot.target)
            if end - at == len(spot.places | (skip & set(range(at, end)))) and not guessed:
                found.setdefault((at, end), []).append((spot.weight, spot.target))
        people: list[tuple[int, int, tuple[str, ...]]] = []
        for (at, end), candidates in sorted(found.items(), key=lambda one: (one[0][0] - one[0][1], one[0])):
            if not any(at < other_end and other_at < end for other_at, other_end, _ in people):
                best = max(weight for weight, _ in candidates)
                people.append((at, end, tuple(target for weight, target in candidates if weight > 0.9 * best)))
        return people + [
            (min(spot.places), max(spot.places) + 1, ())
            for spot in spots
            if spot.kind == "organisation"
            and spot.target in organisations
            and not any(at < max(spot.places) + 1 and min(spot.places) < end for at, end, _ in people)
        ]

    def _name_of(self, person: str) -> list[str]:
        return split(self.calendar.network.person_by_id[person].name)

    # From pieces to a wish

    def _clause(self, pieces: Pieces, before: list[Wish]) -> Wish | None:
        return self._of_two(pieces, before) or self._of_one(pieces, before)

    def _of_two(self, pieces: Pieces, before: list[Wish]) -> Wish | None:
        """Somebody for somebody else: a successor or a deputy."""
        days = next((piece.days for piece in pieces if piece.days), None)
        bare = tuple(piece for piece in pieces if not piece.days and (piece.slot or piece.word not in self.words.filler))
        kinds: tuple[Literal["opvolger", "vervanger"], ...] = ("opvolger", "vervanger")
        for kind in kinds:
            for pattern in self.words.patterns(kind, short=bool(before)):
                slots = match(bare, pattern, follows=bool(before))
                if slots is None:
                    continue
                new, old = slots["nieuw"], slots.get("oud")
                who = who_in(old) if old and old.word != "hem" else before[-1].who if before else ()
                if who:
                    unknown = new.slot != "wie" and new.word != "ik"
                    return Wish(kind, who, () if unknown else who_in(new), days, unknown=unknown)
        return None

    def _of_one(self, pieces: Pieces, before: list[Wish]) -> Wish | None:
        named = [piece for piece in pieces if piece.slot == "wie" and piece.people]
        said = [piece.word for piece in pieces if not piece.slot]
        if len(named) > 1 or (named and "ik" in said):
            return None
        who = named[0].people if named else (ME,) if self._about_me(said, pieces, before) else before[-1].who if before else ()
        days = [piece for piece in pieces if piece.days]
        weekly = next((piece for piece in days if piece.weekdays), None)
        dated = [piece.days for piece in days if piece is not weekly or len(days) == 1]
        if not who or len(dated) > 1:
            return None
        kinds: tuple[Kind, ...] = ("telefoon", "e-mail", "werkdagen", "terug", "stopt", "afwezig")
        if len(days) > 1:  # "vanaf 1 januari … niet meer op woensdag"
            kinds = ("werkdagen",)
        wish = Wish("afwezig", who, days=dated[0] if dated else None, weekdays=weekly.weekdays if weekly else ())
        return next((found for kind in kinds if (found := self._as(kind, wish, pieces, said))), None)

    def _about_me(self, said: list[str], pieces: Pieces, before: list[Wish]) -> bool:
        if {"ik", "mij"} & set(said):
            return True
        first = next((piece for piece in pieces if piece.slot == "dagen" or piece.word not in self.words.filler), None)
        return not before and first is not None and (first.slot == "" and first.word in self.words.without_me)

    def _as(self, kind: Kind, wish: Wish, pieces: Pieces, said: list[str]) -> Wish | None:
        """The wish as one of this kind, when its words say so and nothing is left over."""
        numbers = [piece for piece in pieces if piece.slot in {"telefoon", "e-mail"}]
        if (kind in {"telefoon", "e-mail"}) != bool(numbers) or not self.words.explains(kind, said):
            return None
        if kind in {"telefoon", "e-mail"}:
            fits = len(numbers) == 1 and numbers[0].slot == kind and not (wish.days and wish.days.how not in {"from", ""})
            return replace(wish, kind=kind, value=numbers[0].value) if fits else None
        if kind == "werkdagen":
            mark = self.words.workdays(said)
            return replace(wish, kind=kind, mark=mark) if mark and wish.weekdays else None
        if kind == "afwezig":
            mark = self.words.absence(said, me=wish.who == (ME,), days=wish.days is not None)
            return replace(wish, mark=mark) if mark else None
        if not self.words.says(kind, said, "zonder-dag" if kind == "stopt" and wish.days is None else "kern"):
            return None
        return replace(wish, kind=kind)


def _first_days(days: Days) -> list[date]:
    """Every day of the spans that a list of weekdays made."""
    return [first + timedelta(days=ahead) for first, last in days.spans for ahead in range((last - first).days + 1)]


def _sentences(text: str) -> list[str]:
    return _SENTENCE.split(text)
