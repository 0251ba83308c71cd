"""Puts a case into a place to train with, takes the votes, and closes it. Works inside one transaction (`§2`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from bot.answers.general import refuse_stranger
from bot.flows.quickscan_share import share_places
from bot.messages import NETWORK_PLACE, Line, Option, Reply, direct
from bot.references import new_reference, references_in
from bot.say import day_in_words
from bot.talk.choose import choice_in_words
from bot.training import rows as training
from bot.training.rows import SUBJECTS, Training
from bot.training.say import CLOSE, FLOW, asked, card_of, noted, place_name, vote_options, worked
from knowledge.text import clean, fold

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from bot.context import Context, World
    from bot.training.rows import Subject
    from knowledge.training import TrainingCase

WEEK = timedelta(days=7)
MOST_PLACES = 10
LIKE = 92.0
"""From which likeness (0-100) a text is meant to begin or close a case."""

LONGEST = 40
"""A longer text says more than that."""


@dataclass(frozen=True)
class Trainer:
    """What one message of one person has to do with cases to train with."""

    connection: sqlite3.Connection
    context: Context

    @property
    def world(self) -> World:
        return self.context.world

    # The doors

    def said(self, text: str, last: Reply | None) -> list[Reply] | None:
        """The replies to a text; None when it is about no case."""
        typed = fold(clean(text)).strip(" .!?")
        if last and last.data.get("flow") == FLOW and last.options and (option := choice_in_words(text, last)):
            return self.chose(last, (option,))
        named = self._named(text)
        current = named or training.open_in(self.connection, self.context.place)
        if current:
            bare = typed.replace(fold(current.reference), "").strip(" :,")
            option = self._meant(bare, current)
            if option:
                return self._done(current, option)
        return self._begun() if not named and self._says(typed, "casus.woorden-begin") else None

    def concerns(self, text: str) -> bool:
        """Whether a text that is said among others names a case, or is just what can be voted on the one here."""
        named = self._named(text)
        here = named or training.open_in(self.connection, self.context.place)
        return named is not None or (here is not None and self._meant(fold(clean(text)).strip(" .!?"), here) is not None)

    def _named(self, text: str) -> Training | None:
        found = (training.by_reference(self.connection, one) for one in references_in(text))
        return next((one for one in found if one), None)

    def chose(self, offered: Reply, options: tuple[str, ...]) -> list[Reply] | None:
        """The replies to a control; None when it belongs to no case."""
        if offered.data.get("flow") != FLOW or not options:
            return None
        if offered.data.get("step") == "plaats":
            place = options[0].removeprefix("in:")
            return self._put(place) if place in self._places() else [self._plain("algemeen.keuze-verlopen")]
        current = training.by_reference(self.connection, str(offered.data.get("casus")))
        return self._done(current, options[0]) if current else [self._plain("algemeen.keuze-verlopen")]

    def undid(self, offered: Reply, options: tuple[str, ...]) -> list[Reply]:
        """A reaction that was taken away: so is the vote, if it is still that one."""
        current = training.by_reference(self.connection, str(offered.data.get("casus")))
        gone = False
        for option in options if current and current.closed is None else ():
            subject, choice = _vote(option)
            assert current is not None
            gone |= training.unvote(self.connection, current.reference, self._person, subject, choice)
        if not gone or current is None:
            return []
        return [self._shown(current), self._aside(self.world.words.say("casus.terug", kenmerk=current.reference))]

    # Beginning

    def _says(self, typed: str, words: str) -> bool:
        return len(typed) <= LONGEST and any(fuzz.ratio(typed, fold(one)) >= LIKE for one in self.world.words.list(words))

    def _begun(self) -> list[Reply]:
        if not self.context.may("casus-plaatsen"):
            return [refuse_stranger(self.context)]
        if self.context.place in {NETWORK_PLACE, *self.context.network.koppel_by_id}:
            return self._put(self.context.place)
        say = self.world.words.say
        options = tuple(Option(f"in:{one}", self._label(one)) for one in self._places())
        lines = [Line(say("casus.waar"), "headline")]
        lines += [Line(f"{number}. {option.label}", "list") for number, option in enumerate(options, start=1)]
        lines.append(Line(say("gesprek.kies-een"), "note"))
        return [Reply("question", tuple(lines), options, data={"flow": FLOW, "step": "plaats"})]

    def _places(self) -> list[str]:
        """The places where this person may put a case: their koppels and the network's own, and of a coordinator every koppel."""
        if not self.context.may("casus-plaatsen"):
            return []
        koppels = share_places(self.context)
        if self.context.may("casus-sluiten"):
            koppels = koppels or list(self.context.network.koppels)
        here = [self.context.place] if self.context.place in self.context.network.koppel_by_id else []
        return list(dict.fromkeys([*here, *(one.id for one in koppels), NETWORK_PLACE]))[-MOST_PLACES:]

    def _label(self, place: str) -> str:
        if place == NETWORK_PLACE:
            return self.world.words.say("casus.in-netwerk")
        return self.context.network.organisation_by_id[self.context.network.koppel_by_id[place].school].name[:40]

    def _put(self, place: str) -> list[Reply]:
        if current := training.open_in(self.connection, place):
            return [self._plain("casus.al-open", kenmerk=current.reference)]
        here, anywhere = training.used(self.connection, place), training.used(self.connection)
        cases = self.world.library.training.values()  # the first of those that were used least
        case = min(cases, key=lambda one: (here[one.id], anywhere[one.id]))
        seed = f"casus|{place}|{self.context.now.timestamp()}"
        reference = new_reference(self.connection, self.world.library.phase_card.reference, seed)
        zone = self.context.network.zone
        closes = (self.context.now.astimezone(zone).replace(tzinfo=None) + WEEK).replace(tzinfo=zone)  # the same time on the clock
        new = Training(reference, case.id, place, self.context.sender, self.context.now, closes)
        training.begin(self.connection, new)
        replies = [asked(new, case, self.world, 0, self.context.today)]
        if place != self.context.place:
            day = day_in_words(closes.date(), self.context.today)
            said = self.world.words.say("casus.geplaatst", kenmerk=reference, plek=place_name(place, self.world), dag=day)
            replies.append(Reply("confirmation", (Line(said),), data={"flow": FLOW, "casus": reference}))
        return replies

    # Voting and closing

    def _meant(self, typed: str, current: Training) -> str | None:
        """The option that was typed: its whole label, or what stands behind its first word ("2", "wijkagent")."""
        if self._says(typed, "casus.woorden-sluiten"):
            return CLOSE
        if current.case not in self.world.library.training:
            return None
        for option in vote_options(self._case(current), self.world):
            label = fold(option.label)
            if typed in {label, *label.split(": ")} or (option.id.startswith("bellen:") and typed == label.split(" ", 1)[-1]):
                return option.id
        return None

    def _done(self, current: Training, option: str) -> list[Reply]:
        """One act on a case: a vote, or closing it. Rights are those of this moment."""
        if not self.context.may("casus-stemmen"):
            return [refuse_stranger(self.context)]
        if current.closed is not None:
            return [self._aside(self.world.words.say("casus.niet-open", kenmerk=current.reference))]
        if option == CLOSE:
            mine = current.starter == self.context.sender
            if not (mine or self.context.may("casus-sluiten")):
                return [self._aside(self.world.words.say("casus.mag-niet-sluiten"))]
            return [closed(self.connection, current, self.world, self.context.now)]
        known = vote_options(self._case(current), self.world) if current.case in self.world.library.training else ()
        if option not in {one.id for one in known}:
            return [self._plain("algemeen.keuze-verlopen")]
        subject, choice = _vote(option)
        before = training.voters(self.connection, current.reference)
        training.vote(self.connection, current.reference, self._person, subject, choice)
        left = [one for one in SUBJECTS if one not in training.voted(self.connection, current.reference, self._person)]
        told = noted(current, subject, choice, self.world, left[0] if left else None)
        more = training.voters(self.connection, current.reference) != before
        return [*([self._shown(current)] if more else []), self._aside_reply(told)]

    def _shown(self, current: Training) -> Reply:
        number = training.voters(self.connection, current.reference)
        return asked(current, self._case(current), self.world, number, self.context.today)

    def _case(self, current: Training) -> TrainingCase:
        return self.world.library.training[current.case]

    @property
    def _person(self) -> str:
        return self.context.sender or ""  # whoever sits at the machine itself

    def _plain(self, key: str, **values: object) -> Reply:
        return Reply("help", (Line(self.world.words.say(key, **values)),))

    def _aside(self, text: str) -> Reply:
        return self._aside_reply(Reply("confirmation", (Line(text),), data={"flow": FLOW}))

    def _aside_reply(self, reply: Reply) -> Reply:
        """To this person alone: what somebody voted is nobody else's business."""
        to = direct(self.context.sender) if self.context.sender else None
        return Reply(reply.kind, reply.lines, data=reply.data, to=to)


def closed(connection: sqlite3.Connection, current: Training, world: World, now: datetime) -> Reply:
    """Closes a case, and what is then said where it stands; of a case that is no longer in the content only that it is closed."""
    done = training.close(connection, current, now)
    case = world.library.training.get(done.case)
    if case:
        return worked(done, case, world)
    line = Line(world.words.say("casus.niet-open", kenmerk=done.reference))
    return Reply("announcement", (line,), data={"flow": FLOW, "casus": done.reference}, to=done.place, card=card_of(done))


def _vote(option: str) -> tuple[Subject, str]:
    subject, choice = option.split(":", 1)
    return ("fase", choice) if subject == "fase" else ("bellen", choice)
