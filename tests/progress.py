"""How far something long has come: on a terminal in one line that changes, elsewhere a line a minute."""

import sys
import time
from contextlib import contextmanager

from rich.console import Console

EVERY = 60
"""Seconds between two lines where nothing can be changed that was written."""


@contextmanager
def shown(first):
    """A function that takes what is to be seen now."""
    console = Console(stderr=True)
    if console.is_terminal:
        with console.status(first) as status:
            yield status.update
        return
    last = [time.monotonic()]

    def say(text):
        if time.monotonic() - last[0] >= EVERY:
            last[0] = time.monotonic()
            print(text, file=sys.stderr, flush=True)

    yield say
