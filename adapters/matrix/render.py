"""A reply as Matrix shows it: a plain body that stands alone, the same in HTML, and a poll where one may choose.

Nothing that is said can become markup, a pill or a call to a whole room: signs are made harmless in both bodies, and who is really
called stands in `m.mentions`.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from adapters.phone import numbers_apart

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.messages import Line, Option, Reply

Content = dict[str, Any]

ON = "verder"
"""The option that ends a page with several answers."""
LONGEST = 8_000
"""Characters of one message; an event may have 65,536 bytes, with both bodies in it."""
BEGINNING = 1_000
"""Characters of a long message that has changed, for clients that know no edits."""
QUESTION = 240
"""Characters above a poll, where clients show all in bold. What is longer goes before it as a message."""
ANSWERS = 20
"""A poll has no more."""
SEEDED = 6
"""Reactions that are put under a message; from more options than this only the numbers are left."""
POLLED = frozenset({"question", "choice"})
QUIET = frozenset({"confirmation"})
"""Kinds for which a phone in a pocket need not buzz when they are said in a room."""
KEYCAPS = tuple(f"{number}\ufe0f\u20e3" for number in range(1, 10))
POLL, TEXT = "org.matrix.msc3381.poll.start", "org.matrix.msc1767.text"
MARKS = {"headline": "strong", "person": "strong", "alarm": "strong", "note": "em", "reason": "em"}
NUMBERED = re.compile(r"([1-9][0-9]?)\. ")
WORD_JOINER = "\u2060"
CALLS = re.compile(r"(?<![\w.+-])@(?=\w)")
LINKS = re.compile(r"(?i)\bmatrix(?=\.to\b|:)")
EMOJI_AT_END = re.compile(r"([\u2190-\u2bff\U0001f000-\U0001faff][\ufe0f\u200d\u20e3]*)$")


@dataclass(frozen=True)
class Part:
    """One event: its type, its content, and the reactions to put under it."""

    type: str
    content: Content
    seeds: tuple[str, ...] = ()


def render(reply: Reply, *, alone: bool, polls: bool = True, mentions: Sequence[str] = ()) -> list[Part]:
    """The events of a reply, in order; what can be chosen is in the last.

    `alone`: in a direct chat, where nobody else sees a vote. `mentions`: the accounts to call.
    """
    if alone and polls and reply.kind in POLLED and 2 <= len(reply.options) <= ANSWERS:
        return _with_poll(reply, mentions)
    kind = "m.notice" if not alone and reply.kind in QUIET else "m.text"
    lines = (*reply.lines, *_left_out(reply))
    parts = [Part("m.room.message", text_content(page, mentions, kind)) for page in _pages(lines)]
    seeds = () if (alone and reply.kind in POLLED) or not reply.numbered else tuple(seeds_of(reply.options))
    return [*parts[:-1], Part(parts[-1].type, parts[-1].content, seeds)]


def _with_poll(reply: Reply, mentions: Sequence[str]) -> list[Part]:
    """A poll that says what it asks; with a message before it when that is much. Nothing stands in both."""
    options = set(_listed(reply).values())
    asked = [line for line in reply.lines if line not in options]
    before: list[Line] = []
    above = asked
    if sum(len(line.text) + 1 for line in asked) > QUESTION:
        asks = next((line for line in reversed(asked[:-1]) if line.text.endswith("?") and len(line.text) < QUESTION // 2), None)
        above = [line for line in asked if line in (asks, asked[-1])]
        before = [line for line in asked if line not in above]
    parts = [Part("m.room.message", text_content(page, mentions)) for page in _pages(before)] if before else []
    return [*parts, Part(POLL, poll_content(reply, above, mentions if not before else ()))]


def poll_content(reply: Reply, above: Sequence[Line], mentions: Sequence[str]) -> Content:
    """The poll, under the name that clients know, with the same as text beside it for those that do not.

    `above`: the lines of the reply that stand in it, besides its options.
    """
    listed = _listed(reply)
    told = [listed[number].text if number in listed else _told(reply, number) for number in range(1, len(reply.options) + 1)]
    answers = [
        {"id": option.id, TEXT: harmless(text.removeprefix("- "))} for option, text in zip(reply.options, told, strict=True)
    ]
    # A client may show lines as one: each ends as a sentence does.
    question = harmless("\n".join(f"{line.text}." if line.text[-1:].isalnum() else line.text for line in above))
    said = [line.text for line in (*reply.lines, *_left_out(reply)) if line in above or line.text in told]
    whole = harmless("\n".join(said))
    return {
        "msgtype": "m.text", "body": whole, TEXT: whole, "m.mentions": _mentioned(mentions),
        POLL: {
            "kind": "org.matrix.msc3381.poll.disclosed",
            "max_selections": len(answers) if reply.multiple else 1,
            "question": {"msgtype": "m.text", "body": question, TEXT: question},
            "answers": answers,
        },
    }  # fmt: skip


def text_content(lines: Sequence[Line], mentions: Sequence[str] = (), kind: str = "m.text") -> Content:
    """A message of text in its two forms."""
    lines = list(numbers_apart(lines))
    return {
        "msgtype": kind, "body": harmless("\n".join(line.text for line in lines)), "format": "org.matrix.custom.html",
        "formatted_body": _laid_out(lines), "m.mentions": _mentioned(mentions),
    }  # fmt: skip


def edited(content: Content, event: str) -> Content:
    """The same as a change of an earlier event. It calls nobody: an edit never does."""
    new = {**content, "m.mentions": {}}
    relation = {"rel_type": "m.replace", "event_id": event}
    if len(new["body"]) <= LONGEST:
        return {**new, "body": f"* {new['body']}", "m.new_content": new, "m.relates_to": relation}
    # All of it twice would be more than an event may hold: clients that know no edits get the beginning.
    begins = {"msgtype": new["msgtype"], "body": f"* {new['body'][:BEGINNING]} …", "m.mentions": {}}
    return {**begins, "m.new_content": new, "m.relates_to": relation}


def related(content: Content, *, thread: str | None, to: str | None) -> Content:
    """The same as an answer to a message, in its thread if it has one."""
    if thread:
        relation: Content = {"rel_type": "m.thread", "event_id": thread, "is_falling_back": to is None}
        return {**content, "m.relates_to": {**relation, "m.in_reply_to": {"event_id": to or thread}}}
    return {**content, "m.relates_to": {"m.in_reply_to": {"event_id": to}}} if to else content


def harmless(text: str) -> str:
    """Text in which nothing calls a person or a room, and no link becomes a pill. It reads the same."""
    return LINKS.sub(lambda found: found[0] + WORD_JOINER, CALLS.sub(f"@{WORD_JOINER}", text))


def _laid_out(lines: Sequence[Line]) -> str:
    """The lines in HTML: what is listed as a list, and some air above each person to be called."""
    found = ""
    for listed, together in groupby(lines, lambda line: line.style == "list" and line.text.startswith("- ")):
        if listed:
            items = (f"<li>{_html(replace(line, text=line.text.removeprefix('- ')))}</li>" for line in together)
            found += f"<ul>{''.join(items)}</ul>"
            continue
        said: list[str] = []
        for line in together:
            said += [""] if line.style == "person" and said and said[-1] else []
            said.append(_html(line))
        found += "<br>".join(said)
    return found


def _html(line: Line) -> str:
    text = html.escape(harmless(line.text), quote=False)
    mark = MARKS.get(line.style)
    return f"<{mark}>{text}</{mark}>" if mark and text else text


def _mentioned(accounts: Sequence[str]) -> Content:
    """Always there: without it clients look for names in the text."""
    return {"user_ids": list(accounts)} if accounts else {}


def _listed(reply: Reply) -> dict[int, Line]:
    """The lines that name the options, by number: all of them, or none. They may say more than a label ("1. Wendy, wijkagent")."""
    found: dict[int, Line] = {}
    for line in reply.lines:
        if reply.numbered:
            number = NUMBERED.match(line.text)
            found |= {int(number[1]): line} if number and line.style == "list" else {}
        else:
            named = (place for place, one in enumerate(reply.options, start=1) if line.text.startswith(f"- {one.label}"))
            found |= dict.fromkeys(named, line)
    of_options = {number: line for number, line in found.items() if number <= len(reply.options)}
    return of_options if len(of_options) == len(reply.options) else {}


def _left_out(reply: Reply) -> Iterator[Line]:
    """The options, where the text does not name them: everything can be typed."""
    from bot.messages import Line  # noqa: PLC0415 - only types elsewhere

    if not _listed(reply):
        yield from (Line(_told(reply, number), "list") for number in range(1, len(reply.options) + 1))


def _told(reply: Reply, number: int) -> str:
    """An option with the number that can be typed for it; where a number is itself an answer there is none."""
    label = reply.options[number - 1].label
    return f"{number}. {label}" if reply.numbered else f"- {label}"


def same_question(one: Reply, other: Reply) -> bool:
    """Whether two replies are one step of one conversation, or ask one thing in the same words, with the same to choose from."""
    known, asked = ((reply.data.get("reference"), reply.data.get("step"), reply.options) for reply in (one, other))
    return known == asked and (known[1] is not None or one.lines == other.lines)


def seeds_of(options: Sequence[Option]) -> list[str]:
    """A reaction for each option: the sign with which its label ends, else its number. None when there are many."""
    if not 0 < len(options) <= SEEDED:
        return []
    return [seed_of(option, number) for number, option in enumerate(options)]


def seed_of(option: Option, number: int) -> str:
    found = EMOJI_AT_END.search(option.label.rstrip())
    return found[1] if found else KEYCAPS[number]


def option_for(key: str, options: Sequence[Option]) -> str | None:
    """The option that somebody means by a reaction; with or without the sign that makes it colourful."""
    bare = key.replace("\ufe0f", "")
    for number, option in enumerate(options):
        signs = {seed_of(option, number)} if number < len(KEYCAPS) else set()
        signs |= {KEYCAPS[number]} if number < len(KEYCAPS) else set()
        if bare in {sign.replace("\ufe0f", "") for sign in signs}:
            return option.id
    return None


def _pages(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Lines in messages that are not too long; a line that is too long by itself is cut in pieces."""
    page: list[Line] = []
    size = 0
    for line in (piece for whole in lines for piece in _pieces(whole)):
        if page and size + len(line.text) > LONGEST:
            yield page
            page, size = [], 0
        page.append(line)
        size += len(line.text) + 1
    yield page


def _pieces(line: Line) -> Iterator[Line]:
    if len(line.text) <= LONGEST:
        yield line
        return
    for start in range(0, len(line.text), LONGEST):
        yield type(line)(line.text[start : start + LONGEST], line.style)
