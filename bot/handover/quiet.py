"""A handover may be quiet for a while: until a day and for a reason, by whoever has it, and never for ever (rules: handovers)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot import worktime
from bot.handover import life
from bot.handover.card import Look, handover_data
from bot.handover.told import FLOW, Told
from bot.messages import Line, Option, Reply
from bot.say import day_in_words
from knowledge.handover_lists import sentence_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.handover.acts import Matter

UNTIL, WHY = "stil-tot", "stil-waarom"
SLOWER = "minder-vaak"


def ask_until(matter: Matter, reason: str | None = None) -> list[Reply]:
    """Asks until which day; not further than it may. `reason`: what was said already."""
    look = matter.look
    if not matter.handover.is_open:
        return matter.cannot()
    end = f"|{reason}" if reason else ""
    days = dict.fromkeys(_days(matter))
    options = [Option(f"{day}{end}", look.say("stil-morgen", dag=_day(day, look.today))) for day in days]
    options.append(Option(f"{SLOWER}{end}", look.say("minder-vaak")))
    return [_question(matter, UNTIL, look.say("tot-wanneer"), options, reason=reason)]


def ask_why(matter: Matter, until: str) -> list[Reply]:
    """Asks for the reason; `until` is a day or `SLOWER`."""
    options = [Option(f"{until}|{one.id}", one.label) for one in matter.context.world.library.handover.pauses]
    return [_question(matter, WHY, matter.look.say("waarom-stil"), options, until=until)]


def be_quiet(matter: Matter, until: str, reason: str) -> list[Reply]:
    """Quiet until a day, or reminded less often."""
    one, context = matter.handover, matter.context
    sentence = sentence_of(context.world.library.handover.pauses, reason)
    if not one.is_open:
        return matter.cannot()
    if until == SLOWER:
        slow = life.slow_down(one, reason, context.world, context.now)
        text = matter.look.say("vertraagd", reden=sentence)
        return matter.after(slow, Told(here=text), matter.event("vertraagd", about=reason))
    paused = life.pause(one, date.fromisoformat(until), reason, context.world, context.now)
    look = Look(paused, context.world, context.now)
    day = day_in_words(paused.paused_until or look.today, look.today)
    told = Told(here=look.say("gepauzeerd", dag=day, reden=sentence) + _not_longer(look, date.fromisoformat(until)))
    return matter.after(paused, told, matter.event("gepauzeerd", about=reason))


def _not_longer(look: Look, wished: date) -> str:
    """Why it is quiet for less long than was wished."""
    if look.handover.paused_until is None or look.handover.paused_until >= wished:
        return ""
    return " " + look.say("niet-langer-rood" if look.handover.phase == life.RED else "niet-langer")


def resume(matter: Matter) -> list[Reply]:
    """No longer quiet: reminded as before."""
    one, context = matter.handover, matter.context
    if not one.is_open or not (one.slow or one.paused_until):
        return matter.cannot("niet-stil")
    again = life.resume(one, context.world, context.now)
    return matter.after(again, Told(here=matter.look.say("hervat")), matter.event("hervat"))


def _days(matter: Matter) -> Iterable[date]:
    calendar, today = matter.context.world.calendar, matter.look.today
    latest = life.latest_pause(matter.handover, matter.context.world, matter.context.now)
    for days in (1, 7, 14, life.LONGEST_PAUSE):
        wished = min(today + timedelta(days=days), latest)
        yield min(worktime.days_after(calendar, wished - timedelta(days=1), 1, "werkdagen"), latest)


def _day(day: date, today: date) -> str:
    words = day_in_words(day, today)
    return words if len(words) <= 36 else f"{words[:2]}{words[words.index(' ') :]}"


def _question(matter: Matter, step: str, head: str, options: list[Option], **known: str | None) -> Reply:
    numbered = (Line(f"{number}. {one.label}", "list") for number, one in enumerate(options, start=1))
    lines = [Line(head, "headline"), *numbered]
    data = {**handover_data(matter.look), "flow": FLOW, "step": step, "mentions": [], **known}
    return Reply("question", tuple(lines), tuple(options), data=data, to=matter.context.place)
