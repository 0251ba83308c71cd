"""Who can be reached in a role, and what is said when nobody fills it: never nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers.contact_lines import NATIONAL, contact_reply
from bot.messages import Line, Reply
from knowledge.reach import NOWHERE, Contact, Place

if TYPE_CHECKING:
    from bot.answers.target import Target
    from bot.context import Context


def reachable(role: str, place: Place, context: Context) -> list[Contact]:
    """The contacts for a role at a place: who is reachable first, deputies for those who are not."""
    reach = context.world.reach
    lists = []
    for person in reach.holders(role, place, context.today):
        found = reach.contacts(person, role, context.now, but_not=context.sender)
        if found:  # whoever is stood in for is named with their deputy, and needs no lines of their own
            lists.append(found[:1] if found[0].deputy_for else found)
    lists.sort(key=lambda found: not (found[0].availability.open and found[0].deputy_for is None))
    seen: set[str] = set()
    contacts = []
    for contact in (one for found in lists for one in found):
        if contact.person.id not in seen:
            seen.add(contact.person.id)
            contacts.append(contact)
    return contacts


def empty_line(role: str, place: Place, context: Context, instead: str | None) -> Line:
    """Says that nobody fills the role, or that it is the asker's own."""
    words, roles = context.world.words, context.world.library.roles
    where = f" {words.say('contact.plek-voor', plek=place.name)}" if place.name else ""
    text = words.say("contact.jij-zelf" if _is_own(role, place, context) else "contact.niemand", rol=roles[role].name, plek=where)
    if instead:
        text += " " + words.say("contact.niemand-kies")
    return Line(text, "note")


def _is_own(role: str, place: Place, context: Context) -> bool:
    return any(one.id == context.sender for one in context.world.reach.holders(role, place, context.today))


def national(role: str, place: Place, context: Context) -> list[Line]:
    """The number that is open to everybody for a role: said first where nobody of the network fills it."""
    if _is_own(role, place, context):
        return []
    key = NATIONAL.get(context.world.library.roles[role].always or "")
    return [Line(context.world.words.say(key), "note")] if key else []


def nobody(target: Target, context: Context, note: str = "") -> Reply:
    """Nobody fills the role: says so, and names the next best role or the coordinator."""
    words, roles = context.world.words, context.world.library.roles
    wanted = target.roles[0]
    for role in (*target.roles[1:], *roles[wanted].instead, "coordinator"):
        place = target.place if role != "coordinator" else Place()
        contacts = reachable(role, place, context) if role != wanted else []
        if not contacts or (place == NOWHERE and role != "coordinator" and len(contacts) > 2):
            continue
        before = [Line(note, "note")] if note else []
        before += [*national(wanted, target.place, context), empty_line(wanted, target.place, context, role)]
        return contact_reply(context, contacts[:2], before, topic=wanted, place=target.place)
    lines = [*national(wanted, target.place, context), empty_line(wanted, target.place, context, None)]
    lines.append(Line(words.say("contact.niemand-ook-niet"), "note"))
    return Reply("notfound", tuple(lines), data={"topic": wanted, "sources": roles[wanted].sources, "confidence": 0.0})
