"""Address cards (vCard, as telephones and Outlook write them) as lines of people, to be laid over a network like a CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge import network_words as words
from knowledge.network_csv import Row

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
    found = {
        "naam": _first(card, "fn"),
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
