"""What somebody typed or tapped about a handover: which one is meant, whether they may, and then it is done.

None is returned when it is about something else. Rights are looked at where it is done, at the moment of the act (rules: rights).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from bot.answers.general import refuse_stranger
from bot.answers.handovers import overview
from bot.handover import acts, asking_back, life, onward
from bot.handover import rows as handovers
from bot.handover.acts import Matter
from bot.handover.answered import Answering
from bot.handover.card import DEEDS, Look, controls
from bot.handover.does import SIMPLE, done_with
from bot.handover.heard import Heard, reference_in, without_reference
from bot.handover.listen import is_clean, listen, spoken
from bot.handover.moving import not_theirs_to_move
from bot.handover.possible import deed_of, possible
from bot.handover.spoken import OF_LATE, is_just_asked, spoken_of
from bot.handover.steps import refused_for, stepped
from bot.handover.told import FLOW
from bot.handover.unclear import unclear
from bot.handover.which import NO, WHETHER, WHICH, calls_too, fitting, in_order, is_rash, is_unsaid, meant, near, whether, which
from bot.handover.yes_no import answered_shortly
from bot.messages import Line, Reply, Said
from bot.store import conversations
from bot.store.outbox import Outbox
from bot.talk.by_number import control_by_number
from bot.talk.choose import choice_in_words
from knowledge.text import fold, read

if TYPE_CHECKING:
    import sqlite3
    from datetime import timedelta

    from bot.context import Context
    from bot.handover.heard import Wish
    from bot.handover.rows import Handover
    from bot.messages import Inbound

FOR_STRANGERS = ("open", "neem")
"""What a stranger is refused also without a reference; else the words may be about anything."""

ANSWER: Wish = "antwoord"

CALLS: frozenset[Wish] = frozenset({"gebeld", "niet-bereikt"})
"""What is said of a call alone: "moeder neemt niet op" is of no handover."""

QUIET: frozenset[Wish] = frozenset({"pauzeer", "trager", "hervat"})
"""What is said of reminders: of nothing else than a handover."""

PROMISE = 4
"""Words of a promise behind "ik neem het over": "ik bel morgen vroeg"."""


def handover_talk(inbound: Inbound, connection: sqlite3.Connection, context: Context) -> HandoverTalk:
    """What one message may say about handovers."""
    edited = isinstance(inbound, Said) and inbound.edits is not None
    return HandoverTalk(connection, context, replied_to(inbound, Outbox(connection)), edited=edited)


def replied_to(inbound: Inbound, outbox: Outbox) -> str | None:
    """The reference of the handover that a message is a reply to; None when it is none."""
    known = outbox.message(inbound.answers) if isinstance(inbound, Said) and inbound.answers else None
    return str(known[0].reply.data["handover"]) if known and known[0].reply.data.get("handover") else None


@dataclass(frozen=True)
class HandoverTalk:
    """What one person says about handovers, at one moment in one place."""

    connection: sqlite3.Connection
    context: Context
    about: str | None = None
    """The handover whose card or reminder this is a reply to, by its reference."""
    edited: bool = False
    """Whether an earlier message was changed into this: since then its numbers may stand for something else."""

    def names_one(self, text: str) -> bool:
        """Whether a text names a handover that there is: then it is about that, whatever else is going on here."""
        named = reference_in(text, self.context.world.library.phase_card.reference)
        return bool(named and handovers.by_reference(self.connection, named) and self._hear(text))

    def concerns(self, text: str) -> bool:
        """Whether a text that is said among others is about a handover: it names one, or is just a control of the one open here."""
        if self.names_one(text):
            return True
        found = handovers.open_in(self.connection, self.context.place)
        if len(found) != 1:
            return False
        labels = controls(Look(found[0], self.context.world, self.context.now), self.context.place)
        return read(text) in {read(option.label) for option in labels}

    def answered(self, text: str, last: Reply | None) -> list[Reply] | None:
        """The replies to an answer in words to a question about a handover; None when it was no such question, or no answer."""
        if last is None or last.data.get("flow") != FLOW:
            return None
        answering = Answering(self.connection, self.context, last)
        if (chosen := answering.choice(text)) is not None:
            return self.chose(last, (chosen,))
        return answering.in_words(text, self._hear(text))

    def said(self, text: str, last: Reply | None) -> list[Reply] | None:
        """The replies to a text; None when it is not about a handover."""
        if last and last.kind == "refusal" and choice_in_words(text, last):
            return self.said(str(last.data.get("suggestion", "")), None)
        if found := self.answered(text, last):
            return found
        heard = self._hear(text)
        if not self.edited and (number := self._by_number(text, heard)):
            return self.chose(*number)
        if self.context.standing == "vreemde":
            theirs = heard is not None and (heard.reference or heard.wish in FOR_STRANGERS)
            return [refuse_stranger(self.context)] if theirs else None
        if heard is None:
            short = answered_shortly(text, self.connection, self.context) or self._answers_back(text)
            return short or unclear(text, self.connection, self.context)
        if heard.reference:
            return self._named(heard, heard.reference)
        if "open" in heard.wishes[:1]:
            return [overview(self.connection, self.context, mine="mij" in fold(text))]
        short = self._unnamed(heard) or answered_shortly(text, self.connection, self.context)
        return short or self._answers_back(text) or self._nothing_here(heard, text)

    def chose(self, offered: Reply, options: tuple[str, ...]) -> list[Reply] | None:
        """The replies to a control of a message about a handover."""
        if offered.kind == "refusal" and options and offered.data.get("suggestion"):
            return self.said(str(offered.data["suggestion"]), None)
        if not options or ("handover" not in offered.data and offered.data.get("flow") != FLOW):
            return None
        if self.context.standing == "vreemde":
            return [refuse_stranger(self.context)]
        if offered.data.get("step") == WHICH:
            return self._meant(offered, options[0])
        one = handovers.by_reference(self.connection, str(offered.data["handover"]))
        if one is None or options[0] not in {option.id for option in offered.options}:
            return [Reply("help", (Line(self.context.world.words.say("algemeen.keuze-verlopen")),))]
        matter = Matter(self.connection, self.context, one)
        if offered.data.get("step") == WHETHER:
            return acts.unchanged(matter) if options[0] == NO else self._meant(offered, options[0])
        if offered.data.get("step") == asking_back.ANSWER:
            return asking_back.answered(matter, options[0], str(offered.data["note"]))
        if offered.data.get("flow") == FLOW:
            return stepped(matter, str(offered.data["step"]), options[0])
        return self._pressed(matter, options[0])

    def undid(self, offered: Reply, options: tuple[str, ...]) -> list[Reply] | None:
        """A stray reaction taken away is "toch niet", as long as that is in time; later it changes nothing (rules: handovers)."""
        if "handover" not in offered.data or not any(option.startswith("neem-") for option in options):
            return None
        one = handovers.by_reference(self.connection, str(offered.data["handover"]))
        mine = one is not None and one.state == "accepted" and one.holder == self.context.sender
        if one is None or not mine or not life.may_take_back(one, self.context.now):
            return None
        return acts.take_back(Matter(self.connection, self.context, one))

    def _pressed(self, matter: Matter, option: str) -> list[Reply]:
        control, _, moment = option.partition(":")
        deed = DEEDS[control]
        if refused := refused_for(self.context, matter.handover, deed):
            return refused
        if control in SIMPLE:
            return SIMPLE[control](matter)
        if control == "kan-niet":
            return onward.decline(matter, None)
        if control.endswith("-langs"):
            return acts.take(matter, "langs", None)
        today = self.context.today
        day = max(datetime.fromisoformat(moment).date(), today) if moment else today
        return acts.take(matter, "bel", day)

    # In words

    def _by_number(self, text: str, heard: Heard | None) -> tuple[Reply, tuple[str, ...]] | None:
        """A number alone, or with a reference: the control of that number."""
        number = without_reference(text, heard) if heard else text
        about = heard.reference if heard else self.about
        return control_by_number(number, self.context, Outbox(self.connection), about)

    def _hear(self, text: str) -> Heard | None:
        """What is wanted with a handover; danger and personal data go before it (rules: what `ask` answers)."""
        heard = listen(text, self.context, close=self._is_close())
        if heard is None or self.context.world.understanding.read(text, self.context.world.names).danger:
            return None
        return replace(heard, note=spoken(text, self.context) or "") if is_clean(text, heard, self.context) else None

    def _spoken_of(self, within: timedelta = OF_LATE) -> bool:
        """Whether a handover was the last that was spoken of here, or this is a reply to what was said of one."""
        return bool(self.about) or spoken_of(self.connection, self.context, within)

    def _is_close(self) -> bool:
        """Whether a few words may be about a handover: one was spoken of last, or this person has just been asked for one."""
        return self._spoken_of() or is_just_asked(self.connection, self.context)

    def _named(self, heard: Heard, reference: str) -> list[Reply] | None:
        """What names a reference: that handover, or the word that there is none; another thing may bear it (a scan, a case)."""
        one = handovers.by_reference(self.connection, reference)
        if one:
            wishes = [wish for wish in heard.wishes if possible(wish, one, self.context)]
            said: tuple[Wish, ...] = (*wishes, *((heard.wish,) if heard.wish else heard.wishes), "stand")
            return self._with_one(one, heard, said[0])
        other = heard.wish is None or conversations.by_reference(self.connection, reference)
        lines = (Line(self.context.world.words.say("overdracht.onbekend", kenmerk=reference)),)
        return None if other else [Reply("notfound", lines)]

    def _unnamed(self, heard: Heard) -> list[Reply] | None:
        """A wish without a reference: the handover here with which it can be done, or which of several."""
        close = self._is_close()
        for wish in in_order(self.connection, self.context, heard):
            if wish == "open":
                return [overview(self.connection, self.context, mine="mij" in fold(heard.note))]
            fit = self._meant_ones(fitting(self.connection, self.context, heard, wish, close=close))
            if several := calls_too(self.connection, self.context, heard, wish, fit):
                return [several]
            if wish == "trek-in" and (found := self._perhaps(fit, heard)):
                return found
            if len(fit) == 1 and (found := self._with_one(fit[0], heard, wish)):
                return found
            if len(fit) > 1:
                return [which(fit, heard, wish, self.context)]
            if wish == "zet-over" and (refused := not_theirs_to_move(self.connection, self.context, heard)):
                return refused
        return None

    def _with_one(self, one: Handover, heard: Heard, wish: Wish) -> list[Reply] | None:
        """It is done with the only one that may be meant; what may be about something else is asked first."""
        if is_unsaid(heard, wish):
            return acts.unchanged(Matter(self.connection, self.context, one))
        if is_rash(one, heard, wish, self.context, meant=one.reference in {self.about, heard.reference}):
            return [whether(one, heard, wish, self.context)]
        return done_with(self.connection, self.context, one, heard, wish)

    def _meant_ones(self, found: list[Handover]) -> list[Handover]:
        """Those of which this is a reply, where it is one; else all."""
        return [one for one in found if one.reference == self.about] or found

    def _nothing_here(self, heard: Heard, text: str) -> list[Reply] | None:
        """Said in so many words, but there is nothing with which this person can do it: why not."""
        wish = heard.wish or next((one for one in heard.wishes[:1] if one in QUIET or one == "sluit"), None)
        asked_in_general = wish == "factoren" and self.context.place not in self.context.network.koppel_by_id
        if wish is None or wish == "belooft" or asked_in_general:
            return None
        around = [one for one in near(self.connection, self.context, wish) if one.sort == "bel" or wish not in CALLS]
        few = len(heard.rest) < 2 or (wish == "neem" and len(heard.rest) <= PROMISE and heard.promise[0])
        meant_here = few or "overdracht" in fold(text) or (wish in QUIET and (heard.until or heard.reason))
        perhaps = not meant_here and wish == "sluit" and heard.strays == 0 and self._spoken_of()
        may_be = around if meant_here or perhaps else []
        fit = [one for one in may_be if not refused_for(self.context, one, deed_of(wish, one))]
        if len(fit) == 1:
            return [whether(fit[0], heard, wish, self.context)] if perhaps else self._with_one(fit[0], heard, wish)
        if fit:
            return [which(fit, heard, wish, self.context)]
        if not meant_here or not (around or wish == "neem"):
            return None
        mine = [one for one in around if self.context.sender in {one.giver, one.addressee, one.holder}]
        if len(mine) == 1:
            return refused_for(self.context, mine[0], deed_of(wish, mine[0]))
        words = self.context.world.words
        return [Reply("refusal", (Line(words.say("overdracht.geen-open")),), data={"reason": "rights"})]

    def _perhaps(self, fit: list[Handover], heard: Heard) -> list[Reply] | None:
        """Asks whether this is the answer to what was asked back, or means that it is no longer needed."""
        asked = [one for one in asking_back.waiting(self.connection, self.context) if one in fit]
        if len(asked) != 1 or not heard.note or asking_back.withdraws_for_sure(heard, self.context):
            return None
        return asking_back.ask_whether(Matter(self.connection, self.context, asked[0]), heard.note, perhaps_withdrawn=True)

    def _answers_back(self, text: str) -> list[Reply] | None:
        """What the giver says to a question back: it goes to whoever asked."""
        asked = self._meant_ones(asking_back.waiting(self.connection, self.context))
        if not asked or not asking_back.answers(text, self.context) or (said := spoken(text, self.context)) is None:
            return None
        if len(asked) == 1:
            matter = Matter(self.connection, self.context, asked[0], typed=True)
            sure = asking_back.is_sure(text, self.context)
            if sure and (self.about == asked[0].reference or self._spoken_of(asking_back.SOON)):
                return asking_back.pass_answer(matter, said)
            return asking_back.ask_whether(matter, said) if sure or asking_back.is_fresh(matter) else None
        heard = Heard(None, None, (), (), note=said)
        return [which(asked, heard, ANSWER, self.context)]

    def _meant(self, last: Reply, option: str) -> list[Reply] | None:
        """Which of several was meant, and then what was wanted with it."""
        reference, wish, heard = meant(last, option)
        one: Handover | None = handovers.by_reference(self.connection, reference)
        if one is None:
            return None
        if wish == ANSWER:
            return asking_back.pass_answer(Matter(self.connection, self.context, one, typed=True), heard.note)
        return done_with(self.connection, self.context, one, heard, wish)
