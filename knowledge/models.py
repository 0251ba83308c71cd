"""The content as strict records: roles, situations, topics, figures and danger words, as they stand in `content/`."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from knowledge.roles import ROLES

Side = Literal["school", "politie", "leerplicht", "justitie", "zorg", "gemeente", "netwerk"]

_SECTION = re.compile(
    r"(Inleiding|Samenvatting|§[1-4](\.[1-4])?( stap [1-7])?|bijlage [1-6]"
    r"|convenant( art\. (10|[1-47-9])| bijlage [1-4])?|eigen .+)"  # "eigen afspraak …": what a network adds itself
)


def _is_role(value: str) -> str:
    if value not in ROLES:
        raise ValueError(f'"{value}" is geen rol; de rollen staan in content/rollen.yaml')
    return value


def _is_section(value: str) -> str:
    if not _SECTION.fullmatch(value):
        raise ValueError(f'"{value}" is geen vindplaats zoals "§1.2", "bijlage 4" of "convenant art. 3"')
    return value


RoleId = Annotated[str, AfterValidator(_is_role)]
Section = Annotated[str, AfterValidator(_is_section)]
Sections = Annotated[list[Section], Field(min_length=1)]


class Record(BaseModel):
    """Content is read-only, and a key that nobody knows is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Role(Record):
    """One role: its words, its side of the table, why it is called, and who is next when nobody fills it."""

    id: RoleId
    name: str = Field(alias="naam")
    side: Side = Field(alias="kant")
    why: str = Field(alias="waarom")
    words: list[str] = Field(alias="woorden")
    around: list[str] = Field(alias="ook")
    instead: list[RoleId] = Field(alias="anders")
    always: str | None = Field(default=None, alias="altijd")
    sources: Sections = Field(alias="bron")


class Situation(Record):
    """A situation in which somebody is to be called: whom, by the side that asks, why, and with what at hand."""

    id: str
    title: str = Field(alias="titel", max_length=70)
    who: dict[Side | RoleId, list[RoleId]] = Field(alias="wie")
    why: dict[str, str] = Field(alias="waarom")
    ready: list[str] = Field(default=[], alias="klaar", max_length=4)
    always: str | None = Field(default=None, alias="altijd")
    sources: Sections = Field(alias="bron")
    words: list[str] = Field(alias="woorden")
    examples: list[str] = Field(alias="voorbeelden", min_length=3)


class Topic(Record):
    """One thing the source knows, in our own words."""

    id: str
    title: str = Field(alias="titel", max_length=60)
    kind: Literal["begrip", "antwoord", "partner", "stap", "voorbeeld", "aanbeveling"] = Field(alias="soort")
    answer: str = Field(alias="antwoord")
    sources: Sections = Field(alias="bron")
    since_then: str = Field(default="", alias="inmiddels")
    concerns: list[Side] = Field(default=[], alias="voor")
    call: list[RoleId] = Field(default=[], alias="bel", max_length=4)
    related: list[str] = Field(default=[], alias="verwant")
    picture: str = Field(default="", alias="plaatje")
    """The name of a picture that goes with it (`bot.picture.named`)."""
    examples: list[str] = Field(alias="vragen", min_length=2)
    words: list[str] = Field(alias="woorden")


class Figure(Record):
    """A threshold, term, age, date or amount: it stands once, and texts and conversations use it from here."""

    id: str
    value: int | float | str = Field(alias="waarde")
    unit: str = Field(default="", alias="eenheid")
    text: str = Field(default="", alias="tekst")
    source: Section = Field(alias="bron")
    what: str = Field(default="", alias="wat")

    def __str__(self) -> str:
        return self.text or f"{self.value} {self.unit}".strip()


class DangerRule(Record):
    """All of the named word groups together mean danger, unless one of the brakes is there too."""

    all_of: list[str] = Field(alias="alle", min_length=1)
    brakes: list[str] = Field(default=[], alias="behalve")


class DangerParts(Record):
    """What still brakes when a message is in several parts: "al weken ruzie en nu dreigt hij met een mes. Wie bel ik?"."""

    turns: list[str] = Field(alias="keerpunt")
    """Here a part goes over from what was to what is now."""
    then: list[str] = Field(alias="toen")
    """Brakes that say nothing of what comes after a turn, or of another sentence."""
    over: list[str] = Field(alias="voorbij")
    """Those among them that do tell of the sentence before them: "Er werd gevochten. De politie heeft het gesust"."""
    back: list[str] = Field(alias="terug")
    """A sentence that begins with one of these tells of the one before it: "Dat was gisteren"."""
    asks: list[str] = Field(alias="vraag")
    """Brakes that belong to a question, and say nothing of what else is told."""
    question_mark: list[str] = Field(alias="vraagteken")
    """Those that say nothing of another sentence either, when theirs ends with a question mark."""


class Danger(Record):
    """The words by which danger now is heard, and how they combine."""

    families: dict[str, list[str]] = Field(default={})
    """Words that stand for each other in an expression, by a name in capitals."""
    sayings: list[str] = Field(default=[], alias="zegswijzen")
    """Figures of speech: their words are left out before anything is heard."""
    groups: dict[str, list[str]] = Field(alias="groepen")
    parts: DangerParts = Field(alias="delen")
    grave: list[str] = Field(alias="ernstig")
    """Groups that are danger if it were now: nothing said about them goes without the number to call."""
    rules: list[DangerRule] = Field(alias="regels")


class ChecklistStep(Record):
    """One thing to do, whom to call about it, and where it comes from."""

    id: str
    do: str = Field(alias="doe", max_length=140)
    call: list[RoleId] = Field(alias="bel")
    sources: Sections = Field(alias="bron")


class Checklist(Record):
    """A list to go through together. `kinds` are the schools it is meant for, when another list serves the others."""

    id: str
    title: str = Field(alias="titel", max_length=40)
    begin: list[str]
    near: list[str] = Field(alias="bij")
    """Words in the title of a topic by which the list is offered with it."""
    kinds: list[str] = Field(default=[], alias="voor")
    sources: Sections = Field(alias="bron")
    steps: list[ChecklistStep] = Field(alias="stappen", min_length=2)

    @property
    def flow(self) -> str:
        """The conversation that goes through it; lists for different kinds of school share one."""
        return "lijst-" + self.id.removesuffix("-vo").removesuffix("-mbo")
