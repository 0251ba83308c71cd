"""A question back, and what the giver answers to it: passed on to whoever it is for, looked through first (rules: handovers)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.answer import answer
from bot.handover import acts
from bot.handover import rows as handovers
from bot.handover.card import Look, handover_data
from bot.handover.cues import cues_of
from bot.handover.steps import refused_for
from bot.handover.told import FLOW, Told
from bot.messages import Line, Option, Reply
from bot.talk.read_answer import command_in
from knowledge.text import split

if TYPE_CHECKING:
    import sqlite3

    from bot.context import Context
    from bot.handover.acts import Matter
    from bot.handover.heard import Heard
    from bot.handover.rows import Event, Handover

QUESTION, ANSWER = "vraag", "antwoord"
"""The steps in which whoever asks back may type the question, and the giver is asked whether something was the answer."""

YES, NO, WITHDRAW = "ja", "nee", "trek-in"

COMMANDS = frozenset({"terug", "opnieuw", "stop", "bewaar", "overslaan"})

FEW = 3

SOON = timedelta(hours=1)
"""So long after "vraag terug" what is typed next is the question."""

STILL = timedelta(days=7)
"""So long an answer is expected."""

GUESSED = frozenset({"knowledge", "notfound", "contact", "choice"})
"""What the assistant would say to a sentence that is nothing else: a guess, and here there is something better."""


def asked_back(connection: sqlite3.Connection, one: Handover) -> Event | None:
    """The question back that was not answered yet, since it was offered to whoever has to say yes now."""
    if one.state not in {"offered", "declined"}:
        return None
    events = [event for event in handovers.history(connection, one.reference) if event.at >= one.began]
    last = next((event for event in reversed(events) if event.event in {"teruggevraagd", "beantwoord"}), None)
    return last if last and last.event == "teruggevraagd" else None


def waiting(connection: sqlite3.Connection, context: Context) -> list[Handover]:
    """Those of which this person is asked something, here or anywhere when it is said in private."""
    koppel = context.place if context.place in context.network.koppel_by_id else None
    mine = handovers.open_of(connection, context.sender or "")
    return [
        one for one in mine
        if one.giver == context.sender and koppel in {None, one.koppel}
        and (asked := asked_back(connection, one)) and context.now - asked.at < STILL
    ]  # fmt: skip


def is_fresh(matter: Matter) -> bool:
    """Whether it was asked a short while ago: later only what is surely an answer is taken for one."""
    asked = asked_back(matter.connection, matter.handover)
    return asked is not None and matter.context.now - asked.at <= SOON


def answers(text: str, context: Context) -> bool:
    """Whether a text may be an answer: it asks nothing itself, and is nothing else that the assistant knows for sure."""
    typed, words = split(text), context.world.words
    if not typed or all(word.isdigit() for word in typed) or command_in(text, words) in COMMANDS:
        return False
    replies = typed[0] in words.list("overdracht-daden.antwoordt") and "?" not in text
    if not replies and any(part.asks or part.pleads for part in cues_of(words).parts(text, context)):
        return False
    question = context.world.understanding.read(text, context.world.names)
    named = question.roles or question.organisations or question.people
    if "nummer" in question.wishes or (question.wishes & {"groet", "dank", "hulp"} and not question.rest):
        return False
    if not question.rest and ((named and len(typed) < FEW) or (len(typed) == 1 and question.sure("topic"))):
        return False
    return answer(text, context).kind in GUESSED


def is_sure(text: str, context: Context) -> bool:
    """Whether it can hardly be anything but an answer; else whoever says it is asked.

    "Ja" and "nee" answer, and who speaks of "hem" speaks of whom it was about. What people say of themselves may be anything.
    """
    say, typed = context.world.words.list, split(text)
    return typed[0] in say("overdracht-daden.antwoordt") or not set(typed).isdisjoint(say("overdracht-daden.gaat-over"))


def withdraws_for_sure(heard: Heard, context: Context) -> bool:
    """Whether who is asked something back takes the handover back with it: "het is opgelost" may be what was asked."""
    said = {word.typed for word in heard.words}
    return bool(heard.reference or not said.isdisjoint(context.world.words.list("overdracht-daden.trekt-in"))) or (
        heard.wish == "trek-in" and not heard.rest
    )


def ask_whether(matter: Matter, text: str, *, perhaps_withdrawn: bool = False) -> list[Reply]:
    """Asks whether this was the answer, which may be found in the report as well, or may mean that it is no longer needed."""
    asked = asked_back(matter.connection, matter.handover)
    look = matter.look
    name = look.name(asked.person or "") if asked else ""
    options = [Option(YES, look.say("antwoord-ja")), Option(NO, look.say("antwoord-nee"))]
    if perhaps_withdrawn:
        options.append(Option(WITHDRAW, look.say("antwoord-trek-in")))
    lines = [Line(look.say("antwoord-vraag", naam=name), "headline")]
    lines += [Line(f"{number}. {one.label}", "list") for number, one in enumerate(options, start=1)]
    data = {**handover_data(look), "flow": FLOW, "step": ANSWER, "note": text, "mentions": []}
    return [Reply("question", tuple(lines), tuple(options), data=data, to=matter.context.place)]


def answered(matter: Matter, option: str, text: str) -> list[Reply]:
    """What was typed goes on as the answer, is looked up after all, or takes the handover back. Only the giver says which."""
    if refused := refused_for(matter.context, matter.handover, "intrekken"):
        return refused
    if option == WITHDRAW:
        return acts.withdraw(matter)
    return pass_answer(matter, text) if option == YES else [answer(text, matter.context)]


def pass_answer(matter: Matter, text: str) -> list[Reply]:
    """Passes on what the giver answers; nothing changes but that the question is no longer open."""
    asked = asked_back(matter.connection, matter.handover)
    if asked is None or asked.person is None:
        return matter.cannot()
    look = Look(matter.handover, matter.context.world, matter.context.now)
    text = look.say("antwoord", wie=look.name(matter.me), antwoord=text)
    here = look.say("antwoord-doorgegeven", naam=look.name(asked.person))
    told = Told(notes={asked.person: text}, here=here, always_here=True, unchanged=True)
    return matter.after(matter.handover, told, matter.event("beantwoord", asked.person))
