"""The ladder of reminders as strict records: per colour and per state of a handover, when and to whom (`§2.4` step 7)."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from knowledge.models import Record, Sections

Part = Literal["zelf", "vervanger", "leidinggevende", "coordinator"]
Unit = Literal["schooldagen", "werkdagen", "minuten"]
Colour = Literal["groen", "oranje", "rood"]
Term = Annotated[int, Field(ge=1)]


class Rung(Record):
    """One step: so long after the one before, to these people. The last of them is who this step is for."""

    after: Term = Field(alias="na")
    to: list[Part] = Field(alias="aan", min_length=1)


class Climb(Record):
    """The steps of one state. `every`: the top step comes back so often; a climb without it ends with `back`, to the giver."""

    unit: Unit = Field(alias="telt")
    rungs: list[Rung] = Field(alias="stappen", min_length=1)
    every: Term | None = Field(default=None, alias="daarna")
    back: Term | None = Field(default=None, alias="terug")
    without_date: Term | None = Field(default=None, alias="zonder-datum")

    @model_validator(mode="after")
    def _goes_up_and_never_stops(self) -> Self:
        for before, after in zip(self.rungs, self.rungs[1:], strict=False):
            if not set(before.to) <= set(after.to):
                raise ValueError("elke stap gaat naar minstens zo veel mensen als die ervoor")
        if (self.every is None) == (self.back is None):
            raise ValueError('na de laatste stap: "daarna" of "terug", een van de twee')
        return self


class Ladder(Record):
    """The ladder of one colour. `patience`: so many working days somebody may be away before a step goes past them."""

    id: Colour
    phases: list[int] = Field(alias="fasen")
    patience: Annotated[int, Field(ge=0)] = Field(alias="wacht")
    at: str = Field(default="10:00", alias="om", pattern=r"^(0[89]|1[0-6]):[0-5]\d$")
    sources: Sections = Field(alias="bron")
    offered: Climb = Field(alias="aangeboden")
    declined: Climb = Field(alias="afgewezen")
    accepted: Climb = Field(alias="overgenomen")
    reported: Climb = Field(alias="teruggekoppeld")

    @property
    def climbs(self) -> dict[str, Climb]:
        """The steps by the state they belong to."""
        return {"offered": self.offered, "declined": self.declined, "accepted": self.accepted, "reported": self.reported}


def ladder_for(ladders: dict[str, Ladder], phase: int | None) -> Ladder:
    """The ladder of a phase; without one, and for a call about a signal, the lightest."""
    return next((one for one in ladders.values() if (phase or 0) in one.phases), ladders["groen"])
