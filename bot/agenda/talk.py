"""Ticking off an agreement that was announced, by a tap or in words: "gedaan", "werkgroep gedaan"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.agenda import rows as agenda_rows
from bot.agenda.duty import concerned
from bot.agenda.say import DONE, DROPPED, STEP, ticked
from bot.messages import Line, Reply, direct
from knowledge.agreements import agreements_of
from knowledge.text import clean, fold, split

if TYPE_CHECKING:
    import sqlite3

    from bot.agenda.rows import Occasion
    from bot.context import Context
    from knowledge.network import Agreement

SHORT = 8
"""Words of a message that ticks something off; a longer one tells more."""


@dataclass(frozen=True)
class AgendaTalk:
    """One message of one person in one place, and what was announced there."""

    connection: sqlite3.Connection
    context: Context

    def concerns(self, text: str) -> bool:
        return self._meant(text) is not None and bool(agenda_rows.announced_in(self.connection, self.context.place))

    def said(self, text: str, last: Reply | None) -> list[Reply] | None:
        """The replies to a tick in words; None when it is about something else."""
        if last and last.kind in {"question", "choice"}:
            return None
        meant = self._meant(text)
        if meant is None:
            return None
        option, rest = meant
        by_id = self._agreements()
        there = agenda_rows.announced_in(self.connection, self.context.place)
        named = self._named(there, rest) if rest else there
        if rest and not named and self.context.place == direct(self.context.sender or ""):  # announced where others read too
            elsewhere = self._named(agenda_rows.announced_in(self.connection, None), rest)
            named = [one for one in elsewhere if self._may(by_id[one.agreement])]
        if not named:
            return None
        if len({one.agreement for one in named}) > 1:
            return [self._plain("agenda.welke", naam=by_id[named[0].agreement].name)]
        found = self._ticked(named[-1], option)
        agreement = by_id.get(named[-1].agreement)
        if agreement and found[0].kind != "refusal":
            done = self.context.world.words.say("agenda.afgevinkt", naam=agreement.name)
            found.append(Reply("confirmation", (Line(done),)))
        return found

    def _named(self, found: list[Occasion], words: list[str]) -> list[Occasion]:
        by_id = self._agreements()
        return [one for one in found if one.agreement in by_id and _names(by_id[one.agreement], words)]

    def chose(self, offered: Reply, options: tuple[str, ...]) -> list[Reply] | None:
        """The replies to a control of an announcement; None when the message is another."""
        if offered.data.get("flow") != STEP:
            return None
        one = agenda_rows.find(
            self.connection, str(offered.data["agreement"]), str(offered.data["planned"]), self.context.place
        )
        if one is None or one.state != "open":
            return [self._plain("agenda.niet-meer") if one is None else self._plain("algemeen.keuze-verlopen")]
        return self._ticked(one, next(iter(options), ""))

    def _ticked(self, one: Occasion, option: str) -> list[Reply]:
        context, agreement = self.context, self._agreements().get(one.agreement)
        if agreement is None or option not in {DONE, DROPPED}:
            return [self._plain("agenda.niet-meer")]
        if not self._may(agreement):
            return [Reply("refusal", (Line(context.world.words.say("agenda.niet-jij")),), data={"reason": "rights"})]
        after = replace(one, state="done" if option == DONE else "dropped", next_at=None, done_by=context.sender)
        agenda_rows.save(self.connection, after)
        who = context.asker.name if context.asker else context.world.words.say("agenda.machine")
        return [ticked(agreement, after, context.world, who, context.today)]

    def _may(self, agreement: Agreement) -> bool:
        """Whom it concerns, the contacts of the koppel whose place it is, the coordinator."""
        context = self.context
        if context.may("netwerk-wijzigen") or context.standing == "contact":
            return True
        return context.sender in {one.id for one in concerned(agreement, context.network, context.today)}

    def _meant(self, text: str) -> tuple[str, list[str]] | None:
        """Which tick a short text is, and by which words the agreement is named."""
        words = split(fold(clean(text)))
        if not 0 < len(words) <= SHORT:
            return None
        for option in (DONE, DROPPED):
            for phrase in sorted(self.context.world.words.list(f"agenda.woorden-{option}"), key=len, reverse=True):
                ending = split(phrase)
                if words[-len(ending) :] == ending:
                    return option, [word for word in words[: -len(ending)] if word not in {"de", "het", "is", "dat", "die"}]
        return None

    def _agreements(self) -> dict[str, Agreement]:
        return {one.id: one for one in agreements_of(self.context.network)}

    def _plain(self, key: str, **values: str) -> Reply:
        return Reply("help", (Line(self.context.world.words.say(key, **values)),))


def _names(agreement: Agreement, words: list[str]) -> bool:
    """Whether these words are of its name."""
    return set(words) <= {*split(agreement.name), *split(agreement.id)}
