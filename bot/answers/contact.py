"""Answers "wie moet ik bellen?": from the roles and the place to the people, reachable now or else their deputy."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.answers.target import Target, find_target
from bot.messages import Line, Option, Reply
from bot.say import date_in_words, day_in_words, joined, moment_in_words
from knowledge.reach import NOWHERE, Contact, Place

if TYPE_CHECKING:
    from bot.context import Context
    from bot.understand import Question
    from knowledge.spots import Spot
    from knowledge.network import Person

STALE = timedelta(days=365)
"""Somebody who has not said for a year that their entry is right may have moved on (issue: a list that stays right)."""

MOST_CONTACTS = 3

MOST_CHOICES = 10
"""More nobody reads; of hundreds of the same name it is not even worked out when they are there."""

NO_ROLE = ""
"""What somebody is who stands in the list without a role."""


def contact_data(context: Context, contact: Contact) -> dict[str, Any]:
    """A contact as the scenario format gives it."""
    person = contact.person
    return {
        "person": person.id,
        "role": contact.role,
        "organisation": person.organisation,
        "phone": person.phone,
        "email": person.email,
        "available": contact.availability.open,
        "deputy_for": contact.deputy_for.id if contact.deputy_for else None,
    }


def answer_contact(question: Question, context: Context) -> Reply | None:
    """Whom to call, which one is meant, or that nobody fills the role; None when the question names nothing to go by."""
    if (people := named_people(question, context)) is not None:
        return people
    target = find_target(question, context)
    if target is None:
        return None
    if target.candidates:
        return _which_school(target, context)
    if not target.explicit and ("nu-iemand" in question.wishes or (target.situation and target.situation.always)):
        target = _reachable_first(target, context)
    return answer_target(target, context)


def _reachable_first(target: Target, context: Context) -> Target:
    """What cannot wait goes to the first role with somebody who can be reached now; nobody reachable: the order stays."""
    for role in target.roles:
        if any(contact.availability.open for contact in _reachable(role, target.place, context)):
            return replace(target, roles=(role, *(other for other in target.roles if other != role)))
    return target


def named_people(question: Question, context: Context) -> Reply | None:
    """The answer when a person of the network is asked for by name."""
    spots = [spot for spot in question.people if spot.target != context.sender and _is_meant(spot, question, context)]
    if not spots:
        return None
    top = [spot for spot in spots if spot.places & spots[0].places and spot.weight > 0.9 * spots[0].weight]
    people = [context.network.person_by_id[spot.target] for spot in top]
    if len(people) > 1:
        people = _nearest(people, question, context)
    if len(people) > 1:
        contacts = [
            Contact(one, context.world.reach.role_of(one, NO_ROLE), context.world.calendar.availability(one, context.now))
            for one in people[:MOST_CHOICES]
        ]
        return choice(context, contacts, context.world.words.say("contact.welke-persoon"), "persoon")
    return _about_person(people[0], question, context)


def _is_meant(spot: Spot, question: Question, context: Context) -> bool:
    """A whole name is meant; half a name only in a question for a person. A named role goes before a name that lacks it."""
    person = context.network.person_by_id[spot.target]
    wanted = {role.meaning for role in question.roles}
    if wanted and not wanted & set(person.roles) and "weg" not in question.wishes:
        return False
    if spot.share > 0.75:
        return True
    single = len(spot.places) == 1
    common = single and question.words[min(spot.places)].known and question.words[min(spot.places)].lemma not in {person.id}
    if single and not spot.exact and spot.share < 0.3:
        return False
    asks = bool(question.wishes & {"bellen", "nummer", "weg", "wie"})
    return asks and not (common and "weg" not in question.wishes and len(question.rest) > 2)


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


def _about_person(person: Person, question: Question, context: Context) -> Reply:
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
        return _nobody(Target((role,), Place(), explicit=True), context, note)
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


def _which_school(target: Target, context: Context) -> Reply:
    """Two schools are meant equally well: the people who would be called at each of them are the choice."""
    contacts = []
    for place in target.candidates:
        for role in target.roles:
            if found := _reachable(role, place, context):
                contacts.append(found[0])
                break
    if len({one.person.id for one in contacts}) == 1:
        return contact_reply(context, contacts[:1], [], topic=target.roles[0])
    if not contacts:
        return _nobody(target, context)
    return choice(context, contacts, context.world.words.say("contact.welke-school"), target.roles[0])


def answer_target(target: Target, context: Context) -> Reply:
    """The people for a target: a choice when several are equally likely, the next best role when nobody fills it."""
    for role in target.roles:
        holders = [one for one in context.world.reach.holders(role, target.place, context.today) if one.id != context.sender]
        if not any(context.world.reach.contacts(one, role, context.now, but_not=context.sender) for one in holders):
            continue
        if _must_choose(role, holders, target, context):
            contacts = [Contact(one, role, context.world.calendar.availability(one, context.now)) for one in holders[:9]]
            title = context.world.words.say("contact.welke-rol", rol=context.world.library.roles[role].name)
            return choice(context, contacts, title, target.situation.id if target.situation else role)
        return _found(role, target, context)
    return _nobody(target, context)


def _must_choose(role: str, holders: list[Person], target: Target, context: Context) -> bool:
    """Nobody is guessed: without a place, several who serve different places are a choice."""
    if len(holders) < 2 or target.place != NOWHERE:
        return False
    served = context.schools_served()
    if served:  # all the asker's schools have the same one: no choice
        sets = [frozenset(one.id for one in context.world.reach.holders(role, Place(school=one), context.today)) for one in served]
        if sets and all(one == sets[0] and len(one) == 1 for one in sets):
            return False
    return True


def _reachable(role: str, place: Place, context: Context) -> list[Contact]:
    """The contacts for a role at a place: who is reachable first, deputies for those who are not."""
    reach = context.world.reach
    lists = []
    for person in reach.holders(role, place, context.today):
        found = reach.contacts(person, role, context.now, but_not=context.sender)
        if found:
            lists.append(found)
    lists.sort(key=lambda found: not (found[0].availability.open and found[0].deputy_for is None))
    seen: set[str] = set()
    contacts = []
    for contact in (one for found in lists for one in found):
        if contact.person.id not in seen:
            seen.add(contact.person.id)
            contacts.append(contact)
    return contacts


def _found(role: str, target: Target, context: Context) -> Reply:
    contacts = _reachable(role, target.place, context)
    if target.place == NOWHERE and len(contacts) > 1 and context.schools_served():
        same = context.world.reach.holders(role, Place(school=context.schools_served()[0]), context.today)
        contacts = [one for one in contacts if one.person in same or (one.deputy_for and one.deputy_for in same)] or contacts
    if not contacts:
        return _nobody(target, context)
    others = target.roles[target.roles.index(role) + 1 :] if not target.explicit else ()
    if not contacts[0].availability.open:  # somebody else who can be reached now is worth a line
        others = others or tuple(context.world.library.roles[role].instead)
        for other in others:
            now = [one for one in _reachable(other, target.place, context) if one.availability.open and one.deputy_for is None]
            if now and now[0].person.id not in {one.person.id for one in contacts}:
                contacts = [*contacts[:2], now[0]]
                break
    elif len(contacts) < 2 and others:
        for other in others:
            more = [one for one in _reachable(other, target.place, context) if one.availability.open and one.deputy_for is None]
            if more and more[0].person.id != contacts[0].person.id:
                contacts.append(more[0])
                break
    before = [] if role == target.roles[0] else [_empty_line(target.roles[0], target.place, context, role)]
    return contact_reply(context, contacts[:MOST_CONTACTS], before, target=target, topic=role)


def _empty_line(role: str, place: Place, context: Context, instead: str | None) -> Line:
    """Says that nobody fills the role, or that it is the asker's own."""
    words, roles = context.world.words, context.world.library.roles
    where = f" {words.say('contact.plek-voor', plek=place.name)}" if place.name else ""
    own = any(one.id == context.sender for one in context.world.reach.holders(role, place, context.today))
    text = words.say("contact.jij-zelf" if own else "contact.niemand", rol=roles[role].name, plek=where)
    if instead:
        text += " " + words.say("contact.niemand-kies", rol=roles[instead].name)
    return Line(text, "note")


