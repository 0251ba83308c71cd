"""Offering a handover (`§2.4` step 7): to whom, how serious, what is asked, what was done, do parents know, by when.

Every answer is chosen or is somebody of the network: no text is taken, so nothing about a pupil can stand in it.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from bot import worktime
from bot.handover.acts import offer as offered
from bot.handover.card import Look, card_lines
from bot.handover.life import RED, Draft, offer
from bot.handover.places import place_for, shared_koppels
from bot.messages import Line, Option, Reply
from bot.named import MOST, Someone, usual_people
from bot.say import day_in_words
from bot.talk.flow import SKIPPED, Case, Done, Flow, Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.context import Context
    from bot.talk.flow import Answers
    from knowledge.handover_lists import Choice
    from knowledge.network import Koppel, Person

TOTAL = 7
NO_PLACE = "alleen-wij"
LABEL = 40
TWO_WEEKS = 14


def overdracht(case: Case) -> Page | Done:
    """The next page, or the offer."""
    if case.answers and not case.context.may("overdracht-aanbieden"):
        return Done((Reply("help", (Line(_say(case, "voor-leden")),)),), erase=True)
    for page in _pages(case):
        if page.step not in case.answers:
            return page
    if case.one("klaar") != "ja":
        return Done((Reply("confirmation", (Line(_say(case, "gestopt")),)),), erase=True)
    return Done((), erase=True, then=partial(offered, draft=draft(case)))


def opening(text: str, context: Context) -> Answers:
    """Whom somebody named in the sentence with which they began."""
    found, sure = Someone(context, frozenset({context.sender or ""})).find(text)
    return {("aan" if sure else "aan-uit"): found} if found else {}


OVERDRACHT = Flow("overdracht", overdracht, extras=("aan-uit", "scan", "scan-fase"), opening=opening)


def _pages(case: Case) -> Iterator[Page]:
    yield to_whom(case, "aan", 1, TOTAL)
    if len(koppels := several_koppels(case)) > 1:
        yield which_place(case, koppels)
    if not case.one("scan-fase"):
        yield _phase(case)
    lists = case.context.world.library.handover
    yield _chosen(case, "vraag", "vraag-aan", 3, lists.asked, skips="overleg")
    yield _chosen(case, "gedaan", "wat-gedaan", 4, lists.done, multiple=True)
    yield _chosen(case, "ouders", "weten-ouders", 5, lists.parents)
    yield by_when(case, 6, TOTAL)
    yield _confirm(case)


def to_whom(case: Case, key: str, number: int, total: int) -> Page:
    """Who is asked: the usual people to tap, anybody else by name, role or organisation."""
    context = case.context
    by_id, roles = context.network.person_by_id, context.world.library.roles
    several = [by_id[one] for one in case.answers.get("aan-uit", ()) if one in by_id]
    people = several or usual_people(context)
    options = tuple(Option(one.id, one.name[:LABEL]) for one in people)
    shown = {one.id: _say(case, "aan-optie", naam=one.name, rol=roles[one.roles[0]].name) for one in people}
    lines = (Line(_say(case, "aan-wie-van" if several else key), "headline"), Line(_say(case, "aan-uitleg"), "note"))
    also = {one.id: (one.name, one.name.split()[0], *(roles[role].name for role in one.roles)) for one in people}
    someone = Someone(context, frozenset({context.sender or ""}))
    return Page("aan", _say(case, "naam-aan"), lines, options, number=number, total=total, also=also, shown=shown, someone=someone)


def addressee(case: Case) -> Person | None:
    return case.context.network.person_by_id.get(case.one("aan") or "")


def several_koppels(case: Case) -> list[Koppel]:
    """The pairs between which is to be chosen; none where one is clear."""
    asker, other = case.context.asker, addressee(case)
    found = shared_koppels(case.context.world, asker, other) if asker and other else []
    return [] if here(case) in {one.id for one in found} else found[: MOST - 1]


def here(case: Case) -> str:
    """Where it was begun: a conversation may go on in the direct chat."""
    return case.context.origin


def which_place(case: Case, koppels: list[Koppel]) -> Page:
    """In the place of which pair it is said."""
    schools = case.context.network.organisation_by_id
    options = [Option(one.id, schools[one.school].name[:40]) for one in koppels]
    options.append(Option(NO_PLACE, _say(case, "geen-kanaal")))
    lines = (Line(_say(case, "welke-plek"), "headline"),)
    also = {one.id: schools[one.school].also_known_as for one in koppels} | {NO_PLACE: ("geen", "geen kanaal")}
    return Page("plek", _say(case, "naam-plek"), lines, tuple(options), also=also)


def place_of(case: Case) -> str | None:
    """The pair in whose place it is said; None: direct messages."""
    asker, other, chosen = case.context.asker, addressee(case), case.one("plek")
    if chosen or asker is None or other is None:
        return None if chosen == NO_PLACE else chosen
    return place_for(case.context.world, asker, other, here(case))


def _phase(case: Case) -> Page:
    card = case.context.world.library.phase_card
    options = [Option(one, _say(case, "fase-optie", fase=one, woord=card.phases[one].word)) for one in ("1", "2", "3")]
    options.append(Option("0", _say(case, "geen-fase")))
    also = {one: (f"fase {one}", str(card.phases[one].colour), card.phases[one].title) for one in ("1", "2", "3")}
    lines = (Line(_say(case, "fase"), "headline"),)
    return Page("fase", _say(case, "naam-fase"), lines, tuple(options), number=2, total=TOTAL, also=also)


def _chosen(
    case: Case, step: str, key: str, number: int, choices: list[Choice], *, skips: str = "", multiple: bool = False
) -> Page:
    """A page with a list of the content; `skips`: what it is when the question is skipped."""
    options = [Option(one.id if one.id != skips else SKIPPED, one.label) for one in choices]
    options.sort(key=lambda one: one.id == SKIPPED)
    also = {one.id: (one.sentence,) for one in choices if one.id != skips}
    lines = (Line(_say(case, key), "headline"),)
    return Page(
        step, _say(case, f"naam-{step}"), lines, tuple(options), multiple=multiple, may_skip=bool(skips) or multiple,
        number=number, total=TOTAL, also=also,
    )  # fmt: skip


def by_when(case: Case, number: int, total: int, usual: date | None = None) -> Page:
    """By which day: what fits the phase, or earlier, or later."""
    context = case.context
    calendar, today = context.world.calendar, context.today
    made = offer(draft(case), context.world, context.now)
    usual = usual or worktime.local_day(calendar, made.due or context.now)
    tomorrow = worktime.days_after(calendar, today, 1, "werkdagen")
    red = made.phase == RED  # which waits no longer than a day
    later = tomorrow if red else worktime.days_after(calendar, today + timedelta(days=TWO_WEEKS - 1), 1, "werkdagen")
    days = {usual: "ja-uiterlijk"}
    for day, key in ((today, "eerder-vandaag"), (tomorrow, "eerder-morgen"), (later, "later")):
        if (day > usual) == (key == "later"):
            days.setdefault(day, key)
    options = tuple(Option(f"{day}", _say(case, key, dag=_short(day, today))) for day, key in days.items())
    also = {f"{day}": (day_in_words(day, today),) for day in days}
    head = Line(_say(case, "wanneer", dag=day_in_words(usual, today)), "headline")
    return Page("termijn", _say(case, "naam-termijn"), (head,), options, number=number, total=total, also=also)


def _short(day: date, today: date) -> str:
    words = day_in_words(day, today)
    return words if len(words) < 20 else f"{words[:2]} {words.split(' ', 1)[1]}"


def _confirm(case: Case) -> Page:
    """The offer as the other will read it."""
    made = offer(draft(case), case.context.world, case.context.now)
    lines = [Line(_say(case, "klopt"), "headline"), *card_lines(Look(made, case.context.world, case.context.now))]
    options = (Option("ja", _say(case, "ja-aan")), Option("nee", _say(case, "nee-stop")))
    also = {"ja": ("ja", "j", "klopt", "akkoord", "bied aan", "doe maar", "ok"), "nee": ("nee", "n", "stop", "niet doen")}
    return Page("klaar", _say(case, "naam-klaar"), tuple(lines), options, number=TOTAL, total=TOTAL, also=also)


def draft(case: Case) -> Draft:
    """What the answers make of it so far."""
    asked = case.one("vraag")
    phase = case.one("scan-fase") or case.one("fase")
    day = case.one("termijn")
    return Draft(
        case.reference, case.context.sender or "", case.one("aan") or "", place_of(case),
        asked if asked and asked != SKIPPED else "overleg", phase=int(phase or 0),
        done=tuple(one for one in case.answers.get("gedaan", ()) if one != SKIPPED), parents=case.one("ouders"),
        scan=case.one("scan"), by=date.fromisoformat(day) if day else None,
    )  # fmt: skip


def _say(case: Case, key: str, **values: object) -> str:
    return case.context.world.words.say(f"overdracht.{key}", **values)
