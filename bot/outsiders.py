"""Where somebody who is no member can read along, a place gets role and name; the details go to the asker alone (rules)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.messages import Line, direct
from bot.privacy import PUBLIC_NUMBERS, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.context import Context
    from bot.messages import Reply

_DETAIL = re.compile(r"(?:[,:]?\s*)(\+?\d[\d ().-]{6,}\d|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)")


def apart(replies: Iterable[Reply], context: Context) -> list[Reply]:
    """The replies, with the details taken out of those for this place and sent to the asker in their own chat."""
    if context.place == direct(context.sender or ""):
        return list(replies)
    found: list[Reply] = []
    for reply in replies:
        bare = reply if reply.to not in {None, context.place} else without_details(reply, context)
        found.append(bare)
        if bare != reply and context.sender:
            found.append(replace(reply, options=(), multiple=False, card=None, to=direct(context.sender)))
    return found


def without_details(reply: Reply, context: Context) -> Reply:
    """The same reply without anybody's number or address; those that are public stay."""
    lines: list[Line] = []
    for line in reply.lines:
        text = _DETAIL.sub(lambda match: "" if _is_own(match[1], context) else match[0], line.text)
        if text.strip() or not line.text.strip():
            lines.append(replace(line, text=text))
    data = _bare(reply.data, context)
    if tuple(lines) == reply.lines and data == reply.data:
        return reply
    told = Line(context.world.words.say("meeluisteren.nummers-prive"), "note")
    return replace(reply, lines=(*lines, told) if context.sender else tuple(lines), data=data)


def _is_own(value: str, context: Context) -> bool:
    return plain(value) not in PUBLIC_NUMBERS and plain(value) in context.world.own_numbers


def _bare(data: dict[str, Any], context: Context) -> dict[str, Any]:
    """The data with the contacts in it, wherever they stand, without details."""
    if not isinstance(data.get("contacts"), list):
        return data
    contacts = [
        {key: None if key in {"phone", "email"} and value and _is_own(str(value), context) else value for key, value in one.items()}
        for one in data["contacts"]
    ]
    return {**data, "contacts": contacts}
