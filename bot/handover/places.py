"""Where a handover is said: the place of the pair that both serve, else direct messages to both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.messages import direct
from bot.unsealed import is_unsealed

if TYPE_CHECKING:
    import sqlite3
    from datetime import date

    from bot.context import World
    from bot.handover.rows import Handover
    from knowledge.network import Koppel, Person


def shared_koppels(world: World, giver: Person, addressee: Person) -> list[Koppel]:
    """The pairs that both serve, one at each side: of which both are contacts, else the nearest there are."""
    best: list[Koppel] = []
    most = 0
    for koppel in world.network.koppels:
        ranks = sorted((_rank(koppel, giver), _rank(koppel, addressee)))
        sides = {_side(koppel, giver), _side(koppel, addressee)}
        if ranks[0] == 0 or len(sides) < 2:
            continue
        score = ranks[0] * 10 + ranks[1]
        if score > most:
            best, most = [], score
        if score == most:
            best.append(koppel)
    return best


def place_for(world: World, giver: Person, addressee: Person, here: str | None = None) -> str | None:
    """The pair in whose place it is said; `here` decides between several, and None is direct messages to both."""
    found = [koppel.id for koppel in shared_koppels(world, giver, addressee)]
    if here in found:
        return here
    return found[0] if found else None


def shared_place(connection: sqlite3.Connection, handover: Handover) -> str | None:
    """The place of the pair, where it may stand there."""
    return None if is_unsealed(connection, handover.koppel) else handover.koppel


def card_places(connection: sqlite3.Connection, world: World, handover: Handover, today: date) -> list[str]:
    """Every place in which it stands: that of the pair, and direct chats with those who are not in it and have not left."""
    koppel = world.network.koppel_by_id.get(shared_place(connection, handover) or "")
    people = dict.fromkeys((handover.giver, handover.addressee, handover.holder))
    inside = set(koppel.contacts) if koppel else set()
    known = [found for one in people if one not in inside and (found := world.network.person_by_id.get(one))]
    return [*([koppel.id] if koppel else []), *(direct(one.id) for one in known if one.until is None or one.until >= today)]


def _rank(koppel: Koppel, person: Person) -> int:
    """How closely somebody serves a pair: contact, of its school, serving it by name, of its police."""
    if person.id in koppel.contacts:
        return 4
    if person.organisation == koppel.school:
        return 3
    if koppel.school in person.serves:
        return 2
    return 1 if person.organisation == koppel.police else 0


def _side(koppel: Koppel, person: Person) -> str:
    return "police" if person.organisation == koppel.police else "school"
