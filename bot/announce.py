"""What the channels of a koppel hear when its people change (`§4`: pass on changes of staff in time)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.messages import Line, Reply
from bot.say import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from bot.words import Words
    from knowledge.network import Koppel, Network, Person


def contact_changes(old: Network, new: Network, words: Words) -> Iterable[tuple[str, Reply]]:
    """For each koppel whose contacts, or what is known of them, changed: its place, and what is to be said there."""
    before = {koppel.id: koppel for koppel in old.koppels}
    for koppel in new.koppels:
        if koppel.id in before and (lines := _changes(before[koppel.id], koppel, old, new, words)):
            head = Line(words.say("netwerk.contact-gewijzigd"), "headline")
            yield koppel.id, Reply("announcement", (head, *map(Line, lines)))


def _changes(before: Koppel, after: Koppel, old: Network, new: Network, words: Words) -> list[str]:
    lines = []
    for person in (new.person_by_id[one] for one in after.contacts):
        known = old.person_by_id.get(person.id)
        if person.id not in before.contacts or known is None:
            lines.append(_with_number("netwerk.nieuw-contact", person, words))
        else:
            lines += _about(known, person, words)
    for gone in (one for one in before.contacts if one not in after.contacts):
        name = (new.person_by_id.get(gone) or old.person_by_id[gone]).name
        lines.append(words.say("netwerk.geen-contact-meer", naam=name))
    return lines


def _about(known: Person, person: Person, words: Words) -> Iterable[str]:
    """What changed in the entry of somebody who stays a contact. A new name is a new person in the same place."""
    if known.name != person.name:
        yield words.say("netwerk.geen-contact-meer", naam=known.name)
        yield _with_number("netwerk.nieuw-contact", person, words)
        return
    if known.phone != person.phone:
        key = "netwerk.nieuw-nummer" if person.phone else "netwerk.geen-nummer-meer"
        yield words.say(key, naam=person.name, nummer=person.phone)
    if known.email != person.email and person.email:
        yield words.say("netwerk.nieuw-adres", naam=person.name, adres=person.email)
    if known.until != person.until:
        key = "netwerk.stopt" if person.until else "netwerk.blijft"
        yield words.say(key, naam=person.name, dag=_day(person.until) if person.until else "")


def _with_number(key: str, person: Person, words: Words) -> str:
    return words.say(key, wie=", ".join(filter(None, (person.name, person.phone or person.email))))


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
