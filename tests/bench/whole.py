"""Times what people wait for: a process that starts and answers, and a message that is taken in, answered and stored for good."""

import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from time import perf_counter

from bot.app import EXAMPLE, open_app, take_network
from bot.messages import Said, direct
from knowledge.library import load_library
from knowledge.network_files import read_network
from tests.bench.measure import ROOT
from tests.bench.ways import NOW

ASK = ["-c", "from bot.cli import main; main()", "ask", "wie is onze wijkagent"]


@dataclass(frozen=True)
class Cold:
    """Seconds from the command to its end."""

    median: float
    best: float
    bare: float = 0.02
    """A Python that does nothing, at the median."""


@dataclass(frozen=True)
class Handled:
    """Milliseconds a message, and messages a second."""

    messages: int
    failed: int
    p50: float
    p99: float
    rate: float
    commit: float = 1.0
    """One row, for good, on the same disk, at the median."""


def cold_starts(runs: int, say: Callable[[str], None]) -> Cold:
    """The command as people type it, each time in a process of its own."""
    times: dict[bool, list[float]] = {True: [], False: []}
    for run in range(runs):
        say(f"koude start {run + 1} van {runs}")
        for ours, arguments in ((True, ASK), (False, ["-c", "pass"])):
            start = perf_counter()
            subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, check=True)
            times[ours].append(perf_counter() - start)
    return Cold(statistics.median(times[True]), min(times[True]), statistics.median(times[False]))


def durable_commit(folder: Path, count: int = 200) -> float:
    """Milliseconds at the median for what no bot that keeps anything can do without: one row, for good."""
    times = []
    with closing(sqlite3.connect(folder / "commit.db", isolation_level=None)) as connection:
        connection.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE heard (id TEXT)")
        for number in range(count):
            start = perf_counter()
            connection.execute("INSERT INTO heard VALUES (?)", (str(number),))
            times.append(1000 * (perf_counter() - start))
    return statistics.median(times)


def example_questions(count: int) -> list[str]:
    """The example questions of the content, shuffled, over again until there are enough."""
    library = load_library()
    texts = [text for one in library.situations.values() for text in one.examples]
    texts += [text for one in library.topics.values() for text in one.examples]
    random.Random(3).shuffle(texts)
    return [texts[number % len(texts)] for number in range(count)]


def handle_messages(count: int, say: Callable[[str], None]) -> Handled:
    """Messages of everybody in the example network, one by one, each committed to a file before the next."""
    times, chance = [], random.Random(5)
    with tempfile.TemporaryDirectory() as folder:
        app = open_app(Path(folder) / "bench.db")
        network = read_network(EXAMPLE)
        take_network(app, None, network, NOW)
        for number, text in enumerate(example_questions(count)):
            if number % 50 == 0:
                say(f"bericht {number} van {count}")
            sender, at = chance.choice(network.people).id, NOW + timedelta(seconds=number)
            said = Said(f"bench/{number}", at, sender, direct(sender), text)
            start = perf_counter()
            app.assistant.handle(said, at)
            times.append(perf_counter() - start)
        failed = len(app.store.failures())
        app.store.close()
        commit = durable_commit(Path(folder))
    times.sort()
    return Handled(count, failed, 1000 * times[count // 2], 1000 * times[int(0.99 * count)], count / sum(times), commit)
