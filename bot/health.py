"""How it goes, in numbers: what waits, what failed, what is due. Only queries; nothing of what anybody said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.duties import ALIVE, done_until
from bot.store.outbox import in_order

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from bot.words import Words

SHUT_OUT = "buiten/"
"""Before the name of a platform, in the clock: since when it does not let us in."""

SEEN = "gezien/"
"""Before the name of a platform, in the clock: when it last gave a sign of life."""

LATE = timedelta(minutes=5)
"""A message that waits longer, or a cycle that is longer ago, is something to look at."""


@dataclass(frozen=True, slots=True)
class Health:
    """Ages in seconds at the moment it was asked; None: there is none."""

    waiting: int
    oldest_waiting: float | None
    undelivered: int
    unanswered: int
    last_heard: float | None
    last_cycle: float | None
    open_handovers: int
    overdue_handovers: int
    next_due: float | None
    shut_out: int
    """Platforms that do not let us in."""
    last_seen: float | None = None
    """Since a platform last gave a sign of life; of several the one that is silent the longest."""
    silent: int = 0
    """Platforms that were silent for too long when the assistant last looked."""

    @property
    def alive(self) -> bool:
        """Whether it was there just now, or never. Only when it was not does a new start help."""
        return self.last_cycle is None or self.last_cycle <= LATE.total_seconds()

    @property
    def sound(self) -> bool:
        """Whether it does its work: there, on every platform, and nothing waits for long. A failure of long ago is no illness."""
        quick = self.oldest_waiting is None or self.oldest_waiting <= LATE.total_seconds()
        return self.alive and quick and not self.shut_out and not self.silent


def health(connection: sqlite3.Connection, now: datetime, next_due: datetime | None = None) -> Health:
    """How it goes at this moment (aware). `next_due` is what the assistant itself says about that."""

    def one(query: str, *values: object) -> object:
        return connection.execute(query, values).fetchone()[0]

    def age(moment: object) -> float | None:
        return (now - datetime.fromisoformat(str(moment))).total_seconds() if moment else None

    waits = "FROM delivery JOIN outbox ON outbox.id = delivery.message WHERE delivery.state IN ('pending', 'sending', 'unsure')"
    heard = connection.execute("SELECT at FROM inbox ORDER BY rowid DESC LIMIT 1").fetchone()
    cycle = done_until(connection, ALIVE)
    seen = connection.execute("SELECT done FROM clock WHERE name GLOB ?", (f"{SEEN}*",)).fetchall()
    signs = [datetime.fromisoformat(row[0]) for row in seen]
    return Health(
        waiting=_count(one(f"SELECT count(*) {waits}")),
        oldest_waiting=max((age(row[0]) or 0.0 for row in connection.execute(f"SELECT outbox.at {waits}")), default=None),
        undelivered=_count(one("SELECT count(*) FROM delivery WHERE state = 'failed'")),
        unanswered=_count(one("SELECT count(*) FROM inbox WHERE state = 'failed'")),
        last_heard=age(heard[0]) if heard else None,
        last_cycle=(now - cycle).total_seconds() if cycle else None,
        open_handovers=_count(one("SELECT count(*) FROM handover WHERE next_at IS NOT NULL")),
        overdue_handovers=_count(one("SELECT count(*) FROM handover WHERE next_at < ?", in_order(now - LATE))),
        next_due=(next_due - now).total_seconds() if next_due else None,
        shut_out=_count(one("SELECT count(*) FROM clock WHERE name GLOB ?", f"{SHUT_OUT}*")),
        last_seen=(now - min(signs)).total_seconds() if signs else None,
        silent=sum(1 for sign in signs if cycle and cycle - sign > LATE),
    )


def _count(value: object) -> int:
    return int(str(value))


def in_words(found: Health, words: Words, idle: Path | None = None) -> list[str]:
    """The same for people. `idle`: the database, when no process says that it runs on it."""
    say = words.say
    lines = [say("beheer.gezond" if found.sound else "beheer.ongezond") if idle is None else say("beheer.uit", database=idle)]
    for seconds, known, unknown in (
        (found.last_cycle, "wakker", "nooit-wakker"),
        (found.last_heard, "gehoord", "niets-gehoord"),
    ):
        lines.append(say(f"beheer.{unknown}") if seconds is None else say(f"beheer.{known}", duur=_duration(seconds, words)))
    if found.oldest_waiting is not None:
        lines.append(say("beheer.wacht", aantal=found.waiting, duur=_duration(found.oldest_waiting, words)))
    else:
        lines.append(say("beheer.niets-wacht"))
    if found.silent:
        lines.append(say("beheer.stil", aantal=found.silent, duur=_duration(found.last_seen, words)))
    if found.shut_out:
        lines.append(say("beheer.buiten", aantal=found.shut_out))
    lines.append(say("beheer.overdrachten", aantal=found.open_handovers, laat=found.overdue_handovers))
    if found.undelivered:
        lines.append(say("beheer.niet-bezorgd", aantal=found.undelivered))
    if found.unanswered:
        lines.append(say("beheer.niet-beantwoord", aantal=found.unanswered))
    return lines


def _duration(seconds: float | None, words: Words) -> str:
    """A length of time, rounded as people say it."""
    left = round(max(0.0, seconds or 0.0))
    for unit, size in (("dag", 86_400), ("uur", 3600), ("minuut", 60)):
        if left >= size:
            return words.say(f"beheer.{unit}", aantal=left // size)
    return words.say("beheer.seconde", aantal=left)
