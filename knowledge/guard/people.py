"""Names of people in a message. One that is hardly anything else counts wherever it stands; any other word has to be shown to.

Two things are weighed: how much a word looks like a name, and what stands around it ("heet", "mevrouw", "uit 3b").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.guard.around import around, ends_name, is_of_pupil
from knowledge.guard.finding import Finding
from knowledge.guard.lexicon import lexicon
from knowledge.guard.openings import (
    initial_before,
    is_addressed,
    is_behind_first,
    is_called_last,
    is_first_of_two,
    is_said_of_oneself,
    is_small,
    is_turned,
    lead_of,
)
from knowledge.guard.places import is_calendar, is_kind_of_place, is_named_after, is_street
from knowledge.guard.syllables import begins_in_syllables
from knowledge.guard.things import is_king
from knowledge.guard.tiers import tier_of, weight_of
from knowledge.guard.tokens import base_of, folded, is_ordinary, parts_of, tokens_of
from knowledge.names import TYPE_WORDS
from knowledge.text import is_dutch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from knowledge.guard.known import Known
    from knowledge.guard.tiers import Tier
    from knowledge.guard.tokens import Token


ENOUGH = 0.79
"""The weight from which a word is a name."""

PAIRED: dict[Tier, float] = {"first": 0.5, "last": 0.4, "double": 0.3, "strange": 0.15, "ordinary": 0.0}
"""What a second word, by what it is, adds to one that no dictionary knows: both without a capital."""

_JOINS = frozenset({"en", "&", "vs"})

LONGEST = 6
"""Words of one name."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words that may be one name: the tokens from `start` up to `end`, and the tier of the word that leads."""

    start: int
    end: int
    lead: int
    tier: Tier
    initials: bool = False


