"""Lists to go through together, with whom to call at each step: return to school (`§1.3`), press and aftercare (`§1`, `§4`)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.answers.contact_lines import contact_data
from bot.messages import Line, Option, Reply
from bot.talk.flow import Case, Done, Flow, Page
from knowledge.reach import NOWHERE, Contact

if TYPE_CHECKING:
    from bot.context import Context
    from knowledge.models import Checklist, ChecklistStep

KIND = "onderwijs"
STATES = ("gedaan", "open", "niet-nodig")


def checklist(flow: str, case: Case) -> Page | Done:
    """The next step of a list, or what is left to do."""
    lists = [one for one in case.context.world.library.checklists.values() if one.flow == flow]
    chosen = _chosen(lists, case)
    if chosen is None:
        return _which(case)
    for number, step in enumerate(chosen.steps, start=1):
        if step.id not in case.answers:
            return _step(step, number, len(chosen.steps), case)
    return Done((_result(chosen, flow, case),))


_FLOWS = ("lijst-terug-uit-detentie", "lijst-pers", "lijst-nazorg")
LISTS = tuple(Flow(flow, partial(checklist, flow), name=f"lijst.naam-{flow}") for flow in _FLOWS)


def _chosen(lists: list[Checklist], case: Case) -> Checklist | None:
    """The list for this kind of school: the asker's own tells it, else it is asked."""
    if len(lists) == 1:
        return lists[0]
    school = case.context.own_place().school
    kind = case.one(KIND) or (school.kind if school else None)
    return next((one for one in lists if kind in one.kinds), None)


def _which(case: Case) -> Page:
    say = case.context.world.words.say
    options = tuple(Option(kind, say(f"lijst.{kind}")) for kind in ("vo", "mbo"))
    return Page(KIND, say("lijst.naam-onderwijs"), (Line(say("lijst.onderwijs"), "headline"),), options)


def _step(step: ChecklistStep, number: int, total: int, case: Case) -> Page:
    say, roles = case.context.world.words.say, case.context.world.library.roles
    lines = [Line(step.do, "headline")]
    for contact in _contacts(step, case.context):
        lines.append(Line(say("lijst.bel", naam=contact.person.name, rol=roles[contact.role].name), "person"))
        lines.append(Line(contact.person.phone or contact.person.email or "", "number"))
    if len(lines) == 1:
        lines.append(Line(say("lijst.niemand"), "note"))
    lines.append(Line(say("lijst.bron", bron=", ".join(step.sources)), "reason"))
    options = tuple(Option(state, say(f"lijst.{state}")) for state in STATES)
    return Page(step.id, step.id, tuple(lines), options, may_skip=True, number=number, total=total)


def _contacts(step: ChecklistStep, context: Context) -> list[Contact]:
    """The first of the roles that somebody holds here: reachable, or their deputy."""
    reach, place = context.world.reach, context.own_place()
    for role in step.call:
        holders = [one for one in reach.holders(role, place, context.today) if one.id != context.sender]
        if holders and not (place == NOWHERE and len(holders) > 1):
            return reach.contacts(holders[0], role, context.now, but_not=context.sender)[:1]
    return []


def _result(chosen: Checklist, flow: str, case: Case) -> Reply:
    say, roles = case.context.world.words.say, case.context.world.library.roles
    left = [step for step in chosen.steps if case.one(step.id) == "open"]
    lines = [Line(say("lijst.klaar", titel=chosen.title), "headline"), Line(say("lijst.nog" if left else "lijst.alles-gedaan"))]
    contacts: list[Contact] = []
    for step in left:
        lines.append(Line(f"- {step.do}", "list"))
        for contact in _contacts(step, case.context):
            contacts.append(contact)
            lines.append(Line(say("lijst.bel", naam=contact.person.name, rol=roles[contact.role].name), "person"))
            lines.append(Line(contact.person.phone or contact.person.email or "", "number"))
    data = {
        "flow": flow,
        "open": [step.id for step in left],
        "contacts": [contact_data(contact) for contact in contacts],
        "sources": list(chosen.sources),
    }
    return Reply("result", tuple(lines), data=data)
