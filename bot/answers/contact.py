"""Answers "wie moet ik bellen?": from the roles and the place to the people, reachable now or else their deputy."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.answers.contact_lines import MOST_CONTACTS, choice, contact_reply
from bot.answers.empty import empty_line, nobody, reachable
from bot.answers.people import about_person, named_people
from bot.answers.target import Target, find_target
from bot.messages import Line
from knowledge.reach import NOWHERE, Contact, Place

if TYPE_CHECKING:
    from bot.context import Context
    from bot.messages import Reply
    from bot.understand import Question
    from knowledge.network import Person


def answer_contact(question: Question, context: Context) -> Reply | None:
    """Whom to call, which one is meant, or that nobody fills the role; None when the question names nothing to go by."""
    if (people := named_people(question, context)) is not None:
        return people
    target = find_target(question, context)
    if target is None:
        return None
    if target.candidates:
        return found_schools(target, context)
    if "weg" in question.wishes and target.explicit and (gone := _who_is_gone(target, context)):
        return about_person(gone, question, context)
    if not target.explicit and ("nu-iemand" in question.wishes or (target.situation and target.situation.always)):
        target = _reachable_first(target, context)
    reply = answer_target(target, context)
    assumed = target.explicit and target.place.name and not (question.organisations or question.wijken or question.towns)
    return _with_doubt(reply, target.place, context) if assumed and question.strange else reply


def _who_is_gone(target: Target, context: Context) -> Person | None:
    """The one person of a role of whom the asker says that they are not there: "wie vervangt onze wijkagent"."""
    holders = [one for one in context.world.reach.holders(target.roles[0], target.place, context.today) if one.id != context.sender]
    return holders[0] if len(holders) == 1 and context.world.reach.deputies(holders[0], context.today) else None


def _with_doubt(reply: Reply, place: Place, context: Context) -> Reply:
    """Somebody said a word that nothing knows, perhaps another school: which place the answer is for goes first."""
    note = Line(context.world.words.say("contact.aangenomen", plek=place.name), "note")
    return replace(reply, lines=(note, *reply.lines))


def _reachable_first(target: Target, context: Context) -> Target:
    """What cannot wait goes to the first role with somebody who can be reached now; nobody reachable: the order stays."""
    for role in target.roles:
        if any(contact.availability.open for contact in reachable(role, target.place, context)):
            return replace(target, roles=(role, *(other for other in target.roles if other != role)))
    return target


def found_schools(target: Target, context: Context) -> Reply:
    """Two schools are meant equally well: the people who would be called at each of them are the choice."""
    contacts = []
    for place in target.candidates:
        for role in target.roles:
            if found := reachable(role, place, context):
                contacts.append(found[0])
                break
    if len({one.person.id for one in contacts}) == 1:
        return contact_reply(context, contacts[:1], [], topic=target.roles[0])
    if not contacts:
        return nobody(target, context)
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
    return nobody(target, context)


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


def _found(role: str, target: Target, context: Context) -> Reply:
    contacts = _own_school_first(reachable(role, target.place, context), role, target, context)
    if not contacts:
        return nobody(target, context)
    others = tuple(target.roles[target.roles.index(role) + 1 :]) if not target.explicit else ()
    if not contacts[0].availability.open:  # somebody else who can be reached now is worth a line
        others = others or tuple(context.world.library.roles[role].instead)
        contacts = [*contacts[:2], *now] if (now := _open_now(others, contacts, target, context)) else contacts
    elif len(contacts) < 2:
        contacts = contacts + _open_now(others, contacts, target, context)
    before = [] if role == target.roles[0] else [empty_line(target.roles[0], target.place, context, role)]
    return contact_reply(context, contacts[:MOST_CONTACTS], before, target=target, topic=role)


def _own_school_first(contacts: list[Contact], role: str, target: Target, context: Context) -> list[Contact]:
    """Of a role that was asked for without a place: those who serve the asker's own school, and their deputies."""
    served = context.schools_served()
    if target.place != NOWHERE or len(contacts) < 2 or not served:
        return contacts
    same = context.world.reach.holders(role, Place(school=served[0]), context.today)
    return [one for one in contacts if one.person in same or (one.deputy_for and one.deputy_for in same)] or contacts


def _open_now(roles: tuple[str, ...], contacts: list[Contact], target: Target, context: Context) -> list[Contact]:
    """The first of these roles with somebody else who can be reached now, by themselves."""
    named = {one.person.id for one in contacts}
    for role in roles:
        now = [one for one in reachable(role, target.place, context) if one.availability.open and one.deputy_for is None]
        if now and now[0].person.id not in named:
            return now[:1]
    return []