@dataclass(frozen=True)
class NameEar:
    """Hears names in messages about one network. `is_word`: whether our own content knows a word, which is then no name.
    `is_typo`: whether a word is one of ours with a slip of the finger ("krjigt").
    `slips`: for every name of the network that is meant in a question for somebody, the words that stand for it, slips and all.
    """

    known: Known
    is_word: Callable[[str], bool]
    is_typo: Callable[[str], bool]
    slips: Callable[[str], Iterable[frozenset[str]]]

    def is_called(self, said: str) -> bool:
        """Whether a handle is how somebody of the network is addressed: "@Olaf"."""
        return said.startswith("@") and said[1:].isalpha() and self.known.is_person([folded(said[1:])])

    def find(self, text: str, elsewhere: Iterable[Finding] = ()) -> Iterator[Finding]:
        """Names, where they stand. What is found `elsewhere` is no part of a name."""
        tokens = tokens_of(text)
        taken = self._taken(tokens, tuple(elsewhere))
        runs = self._names(text, tokens, taken, frozenset(), frozenset())
        if runs:  # who has been named once is meant by that name in the rest of the message as well
            heard = frozenset(tokens[run.lead].low for run in runs)
            runs = self._names(text, tokens, taken, heard, frozenset(place for run in runs for place in (run.start, run.end)))
        return (Finding("naam", tokens[run.start].start, _end_of(tokens[run.end - 1])) for run in runs)

    def _names(
        self, text: str, tokens: list[Token], taken: frozenset[int], heard: frozenset[str], edges: frozenset[int]
    ) -> list[Run]:
        """The names, when words `heard` are names, and others begin or end at `edges`."""
        found: list[Run] = []
        at = 0
        while at < len(tokens):
            run = self._run(tokens, at, taken)
            if run is None:
                at += 1
                continue
            of_network = self._is_known(text, tokens, run)
            if of_network or tokens[run.lead].low in heard or _is_beside(tokens, run, edges) or self._is_name(text, tokens, run):
                found += () if of_network else (run,)
                at = run.end
            else:
                at = (
                    run.lead if run.lead > at and not tokens[at].capital else max(run.lead, at) + 1
                )  # "oma van cherise": what is no "van Cherise" may be Cherise
        return found

    # What no name can be

    def _taken(self, tokens: list[Token], elsewhere: tuple[Finding, ...]) -> frozenset[int]:
        words = lexicon()
        taken = {
            place for place, token in enumerate(tokens) if any(token.start < one.end and one.start < token.end for one in elsewhere)
        }
        for place, token in enumerate(tokens):
            if not token.is_word:
                continue
            for phrase in (*self.known.phrases_from(token.low), *words.known.get(token.low, ())):
                if len(phrase) > 1 and self._says(tokens, place, phrase):
                    signs = sum(not token.is_word for token in tokens[place : place + len(phrase)])  # "Jack & Jones"
                    taken.update(range(place, min(place + len(phrase) + signs, len(tokens))))
            pieces = parts_of(token.low)
            if pieces in words.known.get(pieces[0], ()):
                taken.add(place)  # "pim-pam-pet"
            firm = token.low in words.firms and not is_behind_first(tokens, place)
            if firm or self._is_place(tokens, place) or is_calendar(tokens, place):
                taken.add(place)
        return frozenset(taken)

    def _says(self, tokens: list[Token], place: int, phrase: tuple[str, ...]) -> bool:
        said = [token.low for token in tokens[place : place + len(phrase) + 2] if token.is_word][: len(phrase)]
        plain = said[:-1] == list(phrase[:-1]) and len(said) == len(phrase)
        return plain and (said[-1] == phrase[-1] or (said[-1].startswith(phrase[-1]) and is_street(said[-1])))  # "Luther Kingpark"

    def _is_place(self, tokens: list[Token], place: int) -> bool:
        """A word of the network's places. One that is a first name as well is a place only beside a word that says so."""
        low, words = tokens[place].low, lexicon()
        if low not in self.known.place_words:
            return False
        if low not in words.first and low not in words.double:
            return True
        before = tokens[place - 1].low if place else ""
        after = tokens[place + 1].low if place + 1 < len(tokens) else ""
        return before in {"de", "het", "in", "uit", "op"} or bool({before, after} & words.cues["instelling"])

    # What may be one

    def _run(self, tokens: list[Token], at: int, taken: frozenset[int]) -> Run | None:
        """The name that may begin here."""
        lead = lead_of(tokens, at, taken)
        if lead >= len(tokens) or lead in taken:
            return None
        tier = tier_of(tokens[lead], self.is_word)
        if tier == "strange" and not tokens[lead].capital and not is_addressed(tokens, at) and self.is_typo(tokens[lead].low):
            tier = "ordinary"
        if tier != "first" and lead + 1 not in taken and begins_in_syllables(tokens, lead):
            end = max(self._until(tokens, lead, "double", taken), lead + 2)
            return Run(at, end, lead, "double", initial_before(tokens, at))
        if tier in {None, "ordinary"} and is_called_last(tokens, at, lead, nothing=tier is None):
            tier = "last"
        if tier is None and is_first_of_two(tokens, lead):
            tier = "double"
        if tier is None or is_said_of_oneself(tokens, at):
            return None
        return Run(at, self._until(tokens, lead, tier, taken), lead, tier, initial_before(tokens, at))

    def _until(self, tokens: list[Token], lead: int, tier: Tier, taken: frozenset[int]) -> int:
        """Where the name ends: further names, small words before a surname, surnames."""
        end = lead + 1
        while end < len(tokens) and end - lead < LONGEST and end not in taken and tokens[end].is_word:
            small = end
            while small < len(tokens) and small - end < 3 and is_small(tokens, small) and small not in taken:
                small += 1
            if small >= len(tokens) or small in taken or not tokens[small].is_word:
                break
            sure = end < small and tokens[small - 1].low in {"der", "den"}  # these hardly stand anywhere else
            last = ends_name(tokens, small + 1)
            if not sure and not self._goes_on(tokens[lead], tokens[small], tier, bare=small == end, last=last):
                break
            end = small + 1
        return end

    def _goes_on(self, lead: Token, word: Token, tier: Tier, *, bare: bool, last: bool) -> bool:
        """Whether a word is part of the name that `lead` began; `bare`: no small word stands between; `last`: the
        sentence goes on as after a name.
        """
        words, low = lexicon(), word.low
        if any(piece in TYPE_WORDS for piece in parts_of(low)[:-1]):
            return False  # "doel van de Halt-straf"
        if bare and is_king(word.text):
            return False
        if bare and not word.capital and low in words.cues["instelling"] and is_dutch(low):
            return False  # "luna park"
        if low in words.cues["voorzetsel"] or low in words.cues["doet"] or (
            low in words.none and not word.capital and (bare or low not in words.any_last)  # "de wit"
        ):
            return False
        if word.capital and not word.first:
            return True
        surname = words.looks_like_surname(low) or (not bare and low in words.any_last)
        if lead.capital and not bare:
            return surname and not is_dutch(low)
        if tier in {"first", "double"} and not lead.capital:
            if low in words.first or (surname and (not bare or not is_dutch(low) or last)):
                return True
            behind = last and (bare or tier == "first") and not is_dutch(low) and not self.known.is_person([lead.low])
            return behind or not (is_ordinary(low) or self.is_word(low) or words.is_slip(low))
        if tier in {"strange", "last"} and not is_dutch(lead.low):  # "tewodros abate"
            if not bare:
                return surname and not is_dutch(low)
            kind = tier_of(word, self.is_word)
            beside = kind in {"first", "strange"} or (kind == "last" and not is_dutch(low))
            return beside or (last and kind == "ordinary" and not is_ordinary(low) and not words.is_slip(low))
        strange = last and tier == "first" and not (is_ordinary(low) or words.is_slip(low))
        return bare and (low in words.first or (strange and not self.known.is_person([lead.low])))  # "Jitse ramdat"

    # What is one

    def _is_known(self, text: str, tokens: list[Token], run: Run) -> bool:
        """Whether this is somebody of the network."""
        said = [base_of(token.low) for token in tokens[run.start : run.end]]
        small = lexicon().cues["tussen"]
        while len(said) > 1 and said[0] in small:
            said = said[1:]
        if sum(len(word) > 1 for word in said) == 1 and is_of_pupil(text, tokens, run.start, run.end):
            return False  # somebody of the network may have the same name, but is not in class 3b
        return self.known.is_person(said) or (
            len(said) > 1 and self.known.is_person(said[:1]) and self._is_place_after(tokens, run)
        )

    def _is_name(self, text: str, tokens: list[Token], run: Run) -> bool:
        lead = tokens[run.lead]
        plain = (
            run.tier == "ordinary"
            or (run.tier == "last" and is_dutch(lead.low))
            or (run.tier == "strange" and run.lead > run.start)
        )
        if plain and not lead.capital and not (is_addressed(tokens, run.start) and run.tier == "last"):
            return False
        behind = tokens[run.lead + 1 : run.end]
        if any(is_kind_of_place(token) for token in behind) or is_named_after(tokens, run.end):
            return False  # Hendrika Postma Lyceum, Anne Frankschool
        called = is_addressed(tokens, run.start, {"aanspreek"})  # "mevr. van Beek" is no town
        if not behind and not called and not run.initials and lead.low in lexicon().places and lead.low not in lexicon().written:
            return False
        if self._looks(tokens, run) + around(text, tokens, run.start, run.end, run.tier) < ENOUGH:
            return False
        return is_of_pupil(text, tokens, run.start, run.end) or not self._is_slip(text, tokens, run)

    def _is_slip(self, text: str, tokens: list[Token], run: Run) -> bool:
        """Whether this is a name of the network with a slip of the finger. With a real first name it must be one in full."""
        small = lexicon().cues["tussen"]
        said = {token.low for token in tokens[run.start : run.end] if token.low not in small}
        if run.tier not in {"first", "double"}:
            said = {tokens[run.lead].low}
        elif len(said) == 1:
            return any(said < name for name in self.slips(text))
        return any(said <= name for name in self.slips(text))

    def _is_place_after(self, tokens: list[Token], run: Run) -> bool:
        """Somebody of the network with the place where they work behind the name: "Karin Duinlyceum"."""
        return all(token.low in self.known.place_words for token in tokens[run.lead + 1 : run.end])

    def _looks(self, tokens: list[Token], run: Run) -> float:
        """How much the words themselves look like a name."""
        lead, words = tokens[run.lead], lexicon()
        weight = weight_of(lead, run.tier)
        if run.initials and run.tier in {"last", "strange", "double"} and lead.capital:
            return 0.9
        rest = [token for token in tokens[run.lead + 1 : run.end] if token.low not in words.cues["tussen"]]
        if not rest or run.tier == "first":
            return weight
        surname = any(words.looks_like_surname(token.low) for token in rest)
        if run.tier == "double":
            return weight + (0.6 if surname or rest[-1].capital else 0.5)
        if run.tier in {"strange", "last"} and all(token.capital for token in (lead, *rest)):
            return weight + (0.4 if surname else 0.3)
        if run.tier in {"strange", "last"} and not lead.capital and not is_dutch(lead.low):
            return weight + max(PAIRED[tier_of(token, self.is_word) or "ordinary"] for token in rest)
        if run.tier == "strange" and surname:
            return weight + 0.3
        return weight


def _is_beside(tokens: list[Token], run: Run, edges: frozenset[int]) -> bool:
    """Whether a word that may be a name is joined to one: "Amber en Kyara"."""
    if run.tier not in {"double", "last", "strange"} or (run.start and tokens[run.start - 1].low in lexicon().cues["lidwoord"]):
        return False
    behind = run.end < len(tokens) and tokens[run.end].low in _JOINS and run.end + 1 in edges
    before = run.start > 1 and tokens[run.start - 1].low in _JOINS and run.start - 1 in edges
    turned = is_turned(tokens, run.start, run.end) and run.end + 1 in edges
    return turned or ((behind or before) and (tokens[run.lead].capital or run.tier == "double"))


def _end_of(token: Token) -> int:
    return token.end - 2 if token.low.endswith("'s") else token.end
