"""The one place where it is checked who may do what; the table itself stands in `content/rechten.yaml`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from knowledge.network import Network, Person

Standing = Literal["vreemde", "lid", "contact", "coordinator", "machine"]
Act = Literal[
    "hulp-vragen", "gevaar-melden", "kennis-vragen", "contact-vragen", "gegevens-zien", "gesprek-beginnen",
    "eigen-kaart-wijzigen", "netwerk-wijzigen", "casus-plaatsen", "casus-stemmen", "casus-sluiten",
    "overdracht-aanbieden", "jaarevaluatie",
]  # fmt: skip


def standing(network: Network, sender: str | None, place: str, today: date) -> Standing:
    """What somebody is, in that place on this local day: `sender` None is whoever works at the machine itself.

    Whoever has left is a stranger from the day after their last; a colleague who has yet to begin is a member already.
    """
    if sender is None:
        return "machine"
    person = network.person_by_id.get(sender)
    if person is None or (person.until is not None and person.until < today):
        return "vreemde"
    if is_coordinator(person):
        return "coordinator"
    koppel = network.koppel_by_id.get(place)
    return "contact" if koppel and person.id in koppel.contacts else "lid"


def is_coordinator(person: Person) -> bool:
    return person.is_manager or "coordinator" in person.roles


def may(table: Mapping[str, list[str]], who: Standing, act: Act) -> bool:
    """Whether somebody of this standing may do this. An act that the table does not name is allowed to nobody."""
    return who in table.get(act, ())
