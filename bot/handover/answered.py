"""An answer in words to a short question about a handover: which one, who instead, until when and why, what is asked back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.handover import acts, asking_back, onward, quiet
from bot.handover import rows as handovers
from bot.handover.acts import Matter
from bot.handover.days import quiet_until
from bot.handover.listen import spoken
from bot.handover.steps import refused_for, stepped
from bot.handover.which import WHICH, is_one_of
from bot.messages import Line, Reply
from bot.named import is_sure, named_people
from bot.talk.choose import choice_in_words
from bot.talk.flow import Page
from bot.talk.read_answer import command_in, find_option
from bot.talk.stuck import MOST, TRIED
from knowledge.handover_lists import reason_in
from knowledge.text import fold, split

if TYPE_CHECKING:
    import sqlite3

    from bot.context import Context
    from bot.handover.heard import Heard
    from bot.handover.rows import Handover

MOST_WORDS = 8
"""A name in more words is about something else."""

NEVER_MIND = frozenset({"stop", "geen"})


@dataclass(frozen=True)
class Answering:
    """What somebody types after such a question."""

    connection: sqlite3.Connection
    context: Context
    last: Reply

    def choice(self, text: str) -> str | None:
        """The option that was typed: its number, its label or nearly that; of several handovers also a word of its reference."""
        options = self.last.options
        near = find_option(fold(text).strip(" .!"), Page("", "", (), options))
        if found := choice_in_words(text, self.last) or (near[0] if near else None):
            return found
        if self.last.data["step"] == WHICH and (meant := is_one_of(text, [one.id.partition("|")[0] for one in options])):
            return next(one.id for one in options if one.id.startswith(meant))
        return None

    def in_words(self, text: str, heard: Heard | None) -> list[Reply] | None:
        """The replies to what is no option; None when it is about something else."""
        one = handovers.by_reference(self.connection, str(self.last.data.get("handover", "")))
        words = self.context.world.words
        if command_in(text, words) in NEVER_MIND or " ".join(split(text)) in words.list("overdracht-daden.laat-maar"):
            return self._never_mind(one)
        if one is None:
            return None
        matter = Matter(self.connection, self.context, one, typed=True)
        match self.last.data["step"]:
            case quiet.UNTIL | quiet.WHY if not refused_for(self.context, one, "pauzeren"):
                return self._quiet(matter, text)
            case asking_back.QUESTION:
                return self._question(matter, text, heard)
            case onward.ELSE | onward.NEXT if len(text.split()) <= MOST_WORDS:
                return self._somebody(matter, text, heard)
        return None

    def _never_mind(self, one: Handover | None) -> list[Reply]:
        if one is None:
            return [Reply("confirmation", (Line(self.context.world.words.say("overdracht.niets-veranderd")),))]
        return acts.unchanged(Matter(self.connection, self.context, one))

    def _quiet(self, matter: Matter, text: str) -> list[Reply] | None:
        """A day, a reason, or both; what was said before still counts."""
        typed, world = split(text), self.context.world
        reason = reason_in(typed, world.library.handover.pauses) or self.last.data.get("reason")
        until = quiet_until(typed, self.context.today, world.calendar)
        if until is None and self.last.data["step"] == quiet.WHY and reason:
            return stepped(matter, quiet.WHY, f"{self.last.data['until']}|{reason}")
        if until:
            return stepped(matter, quiet.UNTIL, f"{until}|{reason}" if reason else f"{until}")
        return quiet.ask_until(matter, str(reason)) if reason and self.last.data["step"] == quiet.UNTIL else None

    def _question(self, matter: Matter, text: str, heard: Heard | None) -> list[Reply] | None:
        """What whoever asks back wants to know, if it is typed soon."""
        asked = asking_back.asked_back(self.connection, matter.handover)
        if heard or asked is None or asked.person != matter.me or self.context.now - asked.at > asking_back.SOON:
            return None
        said = spoken(text, self.context)
        return acts.ask_back(matter, said) if said else None

    def _somebody(self, matter: Matter, text: str, heard: Heard | None) -> list[Reply] | None:
        """Somebody who could do it instead."""
        step, one = str(self.last.data["step"]), matter.handover
        other_wish = heard and (heard.reference or heard.wish not in {None, "kan-niet", "zet-over"})
        if other_wish or (step == onward.ELSE and one.state != "declined"):
            return None
        people = named_people(text, self.context, {self.context.sender or ""})
        if len(people) != 1 or not is_sure(text, self.context):
            return [self._who_again(matter, step)]
        return stepped(matter, step, people[0].id)

    def _who_again(self, matter: Matter, step: str) -> Reply:
        """Asks it again, at most twice in a row."""
        tried = int(self.last.data.get(TRIED, 0)) + 1
        if tried > MOST:
            return Reply("confirmation", (Line(matter.look.say("niet-herkend-blijft")),))
        again = onward.question(matter, step, self.context.place, note=matter.look.say("niet-herkend"))
        return replace(again, data={**again.data, TRIED: tried})
