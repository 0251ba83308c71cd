"""Answers who wants somebody else to be told something: how to reach them, and what can be handed over from here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.answers.people import about_person, meant_alike
from bot.messages import Line, Option, Reply

if TYPE_CHECKING:
    from bot.context import Context
    from bot.understand import Question

OFFERED = (("flow:overdracht", "bericht.overdragen"), ("flow:belverzoek", "bericht.bellen"))


def answer_message(question: Question, context: Context) -> Reply | None:
    """The person who is to be told something, with what can be done from here; None when something else is asked."""
    if not _wants_told(question, context) or not context.may("contact-vragen"):
        return None
    near = {spot.target for spot in meant_alike(question.people)}
    person = context.network.person_by_id[question.people[0].target]
    if len(near) > 1 or person.id == context.sender:
        return None
    reply, say = about_person(person, question, context), context.world.words.say
    if reply.kind != "contact":
        return None
    mail = [Line(say("bericht.mail", mail=person.email), "plain")] if person.email and person.serves_on(context.today) else []
    options = tuple(Option(option, say(name)) for option, name in OFFERED) if context.may("gesprek-beginnen") else ()
    offered = [Line(say("bericht.wel"), "note")] if options else []
    offered += [Line(f"{number}. {one.label}", "list") for number, one in enumerate(options, start=1)]
    lines = (Line(say("bericht.stuurt-niet", naam=person.name), "note"), *reply.lines, *mail, *offered)
    return replace(reply, lines=lines, options=options)


def _wants_told(question: Question, context: Context) -> bool:
    """Whether a message begins as an order to tell somebody something: "stuur Wendy een bericht", "kun je Gijs vragen …"."""
    words, typed = context.world.words, [word.typed for word in question.words]
    if not question.people or question.wishes & {"wie", "nummer", "weg"} or "wie" in typed:
        return False
    if typed[0] in words.list("bericht.begint"):
        return True
    return typed[0] in words.list("bericht.vraagt") and not set(words.list("bericht.vraagt-wat")).isdisjoint(typed)
