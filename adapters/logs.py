"""Log lines as JSON, one an event: ids, classes and moments, never what anybody said. Meant for a machine to read and keep."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

from pythonjsonlogger.json import JsonFormatter

if TYPE_CHECKING:
    from typing import TextIO

LOUD = ("nio", "slack_bolt", "slack_sdk", "aiohttp", "peewee")
"""Libraries that write whole messages at their lower levels: of these only what goes wrong is kept."""


class _NoTexts(logging.Filter):
    """Takes out what a library adds of its own: the traceback holds values, and values can be what somebody said."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info:
            kind = record.exc_info[0]
            record.fault = kind.__name__ if kind else None
        record.exc_info, record.exc_text, record.stack_info = None, None, None
        if record.name.split(".")[0] in LOUD:
            record.msg, record.args = f"{record.levelname.lower()} of {record.name}", ()
        return True


def set_up_logs(level: int = logging.INFO, stream: TextIO | None = None) -> None:
    """All logging of this process to standard error (or a stream), without contents."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    handler.addFilter(_NoTexts())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
