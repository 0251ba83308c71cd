"""`python -m tests.torture [--short]`: the tables of deaths and faults, with what was lost and what came double. Exit code 1 when anything was."""

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
from tests.torture.suffering import KINDS as FAULTS
from tests.torture.suffering import suffer

README = Path(__file__).parent.parent.parent / "README.md"
KINDS = {"kent sleutels, zoals Matrix": True, "na te vragen, zoals Slack": False}
IN_MEMORY = Path("/dev/shm")
FORK = multiprocessing.get_context("fork")
MANY = 50
"""Deaths from which on they come in a story of several weeks."""
DEATHS = ("dood", "keren", "kwijt", "dubbel", "vreemd", "toestand anders")
ILLS = ("storing", "keren", "gevraagd", "kwijt", "dubbel", "zonder uitleg")
_ill = FORK.Array("i", len(FAULTS))
"""How often each of the faults has been there, to be seen meanwhile."""
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
    parser.add_argument("--faults", type=int, default=25, help="hoe vaak elke storing, die van de homeserver een vijfde daarvan")
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
        ills = suffered(folder, [one for one in FAULTS if one.quick or not asked.short], 1 if asked.short else asked.faults, status)
    tables = (
        ("dood", "Verbinder gedood en weer gestart", DEATHS, [[one.name, one.deaths, one.lost, one.double, one.strange, one.states] for one in rows]),
        ("storing", "Verbinder in een wereld die stukgaat", ILLS, [[one.name, one.times, one.asked, one.lost, one.double, one.unclear] for one in ills]),
    )
    for mark, title, heads, lines in tables:
        console.print(_table(title, heads, lines))
        if not asked.short:
            written(mark, heads, lines)
    minutes = round((time.monotonic() - begun) / 60, 1)
    console.print(f"{sum(one.deaths for one in rows)} keer dood en {sum(one.times for one in ills)} storingen in {minutes} minuten.")
    sys.exit(0 if all(one.sound for one in (*rows, *ills)) else 1)


def _table(title, heads, lines):
    table = Table(*heads, title=title)
    for line in lines:
        table.add_row(*map(str, line))
    return table


def suffered(folder, kinds, times, show):
    """Each of these faults so often, as many kinds at once as there are processors."""
    with ProcessPoolExecutor(os.cpu_count(), FORK) as pool:
        trials = [pool.submit(_suffer, number, kind, folder, times) for number, kind in enumerate(kinds)]
        while wait(trials, timeout=1).not_done:
            show(", ".join(f"{kind.name}: {_ill[number]}" for number, kind in enumerate(kinds) if trials[number].running()))
        return [one.result() for one in trials]


def _suffer(number, kind, folder, times):
    return suffer(kind, folder, times, lambda so_far: _ill.__setitem__(number, so_far))


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


def written(mark, heads, lines):
    """A table in README, between its marks."""
    rows = [heads, ("---",) * len(heads), *([name, f"{count:,}".replace(",", "."), *rest] for name, count, *rest in lines)]
    before, begin, rest = README.read_text(encoding="utf-8").partition(f"<!-- {mark} -->\n")
    _, end, after = rest.partition(f"<!-- einde {mark} -->")
    table = "".join(f"| {' | '.join(map(str, row))} |\n" for row in rows)
    README.write_text(f"{before}{begin}{table}{end}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
