"""Somebody in a handover has left or is ill: it never stays with nobody (rules: handovers).

What such a holder had is the giver's again and is offered to their successor or deputy; for a giver who is gone their deputy
answers, else the coordinator. Everybody concerned is told at once, in so many words.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot import chain
from bot.context import Context
from bot.handover import life
from bot.handover import rows as handovers
from bot.handover.acts import Matter
from bot.handover.card import Look
from bot.handover.onward import NEXT, question
from bot.handover.places import place_for
from bot.handover.rows import Event
from bot.handover.told import Told
from bot.messages import direct
from bot.worktime import local_day

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from datetime import date, datetime

    from bot.context import World
    from bot.handover.rows import Handover
    from bot.messages import Reply
    from bot.routes import Routes
    from knowledge.network import Koppel, Network, Person


def went_back(connection: sqlite3.Connection, context: Context, one: Handover) -> list[Reply]:
    """The promised day passed, it was reminded of, and passed again: it is the giver's and stands open once more (§2.4 step 7)."""
    matter = Matter(connection, context, one)
    key = "beloofde-dag-voorbij" if one.promised else "lang-niets"
    text = matter.look.say(key, wie=matter.look.name(one.holder))
    again = life.back(replace(one, wanted=None), context.world, context.now)  # so long after, with a new term
    told = Told(alert=(again.addressee,), notes=dict.fromkeys((one.giver, one.holder), text))
    return matter.after(again, told, Event("terug", context.now, None, one.holder))


@dataclass(frozen=True)
class People:
    """Who is there on a day. `before` is the contact list as it was: what is known of whoever stands in it no more."""

    world: World
    day: date
    before: Network | None = None

    def known(self, who: str) -> Person | None:
        """Somebody, also when the list has just lost them."""
        return self.world.network.person_by_id.get(who) or (self.before.person_by_id.get(who) if self.before else None)

    def name(self, who: str) -> str:
        person = self.known(who)
        return person.name if person else self.world.words.say("overdracht.weg-naam")

    def is_gone(self, who: str) -> bool:
        person = self.world.network.person_by_id.get(who)
        return person is None or (person.until is not None and person.until < self.day)

    def is_there(self, who: str) -> bool:
        person = self.world.network.person_by_id.get(who)
        return person is not None and not self.is_gone(who) and person.absence_on(self.day) is None

    def is_back_in_time(self, one: Handover) -> bool:
        """Whether its holder only has a day off and is back before the day they promised; red does not wait for anybody."""
        person = self.world.network.person_by_id.get(one.holder)
        off = person.absence_on(self.day) if person and not self.is_gone(one.holder) else None
        return off is not None and off.first == off.last and one.phase != life.RED and (one.promised or off.last) > off.last

    def after(self, who: str, koppel: Koppel | None) -> list[Person]:
        """Who comes after somebody who is gone, whoever serves the school of this koppel first; or who stands in for them."""
        person, reach, network = self.known(who), self.world.reach, self.world.network
        if person is None or person.organisation not in network.organisation_by_id:
            return []
        successors = reach.successors(person, self.day) if self.is_gone(who) else []
        if koppel:
            school = network.organisation_by_id[koppel.school]
            successors.sort(key=lambda other: not reach.serves(other, person.roles, school, self.day))
        return [*successors, *reach.deputies(person, self.day)]


def look_at_people(
    connection: sqlite3.Connection, context: Context, *, only_red: bool = False, before: Network | None = None
) -> list[Reply]:
    """Goes through everything open of whoever is gone or away; `only_red` leaves the rest for a working day."""
    people = People(context.world, local_day(context.world.calendar, context.now), before)
    replies: list[Reply] = []
    for who in _concerned(connection):
        if people.is_there(who):
            continue
        for one in handovers.open_of(connection, who):
            now = handovers.by_reference(connection, one.reference) or one
            if now.is_open and not (only_red and now.phase != life.RED):
                replies += _without(Matter(connection, context, now), who, people)
    for one in () if only_red else handovers.all_unmanned(connection):
        replies += _somebody_is_there(Matter(connection, context, one), people)
    return replies


def _somebody_is_there(matter: Matter, people: People) -> list[Reply]:
    """Offered after all to whoever is back first: the one who was asked, or who stands in for them."""
    one, world, now = matter.handover, matter.context.world, matter.context.now
    asked = world.network.person_by_id.get(one.addressee)
    other = asked if asked and people.is_there(asked.id) else _instead(one.addressee, one, people)
    if other is None:
        return []
    giver = world.network.person_by_id.get(one.giver)
    onward = life.pass_on(one, other.id, place_for(world, giver, other, one.koppel) if giver else None, world, now)
    text = Look(onward, world, now).say("weer-iemand", naam=other.name)
    return matter.after(onward, Told(alert=(other.id,), notes={one.giver: text}), Event("doorgezet", now, None, other.id))


