"""Answers what the source knows: short, with its section, and whom to call about it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.answers.contact_lines import contact_data
from bot.answers.target import find_place
from bot.labels import short
from bot.messages import Line, Option, Reply
from bot.picture.named import named_picture
from knowledge.reach import NOWHERE
from knowledge.text import split

if TYPE_CHECKING:
    from bot.context import Context
    from bot.understand import Question
    from knowledge.library import Library
    from knowledge.models import Checklist, Topic
    from knowledge.reach import Contact
    from knowledge.tally import Hit

_FIGURE = re.compile(r"\{([a-z0-9-]+)\}")
MOST_CONTACTS = 2
MOST_OTHERS = 3
RIVAL = 0.55
"""From this share of the best score another topic may be meant as well, and can be tapped."""


def fill(text: str, library: Library) -> str:
    """The text with its figures in place: "{verzuim-melden-uren}" becomes "16 uur"."""
    return _FIGURE.sub(lambda match: str(library.figures[match.group(1)]), text)


def answer_knowledge(question: Question, context: Context, hit: Hit) -> Reply:
    """One topic; the others that fit nearly as well can be chosen."""
    others = [one.id for one in question.subjects if one.what == "topic" and one.id != hit.id and one.score > RIVAL * hit.score]
    confidence = round(min(0.95, 0.3 + 0.65 * hit.explained), 2)
    return topic_reply(context, context.world.library.topics[hit.id], question, others[:MOST_OTHERS], confidence)


def topic_reply(
    context: Context, topic: Topic, question: Question | None = None, others: list[str] | None = None, confidence: float = 0.95
) -> Reply:
    """A topic as people read it."""
    words, library = context.world.words, context.world.library
    lines = [Line(topic.title, "headline")]
    lines += [Line(line, "list" if line.startswith("- ") else "plain") for line in fill(topic.answer, library).strip().splitlines()]
    if topic.since_then:
        lines.append(Line(words.say("kennis.inmiddels", tekst=fill(topic.since_then, library)), "note"))
    contacts = _contacts(context, topic, question) if context.may("contact-vragen") else []
    for contact in contacts:
        lines.append(Line(words.say("kennis.bel", naam=contact.person.name, rol=library.roles[contact.role].name), "person"))
        if contact.person.phone:
            lines.append(Line(contact.person.phone, "number"))
    own = topic.sources[0].startswith("eigen ")  # what a network adds itself is not of the report, nor of its year
    lines.append(Line(words.say("kennis.bron-eigen" if own else "kennis.bron", bron=", ".join(topic.sources)), "reason"))
    chosen = [library.topics[one] for one in (others or []) if one in library.topics]
    offered = [(f"topic:{one.id}", short(one.title), one.title) for one in chosen]
    if (checklist := _checklist(topic, context)) and context.may("gesprek-beginnen"):
        label = words.say("lijst.aanbod", titel=checklist.title)
        offered.insert(0, (f"flow:{checklist.flow}", words.say("lijst.aanbod-kort"), label))
    if (flow := _guided(topic, context)) and context.may("gesprek-beginnen"):
        offered.append((f"flow:{flow}", words.say(f"kennis.aanbod-{flow}"), words.say(f"kennis.aanbod-{flow}")))
    options = tuple(Option(option, label) for option, label, _ in offered)
    if options:
        lines.append(Line(words.say("kennis.ook"), "note"))
        lines += [Line(f"{number}. {text}", "list") for number, (_, _, text) in enumerate(offered, start=1)]
    data = {
        "topic": topic.id,
        "sources": list(topic.sources),
        "confidence": confidence,
        "contacts": [contact_data(contact) for contact in contacts],
    }
    return Reply("knowledge", tuple(lines), options, data=data, picture=named_picture(topic.picture, library))


def _guided(topic: Topic, context: Context) -> str | None:
    """The conversation that works out for one case what this topic says in general."""
    offers: dict[str, list[str]] = context.world.library.language["aanbod"]
    return next((flow for flow, beginnings in offers.items() if topic.id.startswith(tuple(beginnings))), None)


def _checklist(topic: Topic, context: Context) -> Checklist | None:
    """The list that goes with this topic, by the words in its title."""
    title = f" {' '.join(split(topic.title))} "
    lists = context.world.library.checklists.values()
    return next((one for one in lists if any(f" {' '.join(split(word))} " in title for word in one.near)), None)


def _contacts(context: Context, topic: Topic, question: Question | None) -> list[Contact]:
    """Who to call about it here: only people who follow from the place, never a guess among many."""
    place = find_place(question, context)[0] if question else context.own_place()
    found: list[Contact] = []
    for asked in topic.call:
        role = _held(asked, context)
        holders = [one for one in context.world.reach.holders(role, place, context.today) if one.id != context.sender]
        if not holders or (place == NOWHERE and len(holders) > 1):
            continue
        contacts = context.world.reach.contacts(holders[0], role, context.now, but_not=context.sender)
        found.extend(one for one in contacts[:1] if one.person.id not in {other.person.id for other in found})
    return found[:MOST_CONTACTS]


def _held(role: str, context: Context) -> str:
    """The role itself; for one of the whole network that nobody has, who does it then (no privacycontact: the coordinator)."""
    entry, reach = context.world.library.roles[role], context.world.reach
    if entry.side != "netwerk" or reach.holders(role, NOWHERE, context.today):
        return role
    return next((other for other in entry.instead if reach.holders(other, NOWHERE, context.today)), role)
