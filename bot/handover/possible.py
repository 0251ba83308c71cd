"""What somebody can do with a handover as it stands now: what their words could mean is only meant when it can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.handover import life
from bot.handover.steps import refused_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.context import Context
    from bot.handover.heard import Wish
    from bot.handover.rights import Deed
    from bot.handover.rows import Handover

_DEEDS: dict[Wish, Deed] = {
    "neem": "overnemen", "toch-niet": "toch-niet", "kan-niet": "afwijzen", "vraag-terug": "terugvragen",
    "terugkoppelen": "terugkoppelen", "sluit": "sluiten", "heropen": "heropenen", "trek-in": "intrekken", "pauzeer": "pauzeren",
    "trager": "pauzeren", "hervat": "pauzeren", "zet-over": "omzetten", "vraag-nu": "doorgeven",
    "gebeld": "gebeld", "niet-bereikt": "gebeld",
    "stand": "zien", "open": "zien", "belooft": "terugkoppelen", "factoren": "factoren", "antwoord": "intrekken",
}  # fmt: skip

_NOW: dict[Wish, Callable[[Handover, Context], bool]] = {
    "neem": lambda one, _: one.state in {"offered", "declined"} and one.sort != "bel",
    "toch-niet": lambda one, context: one.state == "accepted" and life.may_take_back(one, context.now),
    "kan-niet": lambda one, context: one.giver != context.sender and (
        one.state == "offered" or (one.state == "accepted" and one.holder == context.sender)
    ),
    "vraag-terug": lambda one, _: one.state in {"offered", "declined"},
    "terugkoppelen": lambda one, _: one.state == "accepted",
    "belooft": lambda one, _: one.state == "accepted" or (one.state == "offered" and one.sort != "bel"),
    "sluit": lambda one, _: one.state == "reported",
    "heropen": lambda one, context: one.state == "reported" or life.may_reopen(one, context.world, context.now),
    "trek-in": lambda one, _: one.state in {"offered", "declined"},
    "pauzeer": lambda one, _: one.is_open,
    "trager": lambda one, _: one.is_open,
    "hervat": lambda one, context: one.is_open and (one.slow or life.is_quiet(one, context.world, context.now)),
    "zet-over": lambda one, _: one.is_open,
    "vraag-nu": lambda one, _: one.state == "declined",
    "gebeld": lambda one, _: one.sort == "bel" and one.state in {"offered", "declined"},
    "niet-bereikt": lambda one, _: one.sort == "bel" and one.state == "offered",
}


def deed_of(wish: Wish, one: Handover) -> Deed:
    """What a wish is in the table of rights. Who comes next after a refusal the giver says too; whoever promises takes over."""
    if wish == "belooft" and one.state == "offered":
        return "overnemen"
    return "doorgeven" if wish == "zet-over" and one.state == "declined" else _DEEDS[wish]


def possible(wish: Wish, one: Handover, context: Context) -> bool:
    """Whether this person can do this with this handover now."""
    now = _NOW.get(wish)
    return (now is None or now(one, context)) and not refused_for(context, one, deed_of(wish, one))
