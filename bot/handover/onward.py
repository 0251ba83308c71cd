"""A handover goes on to somebody else: declined, with an alternative or without, passed on by its giver or by the coordinator."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.handover import life
from bot.handover import rows as handovers
from bot.handover.card import Look, handover_data
from bot.handover.places import place_for
from bot.handover.told import FLOW, Told
from bot.messages import Line, Option, Reply, direct
from bot.named import alternatives, may_be_asked

if TYPE_CHECKING:
    from bot.handover.acts import Matter
    from bot.handover.rows import Handover

ELSE, NEXT = "alternatief", "wie-nu"
"""The steps in which is asked who could do it instead: of whoever declined, and of the giver."""

SURE, YES, NO = "overzetten", "ja", "nee"
"""The step in which is read back to whom it goes, and what can be said to that."""

GIVER_CHOOSES = "gever-kiest"


def decline(matter: Matter, instead: str | None) -> list[Reply]:
    """Who was asked cannot: with an alternative it goes on from there, without one the giver is asked to whom next."""
    one, context, look = matter.handover, matter.context, matter.look
    if one.state not in {"offered", "accepted"} or (one.state == "accepted" and one.holder != matter.me):
        return matter.cannot()
    event = matter.event("kan-niet", instead)
    declined = life.decline(replace(one, alternative=instead), context.world, context.now)
    before = declined_by(matter) | {matter.me}
    other = context.network.person_by_id.get(instead) if instead else None
    if other and other.id not in before and may_be_asked(other, one, context):
        text = look.say("kan-niet-noemt", wie=look.name(matter.me), naam=other.name)
        first = Reply("handover", (Line(text),), data=_data(declined, matter), to=direct(one.giver))
        handovers.note(matter.connection, one.reference, event)
        onward = replace(matter, handover=declined)
        return [first, *pass_on(onward, other.id, note=False)]
    name = look.name(instead) if instead else ""
    key = "kan-niet-ook-niet" if instead and instead in before else "kan-niet"
    text = look.say(key, wie=look.name(matter.me), naam=name)
    replies = matter.after(declined, Told(here="" if one.sort == "bel" else text), event)
    ask_giver = question(replace(matter, handover=declined), NEXT, direct(one.giver), text)
    if instead or matter.me == one.giver:
        return [*replies, ask_giver]
    return [*replies, ask_giver, question(replace(matter, handover=declined), ELSE, context.place)]


def pass_on(matter: Matter, to: str, *, note: bool = True) -> list[Reply]:
    """Offered to somebody else, by whoever declined, the giver or the coordinator."""
    one, context = matter.handover, matter.context
    by_id = context.network.person_by_id
    person = by_id.get(to)
    if person is None or not may_be_asked(person, one, context):
        return matter.cannot("niet-aan", naam=matter.look.name(to))
    if one.state in handovers.OVER:
        return matter.cannot()
    giver = by_id.get(one.giver)
    koppel = place_for(context.world, giver, person, one.koppel) if giver else None
    onward = life.pass_on(one, to, koppel, context.world, context.now)
    look = Look(onward, context.world, context.now)
    moved = one.state != "declined"
    if moved:
        text = look.say("omgezet", wie=look.name(matter.me), oud=look.name(one.addressee), naam=person.name)
        notes = dict.fromkeys(dict.fromkeys((one.giver, one.addressee, one.holder)), text)
    else:
        text = look.say("doorgezet", naam=person.name)
        notes = {one.giver: text} if note else {}
    event = matter.event("omgezet" if moved else "doorgezet", to)
    return matter.after(onward, Told(alert=(to,), notes=notes, here=text), event)


def declined_by(matter: Matter) -> set[str]:
    """Who has said already that they cannot."""
    events = handovers.history(matter.connection, matter.handover.reference)
    return {event.person for event in events if event.event == "kan-niet" and event.person}


def question(matter: Matter, step: str, place: str, before: str = "", note: str = "") -> Reply:
    """Asks who could do it instead."""
    look = matter.look
    people = alternatives(matter.handover, declined_by(matter), matter.context)
    options = [Option(one.id, one.name[:40]) for one in people]
    if step == ELSE:
        options.append(Option(GIVER_CHOOSES, look.say("gever-kiest")))
    lines = [Line(text) for text in (before, note) if text]
    lines.append(Line(look.say("wie-wel" if step == ELSE else "wie-nu"), "headline"))
    lines += [Line(f"{number}. {option.label}", "list") for number, option in enumerate(options, start=1)]
    lines.append(Line(look.say("typ-naam" if people else "typ-een-naam"), "note"))
    data = {**_data(matter.handover, matter), "flow": FLOW, "step": step, "mentions": []}
    return Reply("question", tuple(lines), tuple(options), data=data, to=place)


def ask_next(matter: Matter) -> list[Reply]:
    """Who declined is known; to whom next, whoever passes it on says here."""
    return [question(matter, NEXT, matter.context.place)] if matter.handover.state == "declined" else matter.cannot()


def read_back(matter: Matter, to: str) -> Reply:
    """To whom it would go, before it goes."""
    look = matter.look
    old = matter.handover.holder if matter.handover.state == "accepted" else matter.handover.addressee
    text = look.say("overzetten-klopt", oud=look.name(old), naam=look.name(to))
    options = (Option(f"{YES}|{to}", look.say("overzetten-ja")), Option(NO, look.say("overzetten-nee")))
    lines = [Line(text, "headline"), *(Line(f"{number}. {one.label}", "list") for number, one in enumerate(options, start=1))]
    data = {**_data(matter.handover, matter), "flow": FLOW, "step": SURE, "mentions": [], "to": to}
    return Reply("question", tuple(lines), options, data=data, to=matter.context.place)


def _data(handover: Handover, matter: Matter) -> dict[str, object]:
    return {**handover_data(Look(handover, matter.context.world, matter.context.now)), "mentions": [handover.giver]}
