"""What can be chosen in a handover, as strict records: what is asked, what was done, parents, and why something waits (`§2.4`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from knowledge.models import Record, Sections

if TYPE_CHECKING:
    from collections.abc import Sequence


class Choice(Record):
    """One thing to choose: its label on a control, and how it stands in a sentence."""

    id: str
    label: str = Field(max_length=40)
    sentence: str = Field(alias="zin")
    sources: Sections = Field(alias="bron")
    words: list[str] = Field(alias="woorden", default=[])
    """By which words it is named in what somebody types."""
    vague: list[str] = Field(alias="vaag", default=[])
    """By which words too, when nothing surer is said."""


class HandoverLists(Record):
    """All lists of a handover. `terms`: by phase, so many days for taking over."""

    asked: list[Choice] = Field(alias="vragen", max_length=9)
    done: list[Choice] = Field(alias="gedaan", max_length=9)
    parents: list[Choice] = Field(alias="ouders", max_length=9)
    pauses: list[Choice] = Field(alias="pauzes", max_length=9)
    terms: dict[str, int] = Field(alias="termijnen")

    def term(self, phase: int | None) -> int:
        """The days for taking over a handover of this phase."""
        return self.terms[str(phase or 0)]


def sentence_of(choices: list[Choice], one: str) -> str:
    """How a choice stands in a sentence; "" when the content no longer knows it."""
    return next((choice.sentence for choice in choices if choice.id == one), "")


def reason_in(typed: Sequence[str], choices: list[Choice]) -> str | None:
    """The choice of which a word is said, the first of the list; None when no word is."""
    said = set(typed)
    sure = next((choice.id for choice in choices if choice.id in said or not said.isdisjoint(choice.words)), None)
    return sure or next((choice.id for choice in choices if not said.isdisjoint(choice.vague)), None)
