"""Runs the command `verbinder` in this process, as somebody at a shell would, with or without a screen."""

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from bot.cli import run

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "config" / "netwerk-voorbeeld.yaml"
TUESDAY = "2026-11-24T10:00:00+01:00"


@dataclass(frozen=True)
class Done:
    """What came of a command."""

    code: int
    out: str
    err: str

    @property
    def lines(self):
        return [json.loads(line) for line in self.out.splitlines()]


class Screen(io.StringIO):
    """What a program takes for a terminal."""

    def isatty(self):
        return True


def verbinder(*arguments, typed="", screen=False):
    """Runs one command with this on its standard input; what it writes goes to a screen or into a file."""
    out, err, stdin = Screen() if screen else io.StringIO(), io.StringIO(), sys.stdin
    sys.stdin = io.StringIO(typed)
    try:
        with redirect_stdout(out), redirect_stderr(err):
            code = run([str(one) for one in arguments])
    finally:
        sys.stdin = stdin
    return Done(code, out.getvalue(), err.getvalue())


def json_lines(*objects):
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in objects)
