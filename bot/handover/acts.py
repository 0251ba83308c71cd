"""Does what somebody wants with a handover: the record changes, its history grows, and those concerned are told.

Rights have been looked at before (`handover_talk`); whether it can be done now is looked at here. Inside one transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta
from typing import TYPE_CHECKING

from bot import worktime
from bot.handover import life
from bot.handover import rows as handovers
from bot.handover.card import Look, call_in_words, handover_data
from bot.handover.places import shared_place
from bot.handover.rows import Event
from bot.handover.told import FLOW, Told, now_stands, say_here
from bot.messages import Line, Reply
from bot.say import moment_in_words, standing_day

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from datetime import date, datetime

    from bot.context import Context
    from bot.handover.rows import Handover
    from knowledge.network import Person


@dataclass(frozen=True)
class Matter:
    """One handover on the matter of somebody who does something with it. `typed`: in words, so an answer is expected there."""

    connection: sqlite3.Connection
    context: Context
    handover: Handover
    typed: bool = False

    @property
    def look(self) -> Look:
        return Look(self.handover, self.context.world, self.context.now)

    @property
    def me(self) -> str:
        return self.context.sender or ""

    def after(self, changed: Handover, told: Told, *events: Event) -> list[Reply]:
        """Keeps what changed, and says it."""
        handovers.save(self.connection, changed)
        for event in events:
            handovers.note(self.connection, changed.reference, event)
        look = Look(changed, self.context.world, self.context.now)
        return now_stands(self.connection, self.handover, look, told, self.context, typed=self.typed)

    def event(self, name: str, other: str | None = None, about: str | None = None) -> Event:
        return Event(name, self.context.now, self.context.sender, other, about)

    def cannot(self, key: str = "kan-nu-niet", **values: object) -> list[Reply]:
        """It cannot be done now: why, and how it stands."""
        return [say_here(self.look, self.context, key, **values)]


def offer(connection: sqlite3.Connection, context: Context, draft: life.Draft) -> list[Reply]:
    """Puts a new handover in the place of the pair, or in direct messages."""
    new = life.offer(draft, context.world, context.now)
    handovers.add(connection, new)
    handovers.note(connection, new.reference, Event("aangeboden", context.now, context.sender, new.addressee))
    look = Look(new, context.world, context.now)
    koppel = context.network.koppel_by_id.get(new.koppel or "")
    school = context.network.organisation_by_id[koppel.school].name if koppel else ""
    key = "aangeboden-bel" if new.sort == "bel" else "aangeboden" if koppel else "aangeboden-dm"
    elsewhere = koppel is not None and not shared_place(connection, new)
    key = "aangeboden-onversleuteld" if elsewhere and key == "aangeboden" else key
    addressee = context.network.person_by_id[new.addressee]
    deputy = _deputy(look, addressee)
    more = list(_who_is_there(look, addressee, deputy))
    called = deputy or addressee
    red = new.phase == life.RED and new.sort != "bel"
    more += [look.say("aangeboden-rood", naam=called.name)] if red else []
    here = " ".join((look.say(key, plek=school), *more))
    numbers = {new.giver: called.id} if red else {}
    told = Told(alert=(new.addressee,), here=here, always_here=elsewhere or bool(more), numbers=numbers)
    return now_stands(connection, None, look, told, context, typed=False)


def _deputy(look: Look, addressee: Person) -> Person | None:
    """Who may take it over while the addressee is away."""
    if addressee.absence_on(look.today) is None:
        return None
    deputies = look.world.reach.deputies(addressee, look.today)
    return next((one for one in deputies if one.absence_on(look.today) is None and one.id != look.handover.giver), None)


def _who_is_there(look: Look, addressee: Person, deputy: Person | None) -> Iterable[str]:
    """Of an addressee who is away: until when, and who may take it over in that time; of one who is off: when they work again."""
    away = addressee.absence_on(look.today)
    if away:
        yield look.say("aangeboden-weg", dag=standing_day(away.last, look.today))
        if deputy:
            yield look.say("aangeboden-vervanger", naam=deputy.name)
        return
    calendar, zone = look.world.calendar, look.world.network.zone
    today = worktime.working_moment(calendar, addressee, worktime.at_wall(zone, look.today, time()))
    back = worktime.working_moment(calendar, addressee, look.now)
    off = today is None or today.date() > look.today
    if back and (off or back.date() > look.today + timedelta(days=1)):
        yield look.say("aangeboden-werkt-weer", wanneer=call_in_words(look.local(back), look.today))


def take(matter: Matter, promise: str | None, day: date | None) -> list[Reply]:
    """Taken over: the first wins, whoever comes later hears by whom."""
    one, context = matter.handover, matter.context
    known = (one.promise, one.promised)
    if one.state == "accepted" and one.holder == matter.me and promise and known != (promise, day):
        return promise_to(matter, promise, day)
    if one.state in {"accepted", "reported"}:
        since = moment_in_words(matter.look.local(_taken_at(matter)), context.today)
        return matter.cannot("al-van-jou" if one.holder == matter.me else "al-van", wanneer=since)
    if one.state not in {"offered", "declined"} or one.sort == "bel":
        return matter.cannot()
    late = _too_late(matter, day)
    promise, day = (None, None) if late else (promise, day)
    taken = life.accept(one, matter.me, promise, day, context.world, context.now)
    look = Look(taken, context.world, context.now)
    words = look.promise()
    short = look.promise(short=True)
    giver = look.say("overgenomen", belofte=short) if short else look.say("overgenomen-zonder")
    here = look.say("jij-hebt", belofte=short) if short else look.say("jij-hebt-rood" if late else "jij-hebt-zonder", dag=late)
    events = [matter.event("overgenomen"), *([matter.event("belooft", about=_promise(promise, day))] if words else [])]
    return matter.after(taken, Told(notes={one.giver: giver}, here=here), *events)


def _taken_at(matter: Matter) -> datetime:
    events = handovers.history(matter.connection, matter.handover.reference)
    return next((event.at for event in reversed(events) if event.event == "overgenomen"), matter.handover.began)


def promise_to(matter: Matter, promise: str, day: date | None) -> list[Reply]:
    """What the holder will do and when, said after taking over, or changed."""
    one, context = matter.handover, matter.context
    if one.state != "accepted":
        return matter.cannot()
    if late := _too_late(matter, day):
        return matter.cannot("rood-wacht-niet", dag=late)
    done = life.promised(one, promise, day, context.world, context.now)
    look = Look(done, context.world, context.now)
    words = look.promise(short=True) or ""
    told = Told(notes={one.giver: look.say("belooft", belofte=words)}, here=look.say("belofte-genoteerd", belofte=words))
    return matter.after(done, told, matter.event("belooft", about=_promise(promise, day)))


def _too_late(matter: Matter, day: date | None) -> str | None:
    """The last day on which something may be promised, in words, when a day is beyond it: red does not wait."""
    latest = life.latest_promise(matter.handover, matter.context.world, matter.context.now)
    return standing_day(latest, matter.look.today) if day and latest and day > latest else None


def _promise(promise: str | None, day: date | None) -> str:
    """How a promise stands in the history: "langs", "bel:2026-11-24"."""
    return f"{promise}:{day}" if day else str(promise)


def take_back(matter: Matter) -> list[Reply]:
    """Within ten minutes whoever took it may say "toch niet": it is the giver's again."""
    one, context = matter.handover, matter.context
    if one.state != "accepted":
        return matter.cannot()
    if not life.may_take_back(one, context.now):
        return matter.cannot("toch-niet-te-laat")
    text = matter.look.say("toch-niet", wie=matter.look.name(matter.me))
    again = life.back(one, context.world, context.now)
    return matter.after(again, Told(notes={one.giver: text}, here=matter.look.say("toch-niet-jij")), matter.event("toch-niet"))


