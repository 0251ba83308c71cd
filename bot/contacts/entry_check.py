"""Once a term everybody is asked whether their entry in the contact list is still right: one tap, in their own working hours.

A term begins when school begins after the summer, Christmas and May holidays. The questions are spread over the first school
days of it, so that not everybody gets theirs at the same minute. What is kept is who was asked when, and whether it was right.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal
from zlib import crc32

from bot import worktime
from bot.contacts.changes import Confirmed
from bot.contacts.entry_lines import about_entry
from bot.contacts.upkeep import make
from bot.duties import BORN, Desk, News, done_until, mark_done
from bot.messages import Line, Option, Reply, direct
from bot.say import in_lines
from bot.store.outbox import in_order
from knowledge.text import clean, fold

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from bot.context import Context, World
    from knowledge.calendar import Calendar
    from knowledge.network import Person

STEP = "kaart"
RIGHT, WRONG = "klopt", "klopt-niet"
PLANNED = "kaarten"
"""The name in the clock of when the questions were last planned."""

TERMS_AFTER = ("Zomervakantie", "Kerstvakantie", "Meivakantie")
OTHERWISE = ((1, 8), (5, 8), (9, 1))
"""When terms begin in years of which the holidays are not known: month and day."""

SPREAD_DAYS, SPREAD_MINUTES = 10, 240
ANSWERED_FOR = timedelta(days=14)
"""How long "klopt" is still an answer to it."""

State = Literal["planned", "asked", "right", "wrong"]


def term_of(calendar: Calendar, day: date) -> date:
    """The first school day of the term that this day is in."""
    for back in range(370):
        one = day - timedelta(days=back)
        if calendar.is_school_day(one) and _after_holiday(calendar, one):
            return one
    begins = [date(year, month, number) for year in (day.year - 1, day.year) for month, number in OTHERWISE]
    return max(one for one in begins if one <= day)


def _after_holiday(calendar: Calendar, day: date) -> bool:
    """Whether the last days before this one that were no school days end one of the long holidays."""
    before = day - timedelta(days=1)
    while not calendar.is_school_day(before) and (day - before).days < 60:
        if calendar.school_holiday_name(before) in TERMS_AFTER:
            return True
        before -= timedelta(days=1)
    return False


def _chance(person: str, begins: date) -> int:
    """By chance, but always the same chance."""
    return crc32(f"{person}/{begins.isoformat()}".encode())


def first_days(world: World, begins: date, today: date) -> list[date]:
    """The days over which the questions of a term are spread, none of them past."""
    days = [worktime.days_after(world.calendar, max(begins - timedelta(days=1), today), 1, "schooldagen")]
    while len(days) < SPREAD_DAYS:
        days.append(worktime.days_after(world.calendar, days[-1], 1, "schooldagen"))
    return days


def ask_at(person: Person, world: World, begins: date, now: datetime) -> datetime | None:
    """When somebody is asked from this moment on: in their own working hours. None: they are not there for a long time."""
    start = worktime.working_moment(world.calendar, person, now, "schooldagen")
    if start is None:
        return None
    later = worktime.minutes_after(world.calendar, start, _chance(person.id, begins) // SPREAD_DAYS % SPREAD_MINUTES)
    return later if worktime.is_working(world.calendar, person, later, "schooldagen") else start


class EntryCheckDuty:
    """Plans the questions of a term when it has begun, and asks each at its time."""

    def next_due(self, desk: Desk) -> datetime | None:
        first = desk.connection.execute("SELECT min(at) FROM entry_check WHERE state = 'planned'").fetchone()[0]
        found = [self._planning(desk)] + ([datetime.fromisoformat(first)] if first else [])
        return min((one for one in found if one is not None), default=None)

    def run(self, desk: Desk, now: datetime) -> Iterable[News]:
        planning = self._planning(desk)
        if planning and planning <= now:
            self._plan(desk, now)
        rows = desk.connection.execute(
            "SELECT person, term, at FROM entry_check WHERE state = 'planned' AND at <= ? ORDER BY at, person", (in_order(now),)
        ).fetchall()
        for person, term, at in rows:
            yield from self._ask(person, date.fromisoformat(term), datetime.fromisoformat(at), desk, now)

    def _ask(self, who: str, begins: date, at: datetime, desk: Desk, now: datetime) -> Iterable[News]:
        """Asks at the time of the day that belongs to this person; early in the morning it is worked out which that is."""
        world, person = desk.world, desk.world.network.person_by_id.get(who)
        begun = at.astimezone(world.network.zone).time() == worktime.LOUD_FROM
        moment = ask_at(person, world, begins, now) if person and begun else now
        if moment and moment > now:
            desk.connection.execute("UPDATE entry_check SET at = ? WHERE person = ?", (in_order(moment), who))
            return
        desk.connection.execute("UPDATE entry_check SET state = 'asked', at = ? WHERE person = ?", (in_order(now), who))
        if person and moment and _is_asked(person, desk, begins, now):
            today = worktime.local_day(world.calendar, now)
            yield News(f"kaart/{who}/{begins.isoformat()}", question(person, world, today))

    def _planning(self, desk: Desk) -> datetime | None:
        """The next morning on which it is looked whether somebody is to be asked: once a week, and at the beginning."""
        done = done_until(desk.connection, PLANNED)
        if done is None:
            return done_until(desk.connection, BORN)
        day = worktime.local_day(desk.world.calendar, done) + timedelta(days=1)
        day += timedelta(days=-day.weekday() % 7)
        return worktime.at_wall(desk.world.network.zone, day, worktime.LOUD_FROM)

    def _plan(self, desk: Desk, now: datetime) -> None:
        mark_done(desk.connection, PLANNED, now)
        today = worktime.local_day(desk.world.calendar, now)
        begins = term_of(desk.world.calendar, today)
        asked = {row[0] for row in desk.connection.execute("SELECT person FROM entry_check WHERE term = ?", (begins.isoformat(),))}
        days = first_days(desk.world, begins, today)
        mornings = [in_order(worktime.at_wall(desk.world.network.zone, day, worktime.LOUD_FROM)) for day in days]
        desk.connection.executemany(
            "INSERT OR REPLACE INTO entry_check (person, term, at, state) VALUES (?, ?, ?, 'planned')",
            [
                (person.id, begins.isoformat(), mornings[_chance(person.id, begins) % SPREAD_DAYS])
                for person in desk.world.network.people
                if person.id not in asked and _is_asked(person, desk, begins, now)
            ],
        )


def _is_asked(person: Person, desk: Desk, begins: date, now: datetime) -> bool:
    """Whoever is there, can be reached in a chat, and has not said in this term that it is right."""
    day = worktime.local_day(desk.world.calendar, now)
    confirmed = person.confirmed is not None and person.confirmed >= begins
    return person.serves_on(day) and not confirmed and desk.routes.reaches(person.id, desk.world.network)


def question(person: Person, world: World, today: date) -> Reply:
    """The entry as it stands, with the two answers."""
    say = world.words.say
    lines = [Line(say("kaart.kop"), "headline"), *map(Line, about_entry(person, world, today)), Line(say("kaart.vraag"))]
    options = (Option(RIGHT, say("kaart.klopt")), Option(WRONG, say("kaart.klopt-niet")))
    lines += [Line(f"{number}. {option.label}", "list") for number, option in enumerate(options, start=1)]
    data = {"flow": STEP, "step": STEP, "person": person.id}
    return Reply("confirmation", tuple(lines), options, data=data, to=direct(person.id), card=card_of(person), anew=True)


def card_of(person: Person) -> str:
    """The name of the question that stands in somebody's own chat."""
    return f"kaart/{person.id}"


