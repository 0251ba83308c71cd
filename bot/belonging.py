"""Who belongs in the place of a koppel or of the network, by the contact list: whom to ask in, and who may stay there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.chain import lead_in
from bot.messages import NETWORK_PLACE
from bot.rights import is_coordinator

if TYPE_CHECKING:
    from datetime import date

    from knowledge.network import Network, Person


@dataclass(frozen=True)
class Belonging:
    """Of one place on one local day; whoever of the list is there and in neither is to be taken out."""

    asked: tuple[Person, ...]
    """To be asked in."""
    welcome: frozenset[str]
    """Ids of all who may stay: also who has yet to begin, and the lead who hears of a handover that nobody takes."""


def belonging(place: str, network: Network, day: date) -> Belonging:
    """In the place of a koppel: its contacts, who stands in for them, and the coordinator. In that of the network: everybody."""
    leads: list[Person] = []
    people = list(network.people)
    if place != NETWORK_PLACE:
        by_id = network.person_by_id
        contacts = [by_id[one] for one in network.koppel_by_id[place].contacts]
        deputies = [by_id[one.deputy] for one in contacts if one.deputy in by_id]
        coordinators = [one for one in people if is_coordinator(one)]
        people = list(dict.fromkeys((*contacts, *deputies, *coordinators)))
        leads = [found for one in contacts if (found := lead_in(network, one, day))]
    welcome = frozenset(one.id for one in (*people, *leads) if one.until is None or one.until >= day)
    return Belonging(tuple(one for one in people if one.serves_on(day)), welcome)
