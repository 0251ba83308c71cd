"""Where settings, knowledge, store and adapters meet. The clock is handed in by the entry point."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.announce import contact_changes
from bot.assistant import Assistant
from bot.deliver import deliver
from bot.store import Store
from bot.understand import Understanding
from bot.words import Words
from knowledge.library import load_library
from knowledge.network_files import read_network

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from adapters.port import Adapter
    from bot.messages import Inbound
    from knowledge.network import Network

EXAMPLE = Path(__file__).parent.parent / "config" / "netwerk-voorbeeld.yaml"


@dataclass(frozen=True)
class App:
    """An assistant that is ready to talk."""

    store: Store
    assistant: Assistant
    words: Words

    async def run(self, adapter: Adapter, clock: Callable[[], datetime]) -> None:
        """Talks through one adapter until it has nothing more to say. Every message is answered before the next is read."""
        inbounds: list[Inbound] = []
        await adapter.listen(inbounds.append)
        for inbound in inbounds:
            await self.answer(adapter, inbound, clock)

    async def answer(self, adapter: Adapter, inbound: Inbound, clock: Callable[[], datetime]) -> None:
        """One message in, what follows from it out."""
        self.assistant.handle(inbound, inbound.at)
        await deliver(self.store, adapter, clock)


def open_app(database: Path | None = None) -> App:
    """The assistant over a database (None: in memory). Raises `StoreFault`, `ContentFault`."""
    store = Store(database)
    store.recover()
    library, words = load_library(), Words()
    return App(store, Assistant(store, library, Understanding(library), words), words)


def take_file(app: App, path: Path, now: datetime) -> Network:
    """Brings a network file into the database and tells the channels that it touches. Raises `NetworkFault`; then nothing changed."""
    old = app.store.load_network()
    new = read_network(path, base=old)
    take_network(app, old, new, now)
    return new


def take_network(app: App, old: Network | None, new: Network, now: datetime) -> None:
    """Puts a network in the place of another; a change of contact person is announced where it matters (§4)."""
    if old == new:
        return
    app.assistant.take_network(new)
    if old is None:
        return
    with app.store.transaction():
        for place, reply in contact_changes(old, new, app.words):
            app.store.say(f"import/{now.isoformat()}/{place}", place, None, now.astimezone(new.zone), reply)


def faults_of(errors: Iterable[object]) -> str:
    """Faults as lines."""
    return "\n".join(str(one) for one in errors)
