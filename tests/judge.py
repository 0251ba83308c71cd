"""Judges answers to a set of questions: kind, first person, section, what must be said, and what must never be."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import TYPE_CHECKING

from bot.answer import answer
from bot.context import Context
from bot.messages import direct
from knowledge.network_files import read_network
from tests.asking import world

if TYPE_CHECKING:
    from pathlib import Path


def judged(questions: Path, network: Path):
    """Each question with what is wrong with its answer; an empty list when nothing is."""
    of = world(read_network(network))
    for line in questions.read_text(encoding="utf-8").splitlines():
        question = json.loads(line)
        sender, place = question.get("as"), question.get("in", "dm")
        context = Context(
            of, sender, direct(sender or "terminal") if place == "dm" else place, datetime.fromisoformat(question["at"])
        )
        yield question, faults(question, answer(question["text"], context), of.network)


def faults(question, reply, network):
    """What is wrong with an answer."""
    expected, contacts = question["expect"], reply.data.get("contacts", [])
    return [
        *_kind(expected, reply),
        *_people(expected, reply, contacts, network),
        *_said(expected, reply),
        *(["leaks"] if "vreemde" in question["tags"] and _leaks(reply, network) else []),
    ]


def _listed(value):
    return value if isinstance(value, list) else [value]


def _kind(expected, reply):
    if reply.kind not in _listed(expected["kind"]):
        yield f"kind {reply.kind}"


def _people(expected, reply, contacts, network):
    named = {one["person"] for one in contacts if not one["deputy_for"]}
    yield from (f"names {one}" for one in expected.get("must_not_persons") or [] if one in named)
    if reply.kind == "choice" and len(set(expected.get("persons") or []) & {one["person"] for one in contacts}) < 2:
        yield "choice lacks the candidates"
    if reply.kind != "contact":
        return
    first = contacts[0]
    held = {first["role"]}
    for one in (first["person"], first["deputy_for"]):
        held |= set(network.person_by_id[one].roles) if one else set()
    if expected.get("persons") and first["person"] not in expected["persons"]:
        yield f"first {first['person']}"
    if expected.get("roles") and not held & set(expected["roles"]):
        yield f"role {first['role']}"


def _said(expected, reply):
    both = {"contact", "knowledge"} <= set(_listed(expected["kind"])) and reply.kind == "contact"
    if expected.get("sources") and reply.kind in {"knowledge", "contact"} and not both:
        given = [
            one
            for label in reply.data.get("sources", [])
            for one in (label, "bijlage 5" if label.startswith("convenant") else label)
        ]
        if not any(re.match(rf"{re.escape(wanted)}(?![\d.])", label) for wanted in expected["sources"] for label in given):
            yield f"sources {reply.data.get('sources')}"
    for group in expected.get("mention") or []:
        patterns = [word[1:-1] if word.startswith("/") and word.endswith("/") else f"(?i){re.escape(word)}" for word in group]
        if not any(re.search(pattern, reply.text) for pattern in patterns):
            yield f"no mention of {group[0]}"
    yield from (f"says {word}" for word in expected.get("text_not") or [] if word in reply.text)


def _leaks(reply, network):
    said = f"{reply.text} {reply.data}"
    digits = re.sub(r"\D", "", said)
    numbers = {re.sub(r"\D", "", one.phone or "") for one in network.people} - {"", "112", "08002000", "09008844"}
    return any(number in digits for number in numbers) or any(one.email and one.email in said for one in network.people)
