"""A guided conversation is a pure function: the answers so far go in, the next page or the end comes out.

Only answers are stored, in canonical form. Where somebody is follows from replaying them, so a restart, going back, changing
one earlier answer, an old button and changed content are all the same thing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from bot.messages import Line, Option, Reply
from bot.talk.entries import Amount, Day

if TYPE_CHECKING:
    import sqlite3

    from bot.context import Context
    from bot.named import Someone
    from bot.talk.entries import Entry

Values: TypeAlias = tuple[str, ...]
Answers: TypeAlias = Mapping[str, Values]

NOT_SURE, SKIPPED, ON, DOUBT = "weet-ik-niet", "overslaan", "verder", "twijfel:"
"""Answers that are no option: not known, skipped; the option that ends a page with several; the mark of doubt about a fact."""


@dataclass(frozen=True)
class Case:
    """What a flow may look at: the answers so far, the surroundings, and the words by which this conversation is called."""

    answers: Answers
    context: Context
    reference: str

    def one(self, step: str) -> str | None:
        """The answer to a question with one answer."""
        return next(iter(self.answers.get(step, ())), None)


@dataclass(frozen=True)
class Page:
    """One question. `name` is how people call it ("context"); `also` are other words for its options."""

    step: str
    name: str
    lines: tuple[Line, ...]
    options: tuple[Option, ...]
    multiple: bool = False
    may_skip: bool = False
    may_doubt: bool = False
    number: int = 0
    total: int = 0
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    entry: Entry | None = None
    """What can be typed besides the options: then a typed number is an answer, and not the number of an option."""
    shown: Mapping[str, str] = field(default_factory=dict)
    """How an option stands in the list, when that tells more than its label."""
    someone: Someone | None = None
    """Whom can be named besides the options."""

    def accepts(self, values: Values) -> bool:
        """Whether this is still an answer to this question."""
        if values == (NOT_SURE,):
            return self.may_doubt
        if values == (SKIPPED,):
            return self.may_skip
        if self.entry and len(values) == 1 and self.entry.takes(values[0]):
            return True
        if self.someone and len(values) == 1 and self.someone.takes(values[0]):
            return True
        ids = {option.id for option in self.options}
        chosen = [value.removeprefix(DOUBT) if self.multiple else value for value in values]
        return ids.issuperset(chosen) and len(set(chosen)) == len(chosen) and (self.multiple or len(chosen) == 1)


@dataclass(frozen=True)
class Done:
    """The end. `replies` are said once, `after` is what can still be chosen; `keep` and `forget` change the stored answers."""

    replies: tuple[Reply, ...]
    after: Page | None = None
    keep: Answers = field(default_factory=dict)
    forget: tuple[str, ...] = ()
    erase: bool = False
    """Nothing of it may remain."""
    then: Callable[[sqlite3.Connection, Context], list[Reply]] | None = None
    """What it leads to, and what is said about that."""


@dataclass(frozen=True)
class Flow:
    """One kind of conversation.

    `extras` are answers that stand without having been asked on the way; `name` is the sentence with its name, when not its own.
    """

    id: str
    next: Callable[[Case], Page | Done]
    extras: tuple[str, ...] = ()
    name: str = ""
    opening: Callable[[str, Context], Answers] | None = None
    """What whoever begins it has said already."""


@dataclass(frozen=True)
class Position:
    """Where somebody is, and the pages they came by. `stale`: their stored answer to this page is no longer one."""

    at: Page | Done
    path: dict[str, Page]
    accepted: dict[str, Values]
    stale: bool = False

    @property
    def page(self) -> Page | None:
        return self.at.after if isinstance(self.at, Done) else self.at


def replay(flow: Flow, stored: Answers, context: Context, reference: str) -> Position:
    """Goes through the stored answers, as far as they reach."""
    accepted = {step: stored[step] for step in flow.extras if step in stored}
    path: dict[str, Page] = {}
    while True:
        at = flow.next(Case(accepted, context, reference))
        page = at.after if isinstance(at, Done) else at
        if page is None or page.step not in stored or (isinstance(at, Done) and page.step in at.forget):
            return Position(at, path, accepted)
        if page.step in path:
            raise AssertionError(f"{flow.id} asks {page.step} twice")
        if not page.accepts(stored[page.step]):
            return Position(at, path, accepted, stale=True)
        accepted[page.step] = stored[page.step]
        path[page.step] = page


def page_reply(page: Page, flow: Flow, reference: str, context: Context, notes: tuple[Line, ...] = ()) -> Reply:
    """A page as people see it: what was noticed first, then the step, the question and its numbered options."""
    words = context.world.words
    step = words.say(flow.name or f"{flow.id}.naam")
    if page.total:
        step = words.say("gesprek.stap", naam=step, nummer=page.number, totaal=page.total)
    options = (*page.options, Option(ON, words.say("gesprek.verder"))) if page.multiple else page.options
    lines = [*notes, Line(step, "note"), *page.lines]
    for number, option in enumerate(options, start=1):
        shown = page.shown.get(option.id, option.label)
        lines.append(Line(f"- {shown}" if page.entry else f"{number}. {shown}", "list"))
    lines.append(Line(words.say(_hint(page)), "note"))
    data = {"flow": flow.id, "step": page.step, "reference": reference, "number": page.number, "total": page.total}
    return Reply("question", tuple(lines), options, page.multiple, data, numbered=page.entry is None)


Hint = Literal["gesprek.kies-meer", "gesprek.kies-een", "invoer.kies-getal", "invoer.kies-dag", "invoer.kies-dag-terug"]


def _hint(page: Page) -> Hint:
    """How to answer."""
    match page.entry:
        case Amount():
            return "invoer.kies-getal"
        case Day():
            return "invoer.kies-dag" if page.entry.last > page.entry.today else "invoer.kies-dag-terug"
        case None:
            return "gesprek.kies-meer" if page.multiple else "gesprek.kies-een"
