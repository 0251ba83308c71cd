"""A reaction that chooses nothing: whoever meant something by it is told in private what does, and not again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adapters.matrix import PLATFORM
from bot.messages import Line, Reply, direct

if TYPE_CHECKING:
    from datetime import datetime

    from bot.app import App


def explain(app: App, person: str, event: str, offered: Reply, at: datetime) -> None:
    """Plans the line, inside a transaction. Under a handover, of which one could believe to have it now, once for each message;
    else once a day (UTC). `at` is aware.
    """
    about = "overdracht" if offered.data.get("handover") else "keuze"
    once = event if about == "overdracht" else at.date().isoformat()
    line = Line(app.words.say(f"kamer.losse-reactie-{about}"))
    app.store.outbox.say(f"losse-reactie/{person}/{once}", direct(person), None, at, Reply("help", (line,)), (PLATFORM,))
