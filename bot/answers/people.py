"""Answers a question for somebody by name: themselves, who stands in for them, or who came after them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers.contact_lines import MOST_CHOICES, MOST_CONTACTS, choice, contact_reply
from bot.answers.empty import nobody
from bot.answers.target import Target
from bot.messages import Line, Reply
from bot.say import day_in_words
from bot.wish import asks_presence
from knowledge.names import SMALL_WORDS
from knowledge.reach import Contact, Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.context import Context
    from bot.understand import Question
    from knowledge.network import Person
    from knowledge.spots import Spot

NEARLY = 0.9
"""From this share of the weight of the surest name another may as well be meant."""

PART = 0.35
"""The least share of a name by which somebody is meant when nothing else is said."""

BESIDE = SMALL_WORDS | {"mevrouw", "mevr", "mw", "meneer", "mijnheer", "dhr", "heer", "juf", "meester"}
"""What may stand beside a name: "mevrouw de Boer"."""

NO_ROLE = ""
"""What somebody is who stands in the list without a role."""


def named_people(question: Question, context: Context) -> Reply | None:
    """The answer when a person of the network is asked for by name."""
    spots = [spot for spot in question.people if spot.target != context.sender and _is_meant(spot, question, context)]
    if not spots:
        return None
    people = [context.network.person_by_id[spot.target] for spot in meant_alike(spots)]
    if len(people) > 1:
        people = _nearest(people, question, context)
    if len(people) > 1:
        contacts = [
            Contact(one, context.world.reach.role_of(one, NO_ROLE), context.world.calendar.availability(one, context.now))
            for one in people[:MOST_CHOICES]
        ]
        return choice(context, contacts, context.world.words.say("contact.welke-persoon"), "persoon")
    return about_person(people[0], question, context)


def meant_alike(spots: Sequence[Spot]) -> list[Spot]:
    """Of the names that may be meant, surest first: those for which the same words stand about as well as for the first."""
    return [spot for spot in spots if spot.places & spots[0].places and spot.weight > NEARLY * spots[0].weight]


def _is_meant(spot: Spot, question: Question, context: Context) -> bool:
    """A whole name is meant; half a name only in a question for a person. A named role goes before a name that lacks it."""
    person = context.network.person_by_id[spot.target]
    wanted = {role.meaning for role in question.roles}
    if wanted and not wanted & set(person.roles) and "weg" not in question.wishes:
        return False
    if spot.share > 0.75:
        return True
    single = len(spot.places) == 1
    common = single and question.words[min(spot.places)].known and question.words[min(spot.places)].lemma != person.id
    if single and not spot.exact and spot.share < 0.3:
        return False
    if _is_all_that_is_said(spot, question) or (spot.share > PART and asks_presence(question)):
        return True
    asks = bool(question.wishes & {"bellen", "nummer", "weg", "wie"})
    return asks and not (common and "weg" not in question.wishes and len(question.rest) > 2)


def _is_all_that_is_said(spot: Spot, question: Question) -> bool:
    """Whether nothing stands beside the name but its small words and a role: "de Boer", "De Jong leerplicht"."""
    said = spot.places.union(*(role.places for role in question.roles))
    return spot.share > PART and all(place in said or word.typed in BESIDE for place, word in enumerate(question.words))


def _nearest(people: list[Person], question: Question, context: Context) -> list[Person]:
    """Of people with the same name those of the place or the role that was named, else of the asker's own place."""
    wanted = {role.meaning for role in question.roles}
    places = {spot.target for spot in question.organisations}
    school = context.school_here()
    own = context.own_organisation
    for test in (
        lambda one: bool(wanted & set(one.roles)),
        lambda one: one.organisation in places,
        lambda one: school is not None and (one.organisation == school.id),
        lambda one: own is not None and one.organisation == own.id,
    ):
        kept = [one for one in people if test(one)]
        if kept:
            people = kept
        if len(people) == 1:
            break
    serving = [one for one in people if one.serves_on(context.today)]
    return serving or people[:1]


def about_person(person: Person, question: Question, context: Context) -> Reply:
    """Somebody of the list: themselves when reachable, else who stands in for them or came after them."""
    words, reach = context.world.words, context.world.reach
    role = next((one.meaning for one in question.roles if one.meaning in person.roles), reach.role_of(person, NO_ROLE))
    if not person.serves_on(context.today):
        key = "contact.opvolger" if person.until and person.until < context.today else "contact.nog-niet-begonnen"
        begins = day_in_words(person.since, context.today) if person.since else ""
        note = words.say(key, oud=person.name, naam=person.name, dag=begins)
        contacts: list[Contact] = []
        for other in reach.successors(person, context.today):
            if other.id != context.sender:
                contacts.extend(reach.contacts(other, reach.role_of(other, role), context.now, but_not=context.sender))
        if contacts:
            return contact_reply(context, contacts[:MOST_CONTACTS], [Line(note, "note")], topic=role)
        if not role:
            return Reply("notfound", (Line(note, "note"),), data={"topic": NO_ROLE, "sources": [], "confidence": 0.0})
        return nobody(Target((role,), Place(), explicit=True), context, note)
    contacts = reach.contacts(person, role, context.now, but_not=context.sender)
    if "weg" in question.wishes and contacts[0].person == person:
        contacts = _stand_in(person, role, context) + contacts
    return contact_reply(context, contacts[:MOST_CONTACTS], [], topic=role)


def _stand_in(person: Person, role: str, context: Context) -> list[Contact]:
    """Who to call when the asker says that this person is not there, whatever the list says."""
    reach = context.world.reach
    found = []
    for deputy in reach.deputies(person, context.today):
        if deputy.id != context.sender:
            availability = context.world.calendar.availability(deputy, context.now)
            found.append(Contact(deputy, reach.role_of(deputy, role), availability, deputy_for=person, stands_in_as=role))
    reachable = [one for one in found if one.availability.open]
    return (reachable or found)[:1]