def ask_back(matter: Matter, question: str = "") -> list[Reply]:
    """The one who was asked wants to know more: the giver is told, with the `question` if there is one; reminded anew, once."""
    one, context = matter.handover, matter.context
    if one.state not in {"offered", "declined"}:
        return matter.cannot()
    before = handovers.history(matter.connection, one.reference)
    asked = any(event.event == "teruggevraagd" and event.at >= one.began for event in before)
    waiting = one if asked else life.ask_back(one, context.world, context.now)
    end = "-tekst" if question else ""
    giver = matter.look.say(f"vraagt-terug{end}", wie=matter.look.name(matter.me), vraag=question)
    numbers = {one.giver: matter.me, matter.me: one.giver}
    here = matter.look.say(f"vraagt-terug-jij{end}")
    more = {} if question else {"flow": FLOW, "step": "vraag"}
    told = Told(notes={one.giver: giver}, here=here, numbers=numbers, always_here=True, unchanged=True, more=more)
    return matter.after(waiting, told, matter.event("teruggevraagd", one.giver))


def unchanged(matter: Matter) -> list[Reply]:
    """Whoever was asked something about it would rather not: nothing changes."""
    data = {**handover_data(matter.look), "mentions": []}
    return [Reply("confirmation", (Line(matter.look.say("niets-veranderd-aan")),), data=data)]


