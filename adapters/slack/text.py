"""Between what people type and read and what Slack carries: escapes, mentions and links.

Whatever goes out is either plain (Slack reads no signs in it) or escaped here: no name, no import can become a mention or a link.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_CONTROL = re.compile(r"<([^<>]*)>")
_JOINER = "\u2060"
"""A sign without width: it breaks up what a client would turn into a mention by itself."""
_BARE = re.compile(r"(?<!\w)([@#])(?=\w)")


def escaped(text: str) -> str:
    """Text for the top level of a message, where Slack reads signs: as it stands, and never a mention, a link or a channel."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _BARE.sub(rf"\1{_JOINER}", safe)


def typed(text: str, name_of: Callable[[str], str | None], me: str) -> str:
    """What somebody typed, as the core reads it: our own mention gone, those of others as a name, links as they were typed."""

    def read(found: re.Match[str]) -> str:
        inside = found[1]
        target, _, label = inside.partition("|")
        if target.startswith("@"):
            return "" if target[1:] == me else name_of(target[1:]) or label or ""
        if target.startswith("#"):
            return f"#{label}" if label else ""
        if target.startswith("!"):
            return label.lstrip("@") or ""
        return label or target.removeprefix("mailto:").removeprefix("tel:")

    plain = _CONTROL.sub(read, text)
    return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()


def mentions(text: str, user: str) -> bool:
    """Whether this user is called by name in what was typed."""
    return re.search(rf"<@{re.escape(user)}(\|[^<>]*)?>", text) is not None
