"""One change of the contact list as a line for people, by whom it concerns and from when it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.contacts.changes import Away, Back, Confirmed, Deputy, Email, Hours, Leaves, Phone, Successor
from bot.contacts.hours_words import hours_in_words
from bot.say import named_day

if TYPE_CHECKING:
    from datetime import date

    from bot.contacts.changes import Change
    from bot.context import World
    from bot.words import Words
    from knowledge.network import Network, Person


def told(change: Change, day: date | None, network: Network, world: World, today: date) -> str:
    """The line for a change that holds from `day` on; None: from now."""
    words, person = world.words, network.person_by_id[change.person]
    match change:
        case Away(first=first, last=last):
            return words.say("wijzigen.afwezig", naam=person.name, dagen=span(first, last, today, words))
        case Back(day=back):
            return words.say("wijzigen.terug", naam=person.name, dag=full_day(back, today, words))
        case Phone(phone=phone):
            line = words.say("wijzigen.telefoon", naam=person.name, nummer=phone)
        case Email(email=email):
            line = words.say("wijzigen.e-mail", naam=person.name, adres=email)
        case Deputy(deputy=deputy):
            line = words.say("wijzigen.vervanger", naam=person.name, ander=with_role(network.person_by_id[deputy], world))
        case Leaves(last=last):
            return words.say("wijzigen.stopt", naam=person.name, dag=full_day(last, today, words))
        case Successor(successor=successor):
            other = with_role(network.person_by_id[successor], world)
            return words.say("wijzigen.opvolger", naam=person.name, ander=other, dag=full_day(day or today, today, words))
        case Hours(hours=hours):
            line = words.say("wijzigen.werkdagen", naam=person.name, uren=hours_in_words(hours, words))
        case Confirmed():
            return words.say("wijzigen.bevestigd", naam=person.name)
    return words.say("wijzigen.vanaf", regel=line.rstrip("."), dag=full_day(day, today, words)) if day and day > today else line


def full_day(day: date, today: date, words: Words) -> str:
    """A day as a read-back names it, so that nobody has to reckon: "morgen (woensdag 25 november)"."""
    named = named_day(day, today)
    near = {0: "wijzigen.vandaag", 1: "wijzigen.morgen"}.get((day - today).days)
    return words.say(near, dag=named) if near else named


def span(first: date, last: date, today: date, words: Words) -> str:
    """From a first up to and including a last day."""
    if first == last:
        return full_day(first, today, words)
    return words.say("wijzigen.van-tot", eerste=full_day(first, today, words), laatste=full_day(last, today, words))


def with_role(person: Person, world: World) -> str:
    """Who it is: "Tim Bos, afdelingsleider"."""
    role = world.library.roles.get(world.reach.role_of(person, ""))
    return ", ".join(filter(None, (person.name, role.name if role else "")))