def _nobody(target: Target, context: Context, note: str = "") -> Reply:
    """Nobody fills the role: says so, and names the next best role or the coordinator."""
    words, roles = context.world.words, context.world.library.roles
    wanted = target.roles[0]
    for role in (*target.roles[1:], *roles[wanted].instead, "coordinator"):
        place = target.place if role != "coordinator" else Place()
        contacts = _reachable(role, place, context) if role != wanted else []
        if not contacts or (place == NOWHERE and role != "coordinator" and len(contacts) > 2):
            continue
        before = [Line(note, "note")] if note else []
        before.append(_empty_line(wanted, target.place, context, role))
        return contact_reply(context, contacts[:2], before, target=None, topic=wanted)
    lines = [_empty_line(wanted, target.place, context, None), Line(words.say("contact.niemand-ook-niet"), "note")]
    return Reply("notfound", tuple(lines), data={"topic": wanted, "sources": roles[wanted].sources, "confidence": 0.0})


def choice(context: Context, contacts: list[Contact], title: str, topic: str) -> Reply:
    """Which of these? Never more than ten, each with what tells it apart."""
    options = []
    lines = [Line(title, "headline")]
    for number, contact in enumerate(contacts[:MOST_CHOICES], start=1):
        person = contact.person
        served = [context.network.organisation_by_id[one].name if one in context.network.organisation_by_id else one for one in person.serves]
        where = joined(served[:3]) or context.network.organisation_of(person).name
        options.append(Option(person.id, person.name[:40]))
        lines.append(Line(f"{number}. {_who(context, person, contact.role)} ({where})", "list"))
    lines.append(Line(context.world.words.say("contact.kies"), "note"))
    data = {
        "contacts": [contact_data(context, contact) for contact in contacts[:MOST_CHOICES]],
        "topic": topic,
        "sources": _sources(context, contacts[0].role),
        "confidence": 0.5,
    }
    return Reply("choice", tuple(lines), tuple(options), data=data)


