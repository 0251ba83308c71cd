"""What somebody is to a handover, and what they may do with it now: the table stands in `content/rechten.yaml`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from bot.rights import standing

if TYPE_CHECKING:
    from datetime import date

    from bot.context import Context, World
    from bot.handover.rows import Handover
    from knowledge.network import Person

Deed: TypeAlias = Literal[
    "zien", "factoren", "overnemen", "terugvragen", "afwijzen", "toch-niet", "terugkoppelen", "pauzeren", "intrekken", "sluiten",
    "sluiten-namens", "heropenen", "doorgeven", "omzetten", "gebeld",
]  # fmt: skip

RELATIONS = ("gever", "ontvanger", "houder", "vervanger", "overkant")
"""What somebody can be to one handover, beside what they are in the network."""


def may_do(context: Context, handover: Handover, deed: Deed) -> bool:
    """Whether whoever speaks may do this with this handover, wherever they say it: the place of the handover counts."""
    return allowed(context.world, handover, context.sender, deed, context.today)


def allowed(world: World, handover: Handover, who: str | None, deed: Deed, today: date) -> bool:
    """The same for anybody on a local day. Whoever stands on the giver's side never takes over."""
    person = world.network.person_by_id.get(who) if who else None
    if person is None:
        return False
    standing_here = standing(world.network, person.id, handover.koppel or f"dm:{person.id}", today)
    if standing_here == "vreemde":
        return False
    if deed in {"overnemen", "gebeld"} and person.id == handover.giver:
        return False
    roles = {standing_here, *relations(world, handover, person, today)}
    return not roles.isdisjoint(world.library.rights[f"overdracht-{deed}"])


def relations(world: World, handover: Handover, person: Person, today: date) -> set[str]:
    """What somebody is to this handover."""
    found = {"gever": handover.giver, "ontvanger": handover.addressee, "houder": handover.holder}
    relations = {name for name, who in found.items() if who == person.id}
    if stands_in(world, handover, person, today):
        relations.add("vervanger")
    if is_across(world, handover, person):
        relations.add("overkant")
    return relations


def stands_in(world: World, handover: Handover, person: Person, today: date) -> bool:
    """Whether somebody is the addressee's deputy: the first in the chain, or the next when that one is away too."""
    addressee = world.network.person_by_id.get(handover.addressee)
    if addressee is None or _is_givers_side(world, handover, person):
        return False
    for deputy in world.reach.deputies(addressee, today):
        if deputy.id == person.id:
            return True
        if deputy.absence_on(today) is None:
            return False
    return False


def is_across(world: World, handover: Handover, person: Person) -> bool:
    """Whether somebody is another contact of the addressee's side of the pair."""
    network = world.network
    koppel, addressee = network.koppel_by_id.get(handover.koppel or ""), network.person_by_id.get(handover.addressee)
    if koppel is None or addressee is None or person.id not in koppel.contacts or _is_givers_side(world, handover, person):
        return False
    return network.organisation_of(person).side == network.organisation_of(addressee).side


def _is_givers_side(world: World, handover: Handover, person: Person) -> bool:
    """Whether somebody stands on the giver's side, in a handover from one side to another."""
    network = world.network
    giver, addressee = network.person_by_id.get(handover.giver), network.person_by_id.get(handover.addressee)
    if giver is None or addressee is None:
        return person.id == handover.giver
    sides = [network.organisation_of(one).side for one in (giver, addressee, person)]
    return person.id == giver.id or (sides[0] != sides[1] and sides[2] == sides[0])
