"""What people ask about the assistant itself, and what it says to that."""

from __future__ import annotations

from pydantic import Field

from knowledge.models import Record


class Explanation(Record):
    """How one thing goes in the chat: the expressions by which it is asked, and the answer line by line."""

    id: str
    words: list[str] = Field(alias="woorden", min_length=1)
    lines: list[str] = Field(alias="regels", min_length=1, max_length=6)