def contact_reply(
    context: Context, contacts: list[Contact], before: list[Line], *, target: Target | None = None, topic: str = ""
) -> Reply:
    """The answer with people in it, the first of them to be called."""
    lines = list(before)
    for place, contact in enumerate(contacts):
        if place:
            lines.append(Line("", "plain"))
        lines.extend(person_lines(context, contact, first=place == 0, listed={one.person.id for one in contacts}))
    lines.extend(_why(context, contacts[0], target))
    situation = target.situation if target else None
    sources = situation.sources if situation and target and not target.explicit else _sources(context, contacts[0].role)
    data = {
        "contacts": [contact_data(context, contact) for contact in contacts],
        "topic": situation.id if situation and target and not target.explicit else topic,
        "sources": list(sources),
        "confidence": 0.95 if target is None or target.explicit else 0.8,
    }
    return Reply("contact", tuple(lines), data=data)


def _who(context: Context, person: Person, role: str) -> str:
    """ "Sanne de Vries, veiligheidscoördinator"; the name alone when there is no role."""
    return f"{person.name}, {context.world.library.roles[role].name}" if role else person.name


def _sources(context: Context, role: str) -> list[str]:
    return list(context.world.library.roles[role].sources) if role else []


def person_lines(context: Context, contact: Contact, *, first: bool, listed: set[str]) -> list[Line]:
    """One person: name and role, organisation, number alone on a line, reachable or when again, deputy."""
    words, person = context.world.words, contact.person
    call = "contact.mail" if person.email and not person.phone else "contact.bel"
    lines = [
        Line(words.say(call if first else "contact.bel-ook", wie=_who(context, person, contact.role)), "person"),
        Line(context.network.organisation_of(person).name, "plain"),
        Line(person.phone or person.email or words.say("contact.geen-nummer"), "number"),
        Line(_when(context, contact), "plain"),
    ]
    if contact.deputy_for:
        replaced = contact.deputy_for
        role = context.world.library.roles.get(contact.stands_in_as)
        key = "contact.vervangt" if role else "contact.vervangt-zonder-rol"
        lines.append(Line(words.say(key, naam=replaced.name, rol=role.name if role else ""), "note"))
        if replaced.id not in listed:
            back = context.world.calendar.availability(replaced, context.now).back
            if back:
                lines.append(Line(words.say("contact.terug", naam=replaced.name, terug=moment_in_words(back, context.today)), "note"))
    elif first and contact.availability.open:
        told = listed | {context.sender}
        deputy = next((one for one in context.world.reach.deputies(person, context.today) if one.id not in told), None)
        if deputy and deputy.phone:
            lines.append(Line(words.say("contact.vervanger", naam=deputy.name, nummer=deputy.phone), "note"))
    if person.confirmed and context.today - person.confirmed > STALE:
        lines.append(Line(words.say("contact.oud", dag=date_in_words(person.confirmed, context.today)), "note"))
    return lines


