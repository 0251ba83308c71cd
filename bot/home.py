"""What somebody sees at a glance of their own: what is open with them, what comes, whom they need, and what they can begin.

Pure reading: it says nothing and keeps nothing. Its controls are those of messages that have been said.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.agenda.duty import concerned
from bot.agenda.say import listed
from bot.audit import looked_up, note_seen, owners_in
from bot.digest.overview import asks_of
from bot.handover import rows as handovers
from bot.handover.card import Look, card, card_name
from bot.messages import Line, Reply, direct
from bot.named import usual_people
from knowledge.agreements import coming

if TYPE_CHECKING:
    import sqlite3

    from bot.context import Context
    from bot.handover.rows import Handover
    from knowledge.network import Person

MOST_OPEN, MOST_PEOPLE, MOST_COMING = 8, 5, 3
AHEAD = timedelta(days=60)


@dataclass(frozen=True)
class Card:
    """One thing on it; its options are those of the message with this number. Without a number there is nothing to choose."""

    reply: Reply
    message: int | None = None


@dataclass(frozen=True)
class Home:
    """All of it. `member` is false for somebody whom the network does not know: they see only how to get in."""

    member: bool
    head: tuple[Line, ...]
    open: tuple[Card, ...] = ()
    more: tuple[Line, ...] = ()
    people: tuple[Line, ...] = ()
    """Whom they look up most (`often`), and whom they usually work with."""
    often: bool = False
    coming: tuple[Line, ...] = ()


def home_of(connection: sqlite3.Connection, context: Context) -> Home:
    """The home of who looks, in their direct chat, now."""
    say = context.world.words.say
    asker = context.asker
    if asker is None or not context.may("gegevens-zien"):
        return Home(member=False, head=(Line(say("thuis.vreemde")),))
    mine = sorted(handovers.open_of(connection, asker.id), key=lambda one: not asks_of(one, asker.id))
    shown = tuple(_open(connection, context, one) for one in mine[:MOST_OPEN])
    more = (Line(say("overzicht.en-nog", aantal=len(mine) - MOST_OPEN), "note"),) if len(mine) > MOST_OPEN else ()
    head = (Line(say("thuis.kop", naam=asker.name.split()[0]), "headline"),)
    often = _often(connection, context, asker)
    people, ahead = _people(often, context), _coming(context, asker)
    return Home(member=True, head=head, open=shown, more=more, people=people, often=bool(often), coming=ahead)


def note_home(connection: sqlite3.Connection, context: Context, home: Home) -> None:
    """Keeps whose numbers somebody saw on their home. In a transaction, once it is shown."""
    lines = (*home.people, *(line for one in home.open for line in one.reply.lines))
    people = {person for line in lines for person in owners_in(line.text, context.world.owners)}
    note_seen(connection, context.sender, people, context.today, asked=False)


def _open(connection: sqlite3.Connection, context: Context, one: Handover) -> Card:
    """A handover as it stands, with the controls of its card: in the own chat if it is there, else in the place of the pair."""
    own = direct(context.sender or "")
    reply = card(Look(one, context.world, context.now), own)
    number = _newest(connection, card_name(one), (own, one.koppel or own))
    return Card(reply if number else replace(reply, options=()), number)


def _newest(connection: sqlite3.Connection, name: str, places: tuple[str, ...]) -> int | None:
    for place in places:
        row = connection.execute(
            "SELECT max(id) FROM outbox WHERE card = ? AND place = ? AND body IS NOT NULL AND NOT lapsed", (name, place)
        ).fetchone()
        if row[0] is not None:
            return int(row[0])
    return None


def _coming(context: Context, asker: Person) -> tuple[Line, ...]:
    """The next agreements that concern somebody: by name or by role."""
    found = [
        one for one in coming(context.world.calendar, context.today, context.today + AHEAD)
        if asker in concerned(one.agreement, context.network, context.today)
    ]  # fmt: skip
    return tuple(listed(found[:MOST_COMING], context.world, context.today))


def _often(connection: sqlite3.Connection, context: Context, asker: Person) -> list[Person]:
    """Whom somebody looked up on more than one day, as far as they are there still."""
    by_id = context.network.person_by_id
    return [by_id[one] for one in looked_up(connection, asker.id) if one in by_id and by_id[one].serves_on(context.today)]


def _people(often: list[Person], context: Context) -> tuple[Line, ...]:
    roles = context.world.library.roles
    found: list[Line] = []
    for person in list(dict.fromkeys((*often, *usual_people(context))))[:MOST_PEOPLE]:
        role = roles[person.roles[0]].name if person.roles else ""
        found.append(Line(context.world.words.say("thuis.persoon", naam=person.name, rol=role), "person"))
        found.append(Line(person.phone or person.email or context.world.words.say("wie.geen-nummer"), "number"))
    return tuple(found)
