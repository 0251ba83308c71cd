"""Carries on guided conversations: what somebody said or chose goes in, replies come out, and the answers are kept.

Works inside one transaction. Danger goes before everything; whatever is not about the conversation is answered as always,
and then the open page is said again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.answer import answer
from bot.answers.change import is_proposal
from bot.store import conversations
from bot.talk.amend import amend
from bot.talk.aside import between
from bot.talk.flow import NOT_SURE, Done, Page, Position
from bot.talk.read_answer import Changed, Fact, Given, OutOfRange, command_in, find_option, read_text
from bot.talk.steps import SILENCE_KEPT, WHICH, Steps, is_start
from bot.talk.stuck import asked_again, waits_for
from knowledge.text import fold

if TYPE_CHECKING:
    from bot.context import Context
    from bot.messages import Line, Reply
    from bot.store.conversations import Conversation
    from bot.talk.flow import Values
    from bot.talk.read_answer import Command


@dataclass(frozen=True)
class Talk:
    """One message of one person, and the conversations that it may be about."""

    steps: Steps

    @property
    def context(self) -> Context:
        return self.steps.context

    # The doors

    def said(self, text: str, last: Reply | None) -> list[Reply] | None:
        """The replies to a text in a conversation; None when it is about none."""
        if not self.context.may("gesprek-beginnen"):
            return None
        current = self.steps.going_on()
        if last and last.data.get("step") == WHICH and (kept := self._which(text, last)):
            return kept
        if current and current.state == "open":
            return self._answered(current, text, last)
        if current:
            return self._paused(current, text, last)
        finished = self._finished(last)
        return self._after_result(finished, text) if finished else None

    def nothing_open(self, text: str, last: Reply | None) -> list[Reply] | None:
        """What is said to a command when there is no conversation, nor anything else that it could be about."""
        command = command_in(text, self.context.world.words)
        if not self.context.may("gesprek-beginnen"):
            return None
        if command in {"terug", "opnieuw", "stop", "bewaar", "overslaan"} or (command == "verder" and not (last and last.options)):
            return [self.steps.plain("gesprek.niets-open")]
        return None

    def corrected(self, earlier: str, text: str) -> list[Reply] | None:
        """The replies when somebody corrects a message that answered a question; None when it answered none, or is none now."""
        found = conversations.answered_by(self.steps.connection, earlier)
        if found is None or found[0].person != self.context.sender or not self.context.may("gesprek-beginnen"):
            return None
        current, step = found
        path = self.steps.position(current).path
        if step not in path:
            return None
        read = read_text(text, path[step], {}, self.context.world.words)
        return self._pressed(current, step, read.values) if isinstance(read, Given) else None

    def chose(self, offered: Reply, options: Values) -> list[Reply] | None:
        """The replies to a control of one of the conversation's messages; None when the message belongs to none."""
        if "step" not in offered.data or not offered.data.get("reference"):
            return None
        if not self.context.may("gesprek-beginnen"):
            return None
        found = conversations.by_reference(self.steps.connection, str(offered.data["reference"]))
        if found is None:
            return [self.steps.plain("algemeen.keuze-verlopen")]
        if found.person != self.context.sender:
            return [self.steps.plain("gesprek.voor-ander")]
        if offered.data["step"] == WHICH:
            return self._keep_one(found, offered, options)
        return self._pressed(found, str(offered.data["step"]), options)

    # An answer to the open page

    def _answered(self, current: Conversation, text: str, last: Reply | None) -> list[Reply]:
        position = self.steps.position(current)
        if position.page is None or isinstance(position.at, Done):
            return self.steps.advance(current, current.answers)
        read = read_text(text, position.page, position.path, self.context.world.words)
        sure = isinstance(read, (str, OutOfRange)) or (isinstance(read, Given) and read.sure)
        if not sure and self._hears_danger(text):
            return self._danger(current, position, text)
        if position.stale and read not in {"stop", "bewaar", "opnieuw"}:
            return self.steps.ask_again(current, position)
        match read:
            case Given(values=values):
                answers = {**current.answers, position.page.step: values}
                self.steps.remember(current, position.page.step)
                return self.steps.advance(current, answers, self._opened(values, position.page))
            case OutOfRange():
                why = position.page.entry.outside if position.page.entry else "gesprek.nummer-bestaat-niet"
                return [asked_again(self.steps, current, position.page, why, last)]
            case Changed() | Fact():
                return self._amended(current, position, read)
            case None:
                return self._somebody(current, position.page, text) or self._aside(current, position.page, text, last)
            case command:
                return self._commanded(current, position, command, last)

    def _somebody(self, current: Conversation, page: Page, text: str) -> list[Reply] | None:
        """Whoever was named where somebody can be named; of several the page asks which."""
        found, sure = page.someone.find(text) if page.someone else ((), False)
        if not found:
            return None
        step = page.step if sure else f"{page.step}-uit"
        return self.steps.advance(current, {**current.answers, step: found})

    def _opened(self, values: Values, page: Page) -> tuple[Line, ...]:
        """Whoever does not know a whole page is told that it opens fact by fact."""
        return self.steps.note("gesprek.weet-niet") if values == (NOT_SURE,) and page.multiple else ()

    def _hears_danger(self, text: str) -> bool:
        return self.context.world.understanding.read(text, self.context.world.names).danger is not None

    def _danger(self, current: Conversation, position: Position, text: str) -> list[Reply]:
        """Urgent, and nothing else. Who says it when asked for danger has ended the conversation; else it stays where it is."""
        if position.page and position.page.step == "gevaar":
            conversations.erase(self.steps.connection, current)
        return [answer(text, self.context)]

    def _amended(self, current: Conversation, position: Position, change: Changed | Fact) -> list[Reply]:
        answers = amend(current.answers, position.path, change)
        name = position.path[change.step].name
        note = self.steps.note("gesprek.aangepast", naam=name) if change.step in answers else ()
        return self.steps.advance(current, answers, note)

    def _aside(self, current: Conversation, page: Page, text: str, last: Reply | None) -> list[Reply]:
        """Something else in between: answered as always, and the page again."""
        reply = answer(text, self.context)
        if is_start(reply):
            return [self.steps.which_to_keep(current, str(reply.data["flow"]))]
        if is_proposal(reply):
            return [reply]
        if reply.kind in {"notfound", "help"} and not reply.options:
            return [asked_again(self.steps, current, page, "gesprek.niet-herkend", last)]
        again = asked_again(self.steps, current, page, "gesprek.verder-waar", last, aside=True)
        return [between(reply, self.context.world.words), again]

    def _commanded(self, current: Conversation, position: Position, command: Command, last: Reply | None) -> list[Reply]:
        page = position.page
        assert page is not None
        match command:
            case "terug":
                return self._back(current, position)
            case "opnieuw":
                return self.steps.advance(current, {}, self.steps.note("gesprek.opnieuw"))
            case "stop":
                return self._stopped(current, position)
            case "bewaar":
                return self._saved(current)
            case "overslaan":
                return [asked_again(self.steps, current, page, "gesprek.niet-overslaan", last)]
            case "weet-ik-niet":
                return [asked_again(self.steps, current, page, "gesprek.niet-weten", last)]
            case "verder" if waits_for(last):
                return [self.steps.again(current, page, "gesprek.verder-waar")]
            case _:
                return [asked_again(self.steps, current, page, "gesprek.eerst-antwoord", last)]

    def _back(self, current: Conversation, position: Position) -> list[Reply]:
        if not position.path:
            assert position.page is not None
            return [self.steps.again(current, position.page, "gesprek.eerste-vraag")]
        step, page = list(position.path.items())[-1]
        given = current.answers[step]
        typed = [page.entry.told(one) for one in given] if page.entry else []
        chosen = [option.label for option in page.options if option.id in given] or typed
        what = "; ".join(chosen) or self.context.world.words.say("gesprek.niets-gekozen")
        answers = {one: values for one, values in current.answers.items() if one != step}
        return self.steps.advance(current, answers, self.steps.note("gesprek.eerder-gekozen", wat=what))

    def _stopped(self, current: Conversation, position: Position) -> list[Reply]:
        """Ends; a result that was there before stays."""
        steps = list(position.path)
        if "uitkomst" not in steps:
            conversations.erase(self.steps.connection, current)
            return [self.steps.confirm("gesprek.gestopt")]
        gone = set(steps[steps.index("uitkomst") :])
        answers = {step: values for step, values in current.answers.items() if step not in gone}
        self.steps.save(replace(current, answers=answers, state="done"))
        return [self.steps.confirm("gesprek.gestopt-uitkomst", kenmerk=current.reference)]

    def _saved(self, current: Conversation) -> list[Reply]:
        self.steps.save(replace(current, state="paused"))
        return [self.steps.confirm("gesprek.bewaard", kenmerk=current.reference, dagen=SILENCE_KEPT.days)]

    # Other moments

    def _paused(self, current: Conversation, text: str, last: Reply | None) -> list[Reply] | None:
        position = self.steps.position(current)
        if position.page and waits_for(last) == position.page.step:
            read = read_text(text, position.page, position.path, self.context.world.words)
            if isinstance(read, Given) and read.sure:
                return self._answered(current, text, last)
        match command_in(text, self.context.world.words):
            case "verder":
                return self.steps.advance(current, current.answers, self.steps.note("gesprek.verder-waar"))
            case "opnieuw":
                return self.steps.advance(current, {}, self.steps.note("gesprek.opnieuw"))
            case "stop":
                return self._stopped(current, position)
            case "bewaar":
                return self._saved(current)
            case "terug":
                return self._back(current, position)
            case _:
                return None

    def _finished(self, last: Reply | None) -> Conversation | None:
        """The conversation of which the result is the last thing that was said to this person here."""
        if last is None or last.kind != "result" or not last.data.get("reference"):
            return None
        found = conversations.by_reference(self.steps.connection, str(last.data["reference"]))
        return found if found and found.person == self.context.sender and found.state == "done" else None

    def _after_result(self, finished: Conversation, text: str) -> list[Reply] | None:
        position = self.steps.position(finished)
        if position.page is None or not isinstance(position.at, Done):
            return None
        read = read_text(text, position.page, position.path, self.context.world.words)
        if self._hears_danger(text):
            return None
        match read:
            case Given(values=values):
                return self.steps.advance(finished, {**finished.answers, position.page.step: values})
            case Changed() | Fact():
                return self._amended(finished, position, read)
            case "terug":
                return self._back(finished, position)
            case "opnieuw":
                return self.steps.advance(finished, {}, self.steps.note("gesprek.opnieuw"))
            case "stop" | "bewaar":
                return [self.steps.confirm("gesprek.gestopt-uitkomst", kenmerk=finished.reference)]
            case _:
                return None

    def _pressed(self, current: Conversation, step: str, options: Values) -> list[Reply]:
        """A control, of the open page or an older one: the answer to that page is now this one."""
        position = self.steps.position(current)
        if position.stale and position.page and position.page.step != step:
            return self.steps.ask_again(current, position)
        pages = {**position.path, **({position.page.step: position.page} if position.page else {})}
        page = pages.get(step)
        if page is None:
            if isinstance(position.at, Done):
                return [self.steps.plain("algemeen.keuze-verlopen")]
            assert position.page is not None
            return [self.steps.again(current, position.page, "gesprek.vraag-oud")]
        values = tuple(dict.fromkeys(one for one in options if one not in {"verder", "geen"}))
        if not page.accepts(values):
            answers = {one: kept for one, kept in current.answers.items() if one != step}
            return self.steps.advance(current, answers, self.steps.note("gesprek.verlopen-antwoord", naam=page.name))
        changed = step in position.path and step != "uitkomst" and current.answers[step] != values
        note = self.steps.note("gesprek.aangepast", naam=page.name) if changed else self._opened(values, page)
        return self.steps.advance(current, {**current.answers, step: values}, note)

    # Two at once

    def _which(self, text: str, last: Reply) -> list[Reply] | None:
        """The answer in words to which conversation is kept. A bare "nee" or number is none, nor one to a page before it."""
        also = {"verder": ("verder", "oude", "ga door"), "nieuw": ("nieuw", "nieuwe", "opnieuw")}
        page = Page(WHICH, WHICH, (), last.options, also=also)
        typed = fold(text).strip(" .!")
        found = last.options[int(typed) - 1].id if typed in {"1", "2"} else next(iter(find_option(typed, page) or ()), None)
        current = conversations.by_reference(self.steps.connection, str(last.data["reference"]))
        if found is None or current is None:
            return [last] if current and (typed in {"ja", "nee"} or typed.isdecimal()) else None
        return self._keep_one(current, last, (str(found),))

    def _keep_one(self, current: Conversation, offered: Reply, options: Values) -> list[Reply]:
        flow_id, begun_in = str(offered.data["flow"]), offered.data.get("begun_in")
        if options == ("nieuw",):
            conversations.erase(self.steps.connection, current)
            context = replace(self.context, about=begun_in) if begun_in else self.context
            return replace(self.steps, context=context).start(flow_id)
        if options != ("verder",):
            return [self.steps.plain("algemeen.keuze-verlopen")]
        return self.steps.advance(current, current.answers, self.steps.note("gesprek.verder-waar"))
