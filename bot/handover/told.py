"""Says what became of a handover: its card changes in every place, and whoever must know is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.handover.card import Look, card, card_lines, card_name, gone_card, handover_data
from bot.handover.places import card_places
from bot.messages import Line, Reply, direct

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from bot.context import Context
    from bot.handover.rows import Handover


@dataclass(frozen=True)
class Told:
    """Who is told what. `alert`: for whom the card is posted anew, so that they notice; `notes`: who gets which line by themselves;
    `here`: what whoever did it reads when no card stands where they did it; `numbers`: whose number belongs to a person's line.
    """

    alert: tuple[str, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
    here: str = ""
    numbers: Mapping[str, str] = field(default_factory=dict)
    always_here: bool = False
    unchanged: bool = False
    """Nothing of what the card shows has changed."""
    more: Mapping[str, object] = field(default_factory=dict)
    """What else belongs to the line for whoever did it: the step in which an answer is expected."""


FLOW = "overdracht-verder"
"""The flow of the short questions about a handover."""


def now_stands(
    connection: sqlite3.Connection, before: Handover | None, look: Look, told: Told, context: Context, *, typed: bool
) -> list[Reply]:
    """All that is said when a handover has changed. `before` is how it was, None when it is new."""
    places = card_places(connection, look.world, look.handover, look.today)
    left = [] if told.unchanged else [one for one in live_places(connection, look.handover) if one not in places]
    inside = _inside(look)
    concerned = {direct(who) for who in (look.handover.giver, look.handover.addressee, look.handover.holder)}
    replies = [card(look, place) if place in concerned else gone_card(look, place) for place in left]
    noticed: set[str] = set()
    cards = []
    for place in () if told.unchanged else places:
        here = {who for who in told.alert if place == direct(who) or (place == look.handover.koppel and who in inside)}
        noticed |= here
        cards.append(card(look, place, anew=bool(here) and before is not None, mentions=tuple(sorted(here))))
    notes = [
        note_to(look, who, text, told.numbers.get(who))
        for who, text in told.notes.items()
        if who not in noticed and who != context.sender and _is_member(look, who)
    ]
    mine = _mine(look, told, context, places, typed=typed)
    return [*notes, *replies, *cards, *mine, *_unreachable(look, told, context)]


def _unreachable(look: Look, told: Told, context: Context) -> list[Reply]:
    """Somebody without an account cannot be told here: the giver hears at once that they must call (rules: handovers)."""
    network = look.world.network
    missed = [one for one in told.alert if one in network.person_by_id and one != look.handover.giver and not context.reaches(one)]
    return [note_to(look, look.handover.giver, look.say("geen-account", naam=look.name(one)), one) for one in missed]


def live_places(connection: sqlite3.Connection, handover: Handover) -> list[str]:
    """Where something can still be done with a message about this handover: also where it was reminded of."""
    rows = connection.execute(
        "SELECT place FROM outbox AS newest WHERE card = ? AND body ->> '$.options' != '[]' "
        "AND id = (SELECT max(id) FROM outbox WHERE card = newest.card AND place = newest.place) ORDER BY id",
        (card_name(handover),),
    )
    return [row[0] for row in rows]


def _is_member(look: Look, who: str) -> bool:
    """Whether somebody is still in the network: whoever has left is told nothing more."""
    person = look.world.network.person_by_id.get(who)
    return person is not None and (person.until is None or person.until >= look.today)


def note_to(look: Look, who: str, text: str, number_of: str | None = None) -> Reply:
    """One line to one person, with the number of somebody they are to call."""
    data = {**handover_data(look), "mentions": [who]}
    return Reply("handover", (Line(text), *_number(look, number_of)), data=data, to=direct(who))


def say_here(look: Look, context: Context, key: str, **values: object) -> Reply:
    """A line about how it stands, where somebody wanted something with it."""
    lines = [Line(look.say(key, **values))]
    if key == "kan-nu-niet":
        lines += card_lines(look)
    return Reply("handover", tuple(lines), data={**handover_data(look), "mentions": []}, to=context.place)


def _mine(look: Look, told: Told, context: Context, places: list[str], *, typed: bool) -> list[Reply]:
    """What whoever did it reads: nothing more where the card itself tells it."""
    shown = context.place in places and not typed
    if not told.here or context.sender is None or (shown and not told.always_here):
        return []
    data = {**handover_data(look), "mentions": [], **told.more}
    number = _number(look, told.numbers.get(context.sender))
    return [Reply("question" if told.more else "confirmation", (Line(told.here), *number), data=data, to=context.place)]


def _number(look: Look, who: str | None) -> tuple[Line, ...]:
    person = look.world.network.person_by_id.get(who) if who else None
    reach = (person.phone or person.email) if person else None
    return (Line(reach, "number"),) if reach else ()


def _inside(look: Look) -> set[str]:
    koppel = look.world.network.koppel_by_id.get(look.handover.koppel or "")
    return set(koppel.contacts) if koppel else set()
