"""Answers who asks for the lead of somebody: "wie is de leidinggevende van de wijkagent". "Iedere baas heeft een baas" (§3.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers.contact_lines import MOST_CONTACTS, contact_reply
from bot.answers.people import meant_alike
from bot.answers.target import find_target
from bot.chain import coordinator, lead
from bot.messages import Line

if TYPE_CHECKING:
    from bot.context import Context
    from bot.messages import Reply
    from bot.understand import Question
    from knowledge.network import Person

ASKED = "baas"
"""The cue by which somebody asks for a lead."""

OWN = frozenset({"mijn", "m'n", "onze", "ons", "ik"})


def answer_lead(question: Question, context: Context) -> Reply | None:
    """Whoever leads the person or the role that is named, or the asker; None when something else is asked."""
    asked = frozenset(place for cue in question.cues if cue.meaning == ASKED for place in cue.places)
    if not asked or question.outside or not context.may("contact-vragen") or any(role.places & asked for role in question.roles):
        return None  # "de baas van de school" is a role itself
    leads: dict[str, tuple[Person, Person]] = {}
    for one in _led(question, context):
        found = lead(one, context.world, context.today) or coordinator(context.world, context.today)
        if found and found.id not in {one.id, context.sender}:
            leads.setdefault(found.id, (found, one))
    reach = context.world.reach
    contacts = [
        contact
        for found, _ in leads.values()
        for contact in reach.contacts(found, reach.role_of(found, ""), context.now, but_not=context.sender)[:1]
    ]
    note = Line(_whose(list(leads.values()), context), "note") if contacts else None
    return contact_reply(context, contacts[:MOST_CONTACTS], [note], topic="leidinggevende") if note else None


def _whose(leads: list[tuple[Person, Person]], context: Context) -> str:
    """Of whom they are the lead, and whether that stands in the list."""
    say = context.world.words.say
    if len(leads) > 1:
        return say("contact.leiding-van-meer")
    _, person = leads[0]
    known = lead(person, context.world, context.today) is not None
    return say("contact.leiding" if known else "contact.leiding-onbekend", naam=person.name)


def _led(question: Question, context: Context) -> list[Person]:
    """Whose lead is meant: somebody by name, whoever has a role for the place that is named, or the asker."""
    if question.people:
        return [context.network.person_by_id[spot.target] for spot in meant_alike(question.people)[:MOST_CONTACTS]]
    target = find_target(question, context)
    if target and target.explicit and not target.candidates:
        return list(context.world.reach.holders(target.roles[0], target.place, context.today))[:MOST_CONTACTS]
    typed = {word.typed for word in question.words}
    return [context.asker] if context.asker and not OWN.isdisjoint(typed) and not question.roles else []
