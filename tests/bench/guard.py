"""Times the guard on personal data, sentence by sentence, and weighs it; beside `deduce` where that happens to be installed."""

import gc
import random
import re
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from tests.bench.measure import ROOT

MEDIAN, TAIL = 0.5, 0.99
TAIL_AIM, MEMORY_AIM = 2.0, 60.0
"""Milliseconds within which 99 of 100 sentences are looked through, and MB that it may add."""
OURS, OTHER, SMALLEST = "Verbinder", "deduce", "één reguliere expressie (e-mail, telefoon, hoofdletters)"
_SMALLEST = re.compile(r"[\w.]+@[\w.]+|\+?\d[\d \-]{7,}\d|(?<=[a-z,] )[A-Z]\w+(?: [A-Z]\w+)*")
_WEIGH = "from tests.bench.guard import weighed; print(weighed())"


@dataclass(frozen=True)
class Guarded:
    """Milliseconds a sentence by who looked, and MB that ours adds to a process that has all the content."""

    times: dict[str, list[float]]
    memory: float

    def at(self, who: str, part: float) -> float:
        ranked = sorted(self.times[who])
        return ranked[min(len(ranked) - 1, int(part * len(ranked)))]


def sentences(count: int) -> list[str]:
    """Ordinary sentences and sentences with names, in a fixed order."""
    from tests.guard import read, with_names

    told, people = read("sentences.yaml"), read("names.yaml")["namen"]
    found = [*told["schoon"], *(text for text, _ in with_names(told["naam"], people, count // 2, seed=4))]
    random.Random(4).shuffle(found)
    return [found[number % len(found)] for number in range(count)]


def looked_through(say: Callable[[str], None], count: int) -> Guarded:
    """Every sentence goes to each in turn, after all lists have been read once."""
    say("persoonsgegevens zoeken")
    texts, ways = sentences(count), _ways()
    times: dict[str, list[float]] = {who: [] for who in ways}
    for look in ways.values():
        look("de moeder van Xaviera belde op maandag")
    for text in texts:
        for who, look in ways.items():
            start = perf_counter()
            look(text)
            times[who].append(1000 * (perf_counter() - start))
    done = subprocess.run([sys.executable, "-c", _WEIGH], cwd=ROOT, capture_output=True, text=True, check=True)
    return Guarded(times, float(done.stdout))


def _ways() -> dict[str, Callable[[str], object]]:
    from bot.privacy import cleared
    from tests.asking import example, moment

    world, today = example(), moment("2026-11-23T10:00").date()
    ways: dict[str, Callable[[str], object]] = {OURS: lambda text: cleared(text, world, today), SMALLEST: _SMALLEST.findall}
    try:
        from deduce import Deduce
    except ImportError:
        return ways
    other = Deduce()
    return ways | {OTHER: other.deidentify}


def weighed() -> float:
    """What the lists and patterns add, in MB, to a process that can already answer questions."""
    from bot.privacy import cleared
    from tests.asking import example, moment

    world = example()
    world.understanding.read("wie is de wijkagent", world.names)
    before = _used()
    for text in sentences(500):
        cleared(text, world, moment("2026-11-23T10:00").date())
    return _used() - before


def _used() -> float:
    """What this process holds now; the highest it ever held would hide what comes after a peak."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize() / 2**20
