"""Times the ways of searching side by side, question by question, and weighs each of them in a process of its own."""

import gc
import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from time import perf_counter, thread_time

from tests.bench.made_networks import make_network
from tests.bench.questions import Asked, ask
from tests.bench.ways import OURS, SCAN, WAYS, role_names

ROOT = Path(__file__).parents[2]


@dataclass
class Measured:
    """What one way did with the questions of one network."""

    way: str
    times: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)
    right: int = 0
    kinds: dict[str, list[bool]] = field(default_factory=dict)
    load: float = 0.0
    memory: float = 0.0

    @property
    def share(self) -> float:
        return self.right / max(len(self.times), 1)

    def at(self, part: float) -> float:
        """The time in milliseconds within which this part of the questions was answered."""
        return _at(self.times, part)

    def worked_at(self, part: float) -> float:
        """The same for the work alone, without what the processor did for others meanwhile."""
        return _at(self.worked, part)


def _at(times: list[float], part: float) -> float:
    ranked = sorted(times)
    return 1000 * ranked[min(len(ranked) - 1, int(part * len(ranked)))]


def side_by_side(people: int, count: int, scans: int, say: Callable[[str], None], ways: Iterable[str] = WAYS) -> list[Measured]:
    """Every question goes to every way in turn, so that what else the machine does troubles them alike."""
    network = make_network(people)
    questions = list(ask(network, count))
    loaded = {}
    for way in ways:
        say(f"{people:,} mensen: {way} laden")
        loaded[way] = WAYS[way](network)
    found = {way: Measured(way) for way in ways}
    for way in ways:  # holidays, dictionaries and the like are read at the first question
        loaded[way](questions[0])
    gc.collect()
    for number, asked in enumerate(questions):
        if number % 20 == 0:
            say(f"{people:,} mensen: vraag {number} van {count}")
        for way in ways:
            if way != SCAN or number * scans // count != (number - 1) * scans // count:
                _one(loaded[way], asked, found[way])
    return list(found.values())


def _one(find: Callable[[Asked], tuple[str | None, str | None]], asked: Asked, into: Measured) -> None:
    start, work = perf_counter(), thread_time()
    person, stands_in_for = find(asked)
    into.worked.append(thread_time() - work)
    into.times.append(perf_counter() - start)
    is_right = person in asked.right or stands_in_for in asked.right
    into.right += is_right
    into.kinds.setdefault(asked.kind, []).append(is_right)


def weigh(found: Measured, people: int) -> None:
    """Measures load time and memory in a fresh process."""
    command = [sys.executable, "-m", "tests.bench.measure", found.way, str(people)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found.load, found.memory = json.loads(done.stdout)


def _resident() -> float:
    """Memory of this process in MB."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmRSS")) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _weigh_here(way: str, people: int) -> tuple[float, float]:
    for module in (
        "rapidfuzz.process",
        "tantivy",
        "bot.answer",
        "bot.context",
    ):  # programs weigh nothing here, only what they load
        import_module(module)

    network = make_network(people)
    questions = list(ask(network, 20 if way == OURS else 2))
    role_names()
    gc.collect()
    before, start = _resident(), perf_counter()
    find = WAYS[way](network)
    load = perf_counter() - start
    for asked in questions:
        find(asked)
    gc.collect()
    return load, _resident() - before


if __name__ == "__main__":
    print(json.dumps(_weigh_here(sys.argv[1], int(sys.argv[2]))))
