"""What a reminder says, and where: in the place of the pair, and to those whom the step is for by direct message."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from bot import worktime
from bot.chain import subject_of
from bot.digest.away import word
from bot.digest.overview import name_of
from bot.duties import News
from bot.handover.card import Look, card
from bot.handover.ladder import region_of
from bot.handover.places import shared_place
from bot.handover.told import note_to
from bot.messages import Line, direct
from bot.routes import DIRECT
from bot.say import joined, standing_moment

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.chain import Recipient
    from bot.context import World
    from bot.duties import Desk
    from bot.handover.ladder import Step
    from bot.handover.rows import Handover
    from bot.messages import Kind

FIRST = 1
"""The level at which only the one of whom something is expected is reminded; above it others are told."""


@dataclass(frozen=True)
class Alert:
    """One step of one handover, as it is after that step."""

    handover: Handover
    step: Step
    desk: Desk
    now: datetime
    told: frozenset[str] = frozenset()
    """Who heard of it in an earlier step."""

    @property
    def world(self) -> World:
        return self.desk.world

    @property
    def kind(self) -> Kind:
        return "reminder" if self.step.level == FIRST else "escalation"

    @property
    def subject(self) -> str:
        return subject_of(self.handover)

    @property
    def about(self) -> str:
        """What is waited for, as the sentences call it: the state, or a call."""
        one = self.handover
        return "bel" if one.sort == "bel" and one.state == "offered" else one.state

    def say(self, key: str, **more: str) -> str:
        one = self.handover
        names = {"wie": self.subject, "houder": one.holder, "gever": one.giver}
        filled = {part: name_of(who, self.world) for part, who in names.items()}
        return self.world.words.say(key, **{"kenmerk": one.reference, **filled, **more})


def alerts(alert: Alert) -> Iterable[News]:
    """One message for each place, and one for each whom it is for."""
    one, step = alert.handover, alert.step
    shared = shared_place(alert.desk.connection, one)
    if shared and (step.urgent or _is_open(alert)):
        yield _news(alert, shared, alert.kind, _calls(alert, one.giver, alert.subject), _head(alert))
    for recipient in step.recipients:
        person = recipient.person.id
        kind: Kind = "reminder" if person == alert.subject else alert.kind
        other = alert.subject if person == one.giver else one.giver
        yield _news(alert, direct(person), kind, _calls(alert, other), _own_head(alert, recipient))
    yield from _without_account(alert)
    told = {recipient.person.id for recipient in step.recipients}
    if one.giver not in told and (step.urgent or (not shared and _giver_hears(alert))):
        yield _news(alert, direct(one.giver), alert.kind, _calls(alert, alert.subject), _head(alert))


def _without_account(alert: Alert) -> Iterable[News]:
    """Who cannot be told here is named to the giver, the first time that they would have been (rules: handovers)."""
    one, network = alert.handover, alert.world.network
    look = Look(one, alert.world, alert.now)
    for person in (recipient.person for recipient in alert.step.recipients):
        if person.id not in {*alert.told, one.giver} and not alert.desk.routes.reaches(person.id, network):
            text = look.say("geen-account", naam=person.name)
            yield News(f"geen-account/{one.reference}/{alert.step.slot}/{person.id}", note_to(look, one.giver, text, person.id))


def _is_open(alert: Alert) -> bool:
    """Whether the shared place may be spoken in: on working days, by day."""
    calendar = alert.world.calendar
    day = worktime.local_day(calendar, alert.now)
    return calendar.is_working_day(day) and not worktime.is_night(calendar, alert.now)


def _giver_hears(alert: Alert) -> bool:
    giver = alert.world.network.person_by_id.get(alert.handover.giver)
    return giver is not None and worktime.is_working(alert.world.calendar, giver, alert.now)


def _calls(alert: Alert, *people: str) -> list[Line]:
    """What is red begins with whom to call; in a shared place without numbers, which not everybody there may see."""
    if not alert.step.urgent:
        return []
    say, called = alert.world.words.say, [_to_call(alert, one) for one in people]
    if len(called) > 1:
        return [Line(say("herinnering.bel-nu-elkaar", wie=joined([name for name, _ in called])), "alarm")]
    name, phone = called[0]
    if phone:
        return [Line(say("herinnering.bel-nu", wie=name, nummer=phone), "alarm")]
    return [Line(say("herinnering.bel-nu-zonder", wie=name), "alarm")]


def _to_call(alert: Alert, who: str) -> tuple[str, str | None]:
    """Name and number to call for somebody: of whoever stands in for them while they are away."""
    world, day = alert.world, worktime.local_day(alert.world.calendar, alert.now)
    person = world.network.person_by_id.get(who)
    if person is None or person.absence_on(day) is None:
        return name_of(who, world), person.phone if person else None
    there = next((one for one in world.reach.deputies(person, day) if one.absence_on(day) is None), None)
    if there is None or there.id in {alert.handover.giver, alert.subject}:
        return person.name, person.phone
    return world.words.say("herinnering.vervangt", wie=there.name, ander=person.name), there.phone


def _head(alert: Alert) -> list[Line]:
    """What is the matter, for everybody: of whom it waits, or who is asked as well."""
    step, about = alert.step, alert.about
    if step.level == FIRST:
        return [Line(alert.say(f"herinnering.kop-{about}"), "headline")]
    people = [recipient.person.id for recipient in reversed(step.recipients)]
    asked = [person for person in people if person not in {*alert.told, alert.subject}]
    if not asked:
        return [Line(alert.say(f"herinnering.weer-{about}"), "headline")]
    names = joined([name_of(person, alert.world) for person in asked])
    return [Line(alert.say(f"herinnering.hoger-{about}", anderen=names), "headline")]


def _own_head(alert: Alert, recipient: Recipient) -> list[Line]:
    """What is the matter, for one person: what is expected of them, or why they hear what is expected of another."""
    about = alert.about
    if recipient.person.id == alert.subject:
        return [Line(alert.say(f"herinnering.jij-{about}"), "headline")]
    lines = [Line(alert.say(f"herinnering.weer-{about}"), "headline")]
    if recipient.instead_of:
        lines.append(Line(alert.say("herinnering.in-plaats", wie=recipient.instead_of.name)))
    if recipient.part == "coordinator" and about == "reported":
        lines.append(Line(alert.say("herinnering.mag-sluiten", gever=name_of(alert.handover.giver, alert.world))))
    elif recipient.part != "zelf":
        lines.append(Line(alert.say(f"herinnering.als-{recipient.part}")))
    return lines


def _news(alert: Alert, place: str, kind: Kind, calls: list[Line], lines: Iterable[Line]) -> News:
    mentions = (place.removeprefix(DIRECT),) if place.startswith(DIRECT) else (alert.subject,)
    stand = card(Look(alert.handover, alert.world, alert.now), place, anew=True, mentions=mentions)
    said = (*calls, *lines, *word(alert.desk, place, alert.step.due, alert.now), *stand.lines, *_next(alert))
    reply = replace(stand, kind=kind, lines=said, urgent=alert.step.urgent)
    return News(f"reminder/{alert.handover.reference}/{alert.step.slot}/{place}", reply)


def _next(alert: Alert) -> Iterable[Line]:
    """When it comes back, so that nobody has to fear that it is forgotten."""
    at, calendar = alert.handover.next_at, alert.world.calendar
    if at is None:
        return
    moment = at.astimezone(alert.world.network.zone)
    today, region = worktime.local_day(calendar, alert.now), region_of(alert.handover, alert.world)
    between = (date.fromordinal(day) for day in range(today.toordinal() + 1, moment.toordinal()))
    within = calendar.is_school_holiday(moment.date(), region)  # of what is counted in working days
    holiday = not within and any(calendar.is_school_holiday(day, region) for day in between)
    words = alert.world.words.say
    text = standing_moment(moment, today)
    yield Line(words("herinnering.volgende-vakantie" if holiday else "herinnering.volgende", wanneer=text), "note")
