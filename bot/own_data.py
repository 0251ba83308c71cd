"""What the assistant will not take in (pictures, files), and taking away what it has of whoever asks ("vergeet mij")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.about_person import forget_person
from bot.messages import Chose, Line, Option, Reply, Said, direct
from bot.talk.choose import choice_in_words
from knowledge.text import fold

if TYPE_CHECKING:
    import sqlite3

    from bot.context import Context
    from bot.messages import Inbound
    from bot.store.outbox import Outbox

FORGET_ME = frozenset({"vergeet mij", "vergeet me", "wis mijn gegevens", "verwijder mijn gegevens"})
YES, NO = "vergeet-ja", "vergeet-nee"
ASKED = "forget"
"""The data of the question whether somebody is to be forgotten: who."""


def own_data(inbound: Inbound, context: Context, connection: sqlite3.Connection, outbox: Outbox) -> list[Reply] | None:
    """The replies to a picture, a file, "vergeet mij" or the answer to what is then asked; None when it is about something else."""
    if isinstance(inbound, Chose):
        known = outbox.message(inbound.message)
        return _decided(inbound.options[0], known[0].reply, context, connection) if known and inbound.options else None
    if not isinstance(inbound, Said):
        return None
    if inbound.attachments and not _is_danger(inbound.text, context):
        return [_refuse_attachment(context)]
    if not context.sender or not context.asker or inbound.alone:
        return None
    if fold(inbound.text).strip(" .!") in FORGET_ME:
        return [_ask(context, context.sender)]
    last = outbox.last_said_to(inbound.place, context.sender)
    if last is None or last.reply.data.get(ASKED) is None:
        return None
    chosen = choice_in_words(inbound.text, last.reply)
    return _decided(chosen, last.reply, context, connection) if chosen else None


def _ask(context: Context, person: str) -> Reply:
    """Nothing goes before somebody knows what goes, what stays and why; only they are asked."""
    words = context.world.words
    options = (Option(YES, words.say("bewaren.vergeet-ja")), Option(NO, words.say("bewaren.vergeet-nee")))
    lines = tuple(map(Line, words.list("bewaren.vergeet-vraag")))
    return Reply("choice", lines, options, data={ASKED: person, "contacts": []}, to=direct(person))


def _decided(option: str, offered: Reply, context: Context, connection: sqlite3.Connection) -> list[Reply] | None:
    person: str | None = offered.data.get(ASKED)
    if person is None or option not in {YES, NO}:
        return None
    words = context.world.words
    if person != context.sender:
        return [Reply("help", (Line(words.say("algemeen.keuze-verlopen")),))]
    if option == NO:
        return [Reply("confirmation", (Line(words.say("bewaren.vergeet-niet")),))]
    forget_person(connection, person)
    return [Reply("confirmation", tuple(map(Line, words.list("bewaren.vergeet-mij"))), to=direct(person))]


def _is_danger(text: str, context: Context) -> bool:
    return context.world.understanding.read(text, context.world.names).danger is not None


def _refuse_attachment(context: Context) -> Reply:
    """Not looked at, not kept; among others only the sender hears of it."""
    say = context.world.words.say
    among_others = not context.place.startswith("dm")
    lines = [Line(say("bewaren.bijlage")), Line(say("bewaren.bijlage-kanaal" if among_others else "bewaren.bijlage-verder"))]
    to = direct(context.sender) if among_others and context.sender else None
    data = {"reason": "personal-data", "found": [], "suggestion": ""}
    return Reply("refusal", tuple(lines), data=data, to=to)
