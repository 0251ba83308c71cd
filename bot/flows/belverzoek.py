"""A call, the smallest handover (`§2.4` step 1): "call me about a signal", to whom and by when. It has no content at all."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from bot import worktime
from bot.flows import overdracht as offering
from bot.handover.acts import offer as offered
from bot.handover.card import Look, card_lines
from bot.handover.life import Draft, offer
from bot.messages import Line, Option, Reply
from bot.talk.flow import Case, Done, Flow, Page

if TYPE_CHECKING:
    from collections.abc import Iterator

TOTAL = 3
CALL = "overleg"


def belverzoek(case: Case) -> Page | Done:
    """The next page, or the request."""
    say = case.context.world.words.say
    if case.answers and not case.context.may("overdracht-aanbieden"):
        return Done((Reply("help", (Line(say("overdracht.voor-leden")),)),), erase=True)
    for page in _pages(case):
        if page.step not in case.answers:
            return page
    if case.one("klaar") != "ja":
        return Done((Reply("confirmation", (Line(say("overdracht.gestopt")),)),), erase=True)
    return Done((), erase=True, then=partial(offered, draft=_draft(case)))


BELVERZOEK = Flow("belverzoek", belverzoek, extras=("aan-uit",), opening=offering.opening, name="overdracht.naam-bel")


def _pages(case: Case) -> Iterator[Page]:
    yield offering.to_whom(case, "aan-bel", 1, TOTAL)
    if len(koppels := offering.several_koppels(case)) > 1:
        yield offering.which_place(case, koppels)
    tomorrow = worktime.days_after(case.context.world.calendar, case.context.today, 1, "werkdagen")
    yield offering.by_when(case, 2, TOTAL, usual=tomorrow)
    yield _confirm(case)


def _confirm(case: Case) -> Page:
    context, say = case.context, case.context.world.words.say
    made = offer(_draft(case), context.world, context.now)
    lines = (Line(say("overdracht.klopt"), "headline"), *card_lines(Look(made, context.world, context.now)))
    options = (Option("ja", say("overdracht.ja-bel")), Option("nee", say("overdracht.nee-stop")))
    also = {"ja": ("ja", "j", "klopt", "akkoord", "ok"), "nee": ("nee", "n", "stop")}
    return Page("klaar", say("overdracht.naam-klaar"), lines, options, number=TOTAL, total=TOTAL, also=also)


def _draft(case: Case) -> Draft:
    day = case.one("termijn")
    return Draft(
        case.reference, case.context.sender or "", case.one("aan") or "", offering.place_of(case), CALL, sort="bel",
        by=date.fromisoformat(day) if day else None,
    )  # fmt: skip
