"""Understands a message that goes on from the last answer: "waar staat dat?", "en wie is dat bij ons?", "en bij 18-plus?".

What was said before is known only by the answer that was given (its topic and people); no earlier text is kept.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.answers.contact import answer_target
from bot.answers.contact_lines import contact_reply
from bot.answers.knowledge import topic_reply
from bot.answers.target import Target, find_place, roles_for
from bot.messages import Line, Reply
from knowledge.reach import Contact
from knowledge.text import read

if TYPE_CHECKING:
    from bot.context import Context
    from bot.messages import Envelope
    from bot.understand import Question

SAME_CONVERSATION = timedelta(minutes=30)
"""After a longer silence a message stands on its own again."""

FEW_WORDS = 6
"""Whoever goes on from an answer says little; a longer message tells enough to stand on its own."""

NEW_WORDS_COUNT = 2.0
"""What is asked now weighs twice what was answered before."""


def follow_up(text: str, last: Envelope, context: Context) -> Reply | None:
    """The answer to a message that goes on from the last one; None when it does not."""
    if context.now - last.at > SAME_CONVERSATION or last.reply.kind not in {"knowledge", "contact"}:
        return None
    understanding = context.world.understanding
    question = understanding.read(text, context.world.names)
    meaning = understanding.continuation(question)
    if meaning is None or question.danger:
        return None
    if meaning == "waar":
        return _where(last.reply, context)
    if not context.may("contact-vragen") and meaning in {"wie", "vervanger"}:
        return None
    if meaning == "wie" and not question.roles:
        return _who(last.reply, context)
    if meaning == "vervanger":
        return _deputy(last.reply, context)
    if meaning == "begin" and len(question.rest) <= FEW_WORDS:
        return _same_for_another(question, last.reply, context)
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


def _deputy(last: Reply, context: Context) -> Reply | None:
    """The next one down the chain of the person who was named."""
    contacts = last.data.get("contacts") or []
    person = context.network.person_by_id.get(contacts[0]["person"]) if contacts else None
    if person is None:
        return None
    reach, named = context.world.reach, {one["person"] for one in contacts}
    for deputy in reach.deputies(person, context.today):
        if deputy.id not in named and deputy.id != context.sender:
            availability = context.world.calendar.availability(deputy, context.now)
            found = Contact(deputy, reach.role_of(deputy, contacts[0]["role"]), availability, person, contacts[0]["role"])
            return contact_reply(context, [found], [], topic=contacts[0]["role"])
    role = context.world.library.roles.get(contacts[0]["role"])
    return answer_target(Target(tuple(role.instead), context.own_place()), context) if role and role.instead else None


def _same_for_another(question: Question, last: Reply, context: Context) -> Reply | None:
    """The same subject for another place ("en voor de …") or another case ("en bij 18-plus")."""
    topic_id = str(last.data.get("topic"))
    place, candidates = find_place(question, context)
    library = context.world.library
    if last.kind == "contact" and (question.organisations or question.wijken or question.towns) and not question.rest:
        situation = library.situations.get(topic_id)
        roles = roles_for(situation, context) if situation else (topic_id,) if topic_id in library.roles else ()
        if roles and not candidates:
            return answer_target(Target(roles, place, situation, explicit=situation is None), context)
    if last.kind == "contact" and question.roles and len(question.rest) <= 1:
        return answer_target(Target((question.roles[0].meaning,), place, explicit=True), context)
    before = library.topics.get(topic_id)
    if before is None or not question.rest:
        return None
    return _nearest_topic(question, before.title, topic_id, context)


def _nearest_topic(question: Question, title: str, topic_id: str, context: Context) -> Reply | None:
    """The topic that fits what is asked now and what was answered before."""
    finder, library = context.world.understanding.finder, context.world.library
    before = {hit.id: hit.score for hit in finder.find(read(title), most=60) if hit.what == "topic"}
    now = {hit.id: hit.score for hit in finder.find(question.words, most=60) if hit.what == "topic"}
    if not now:
        return None
    most_before, most_now = max(before.values(), default=1.0), max(now.values())
    scores = {
        one: NEW_WORDS_COUNT * score / most_now + before.get(one, 0.0) / most_before
        for one, score in now.items()
        if one != topic_id
    }
    if not scores:
        return None
    best = max(scores, key=lambda one: (scores[one], one))
    return topic_reply(context, library.topics[best], question, confidence=0.6) if before.get(best) else None
