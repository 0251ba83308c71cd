"""A reply as Slack shows it: blocks with plain text in them, controls under them, and a text beside them for notifications.

Text stands in `rich_text` and `plain_text`: there Slack reads no signs, so nothing that is said can become a mention or a link.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from adapters.slack import limits
from adapters.slack.limits import cut
from adapters.slack.text import escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.messages import Line, Option, Reply
    from bot.words import Words

Block = dict[str, Any]

ON = "verder"
"""The option that ends a page with several answers."""
PICK, TICK, GO, FORM = "kies", "vink", "door", "formulier"
"""What a control does: choose one, tick, submit the ticks, open the form."""
OPEN = frozenset({"contact", "choice", "knowledge", "help"})
"""Kinds that say nothing of a case: their whole text may be read out from a lock screen."""
FORMS = frozenset({"quickscan"})
BOLD = frozenset({"headline", "alarm", "person", "number"})


@dataclass(frozen=True)
class Part:
    """One message: what it shows, and what is read out of it where the blocks are not shown."""

    text: str
    blocks: list[Block]


def render(reply: Reply, message: int, words: Words, called: Sequence[str] = ()) -> list[Part]:
    """The reply as one message, or as several when it is long; the controls are under the last.

    `called` are the users of ours who are to be told: their phones say so.
    """
    lines = _without_boxes(reply)
    controls = options_as_blocks(reply, message, words)
    blocks = [*_calls(called), *lines_as_blocks(lines)]
    pages = list(_paged(blocks, limits.BLOCKS - len(controls)))
    pages[-1] = [*pages[-1], *controls]
    text = notification(reply, words)
    return [Part(text, blocks) for blocks in pages]


def notification(reply: Reply, words: Words) -> str:
    """What a lock screen and a screen reader get: never anything of a case."""
    if reply.kind in OPEN:
        return cut(escaped(reply.text), limits.TEXT).strip() or words.say("melding.notfound")
    if reply.kind == "urgent":
        return cut(escaped(reply.lines[0].text), limits.TEXT).strip() or words.say("melding.urgent")
    return words.say(f"melding.{reply.kind}")


# Text


def _without_boxes(reply: Reply) -> Sequence[Line]:
    """The lines that are not said again by boxes: those carry the numbers themselves."""
    if not reply.multiple:
        return reply.lines
    numbered = {f"{number}. {option.label}" for number, option in enumerate(reply.options, start=1)}
    told = numbered | {f"- {option.label}" for option in reply.options}
    return [line for line in reply.lines if line.text not in told]


def lines_as_blocks(lines: Sequence[Line]) -> Iterator[Block]:
    """Lines of one kind together in one block; the first headline stands out."""
    waiting: list[Line] = []
    for number, line in enumerate(lines):
        heads = number == 0 and line.style in {"headline", "alarm"} and 0 < len(line.text) <= limits.HEADER
        if waiting and (heads or _small(line) != _small(waiting[0])):
            yield from _block(waiting)
            waiting = []
        if heads:
            yield {"type": "header", "text": plain(line.text)}
        else:
            waiting.append(line)
    if waiting:
        yield from _block(waiting)


def _small(line: Line) -> bool:
    return line.style in {"note", "reason"}


def _block(lines: list[Line]) -> Iterator[Block]:
    if _small(lines[0]):
        texts = [cut(line.text, limits.CONTEXT_TEXT) for line in lines if line.text]
        for start in range(0, len(texts), limits.CONTEXT_PARTS):
            yield {"type": "context", "elements": [plain(text) for text in texts[start : start + limits.CONTEXT_PARTS]]}
        return
    parts: list[Block] = []
    size = 0
    for line in [piece for whole in lines for piece in _pieces(whole)]:
        if parts and size + len(line.text) > limits.RICH_TEXT:
            yield _rich(parts)
            parts, size = [], 0
        if parts:
            parts.append({"type": "text", "text": "\n"})
        if line.text:
            parts.append({"type": "text", "text": line.text, **({"style": {"bold": True}} if line.style in BOLD else {})})
        size += len(line.text) + 1
    if any(part["text"].strip() for part in parts):
        yield _rich(parts)


def _calls(users: Sequence[str]) -> list[Block]:
    """The one place where somebody is mentioned: people of the network, by the id that Slack gave them."""
    parts: list[Block] = []
    for user in users:
        parts += [{"type": "user", "user_id": user}, {"type": "text", "text": " "}]
    return [_rich(parts)] if parts else []


def _pieces(line: Line) -> list[Line]:
    """A line that is longer than a block, in pieces."""
    most = limits.RICH_TEXT
    if len(line.text) <= most:
        return [line]
    return [type(line)(line.text[start : start + most], line.style) for start in range(0, len(line.text), most)]


def _rich(parts: list[Block]) -> Block:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": parts}]}


def plain(text: str) -> Block:
    """Text in which no sign means anything."""
    return {"type": "plain_text", "text": text, "emoji": False}


def _paged(blocks: Iterable[Block], most: int) -> Iterator[list[Block]]:
    page: list[Block] = []
    size = 0
    for block in blocks:
        length = text_length(block)
        if page and (len(page) >= most or size + length > limits.BLOCKS_TOGETHER):
            yield page
            page, size = [], 0
        page.append(block)
        size += length
    yield page


def text_length(found: Any) -> int:
    """Characters of all texts in it, as Slack counts them together."""
    if isinstance(found, dict):
        own = len(found["text"]) if isinstance(found.get("text"), str) else 0
        return own + sum(text_length(value) for value in found.values())
    return sum(text_length(one) for one in found) if isinstance(found, list) else 0


# Controls


def options_as_blocks(reply: Reply, message: int, words: Words, within: str = "") -> list[Block]:
    """Buttons, a menu, or boxes with a button to submit them. `within` keeps the blocks of several messages on one view apart."""
    return [{**block, "block_id": f"{within}{block['block_id']}"} for block in _controls(reply, message, words)]


def _controls(reply: Reply, message: int, words: Words) -> list[Block]:
    if not reply.options:
        return []
    if reply.multiple:
        return _boxes(reply, message, words)
    if len(reply.options) <= limits.BUTTONS_SHOWN:
        buttons = [_button(message, option) for option in reply.options]
        return [_actions(message, 0, [*buttons, *_form_button(reply, words)])]
    menus = range(-(-len(reply.options) // limits.MENU))
    return [_actions(message, number, [_menu(reply, message, number, words)]) for number in menus[: limits.MENUS]]


def _actions(message: int, number: int, elements: list[Block]) -> Block:
    return {"type": "actions", "block_id": f"m{message}.{number}", "elements": elements}


def value(message: int, option: str) -> str:
    """What a control carries: which message it stands under, and what it chooses."""
    return json.dumps({"m": message, "o": option}, separators=(",", ":"))


def _button(message: int, option: Option) -> Block:
    return {
        "type": "button", "action_id": cut(f"{PICK}:{option.id}", limits.IDENTIFIER),
        "text": plain(cut(option.label, limits.BUTTON_TEXT)), "value": value(message, option.id),
        **({"style": "primary"} if option.selected else {}),
    }  # fmt: skip


def _form_button(reply: Reply, words: Words) -> list[Block]:
    """At the beginning of a conversation that can also be filled in at once."""
    if reply.data.get("flow") not in FORMS or reply.data.get("number") != 1:
        return []
    return [{"type": "button", "action_id": f"{FORM}:{reply.data['flow']}", "text": plain(words.say("formulier.open"))}]


def _menu(reply: Reply, message: int, number: int, words: Words) -> Block:
    start = number * limits.MENU
    options = reply.options[start : start + limits.MENU]
    return {
        "type": "static_select", "action_id": f"{PICK}:{number}:{message}", "placeholder": plain(words.say("melding.kies")),
        "options": [
            {"text": plain(cut(_label(option, start + count, reply), limits.OPTION_TEXT)), "value": option.id}
            for count, option in enumerate(options, start=1)
        ],
    }  # fmt: skip


def _boxes(reply: Reply, message: int, words: Words) -> list[Block]:
    boxes = [(number, option) for number, option in enumerate(reply.options, start=1) if option.id != ON]
    groups = [boxes[start : start + limits.BOXES] for start in range(0, len(boxes), limits.BOXES)]
    found = [_actions(message, number, [_group(reply, group, number)]) for number, group in enumerate(groups[: limits.GROUPS])]
    label = next((option.label for option in reply.options if option.id == ON), words.say("gesprek.verder"))
    button = {
        "type": "button", "action_id": GO, "text": plain(cut(label, limits.BUTTON_TEXT)), "value": value(message, ON),
        "style": "primary",
    }  # fmt: skip
    return [*found, _actions(message, len(groups), [button])]


def _label(option: Option, number: int, reply: Reply) -> str:
    """With the number that can be typed; where a typed number is an answer in itself there is none."""
    return f"{number}. {option.label}" if reply.numbered else option.label


def _group(reply: Reply, boxes: list[tuple[int, Option]], number: int) -> Block:
    made = [{"text": plain(cut(_label(option, count, reply), limits.OPTION_TEXT)), "value": option.id} for count, option in boxes]
    ticked = [one for one, (_, option) in zip(made, boxes, strict=True) if option.selected]
    group: Block = {"type": "checkboxes", "action_id": f"{TICK}:{number}", "options": made}
    return {**group, "initial_options": ticked} if ticked else group
