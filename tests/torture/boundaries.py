"""Every statement boundary of the write path, and every post: killed there with SIGKILL, started again, and all that is kept compared.

The story is told once, event by event, with a copy of the file and of the far end before each. A death needs no more than its own event: it begins
from the copy, dies, lives again, and must then stand exactly as the copy before the next event, in every row of every table and at the far end.
From the same file the same follows, so the rest need not be told again. Where even one value differs, it is told to its end and judged there.
"""

import gc
import multiprocessing
import os
import random
import shutil
import sqlite3
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import closing
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

from tests.torture.count import Row, compare, run, states
from tests.torture.far_end import FarEnd
from tests.torture.story import Event
from tests.torture.victim import live, rehearse

DEATHS = {"dies_at": "elk statement", "at_post": "bezorgd, nog niet gehoord"}
AT_ONCE = 40
"""Deaths that a worker is given at a time."""


@dataclass
class Before:
    """How it stood before an event, and what the event takes when nobody disturbs it."""

    database: Path
    far: FarEnd
    statements: int = 0
    posts: int = 0


@dataclass
class Told:
    """The story, told once undisturbed: how it stood before each event, and at the end."""

    keyed: bool
    events: list[Event]
    before: list[Before]
    whole: tuple

    def points(self, kind):
        """Where it can die: the number of the event, and of the statement or post in it."""
        counted = [one.statements if kind == "dies_at" else one.posts for one in self.before[:-1]]
        return [(number, point) for number, most in enumerate(counted) for point in range(1, most + 1)]


def tell(begin, folder, events, keyed):
    """The story in one life, and once more with a life for each event; both must come to the same."""
    far, kept, _, _ = run(begin, folder, events, keyed)
    database, steps = _copied(begin, folder / f"{keyed}-0.db"), []
    by_event = FarEnd(keyed)
    for number, event in enumerate(events):
        steps.append(Before(database, deepcopy(by_event)))
        database = _copied(database, folder / f"{keyed}-{number + 1}.db")
        handled, steps[-1].statements = live(database, [event], by_event, keyed)
        steps[-1].posts = len(by_event.posts) - len(steps[-1].far.posts)
        assert handled == 1, f"event {event.id} did not come to its end"
        with closing(sqlite3.connect(database)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert (by_event.posts, states(database)) == (far.posts, kept), "a life for each event comes to something else than one life for all"
    return Told(keyed, events, [*steps, Before(database, by_event)], (far, kept))


def _copied(source, target):
    for path in target.parent.glob(f"{target.name}*"):
        path.unlink()
    shutil.copyfile(source, target)
    return target


def everything(database):
    """Every row of every table. How often a message was tried is not looked at any more once it was sent."""
    with closing(sqlite3.connect(database)) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        connection.row_factory = sqlite3.Row
        rows = {table: connection.execute(f'SELECT * FROM "{table}"').fetchall() for table in tables}
    return {table: sorted((_settled(dict(row)) for row in found), key=repr) for table, found in rows.items()}


def _settled(row):
    return row | {"tries": None} if row.get("state") == "sent" and "tries" in row else row


def die(told, folder, kind, number, point, row):
    """One death, and what came of it, added to the row."""
    begun, after, event = told.before[number], told.before[number + 1], told.events[number]
    database, far = _copied(begun.database, folder / "nu.db"), deepcopy(begun.far)
    handled, counted = live(database, [event], far, told.keyed, **{kind: point + (len(far.posts) if kind == "at_post" else 0)})
    row.deaths += counted is None
    assert counted is None, f"event {event.id} has no {kind} {point}"
    live(database, [Event(f"{event.id}/weer", event.at) if handled else event], far, told.keyed)
    if far.posts == after.far.posts and everything(database) == everything(after.database):
        return
    row.told_on += 1
    live(database, told.events[number + 1 :], far, told.keyed)
    compare(row, far, states(database), told.whole)


# The same in several processes at once

_here = {}


def _settle_in(stories, folder):
    _here["stories"], _here["folder"] = stories, folder / str(os.getpid())
    _here["folder"].mkdir()
    gc.freeze()  # what is loaded is shared by all lives, and stays so


def _some(which, kind, points):
    row = Row("")
    for number, point in points:
        die(_here["stories"][which], _here["folder"], kind, number, point, row)
    return which, kind, row


def at_every_boundary(begin, folder, events, kinds, sample, show):
    """A row for each kind of death on each kind of platform. `kinds` names these; `sample`: so many points of each, else all."""
    rehearse(_copied(begin, folder / "vooraf.db"), events)
    stories = {name: tell(begin, folder, events, keyed) for name, keyed in kinds.items()}
    rows, work = {}, []
    for which, told in stories.items():
        for kind, words in DEATHS.items():
            points = told.points(kind)
            chosen = sorted(random.Random(len(points)).sample(points, min(sample, len(points)))) if sample else points
            rows[which, kind] = Row(f"{words} ({which})" + (f", steekproef uit {len(points)}" if sample else ""))
            work += [(which, kind, chosen[at : at + AT_ONCE]) for at in range(0, len(chosen), AT_ONCE)]
    total, done = sum(len(one[2]) for one in work), 0
    fork = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(os.cpu_count(), fork, _settle_in, (stories, folder)) as pool:
        for found in as_completed([pool.submit(_some, *one) for one in work]):
            which, kind, row = found.result()
            rows[which, kind].add(row)
            done += row.deaths
            show(f"elk statement en elk bericht: {done} van {total}")
    return list(rows.values())
