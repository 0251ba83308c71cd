"""Address cards (vCard, as telephones and Outlook write them) as lines of people, to be laid over a network like a CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge import network_words as words
from knowledge.network_csv import Row
from knowledge.network_names import kind_named

if TYPE_CHECKING:
    import vobject.base

    from knowledge.network_faults import Faults


def read_cards(text: str, faults: Faults) -> list[Row]:
    """One line a card: name, organisation, role, telephone and e-mail. Raises NetworkFault when the text holds no cards."""
    import vobject  # noqa: PLC0415 - only who has such a file needs it

    try:
        cards = list(vobject.readComponents(text, ignoreUnreadable=True))
    except Exception:  # noqa: BLE001 - the library raises whatever it stumbles on, and none of it is for people
        raise faults.fail(None, words.NOT_CARDS) from None
    rows = [Row(number, _cells(card)) for number, card in enumerate(cards, start=1) if card.name == "VCARD"]
    if not rows:
        raise faults.fail(None, words.NOT_CARDS)
    return rows


def _cells(card: vobject.base.Component) -> dict[str, str]:
    kinds = (one for entry in card.contents.get("categories", ()) for one in entry.value)
    found = {
        "naam": _first(card, "fn") or _whole_name(card),
        "soort": next((one for one in kinds if kind_named(one)), ""),
        "organisatie": _first(card, "org"),
        "rollen": _first(card, "role") or _first(card, "title"),
        "telefoon": _first(card, "tel"),
        "e-mail": _first(card, "email"),
    }
    return {key: value for key, value in found.items() if value}


def _first(card: vobject.base.Component, name: str) -> str:
    """The first value of a property; of an organisation with departments only the organisation."""
    for entry in card.contents.get(name, ()):
        value = entry.value[0] if isinstance(entry.value, list) else entry.value
        if str(value).strip():
            return str(value).removeprefix("tel:").strip()
    return ""


def _whole_name(card: vobject.base.Component) -> str:
    """The name out of its parts: the oldest cards have nothing else."""
    for entry in card.contents.get("n", ()):
        parts = (entry.value.given, entry.value.additional, entry.value.family)
        return " ".join(" ".join(part if isinstance(part, list) else [part]).strip() for part in parts if part)
    return ""
