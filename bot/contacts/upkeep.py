"""A contact list that stays right by what people say: a change is kept until it is confirmed, then made, logged and announced.

Works inside the store's transaction. Nothing changes the list without a yes of somebody who may, at the moment of that yes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.answers.change import FLOW, NO, YES, is_proposal
from bot.contacts import change_rows
from bot.contacts.announce import announced, contact_changes
from bot.contacts.changes import Successor, apply, named_in, people_in
from bot.contacts.leavers import look_back
from bot.contacts.network_rows import write_changes
from bot.contacts.tell_change import told
from bot.handover.duties import look_soon
from bot.messages import Line, Reply, direct
from bot.say import day_in_words
from bot.talk.choose import choice_in_words
from knowledge.text import clean, fold

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from datetime import date, datetime

    from bot.contacts.change_rows import Pending
    from bot.contacts.changes import Change
    from bot.context import Context, World
    from knowledge.network import Network


@dataclass(frozen=True)
class Upkeep:
    """One message of one person, and the change that it may be about."""

    connection: sqlite3.Connection
    context: Context

    def keep(self, replies: list[Reply]) -> list[Reply]:
        """Keeps what a reply proposes, and puts its number in the place of the values."""
        return [self._kept(reply) if is_proposal(reply) else reply for reply in replies]

    def said(self, text: str, last: Reply | None) -> list[Reply] | None:
        """The replies to a yes, a no or a choice; None when the text is about something else."""
        waiting = change_rows.pending_of(self.connection, self.context.sender, self.context.place, self.context.now)
        if waiting is None:
            return None
        asked_last = last is not None and last.data.get("wijziging") == waiting.id
        if last and not asked_last and last.kind in {"question", "choice"}:
            return None
        option = self._option(text, waiting, last if asked_last else None)
        return self._answered(waiting, option) if option else None

    def concerns(self, text: str) -> bool:
        """Whether a text in a place of many is this person's answer to what was read back there."""
        waiting = change_rows.pending_of(self.connection, self.context.sender, self.context.place, self.context.now)
        return waiting is not None and (text.strip().isdigit() or self._option(text, waiting, None) is not None)

    def chose(self, offered: Reply, options: tuple[str, ...]) -> list[Reply] | None:
        """The replies to a control of a message that read a change back; None when it is another message."""
        if offered.data.get("flow") != FLOW:
            return None
        waiting = change_rows.pending(self.connection, int(offered.data.get("wijziging", 0)), self.context.now)
        if waiting is None:
            return [self._plain("wijzigen.verlopen")]
        if waiting.person != self.context.sender:
            return [self._plain("wijzigen.voor-ander")]
        return self._answered(waiting, next(iter(options), ""))

    def _kept(self, reply: Reply) -> Reply:
        number = change_rows.keep(
            self.connection, self.context.sender, self.context.place, reply.data["ways"], self.context.now
        )
        data = {key: value for key, value in reply.data.items() if key != "ways"} | {"wijziging": number}
        return replace(reply, data=data)

    def _option(self, text: str, waiting: Pending, asked: Reply | None) -> str | None:
        typed, words = fold(clean(text)).strip(" .!"), self.context.world.words
        if asked and (chosen := choice_in_words(text, asked)):
            return chosen
        if typed in words.list("wijzigen.woorden-nee"):
            return NO
        if typed in words.list("wijzigen.woorden-ja"):
            return YES if YES in waiting.ways else "?"
        return None

    def _answered(self, waiting: Pending, option: str) -> list[Reply]:
        if option != NO and option not in waiting.ways:
            return [self._plain("wijzigen.kies")]
        change_rows.drop(self.connection, waiting.id)
        if option == NO:
            return [Reply("confirmation", (Line(self.context.world.words.say("wijzigen.nee-gedaan")),))]
        return self._done(waiting.ways[option])

    # Making it so

    def _done(self, dated: list[tuple[date | None, Change]]) -> list[Reply]:
        context, world = self.context, self.context.world
        changes = [change for _, change in dated]
        if not self._allowed(changes):
            return [self._plain("wijzigen.veranderd")]
        today = context.today
        at_once = [change for day, change in dated if day is None or day <= today]
        later = [(day, change) for day, change in dated if day is not None and day > today]
        new = make(self.connection, world, at_once, context.sender, context.now)
        for day, change in later:
            change_rows.plan(self.connection, day, change, context.sender)
        change_rows.note(self.connection, context.sender, [change for _, change in later], context.now)
        lines = [Line(world.words.say("wijzigen.gedaan" if at_once else "wijzigen.gepland"), "headline")]
        lines += [Line(told(change, day, new, world, today)) for day, change in dated]
        news = list(self._news(new, later, changes))
        if news:
            lines.append(Line(world.words.say("wijzigen.hoort-het"), "note"))
        data = {"changes": [{"kind": change.kind, "person": change.person} for change in changes]}
        return [Reply("confirmation", tuple(lines), data=data), *news]

    def _allowed(self, changes: list[Change]) -> bool:
        """Rights at the time of the act, over people whom the list still has."""
        context = self.context
        known = context.network.person_by_id
        if any({change.person, named_in(change) or change.person} - known.keys() for change in changes):
            return False
        if context.may("netwerk-wijzigen"):
            return True
        return context.may("eigen-kaart-wijzigen") and people_in(changes) == (context.sender,)

    def _news(self, new: Network, later: list[tuple[date, Change]], changes: list[Change]) -> Iterable[Reply]:
        """What others hear: the koppels that it touches, whom it is about, and whom it names."""
        context, world = self.context, self.context.world
        yield from announcements(context.network, new, later, world, context.today)
        for person in people_in(changes):
            if person != context.sender:
                lines = [world.words.say("wijzigen.voor-jou", wie=self._speaker())]
                lines += [told(one, day, new, world, context.today) for day, one in self._about(person, later, changes)]
                lines.append(world.words.say("wijzigen.voor-jou-fout"))
                yield Reply("announcement", tuple(map(Line, lines)), to=direct(person))
        for change in changes:
            other = named_in(change)
            if other and other != context.sender:
                yield self._named(other, change, next((day for day, one in later if one == change), context.today))

    def _about(self, person: str, later: list[tuple[date, Change]], changes: list[Change]) -> Iterable[tuple[date | None, Change]]:
        days = {id(change): day for day, change in later}
        return ((days.get(id(change)), change) for change in changes if change.person == person)

    def _named(self, other: str, change: Change, day: date) -> Reply:
        say, name = self.context.world.words.say, self.context.network.person_by_id[change.person].name
        if isinstance(change, Successor):
            line = say("wijzigen.jij-opvolger", naam=name, dag=day_in_words(day, self.context.today))
        else:
            line = say("wijzigen.jij-vervanger", naam=name)
        return Reply("announcement", (Line(line), Line(say("wijzigen.voor-jou-fout"), "note")), to=direct(other))

    def _speaker(self) -> str:
        asker = self.context.asker
        return asker.name if asker else self.context.world.words.say("wijzigen.coordinator")

    def _plain(self, key: str) -> Reply:
        return Reply("help", (Line(self.context.world.words.say(key)),))


def make(connection: sqlite3.Connection, world: World, changes: list[Change], by: str | None, now: datetime) -> Network:
    """Makes changes in the database and in the log; returns the network after them."""
    new = apply(world.network, changes)
    if new != world.network:
        write_changes(connection, world.network, new)
        look_soon(connection, now)
        look_back(connection, world.network, new, now)
    change_rows.note(connection, by, changes, now)
    return new


def announcements(
    old: Network, new: Network, later: list[tuple[date, Change]], world: World, today: date
) -> Iterable[Reply]:
    """What the places of koppels hear of a change, also of one that is to come."""
    said = dict(contact_changes(old, new, world.words, today))
    for day, change in later:
        for koppel in (one for one in new.koppels if change.person in one.contacts):
            line = told(change, day, new, world, today)
            before = said.get(koppel.id)
            said[koppel.id] = (
                replace(before, lines=(*before.lines, Line(line))) if before
                else announced(world.words.say("netwerk.contact-gewijzigd"), [line])
            )  # fmt: skip
    for place, reply in said.items():
        yield replace(reply, to=place)
