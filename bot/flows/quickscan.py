"""The quickscan of the fasekaart (`§1.2`): danger, context, what threatens, how often, what protects, and then the phase.

No name is asked and no text is taken: every answer is an id.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.danger import YES_NO, danger_page, in_danger
from bot.flows.quickscan_handover import start_handover_from_scan
from bot.flows.quickscan_result import OWN, Scan, result_reply
from bot.flows.quickscan_share import MOST_KOPPELS, share, share_places
from bot.messages import Line, Option, Reply
from bot.talk.flow import DOUBT, NOT_SURE, Case, Done, Flow, Page
from knowledge.phase_card import phases_in_play

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from knowledge.phase_card import FactorPage, Labelled, PhaseCard, Protective

STEPS = 5
"""Danger, context, what threatens, how often, what protects."""

MOST = 9
"""Factors on one page: with "Verder" that makes ten options."""


def quickscan(case: Case) -> Page | Done:
    """The next page of a scan, or its end."""
    if ended := in_danger(case):
        return ended
    for page in scan_pages(case):
        if page.step not in case.answers:
            return page
    return _after(case)


QUICKSCAN = Flow("quickscan", quickscan, extras=(OWN,))


def scan_pages(case: Case) -> Iterator[Page]:
    """The pages in order; a later one is made only when all before it have been answered."""
    card = case.context.world.library.phase_card
    yield danger_page(case, STEPS)
    yield _labelled(case, "context", 2, card.contexts)
    for part, page in enumerate(card.pages, start=1):
        yield _factors(case, page, part, len(card.pages))
        if case.one(page.id) == NOT_SURE:
            for factor in page.factors:
                yield _fact(case, factor, 3)
    scan = read_scan(case)
    if not scan.threatening:
        return
    yield stacking_page(case)
    scan = read_scan(case)
    asked = protective_pages(card, phases_in_play(card, scan.threatening, scan.stacking))
    for part, (step, factors) in enumerate(asked, start=1):
        yield _protection(case, step, factors, part, len(asked))
        if case.one(step) == NOT_SURE:
            for one in factors:
                yield _fact(case, one, 5)


def stacking_page(case: Case) -> Page:
    """How often it happens."""
    return _labelled(case, "stapeling", 4, case.context.world.library.phase_card.stacking)


def _labelled(case: Case, step: str, number: int, choices: Sequence[Labelled]) -> Page:
    say = case.context.world.words.say
    options = tuple(Option(one.id, one.label) for one in choices)
    lines = (Line(say(f"quickscan.{step}"), "headline"),)
    return Page(step, say(f"quickscan.naam-{step}"), lines, options, may_doubt=True, number=number, total=STEPS)


def _factors(case: Case, page: FactorPage, part: int, parts: int) -> Page:
    say = case.context.world.words.say
    lines = (Line(page.title, "headline"), Line(say("quickscan.deel", deel=part, delen=parts), "note"))
    options, also = _options(page.factors)
    return Page(page.id, page.name, lines, options, multiple=True, may_doubt=True, number=3, total=STEPS, also=also)


def _protection(case: Case, step: str, factors: Sequence[Protective], part: int, parts: int) -> Page:
    say = case.context.world.words.say
    options, also = _options(factors)
    which = (Line(say("quickscan.deel-goed", deel=part, delen=parts), "note"),) if parts > 1 else ()
    lines = (Line(say("quickscan.bescherming"), "headline"), *which)
    name = say("quickscan.naam-bescherming")
    return Page(step, name, lines, options, multiple=True, may_skip=True, may_doubt=True, number=STEPS, total=STEPS, also=also)


def _options(factors: Iterable[Protective]) -> tuple[tuple[Option, ...], dict[str, tuple[str, ...]]]:
    factors = tuple(factors)
    return tuple(Option(one.id, one.label) for one in factors), {one.id: tuple(one.also) for one in factors}


def _fact(case: Case, factor: Protective, number: int) -> Page:
    """One fact by itself, for whoever did not know a whole page."""
    say = case.context.world.words.say
    options = tuple(Option(one, say(f"quickscan.{one}")) for one in ("ja", "nee", "twijfel"))
    lines = (Line(say("quickscan.feit", factor=factor.label), "headline"),)
    also = YES_NO | {"twijfel": ("weet ik niet", "weet niet", "geen idee", "misschien", "twijfel", "onzeker")}
    return Page(f"feit:{factor.id}", factor.label.lower(), lines, options, number=number, total=STEPS, also=also)


def protective_pages(card: PhaseCard, phases: tuple[int, ...]) -> list[tuple[str, list[Protective]]]:
    """The protective factors of these phases on as few pages as they fit on. The step says which factors it asks about."""
    factors = [one for phase in phases for one in card.protective if one.phase == phase]
    if not factors:
        return []
    pages = -(-len(factors) // MOST)
    size = -(-len(factors) // pages)
    called = "".join(str(phase) for phase in phases)
    return [(f"bescherming-{called}-{page + 1}", factors[page * size : (page + 1) * size]) for page in range(pages)]


def read_scan(case: Case) -> Scan:
    """The facts that were answered. Doubt about a boundary-crossing fact counts as yes."""
    card = case.context.world.library.phase_card
    threatening: list[str] = []
    doubted: list[str] = []
    protective: list[str] = []
    pages: list[tuple[str, Sequence[Protective]]] = [(page.id, page.factors) for page in card.pages]
    for step, factors in pages:
        for factor, doubt in _answered(case, step, factors):
            if doubt:
                doubted.append(factor.id)
            if not doubt or card.threatening_by_id[factor.id].weight == "grens":
                threatening.append(factor.id)
    stacking = case.one("stapeling") or "eenmalig"
    for step, shown in protective_pages(card, phases_in_play(card, threatening, stacking)):
        for one, doubt in _answered(case, step, shown):
            (doubted if doubt else protective).append(one.id)
    own = case.one(OWN)
    return Scan(
        tuple(threatening), tuple(doubted), tuple(protective), case.one("context") or "", stacking, int(own) if own else None
    )


def _answered(case: Case, step: str, factors: Sequence[Protective]) -> Iterator[tuple[Protective, bool]]:
    """The factors that are present or doubted, with which of the two."""
    values = case.answers.get(step, ())
    for factor in factors:
        fact = case.one(f"feit:{factor.id}") if values == (NOT_SURE,) else None
        if factor.id in values or fact == "ja":
            yield factor, False
        elif f"{DOUBT}{factor.id}" in values or fact == "twijfel":
            yield factor, True


def _after(case: Case) -> Page | Done:
    """The result, and what follows from a choice on it."""
    wish = case.one("uitkomst")
    done = _result(case)
    if wish == "eigen-fase":
        chosen = case.one("fase")
        if chosen is None:
            return _own_phase(case)
        with_own = _result(Case({**case.answers, OWN: (chosen,)}, case.context, case.reference))
        return Done(with_own.replies, with_own.after, keep={OWN: (chosen,)}, forget=("uitkomst", "fase"))
    if wish == "overdragen":
        return start_handover_from_scan(case, _phase(case), done.after)
    if wish == "delen":
        return share(case, read_scan(case), done.after)
    if wish == "laat-zien":
        return Done(done.replies, done.after, forget=("uitkomst",))
    if wish == "weggooien":
        text = case.context.world.words.say("quickscan.weggegooid", kenmerk=case.reference)
        return Done((Reply("confirmation", (Line(text),)),), erase=True)
    return done


def _result(case: Case) -> Done:
    """The result with what can be chosen on it."""
    say = case.context.world.words.say
    wishes = ["eigen-fase", "laat-zien", "weggooien"]
    if 0 < len(share_places(case.context)) <= MOST_KOPPELS:
        wishes.insert(1, "delen")
    if _phase(case) and case.context.asker and case.context.may("overdracht-aanbieden"):
        wishes.insert(0, "overdragen")
    options = tuple(Option(one, say(f"quickscan.kies-{one}")) for one in wishes)
    also = {one: tuple(case.context.world.words.list(f"quickscan.ook-{one}")) for one in wishes}
    reply = result_reply(case, read_scan(case), options)
    return Done((reply,), Page("uitkomst", say("quickscan.naam-uitkomst"), reply.lines, options, also=also))


def _phase(case: Case) -> int:
    """The phase that counts: by somebody's own judgement, else by the rule."""
    scan = read_scan(case)
    return scan.weighed(case.context.world.library.phase_card).phase if scan.own_phase is None else scan.own_phase


def _own_phase(case: Case) -> Page:
    card, say = case.context.world.library.phase_card, case.context.world.words.say
    order = sorted(card.phases, key=lambda number: (number == "0", number))  # so that "3" typed is phase 3
    options = tuple(Option(one, say("quickscan.fase", fase=one, woord=card.phases[one].word)) for one in order)
    lines = (Line(say("quickscan.eigen-fase"), "headline"),)
    also = {number: (f"fase {number}", str(phase.colour)) for number, phase in card.phases.items()}
    return Page("fase", say("quickscan.naam-fase"), lines, options, also=also)
