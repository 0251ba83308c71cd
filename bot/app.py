"""Where settings, knowledge, store and adapters meet. The clock is handed in by the entry point."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.account.left import note_left
from bot.assistant import Assistant
from bot.compiled import understanding
from bot.contacts.announce import contact_changes
from bot.contacts.change_rows import note_import
from bot.contacts.leavers import look_back
from bot.context import Context
from bot.deliver import deliver
from bot.duties import asked_of
from bot.handover.away import at_a_desk, look_at_people
from bot.handover.duties import look_soon
from bot.messages import Said
from bot.routes import Routes
from bot.settings import read_settings
from bot.store import deliveries
from bot.store.file import Store
from bot.store.outbox import HERE
from bot.talk.steps import Steps
from bot.words import Words
from knowledge.network_files import read_network

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from adapters.port import Adapter
    from bot.messages import Inbound
    from bot.settings import Settings
    from bot.understand import Understanding
    from knowledge.network import Network

EXAMPLE = Path(__file__).parent.parent / "config" / "netwerk-voorbeeld.yaml"


@dataclass(frozen=True)
class App:
    """An assistant that is ready to talk."""

    store: Store
    assistant: Assistant
    words: Words
    routes: Routes

    async def run(self, adapter: Adapter, clock: Callable[[], datetime]) -> None:
        """Talks through one adapter until it has nothing more to say. A message is answered before the next is read."""

        async def receive(inbound: Inbound, along: Callable[[], None] | None = None) -> None:
            await self.answer(adapter, inbound, clock, along)

        await adapter.listen(receive)

    async def answer(
        self, adapter: Adapter, inbound: Inbound, clock: Callable[[], datetime], along: Callable[[], None] | None = None
    ) -> int:  # fmt: skip
        """One message in, what follows from it out; returns how many messages arrived."""
        if not (isinstance(inbound, Said) and inbound.alone):  # what stands alone has no past in which anything fell due
            self.assistant.due(inbound.at)
        self.assistant.handle(inbound, inbound.at, along)
        return await deliver(self.store, adapter, clock)

    def steps(self, sender: str | None, place: str, now: datetime, about: str | None = None) -> Steps:
        """What somebody may be in the middle of, to look at only. `about`: the place in which it was asked, if that is another."""
        return Steps(self.store.connection, Context(self.assistant.world, sender, place, now, about))

    def forget(self, now: datetime) -> None:
        """Takes away what has been kept long enough for the day, out of the database and out of memory."""
        self.assistant.forget(now)
        self.assistant.world.understanding.forget()

    def close(self) -> None:
        self.store.close()


@cache
def _knowledge(own_content: Path | None, own_words: Path | None) -> tuple[Words, Understanding]:
    """Read once: the content does not change while a program runs. Raises `ContentFault`."""
    return Words(own=own_words), understanding(own_content)


def open_app(
    database: Path | None = None, settings: Settings | None = None, platforms: tuple[str, ...] = HERE, *, beside: bool = False
) -> App:
    """The assistant over a database (None: in memory), on these platforms.

    `beside`: another process may be at work on the same database, and what it has on its way is its own.
    Raises `StoreFault`, `ContentFault`, `SettingsFault`.
    """
    settings = settings or read_settings()
    words, understood = _knowledge(settings.own_content, settings.own_words)
    store = Store(database)
    if not beside:
        deliveries.recover(store.connection)
    routes = Routes(store.connection, platforms)
    assistant = Assistant(store, understood.library, understood, words, routes, kept=settings.kept.retention)
    assistant.stale_months = settings.stale_months
    assistant.digest_at = settings.digest_at
    return App(store, assistant, words, routes)


def open_aside(network: Network) -> App:
    """The assistant over a network in memory: whatever is asked, no database changes and no channel hears of it."""
    app = open_app()
    app.assistant.take_network(network)
    return app


def find_network(file: Path | None, database: Path | None) -> Network | None:
    """The network of the file that is named, else of the database, else the example; None when the database has none.

    Raises `NetworkFault`, `StoreFault`.
    """
    if file is not None or database is None:
        return read_network(file or EXAMPLE)
    store = Store(database)
    try:
        return store.load_network()
    finally:
        store.close()


def take_network(app: App, old: Network | None, new: Network, now: datetime) -> None:
    """Puts a network in the place of another; a change of contact person is announced where it matters (§4).

    The network and what is said about it are one transaction: after a crash both are there, or neither is. What somebody held who
    is gone goes on at once; should that be broken off, the duty that looks at people does it (`look_soon`).
    """
    if old == new:
        return
    with app.store.transaction():
        app.store.save_network(new)
        look_soon(app.store.connection, now)
        if old:
            note_import(app.store.connection, old, new, now)
            note_left(app.store.connection, old, new, now)
            look_back(app.store.connection, old, new, now)
        for place, reply in contact_changes(old, new, app.words, now.astimezone(new.zone).date()) if old else ():
            platforms = app.routes.to(place, new)
            app.store.outbox.say(f"import/{now.isoformat()}/{place}", place, None, now.astimezone(new.zone), reply, platforms)
    app.assistant.take_network(new)
    if old:
        with app.store.transaction():
            desk = at_a_desk(app.assistant.world, now, app.routes)
            for number, reply in enumerate(look_at_people(app.store.connection, desk, before=old)):
                key, place, at = f"import/{now.isoformat()}/mensen/{number}", str(reply.to), now.astimezone(new.zone)
                said, platforms = replace(reply, to=None), app.routes.to(place, new)
                app.store.outbox.say(key, place, asked_of(reply), at, said, platforms)
