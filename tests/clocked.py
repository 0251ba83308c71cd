"""`python -m tests.clocked FILE run …`: the real command with a clock that a test can set.

It begins on a Tuesday morning and runs as clocks do; in the file stand the seconds by which somebody has put it forward (or back).
"""

import sys
from datetime import datetime, timedelta
from pathlib import Path

import bot.clock
from bot.cli import run
from tests.torture.story import START


def main():
    file, begun = Path(sys.argv[1]), datetime.now(START.tzinfo)
    bot.clock.now = lambda: START + (datetime.now(START.tzinfo) - begun) + timedelta(seconds=float(file.read_text(encoding="ascii") or 0))
    sys.exit(run(sys.argv[2:]))


if __name__ == "__main__":
    main()
