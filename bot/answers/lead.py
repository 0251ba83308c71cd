"""Answers who asks for the lead of somebody: "wie is de leidinggevende van de wijkagent". "Iedere baas heeft een baas" (§3.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers.contact_lines import MOST_CONTACTS, contact_reply
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
    if not asked or not context.may("contact-vragen") or any(role.places & asked for role in question.roles):
        return None  # "de baas van de school" is a role itself
    led = [one for one in _led(question, context) if one.id != context.sender or not question.people]
    leads = {one.id: (found, one) for one in led if (found := _lead_of(one, context))}
    first = next(iter({found.id: (found, one) for found, one in leads.values()}.values()), None)
    if first is None:
        return None
    world, say = context.world, context.world.words.say
    several = list({found.id: found for found, _ in leads.values()}.values())
    if len(several) > 1:
        note = say("contact.leiding-van-meer")
    else:
        found, person = first
        named = lead(person, world, context.today) is not None
        note = say("contact.leiding" if named else "contact.leiding-onbekend", naam=person.name)
        several = [found]
    reach, contacts = world.reach, []
    for one in several:
        contacts += reach.contacts(one, reach.role_of(one, ""), context.now, but_not=context.sender)[:1]
    return contact_reply(context, contacts[:MOST_CONTACTS], [Line(note, "note")], topic="leidinggevende") if contacts else None


def _lead_of(person: Person, context: Context) -> Person | None:
    found = lead(person, context.world, context.today) or coordinator(context.world, context.today)
    return found if found and found.id not in {person.id, context.sender} else None


def _led(question: Question, context: Context) -> list[Person]:
    """Whose lead is meant: somebody by name, whoever has a role for the place that is named, or the asker."""
    if question.people:
        first = question.people[0]
        near = [spot for spot in question.people if spot.places & first.places and spot.weight > 0.9 * first.weight]
        return [context.network.person_by_id[spot.target] for spot in near[:MOST_CONTACTS]]
    target = find_target(question, context)
    if target and target.explicit and not target.candidates:
        return list(context.world.reach.holders(target.roles[0], target.place, context.today))[:MOST_CONTACTS]
    typed = {word.typed for word in question.words}
    return [context.asker] if context.asker and not OWN.isdisjoint(typed) and not question.roles else []
