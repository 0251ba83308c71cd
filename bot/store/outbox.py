"""What is said, and how it travels: one row for what is said in a place, one for each platform that has to bring it there."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from bot.messages import Envelope, Line, Reply
from bot.references import references_in

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable

_REPLY = TypeAdapter(Reply)

MOST_TRIES = 50
"""What fails more often, while others arrive, is for the administrator."""

HERE = ("",)
"""The only way out of whoever talks through one unnamed adapter: the terminal, a story in a file."""

_SELECT = "SELECT id, place, at, body, replaces, key, asker FROM outbox"


class Outbox:
    """All that has been said, over one connection. Planning is part of the transaction of what caused it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.connected: tuple[str, ...] = HERE
        """The platforms on which the assistant is."""
        self.lapsed_line = ""
        """What stands where a card stood that was posted anew."""
        self.fit: Callable[[str, Reply], Reply] = lambda _place, reply: reply
        """What a place may read of a reply."""
        self.shown: Callable[[str, str | None, Reply, datetime], None] = lambda _place, _asker, _reply, _at: None
        """Called with all that is planned: where, who asked for it, what, when."""

    def say(  # noqa: PLR0917 - a row of the table
        self, key: str, place: str, asker: str | None, at: datetime, reply: Reply, platforms: Iterable[str] = HERE
    ) -> int | None:  # fmt: skip
        """Plans a message under a key that is unique by what it means; None when it had been planned before.

        A card that stands in this place already is changed where it stands, or, when it is to be posted anew, made to lapse there:
        also on a platform over which the place is not reached any more, such as one that somebody has left for another.
        """
        before = self._live(reply.card, place) if reply.card else None
        platforms = tuple(platforms)
        stands = self._stands_on(before[1], platforms) if before else platforms
        if before and reply.anew:
            lapsed = Reply(reply.kind, (Line(self.lapsed_line, "note"),), data={**reply.data, "lapsed": True})
            self._plan(f"{key}/lapsed", place, None, at, lapsed, stands, before, lapsed=True)
            before = None
        elif before:  # an edit calls nobody: in a direct chat it need stand nowhere else
            platforms = stands if place.startswith("dm:") else tuple(dict.fromkeys((*platforms, *stands)))
        return self._plan(key, place, asker, at, reply, platforms, before)

    def say_instead(  # noqa: PLR0917 - a row of the table
        self, earlier: str, key: str, place: str, asker: str | None, at: datetime, reply: Reply, platforms: Iterable[str] = HERE
    ) -> int | None:
        """Plans a message that changes the one planned under the key `earlier`, in the same place, if there is one."""
        row = self._connection.execute("SELECT id, coalesce(root, id) FROM outbox WHERE key = ? AND place = ?", (earlier, place))
        return self._plan(key, place, asker, at, reply, tuple(platforms), row.fetchone())

    def _live(self, card: str, place: str) -> tuple[int, int] | None:
        """The newest version of a card in a place, and the message that it is a version of."""
        found: tuple[int, int] | None = self._connection.execute(
            "SELECT id, coalesce(root, id) FROM outbox WHERE card = ? AND place = ? ORDER BY id DESC LIMIT 1", (card, place)
        ).fetchone()
        return found

    def _stands_on(self, root: int, platforms: tuple[str, ...]) -> tuple[str, ...]:
        """The connected platforms to which a card was or will be brought; these ones when there are none."""
        rows = self._connection.execute(
            "SELECT DISTINCT platform FROM delivery JOIN outbox ON outbox.id = delivery.message "
            "WHERE (outbox.id = ? OR outbox.root = ?) AND state != 'failed' ORDER BY platform",
            (root, root),
        )
        found = [platform for (platform,) in rows if platform in {*self.connected, *platforms}]
        return tuple(sorted(found, key=lambda one: (one not in platforms, one))) or platforms

    def _plan(  # noqa: PLR0917 - a row of the table
        self, key: str, place: str, asker: str | None, at: datetime, reply: Reply, platforms: tuple[str, ...],
        before: tuple[int, int] | None, *, lapsed: bool = False,
    ) -> int | None:  # fmt: skip
        reply = self.fit(place, reply)
        replaces, root = before or (None, None)
        urgent = int((reply.kind == "urgent" or reply.urgent) and not lapsed)
        row = self._connection.execute(
            "INSERT INTO outbox (key, place, asker, urgent, body, at, card, replaces, root, lapsed, about) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING RETURNING id",
            (
                key, place, asker, urgent, _REPLY.dump_json(reply).decode(), at.isoformat(), reply.card, replaces, root,
                int(lapsed), None if reply.card else reply.data.get("handover"),
            ),
        ).fetchone()  # fmt: skip
        if row is None:
            return None
        self._mention(row[0], reply)
        self.shown(place, asker, reply, at)
        self._connection.executemany(
            "INSERT INTO delivery (message, platform, place, urgent) VALUES (?, ?, ?, ?)",
            [(row[0], platform, place, urgent) for platform in platforms],
        )
        return int(row[0])

    def _mention(self, number: int, reply: Reply) -> None:
        """Remembers which handovers a message names, also one that is still being made: with it goes what was said of it."""
        about = reply.card.partition("/")[0] if reply.card else reply.data.get("handover")
        made = {str(reply.data["reference"])} if reply.data.get("reference") else set()  # a page of the conversation that makes it
        for reference in sorted({*references_in(reply.text), *made} - {about}):
            self._connection.execute(
                "INSERT INTO mention SELECT :reference, :number WHERE EXISTS (SELECT 1 FROM handover WHERE reference = :reference) "
                "OR EXISTS (SELECT 1 FROM conversation WHERE reference = :reference)",
                {"reference": reference, "number": number},
            )

    def message(self, number: int) -> tuple[Envelope, str | None] | None:
        """A message of ours and who had asked for it; None when it is unknown or its body has been forgotten."""
        if number >= 2**63:  # no number of ours, and more than SQLite can look up
            return None
        row = self._connection.execute(f"{_SELECT} WHERE id = ?", (number,)).fetchone()
        return (_envelope(row), row[6]) if row and row[3] else None

    def last_said_to(self, place: str, asker: str | None) -> Envelope | None:
        """The newest message in a place that answered this person."""
        row = self._connection.execute(
            f"{_SELECT} WHERE place = ? AND asker IS ? AND body IS NOT NULL ORDER BY id DESC LIMIT 1", (place, asker)
        ).fetchone()
        return _envelope(row) if row else None

    def cards_in(self, place: str, most: int) -> list[tuple[int, Reply]]:
        """The cards among the newest messages in a place: under which number each was posted, and how it stands there now."""
        rows = self._connection.execute(
            "SELECT coalesce(root, id), card, body FROM outbox WHERE place = ? AND body IS NOT NULL AND NOT lapsed "
            "ORDER BY id DESC LIMIT ?",
            (place, most),
        )
        found: dict[str, tuple[int, Reply]] = {}
        for posted, card, body in rows:
            if card is not None:
                found.setdefault(card, (posted, read_reply(body)))
        return list(found.values())

    def forget_bodies(self, sent_before: datetime, refusals_before: datetime) -> int:
        """Blanks what was sent before this moment; returns how many messages that were (rules: what is kept).

        A refusal is blanked sooner: what it offers back is what somebody typed, be it without the personal data that was found.
        So is what reads a change of the contact list back: it may never be confirmed. What is asked about an open handover stays:
        the answer may take a holiday.
        """
        done = self._connection.execute(
            "UPDATE outbox SET body = NULL WHERE body IS NOT NULL AND card IS NULL "
            "AND NOT EXISTS (SELECT 1 FROM delivery WHERE message = outbox.id AND state NOT IN ('sent', 'failed')) "
            "AND EXISTS (SELECT 1 FROM delivery WHERE message = outbox.id AND state = 'sent' "
            "AND (sent_at < ? OR (sent_at < ? AND (outbox.body ->> '$.kind' = 'refusal' "
            "OR outbox.body ->> '$.data.wijziging' IS NOT NULL)))) "
            "AND NOT (about IS NOT NULL AND body ->> '$.data.flow' IS NOT NULL AND EXISTS "
            "(SELECT 1 FROM handover WHERE reference = outbox.about AND next_at IS NOT NULL))",
            (in_order(sent_before), in_order(refusals_before)),
        )
        return done.rowcount

    def forget_undelivered(self, said_before: datetime, refusals_before: datetime) -> int:
        """Blanks what was said before this moment and arrived nowhere, nor will: it is kept no longer than what did arrive."""
        done = self._connection.execute(
            "UPDATE outbox SET body = NULL WHERE body IS NOT NULL AND card IS NULL "
            "AND (datetime(at) < datetime(?) OR (datetime(at) < datetime(?) AND body ->> '$.kind' = 'refusal')) "
            "AND NOT EXISTS (SELECT 1 FROM delivery WHERE message = outbox.id AND state != 'failed')",
            (said_before.isoformat(), refusals_before.isoformat()),
        )
        return done.rowcount

    def forget_cards(self, sent_before: datetime, live_before: datetime) -> int:
        """Blanks what lives on and was sent before this moment; the card of an open handover stays: its controls must work.

        So does the newest of any other card with controls, until it was sent before `live_before`: an agreement of next month can
        be ticked off, and a question that somebody finds after their holiday can be answered.
        """
        done = self._connection.execute(
            "UPDATE outbox SET body = NULL WHERE body IS NOT NULL AND card IS NOT NULL "
            "AND NOT EXISTS (SELECT 1 FROM handover WHERE next_at IS NOT NULL AND reference = outbox.body ->> '$.data.handover') "
            "AND NOT EXISTS (SELECT 1 FROM delivery WHERE message = outbox.id AND state NOT IN ('sent', 'failed')) "
            "AND EXISTS (SELECT 1 FROM delivery WHERE message = outbox.id AND state = 'sent' AND sent_at < ?) "
            "AND NOT (body ->> '$.data.handover' IS NULL AND body ->> '$.options' != '[]' "
            "AND id = (SELECT max(id) FROM outbox AS newest WHERE newest.card = outbox.card AND newest.place = outbox.place) "
            "AND EXISTS (SELECT 1 FROM delivery WHERE message = outbox.id AND sent_at >= ?))",
            (in_order(sent_before), in_order(live_before)),
        )
        return done.rowcount


def in_order(moment: datetime) -> str:
    """A moment as text that compares as the moment does, whatever zone it was said in."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def read_reply(body: str) -> Reply:
    """A reply as it was planned."""
    found: Reply = _REPLY.validate_json(body)
    return found


def _envelope(row: tuple[Any, ...]) -> Envelope:
    number, place, at, body, replaces, key, _asker = row
    return Envelope(number, place, datetime.fromisoformat(at), read_reply(body), replaces=replaces, key=key)
