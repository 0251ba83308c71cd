"""The guide to a restorative talk (`bijlage 6`): does it fit, what is arranged first, the questions in order, the agreements.

No name is asked and nothing of the talk itself is taken down: only ticks and a day.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.flows.herstel_result import (
    AGREEMENTS,
    ANYWAY,
    FITS,
    FORM,
    LOOK_BACK,
    PREPARED,
    QUESTION,
    objections,
    result_data,
    result_lines,
    stops_at,
    weight_of,
)  # fmt: skip
from bot.flows.outcome import outcome
from bot.flows.ticks import tick_pages, ticked
from bot.messages import Line, Option
from bot.say import day_in_words
from bot.talk.entries import Day
from bot.talk.flow import Case, Done, Flow, Page
from knowledge.calendar import first_school_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.restorative import Question

STAGES = 6
"""Does it fit, which form, what is arranged, the questions, the agreements, looking back."""

LOOK_BACK_AFTER = (1, 2, 4)
"""Weeks after which people usually look back; other days are typed."""

FAR_AHEAD = timedelta(days=365)


def herstelgesprek(case: Case) -> Page | Done:
    """The next page, or the end."""
    for page in _pages(case):
        if page.step not in case.answers:
            return page
    return outcome(case, result_lines(case), result_data(case))


HERSTELGESPREK = Flow("herstelgesprek", herstelgesprek, name="herstel.naam")


def _pages(case: Case) -> Iterator[Page]:
    """The pages in order; the talk ends early where it does not fit, or where feelings run too high."""
    talk = case.context.world.library.talk
    yield from tick_pages(case, _shell(case, FITS, 1), talk.objections, ask="vinken.klopt")
    weight = weight_of(objections(case))
    if weight == "niet":
        return
    if weight != "geschikt":
        yield _yes_or_no(case)
        if case.one(ANYWAY) != "ja":
            return
    yield _form(case)
    yield from tick_pages(case, _shell(case, PREPARED, 3), talk.preparation)
    for number, question in enumerate(talk.questions, start=1):
        yield _question(case, question, number)
        if stops_at(case) == question.id:
            return
    yield from tick_pages(case, _shell(case, AGREEMENTS, 5), talk.agreements, ask="vinken.klopt")
    yield _look_back(case)


def _shell(case: Case, step: str, number: int) -> Page:
    """A page to tick on, without its items. Only what is not needed to go on may be skipped."""
    say = case.context.world.words.say
    lines = (Line(say(f"herstel.{step}"), "headline"), Line(say(f"herstel.{step}-uitleg"), "note"))
    return Page(step, say(f"herstel.naam-{step}"), lines, (), may_skip=step != FITS, number=number, total=STAGES)


def _yes_or_no(case: Case) -> Page:
    """An objection that need not stop the talk: what it means, and whether to go on."""
    say = case.context.world.words.say
    lines = [Line(say("herstel.toch"), "headline"), *(Line(f"- {one.why}", "list") for one in objections(case))]
    options = tuple(Option(one, say(f"herstel.{one}")) for one in ("ja", "nee"))
    return Page(ANYWAY, say("herstel.naam-toch"), tuple(lines), options, may_doubt=True, number=1, total=STAGES)


def _form(case: Case) -> Page:
    say, forms = case.context.world.words.say, case.context.world.library.talk.forms
    options = tuple(Option(one.id, one.label) for one in forms)
    also = {one.id: tuple(one.also) for one in forms}
    lines = (Line(say("herstel.vorm"), "headline"),)
    return Page(FORM, say("herstel.naam-vorm"), lines, options, may_skip=True, may_doubt=True, number=2, total=STAGES, also=also)


def _question(case: Case, question: Question, number: int) -> Page:
    """One question of the talk. Before the first stands what is still to be arranged."""
    say, talk = case.context.world.words.say, case.context.world.library.talk
    lines = [Line(say("herstel.vraag-kop", nummer=number, totaal=len(talk.questions), vraag=question.ask), "headline")]
    lines.append(Line(question.mind, "note"))
    missing = [one.label for one in talk.preparation if ticked(case, PREPARED, one.id) != "ja"]
    if number == 1 and missing:
        lines.append(Line(say("herstel.eerst", wat="; ".join(missing).lower()), "note"))
    options = tuple(Option(one, say(f"herstel.{one}")) for one in ("besproken", "loopt-op"))
    name = say("herstel.naam-vraag", nummer=number)
    return Page(f"{QUESTION}{question.id}", name, tuple(lines), options, may_skip=True, may_doubt=True, number=4, total=STAGES)


def _look_back(case: Case) -> Page:
    """The day to see whether the agreements were kept: a school day some weeks ahead, or another that is typed."""
    words, today, calendar = case.context.world.words, case.context.today, case.context.world.calendar
    options: dict[str, Option] = {}
    for weeks in LOOK_BACK_AFTER:
        day = first_school_day(calendar, today + timedelta(weeks=weeks))
        span = words.say("herstel.weken", aantal=weeks)
        label = words.say("herstel.over-weken", weken=span, dag=day_in_words(day, today))
        options.setdefault(day.isoformat(), Option(day.isoformat(), label[:40]))
    entry = Day(today, today, today + FAR_AHEAD)
    lines = (Line(words.say("herstel.terugkijken"), "headline"),)
    return Page(
        LOOK_BACK, words.say("herstel.naam-terugkijken"), lines, tuple(options.values()), may_skip=True, may_doubt=True,
        number=STAGES, total=STAGES, entry=entry,
    )  # fmt: skip
