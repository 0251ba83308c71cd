"""Fictitious cases with which a network trains together (`§2`: every case can be used in one's own region)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from knowledge.models import Record, RoleId, Sections
from knowledge.phase_card import ContextId, weigh

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.phase_card import PhaseCard, Weighed

Line = Annotated[str, Field(max_length=200)]


class TrainingCase(Record):
    """One case: the story, the factors from which the card's rule makes the phase, and whom to call, the best choice first."""

    id: str
    title: str = Field(alias="titel", max_length=40)
    sources: Sections = Field(alias="bron")
    story: list[Line] = Field(alias="verhaal", min_length=1, max_length=4)
    context: ContextId
    threatening: list[str] = Field(alias="bedreigend", min_length=1)
    protective: list[str] = Field(alias="beschermend")
    stacking: str = Field(alias="stapeling")
    call: list[RoleId] = Field(alias="bellen", min_length=2, max_length=5)
    why: Line = Field(alias="waarom")
    worked: list[Line] = Field(alias="uitwerking", min_length=1, max_length=4)

    def weighed(self, card: PhaseCard) -> Weighed:
        return weigh(card, self.threatening, self.protective, self.stacking)


def training_faults(cases: Iterable[TrainingCase], card: PhaseCard) -> list[str]:
    """The ids in the cases that the card does not know, for an editor."""
    stacking = {one.id for one in card.stacking}
    faults = []
    for case in cases:
        known = {*card.threatening_by_id, *card.protective_by_id}
        unknown = [one for one in (*case.threatening, *case.protective) if one not in known]
        unknown += [case.stacking] if case.stacking not in stacking else []
        faults += [f'casussen.yaml: {case.id}: "{one}" staat niet op de fasekaart' for one in unknown]
    return faults
