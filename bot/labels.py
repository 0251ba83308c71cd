"""A label for something to choose, that fits on a phone."""

from __future__ import annotations

MOST = 40
"""Characters of a label (rules: controls; a phone cuts what is longer)."""


def short(text: str) -> str:
    """The text if it fits, else as many whole words of it as do."""
    if len(text) <= MOST:
        return text
    return f"{text[:MOST].rpartition(' ')[0].rstrip(' ,:;') or text[: MOST - 1]}…"
