"""Pages on which somebody ticks what is so; whoever does not know a whole page goes through it one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

from bot.flows.danger import YES_NO
from bot.messages import Line, Option
from bot.talk.flow import DOUBT, NOT_SURE, SKIPPED, Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.talk.flow import Case

Ticked = Literal["ja", "twijfel", "nee", "onbekend"]
"""There, in doubt, not there, not looked at."""


class Item(Protocol):
    """What can be ticked."""

    @property
    def id(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def also(self) -> list[str]: ...


def tick_pages(case: Case, page: Page, items: Sequence[Item], *, ask: str = "vinken.feit") -> Iterator[Page]:
    """The page (its step, name, lines and place are given), and when it is not known one page for each item.

    `ask` is the sentence that asks about one item (`wat`).
    """
    also = {item.id: tuple(item.also) for item in items}
    options = tuple(Option(item.id, item.label) for item in items)
    yield Page(
        page.step, page.name, page.lines, options, multiple=True, may_skip=page.may_skip, may_doubt=True, number=page.number,
        total=page.total, also=also,
    )  # fmt: skip
    if case.one(page.step) == NOT_SURE:
        yield from (_fact(case, item, page, ask) for item in items)


def _fact(case: Case, item: Item, page: Page, ask: str) -> Page:
    words = case.context.world.words
    options = tuple(Option(one, words.say(f"vinken.{one}")) for one in ("ja", "nee", "twijfel"))
    lines = (Line(words.say(ask, wat=item.label), "headline"),)
    also = YES_NO | {"twijfel": tuple(words.list("vinken.ook-twijfel"))}
    return Page(f"feit:{item.id}", item.label.lower(), lines, options, number=page.number, total=page.total, also=also)


def ticked(case: Case, step: str, item: str) -> Ticked:
    """What was answered about one item."""
    values = case.answers.get(step, (SKIPPED,))
    if values == (SKIPPED,):
        return "onbekend"
    if values == (NOT_SURE,):
        fact = case.one(f"feit:{item}")
        return "ja" if fact == "ja" else "nee" if fact == "nee" else "twijfel"
    return "ja" if item in values else "twijfel" if f"{DOUBT}{item}" in values else "nee"
