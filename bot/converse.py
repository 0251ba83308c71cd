"""Carries on guided conversations: what somebody said or chose goes in, replies come out, and the answers are kept.

Works inside one transaction. Danger goes before everything; whatever is not about the conversation is answered as always,
and then the open page is said again.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot import conversations
from bot.answer import answer
from bot.amend import amend
from bot.flow import NOT_SURE, Done, Page, Position, page_reply, replay
from bot.flows import FLOWS
from bot.messages import Line, Option, Reply
from bot.read_answer import Changed, Fact, Given, OutOfRange, command_in, find_option, read_text
from knowledge.text import fold

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from bot.context import Context
    from bot.conversations import Conversation
    from bot.flow import Answers, Flow, Values
    from bot.read_answer import Command

RESULTS_KEPT = timedelta(days=7)
"""How long a result can be looked at and changed; it is pseudonymous data, so no longer than its messages (rules: what is kept)."""
SILENCE_KEPT = timedelta(days=14)
"""How long a conversation waits for its person."""

WHICH = "welke-houden"


def forget_old(connection: sqlite3.Connection, now: datetime) -> int:
    """Takes away what has been kept long enough; returns how many conversations that were."""
    return conversations.forget(connection, now - RESULTS_KEPT, now - SILENCE_KEPT)


def is_start(reply: Reply) -> bool:
    """Whether an answer is the first page of a conversation that has not been begun yet."""
    return reply.kind == "question" and not reply.data.get("reference") and reply.data.get("flow") in FLOWS


@dataclass(frozen=True)
class Talk:
    """One message of one person, and the conversations that it may be about."""

    connection: sqlite3.Connection
    context: Context

    # The doors

    def said(self, text: str, last: Reply | None) -> list[Reply] | None:
        """The replies to a text in a conversation; None when it is about none."""
        if not self.context.may("gesprek-beginnen"):
            return None
        current = self._going_on()
        if last and last.data.get("step") == WHICH and (kept := self._which(text, last)):
            return kept
        if current and current.state == "open":
            return self._answered(current, text)
        command = command_in(text, self.context.world.words)
        if current:
            return self._paused(current, command)
        finished = self._finished(last)
        if finished and (found := self._after_result(finished, text, command)):
            return found
        if command in {"terug", "opnieuw", "stop", "bewaar", "overslaan"} or (command == "verder" and not (last and last.options)):
            return [self._plain("gesprek.niets-open")]
        return None

    def chose(self, offered: Reply, options: Values) -> list[Reply] | None:
        """The replies to a control of one of the conversation's messages; None when the message belongs to none."""
        if "step" not in offered.data or not offered.data.get("reference"):
            return None
        if not self.context.may("gesprek-beginnen"):
            return None
        found = conversations.by_reference(self.connection, str(offered.data["reference"]))
        if found is None:
            return [self._plain("algemeen.keuze-verlopen")]
        if found.person != self.context.sender:
            return [self._plain("gesprek.voor-ander")]
        if offered.data["step"] == WHICH:
            return self._keep_one(found, str(offered.data["flow"]), options)
        return self._pressed(found, str(offered.data["step"]), options)

    def start(self, flow_id: str) -> list[Reply]:
        """Begins a conversation, or asks which to keep when there is one already."""
        current = self._going_on()
        if current:
            return [self._which_to_keep(current, flow_id)]
        begun = conversations.begin(
            self.connection, self.context.sender, self.context.place, flow_id, self._new_reference(flow_id), self.context.now
        )
        return self._advance(begun, {})

    # An answer to the open page

    def _answered(self, current: Conversation, text: str) -> list[Reply]:
        position = self._position(current)
        if position.page is None or isinstance(position.at, Done):
            return self._advance(current, current.answers)
        read = read_text(text, position.page, position.path, self.context.world.words)
        sure = isinstance(read, (str, OutOfRange)) or (isinstance(read, Given) and read.sure)
        if not sure and self._hears_danger(text):
            return self._danger(current, position, text)
        if position.stale:
            return self._ask_again(current, position)
        match read:
            case Given(values=values):
                return self._advance(current, {**current.answers, position.page.step: values}, self._opened(values, position.page))
            case OutOfRange():
                return [self._again(current, position.page, "gesprek.nummer-bestaat-niet")]
            case Changed() | Fact():
                return self._amended(current, position, read)
            case None:
                return self._aside(current, position.page, text)
            case command:
                return self._commanded(current, position, command)

    def _opened(self, values: Values, page: Page) -> tuple[Line, ...]:
        """Whoever does not know a whole page is told that it opens fact by fact."""
        return self._note("gesprek.weet-niet") if values == (NOT_SURE,) and page.multiple else ()

    def _hears_danger(self, text: str) -> bool:
        return self.context.world.understanding.read(text, self.context.world.names).danger is not None

    def _danger(self, current: Conversation, position: Position, text: str) -> list[Reply]:
        """Urgent, and nothing else. Who says it when asked for danger has ended the conversation; else it stays where it is."""
        if position.page and position.page.step == "gevaar":
            conversations.erase(self.connection, current)
        return [answer(text, self.context)]

    def _amended(self, current: Conversation, position: Position, change: Changed | Fact) -> list[Reply]:
        answers = amend(current.answers, position.path, change)
        name = position.path[change.step].name
        note = self._note("gesprek.aangepast", naam=name) if change.step in answers else ()
        return self._advance(current, answers, note)

    def _aside(self, current: Conversation, page: Page, text: str) -> list[Reply]:
        """Something else in between: answered as always, and the page again."""
        reply = answer(text, self.context)
        if is_start(reply):
            return [self._which_to_keep(current, str(reply.data["flow"]))]
        if reply.kind in {"notfound", "help"} and not reply.options:
            return [self._again(current, page, "gesprek.niet-herkend")]
        return [reply, self._again(current, page, "gesprek.verder-waar")]

    def _commanded(self, current: Conversation, position: Position, command: Command) -> list[Reply]:
        page = position.page
        assert page is not None
        match command:
            case "terug":
                return self._back(current, position)
            case "opnieuw":
                return self._advance(current, {}, self._note("gesprek.opnieuw"))
            case "stop":
                return self._stopped(current, position)
            case "bewaar":
                return self._saved(current)
            case "overslaan":
                return [self._again(current, page, "gesprek.niet-overslaan")]
            case "weet-ik-niet":
                return [self._again(current, page, "gesprek.niet-weten")]
            case _:
                return [self._again(current, page)]

    def _back(self, current: Conversation, position: Position) -> list[Reply]:
        if not position.path:
            assert position.page is not None
            return [self._again(current, position.page, "gesprek.eerste-vraag")]
        step, page = list(position.path.items())[-1]
        chosen = [option.label for option in page.options if option.id in current.answers[step]]
        what = "; ".join(chosen) or self.context.world.words.say("gesprek.niets-gekozen")
        answers = {one: values for one, values in current.answers.items() if one != step}
        return self._advance(current, answers, self._note("gesprek.eerder-gekozen", wat=what))

    def _stopped(self, current: Conversation, position: Position) -> list[Reply]:
        """Ends; a result that was there before stays."""
        steps = list(position.path)
        if "uitkomst" not in steps:
            conversations.erase(self.connection, current)
            return [self._plain("gesprek.gestopt")]
        gone = set(steps[steps.index("uitkomst") :])
        answers = {step: values for step, values in current.answers.items() if step not in gone}
        self._save(replace(current, answers=answers, state="done"))
        return [self._plain("gesprek.gestopt-uitkomst", kenmerk=current.reference)]

    def _saved(self, current: Conversation) -> list[Reply]:
        self._save(replace(current, state="paused"))
        return [self._plain("gesprek.bewaard", kenmerk=current.reference, dagen=SILENCE_KEPT.days)]

    # Other moments

    def _paused(self, current: Conversation, command: Command | None) -> list[Reply] | None:
        match command:
            case "verder":
                return self._advance(current, current.answers, self._note("gesprek.verder-waar"))
            case "opnieuw":
                return self._advance(current, {}, self._note("gesprek.opnieuw"))
            case "stop":
                return self._stopped(current, self._position(current))
            case "bewaar":
                return self._saved(current)
            case "terug":
                return self._back(current, self._position(current))
            case _:
                return None

    def _finished(self, last: Reply | None) -> Conversation | None:
        """The conversation of which the result is the last thing that was said to this person here."""
        if last is None or last.kind != "result" or not last.data.get("reference"):
            return None
        found = conversations.by_reference(self.connection, str(last.data["reference"]))
        return found if found and found.person == self.context.sender and found.state == "done" else None

    def _after_result(self, finished: Conversation, text: str, command: Command | None) -> list[Reply] | None:
        position = self._position(finished)
        if position.page is None or not isinstance(position.at, Done):
            return None
        read = read_text(text, position.page, position.path, self.context.world.words)
        if self._hears_danger(text):
            return None
        match read:
            case Given(values=values):
                return self._advance(finished, {**finished.answers, position.page.step: values})
            case Changed() | Fact():
                return self._amended(finished, position, read)
            case "terug":
                return self._back(finished, position)
            case "opnieuw":
                return self._advance(finished, {}, self._note("gesprek.opnieuw"))
            case "stop" | "bewaar":
                return [self._plain("gesprek.gestopt-uitkomst", kenmerk=finished.reference)]
            case _:
                return None

    def _pressed(self, current: Conversation, step: str, options: Values) -> list[Reply]:
        """A control, of the open page or an older one: the answer to that page is now this one."""
        position = self._position(current)
        if position.stale and position.page and position.page.step != step:
            return self._ask_again(current, position)
        pages = {**position.path, **({position.page.step: position.page} if position.page else {})}
        page = pages.get(step)
        if page is None:
            if isinstance(position.at, Done):
                return [self._plain("algemeen.keuze-verlopen")]
            assert position.page is not None
            return [self._again(current, position.page, "gesprek.vraag-oud")]
        values = tuple(dict.fromkeys(one for one in options if one not in {"verder", "geen"}))
        if not page.accepts(values):
            answers = {one: kept for one, kept in current.answers.items() if one != step}
            return self._advance(current, answers, self._note("gesprek.verlopen-antwoord", naam=page.name))
        changed = step in position.path and step != "uitkomst" and current.answers[step] != values
        note = self._note("gesprek.aangepast", naam=page.name) if changed else self._opened(values, page)
        return self._advance(current, {**current.answers, step: values}, note)

    # Two at once

    def _which_to_keep(self, current: Conversation, flow_id: str) -> Reply:
        say = self.context.world.words.say
        head = say("gesprek.welke-houden", naam=say(f"{current.flow}.naam").lower(), kenmerk=current.reference)
        options = (
            Option("verder", say("gesprek.houd-oude", kenmerk=current.reference)[:40]),
            Option("nieuw", say("gesprek.houd-nieuwe", kenmerk=current.reference)[:40]),
        )
        lines = [Line(head, "headline")]
        lines += [Line(f"{number}. {option.label}", "list") for number, option in enumerate(options, start=1)]
        lines.append(Line(say("gesprek.kies-een"), "note"))
        return Reply("question", tuple(lines), options, data={"flow": flow_id, "step": WHICH, "reference": current.reference})

    def _which(self, text: str, last: Reply) -> list[Reply] | None:
        """The answer in words to which conversation is kept."""
        also = {"verder": ("verder", "oude", "ga door"), "nieuw": ("nieuw", "nieuwe", "opnieuw")}
        page = Page(WHICH, WHICH, (), last.options, also=also)
        typed = fold(text).strip(" .!")
        found = last.options[int(typed) - 1].id if typed in {"1", "2"} else next(iter(find_option(typed, page) or ()), None)
        current = conversations.by_reference(self.connection, str(last.data["reference"]))
        if found is None or current is None:
            return None
        return self._keep_one(current, str(last.data["flow"]), (str(found),))

    def _keep_one(self, current: Conversation, flow_id: str, options: Values) -> list[Reply]:
        if options == ("nieuw",):
            conversations.erase(self.connection, current)
            return self.start(flow_id)
        if options != ("verder",):
            return [self._plain("algemeen.keuze-verlopen")]
        return self._advance(current, current.answers, self._note("gesprek.verder-waar"))

    # Going on

    def _advance(self, current: Conversation, answers: Answers, notes: tuple[Line, ...] = ()) -> list[Reply]:
        """Goes to where these answers lead, keeps that, and says it."""
        other = self._going_on()
        if other and other.id != current.id:
            return [self._plain("gesprek.eerst-afmaken", kenmerk=other.reference)]
        position = replay(self._flow(current), answers, self.context, current.reference)
        moved = replace(current, answers=answers, state="open")
        if position.stale:
            return self._ask_again(moved, position)
        match position.at:
            case Page() as page:
                self._save(moved)
                return [page_reply(page, self._flow(current), current.reference, self.context, notes)]
            case Done() as done:
                return self._ended(moved, done)

    def _ended(self, current: Conversation, done: Done) -> list[Reply]:
        if done.erase:
            conversations.erase(self.connection, current)
            return list(done.replies)
        answers = {step: values for step, values in current.answers.items() if step not in done.forget}
        self._save(replace(current, answers={**answers, **done.keep}, state="done"))
        return list(done.replies)

    def _ask_again(self, current: Conversation, position: Position) -> list[Reply]:
        """A stored answer is no longer one: it is dropped, and asked again with the reason."""
        page = position.page
        assert page is not None
        answers = {step: values for step, values in current.answers.items() if step != page.step}
        return self._advance(replace(current, answers=answers), answers, self._note("gesprek.verlopen-antwoord", naam=page.name))

    def _again(self, current: Conversation, page: Page, note: str | None = None) -> Reply:
        notes = self._note(note) if note else ()
        return page_reply(page, self._flow(current), current.reference, self.context, notes)

    def _position(self, current: Conversation) -> Position:
        return replay(self._flow(current), current.answers, self.context, current.reference)

    def _flow(self, current: Conversation) -> Flow:
        return FLOWS[current.flow]

    def _going_on(self) -> Conversation | None:
        return conversations.going_on(self.connection, self.context.sender, self.context.place)

    def _save(self, current: Conversation) -> None:
        conversations.save(self.connection, current, self.context.now)

    def _note(self, key: str, **values: object) -> tuple[Line, ...]:
        return (Line(self.context.world.words.say(key, **values), "note"),)

    def _plain(self, key: str, **values: object) -> Reply:
        return Reply("help", (Line(self.context.world.words.say(key, **values)),))

    def _new_reference(self, flow_id: str) -> str:
        """Two words that follow from who begins what where and when, and that no other conversation has."""
        words = self.context.world.library.phase_card.reference
        seed = f"{flow_id}|{self.context.sender}|{self.context.place}|{self.context.now.timestamp()}"
        attempt = 0
        while True:
            number = int.from_bytes(hashlib.sha256(f"{seed}|{attempt}".encode()).digest()[:8], "big")
            first, second = words.first[number % len(words.first)], words.second[number // len(words.first) % len(words.second)]
            if conversations.by_reference(self.connection, f"{first}-{second}") is None:
                return f"{first}-{second}"
            attempt += 1
