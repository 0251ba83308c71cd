"""Lives of the real `verbinder run`, one after the other, without the second that each start costs: what is heavy is loaded once, and forked.

It reads one line of JSON at a time, and answers each with one:
    {"start": [arguments], "env": {...}, "log": file}   the process begins; its id
    {"end": id, "sign": number}                         it is sent this signal; its exit code once it is gone
"""

import asyncio
import json
import os
import signal
import sys
from datetime import datetime, timedelta
from pathlib import Path
from time import time

from tests.torture.story import START


class Nursery:
    """The end of the line at which lives are asked for."""

    @classmethod
    async def open(cls, clock=None):
        """`clock`: a file with the seconds by which the clock of every life is ahead."""
        nursery, more = cls(), [str(clock)] if clock else []
        nursery.process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.torture.nursery", *more, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
        )
        nursery.child = None
        return nursery

    async def close(self):
        if self.child:
            await self.end(signal.SIGKILL)
        self.process.stdin.close()
        await self.process.wait()

    async def start(self, arguments, env, log):
        self.child = await self._ask({"start": [str(one) for one in arguments], "env": env, "log": str(log)})

    async def end(self, sign):
        """Its exit code; below nought the signal of which it died."""
        child, self.child = self.child, None
        return await self._ask({"end": child, "sign": int(sign)})

    async def _ask(self, what):
        self.process.stdin.write(json.dumps(what).encode() + b"\n")
        await self.process.stdin.drain()
        return json.loads(await self.process.stdout.readline())


def _set_clock(ahead):
    """A Tuesday morning from here on: at night there would be nothing to see of an hour in which people work."""
    import bot.clock

    begun = time()
    zero = datetime.now(START.tzinfo)
    bot.clock.now = lambda: START + (datetime.now(START.tzinfo) - zero) + ahead()
    assert bot.clock.now() - START < timedelta(minutes=1), begun


def _ahead(file):
    """By how much the clock is ahead now."""
    if file is None:
        return timedelta
    return lambda: timedelta(seconds=float(Path(file).read_text(encoding="ascii") or 0))


def _load():
    """All that `run` loads itself, at once."""
    import adapters.matrix.run
    import adapters.monitor
    import adapters.slack.run
    import bot.cli
    from bot.app import open_app

    assert adapters.matrix.run
    assert adapters.monitor
    assert adapters.slack.run
    assert bot.cli
    open_app().close()


def _live(asked):
    import bot.cli

    os.environ.update(asked["env"])
    log = os.open(asked["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(log, 1)
    os.dup2(log, 2)
    code = 70
    try:
        code = bot.cli.run(asked["start"])
    finally:
        os._exit(code)


def main():
    _set_clock(_ahead(sys.argv[1] if sys.argv[1:] else None))
    _load()
    for line in sys.stdin:
        asked = json.loads(line)
        if "start" in asked:
            found = os.fork()
            if found == 0:
                _live(asked)
        else:
            os.kill(asked["end"], asked["sign"])
            found = os.waitstatus_to_exitcode(os.waitpid(asked["end"], 0)[1])
        sys.stdout.write(f"{found}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
