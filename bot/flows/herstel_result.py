"""The end of a restorative talk: whether it fits, what can be better in the agreements, and when to look back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, get_args

from bot.answers.contact_lines import contact_data
from bot.flows.calling import short_lines, to_call
from bot.flows.ticks import ticked
from bot.messages import Line
from bot.say import day_in_words
from bot.talk.flow import NOT_SURE, SKIPPED
from knowledge.restorative import Weight

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.talk.flow import Case
    from knowledge.reach import Contact
    from knowledge.restorative import Objection, Tick

FITS, ANYWAY, FORM, PREPARED, AGREEMENTS, LOOK_BACK = "geschikt", "toch", "vorm", "voorbereiding", "afspraken", "terugkijken"
QUESTION = "vraag:"
TOO_HIGH = "loopt-op"
LEADERS = ["veiligheidscoordinator", "mentor"]
MOST_CONTACTS = 2
BEFORE = {"niet", "wachten", "met-zorg"}
"""Ends before a talk."""


def objections(case: Case) -> list[Objection]:
    """What speaks against a talk; doubt counts as yes."""
    return [one for one in case.context.world.library.talk.objections if ticked(case, FITS, one.id) in {"ja", "twijfel"}]


def weight_of(found: Iterable[Objection]) -> Weight:
    """How suitable a talk is: the gravest objection decides."""
    order: list[Weight] = list(get_args(Weight))
    return max((one.weight for one in found), key=order.index, default=order[0])


def stops_at(case: Case) -> str | None:
    """The question at which feelings ran too high."""
    questions = case.context.world.library.talk.questions
    return next((one.id for one in questions if case.one(f"{QUESTION}{one.id}") == TOO_HIGH), None)


def outcome_of(case: Case) -> str:
    """How it ended: `niet`, `wachten`, `met-zorg` (before a talk), `gestopt` (in it), `bijna` or `klaar`."""
    weight = weight_of(objections(case))
    if weight == "niet" or (weight != "geschikt" and case.one(ANYWAY) != "ja"):
        return weight
    if stops_at(case):
        return "gestopt"
    return "bijna" if _left(case, AGREEMENTS, case.context.world.library.talk.agreements) else "klaar"


def _left(case: Case, step: str, items: Sequence[Tick]) -> list[Tick]:
    return [item for item in items if ticked(case, step, item.id) != "ja"]


def result_lines(case: Case) -> list[Line]:
    """The end as people read it."""
    say, talk, ended = case.context.world.words.say, case.context.world.library.talk, outcome_of(case)
    lines = [Line(say("herstel.kop-wachten" if ended == "gestopt" else f"herstel.kop-{ended}"), "headline")]
    if (found := objections(case)) and ended in BEFORE:
        lines += [Line(say("herstel.waarom"), "reason"), *(Line(f"- {one.why}", "list") for one in found)]
    if ended == "gestopt":
        lines.append(Line(say("herstel.gestopt")))
    elif ended in BEFORE:
        lines.append(Line(say("herstel.wat-dan" if ended == "niet" else "herstel.vaker")))
    else:
        lines += _agreed(case)
    if contacts := contacts_for(case):
        lines += [Line(say("herstel.bel"), "reason"), *short_lines(case, contacts)]
    return [*lines, Line(say("herstel.bron", bron=talk.source), "reason")]


def _agreed(case: Case) -> list[Line]:
    """What can be better, what had not been arranged, and the day to look back."""
    say, talk, lines = case.context.world.words.say, case.context.world.library.talk, []
    if left := _left(case, AGREEMENTS, talk.agreements):
        lines += [Line(say("herstel.beter"), "reason"), *(Line(say("herstel.regel", wat=one.label), "list") for one in left)]
    if unprepared := _left(case, PREPARED, talk.preparation):
        lines.append(Line(say("herstel.voor-af", wat="; ".join(one.label.lower() for one in unprepared)), "note"))
    lines.append(Line(say("herstel.hersteld")))
    if day := look_back(case):
        lines.append(Line(say("herstel.datum", dag=day_in_words(day, case.context.today))))
    return lines


def look_back(case: Case) -> date | None:
    day = case.one(LOOK_BACK)
    return None if day in {None, NOT_SURE, SKIPPED} else date.fromisoformat(str(day))


def contacts_for(case: Case) -> list[Contact]:
    """With whom to consult: about the objections, else whoever leads such talks."""
    roles = [str(role) for one in objections(case) for role in one.call] or LEADERS
    return to_call(case, dict.fromkeys(roles), MOST_CONTACTS)


def result_data(case: Case) -> dict[str, object]:
    talk, day = case.context.world.library.talk, look_back(case)
    ended = outcome_of(case)
    agreed = ended in {"klaar", "bijna"}
    return {
        "flow": "herstelgesprek", "suitable": weight_of(objections(case)), "ended": ended,
        "missing": [one.id for one in _left(case, AGREEMENTS, talk.agreements)] if agreed else [],
        "due": day.isoformat() if day and agreed else None,
        "contacts": [contact_data(contact) for contact in contacts_for(case)], "sources": [talk.source],
    }  # fmt: skip
