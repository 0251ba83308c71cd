"""Times what comes by itself: `due(now)` with very many open handovers of which none is due, and a morning on which every pair hears."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

from bot.app import open_app
from bot.handover import ladder
from bot.handover import rows as handovers
from bot.handover.rows import Handover
from knowledge.network import Koppel, Network, Organisation, Person
from tests.bench.measure import ROOT, _resident

OPEN, PAIRS = 100_000, 10_000
ZONE = ZoneInfo("Europe/Amsterdam")
OFFERED = datetime(2026, 11, 24, 11, 0, tzinfo=ZONE)
MORNING = datetime(2026, 11, 25, 8, 15, tzinfo=ZONE)


@dataclass(frozen=True)
class ByItself:
    """`idle`: milliseconds of `due` with nothing due (half of the times, and 99 of 100); `digest`: seconds of the morning; MB."""

    open: int
    idle: float
    idle_worst: float
    pairs: int
    digest: float
    messages: int
    memory: float
    growth: float


def pairs_network(pairs: int) -> Network:
    """So many schools with a contact each, and an agent for every ten of them."""
    schools = [Organisation(f"s{n}", f"School {n}", "vo", municipality="Lindewaard") for n in range(pairs)]
    police = Organisation("politie", "Politie Lindewaard", "politie", municipality="Lindewaard")
    contacts = [Person(f"v{n}", f"Vera Zandstra-{n}", f"s{n}", ("veiligheidscoordinator",), phone=f"06-{n + 10**7}") for n in range(pairs)]
    agents = [Person(f"a{n}", f"Wim Veldkamp-{n}", "politie", ("wijkagent",), phone=f"06-{n + 5 * 10**7}") for n in range(-(-pairs // 10))]
    koppels = [Koppel(f"k{n}", f"s{n}", "politie", (f"v{n}", f"a{n // 10}")) for n in range(pairs)]
    return Network(
        "land", "Heel het land", "Lindewaard", "midden", organisations=(*schools, police), people=(*contacts, *agents), koppels=tuple(koppels)
    )


def _offers(count: int, pairs: int) -> Iterator[Handover]:
    """Spread over the pairs, so that each has some."""
    for number in range(count):
        pair = number % pairs
        yield Handover(
            f"KENMERK-{number}", "overdracht", f"v{pair}", f"a{pair // 10}", f"v{pair}", f"k{pair}", 2, "overleg", OFFERED, OFFERED
        )


def measure_here(count: int, pairs: int) -> ByItself:
    """In this process, on a file."""
    with tempfile.TemporaryDirectory() as folder:
        app = open_app(Path(folder) / "bench.db")
        app.assistant.take_network(pairs_network(pairs))
        world = app.assistant.world
        app.assistant.due(OFFERED - timedelta(hours=1))
        with app.store.transaction():
            for one in _offers(count, pairs):
                handovers.add(app.store.connection, ladder.planned(one, world))
        app.assistant.due(OFFERED)
        idle = sorted(_timed(lambda number=number: app.assistant.due(OFFERED + timedelta(seconds=number))) for number in range(100))
        before = _resident()
        app.assistant.due(MORNING.replace(hour=0, minute=0))  # the day is planned
        took = _timed(lambda: app.assistant.due(MORNING))
        said = app.store.connection.execute("SELECT count(*) FROM outbox").fetchone()[0]
        after = _resident()
        app.close()
    return ByItself(count, 1000 * idle[50], 1000 * idle[98], pairs, took, said, after, after - before)


def _timed(run: Callable[[], None]) -> float:
    start = perf_counter()
    run()
    return perf_counter() - start


def by_itself(say: Callable[[str], None], count: int = OPEN, pairs: int = PAIRS) -> ByItself:
    """In a process of its own, so that its memory is its own."""
    say(f"{count} open overdrachten, {pairs} koppels")
    command = [sys.executable, "-m", "tests.bench.open_handovers", str(count), str(pairs)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return ByItself(**json.loads(done.stdout))


if __name__ == "__main__":
    print(json.dumps(measure_here(int(sys.argv[1]), int(sys.argv[2])).__dict__))
