"""The two doors into the core: `handle` for what somebody said or chose, `due` for what time brings (`next_due` says when).

Each is one transaction in which everything happens or nothing; the clock is an argument.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from bot import purge, unsealed
from bot.account.talk import AccountTalk
from bot.all_duties import DUTIES
from bot.answer import answer
from bot.asked import asked_in, going_on, marked
from bot.audit import note_reply
from bot.contacts import network_rows
from bot.contacts.list_talk import ListTalk
from bot.context import STALE_MONTHS, Context, World, make_world
from bot.digest.away import beat
from bot.duties import USUAL, Desk, asked_of, born
from bot.flows.quickscan_handover import HANDOVER, scanned
from bot.handover.talk import HandoverTalk, handover_talk
from bot.messages import Chose, Filled, Line, Reply, Said, Undid, Withdrew, direct
from bot.outsiders import apart, note, read_along, without_details
from bot.own_data import own_data
from bot.plan import talk as plan_talk
from bot.reports import asked_for_report
from bot.retention import Retention
from bot.routes import Routes
from bot.talk.choose import answer_choice, choice_in_words
from bot.talk.chosen import chosen, chosen_by_number
from bot.talk.converse import Talk
from bot.talk.follow import follow_up
from bot.talk.forms import filled_in
from bot.talk.hearing import heard
from bot.talk.steps import Steps, is_start
from bot.talk.taken_back import taken_back
from bot.training.talk import Trainer

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.duties import Duty, News
    from bot.messages import Inbound
    from bot.store.file import Store
    from bot.understand import Understanding
    from bot.words import Words
    from knowledge.library import Library
    from knowledge.network import Network

log = logging.getLogger(__name__)


class NoNetwork(Exception):
    """There is no network in the database yet."""


class Assistant:
    """The assistant of one network, over one database."""

    def __init__(
        self, store: Store, library: Library, understanding: Understanding, words: Words, routes: Routes | None = None,
        *, kept: Retention | None = None,
    ) -> None:  # fmt: skip
        self._store = store
        self._routes = routes or Routes(store.connection)
        self._kept = kept or Retention()
        store.outbox.lapsed_line = words.say("algemeen.vervangen")
        store.outbox.connected = self._routes.connected  # where outsiders read along, no number of a member stands:
        store.outbox.fit = lambda place, reply: without_details(reply) if read_along(store.connection, place) else reply
        store.outbox.shown = lambda *said: note_reply(store.connection, self._world, *said)
        self._library, self._understanding, self._words = library, understanding, words
        self._world: World | None = None
        self._forgot: datetime | None = None
        self.digest_at = USUAL
        self.stale_months = STALE_MONTHS
        self._version = network_rows.version(store.connection)

    @property
    def world(self) -> World:
        """The network as it is now. Raises `NoNetwork`."""
        if self._world is None:
            network = self._store.load_network()
            if network is None:
                raise NoNetwork
            self._world = make_world(network, self._library, self._understanding, self._words, self.stale_months)
        return self._world

    def take_network(self, network: Network) -> None:
        """Puts a network in the database and goes on with it."""
        with self._store.transaction():
            self._store.save_network(network)
        self._world = make_world(network, self._library, self._understanding, self._words, self.stale_months)

    def handle(self, inbound: Inbound, now: datetime, along: Callable[[], None] | None = None) -> None:
        """Answers one message, once: what came in before is passed over. `now` is aware.

        A message on which the core stumbles is answered with an apology and kept as failed, ids only. `along` is kept together
        with it: what an adapter has to remember of this message, such as how far it has read.
        """
        with self._store.transaction():
            if self._store.receive(inbound):
                self._answer(inbound, now)
            if along:
                along()

    def _answer(self, inbound: Inbound, now: datetime) -> None:
        born(self._store.connection, now)
        self._look_again()
        try:
            with self._store.attempt():
                if inbound.outsiders or isinstance(inbound, Chose) or (isinstance(inbound, Said) and inbound.addressed):
                    note(self._store.connection, inbound.platform, inbound.place, present=inbound.outsiders)
                context = self._context(inbound, now)
                who = AccountTalk(self._store.connection, context)
                found = who.answer(inbound, self._store.outbox)
                found = who.offer(inbound, self._replies(inbound, context)) if found is None else found
                replies = unsealed.apart(self._store.connection, found, context)
                self._say(inbound, apart(replies, context) if inbound.outsiders else replies, now)
        except Exception as error:  # whatever it is, the asker hears something and the neighbours go on
            if isinstance(error, MemoryError) or not self._store.connection.in_transaction:
                raise  # for want of memory or room: it comes again
            number = self._store.note_failure(inbound.id, type(error).__name__)
            log.warning("message %s could not be answered: %s", number, type(error).__name__)
            apology = self._words.say("algemeen.mislukt", nummer=number)
            self._say(inbound, [Reply("help", (Line(apology),))], now)

    def _context(self, inbound: Inbound, now: datetime) -> Context:
        world = self.world
        return Context(
            world, inbound.sender, inbound.place, now, asked_in(inbound), lambda who: self._routes.reaches(who, world.network)
        )

    def _look_again(self) -> None:
        version = network_rows.version(self._store.connection)
        if self._store.changed_elsewhere() or version != self._version:  # perhaps the network: an import, or a change from the chat
            self._world, self._version = None, version

    def _replies(self, inbound: Inbound, context: Context) -> list[Reply]:
        """All that is said to one message: of a guided conversation if it is about one, else one answer, which may begin one."""
        connection = self._store.connection
        steps = Steps(connection, context, self._routes.in_place, inbound.id)
        if isinstance(inbound, Filled):
            return filled_in(steps, inbound)
        trainer, lists = Trainer(connection, context), ListTalk(connection, context)
        handovers = handover_talk(inbound, connection, context)
        concerns = (trainer.concerns, lists.concerns, handovers.concerns)
        if (others := heard(inbound, context, connection, lambda text: any(one(text) for one in concerns))) is not None:
            return others
        if (own := own_data(inbound, context, connection, self._store.outbox)) is not None:
            return own
        if isinstance(inbound, Undid | Withdrew):
            return taken_back(inbound, steps, self._store.outbox, handovers, trainer)
        found = self._going_on(inbound, Talk(steps), trainer, handovers, lists)
        if found is None and isinstance(inbound, Said):
            found = asked_for_report(inbound.text, connection, context)
        if found is not None:
            return lists.keep(found)
        reply = self._reply(inbound, context)
        if (isinstance(inbound, Said) and inbound.alone) or not is_start(reply):
            return lists.keep([reply])
        last = self._store.outbox.last_said_to(inbound.place, inbound.sender)
        given = scanned(last.reply if last else None) if reply.data["flow"] == HANDOVER else {}
        return steps.start(str(reply.data["flow"]), inbound.text if isinstance(inbound, Said) else "", given)

    def _going_on(
        self, inbound: Said | Chose, talk: Talk, trainer: Trainer, handovers: HandoverTalk, lists: ListTalk
    ) -> list[Reply] | None:
        """What goes on from something that was said before; None when the message stands alone."""
        match inbound:
            case Said(text=text, alone=False, edits=edits):
                last = self._store.outbox.last_said_to(inbound.place, inbound.sender)
                before = last.reply if last else None
                corrected = (talk.corrected(edits, text) if edits else None) or lists.said(text, before)
                if not corrected and handovers.names_one(text):
                    return handovers.said(text, before)
                found = corrected or plan_talk.said(talk.steps.connection, talk.context, text, before)
                found = found or handovers.answered(text, before) or trainer.said(text, before) or talk.said(text, before)
                found = found or handovers.said(text, before) or talk.nothing_open(text, before)
                return found or chosen_by_number(inbound, self._store.outbox, talk, trainer, handovers, lists)
            case Said(text=text):
                return handovers.said(text, None) or trainer.said(text, None)
            case Chose(message=number, options=options) if known := self._store.outbox.message(number):
                return chosen(known[0].reply, options, talk, trainer, handovers, lists)
        return None

    def _reply(self, inbound: Said | Chose, context: Context) -> Reply:
        match inbound:
            case Said(text=text, alone=alone):
                last = None if alone else self._store.outbox.last_said_to(inbound.place, inbound.sender)
                chosen = choice_in_words(text, last.reply) if last else None
                if last and chosen:
                    return answer_choice(last.reply, chosen, going_on(context, last.reply))
                return (follow_up(text, last, going_on(context, last.reply)) if last else None) or answer(text, context)
            case Chose(message=number, options=options):
                known = self._store.outbox.message(number)
                if known is None or not options:
                    return Reply("help", (Line(self._words.say("algemeen.keuze-verlopen")),))
                return answer_choice(known[0].reply, options[0], going_on(context, known[0].reply))

    def _say(self, inbound: Inbound, replies: list[Reply], now: datetime) -> None:
        at = self._wall(now)
        network = self._world.network if self._world else None
        for number, reply in enumerate(replies):
            place = reply.to or inbound.place
            there = place == inbound.place
            # An answer goes where it was asked; what lives on or stands elsewhere goes wherever its place is.
            answers = there and reply.card is None
            platforms = (inbound.platform,) if answers else self._routes.to(place, network)
            key, said = f"{inbound.id}/{number}", marked(replace(reply, to=None), inbound, at if answers else None, self._words)
            asker = inbound.sender if there or place == direct(inbound.sender or "") else asked_of(reply)
            edits = inbound.edits if isinstance(inbound, Said) else None
            if edits and answers and "step" not in said.data:  # a conversation goes on with a new message
                self._store.outbox.say_instead(f"{edits}/{number}", key, place, asker, at, said, platforms)
            else:
                self._store.outbox.say(key, place, asker, at, said, platforms)

    def _wall(self, now: datetime) -> datetime:
        return now.astimezone(self._world.network.zone if self._world else UTC)  # an apology can be without a network

    def next_due(self) -> datetime | None:
        """The first moment at which something is due by itself (aware, perhaps past); None when nothing is coming."""
        with self._store.transaction():
            self._look_again()
            try:
                desk = self._desk()
            except NoNetwork:
                return None
            return min((at for duty in DUTIES if (at := duty.next_due(desk)) is not None), default=None)

    def due(self, now: datetime) -> None:
        """Does what is due at this moment, and forgets what need not be kept. `now` is aware."""
        with self._store.transaction():
            born(self._store.connection, now)
            self._look_again()
            for duty in DUTIES:
                self._do(duty, now)
        self.forget(now)
        self.purge(now)

    def forget(self, now: datetime) -> None:
        """Takes away what goes all day long, also out of the journal. Outside a transaction."""
        with self._store.transaction():
            forgotten = self._forget(now)
        if forgotten or self._store.unscrubbed:
            self._store.scrub()

    def purge(self, now: datetime, *, at_once: bool = False) -> None:
        """Erases, once a local day or at once, what has been kept long enough. Outside a transaction."""
        try:
            world = self.world
        except NoNetwork:
            return
        if not at_once and not purge.is_due(self._store.connection, world, now):
            return
        with self._store.transaction():
            purge.forget(self._store.connection, self._store.outbox, self._kept, now)
            purge.purge(self._store.connection, self._store.outbox, world, self._routes, now)
        self._store.compact()

    def _forget(self, now: datetime) -> int:
        """Takes away what has been kept long enough. Of what lives on there may be very much: it is looked through now and then."""
        rows = purge.forget(self._store.connection, self._store.outbox, self._kept, now)
        if self._forgot and timedelta() <= now - self._forgot < purge.SELDOM:
            return rows
        self._forgot = now
        return rows + purge.forget_seldom(self._store.outbox, self._kept, now)

    def beat(self, now: datetime, since: datetime | None = None) -> None:
        """Notes that the assistant is there, and was (`since`) last there at a moment: what was missed is said to be late."""
        with self._store.transaction():
            born(self._store.connection, now)
            beat(self._store.connection, now, since)

    def _do(self, duty: Duty, now: datetime) -> None:
        self._look_again()  # the duty before may have changed the network
        try:
            desk = self._desk()
        except NoNetwork:
            return
        due = duty.next_due(desk)
        if due is None or due > now:
            return
        for news in duty.run(desk, now):
            self._tell(news, now)

    def _tell(self, news: News, now: datetime) -> None:
        """Says something that nobody asked for, in the place that it names."""
        place = news.reply.to
        if place is None:
            raise AssertionError(f"{news.key} has no place")
        said, platforms = replace(news.reply, to=None), self._routes.to(place, self.world.network)
        self._store.outbox.say(news.key, place, asked_of(news.reply), self._wall(now), said, platforms)

    def _desk(self) -> Desk:
        return Desk(self._store.connection, self.world, self._routes, self.digest_at)
