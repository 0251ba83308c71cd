"""`python -m tests.watched FILE run …`: the real command that logs all it can (beside FILE), and on a signal tells what it holds.

On SIGUSR1 it forgets as it does every five minutes, and writes beside FILE, one line each, what kind of objects still hold a text
in which one of the words in FILE stands.
"""

import gc
import logging
import signal
import sys
from pathlib import Path

import bot.clock
from adapters import logs
from bot.cli import run


def holders(words):
    """What kinds of live objects hold which texts: keys, values, attributes, and what is remembered of look-ups."""
    gc.unfreeze()  # what stays is kept from the collector, and from us
    gc.collect()
    for holder in [one for one in gc.get_objects() if one is not words]:
        for held in _in(holder):
            text = held.decode("utf-8", "replace") if isinstance(held, bytes | bytearray) else held
            if isinstance(text, str) and any(word in text for word in words):
                yield f"{type(holder).__module__}.{type(holder).__qualname__}: {text[:200]!r}"


def _in(holder):
    """All that an object holds, and what is in that where the collector passes it over: the keys of a dict, or one of nothing but words."""
    for one in (*holder.keys(), *holder.values()) if type(holder) is dict else gc.get_referents(holder):
        yield one
        if isinstance(one, dict | tuple) and not gc.is_tracked(one):
            yield from _in(one)


def main():
    file = Path(sys.argv[1])
    words = file.read_text(encoding="utf-8").split()

    def tell(_number, _frame):
        gc.unfreeze()  # what stays is kept from the collector, and from us
        for app in [one for one in gc.get_objects() if type(one).__qualname__ == "App" and type(one).__module__ == "bot.app"]:
            app.forget(bot.clock.now())
        with file.with_suffix(".held").open("w", encoding="utf-8") as told:  # a list of them would hold them too
            told.writelines(f"{one}\n" for one in holders(words))
            told.write("einde")

    signal.signal(signal.SIGUSR1, tell)
    with file.with_suffix(".log").open("w", encoding="utf-8") as written:  # more than a pipe holds
        logs.set_up_logs.__defaults__ = (logging.DEBUG, written)
        sys.exit(run(sys.argv[2:]))


if __name__ == "__main__":
    main()
