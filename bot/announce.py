"""What the channels of a koppel hear when its people change (`§4`: pass on changes of staff in time)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.messages import Line, Reply

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.words import Words
    from knowledge.network import Koppel, Network


def contact_changes(old: Network, new: Network, words: Words) -> Iterable[tuple[str, Reply]]:
    """For each koppel whose contacts or their numbers changed: its place, and what is to be said there."""
    before = {koppel.id: koppel for koppel in old.koppels}
    for koppel in new.koppels:
        if koppel.id in before and (lines := _changes(before[koppel.id], koppel, old, new, words)):
            head = Line(words.say("netwerk.contact-gewijzigd"), "headline")
            yield koppel.id, Reply("announcement", (head, *lines))


def _changes(before: Koppel, after: Koppel, old: Network, new: Network, words: Words) -> list[Line]:
    lines = []
    for person in (new.person_by_id[one] for one in after.contacts):
        number = person.phone or person.email or ""
        known = old.person_by_id.get(person.id)
        if person.id not in before.contacts:
            lines.append(Line(words.say("netwerk.nieuw-contact", naam=person.name, nummer=number)))
        elif known and (known.phone, known.email) != (person.phone, person.email):
            lines.append(Line(words.say("netwerk.nieuw-nummer", naam=person.name, nummer=number)))
        elif known and known.until != person.until and person.until:
            lines.append(Line(words.say("netwerk.stopt", naam=person.name, dag=f"{person.until:%d-%m-%Y}")))
    for gone in (one for one in before.contacts if one not in after.contacts):
        name = (new.person_by_id.get(gone) or old.person_by_id[gone]).name
        lines.append(Line(words.say("netwerk.geen-contact-meer", naam=name)))
    return lines
