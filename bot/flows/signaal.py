"""The signal route (`§2.1` into the school, `§2.2` out of it): a crisis leaves at once, anything else ends in a dated plan.

No name is asked and no text is taken: every answer is an id or a day.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from bot.flows.calling import region_of, school_page
from bot.flows.danger import danger_page, in_danger
from bot.flows.outcome import Wish, outcome
from bot.flows.quickscan_handover import begin_handover
from bot.flows.signaal_plan import CLOSING, MANAGER, ROUTE, SINCE, STEP, plan_lines, planned, result_data
from bot.messages import Line, Option
from bot.plan.duty import follow
from bot.say import day_in_words
from bot.talk.entries import Day
from bot.talk.flow import NOT_SURE, Case, Done, Flow, Page
from knowledge.calendar import first_school_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.signals import SignalRoute

STAGES = 6
"""Danger, which way, since when, how far, casemanager, closing."""

LAST_DAYS = 5
"""As many days back can be tapped; others are typed."""

LONG_AGO, FAR_AHEAD = timedelta(days=365), timedelta(days=365)
CLOSE_AFTER = (2, 4, 6)
"""Weeks after which people usually close; other days are typed."""


def signaal(case: Case) -> Page | Done:
    """The next page, or the plan."""
    if ended := in_danger(case):
        return ended
    for page in _pages(case):
        if page.step not in case.answers:
            return page
    plan = planned(case)
    data = result_data(case, plan)
    return outcome(case, plan_lines(case, plan), data, _wishes(case, data))


SIGNAAL = Flow("signaal", signaal, name="signaal.naam")


def _wishes(case: Case, data: dict[str, object]) -> dict[str, Wish]:
    """What a plan can lead to: reminders of it, and a handover."""
    words, context = case.context.world.words, case.context
    remind = Wish(words.say("plan.kies"), tuple(words.list("plan.ook")), partial(follow, reference=case.reference, data=data))
    if not context.may("overdracht-aanbieden"):
        return {"herinner": remind} if context.asker else {}
    hand_over = Wish(words.say("plan.overdragen"), tuple(words.list("plan.ook-overdragen")), partial(begin_handover, given={}))
    return {"herinner": remind, "overdragen": hand_over}


def _pages(case: Case) -> Iterator[Page]:
    """The pages in order; a later one is made only when all before it have been answered."""
    yield danger_page(case, STAGES)
    routes = case.context.world.library.signals
    asked = _page(case, ROUTE, 2, [Option(route.id, route.label) for route in routes.values()])
    yield replace(asked, also={route.id: tuple(route.also) for route in routes.values()})
    school = school_page(case, 2, STAGES)
    if school:
        yield school
    route = routes[case.one(ROUTE) or ""]
    yield _since(case)
    yield _page(case, STEP, 4, [Option(step.id, step.here) for step in route.steps], may_skip=True, may_doubt=True)
    roles = case.context.world.library.roles
    manager = _page(case, MANAGER, 5, _managers(case, route), may_skip=True, may_doubt=True)
    yield replace(manager, also={role: tuple(roles[role].words) for role in route.managers})
    yield _closing(case)


def _page(case: Case, step: str, number: int, options: list[Option], *, may_skip: bool = False, may_doubt: bool = False) -> Page:
    say = case.context.world.words.say
    name, lines = say(f"signaal.naam-{step}"), (Line(say(f"signaal.vraag-{step}"), "headline"),)
    return Page(step, name, lines, tuple(options), may_skip=may_skip, may_doubt=may_doubt, number=number, total=STAGES)


def _managers(case: Case, route: SignalRoute) -> list[Option]:
    say, roles = case.context.world.words.say, case.context.world.library.roles
    found = [Option(role, _capital(roles[role].name)) for role in route.managers]
    return [*found, Option(NOT_SURE, say("signaal.nog-niet"))]


def _since(case: Case) -> Page:
    """The day of the signal: the last days to tap, or typed. It is kept as a date."""
    say, today = case.context.world.words.say, case.context.today
    days = [today - timedelta(days=back) for back in range(LAST_DAYS)]
    labels = [say("signaal.vandaag"), say("signaal.gisteren"), *(_capital(day_in_words(day, today)) for day in days[2:])]
    options = tuple(Option(day.isoformat(), label) for day, label in zip(days, labels, strict=True))
    lines = (Line(say("signaal.vraag-sinds"), "headline"),)
    entry = Day(today, today - LONG_AGO, today)
    return Page(SINCE, say("signaal.naam-sinds"), lines, options, number=3, total=STAGES, entry=entry)


def _closing(case: Case) -> Page:
    """The day on which it is closed: a school day some weeks ahead, or another that is typed."""
    say, today, calendar = case.context.world.words.say, case.context.today, case.context.world.calendar
    options = []
    for weeks in CLOSE_AFTER:
        day = first_school_day(calendar, today + timedelta(weeks=weeks), region_of(case))
        options.append(Option(day.isoformat(), say("signaal.over-weken", weken=weeks, dag=day_in_words(day, today))[:40]))
    lines = (Line(say("signaal.vraag-afsluiten"), "headline"), Line(say("signaal.uitleg-afsluiten"), "note"))
    entry = Day(today, today, today + FAR_AHEAD)
    unique = tuple({option.id: option for option in options}.values())
    return Page(CLOSING, say("signaal.naam-afsluiten"), lines, unique, number=STAGES, total=STAGES, entry=entry)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
