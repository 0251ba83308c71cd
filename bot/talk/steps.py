"""Moves a guided conversation to where its answers lead, keeps that, and says it. Works inside one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.flows import FLOWS
from bot.messages import Line, Option, Reply, direct
from bot.references import new_reference
from bot.store import conversations
from bot.talk.flow import Done, Page, Position, page_reply, replay
from bot.unsealed import BEGINS, is_unsealed, not_here

if TYPE_CHECKING:
    import sqlite3

    from bot.context import Context
    from bot.store.conversations import Conversation
    from bot.talk.flow import Answers, Flow

SILENCE_KEPT = timedelta(days=14)
"""How long a conversation waits for its person."""

WHICH = "welke-houden"


def is_start(reply: Reply) -> bool:
    """Whether an answer is the first page of a conversation that has not been begun yet."""
    return reply.kind == "question" and not reply.data.get("reference") and reply.data.get("flow") in FLOWS


@dataclass(frozen=True)
class Steps:
    """The conversations of one person in one place, at one moment."""

    connection: sqlite3.Connection
    context: Context
    in_place: bool = True
    """Whether a conversation that is begun among others goes on there, and not in the direct chat."""
    inbound: str = ""
    """The id of the message that is being answered."""

    def start(self, flow_id: str, text: str = "", given: Answers | None = None) -> list[Reply]:
        """Begins a conversation, or asks which to keep when there is one already. `given` are answers that are known already."""
        alone = direct(self.context.sender or "")
        if flow_id in BEGINS and is_unsealed(self.connection, self.context.place):
            return not_here(self.context)
        if not self.in_place and self.context.sender and self.context.place != alone:
            there = replace(self, context=replace(self.context, place=alone, about=self.context.place))
            moved = self.confirm("meeluisteren.verder-prive")
            return [moved, *(replace(reply, to=reply.to or alone) for reply in there.start(flow_id, text, given))]
        current = self.going_on()
        if current:
            return [self.which_to_keep(current, flow_id)]
        opening = FLOWS[flow_id].opening
        said = opening(text, self.context) if opening and text else {}
        return self.advance(self.begin(flow_id), {**said, **(given or {})})

    def begin(self, flow_id: str) -> Conversation:
        """A new conversation, of which nothing has been said yet. There must be no other one going on."""
        context = self.context
        return conversations.begin(
            self.connection, context.sender, context.place, flow_id, self._new_reference(flow_id), context.now, context.about
        )

    def advance(self, current: Conversation, answers: Answers, notes: tuple[Line, ...] = ()) -> list[Reply]:
        """Goes to where these answers lead, keeps that, and says it."""
        if current.flow in BEGINS and is_unsealed(self.connection, self.context.place):
            return not_here(self.context)
        other = self.going_on()
        if other and other.id != current.id:
            return [self.plain("gesprek.eerst-afmaken", kenmerk=other.reference)]
        position = replay(self.flow(current), answers, self.around(current), current.reference)
        moved = replace(current, answers=answers, state="open")
        if position.stale:
            return self.ask_again(moved, position)
        match position.at:
            case Page() as page:
                self.save(moved)
                return [page_reply(page, self.flow(current), current.reference, self.around(current), notes)]
            case Done() as done:
                return self._ended(moved, done)

    def _ended(self, current: Conversation, done: Done) -> list[Reply]:
        """Ends it first: what it leads to may be another conversation here."""
        if done.erase:
            conversations.erase(self.connection, current)
        else:
            answers = {step: values for step, values in current.answers.items() if step not in done.forget}
            self.save(replace(current, answers={**answers, **done.keep}, state="done"))
        more = done.then(self.connection, self.around(current)) if done.then else []
        return [*done.replies, *more]

    def ask_again(self, current: Conversation, position: Position) -> list[Reply]:
        """A stored answer is no longer one: it is dropped, and asked again with the reason."""
        page = position.page
        assert page is not None
        answers = {step: values for step, values in current.answers.items() if step != page.step}
        return self.advance(replace(current, answers=answers), answers, self.note("gesprek.verlopen-antwoord", naam=page.name))

    def again(self, current: Conversation, page: Page, note: str | None = None) -> Reply:
        notes = self.note(note) if note else ()
        return page_reply(page, self.flow(current), current.reference, self.around(current), notes)

    def position(self, current: Conversation) -> Position:
        return replay(self.flow(current), current.answers, self.around(current), current.reference)

    def around(self, current: Conversation) -> Context:
        """The surroundings of a conversation: also where it was begun."""
        return replace(self.context, about=current.origin) if current.origin else self.context

    def flow(self, current: Conversation) -> Flow:
        return FLOWS[current.flow]

    def going_on(self) -> Conversation | None:
        return conversations.going_on(self.connection, self.context.sender, self.context.place)

    def save(self, current: Conversation) -> None:
        conversations.save(self.connection, current, self.context.now)

    def remember(self, current: Conversation, step: str) -> None:
        """Keeps which question this message answered, so that its writer can correct it."""
        conversations.remember(self.connection, self.inbound, current, step)

    def note(self, key: str, **values: object) -> tuple[Line, ...]:
        """What happened to an answer: in no small print, for else the same question seems to stand there twice."""
        return (Line(self.context.world.words.say(key, **values)),)

    def confirm(self, key: str, **values: object) -> Reply:
        return Reply("confirmation", (Line(self.context.world.words.say(key, **values)),))

    def plain(self, key: str, **values: object) -> Reply:
        return Reply("help", (Line(self.context.world.words.say(key, **values)),))

    def _new_reference(self, flow_id: str) -> str:
        """A name that follows from who begins what where and when."""
        seed = f"{flow_id}|{self.context.sender}|{self.context.place}|{self.context.now.timestamp()}"
        return new_reference(self.connection, self.context.world.library.phase_card.reference, seed)

    def which_to_keep(self, current: Conversation, flow_id: str) -> Reply:
        say = self.context.world.words.say
        name = say(self.flow(current).name or f"{current.flow}.naam").lower()
        head = say("gesprek.welke-houden", naam=name, kenmerk=current.reference)
        options = (
            Option("verder", say("gesprek.houd-oude", kenmerk=current.reference)[:40]),
            Option("nieuw", say("gesprek.houd-nieuwe", kenmerk=current.reference)[:40]),
        )
        lines = [Line(head, "headline")]
        lines += [Line(f"{number}. {option.label}", "list") for number, option in enumerate(options, start=1)]
        lines.append(Line(say("gesprek.kies-een"), "note"))
        data = {"flow": flow_id, "step": WHICH, "reference": current.reference, "begun_in": self.context.about}
        return Reply("question", tuple(lines), options, data=data)
