"""The lines of a message as blocks of text: what stands out, what is listed, and what is said beside it in small.

Text stands in `rich_text` and `plain_text`: there Slack reads no signs, so nothing that is said can become a mention or a link.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from adapters.phone import is_number, numbers_apart
from adapters.slack import limits
from adapters.slack.controls import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.messages import Line

Block = dict[str, Any]

BOLD = frozenset({"headline", "alarm", "person", "number"})
SMALL = frozenset({"note", "reason"})
SECTION, LIST = "rich_text_section", "rich_text_list"
MOST_LISTED = 50
"""Points of a list in one block: each is long when it is written down."""


def lines_as_blocks(lines: Sequence[Line]) -> Iterator[Block]:
    """Lines of one kind together in one block; the first headline stands out."""
    waiting: list[Line] = []
    small_now = False
    for number, (line, small) in enumerate(_told_apart(lines)):
        heads = number == 0 and line.style in {"headline", "alarm"} and 0 < len(line.text) <= limits.HEADER
        if waiting and (heads or small != small_now):
            yield from _block(waiting, small=small_now)
            waiting = []
        if heads:
            yield {"type": "header", "text": plain(line.text)}
        else:
            waiting.append(line)
            small_now = small
    if waiting:
        yield from _block(waiting, small=small_now)


def _told_apart(lines: Sequence[Line]) -> Iterator[tuple[Line, bool]]:
    """Each line, and whether it is small. A number to be called never is, nor whose it is, nor what stands above something."""
    # In a terminal a line may stand further in: here the next line would not, where it does not fit.
    apart = [replace(line, text=line.text.lstrip(" ")) for line in numbers_apart(lines)]
    for line, following in zip_longest(apart, apart[1:]):
        above = following is not None and (is_number(following.text) or _point(following) or _heads(line, following))
        yield line, line.style in SMALL and not (above or is_number(line.text))


def _block(lines: list[Line], *, small: bool) -> Iterator[Block]:
    if small:
        yield from _contexts(piece.text for line in lines for piece in _pieces(line, limits.CONTEXT_TEXT) if piece.text)
        return
    made: list[Block] = []
    size = listed = 0
    for line in [piece for whole in lines for piece in _pieces(whole, limits.RICH_TEXT)]:
        if made and (size + len(line.text) > limits.RICH_TEXT or listed >= MOST_LISTED):
            yield from _rich_if_said(made)
            made, size, listed = [], 0, 0
        if _point(line):
            _list(made, line)
            listed += 1
        else:
            _tell(made, line)
        size += len(line.text) + 1
    yield from _rich_if_said(made)


def _heads(line: Line, following: Line) -> bool:
    return line.text.endswith(":") and following.style not in SMALL


def _point(line: Line) -> bool:
    return line.style == "list" and line.text.startswith("- ") and bool(line.text[2:].strip())


def _list(made: list[Block], line: Line) -> None:
    """One more point, under those before it."""
    if not made or made[-1]["type"] != LIST:
        made.append({"type": LIST, "style": "bullet", "elements": []})
    made[-1]["elements"].append({"type": SECTION, "elements": [{"type": "text", "text": line.text.removeprefix("- ")}]})


def _tell(made: list[Block], line: Line) -> None:
    """One more line of text; with some air above each person to be called."""
    if not made or made[-1]["type"] != SECTION:
        made.append({"type": SECTION, "elements": []})
    parts: list[Block] = made[-1]["elements"]
    style = {"style": {"bold": True}} if line.style in BOLD else {"style": {"italic": True}} if line.style in SMALL else {}
    if parts:
        parts[-1]["text"] += "\n" if line.style != "person" or parts[-1]["text"].endswith("\n") else "\n\n"
    if parts and style == {key: value for key, value in parts[-1].items() if key == "style"}:
        parts[-1]["text"] += line.text  # of one style together: it is written down shorter
    elif line.text:
        parts.append({"type": "text", "text": line.text, **style})


def _rich_if_said(made: list[Block]) -> Iterator[Block]:
    """A block, where there is something in it to read."""
    said = [part for part in made if part["type"] == LIST or any(one["text"].strip() for one in part["elements"])]
    if said:
        yield {"type": "rich_text", "elements": said}


def _contexts(texts: Iterable[str]) -> Iterator[Block]:
    """Small text, as much in a block as it takes. In one piece: Slack puts pieces beside each other, not under each other."""
    waiting = ""
    for text in texts:
        if waiting and len(waiting) + 1 + len(text) > limits.CONTEXT_TEXT:
            yield {"type": "context", "elements": [plain(waiting)]}
            waiting = ""
        waiting += f"\n{text}" if waiting else text
    if waiting:
        yield {"type": "context", "elements": [plain(waiting)]}


def _pieces(line: Line, most: int) -> list[Line]:
    """A line that is longer than a block, in pieces."""
    if len(line.text) <= most:
        return [line]
    return [type(line)(line.text[start : start + most], line.style) for start in range(0, len(line.text), most)]
