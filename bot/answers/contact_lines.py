"""Writes people down for a phone: who, the number alone on a line, reachable until when, why, and what to have ready."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.messages import Line, Option, Reply
from bot.say import date_in_words, day_in_words, joined, moment_in_words
from knowledge.reach import NOWHERE

if TYPE_CHECKING:
    from bot.answers.target import Target
    from bot.context import Context
    from knowledge.models import Role, Situation
    from knowledge.network import Person
    from knowledge.reach import Contact, Place

MOST_CONTACTS = 3

VEILIG_THUIS = "0800-2000"
NATIONAL = {"0900-8844": "contact.altijd-politie", VEILIG_THUIS: "contact.altijd-veilig-thuis"}
"""The national numbers, each with the sentence that names it."""

MOST_CHOICES = 10
"""More nobody reads; of hundreds of the same name it is not even worked out when they are there."""


def contact_data(contact: Contact) -> dict[str, Any]:
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


def choice(context: Context, contacts: list[Contact], title: str, topic: str) -> Reply:
    """Which of these? Never more than ten, each with what tells it apart."""
    options = []
    lines = [Line(title, "headline")]
    for number, contact in enumerate(contacts[:MOST_CHOICES], start=1):
        person = contact.person
        served = [
            context.network.organisation_by_id[one].name if one in context.network.organisation_by_id else one
            for one in person.serves
        ]
        where = joined(served[:3]) or context.network.organisation_of(person).name
        options.append(Option(person.id, person.name[:40]))
        lines.append(Line(f"{number}. {_who(context, person, contact.role)} ({where})", "list"))
    lines.append(Line(context.world.words.say("contact.kies"), "note"))
    data = {
        "contacts": [contact_data(contact) for contact in contacts[:MOST_CHOICES]],
        "topic": topic,
        "sources": _sources(context, contacts[0].role),
        "confidence": 0.5,
    }
    return Reply("choice", tuple(lines), tuple(options), data=data)


def contact_reply(
    context: Context, contacts: list[Contact], before: list[Line], *, target: Target | None = None, topic: str = "",
    place: Place = NOWHERE,
) -> Reply:  # fmt: skip
    """The answer with people in it, the first of them to be called."""
    lines = list(before)
    for number, contact in enumerate(contacts):
        if number:
            lines.append(Line("", "plain"))
        lines.extend(person_lines(context, contact, first=number == 0, listed={one.person.id for one in contacts}))
    lines.extend(_why(context, contacts[0], target))
    situation = target.situation if target else None
    sources = situation.sources if situation and target and not target.explicit else _sources(context, contacts[0].role)
    data = {
        "contacts": [contact_data(contact) for contact in contacts],
        "topic": situation.id if situation and target and not target.explicit else topic,
        "sources": list(sources),
        "confidence": 0.95 if target is None or target.explicit else 0.8,
        "about": place_id(target.place if target else place),
    }
    return Reply("contact", tuple(lines), data=data)


def place_id(place: Place) -> str | None:
    """A place as it stands in the data of an answer; `Context` finds it back."""
    return place.school.id if place.school else place.wijk or place.municipality


def _who(context: Context, person: Person, role: str) -> str:
    """Who it is: "Sanne de Vries, veiligheidscoördinator"; the name alone when there is no role."""
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
                lines.append(
                    Line(words.say("contact.terug", naam=replaced.name, terug=moment_in_words(back, context.today)), "note")
                )
    elif first and contact.availability.open:
        told = listed | {context.sender}
        deputy = next((one for one in context.world.reach.deputies(person, context.today) if one.id not in told), None)
        if deputy and deputy.phone:
            lines.append(Line(words.say("contact.vervanger", naam=deputy.name, nummer=deputy.phone), "note"))
    if person.confirmed and context.world.is_stale(person, context.today):
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
    situation = target.situation if target and not target.explicit else None
    role = context.world.library.roles.get(_called_as(first))
    reasons = _for_situation(context, role, situation) if situation else _for_role(context, role, target) if role else []
    return reasons + _always(context, first, situation)


def _called_as(first: Contact) -> str:
    """The role somebody is called in: a deputy in that of whom they stand in for."""
    return first.stands_in_as if first.deputy_for else first.role


def _for_situation(context: Context, role: Role | None, situation: Situation) -> list[Line]:
    """The reason of a situation is that of the side's first role; whoever is called in another role is called for that role."""
    say = context.world.words.say
    of_other = role is not None and role.id != situation.who.get(context.side, situation.who["school"])[0]
    reason, sources = situation.why.get(context.side) or situation.why[""], situation.sources
    if of_other and role:
        reason, sources = role.why, role.sources
    lines = [Line(say("contact.waarom", reden=reason.rstrip("."), bron=", ".join(sources)), "reason")]
    if situation.ready:
        lines.append(Line(say("contact.klaar", wat=joined(list(situation.ready))), "reason"))
    return lines


def _for_role(context: Context, role: Role, target: Target | None) -> list[Line]:
    say, why, places = context.world.words.say, role.why.rstrip("."), ", ".join(role.sources)
    if target and target.place.name:
        text = say("contact.waarom-rol", rol=role.name, plek=target.place.name, reden=why, bron=places)
    else:
        text = say("contact.waarom", reden=why, bron=places)
    return [Line(text, "reason")]


def _always(context: Context, first: Contact, situation: Situation | None) -> list[Line]:
    """The number that is open day and night, when whoever is named cannot be reached now or the situation cannot wait."""
    words, roles = context.world.words, context.world.library.roles
    of_roles = next((roles[one].always for one in (_called_as(first), first.role) if one and roles[one].always), None)
    always = (situation.always if situation else None) or of_roles
    if not first.availability.open:
        return [Line(words.say(NATIONAL.get(always or "", "contact.altijd-gevaar")), "note")]
    if situation and situation.always == VEILIG_THUIS and first.person.phone != VEILIG_THUIS:
        return [Line(words.say("contact.altijd-veilig-thuis"), "note")]
    return []