def report(matter: Matter) -> list[Reply]:
    """The holder says that it is done; the giver is asked to close."""
    one, context = matter.handover, matter.context
    if one.state != "accepted":
        return matter.cannot()
    done = life.report(one, context.world, context.now)
    look = Look(done, context.world, context.now)
    giver = look.say("teruggekoppeld", wie=look.name(matter.me))
    told = Told(alert=(one.giver,), notes={one.giver: giver}, here=look.say("teruggekoppeld-jij"))
    return matter.after(done, told, matter.event("teruggekoppeld"))


def close(matter: Matter) -> list[Reply]:
    """The giver sets a full stop."""
    one, context = matter.handover, matter.context
    if one.state in {"offered", "declined"}:
        return [Reply("handover", (Line(matter.look.say("eerst-aanbieden")),), data={**handover_data(matter.look), "mentions": []})]
    if one.state not in {"accepted", "reported"}:
        return matter.cannot()
    done = life.close(one, context.world, context.now)
    key = "gesloten" if matter.me == one.giver else "gesloten-namens"
    text = matter.look.say(key, wie=matter.look.name(matter.me))
    told = Told(notes={one.holder: text, one.giver: text}, here=matter.look.say("gesloten-jij"))
    return matter.after(done, told, matter.event("gesloten"))


def called(matter: Matter) -> list[Reply]:
    """Somebody called: a call about a signal is over."""
    one, context = matter.handover, matter.context
    if one.sort != "bel" or one.state not in {"offered", "declined"}:
        return matter.cannot()
    done = life.close(one, context.world, context.now, by=matter.me)
    text = matter.look.say("belde", wie=matter.look.name(matter.me))
    return matter.after(done, Told(notes={one.giver: text}, here=text), matter.event("gebeld"))


def not_reached(matter: Matter) -> list[Reply]:
    """Somebody called and nobody answered: it is reminded of anew."""
    one, context = matter.handover, matter.context
    if one.sort != "bel" or one.state != "offered":
        return matter.cannot()
    waiting = life.ask_back(one, context.world, context.now)
    text = matter.look.say("niet-bereikt", wie=matter.look.name(matter.me))
    told = Told(notes={one.giver: text}, here=matter.look.say("niet-bereikt-jij"), always_here=True, unchanged=True)
    return matter.after(waiting, told, matter.event("niet-bereikt"))


def reopen(matter: Matter) -> list[Reply]:
    """It was not done after all."""
    one, context = matter.handover, matter.context
    if one.state == "closed" and not life.may_reopen(one, context.world, context.now):
        return matter.cannot("te-laat-heropenen")
    if one.state not in {"reported", "closed"}:
        return matter.cannot()
    again = life.reopen(one, context.world, context.now)
    look = Look(again, context.world, context.now)
    text = look.say("heropend", wie=look.name(matter.me))
    told = Told(notes=dict.fromkeys((again.giver, again.holder), text), here=look.say("heropend-jij"))
    return matter.after(again, told, matter.event("heropend"))


def withdraw(matter: Matter) -> list[Reply]:
    """No longer needed, before anybody took it."""
    one, context = matter.handover, matter.context
    if one.state not in {"offered", "declined"}:
        return matter.cannot()
    done = life.withdraw(one, context.world, context.now)
    text = matter.look.say("ingetrokken", wie=matter.look.name(matter.me))
    told = Told(notes={one.addressee: text}, here=matter.look.say("ingetrokken-jij"))
    return matter.after(done, told, matter.event("ingetrokken"))
