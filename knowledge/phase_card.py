"""The fasekaart as records, and the rule that turns factors into a phase.

All factors, numbers and texts stand in `content/fasekaart.yaml`; here is only how they combine (design: the seven properties).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from knowledge.models import Record, RoleId, Section, Sections

if TYPE_CHECKING:
    from collections.abc import Collection

ContextId = Literal["school", "school-en-maatschappelijk", "maatschappelijk"]
Grounds = Literal["geen", "grens", "feit", "zacht", "opgeteld", "structureel", "een-zwaarder", "licht"]
"""By which part of the rule a phase came about."""

ALWAYS = 3
"""The phase of one boundary-crossing fact."""


class Labelled(Record):
    """Something that can be chosen."""

    id: str
    label: str = Field(max_length=40)
    sentence: str = Field(default="", alias="zin")


class Protective(Record):
    """A protective factor, and other words for it."""

    id: str
    label: str = Field(max_length=40)
    phase: Literal[1, 2, 3] = Field(alias="fase")
    also: list[str] = Field(default=[], alias="ook")


class Threatening(Protective):
    """A threatening factor: `grens` is always phase 3, `feit` at least phase 2, `zacht` counts by stacking."""

    weight: Literal["grens", "feit", "zacht"] = Field(alias="soort")


class FactorPage(Record):
    """Factors that are asked together."""

    id: str
    title: str = Field(alias="titel")
    name: str = Field(alias="naam")
    factors: list[Threatening] = Field(alias="factoren", min_length=1, max_length=9)


class Phase(Record):
    """How a phase looks, is called, and what is expected before the next one begins."""

    colour: Literal["groen", "oranje", "rood"] | None = Field(alias="kleur")
    sign: str = Field(alias="teken")
    word: str = Field(alias="woord")
    title: str = Field(alias="titel")
    boundary: str = Field(alias="grens")
    sources: Sections = Field(alias="bron")


class RuleNumbers(Record):
    """The numbers of the rule."""

    soft: int = Field(alias="zacht-nodig", ge=1)
    light: int = Field(alias="licht-nodig", ge=1)
    light_structural: int = Field(alias="licht-structureel", ge=1)
    protection: int = Field(alias="bescherming-nodig", ge=1)
    protects_at_most: Literal[1] = Field(alias="bescherming-hoogstens")


class Route(Record):
    """A signal route: for which sides, and its steps with their terms."""

    sides: list[str] = Field(alias="kanten")
    source: Section = Field(alias="bron")
    steps: list[str] = Field(alias="stappen")


class Purpose(Record):
    """What a result is shared for, and what is then asked (doelbinding)."""

    id: str
    label: str = Field(max_length=40)
    asks: str = Field(alias="vraagt")
    source: Section = Field(alias="bron")


class ReferenceWords(Record):
    """The two words by which a scan can be named over the telephone."""

    first: list[str] = Field(alias="eerste", min_length=10)
    second: list[str] = Field(alias="tweede", min_length=10)


class PictureLabels(Record):
    """What stands on the picture of the card beside its cells. `{fase}` and `{woord}` are filled in."""

    title: str = Field(alias="titel", max_length=30)
    under: str = Field(alias="onder", max_length=60)
    phase: str = Field(alias="fase", max_length=30)
    here: str = Field(alias="hier", max_length=12)
    described: str = Field(alias="beschreven")
    """The picture in words, for who cannot see it; of a marked cell also `{plek}` and `{vak}`."""
    described_marked: str = Field(alias="beschreven-vak")


class PhaseCard(Record):
    """The whole fasekaart."""

    phases: dict[str, Phase] = Field(alias="fasen")
    contexts: list[Labelled] = Field(alias="contexten")
    stacking: list[Labelled] = Field(alias="stapeling")
    cells: dict[str, dict[ContextId, str]] = Field(alias="vakken")
    rule: RuleNumbers = Field(alias="regel")
    pages: list[FactorPage] = Field(alias="paginas")
    protective: list[Protective] = Field(alias="beschermend")
    call: dict[str, dict[str, list[RoleId]]] = Field(alias="bellen")
    routes: dict[str, Route] = Field(alias="routes")
    purposes: list[Purpose] = Field(alias="doelen", max_length=9)
    reference: ReferenceWords = Field(alias="kenmerk")
    picture: PictureLabels = Field(alias="plaatje")

    @cached_property
    def threatening_by_id(self) -> dict[str, Threatening]:
        return {factor.id: factor for page in self.pages for factor in page.factors}

    @cached_property
    def protective_by_id(self) -> dict[str, Protective]:
        return {factor.id: factor for factor in self.protective}

    def phase(self, number: int) -> Phase:
        return self.phases[str(number)]


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the rule makes of a case. `reasons` are the factors that made it so, `protects` those that held it back."""

    phase: int
    grounds: Grounds
    reasons: tuple[str, ...] = ()
    held_back_from: int | None = None
    protects: tuple[str, ...] = ()


