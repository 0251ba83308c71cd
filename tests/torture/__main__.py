"""`python -m tests.torture [--short]`: the table of deaths, with what was lost and what came double. Exit code 1 when anything was."""

import argparse
import asyncio
import multiprocessing
import os
import random
import sys
import tempfile
import time
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from contextlib import closing
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.app import EXAMPLE, open_app, take_network
from knowledge.network_files import read_network
from tests.progress import shown
from tests.torture.boundaries import at_every_boundary
from tests.torture.count import Row, compare, run
from tests.torture.on_matrix import trial as on_matrix
from tests.torture.on_slack import trial as on_slack
from tests.torture.story import START, story

README = Path(__file__).parent.parent.parent / "README.md"
KINDS = {"kent sleutels, zoals Matrix": True, "na te vragen, zoals Slack": False}
IN_MEMORY = Path("/dev/shm")
FORK = multiprocessing.get_context("fork")
MANY = 50
"""Deaths from which on they come in a story of several weeks."""
_so_far = FORK.Array("i", 2)
"""How often each of the real processes has died, to be seen while they do."""


def made(folder):
    """A database with the example network, before anything has been said."""
    database = Path(folder) / "begin.db"
    with closing(open_app(database)) as app:
        take_network(app, None, read_network(EXAMPLE), START)
        app.store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return database


def main():
    parser = argparse.ArgumentParser(
        prog="python -m tests.torture", description="Doodt Verbinder op elk moment, en telt wat er kwijt of dubbel is."
    )
    parser.add_argument("--short", action="store_true", help="vijftien momenten per soort in plaats van alle")
    parser.add_argument("--moments", type=int, default=500, help="willekeurige momenten onder last")
    parser.add_argument("--lives", type=int, default=500, help="hoe vaak de echte verbinder run doodgaat in Slack, en een vijfde daarvan in Matrix")
    asked = parser.parse_args()
    console, begun = Console(), time.monotonic()
    fast = IN_MEMORY if os.access(IN_MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=fast) as name, shown("klaarzetten") as status:
        folder = Path(name)
        begin = made(folder)
        rows = at_every_boundary(begin, folder, story(), KINDS, 15 if asked.short else None, status)
        for kind, keyed in KINDS.items():
            rows.append(under_load(begin, folder, keyed, kind, 5 if asked.short else asked.moments, status))
        rows += really(folder, [3] if asked.short else [asked.lives, asked.lives // 5], status)
    table = Table("dood", "keren", "kwijt", "dubbel", "vreemd", "toestand anders", title="Verbinder gedood en weer gestart")
    for row in rows:
        table.add_row(row.name, *map(str, (row.deaths, row.lost, row.double, row.strange, row.states)))
    console.print(table)
    minutes = round((time.monotonic() - begun) / 60, 1)
    console.print(f"{sum(row.deaths for row in rows)} keer dood in {minutes} minuten.")
    if not asked.short:
        written(rows)
    sys.exit(0 if all(row.sound for row in rows) else 1)


def _one_story(begin, folder, keyed, rounds, whole, seed):
    """A longer story with a dozen deaths at random moments."""
    own, chance, row = folder / f"{os.getpid()}-{seed}", random.Random(seed), Row("")
    own.mkdir()
    far, state, row.deaths, _ = run(begin, own, story(rounds), keyed, random_deaths=(chance.uniform(0.005, 0.4) for _ in range(12)))
    compare(row, far, state, whole)
    return row


def under_load(begin, folder, keyed, kind, wanted, show):
    """Deaths at random moments, several in one story, as many stories at once as there are processors."""
    row, seed, rounds = Row(f"willekeurig moment onder last ({kind})"), 0, 4 if wanted > MANY else 1
    far, state, _, _ = run(begin, folder, story(rounds), keyed)
    with ProcessPoolExecutor(os.cpu_count(), FORK) as pool:
        waiting = set()
        while row.deaths < wanted:
            while len(waiting) < os.cpu_count():
                seed += 1
                waiting.add(pool.submit(_one_story, begin, folder, keyed, rounds, (far, state), seed))
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for one in done:
                row.add(one.result())
            show(f"{row.name}: {row.deaths} van {wanted}")
        for one in waiting:
            row.add(one.result())
    return row


def _trial(number, folder, deaths):
    trial = (on_slack, on_matrix)[number]
    return asyncio.run(trial(folder, deaths, lambda died: _so_far.__setitem__(number, died)))


def really(folder, deaths, show):
    """The real process on a real platform: Slack, and beside it Synapse when a second number of deaths is given."""
    names = ("verbinder run op onze Slack-server", "verbinder run op Synapse, versleuteld")
    with ProcessPoolExecutor(2, FORK) as pool:
        trials = [pool.submit(_trial, number, folder, wanted) for number, wanted in enumerate(deaths)]
        while wait(trials, timeout=1).not_done:
            show(", ".join(f"{name}: {_so_far[number]} van {deaths[number]}" for number, name in enumerate(names[: len(deaths)])))
        counts = [one.result() for one in trials]
    return [
        Row(f"{name} ({one.answers} antwoorden)", one.deaths, one.lost, one.double, one.strange, one.states)
        for name, one in zip(names, counts, strict=False)
    ]


def written(rows):
    """The same table in README, between its marks."""
    head = "| dood | keren | kwijt | dubbel | vreemd | toestand anders |\n|---|---|---|---|---|---|"
    lines = [f"| {row.name} | {f'{row.deaths:,}'.replace(',', '.')} | {row.lost} | {row.double} | {row.strange} | {row.states} |" for row in rows]
    before, mark, rest = README.read_text(encoding="utf-8").partition("<!-- dood -->\n")
    _, end, after = rest.partition("<!-- einde dood -->")
    README.write_text("".join([before, mark, "\n".join([head, *lines, ""]), end, after]), encoding="utf-8")


if __name__ == "__main__":
    main()
