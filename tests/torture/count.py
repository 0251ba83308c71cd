"""What is counted of a death: at the far end, and in what the assistant keeps."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tests.torture.far_end import FarEnd
from tests.torture.victim import live


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
    told_on: int = 0
    """Deaths after which it did not stand exactly as undisturbed at once, and the story was told to its end."""

    @property
    def sound(self):
        return not (self.lost or self.double or self.strange or self.states)

    def add(self, other):
        for name in ("deaths", "lost", "double", "strange", "states", "told_on"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def states(database):
    """What must be the same at the end, however often it died."""
    with closing(sqlite3.connect(database)) as connection:
        return [
            connection.execute(query).fetchall()
            for query in (
                "SELECT reference, state, holder, next_at, level FROM handover ORDER BY reference",
                "SELECT reference, event, person, other FROM handover_event ORDER BY id",
                "SELECT reference, state, answers FROM conversation ORDER BY reference",
                "SELECT kind, person, by FROM list_change ORDER BY id",
                "SELECT count(*) FROM inbox",
                "SELECT key FROM outbox ORDER BY key",
            )
        ]


def run(begin, folder, events, keyed, random_deaths=None):
    """The story in one life, or with deaths at random moments: far end, final states, deaths, statements of the last life."""
    database = Path(folder) / "nu.db"
    for path in Path(folder).glob("nu.db*"):
        path.unlink()
    shutil.copyfile(begin, database)
    far, done, deaths, counted = FarEnd(keyed), 0, 0, None
    while done < len(events) or counted is None:
        after = next(random_deaths, None) if random_deaths else None
        handled, counted = live(database, events[done:], far, keyed, after=after)
        done += handled
        deaths += counted is None
    return far, states(database), deaths, counted


def compare(row, far, state, whole):
    """Adds to the row what is otherwise than in a run that nobody disturbed (far end, states)."""
    row.lost += far.lost(whole[0])
    row.double += far.double
    row.strange += far.strange(whole[0])
    row.states += sum(one != other for one, other in zip(state, whole[1], strict=True))
