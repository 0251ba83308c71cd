"""The short form of `make torture`: the assistant is killed where it hurts, started again, and the far end is counted."""

import subprocess
import sys

from tests.command import ROOT


def test_however_it_dies_nothing_is_lost_and_nothing_comes_double():
    done = subprocess.run([sys.executable, "-m", "tests.torture", "--short"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert (done.returncode, "Verbinder gedood en weer gestart" in done.stdout) == (0, True), done.stdout + done.stderr
