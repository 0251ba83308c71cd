"""The client: as nio has it, but what we know an event again by stands beside what is locked.

Imports nio, which is heavy: to be imported only where Matrix is.
"""

from __future__ import annotations

from typing import Any

from nio import AsyncClient

from adapters.matrix.standing import MARK


class Client(AsyncClient):  # type: ignore[misc]  # it ships no types
    """Of a new device nothing of before can be opened: the mark must be there to be read all the same. It tells nobody anything."""

    def encrypt(self, room_id: str, message_type: str, content: dict[Any, Any]) -> tuple[str, dict[str, Any]]:
        """See nio."""
        kind, locked = super().encrypt(room_id, message_type, content)
        return kind, {**locked, MARK: content[MARK]} if MARK in content else locked
