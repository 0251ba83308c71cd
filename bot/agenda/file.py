"""The agreements of a network as an iCalendar file (RFC 5545): each time on its own, so that what was moved stands where it is."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.agenda.say import about, moved_line
from bot.messages import File
from bot.worktime import local_day
from knowledge.agreements import CONVENANT, coming, is_deadline

if TYPE_CHECKING:
    from datetime import datetime

    from icalendar import Event

    from bot.context import World
    from knowledge.agreements import Occurrence

AHEAD = timedelta(days=366)
LENGTH = timedelta(hours=1)
"""The file of a network says when a meeting begins, not how long it takes."""

MEDIA_TYPE = "text/calendar"


def agenda_file(world: World, now: datetime) -> tuple[File, int]:
    """The file with the coming year, and how many times stand in it."""
    from icalendar import Calendar  # noqa: PLC0415 - heavy, and seldom asked for

    today = local_day(world.calendar, now)
    found = coming(world.calendar, today, today + AHEAD)
    calendar = Calendar()
    calendar.add("prodid", "-//Verbinder//NL")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", world.network.name)
    for one in found:
        calendar.add_component(_event(one, world, now))
    calendar.add_missing_timezones()
    name = world.words.say("agenda.bestand-naam", netwerk=world.network.id)
    return File(name, MEDIA_TYPE, calendar.to_ical().decode()), len(found)


def _event(one: Occurrence, world: World, now: datetime) -> Event:
    from icalendar import Event  # noqa: PLC0415

    event = Event()
    event.add("uid", f"{one.agreement.id}-{one.planned:%Y%m%dT%H%M}@{world.network.id}.verbinder")
    event.add("dtstamp", now)
    event.add("summary", one.agreement.name)
    if is_deadline(one.agreement) or one.agreement.id == CONVENANT:
        event.add("dtstart", one.day)
    else:
        event.add("dtstart", one.at)
        event.add("dtend", one.at + LENGTH)
    lines = list(about(one.agreement, world))
    if one.moved is not None:
        lines.insert(0, moved_line(one.planned.date(), one.moved, world, one.day))
    event.add("description", "\n".join(lines))
    return event
