"""Understands a message that goes on from the last answer: "waar staat dat?", "en wie is dat bij ons?", "en bij 18-plus?".

What was said before is known only by the answer that was given (its topic and people); no earlier text is kept.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.answer import answer
from bot.answers.contact import answer_target
from bot.answers.knowledge import topic_reply
from bot.answers.target import Target
from bot.messages import Line, Reply
from bot.talk.follow_person import follow_person
from knowledge.text import read

if TYPE_CHECKING:
    from bot.context import Context
    from bot.messages import Envelope
    from bot.understand import Question

SAME_CONVERSATION = timedelta(minutes=30)
"""After a longer silence a message stands on its own again."""

FEW_WORDS = 6
"""Whoever goes on from an answer says little; a longer message tells enough to stand on its own."""

ALL_SAID = 0.9
"""From this share explained a topic fits by what is asked now alone."""

NEW_WORDS_COUNT = 2.0
"""What is asked now weighs twice what was answered before."""


def follow_up(text: str, last: Envelope, context: Context) -> Reply | None:
    """The answer to a message that goes on from the last one; None when it does not."""
    if context.now - last.at > SAME_CONVERSATION or last.reply.kind not in {"knowledge", "contact", "choice"}:
        return None
    understanding = context.world.understanding
    question = understanding.read(text, context.world.names)
    if question.danger:
        return None
    meaning = understanding.continuation(question)
    if meaning == "waar":
        return _where(last.reply, context)
    if last.reply.kind in {"contact", "choice"}:
        return follow_person(question, meaning, last.reply, context)
    return _about_topic(question, meaning, last.reply, context)


def _about_topic(question: Question, meaning: str | None, last: Reply, context: Context) -> Reply | None:
    """What goes on from something that was told."""
    if meaning in {"wie", "gegevens"} and not question.roles:
        return _who(last, context) if context.may("contact-vragen") else None
    if meaning == "vervanger" and last.data.get("contacts"):
        return follow_person(question, meaning, last, context)
    if meaning == "doen":
        return Reply("help", tuple(Line(one) for one in context.world.words.list("vervolg.doen-onderwerp")))
    if meaning == "begin" and len(question.rest) <= FEW_WORDS:
        return _same_for_another(question, last, context)
    return None


def _where(last: Reply, context: Context) -> Reply | None:
    sources = last.data.get("sources") or []
    if not sources:
        return None
    words = context.world.words
    lines = (Line(words.say("kennis.waar", bron=", ".join(sources))),)
    return Reply(
        "knowledge", lines, data={key: last.data.get(key) for key in ("topic", "sources", "confidence")} | {"contacts": []}
    )


def _who(last: Reply, context: Context) -> Reply | None:
    """The people for what was just answered: the roles that its topic names."""
    topic = context.world.library.topics.get(str(last.data.get("topic")))
    if topic and topic.call:
        return answer_target(Target(tuple(topic.call), context.own_place(), explicit=True), context)
    return None


def _same_for_another(question: Question, last: Reply, context: Context) -> Reply | None:
    """The same subject for another case ("en bij 18-plus"), or the same question about another partner ("en de Raad")."""
    before = context.world.library.topics.get(str(last.data.get("topic")))
    if before is None or not (question.rest or question.roles):
        return None
    if question.roles and not question.rest and (found := _about_another_role(question, before.title, context)):
        return found
    told = " ".join([before.title, *before.words[:FEW_WORDS]])
    return _nearest_topic(question, told, before.id, context)


def _about_another_role(question: Question, title: str, context: Context) -> Reply | None:
    """The title of the last topic, asked with the role that is named now in the place of its own."""
    roles = context.world.library.roles
    asked = context.world.understanding.read(title, context.world.names)
    if not asked.roles:
        return None
    first, now = asked.roles[0], roles[question.roles[0].meaning].name
    told = [word.typed for word in asked.words]
    tries = (" ".join([*told[: first.start], now, *told[first.end :]]), f"wat doet {now}")
    replies = (answer(text, context) for text in tries)
    return next((reply for reply in replies if reply.kind == "knowledge"), None)


def _nearest_topic(question: Question, told: str, topic_id: str, context: Context) -> Reply | None:
    """The topic that fits what is asked now and what was answered before."""
    finder, library = context.world.understanding.finder, context.world.library
    before = {hit.id: hit.score for hit in finder.find(read(told), most=60) if hit.what == "topic"}
    now = {hit.id: hit for hit in finder.find(question.words, most=60) if hit.what == "topic" and hit.id != topic_id}
    if not now:
        return None
    most_before, most_now = max(before.values(), default=1.0), max(hit.score for hit in now.values())
    scores = {
        one: NEW_WORDS_COUNT * hit.score / most_now + before.get(one, 0.0) / most_before for one, hit in now.items()
    }  # fmt: skip
    best = max(scores, key=lambda one: (scores[one], one))
    fits = before.get(best) or now[best].explained > ALL_SAID
    return topic_reply(context, library.topics[best], question, confidence=0.6) if fits else None
