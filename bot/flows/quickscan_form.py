"""Which pages of a quickscan can be asked on one form: all whose questions do not hang on each other's answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.quickscan import scan_pages, stacking_page

if TYPE_CHECKING:
    from bot.talk.flow import Case, Page

FACT = "feit:"
STACKING = "stapeling"


def pages_together(case: Case) -> tuple[Page, ...]:
    """The pages that are open and can be asked now, in order; none when the scan is done, or is in danger.

    How often it happens is asked beside what happens: whoever ticks nothing can leave it open. What protects hangs on the phase,
    and facts that were not sure come one by one: those are for the next form.
    """
    if case.one("gevaar") not in {None, "nee"}:
        return ()
    left = [page for page in scan_pages(case) if page.step not in case.answers]
    if any(page.step == "gevaar" for page in left):
        return (*left, stacking_page(case))
    facts = [page for page in left if page.step.startswith(FACT)]
    before = [page for page in left if page.number < facts[0].number] if facts else []
    if before or not facts:
        waiting = before or left
        return tuple(waiting[:1]) if waiting and waiting[0].step == STACKING else tuple(waiting)
    return tuple(page for page in facts if page.number == facts[0].number)


def may_stay_open(page: Page) -> bool:
    """Whether a form may come back without an answer to this page: nothing ticked is an answer too."""
    return page.multiple or page.step == STACKING
