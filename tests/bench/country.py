"""The whole country in one process: an hour ten times as busy as the busiest that we expect, and what it costs.

Assumed, and why: 342 networks (one a municipality), each with 150 people (some 27 school locations a municipality, with a handful of
people each, and those around them). Each school asks twice a day; a fifth of a day falls in its busiest hour: eleven messages a network.
Ten times that is what is played. Of ten messages seven are questions, two steps of a quickscan, and one a step of a handover.
"""

import asyncio
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from time import perf_counter, process_time

from bot.app import open_app, take_network
from bot.deliver import deliver
from bot.messages import Said, direct
from tests.bench.made_networks import make_network
from tests.bench.measure import ROOT
from tests.bench.ways import NOW
from tests.bench.whole import durable_commit, example_questions

NETWORKS, PEOPLE_EACH, BUSIEST, TIMES = 342, 150, 11, 10
MESSAGES = NETWORKS * BUSIEST * TIMES
QUICKSCAN = ("quickscan", "nee", "1", "geen", "geen", "1", "geen", "geen", "1", "geen")
HANDOVER = ("overdracht", "1", "2", "1", "1", "1", "1", "ja")


@dataclass(frozen=True)
class Country:
    """What an hour of the whole country takes. Minutes of that hour that were played, milliseconds, megabytes; `busy` is the share of those
    minutes that was worked. `commit`: milliseconds for one durable commit on the same disk, at the median. `took`: minutes by the clock.
    """

    people: int
    messages: int
    answers: int
    failed: int
    busy: float
    p50: float
    p99: float
    memory: float
    growth: float
    file: float
    minutes: float = 60.0
    commit: float = 0.0
    took: float = 0.0


class Nowhere:
    """A platform that takes everything at once."""

    name = ""

    def __init__(self):
        self.heard = 0

    async def send(self, envelope):
        self.heard += 1
        return f"r{envelope.message}"


def _lines(people, chance, count):
    """Who says what: questions of anybody, and people who are in the middle of a conversation."""
    questions = iter(example_questions(count))
    under_way = []
    for _ in range(count):
        kind = chance.random()
        if kind < 0.7:
            yield chance.choice(people), next(questions)
            continue
        script = QUICKSCAN if kind < 0.9 else HANDOVER
        mine = [one for one in under_way if one[1] is script]
        if len(mine) < 50:
            under_way.append(one := [chance.choice(people), script, 0])
        else:
            one = chance.choice(mine)
        yield one[0], script[one[2]]
        one[2] += 1
        if one[2] == len(script):
            under_way.remove(one)


def whole_country(say, messages=MESSAGES, people=NETWORKS * PEOPLE_EACH, seconds=None):
    """Plays so many messages, spread over one hour of simulated time, each stored for good; with what falls due meanwhile.

    With `seconds` it stops after so many real seconds, and what was played until then counts.
    """
    chance, far, times = random.Random(11), Nowhere(), []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "land.db"
        with closing(open_app(path)) as app:
            network = make_network(people)
            take_network(app, None, network, NOW)
            ids = [person.id for person in network.people]
            begun, before, end = process_time(), _memory(), perf_counter() + seconds if seconds else None
            for number, (sender, text) in enumerate(_lines(ids, chance, messages)):
                if number % 200 == 0:
                    say(f"het hele land: bericht {number} van {messages}")
                at = NOW + timedelta(hours=1) * (number / messages)
                start = perf_counter()
                while (due := app.assistant.next_due()) is not None and due <= at:
                    app.assistant.due(due)
                app.assistant.handle(Said(f"land/{number}", at, sender, direct(sender), text), at)
                asyncio.run(deliver(app.store, far, lambda at=at: at))
                times.append(perf_counter() - start)
                if end and perf_counter() > end:
                    break
            worked, failed = process_time() - begun, len(app.store.failures())
        size = sum(file.stat().st_size for file in Path(folder).iterdir()) / 2**20
        commit = durable_commit(Path(folder))
    times.sort()
    p50, p99 = (1000 * times[int(share * len(times))] for share in (0.5, 0.99))
    played = len(times) / messages
    busy = worked / (3600 * played)
    return Country(people, len(times), far.heard, failed, busy, p50, p99, _peak(), _memory() - before, size, 60 * played, commit, sum(times) / 60)


def apart(say, messages, people, seconds=None):
    """The same in a process of its own, so that its memory is its own. How far it is it says on the way."""
    command = [sys.executable, "-m", "tests.bench.country", *map(str, (messages, people, *([seconds] if seconds else [])))]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        heard = []
        for line in process.stderr:
            heard.append(line)
            say(line.rstrip())
        found = process.stdout.read()
    if process.returncode:
        raise RuntimeError("".join(heard[-20:]))
    return Country(**json.loads(found))


def _memory():
    """Megabytes that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    aloud = partial(print, file=sys.stderr, flush=True)
    print(json.dumps(whole_country(aloud, *map(int, sys.argv[1:])).__dict__))
