"""The absence check (`bijlage 4`, `§1.2`): age, kinds, numbers, doubts and agreements; then what the school does.

A question is asked only while its answer can still change what follows. No name is asked and no text is taken.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.flows.calling import school_page
from bot.flows.outcome import outcome
from bot.flows.verzuim_result import result_data, result_lines
from bot.messages import Line, Option
from bot.talk.entries import Amount
from bot.talk.flow import DOUBT, NOT_SURE, SKIPPED, Case, Done, Flow, Page
from knowledge.absence import bands, decide

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.absence import AbsenceKind, Band

AGE, KINDS, LUXURY = "age", "kinds", "luxury"
STAGES = 4
"""Age, kinds, numbers and doubts, agreements."""

_NUMBER = re.compile(r"[-@]")
"""What follows on the (lowest) number of an answer: the end of its band, or the day on which it was said."""


def verzuim(case: Case) -> Page | Done:
    """The next page of a check, or its end."""
    for page in _pages(case):
        if page.step not in case.answers:
            return page
    facts = read_facts(case)
    return outcome(case, result_lines(case, facts, unknown(case)), result_data(case, facts))


VERZUIM = Flow("verzuim", verzuim, name="verzuim.naam")


def _pages(case: Case) -> Iterator[Page]:
    """The pages in order; a later one is made only when all before it have been answered."""
    school = school_page(case, 1, STAGES)
    if school:
        yield school
    yield _amount(case, AGE, 1)
    yield _kinds(case)
    card = case.context.world.library.absence
    if case.one(KINDS) == NOT_SURE:
        for kind in card.kinds:
            yield _kind(case, kind)
    for fact in asked(case):
        if matters(case, fact):
            last = fact == "agreements_broken"
            yield _amount(case, fact, 3) if fact in card.quantities else _choice(case, fact, STAGES if last else 3)


def asked(case: Case) -> list[str]:
    """The facts that are asked about the chosen kinds; what several kinds ask comes after the last of them."""
    asks = [fact for kind in chosen(case) for fact in kind.asks]
    return list(reversed(dict.fromkeys(reversed(asks))))


def chosen(case: Case) -> list[AbsenceKind]:
    """The kinds of absence; one in doubt is gone through as well."""
    values = {value.removeprefix(DOUBT) for value in case.answers.get(KINDS, ())}
    return [kind for kind in case.context.world.library.absence.kinds if kind.id in values or case.one(f"feit:{kind.id}") == "ja"]


def matters(case: Case, fact: str) -> bool:
    """Whether the answer can change what follows: it is asked already, or its answers lead to different actions."""
    if fact in case.answers:
        return True
    library, facts = case.context.world.library, dict(read_facts(case))
    card, figures = library.absence, library.figures
    answers: list[int | str] = list(card.choices.get(fact, ()))
    if fact in card.quantities:
        answers = [band.low for band in bands(card, figures, fact)]
    outcomes = {decide(card, figures, {**facts, fact: answer}).ids for answer in answers}
    return len(outcomes | {decide(card, figures, facts).ids}) > 1


def read_facts(case: Case) -> dict[str, int | str]:
    """What is known. Of a band its lowest number stands for all of it: no limit lies within."""
    card = case.context.world.library.absence
    facts: dict[str, int | str] = {}
    kinds = {kind.id for kind in chosen(case)}
    if "luxe" in kinds:
        facts[LUXURY] = "ja"
    for fact in (AGE, *asked(case)):
        value = case.one(fact)
        if value in {None, NOT_SURE, SKIPPED}:
            continue
        facts[fact] = int(_NUMBER.split(str(value), 1)[0]) if fact in card.quantities else str(value)
    return facts


def unknown(case: Case) -> list[str]:
    """The facts that were asked and not known."""
    return [fact for fact in (AGE, *asked(case)) if case.one(fact) in {NOT_SURE, SKIPPED}]


def _amount(case: Case, fact: str, number: int) -> Page:
    """A page that takes a number, with taps for what makes a difference."""
    say, library = case.context.world.words.say, case.context.world.library
    quantity, found = library.absence.quantities[fact], bands(library.absence, library.figures, fact)
    options = [Option(band.id, _label(case, fact, band)) for band in found]
    options.append(Option(NOT_SURE, say("verzuim.weet-ik-niet")))
    return Page(
        fact, say(f"verzuim.naam-{fact}"), _question(case, fact), tuple(options), may_skip=True, may_doubt=True, number=number,
        total=STAGES, entry=Amount(found, said=case.context.today if quantity.kept else None, up=quantity.up),
    )  # fmt: skip


def _label(case: Case, fact: str, band: Band) -> str:
    say, unit = case.context.world.words.say, case.context.world.library.absence.quantities[fact].unit
    values = {"van": band.low, "tot": band.high, "onder": band.low - 1, "boven": (band.high or 0) + 1, "eenheid": unit}
    key = "meer-dan" if band.high is None else "hooguit" if band.low == 0 else "precies" if band.low == band.high else "tussen"
    own = f"verzuim.{fact}-{key}"
    return say(own if own in case.context.world.words else f"verzuim.{key}", **values)


def _choice(case: Case, fact: str, number: int) -> Page:
    words = case.context.world.words
    options = []
    for one in case.context.world.library.absence.choices[fact]:
        own = f"verzuim.keuze-{fact}-{one}"
        options.append(Option(one, words.say(own if own in words else f"verzuim.{one}")))
    options.append(Option(NOT_SURE, words.say("verzuim.weet-ik-niet")))
    return Page(
        fact, words.say(f"verzuim.naam-{fact}"), _question(case, fact), tuple(options), may_skip=True, may_doubt=True,
        number=number, total=STAGES,
    )  # fmt: skip


def _question(case: Case, fact: str) -> tuple[Line, ...]:
    words, figures = case.context.world.words, case.context.world.library.figures
    limits = {"uren": figures["verzuim-melden-uren"], "weken": figures["verzuim-melden-weken"]}
    lines = [Line(words.say(f"verzuim.vraag-{fact}", **limits), "headline")]
    if f"verzuim.uitleg-{fact}" in words:
        lines.append(Line(words.say(f"verzuim.uitleg-{fact}"), "note"))
    return tuple(lines)


def _kinds(case: Case) -> Page:
    say, kinds = case.context.world.words.say, case.context.world.library.absence.kinds
    options = tuple(Option(kind.id, kind.label) for kind in kinds)
    also = {kind.id: tuple(kind.also) for kind in kinds}
    return Page(
        KINDS, say("verzuim.naam-kinds"), _question(case, KINDS), options, multiple=True, may_doubt=True, number=2, total=STAGES,
        also=also,
    )  # fmt: skip


def _kind(case: Case, kind: AbsenceKind) -> Page:
    """One kind by itself, for whoever did not know the whole page."""
    say = case.context.world.words.say
    options = tuple(Option(one, say(f"verzuim.{one}")) for one in ("ja", "nee", NOT_SURE))
    lines = (Line(say("verzuim.feit", soort=kind.label.lower()), "headline"),)
    return Page(f"feit:{kind.id}", kind.label.lower(), lines, options, may_skip=True, may_doubt=True, number=2, total=STAGES)
