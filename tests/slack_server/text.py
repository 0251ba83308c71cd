"""What a reader sees in a message: its plain text, and everything in it that Slack would turn into a mention or a link."""

from __future__ import annotations

import html
import re
from typing import Any

CONTROL = re.compile(r"<([^<>]+)>")
BARE = re.compile(r"(?<!\w)@(?:channel|here|everyone)\b|(?<!\w)#[a-z0-9_-]+|https?://\S+", re.IGNORECASE)


def controls(message: dict[str, Any]) -> list[str]:
    """Mentions and links, in the text and in every block."""
    found = CONTROL.findall(message.get("text", ""))
    for part in _parts(message.get("blocks", [])):
        if part.get("type") == "mrkdwn":
            found += CONTROL.findall(part["text"])
            if not part.get("verbatim"):
                found += BARE.findall(part["text"])
        elif part.get("type") in {"link", "user", "channel", "usergroup", "broadcast"}:
            found.append(str(part))
    return found


def shown(message: dict[str, Any]) -> str:
    """What the blocks say, block by block, as somebody reads it; without blocks the text."""
    blocks = message.get("blocks")
    if not blocks:
        return html.unescape(message.get("text", ""))
    return "\n".join(line for block in blocks if (line := _block(block)))


def _block(block: dict[str, Any]) -> str:
    match block["type"]:
        case "rich_text":
            return "\n".join(line for element in block["elements"] for line in _rich(element))
        case "section" | "header":
            return "\n".join(_read(one) for one in [block.get("text"), *block.get("fields", [])] if one)
        case "context":
            return "\n".join(_read(one) for one in block["elements"] if "text" in one)
        case "input":
            return _read(block["label"])
        case "image":
            return str(block["alt_text"])
        case _:
            return ""


def _rich(element: dict[str, Any]) -> list[str]:
    if element["type"] == "rich_text_list":
        return [f"- {line}" for item in element["elements"] for line in _rich(item)]
    return ["".join(part["text"] for part in _parts(element["elements"]) if part.get("type") == "text")]


def _read(text: dict[str, Any]) -> str:
    return html.unescape(text["text"]) if text["type"] == "mrkdwn" else str(text["text"])


def _parts(found: Any) -> list[dict[str, Any]]:
    if isinstance(found, dict):
        return [found, *(part for value in found.values() for part in _parts(value))]
    return [part for one in found for part in _parts(one)] if isinstance(found, list) else []
