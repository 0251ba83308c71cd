"""The two doors into the core: `handle` for what somebody said or chose, `due` for what time brings.

Each is one transaction in which everything happens or nothing; the clock is an argument.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from bot.answer import answer
from bot.choose import answer_choice, choice_in_words
from bot.context import Context, World, make_world
from bot.converse import Talk
from bot.follow import follow_up
from bot.messages import Chose, Line, Reply, Said
from bot.steps import Steps, forget_old, is_start

if TYPE_CHECKING:
    from datetime import datetime

    from bot.messages import Inbound
    from bot.store import Store
    from bot.understand import Understanding
    from bot.words import Words
    from knowledge.library import Library
    from knowledge.network import Network

BODIES_KEPT = timedelta(days=7)
"""How long a sent message can still be chosen from; after that its text is blanked."""

REFUSALS_KEPT = timedelta(minutes=30)
"""How long a refused message can be sent without what was refused."""

log = logging.getLogger(__name__)


class NoNetwork(Exception):
    """There is no network in the database yet."""


class Assistant:
    """The assistant of one network, over one database."""

    def __init__(self, store: Store, library: Library, understanding: Understanding, words: Words) -> None:
        self._store = store
        self._library = library
        self._understanding = understanding
        self._words = words
        self._world: World | None = None

    @property
    def world(self) -> World:
        """The network as it is now. Raises `NoNetwork`."""
        if self._world is None:
            network = self._store.load_network()
            if network is None:
                raise NoNetwork
            self._world = make_world(network, self._library, self._understanding, self._words)
        return self._world

    def take_network(self, network: Network) -> None:
        """Puts a network in the database and goes on with it."""
        with self._store.transaction():
            self._store.save_network(network)
        self._world = make_world(network, self._library, self._understanding, self._words)

    def handle(self, inbound: Inbound, now: datetime) -> None:
        """Answers one message, once: what came in before is passed over. `now` is aware.

        A message on which the core stumbles is answered with an apology and kept as failed, ids only.
        """
        with self._store.transaction():
            if not self._store.receive(inbound):
                return
            if self._store.changed_elsewhere():  # perhaps the network: an import while we run
                self._world = None
            try:
                with self._store.attempt():
                    context = Context(self.world, inbound.sender, inbound.place, now)
                    self._say(inbound, self._replies(inbound, context), now)
            except Exception as error:  # noqa: BLE001 - whatever it is, the asker hears something and the neighbours go on
                number = self._store.note_failure(inbound.id, type(error).__name__)
                log.warning("message %s could not be answered: %s", number, type(error).__name__)
                apology = self._words.say("algemeen.mislukt", nummer=number)
                self._say(inbound, [Reply("help", (Line(apology),))], now)

    def _replies(self, inbound: Inbound, context: Context) -> list[Reply]:
        """All that is said to one message: of a guided conversation if it is about one, else one answer, which may begin one."""
        steps = Steps(self._store.connection, context)
        talk = Talk(steps)
        found: list[Reply] | None = None
        match inbound:
            case Said(text=text, alone=False):
                last = self._store.last_said_to(inbound.place, inbound.sender)
                found = talk.said(text, last.reply if last else None)
            case Chose(message=number, options=options) if known := self._store.message(number):
                found = talk.chose(known[0].reply, options)
        if found is not None:
            return found
        reply = self._reply(inbound, context)
        alone = isinstance(inbound, Said) and inbound.alone
        return steps.start(str(reply.data["flow"])) if is_start(reply) and not alone else [reply]

    def _reply(self, inbound: Inbound, context: Context) -> Reply:
        match inbound:
            case Said(text=text, alone=alone):
                last = None if alone else self._store.last_said_to(inbound.place, inbound.sender)
                chosen = choice_in_words(text, last.reply) if last else None
                if last and chosen:
                    return answer_choice(last.reply, chosen, context)
                return (follow_up(text, last, context) if last else None) or answer(text, context)
            case Chose(message=number, options=options):
                known = self._store.message(number)
                if known is None or not options:
                    return Reply("help", (Line(self._words.say("algemeen.keuze-verlopen")),))
                return answer_choice(known[0].reply, options[0], context)

    def _say(self, inbound: Inbound, replies: list[Reply], now: datetime) -> None:
        at = now.astimezone(self._world.network.zone if self._world else UTC)  # an apology can be without a network
        for number, reply in enumerate(replies):
            asker = inbound.sender if reply.to in {None, inbound.place} else None
            self._store.say(f"{inbound.id}/{number}", reply.to or inbound.place, asker, at, replace(reply, to=None))

    def due(self, now: datetime) -> None:
        """Does what is due at this moment: for now, forgetting what need not be kept."""
        with self._store.transaction():
            forgotten = forget_old(self._store.connection, now) + self._store.forget_bodies(now - BODIES_KEPT, now - REFUSALS_KEPT)
        if forgotten:
            self._store.scrub()
