"""Somebody's own entry in the contact list, line by line, as they are asked whether it is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.contacts.hours_words import hours_in_words, usual_hours
from bot.contacts.tell_change import full_day, span
from bot.say import joined

if TYPE_CHECKING:
    from datetime import date

    from bot.context import World
    from knowledge.network import Person


def about_entry(person: Person, world: World, today: date) -> list[str]:
    """What the list says of somebody: who, which number, when they are there, who stands in."""
    say, network = world.words.say, world.network
    roles = joined([world.library.roles[role].name for role in person.roles])
    who = ", ".join(filter(None, (person.name, roles, network.organisation_of(person).name)))
    deputy = network.person_by_id.get(person.deputy or "")
    lines = [who, say("kaart.nummer", nummer=person.phone) if person.phone else say("kaart.geen-nummer")]
    if person.email:
        lines.append(say("kaart.adres", adres=person.email))
    lines.append(say("kaart.uren", uren=hours_in_words(usual_hours(person, network), world.words)))
    lines.append(say("kaart.vervanger", naam=deputy.name) if deputy else say("kaart.geen-vervanger"))
    away = [span(one.first, one.last, today, world.words) for one in person.absences if one.last >= today]
    if away:
        lines.append(say("kaart.afwezig", dagen=joined(away)))
    if person.until:
        lines.append(say("kaart.tot", dag=full_day(person.until, today, world.words)))
    return lines
