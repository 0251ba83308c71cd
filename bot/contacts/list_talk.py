"""All that is said about the list and the agenda and goes on from something before: a yes, a tick, a tap on "klopt"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.agenda.talk import AgendaTalk
from bot.contacts.entry_check import EntryCheck
from bot.contacts.upkeep import Upkeep

if TYPE_CHECKING:
    import sqlite3

    from bot.context import Context
    from bot.messages import Reply


@dataclass(frozen=True)
class ListTalk:
    """One message of one person."""

    connection: sqlite3.Connection
    context: Context

    @property
    def _upkeep(self) -> Upkeep:
        return Upkeep(self.connection, self.context)

    def keep(self, replies: list[Reply]) -> list[Reply]:
        """What a reply proposes is kept until it is confirmed."""
        return self._upkeep.keep(replies)

    def concerns(self, text: str) -> bool:
        """Whether a text in a place of many is an answer to something of ours that stands there."""
        return self._upkeep.concerns(text) or AgendaTalk(self.connection, self.context).concerns(text)

    def said(self, text: str, last: Reply | None) -> list[Reply] | None:
        entry, agenda = EntryCheck(self.connection, self.context), AgendaTalk(self.connection, self.context)
        return self._upkeep.said(text, last) or entry.said(text, last) or agenda.said(text, last)

    def chose(self, offered: Reply, options: tuple[str, ...]) -> list[Reply] | None:
        entry, agenda = EntryCheck(self.connection, self.context), AgendaTalk(self.connection, self.context)
        return self._upkeep.chose(offered, options) or entry.chose(offered, options) or agenda.chose(offered, options)
