"""What somebody typed or tapped about a handover: which one is meant, whether they may, and then it is done.

None is returned when it is about something else. Rights are looked at here, at the moment of the act (rules: rights).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, cast

from bot.answers.general import refuse_stranger
from bot.answers.handovers import factors_reply, history_reply, overview
from bot.handover import acts, life, onward, quiet
from bot.handover import rows as handovers
from bot.handover.acts import Matter
from bot.handover.card import DEEDS, Look, controls
from bot.handover.days import quiet_until
from bot.handover.heard import Heard, hear, reference_in, without_reference
from bot.handover.onward import FLOW
from bot.handover.steps import refused_for, stepped
from bot.messages import Line, Option, Reply
from bot.named import is_sure, named_people
from bot.privacy import Findings, cleared_here
from bot.store import conversations
from bot.store.outbox import Outbox
from bot.talk.by_number import control_by_number
from bot.talk.choose import choice_in_words
from bot.talk.flow import Page
from bot.talk.read_answer import find_option
from knowledge.text import fold, read, split

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from bot.context import Context
    from bot.handover.heard import Wish
    from bot.handover.rights import Deed
    from bot.handover.rows import Handover

WISHED: dict[Wish, Deed] = {
    "neem": "overnemen", "toch-niet": "toch-niet", "kan-niet": "afwijzen", "vraag-terug": "terugvragen",
    "terugkoppelen": "terugkoppelen", "sluit": "sluiten", "heropen": "heropenen", "trek-in": "intrekken", "pauzeer": "pauzeren",
    "trager": "pauzeren", "zet-over": "omzetten", "gebeld": "gebeld", "niet-bereikt": "gebeld", "stand": "zien",
    "belooft": "terugkoppelen",
    "factoren": "factoren",
}  # fmt: skip
"""What each wish is in the table of rights."""

SIMPLE: dict[str, Callable[[Matter], list[Reply]]] = {
    "toch-niet": acts.take_back, "vraag-terug": acts.ask_back, "terugkoppelen": acts.report, "sluit": acts.close,
    "heropen": acts.reopen, "trek-in": acts.withdraw, "gebeld": acts.called, "niet-bereikt": acts.not_reached,
    "pauzeer": quiet.ask_until,
}  # fmt: skip
"""What is done without anything more being known."""

WHICH = "welke-overdracht"
MOST_WORDS = 8
"""An answer with more words is about something else."""

OVER_FOR = timedelta(days=14)
"""What was closed longer ago cannot be opened again: five working days are never more days."""

FOR_STRANGERS = ("open", "neem")
"""What a stranger is refused also without a reference; else the words may be about anything."""


@dataclass(frozen=True)
class HandoverTalk:
    """What one person says about handovers, at one moment in one place."""

    connection: sqlite3.Connection
    context: Context

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

    def _hear(self, text: str) -> Heard | None:
        """What is wanted with a handover; danger and personal data go before it (rules: what `ask` answers)."""
        world = self.context.world
        heard = hear(text, world.words, world.library.phase_card.reference, self.context.today, world.calendar)
        if heard is None or world.understanding.read(text, world.names).danger:
            return None
        return None if isinstance(cleared_here(without_reference(text, heard), self.context), Findings) else heard

    def said(self, text: str, last: Reply | None) -> list[Reply] | None:
        """The replies to a text; None when it is not about a handover."""
        if last and last.data.get("flow") == FLOW and (found := self._answered(text, last)):
            return found
        heard = self._hear(text)
        if heard is None:
            meant = control_by_number(text, self.context, Outbox(self.connection))
            return self.chose(*meant) if meant else None
        if self.context.standing == "vreemde":
            theirs = heard.reference or heard.wish in FOR_STRANGERS
            return [refuse_stranger(self.context)] if theirs else None
        if heard.reference:
            return self._named(heard, heard.reference, text)
        if heard.wish == "open":
            return [overview(self.connection, self.context, mine="mij" in fold(text))]
        return self._unnamed(heard, text)

    def _named(self, heard: Heard, reference: str, text: str) -> list[Reply] | None:
        """What names a reference: that handover, or the word that there is none; another thing may bear it (a scan, a case)."""
        one = handovers.by_reference(self.connection, reference)
        if one:
            return self._about(one, heard, text)
        other = heard.wish is None or conversations.by_reference(self.connection, reference)
        lines = (Line(self.context.world.words.say("overdracht.onbekend", kenmerk=reference)),)
        return None if other else [Reply("notfound", lines)]

    def chose(self, offered: Reply, options: tuple[str, ...]) -> list[Reply] | None:
        """The replies to a control of a message about a handover."""
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

    def _unnamed(self, heard: Heard, text: str) -> list[Reply] | None:
        """A wish without a reference: the handover here with which it can be done, or which of several."""
        assert heard.wish is not None
        deed = WISHED[heard.wish]
        near = self._near(heard.wish)
        fit = [one for one in near if not refused_for(self.context, one, deed)]
        if heard.wish in {"neem", "kan-niet", "vraag-terug"}:
            fit = [one for one in fit if one.state in {"offered", "declined"}] or fit
        elif heard.wish in {"toch-niet", "terugkoppelen", "belooft"}:
            fit = [one for one in fit if one.state == "accepted"] or fit
        if len(fit) == 1:
            return self._about(fit[0], heard, text)
        if fit:
            return [self._which(fit, heard)]
        if heard.wish == "belooft":
            return None
        meant = len(heard.rest) < 2 or "overdracht" in fold(text)
        if not meant or not (near or heard.wish == "neem"):
            return None
        words = self.context.world.words
        return [Reply("refusal", (Line(words.say("overdracht.geen-open")),), data={"reason": "rights"})]

    def _near(self, wish: str) -> list[Handover]:
        """The handovers this place or this person has to do with."""
        koppel, sender = self.context.origin, self.context.sender or ""
        over = handovers.over_since(self.connection, self.context.now - OVER_FOR) if wish == "heropen" else []
        if koppel in self.context.network.koppel_by_id:
            return [*handovers.open_in(self.connection, koppel), *(one for one in over if one.koppel == koppel)]
        mine = handovers.open_of(self.connection, sender)
        known = {one.reference for one in mine}
        pairs = [one.id for one in self.context.network.koppels if sender in one.contacts]
        around = [one for pair in pairs for one in handovers.open_in(self.connection, pair) if one.reference not in known]
        known |= {one.reference for one in around}
        stood_in = [one for one in self._stood_in(sender) if one.reference not in known]
        return [*mine, *around, *stood_in, *(one for one in over if sender in {one.giver, one.holder})]

    def _stood_in(self, sender: str) -> list[Handover]:
        """What is open at those whose deputy this person is."""
        people = [one.id for one in self.context.network.people if one.deputy == sender]
        return [one for who in people for one in handovers.open_of(self.connection, who) if one.addressee == who]

    def _which(self, fit: list[Handover], heard: Heard) -> Reply:
        """Several are open: which one? Its answer in words begins with the reference."""
        say = self.context.world.words.say
        looks = [Look(one, self.context.world, self.context.now) for one in fit[:9]]
        lines = [Line(say("overdracht.welke"), "headline")]
        options = []
        for number, look in enumerate(looks, start=1):
            other = look.handover.giver if look.handover.giver != self.context.sender else look.handover.addressee
            label = look.say("welke-optie", wie=look.name(other))[:40]
            options.append(Option(f"{look.handover.reference}|{heard.wish}", label))
            lines.append(Line(f"{number}. {label}", "list"))
        data: dict[str, object] = {"flow": FLOW, "step": WHICH, "calls": heard.calls, "comes": heard.comes}
        data["day"] = heard.day.isoformat() if heard.day else None
        data["until"] = heard.until.isoformat() if heard.until else None
        return Reply("choice", tuple(lines), tuple(options), data=data)

    def _about(self, one: Handover, heard: Heard, text: str) -> list[Reply] | None:
        """One handover, and what is wanted with it."""
        wish = heard.wish or "stand"
        if wish in {"stand", "open"}:
            return [history_reply(self.connection, self.context, one)]
        matter = Matter(self.connection, self.context, one, typed=True)
        if refused := refused_for(self.context, one, WISHED[wish]):
            return refused
        match wish:
            case "neem" | "belooft" if wish == "neem" or one.state == "accepted":
                return acts.take(matter, *heard.promise)
            case "kan-niet" | "zet-over":
                return self._to_somebody(matter, wish, text)
            case "pauzeer" | "trager":
                return self._quiet(matter, wish, heard, text)
            case "belooft":
                return None
            case "factoren":
                return [factors_reply(self.connection, self.context, one)]
            case _:
                return SIMPLE[wish](matter)

    def _to_somebody(self, matter: Matter, wish: str, text: str) -> list[Reply]:
        people = named_people(text, self.context, {self.context.sender or ""})
        sure = len(people) == 1 and is_sure(text, self.context)
        if wish == "kan-niet":
            return onward.decline(matter, people[0].id if sure else None)
        if not sure:
            return [onward.question(matter, onward.NEXT, self.context.place)]
        return onward.pass_on(matter, people[0].id)

    def _quiet(self, matter: Matter, wish: str, heard: Heard, text: str) -> list[Reply]:
        reason = quiet.reason_in(text, matter)
        until = quiet.SLOWER if wish == "trager" else heard.until.isoformat() if heard.until else None
        if until and reason:
            return quiet.be_quiet(matter, until, reason)
        return quiet.ask_why(matter, until) if until else quiet.ask_until(matter)

    # Questions in between

    def _answered(self, text: str, last: Reply) -> list[Reply] | None:
        """An answer in words to a question about a handover."""
        near = find_option(fold(text).strip(" .!"), Page("", "", (), last.options))
        chosen = choice_in_words(text, last) or (near[0] if near else None)
        if chosen:
            return self.chose(last, (chosen,))
        if len(text.split()) > MOST_WORDS or "handover" not in last.data:
            return None
        one = handovers.by_reference(self.connection, str(last.data["handover"]))
        day = quiet_until(split(text), self.context.today, self.context.world.calendar)
        if last.data["step"] == quiet.UNTIL and one and day:
            return stepped(Matter(self.connection, self.context, one, typed=True), quiet.UNTIL, day.isoformat())
        if last.data["step"] not in {onward.ELSE, onward.NEXT}:
            return None
        heard = self._hear(text)
        if one is None or one.state != "declined" or (heard and (heard.reference or heard.wish not in {"kan-niet", "zet-over"})):
            return None
        people = named_people(text, self.context, {self.context.sender or ""})
        matter = Matter(self.connection, self.context, one, typed=True)
        step = str(last.data["step"])
        if len(people) != 1 or not is_sure(text, self.context):
            return [onward.question(matter, step, self.context.place, note=matter.look.say("niet-herkend"))]
        return stepped(matter, step, people[0].id)

    def _meant(self, last: Reply, option: str) -> list[Reply] | None:
        """Which of several was meant, and then what was wanted with it."""
        reference, _, wish = option.partition("|")
        one = handovers.by_reference(self.connection, reference)
        day, until = last.data.get("day"), last.data.get("until")
        heard = Heard(
            reference, cast("Wish", wish), (), (), calls=bool(last.data["calls"]), comes=bool(last.data["comes"]),
            day=date.fromisoformat(str(day)) if day else None, until=date.fromisoformat(str(until)) if until else None,
        )  # fmt: skip
        return self._about(one, heard, "") if one else None