@dataclass(frozen=True)
class EntryCheck:
    """One message of one person, and the question about their entry that it may answer."""

    connection: sqlite3.Connection
    context: Context

    def said(self, text: str, last: Reply | None) -> list[Reply] | None:
        """The replies to "klopt" or "klopt niet meer" while the question stands; None when it is about something else."""
        if last and last.kind in {"question", "choice"}:
            return None
        typed, words = fold(clean(text)).strip(" .!?"), self.context.world.words
        asker = self.context.asker
        if asker and typed in words.list("kaart.woorden-vraag"):
            return [question(asker, self.context.world, self.context.today)]
        asked = last is not None and last.data.get("flow") == STEP and bool(last.options)
        for option in (RIGHT, WRONG):
            if typed in words.list(f"kaart.woorden-{option}") and (asked or self._stands()):
                return [*self._answered(option), *self._settled()]
        return None

    def chose(self, offered: Reply, options: tuple[str, ...]) -> list[Reply] | None:
        if offered.data.get("flow") != STEP:
            return None
        if offered.data.get("person") != self.context.sender:
            return [Reply("help", (Line(self.context.world.words.say("wijzigen.voor-ander")),))]
        option, asker = next(iter(options), WRONG), self.context.asker
        replies = self._answered(option)
        if option != RIGHT or asker is None:
            return [*replies, *self._settled()]
        return [replace(one, card=card_of(asker)) for one in replies]

    def _settled(self) -> list[Reply]:
        """The question loses its controls where it stands."""
        asker = self.context.asker
        line = Line(self.context.world.words.say("kaart.beantwoord"), "note")
        return [Reply("confirmation", (line,), to=direct(asker.id), card=card_of(asker))] if asker else []

    def _stands(self) -> bool:
        """Whether this person was asked a short while ago and has not answered."""
        since = in_order(self.context.now - ANSWERED_FOR)
        row = self.connection.execute(
            "SELECT 1 FROM entry_check WHERE person = ? AND state = 'asked' AND at > ?", (self.context.sender, since)
        ).fetchone()
        return row is not None and self.context.place == direct(self.context.sender or "")

    def _answered(self, option: str) -> list[Reply]:
        context, words = self.context, self.context.world.words
        if context.asker is None or not context.may("eigen-kaart-wijzigen"):
            return [Reply("refusal", (Line(words.say("weigering.rechten")),), data={"reason": "rights"})]
        state: State = "right" if option == RIGHT else "wrong"
        self.connection.execute("UPDATE entry_check SET state = ? WHERE person = ?", (state, context.asker.id))
        if option != RIGHT:
            lines = (words.say("kaart.wat-dan"), *words.list("wijzigen.hoe")[1:])
            return [Reply("help", in_lines(lines))]
        make(self.connection, context.world, [Confirmed(context.asker.id, context.today)], context.asker.id, context.now)
        return [Reply("confirmation", (Line(words.say("kaart.bevestigd")),))]
