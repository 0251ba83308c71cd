"""The clock. Read by the commands alone, and handed from there to whoever needs the time."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """The moment at which this is read, aware."""
    return datetime.now(UTC).astimezone()
