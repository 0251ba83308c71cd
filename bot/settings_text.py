"""Writes a platform into the text of a settings file, and leaves all else in it as somebody wrote it, comments too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

KEY = "platforms"


class NotByUs(Exception):
    """The text is written in a way that we do not dare to change; the message is what somebody should write in it."""


def with_platform(text: str, name: str, section: Mapping[str, Any]) -> str:
    """The text with this section for the platform, in the place of the one that may be there. Raises `NotByUs`, `YAMLError`."""
    before = yaml.safe_load(text) or {}
    platforms = before.get(KEY) or {}
    wanted = {**platforms, name: dict(section)}
    if platforms.get(name) == dict(section):
        return text
    found = _put(text, name, section)
    try:
        whole = yaml.safe_load(found) == {**before, KEY: wanted}
    except yaml.YAMLError:
        whole = False
    if not whole:
        raise NotByUs(_dump({KEY: {name: dict(section)}}))
    return found


def _dump(what: dict[str, Any]) -> str:
    return yaml.safe_dump(what, allow_unicode=True, sort_keys=False)


def _put(text: str, name: str, section: Mapping[str, Any]) -> str:
    lines = text.splitlines()
    key, value = _pair(yaml.compose(text), KEY)
    if key is None:
        return "\n".join([*lines, *_dump({KEY: {name: dict(section)}}).splitlines(), ""])
    children = value.value if isinstance(value, yaml.MappingNode) else []
    indent = " " * (children[0][0].start_mark.column if children else 2)
    block = [indent + line for line in _dump({name: dict(section)}).splitlines()]
    own, old = _pair(value, name)
    if own is None or old is None:
        start = end = key.start_mark.line + 1
    else:
        start, end = own.start_mark.line, _last(lines, own.start_mark.line, old.end_mark.line)
    return "\n".join([*lines[:start], *block, *lines[end:], ""])


def _pair(node: Any, name: str) -> tuple[Any, Any]:
    """The node of a key and of its value."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == name:
                return key, value
    return None, None


def _last(lines: list[str], start: int, end: int) -> int:
    """Where a section really ends: what stands empty or as a comment behind it belongs to what follows."""
    end = max(end, start + 1)
    while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    return end
