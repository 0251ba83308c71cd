"""The end of an absence check as people read it: what to do now, why, what comes on which day, and whom to call."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.answers.contact_lines import contact_data
from bot.answers.knowledge import fill
from bot.flows.calling import place_of, region_of, short_lines, to_call
from bot.messages import Line
from bot.say import day_in_words
from knowledge.absence import HALT, decide, limit_of, why_no_halt
from knowledge.calendar import first_school_day, school_days_after
from knowledge.reach import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.talk.flow import Case
    from knowledge.absence import Action, Decision, Facts
    from knowledge.reach import Contact

MOST_CONTACTS = 3
ADULT = "verzuim-meerderjarig"
HALT_LIMITS = ("leeftijd-van", "leeftijd-tot-en-met", "uren-van", "uren-tot-en-met", "te-laat-van", "te-laat-tot-en-met")


def decided(case: Case, facts: Facts) -> Decision:
    library = case.context.world.library
    return decide(library.absence, library.figures, facts)


def result_lines(case: Case, facts: Facts, unknown: list[str]) -> list[Line]:
    """The whole result."""
    say, decision = case.context.world.words.say, decided(case, facts)
    weighty = [action.label for action in decision.actions if action.id not in {HALT, "school-zelf"}]
    lines = [Line("; ".join(weighty[:2]) if weighty else decision.actions[0].label, "headline")]
    if not facts.keys() - {"age"}:
        lines = [Line(say("verzuim.kop-niets"), "headline"), Line(say("verzuim.soort-onbekend"))]
    lines.append(Line(say("verzuim.nu"), "reason"))
    lines += [Line(f"- {_do(case, action, facts, decision)}", "list") for action in decision.actions]
    lines += [Line(text) for _, _, text in terms(case, decision)]
    lines.append(Line(say("verzuim.waarom"), "reason"))
    lines += [Line(f"- {fill(rule.why, case.context.world.library)}", "list") for rule in decision.rules]
    lines += [Line(text, "note") for text in _notes(case, facts, decision, unknown)]
    soon = [text for _, _, text in coming(case, facts)]
    lines += [Line(say("verzuim.straks"), "reason"), *(Line(f"- {text}", "list") for text in soon)] if soon else []
    lines += _whom(case, contacts_for(case, facts, decision))
    sources = ", ".join(sources_of(decision))
    return [*lines, Line(say("verzuim.bron", bron=sources), "reason"), Line(say("verzuim.regio"), "note")]


def result_data(case: Case, facts: Facts) -> dict[str, object]:
    """The result for programs (scenario-format): actions, the rules behind them, terms as dates, contacts and sources."""
    decision = decided(case, facts)
    dated = [*terms(case, decision), *coming(case, facts)]
    return {
        "flow": "verzuim", "actions": list(decision.ids), "rules": [rule.id for rule in decision.rules],
        "terms": [{"id": name, "due": day.isoformat()} for name, day, _ in dated],
        "contacts": [contact_data(contact) for contact in contacts_for(case, facts, decision)], "sources": sources_of(decision),
    }  # fmt: skip


def sources_of(decision: Decision) -> list[str]:
    named = [source for action in decision.actions for source in action.sources]
    return list(dict.fromkeys([*(rule.source for rule in decision.rules), *named]))


def report_day(case: Case) -> date:
    """The day on which a report is made: today, or the first school day after it."""
    return first_school_day(case.context.world.calendar, case.context.today, region_of(case))


def terms(case: Case, decision: Decision) -> Iterator[tuple[str, date, str]]:
    """What must have happened on which day after what is done now: name, day and sentence."""
    figures, calendar, today = case.context.world.library.figures, case.context.world.calendar, case.context.today
    for action in decision.actions:
        if action.term:
            day = school_days_after(calendar, report_day(case), limit_of(figures, action.term.days), region_of(case))
            yield action.term.id, day, action.term.sentence.format(dag=day_in_words(day, today))


def coming(case: Case, facts: Facts) -> Iterator[tuple[str, date, str]]:
    """What follows on which day if it goes on like this; only where the number itself is known."""
    card, figures = case.context.world.library.absence, case.context.world.library.figures
    for rule in card.rules:
        fact = rule.conditions[0].fact if rule.soon else ""
        if not fact or not (said := _said(case, fact)):
            continue
        (first, _), number = rule.conditions[0].span(figures), int(facts[fact])
        if 0 < number < first:
            day = _day_of(case, said, first - number, card.quantities[fact].unit)
            yield rule.id, day, rule.soon.format(dag=day_in_words(day, case.context.today))


def _said(case: Case, fact: str) -> date | None:
    """The day on which the number itself was given; None where only a band is known."""
    _, _, day = (case.one(fact) or "").partition("@")
    return date.fromisoformat(day) if day else None


def _day_of(case: Case, said: date, ahead: int, unit: str) -> date:
    """The day on which a count that was said on a day reaches its limit: so many school days on, or more than so many weeks."""
    calendar, region = case.context.world.calendar, region_of(case)
    if unit == "weken":
        return first_school_day(calendar, said + timedelta(weeks=ahead - 1, days=1), region)
    return school_days_after(calendar, said, ahead, region)


def _do(case: Case, action: Action, facts: Facts, decision: Decision) -> str:
    """What is done, filled in: on which day, with whom, and how much of it."""
    say = case.context.world.words.say
    late = any(rule.id == "te-laat-school" for rule in decision.rules)
    part = say("verzuim.deel-te-laat") if late and len(decision.actions) > 1 else say("verzuim.deel-alles")
    return action.do.format(dag=day_in_words(report_day(case), case.context.today), gesprek=_with_whom(case, facts), deel=part)


def _with_whom(case: Case, facts: Facts) -> str:
    say, figures = case.context.world.words.say, case.context.world.library.figures
    if "age" not in facts:
        return say("verzuim.gesprek-onbekend", leeftijd=figures[ADULT])
    return say("verzuim.gesprek-leerling" if _is_adult(case, facts) else "verzuim.gesprek-ouders")


def _is_adult(case: Case, facts: Facts) -> bool:
    return int(facts.get("age", 0)) >= limit_of(case.context.world.library.figures, ADULT)


def _notes(case: Case, facts: Facts, decision: Decision, unknown: list[str]) -> Iterator[str]:
    words, library = case.context.world.words, case.context.world.library
    figures = library.figures
    if reason := why_no_halt(library.absence, figures, facts):
        limits = {name: str(figures[f"halt-verzuim-{name}"]) for name in HALT_LIMITS}
        yield words.say(f"verzuim.geen-halt-{reason}", **limits)
    elif "days" in facts and "hours" not in facts and HALT not in decision.ids and not _is_adult(case, facts):
        low, high = figures["halt-verzuim-uren-van"], figures["halt-verzuim-uren-tot-en-met"]
        yield words.say("verzuim.halt-uren-onbekend", van=low, tot=high)
    if "jeugdarts" in decision.ids:
        yield words.say("verzuim.jeugdarts-geen-melding")
    if _is_adult(case, facts):
        yield words.say("verzuim.meerderjarig", leeftijd=figures[ADULT], rmc=figures["rmc-tot"])
    if unknown:
        yield words.say("verzuim.onbekend", wat=", ".join(words.say(f"verzuim.naam-{fact}") for fact in unknown))


def contacts_for(case: Case, facts: Facts, decision: Decision) -> list[Contact]:
    """Whoever deals with absence at the school, then who is needed for each action, for an adult the RMC as well."""
    roles = ["verzuimcoordinator", *(role for action in decision.actions for role in action.call)]
    if _is_adult(case, facts) and "leerplichtambtenaar" in roles:
        roles.insert(roles.index("leerplichtambtenaar") + 1, "rmc")
    return to_call(case, dict.fromkeys(roles), MOST_CONTACTS)


def _whom(case: Case, contacts: list[Contact]) -> list[Line]:
    say = case.context.world.words.say
    if not contacts:
        return [Line(say("wie.hangt-af" if place_of(case) == NOWHERE else "wie.niemand"), "note")]
    return [Line(say("verzuim.bel"), "reason"), *short_lines(case, contacts)]