def weigh(card: PhaseCard, threatening: Collection[str], protective: Collection[str], stacking: str) -> Weighed:
    """The phase of a case. Adding a threatening factor never lowers it, adding a protective one never raises it.

    Unknown ids count for nothing. Who doubts a boundary-crossing fact hands it in as present.
    """
    factors = [factor for one, factor in card.threatening_by_id.items() if one in threatening]
    without = unprotected(card, factors, stacking)
    hard = any(factor.weight != "zacht" for factor in factors)
    if hard or without.phase < 2:
        return without
    protects = tuple(one.id for one in card.protective if one.id in protective and one.phase == without.phase)
    if len(protects) < card.rule.protection:
        return without
    return Weighed(without.phase - card.rule.protects_at_most, without.grounds, without.reasons, without.phase, protects)


def unprotected(card: PhaseCard, factors: list[Threatening], stacking: str) -> Weighed:
    """The phase before protection is looked at."""
    rule = card.rule
    boundary = [one for one in factors if one.weight == "grens"]
    facts = [one for one in factors if one.weight == "feit"]
    soft = {phase: [one for one in factors if one.weight == "zacht" and one.phase == phase] for phase in (1, 2, 3)}
    heavier = soft[3] + soft[2]
    if boundary:
        more = soft[3] if len(soft[3]) >= rule.soft else []
        return _weighed(ALWAYS, "grens", boundary + more)
    if len(soft[3]) >= rule.soft:
        return _weighed(3, "zacht", soft[3])
    if facts:
        more = heavier if len(heavier) >= rule.soft or soft[3] else []
        return _weighed(2, "feit", facts + more)
    if len(heavier) >= rule.soft:
        return _weighed(2, "zacht", heavier)
    if soft[3]:
        return _weighed(2, "een-zwaarder", soft[3])
    if len(soft[1]) >= rule.light:
        return _weighed(2, "opgeteld", soft[1])
    if stacking == "structureel" and len(soft[1]) >= rule.light_structural:
        return _weighed(2, "structureel", soft[1])
    if soft[2]:
        return _weighed(1, "een-zwaarder", soft[2] + soft[1])
    return _weighed(1, "licht", soft[1]) if soft[1] else Weighed(0, "geen")


def _weighed(phase: int, grounds: Grounds, factors: list[Threatening]) -> Weighed:
    return Weighed(phase, grounds, tuple(one.id for one in factors))


def phases_in_play(card: PhaseCard, threatening: Collection[str], stacking: str) -> tuple[int, ...]:
    """The phases of which protection matters: those of the factors that were seen, and the one they lead to."""
    factors = [factor for one, factor in card.threatening_by_id.items() if one in threatening]
    found = {factor.phase for factor in factors} | {unprotected(card, factors, stacking).phase}
    return tuple(sorted((phase for phase in found if phase), reverse=True))
