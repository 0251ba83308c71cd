"""The steps of the database after those in `bot.store.migrations`, which brings them in: a new one is added here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.store.migrations import migrations

if TYPE_CHECKING:
    from sqlite_utils import Database


@migrations(name="0014_unsealed")
def unsealed(db: Database) -> None:
    """The places where nothing about a case may stand, because what is said there is not locked."""
    db.execute("CREATE TABLE unsealed (platform TEXT NOT NULL, place TEXT NOT NULL, PRIMARY KEY (platform, place)) STRICT")


@migrations(name="0015_posted_spot")
def posted_spot(db: Database) -> None:
    """Where exactly on its platform a message of ours stands: of one place there can be two."""
    db.execute("ALTER TABLE posted ADD COLUMN spot TEXT")


@migrations(name="0016_mention")
def mention(db: Database) -> None:
    """Which messages name which handovers beside what they are about: an overview names many, and must change with each of them."""
    db.execute("""
        CREATE TABLE mention (
            reference TEXT NOT NULL, message INTEGER NOT NULL REFERENCES outbox (id) ON DELETE CASCADE,
            PRIMARY KEY (reference, message)
        ) STRICT, WITHOUT ROWID""")
    db.execute("CREATE INDEX mention_message ON mention (message)")
    db.execute("""
        INSERT INTO mention SELECT handover.reference, outbox.id FROM outbox JOIN handover ON instr(outbox.body, handover.reference)
        WHERE outbox.card IS NULL AND outbox.about IS NOT handover.reference""")


@migrations(name="0017_seen_asked")
def seen_asked(db: Database) -> None:
    """Whether somebody looked for a number, or was shown it by itself: only the first says with whom they work."""
    db.execute("ALTER TABLE seen ADD COLUMN asked INTEGER NOT NULL DEFAULT 1")


@migrations(name="0018_unmanned")
def unmanned(db: Database) -> None:
    """Whether a handover has nobody to take it because all who could are away, and not because somebody said no."""
    db.execute("ALTER TABLE handover ADD COLUMN unmanned INTEGER NOT NULL DEFAULT 0")


@migrations(name="0019_wanted")
def wanted(db: Database) -> None:
    """By when the giver of a handover asked for it to be taken over: it stays so when somebody else is asked."""
    db.execute("ALTER TABLE handover ADD COLUMN wanted TEXT")


@migrations(name="0020_left_account")
def left_account(db: Database) -> None:
    """Accounts that the list named once and names no more: who left must be known again where they have not been taken out yet."""
    db.execute("CREATE TABLE left_account (account TEXT PRIMARY KEY, person TEXT NOT NULL, at TEXT NOT NULL) STRICT, WITHOUT ROWID")


@migrations(name="0021_moved")
def moved(db: Database) -> None:
    """What a platform itself has put something else in the place of: what still goes by the old name is known by the new."""
    db.execute("""
        CREATE TABLE moved (
            platform TEXT NOT NULL, old TEXT NOT NULL, new TEXT NOT NULL, PRIMARY KEY (platform, old)
        ) STRICT, WITHOUT ROWID""")
