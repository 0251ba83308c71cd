"""A reply as Slack shows it: blocks with plain text in them, controls under them, and a text beside them for notifications."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from adapters.slack import limits
from adapters.slack.controls import options_as_blocks
from adapters.slack.layout import lines_as_blocks
from adapters.slack.limits import cut
from adapters.slack.text import escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from adapters.slack.controls import Sheet
    from bot.messages import Line, Reply
    from bot.words import Words

Block = dict[str, Any]

OPEN = frozenset({"contact", "choice", "knowledge", "help"})
"""Kinds that say nothing of a case: their whole text may be read out from a lock screen."""
SHORT = 30
"""Characters of a button that a phone shows whole."""
CASE = frozenset({"flow", "handover", "reference", "los-nummer"})
"""What stands in the data of a reply that is about a case all the same, as the question which of several is meant."""


@dataclass(frozen=True)
class Part:
    """One message: what it shows, and what is read out of it where the blocks are not shown."""

    text: str
    blocks: list[Block]


def render(reply: Reply, message: int, words: Words, called: Sequence[str] = ()) -> list[Part]:
    """The reply as one message, or as several when it is long; the controls are under the last, or the last.

    `called` are the users of ours who are to be told: their phones say so.
    """
    controls = options_as_blocks(reply, message, words)
    pages = list(_paged([*_calls(called), *lines_as_blocks(_without_boxes(reply))]))
    together = [*pages[-1], *controls]
    pages[-1:] = [together] if _fits(together) else [page for page in (pages[-1], controls) if page]
    text = notification(reply, words)
    if len(pages) == 1 or not _is_open(reply):
        return [Part(text, blocks) for blocks in pages]
    return [Part(_read_out(blocks) or words.say("melding.kies"), blocks) for blocks in pages]


def turned(reply: Reply, message: int, words: Words, sheet: Sheet) -> Part:
    """The message under which the controls stand, with another sheet of them."""
    last = render(reply, message, words)[-1]
    controls = options_as_blocks(reply, message, words, sheet=sheet)
    return Part(last.text, [*(block for block in last.blocks if block["type"] != "actions"), *controls])


def notification(reply: Reply, words: Words) -> str:
    """What a lock screen and a screen reader get: never anything of a case."""
    if _is_open(reply):
        return cut(escaped(reply.text), limits.TEXT).strip() or words.say("melding.notfound")
    if reply.kind == "urgent":
        return cut(escaped(reply.lines[0].text), limits.TEXT).strip() or words.say("melding.urgent")
    return words.say(f"melding.{reply.kind}")


def _is_open(reply: Reply) -> bool:
    return reply.kind in OPEN and CASE.isdisjoint(reply.data)


def _read_out(blocks: Iterable[Block]) -> str:
    """What one part of a long message says."""
    told = (text for block in blocks if block["type"] != "actions" for text in _texts(block))
    return cut(escaped("\n".join(told)), limits.TEXT).strip()


def _texts(found: Any) -> Iterator[str]:
    if isinstance(found, dict):
        if isinstance(found.get("text"), str):
            yield found["text"]
        found = list(found.values())
    if isinstance(found, list):
        for one in found:
            yield from _texts(one)


# Text


def _without_boxes(reply: Reply) -> Sequence[Line]:
    """The lines that are not said again by boxes, which carry the numbers themselves, or by buttons without a number to type."""
    told = {f"- {option.label}" for option in reply.options}
    if reply.multiple:
        told |= {f"{number}. {option.label}" for number, option in enumerate(reply.options, start=1)}
    elif reply.numbered or len(reply.options) > limits.BUTTONS_SHOWN or any(len(one.label) > SHORT for one in reply.options):
        return reply.lines
    return [line for line in reply.lines if line.text not in told]


def _calls(users: Sequence[str]) -> list[Block]:
    """The one place where somebody is mentioned: people of the network, by the id that Slack gave them."""
    parts: list[Block] = []
    for user in users:
        parts += [{"type": "user", "user_id": user}, {"type": "text", "text": " "}]
    return [_rich(parts)] if parts else []


def _rich(parts: list[Block]) -> Block:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": parts}]}


def _paged(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    page: list[Block] = []
    for block in blocks:
        if page and not _fits([*page, block]):
            yield page
            page = []
        page.append(block)
    yield page


def _fits(blocks: list[Block]) -> bool:
    """Whether Slack takes so much in one message."""
    return (
        len(blocks) <= limits.BLOCKS
        and text_length(blocks) <= limits.BLOCKS_TOGETHER
        and len(json.dumps(blocks, ensure_ascii=False, separators=(",", ":"))) <= limits.BLOCKS_WRITTEN
    )


def text_length(found: Any) -> int:
    """Characters of all texts in it, as Slack counts them together."""
    return sum(len(text) for text in _texts(found))