def _when(context: Context, contact: Contact) -> str:
    words, availability, today = context.world.words, contact.availability, context.today
    if availability.open:
        if availability.until is None:
            return words.say("contact.altijd-bereikbaar")
        return words.say("contact.bereikbaar-tot", tot=moment_in_words(availability.until, today))
    back = moment_in_words(availability.back, today) if availability.back else None
    if availability.absent_until:
        key = "contact.afwezig" if back else "contact.afwezig-zonder-terug"
        return words.say(key, dag=day_in_words(availability.absent_until, today), terug=back)
    return words.say("contact.weer-terug", terug=back) if back else words.say("contact.niet-bereikbaar")


def _why(context: Context, first: Contact, target: Target | None) -> list[Line]:
    """Why this person, what to have ready, and what is always open when nobody can be reached now."""
    words, roles = context.world.words, context.world.library.roles
    role_id = first.stands_in_as if first.deputy_for else first.role
    role = roles.get(role_id)
    lines = []
    situation = target.situation if target and not target.explicit else None
    if situation:
        # The reason of a situation is that of the side's first role; whoever is called in another role is called for that role.
        first_of_side = situation.who.get(context.side, situation.who["school"])[0]
        by_situation = role is None or role.id == first_of_side
        reason = (situation.why.get(context.side) or situation.why[""]) if by_situation or role is None else role.why
        sources = situation.sources if by_situation or role is None else role.sources
        lines.append(Line(words.say("contact.waarom", reden=reason.rstrip("."), bron=", ".join(sources)), "reason"))
        if situation.ready:
            lines.append(Line(words.say("contact.klaar", wat=joined(list(situation.ready))), "reason"))
    elif role and target and target.place.name:
        lines.append(Line(words.say("contact.waarom-rol", rol=role.name, plek=target.place.name), "reason"))
    elif role:
        lines.append(Line(words.say("contact.waarom-rol-zonder-plek", rol=role.name), "reason"))
    of_roles = next((roles[one].always for one in (role_id, first.role) if one and roles[one].always), None)
    always = (situation.always if situation else None) or of_roles
    if not first.availability.open:
        key = {"0900-8844": "contact.altijd-politie", "0800-2000": "contact.altijd-veilig-thuis"}.get(always or "")
        lines.append(Line(words.say(key or "contact.altijd-gevaar"), "note"))
    elif situation and situation.always == "0800-2000" and first.person.phone != "0800-2000":
        lines.append(Line(words.say("contact.altijd-veilig-thuis"), "note"))
    return lines