def _concerned(connection: sqlite3.Connection) -> Iterable[str]:
    """Everybody who has to do with something that is open."""
    rows = connection.execute(
        "SELECT giver FROM handover WHERE next_at IS NOT NULL UNION SELECT addressee FROM handover WHERE next_at IS NOT NULL "
        "UNION SELECT holder FROM handover WHERE next_at IS NOT NULL"
    )
    return sorted(row[0] for row in rows)


def _without(matter: Matter, who: str, people: People) -> list[Reply]:
    """What becomes of one handover without this person."""
    replies: list[Reply] = []
    gone = people.is_gone(who)
    if gone and matter.handover.giver == who:
        replies += _new_giver(matter, people)
        matter = replace(matter, handover=handovers.by_reference(matter.connection, matter.handover.reference) or matter.handover)
    one = matter.handover
    if one.state == "accepted" and one.holder == who and one.holder != one.giver and not people.is_back_in_time(one):
        return [*replies, *_on(matter, who, "houder-weg", people)]
    if gone and one.state == "offered" and one.addressee == who:
        return [*replies, *_on(matter, who, "ontvanger-weg", people)]
    return replies


def _on(matter: Matter, who: str, event: str, people: People) -> list[Reply]:
    """Offered to whoever comes after or stands in; when there is nobody, the giver is asked to whom next."""
    one, world, now = matter.handover, matter.context.world, matter.context.now
    other = _instead(who, one, people)
    happened = Event(event, now, None, who)
    name = people.name(who)
    if other is None:
        waiting = life.unmanned(one, world, now)
        text = matter.look.say(f"{event}-niemand", wie=name)
        replies = matter.after(waiting, Told(notes={one.addressee: text}), happened)
        return [*replies, question(replace(matter, handover=waiting), NEXT, direct(one.giver), text)]
    giver = world.network.person_by_id.get(one.giver)
    koppel = place_for(world, giver, other, one.koppel) if giver else None
    onward = life.pass_on(one, other.id, koppel, world, now)
    text = Look(onward, world, now).say(event, wie=name, naam=other.name)
    told = Told(alert=(other.id,), notes=dict.fromkeys((one.giver, who), text))
    return matter.after(onward, told, happened, Event("doorgezet", now, None, other.id))


def _new_giver(matter: Matter, people: People) -> list[Reply]:
    """Whoever answers for it now: the deputy of the giver, else the coordinator."""
    one, world, now = matter.handover, matter.context.world, matter.context.now
    giver = people.known(one.giver)
    others = {one.addressee, one.holder, one.giver}
    deputies = world.reach.deputies(giver, people.day) if giver else ()
    deputy = next((other for other in deputies if other.id not in others), None)
    heir = deputy or chain.coordinator(world, people.day)
    if heir is None or heir.id == one.giver:
        return []
    changed = life.new_giver(one, heir.id, world, now)
    key = "gever-weg" if deputy else "gever-weg-coordinator"
    text = matter.look.say(key, wie=people.name(one.giver), naam=heir.name)
    told = Told(notes=dict.fromkeys((heir.id, one.addressee, changed.holder), text))
    return matter.after(changed, told, Event("gever-weg", now, one.giver, heir.id))


def _instead(who: str, one: Handover, people: People) -> Person | None:
    """Who can be asked: the one it was meant for, a successor of who is gone, the deputy, another contact of the pair."""
    network = people.world.network
    koppel = network.koppel_by_id.get(one.koppel or "")
    meant = network.person_by_id.get(one.addressee) if one.addressee != who else None
    giver = network.person_by_id.get(one.giver)
    sides = {network.organisation_of(giver).side} if giver else set()
    across = (network.person_by_id[contact] for contact in (koppel.contacts if koppel else ()))
    others = (contact for contact in across if network.organisation_of(contact).side not in sides)
    chances = (*((meant,) if meant else ()), *people.after(who, koppel), *others)
    there = (other for other in chances if other.id not in {who, one.giver} and other.roles)
    return next((other for other in there if people.is_there(other.id)), None)


def at_a_desk(world: World, now: datetime, routes: Routes) -> Context:
    """The surroundings of what happens by itself: nobody says it, and nowhere."""
    return Context(world, None, "", now, reaches=lambda who: routes.reaches(who, world.network))
