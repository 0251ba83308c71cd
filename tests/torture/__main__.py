"""`python -m tests.torture [--short]`: the table of deaths, with what was lost and what came double. Exit code 1 when anything was."""

import argparse
import asyncio
import random
import shutil
import sqlite3
import sys
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.app import EXAMPLE, open_app, take_network
from knowledge.network_files import read_network
from tests.torture.far_end import FarEnd
from tests.torture.on_matrix import trial as on_matrix
from tests.torture.on_slack import trial as on_slack
from tests.torture.story import START, story
from tests.torture.victim import live

README = Path(__file__).parent.parent.parent / "README.md"


@dataclass
class Row:
    """One kind of death, added up."""

    name: str
    deaths: int = 0
    lost: int = 0
    double: int = 0
    strange: int = 0
    states: int = 0
    """Handovers and conversations that ended otherwise than undisturbed."""

    @property
    def sound(self):
        return not (self.lost or self.double or self.strange or self.states)


def made(folder):
    """A database with the example network, before anything has been said."""
    database = Path(folder) / "begin.db"
    with closing(open_app(database)) as app:
        take_network(app, None, read_network(EXAMPLE), START)
        app.store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return database


def states(database):
    """What must be the same at the end, however often it died."""
    with closing(sqlite3.connect(database)) as connection:
        return [
            connection.execute(query).fetchall()
            for query in (
                "SELECT reference, state, holder, next_at, level FROM handover ORDER BY reference",
                "SELECT reference, event, person, other FROM handover_event ORDER BY id",
                "SELECT reference, state, answers FROM conversation ORDER BY reference",
                "SELECT count(*) FROM inbox",
                "SELECT key FROM outbox ORDER BY key",
            )
        ]


def run(begin, folder, events, keyed, *, dies_at=None, at_post=None, random_deaths=None):
    """The story with one death (at a statement, at a post) or several at random moments: far end, final states, deaths, statements."""
    database = Path(folder) / "nu.db"
    for path in Path(folder).glob("nu.db*"):
        path.unlink()
    shutil.copyfile(begin, database)
    far, done, deaths, counted = FarEnd(keyed), 0, 0, None
    while done < len(events) or counted is None:
        after = next(random_deaths, None) if random_deaths else None
        handled, counted = live(database, events[done:], far, keyed, dies_at, after, at_post)
        done += handled
        if counted is None:
            deaths += 1
            dies_at = at_post = None
    return far, states(database), deaths, counted


def compare(row, found, whole):
    far, state, deaths, _ = found
    row.deaths += deaths
    row.lost += far.lost(whole[0])
    row.double += far.double
    row.strange += far.strange(whole[0])
    row.states += sum(one != other for one, other in zip(state, whole[1], strict=True))


def main():
    parser = argparse.ArgumentParser(
        prog="python -m tests.torture", description="Doodt Verbinder op elk moment, en telt wat er kwijt of dubbel is."
    )
    parser.add_argument("--short", action="store_true", help="vijftien momenten per soort in plaats van alle")
    parser.add_argument("--moments", type=int, default=500, help="willekeurige momenten onder last")
    parser.add_argument("--lives", type=int, default=500, help="hoe vaak de echte verbinder run doodgaat in Slack, en een vijfde daarvan in Matrix")
    asked = parser.parse_args()
    console, rows = Console(), []
    with tempfile.TemporaryDirectory() as folder, Console(stderr=True).status("klaarzetten") as status:
        begin = made(folder)
        for keyed, kind in ((True, "kent sleutels, zoals Matrix"), (False, "na te vragen, zoals Slack")):
            events = story()
            whole = run(begin, folder, events, keyed)
            for name, key, number in (
                ("elk statement", "dies_at", whole[3]),
                ("bezorgd, nog niet gehoord", "at_post", len(whole[0].posts)),
            ):
                row = Row(f"{name} ({kind})")
                for point in _points(number, short=asked.short):
                    status.update(f"{row.name}: {point} van {number}")
                    compare(row, run(begin, folder, events, keyed, **{key: point}), whole)
                rows.append(row)
            rows.append(under_load(begin, folder, keyed, kind, 5 if asked.short else asked.moments, status))
        rows.append(really(folder, "verbinder run op onze Slack-server", on_slack, 3 if asked.short else asked.lives, status))
        if not asked.short:
            rows.append(really(folder, "verbinder run op Synapse, versleuteld", on_matrix, asked.lives // 5, status))
    table = Table("dood", "keren", "kwijt", "dubbel", "vreemd", "toestand anders", title="Verbinder gedood en weer gestart")
    for row in rows:
        table.add_row(row.name, *map(str, (row.deaths, row.lost, row.double, row.strange, row.states)))
    console.print(table)
    if not asked.short:
        written(rows)
    sys.exit(0 if all(row.sound for row in rows) else 1)


def really(folder, name, trial, deaths, status):
    """The real process on a real platform."""
    count = asyncio.run(trial(folder, deaths, lambda died: status.update(f"{name}: {died} van {deaths}")))
    return Row(f"{name} ({count.answers} antwoorden)", count.deaths, count.lost, count.double, count.strange, count.states)


def written(rows):
    """The same table in README, between its marks."""
    head = "| dood | keren | kwijt | dubbel | vreemd | toestand anders |\n|---|---|---|---|---|---|"
    lines = [f"| {row.name} | {row.deaths} | {row.lost} | {row.double} | {row.strange} | {row.states} |" for row in rows]
    before, mark, rest = README.read_text(encoding="utf-8").partition("<!-- dood -->\n")
    _, end, after = rest.partition("<!-- einde dood -->")
    README.write_text("".join([before, mark, "\n".join([head, *lines, ""]), end, after]), encoding="utf-8")


def _points(number, *, short):
    points = range(1, number + 1)
    return sorted(random.Random(number).sample(points, min(15, number))) if short else points


def under_load(begin, folder, keyed, kind, wanted, status):
    """Deaths at random moments of a longer story, several in one run."""
    row, seed = Row(f"willekeurig moment onder last ({kind})"), 0
    events = story(4)
    whole = run(begin, folder, events, keyed)
    while row.deaths < wanted:
        seed += 1
        chance = random.Random(seed)
        moments = (chance.uniform(0.005, 0.4) for _ in range(12))
        compare(row, run(begin, folder, events, keyed, random_deaths=moments), whole)
        status.update(f"{row.name}: {row.deaths} van {wanted}")
    return row


if __name__ == "__main__":
    main()
