"""From the facts of an absence to what the school does (`bijlage 4`; `§1.2` for Halt): the rules of `content/verzuim.yaml`.

Pure: facts go in, the rules that apply and their actions come out. It knows no dates, no people and no conversation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from pydantic import Field

from knowledge.models import Figure, Record, RoleId, Section, Sections

if TYPE_CHECKING:
    from collections.abc import Iterable

Facts: TypeAlias = Mapping[str, int | str]
"""What is known, by the name of the fact. What nobody knows is left out."""

Figures: TypeAlias = Mapping[str, Figure]

HALT = "halt-mogelijk"


class Condition(Record):
    """What one fact must be. Limits are the names of figures; a fact that is not known meets only `unknown`."""

    fact: str = Field(alias="feit")
    more_than: str | None = Field(default=None, alias="meer-dan")
    at_least: str | None = Field(default=None, alias="vanaf")
    at_most: str | None = Field(default=None, alias="tot-en-met")
    less_than: str | None = Field(default=None, alias="minder-dan")
    exactly: str | None = Field(default=None, alias="precies")
    word: str | None = Field(default=None, alias="is")
    unknown: bool = Field(default=False, alias="onbekend")

    @property
    def limits(self) -> tuple[str, ...]:
        """The figures that it names."""
        named = (self.more_than, self.at_least, self.at_most, self.less_than, self.exactly)
        return tuple(one for one in named if one)

    def holds(self, facts: Facts, figures: Figures) -> bool:
        value = facts.get(self.fact)
        if value is None or self.unknown:
            return self.unknown and value is None
        if self.word is not None:
            return value == self.word
        low, high = self.span(figures)
        return low <= int(value) and (high is None or int(value) <= high)

    def span(self, figures: Figures) -> tuple[int, int | None]:
        """The lowest and highest number that its limits let through; None: without end."""
        lows = [limit_of(figures, one) + step for one, step in ((self.more_than, 1), (self.at_least, 0), (self.exactly, 0)) if one]
        highs = [limit_of(figures, one) + step for one, step in ((self.at_most, 0), (self.less_than, -1), (self.exactly, 0)) if one]
        return max(lows, default=0), min(highs, default=None)


class Rule(Record):
    """When these conditions hold together, these actions follow, and this is why."""

    id: str
    conditions: list[Condition] = Field(alias="als")
    actions: list[str] = Field(alias="acties")
    unless: list[str] = Field(default=[], alias="behalve")
    without: list[str] = Field(default=[], alias="zonder")
    why: str = Field(alias="want")
    soon: str = Field(default="", alias="straks")
    source: Section = Field(alias="bron")


class Term(Record):
    """What has happened at the latest so many school days after an action."""

    id: str
    days: str = Field(alias="dagen")
    sentence: str = Field(alias="zin")


class Action(Record):
    """One thing that is done, and whom to call about it. They are done in the order of the content."""

    id: str
    label: str = Field(max_length=40)
    do: str = Field(alias="doe")
    call: list[RoleId] = Field(alias="bel")
    term: Term | None = Field(default=None, alias="termijn")
    sources: Sections = Field(alias="bron")


class AbsenceKind(Record):
    """One kind of absence, and the facts that are asked about it."""

    id: str
    label: str = Field(max_length=40)
    asks: list[str] = Field(alias="vragen")
    also: list[str] = Field(default=[], alias="ook")


class Quantity(Record):
    """A number that is asked. `kept`: the number itself is needed for a date; `up`: a half counts as the next whole one."""

    unit: str = Field(alias="eenheid")
    kept: bool = Field(default=False, alias="bewaar")
    up: bool = Field(default=False, alias="op")


class AbsenceCard(Record):
    """All of `content/verzuim.yaml`."""

    kinds: list[AbsenceKind] = Field(alias="soorten")
    quantities: dict[str, Quantity] = Field(alias="getallen")
    choices: dict[str, list[str]] = Field(alias="keuzes")
    actions: list[Action] = Field(alias="acties")
    rules: list[Rule] = Field(alias="regels")


@dataclass(frozen=True, slots=True)
class Band:
    """Numbers between which no limit lies: from `low` up to and including `high` (None: without end)."""

    low: int
    high: int | None

    @property
    def id(self) -> str:
        return f"{self.low}-{'' if self.high is None else self.high}"


@dataclass(frozen=True, slots=True)
class Decision:
    """The rules that apply, and what follows from them, in the order in which it is done."""

    rules: tuple[Rule, ...]
    actions: tuple[Action, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(action.id for action in self.actions)


def limit_of(figures: Figures, name: str) -> int:
    """The number of a figure."""
    return int(figures[name].value)


def decide(card: AbsenceCard, figures: Figures, facts: Facts) -> Decision:
    """What the school does with these facts."""
    met = [rule for rule in card.rules if all(one.holds(facts, figures) for one in rule.conditions)]
    names = {rule.id for rule in met}
    met = [rule for rule in met if names.isdisjoint(rule.unless)]
    follows = {action for rule in met if not rule.without for action in rule.actions}
    met = [rule for rule in met if follows.isdisjoint(rule.without)]
    follows |= {action for rule in met for action in rule.actions}
    return Decision(tuple(met), tuple(action for action in card.actions if action.id in follows))


def bands(card: AbsenceCard, figures: Figures, fact: str) -> tuple[Band, ...]:
    """The answers that make a difference: the limits of all rules cut the numbers into these."""
    cuts: set[int] = set()
    for condition in (one for rule in card.rules for one in rule.conditions if one.fact == fact and one.limits):
        low, high = condition.span(figures)
        cuts.update({low} if high is None else {low, high + 1})
    starts = [0, *sorted(cut for cut in cuts if cut > 0)]
    return tuple(Band(low, after - 1 if after else None) for low, after in zip(starts, [*starts[1:], None], strict=True))


def why_no_halt(card: AbsenceCard, figures: Figures, facts: Facts) -> str | None:
    """Why a Halt punishment cannot be given: `leeftijd`, `leeftijd-onbekend` or `aantal`; None: it can, or nothing was counted."""
    rules = [rule for rule in card.rules if HALT in rule.actions]
    counted = [rule for rule in rules if any(one.fact != "age" and one.fact in facts for one in rule.conditions)]
    if not counted or any(all(one.holds(facts, figures) for one in rule.conditions) for rule in rules):
        return None
    by_number = [rule for rule in counted if all(one.holds(facts, figures) for one in rule.conditions if one.fact != "age")]
    if not by_number:
        return "aantal"
    return "leeftijd" if "age" in facts else "leeftijd-onbekend"


def absence_faults(card: AbsenceCard, figures: Figures) -> Iterable[str]:
    """What does not hold together, for an editor: figures, actions and rules that are named and do not exist."""
    actions, rules = {one.id for one in card.actions}, {one.id for one in card.rules}
    for rule in card.rules:
        named = [limit for condition in rule.conditions for limit in condition.limits]
        yield from (f'verzuim.yaml: {rule.id}: het cijfer "{one}" is er niet' for one in named if one not in figures)
        missing = [one for one in [*rule.actions, *rule.without] if one not in actions]
        missing += [one for one in rule.unless if one not in rules]
        yield from (f'verzuim.yaml: {rule.id}: "{one}" is er niet' for one in missing)
    for action in card.actions:
        if action.term and action.term.days not in figures:
            yield f'verzuim.yaml: {action.id}: het cijfer "{action.term.days}" is er niet'
