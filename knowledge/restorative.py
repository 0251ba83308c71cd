"""The restorative talk (`bijlage 6`) as records: objections, forms, preparation, questions in their order, and good agreements."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from knowledge.models import Record, RoleId, Section

Weight = Literal["geschikt", "met-zorg", "wachten", "niet"]
"""How suitable a talk is, from most to least."""


class Tick(Record):
    """Something to tick."""

    id: str
    label: str = Field(max_length=40)
    also: list[str] = Field(default=[], alias="ook")


class Objection(Tick):
    """A reason why a talk does not fit, or not yet, and whom to consult about it."""

    weight: Weight = Field(alias="gevolg")
    why: str = Field(alias="uitleg")
    call: list[RoleId] = Field(alias="bel")


class Question(Record):
    """One question of the talk, and what whoever leads it minds."""

    id: str
    ask: str = Field(alias="vraag")
    mind: str = Field(alias="let-op")


class RestorativeTalk(Record):
    """All of `content/herstelgesprek.yaml`."""

    source: Section = Field(alias="bron")
    objections: list[Objection] = Field(alias="bezwaren", max_length=9)
    forms: list[Tick] = Field(alias="vormen", max_length=9)
    preparation: list[Tick] = Field(alias="voorbereiding", max_length=9)
    questions: list[Question] = Field(alias="vragen", min_length=1)
    agreements: list[Tick] = Field(alias="afspraken", max_length=9)
