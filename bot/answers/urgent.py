"""Answers danger now: 112 on the first line, then the school's own people (`§2.1`, `§2.2`: a crisis leaves every route)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers.contact_lines import NATIONAL, VEILIG_THUIS, contact_data
from bot.answers.target import find_place
from bot.messages import Line, Reply

if TYPE_CHECKING:
    from bot.context import Context
    from bot.understand import Question
    from knowledge.reach import Contact

FIRST_ROLES = ("directie", "veiligheidscoordinator", "afdelingsleider", "administratie")
MOST_CONTACTS = 3


def answer_urgent(question: Question, context: Context) -> Reply:
    """112, what to do, and for members who to call at the school after that."""
    words = context.world.words
    lines = [Line(words.say("gevaar.bel"), "alarm")]
    lines += [Line(sentence) for sentence in words.list("gevaar.doen")]
    contacts = _school_people(question, context) if context.may("contact-vragen") else []
    if contacts:
        lines.append(Line(words.say("gevaar.daarna")))
        for contact in contacts:
            key = "gevaar.persoon" if contact.availability.open else "gevaar.is-er-niet"
            role = context.world.library.roles[contact.role].name
            lines.append(Line(words.say(key, naam=contact.person.name, rol=role), "person"))
            if contact.person.phone:
                lines.append(Line(contact.person.phone, "number"))
    elif context.may("contact-vragen"):
        lines.append(Line(words.say("gevaar.niemand")))
    told = question.sure("situation")
    if told and context.world.library.situations[told.id].always == VEILIG_THUIS:
        lines.append(Line(words.say(NATIONAL[VEILIG_THUIS])))  # somebody is not safe at home (bijlage 1)
    data = {"contacts": [contact_data(contact) for contact in contacts], "sources": ["§2.1", "§2.2"]}
    return Reply("urgent", tuple(lines), data=data)


def _school_people(question: Question, context: Context) -> list[Contact]:
    place, _ = find_place(question, context)
    if not place.school:
        return []
    found: list[Contact] = []
    for role in FIRST_ROLES:
        for person in context.world.reach.holders(role, place, context.today):
            for contact in context.world.reach.contacts(person, role, context.now, but_not=context.sender):
                if contact.person.id not in {one.person.id for one in found}:
                    found.append(contact)
    found.sort(key=lambda contact: not contact.availability.open)
    return found[:MOST_CONTACTS]
