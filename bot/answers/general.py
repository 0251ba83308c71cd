"""Help, refusals, and saying that something is not known or cannot be done yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.labels import short
from bot.messages import Line, Option, Reply, direct
from bot.say import in_lines, joined

if TYPE_CHECKING:
    from bot.context import Context
    from bot.privacy import Findings
    from bot.understand import Question
    from knowledge.tally import Hit

NEAR = 0.34
"""The share of a question that a topic must explain to be offered as what may be meant."""


def answer_help(context: Context) -> Reply:
    """What the assistant can do, with examples."""
    return Reply("help", in_lines(context.world.words.list("algemeen.hulp")))


def answer_greeting(context: Context) -> Reply:
    words, asker = context.world.words, context.asker
    hello = words.say("algemeen.groet", naam=asker.name.split()[0]) if asker else words.say("algemeen.groet-zonder-naam")
    return Reply("help", (Line(hello), Line(words.say("algemeen.hulp-kort"), "note")))


def answer_thanks(context: Context) -> Reply:
    return Reply("help", (Line(context.world.words.say("algemeen.dank")),))


def answer_settled(context: Context) -> Reply:
    """It is over, or done: no answer to a question, but silence would leave people in doubt."""
    return Reply("help", (Line(context.world.words.say("algemeen.opgelost")),))


def answer_about_itself(question: Question, context: Context) -> Reply | None:
    """How something goes in the chat; None when that is not what is asked."""
    asked = context.world.understanding.asks_about_itself(question)
    lines = context.world.library.explanations[asked].lines if asked else []
    return Reply("help", tuple(Line(line, "list" if line.startswith("- ") else "plain") for line in lines)) if lines else None


def ask_about_what(context: Context) -> Reply:
    """Somebody goes on from an answer that was not given, or is long ago: about whom, or what?"""
    return Reply("help", tuple(Line(sentence) for sentence in context.world.words.list("vervolg.waarover")))


def answer_what_is_kept(context: Context) -> Reply:
    """What the assistant keeps of whoever asks (rules: what is kept)."""
    lines = in_lines(context.world.words.list("algemeen.bewaren"))
    return Reply("knowledge", lines, data={"topic": "bewaren", "sources": [], "confidence": 1.0, "contacts": []})


def answer_not_found(context: Context, question: Question) -> Reply:
    """It is not known; the topics that come nearest can be chosen, if any come near at all."""
    words, topics = context.world.words, context.world.library.topics
    near = [topics[hit.id] for hit in question.subjects if hit.what == "topic" and _is_near(hit) and not question.outside][:3]
    lines = [Line(words.say("algemeen.niet-gevonden"), "headline")]
    if context.world.understanding.danger.speaks_of(question.words):
        lines.append(Line(words.say("algemeen.niet-gevonden-gevaar")))
    lines += [Line(words.say("algemeen.niet-gevonden-uitleg")), Line(words.say("algemeen.niet-gevonden-verder"))]
    if near:
        lines.append(Line(words.say("algemeen.niet-gevonden-bijna"), "note"))
        lines += [Line(f"{number}. {topic.title}", "list") for number, topic in enumerate(near, start=1)]
    return Reply("notfound", tuple(lines), tuple(Option(f"topic:{topic.id}", short(topic.title)) for topic in near))


def _is_near(hit: Hit) -> bool:
    """Whether a topic may be what was meant: a good part fits, and not by one chance word."""
    return min(hit.explained, hit.core) > NEAR and (hit.solid > 0 or hit.matched > 1)


def refuse_stranger(context: Context) -> Reply:
    """Somebody outside the network gets the national numbers, and no name, number or address of anybody."""
    lines = tuple(Line(sentence) for sentence in context.world.words.list("weigering.vreemde"))
    return Reply("refusal", lines, data={"reason": "stranger"})


def _colleague(context: Context) -> Line:
    """The way on for who looks for a colleague that the list does not have."""
    people = context.network.people_by_role.get("coordinator", ())
    name = next((one.name for one in people if one.serves_on(context.today)), "")
    words = context.world.words
    return Line(words.say("weigering.collega", naam=name) if name else words.say("weigering.collega-zonder"), "note")


def refuse_personal_data(context: Context, found: Findings, *, colleague: bool = False) -> Reply:
    """Names the kind of what was found, never the thing itself, and offers the text back without it.

    `colleague`: perhaps somebody of the list was meant, who is not in it; then the way on is said.
    Among others only the writer hears of it, in their own direct chat: to answer there would point everybody to the message.
    """
    words = context.world.words
    lines = [Line(words.say("weigering.persoonsgegevens", wat=joined([words.say(f"weigering.{kind}") for kind in found.kinds])))]
    among_others = not context.place.startswith("dm")
    if among_others:
        lines.append(Line(words.say("weigering.persoonsgegevens-kanaal")))
    if colleague:
        lines.append(_colleague(context))
    options: tuple[Option, ...] = ()
    if found.suggestion:
        lines.append(Line(words.say("weigering.persoonsgegevens-voorstel", voorstel=found.suggestion), "note"))
        options = (Option("zonder", words.say("weigering.verstuur-zonder")),)
    data = {"reason": "personal-data", "found": list(found.kinds), "suggestion": found.suggestion}
    to = direct(context.sender) if among_others and context.sender else None
    return Reply("refusal", tuple(lines), options, data=data, to=to)
