"""How the database came to be, step by step. A step is never changed once it has been released; a new one is added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils.migrations import Migrations

if TYPE_CHECKING:
    from sqlite_utils import Database

migrations = Migrations("verbinder")


@migrations(name="0001_network_inbox_outbox")
def network_inbox_outbox(db: Database) -> None:
    """The network as rows of JSON (one a record, so that a change touches one row), and what came in and goes out."""
    for table in ("organisation", "person", "koppel", "agreement"):
        db.execute(f"CREATE TABLE {table} (id TEXT PRIMARY KEY, position INTEGER NOT NULL, data TEXT NOT NULL) STRICT")
    db.execute("CREATE TABLE network (id TEXT PRIMARY KEY, data TEXT NOT NULL) STRICT")
    # Only ids: what somebody said is never kept (rules: what is kept).
    db.execute("""
        CREATE TABLE inbox (
            id TEXT PRIMARY KEY, place TEXT NOT NULL, sender TEXT, at TEXT NOT NULL,
            state TEXT NOT NULL DEFAULT 'handled' CHECK (state IN ('handled', 'failed')), fault TEXT
        ) STRICT""")
    db.execute("""
        CREATE TABLE outbox (
            id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, place TEXT NOT NULL, asker TEXT,
            urgent INTEGER NOT NULL DEFAULT 0, body TEXT, at TEXT NOT NULL,
            state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'sending', 'sent', 'unsure', 'failed')),
            tries INTEGER NOT NULL DEFAULT 0, not_before TEXT, sent_at TEXT, remote_id TEXT, fault TEXT,
            CHECK (state NOT IN ('pending', 'sending', 'unsure') OR body IS NOT NULL)
        ) STRICT""")
    db.execute("CREATE INDEX outbox_waiting ON outbox (urgent DESC, id) WHERE state IN ('pending', 'unsure')")
    db.execute("CREATE INDEX outbox_place ON outbox (place, id)")


@migrations(name="0002_conversation")
def conversation(db: Database) -> None:
    """Guided conversations: the answers as ids, never what was typed. One going on per person and place."""
    db.execute("""
        CREATE TABLE conversation (
            id INTEGER PRIMARY KEY AUTOINCREMENT, person TEXT, place TEXT NOT NULL, flow TEXT NOT NULL,
            answers TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('open', 'paused', 'done')),
            reference TEXT NOT NULL UNIQUE, started TEXT NOT NULL, changed TEXT NOT NULL
        ) STRICT""")
    db.execute(
        "CREATE UNIQUE INDEX conversation_going_on ON conversation (coalesce(person, ''), place) WHERE state IN ('open', 'paused')"
    )


@migrations(name="0003_delivery_clock")
def delivery_clock(db: Database) -> None:
    """What is said is one row, how it travels one row a platform; messages that live on; how far time has been dealt with."""
    db.execute("""
        CREATE TABLE said (
            id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, place TEXT NOT NULL, asker TEXT,
            urgent INTEGER NOT NULL DEFAULT 0, body TEXT, at TEXT NOT NULL,
            card TEXT, replaces INTEGER, root INTEGER, lapsed INTEGER NOT NULL DEFAULT 0
        ) STRICT""")
    db.execute("""
        CREATE TABLE delivery (
            message INTEGER NOT NULL, platform TEXT NOT NULL, place TEXT NOT NULL, urgent INTEGER NOT NULL DEFAULT 0,
            state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'sending', 'sent', 'unsure', 'failed')),
            tries INTEGER NOT NULL DEFAULT 0, not_before TEXT, sent_at TEXT, remote_id TEXT, fault TEXT,
            PRIMARY KEY (message, platform)
        ) STRICT""")
    db.execute(
        "INSERT INTO said (id, key, place, asker, urgent, body, at) SELECT id, key, place, asker, urgent, body, at FROM outbox"
    )
    db.execute("INSERT INTO delivery SELECT id, '', place, urgent, state, tries, not_before, sent_at, remote_id, fault FROM outbox")
    db.execute("DROP TABLE outbox")
    db.execute("ALTER TABLE said RENAME TO outbox")
    db.execute("CREATE INDEX outbox_place ON outbox (place, id)")
    db.execute("CREATE INDEX outbox_card ON outbox (card, place, id) WHERE card IS NOT NULL")
    db.execute("CREATE INDEX delivery_waiting ON delivery (platform, urgent DESC, message) WHERE state IN ('pending', 'unsure')")
    db.execute("CREATE INDEX delivery_place ON delivery (platform, place, message) WHERE state IN ('pending', 'unsure')")
    db.execute("CREATE INDEX delivery_remote ON delivery (platform, remote_id) WHERE remote_id IS NOT NULL")
    db.execute("ALTER TABLE inbox ADD COLUMN platform TEXT NOT NULL DEFAULT ''")
    db.execute("CREATE INDEX inbox_sender ON inbox (sender)")
    db.execute("CREATE TABLE clock (name TEXT PRIMARY KEY, done TEXT NOT NULL) STRICT")
    db.execute(
        "CREATE TABLE binding (platform TEXT NOT NULL, place TEXT NOT NULL, remote TEXT NOT NULL, "
        "PRIMARY KEY (platform, place)) STRICT"
    )
    db.execute("CREATE INDEX binding_remote ON binding (platform, remote)")
    db.execute("""
        CREATE TABLE account (
            platform TEXT NOT NULL, account TEXT NOT NULL, person TEXT NOT NULL, at TEXT NOT NULL, by TEXT,
            PRIMARY KEY (platform, account)
        ) STRICT""")


@migrations(name="0004_handover")
def handover(db: Database) -> None:
    """Handovers as they stand, and all that happened to them. What is open always has a moment at which it is looked at again."""
    db.execute("""
        CREATE TABLE handover (
            reference TEXT PRIMARY KEY, sort TEXT NOT NULL CHECK (sort IN ('overdracht', 'bel')),
            giver TEXT NOT NULL, addressee TEXT NOT NULL, holder TEXT NOT NULL, koppel TEXT, phase INTEGER, asked TEXT NOT NULL,
            offered_at TEXT NOT NULL, since TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('offered', 'accepted', 'declined', 'reported', 'closed', 'withdrawn')),
            state_at TEXT, done TEXT NOT NULL DEFAULT '[]', parents TEXT, scan TEXT, promise TEXT, promised TEXT,
            due TEXT, next_at TEXT,
            rung INTEGER NOT NULL DEFAULT 0, level INTEGER NOT NULL DEFAULT 0, slot TEXT, slow INTEGER NOT NULL DEFAULT 0,
            paused_until TEXT, pause_reason TEXT, alternative TEXT,
            CHECK ((state IN ('closed', 'withdrawn')) = (next_at IS NULL))
        ) STRICT""")
    db.execute("CREATE INDEX handover_next ON handover (next_at) WHERE next_at IS NOT NULL")
    for column in ("koppel", "giver", "addressee", "holder"):
        db.execute(f"CREATE INDEX handover_{column} ON handover ({column}) WHERE next_at IS NOT NULL")
    db.execute("""
        CREATE TABLE handover_event (
            id INTEGER PRIMARY KEY AUTOINCREMENT, reference TEXT NOT NULL REFERENCES handover (reference) ON DELETE CASCADE,
            event TEXT NOT NULL, at TEXT NOT NULL, person TEXT, other TEXT, about TEXT
        ) STRICT""")
    db.execute("CREATE INDEX handover_event_reference ON handover_event (reference, id)")


@migrations(name="0004_loose")
def loose(db: Database) -> None:
    """What is to be forgotten is found without going through what lives on."""
    db.execute("CREATE INDEX outbox_loose ON outbox (id) WHERE body IS NOT NULL AND card IS NULL")


@migrations(name="0005_mornings")
def mornings(db: Database) -> None:
    """When each person who has something open begins work today; what did not arrive and what was announced are found at once."""
    db.execute("CREATE TABLE morning (person TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT")
    db.execute("CREATE INDEX morning_at ON morning (at)")
    db.execute("CREATE INDEX delivery_failed ON delivery (message) WHERE state = 'failed'")
    db.execute("CREATE INDEX outbox_announced ON outbox (id) WHERE body ->> '$.kind' = 'announcement'")


@migrations(name="0011_training_corrections")
def training_corrections(db: Database) -> None:
    """Cases to train with and the votes on them; where a conversation was begun; which question a message answered."""
    db.execute("""
        CREATE TABLE training (
            reference TEXT PRIMARY KEY, casus TEXT NOT NULL, place TEXT NOT NULL, starter TEXT,
            began TEXT NOT NULL, closes TEXT NOT NULL, closed TEXT, spread TEXT
        ) STRICT""")
    db.execute("CREATE UNIQUE INDEX training_open ON training (place) WHERE closed IS NULL")
    db.execute("CREATE INDEX training_closes ON training (closes) WHERE closed IS NULL")
    db.execute("""
        CREATE TABLE training_vote (
            reference TEXT NOT NULL, person TEXT NOT NULL, subject TEXT NOT NULL CHECK (subject IN ('fase', 'bellen')),
            choice TEXT NOT NULL, PRIMARY KEY (reference, person, subject)
        ) STRICT""")
    db.execute("ALTER TABLE conversation ADD COLUMN origin TEXT")
    db.execute("""
        CREATE TABLE answered (
            inbound TEXT PRIMARY KEY, conversation INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
            step TEXT NOT NULL
        ) STRICT""")
    db.execute("CREATE INDEX answered_conversation ON answered (conversation)")


@migrations(name="0008_under_way")
def under_way(db: Database) -> None:
    """What is on its way is found by its place, and the versions of a message by the first."""
    db.execute(
        "CREATE INDEX delivery_under_way ON delivery (platform, place, message) WHERE state IN ('pending', 'sending', 'unsure')"
    )
    db.execute("CREATE INDEX outbox_root ON outbox (root) WHERE root IS NOT NULL")


@migrations(name="0006_upkeep")
def upkeep(db: Database) -> None:
    """Changes of the contact list: what waits for a yes, what waits for its day, who changed what kind of thing of whom; when
    people were asked whether their entry is right; agreements as they were announced and ticked off.
    """
    db.execute("CREATE TABLE network_version (number INTEGER NOT NULL) STRICT")
    db.execute("INSERT INTO network_version (number) VALUES (0)")
    db.execute("""
        CREATE TABLE pending_change (
            id INTEGER PRIMARY KEY AUTOINCREMENT, person TEXT, place TEXT NOT NULL, ways TEXT NOT NULL, at TEXT NOT NULL
        ) STRICT""")
    db.execute("""
        CREATE TABLE planned_change (
            id INTEGER PRIMARY KEY AUTOINCREMENT, day TEXT NOT NULL, person TEXT NOT NULL, kind TEXT NOT NULL,
            change TEXT NOT NULL, by TEXT
        ) STRICT""")
    # No old and no new value: what the list says now stands in the list.
    db.execute("""
        CREATE TABLE list_change (
            id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, by TEXT, kind TEXT NOT NULL, person TEXT NOT NULL
        ) STRICT""")
    db.execute("CREATE INDEX list_change_at ON list_change (at)")
    db.execute("""
        CREATE TABLE entry_check (
            person TEXT PRIMARY KEY, term TEXT NOT NULL, at TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('planned', 'asked', 'right', 'wrong'))
        ) STRICT""")
    db.execute("CREATE INDEX entry_check_at ON entry_check (at) WHERE state = 'planned'")
    db.execute("""
        CREATE TABLE occasion (
            agreement TEXT NOT NULL, planned TEXT NOT NULL, place TEXT NOT NULL, at TEXT NOT NULL, moved TEXT,
            step INTEGER NOT NULL DEFAULT 0, next_at TEXT, state TEXT NOT NULL DEFAULT 'open'
                CHECK (state IN ('open', 'done', 'dropped', 'past')), done_by TEXT,
            PRIMARY KEY (agreement, planned, place)
        ) STRICT""")
    db.execute("CREATE INDEX occasion_next ON occasion (next_at) WHERE next_at IS NOT NULL")


@migrations(name="0007_reading_posted")
def reading_posted(db: Database) -> None:
    """How far a platform was read, which of its events show which message of ours, and what people did with those."""
    db.execute("CREATE TABLE read_position (platform TEXT PRIMARY KEY, token TEXT NOT NULL) STRICT")
    db.execute("""
        CREATE TABLE posted (
            platform TEXT NOT NULL, remote TEXT NOT NULL, message INTEGER NOT NULL, kind TEXT NOT NULL,
            PRIMARY KEY (platform, remote)
        ) STRICT""")
    db.execute("CREATE INDEX posted_message ON posted (message)")
    db.execute("""
        CREATE TABLE threaded (
            platform TEXT NOT NULL, remote TEXT NOT NULL, root TEXT NOT NULL, PRIMARY KEY (platform, remote)
        ) STRICT""")
    db.execute("""
        CREATE TABLE tap (
            platform TEXT NOT NULL, remote TEXT NOT NULL, message INTEGER NOT NULL, option TEXT NOT NULL, sender TEXT NOT NULL,
            PRIMARY KEY (platform, remote)
        ) STRICT""")
    db.execute("""
        CREATE TABLE vote (
            platform TEXT NOT NULL, message INTEGER NOT NULL, sender TEXT NOT NULL, options TEXT NOT NULL,
            PRIMARY KEY (platform, message, sender)
        ) STRICT""")
    # What could not be decrypted yet: ids only; its key may still come.
    db.execute("""
        CREATE TABLE unread (
            platform TEXT NOT NULL, remote TEXT NOT NULL, place TEXT NOT NULL, sender TEXT NOT NULL, session TEXT NOT NULL,
            at TEXT NOT NULL,
            PRIMARY KEY (platform, remote)
        ) STRICT""")


@migrations(name="0008_accounts")
def accounts(db: Database) -> None:
    """Who says to be whom with which account, and codes to prove it with: only what a code becomes when it is hashed."""
    db.execute("""
        CREATE TABLE claim (
            id INTEGER PRIMARY KEY AUTOINCREMENT, platform TEXT NOT NULL, account TEXT NOT NULL, person TEXT NOT NULL,
            how TEXT NOT NULL CHECK (how IN ('mail', 'code')), at TEXT NOT NULL,
            state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'yes', 'no')), by TEXT, decided TEXT
        ) STRICT""")
    db.execute("CREATE UNIQUE INDEX claim_open ON claim (platform, account) WHERE state = 'open'")
    db.execute("CREATE TABLE link_code (hash TEXT PRIMARY KEY, person TEXT NOT NULL, by TEXT, until TEXT NOT NULL) STRICT")
    db.execute("""
        CREATE TABLE code_try (
            platform TEXT NOT NULL, account TEXT NOT NULL, day TEXT NOT NULL, tries INTEGER NOT NULL,
            PRIMARY KEY (platform, account, day)
        ) STRICT""")


@migrations(name="0011_outsiders")
def outsiders(db: Database) -> None:
    """The places where somebody reads along who is no member."""
    db.execute("CREATE TABLE outsider (platform TEXT NOT NULL, place TEXT NOT NULL, PRIMARY KEY (platform, place)) STRICT")


@migrations(name="0003_plan")
def plan(db: Database) -> None:
    """The tasks of a signal route of which somebody is reminded; one that is done is taken away."""
    db.execute("""
        CREATE TABLE plan (
            reference TEXT NOT NULL, position INTEGER NOT NULL, owner TEXT NOT NULL, route TEXT NOT NULL, step TEXT NOT NULL,
            task TEXT NOT NULL, due TEXT NOT NULL, next_at TEXT NOT NULL, reminded INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (reference, position)
        ) STRICT""")
    db.execute("CREATE INDEX plan_next ON plan (next_at)")


@migrations(name="0009_seen")
def seen(db: Database) -> None:
    """Whose contact details somebody was shown on which day (UTC); `by` is empty for who works at the machine itself."""
    db.execute(
        "CREATE TABLE seen (day TEXT NOT NULL, by TEXT NOT NULL, person TEXT NOT NULL, PRIMARY KEY (day, by, person)) STRICT"
    )


@migrations(name="0013_past_handovers")
def past_handovers(db: Database) -> None:
    """What is left for the yearly evaluation of a handover that was erased: nothing that tells which, or whose; and which of our
    messages were about one, so that they can be changed when it is.
    """
    db.execute("""
        CREATE TABLE past_handover (
            koppel TEXT, phase INTEGER, year INTEGER NOT NULL, taken INTEGER, closed INTEGER,
            escalated INTEGER NOT NULL, withdrawn INTEGER NOT NULL
        ) STRICT""")
    db.execute("CREATE INDEX past_handover_year ON past_handover (year)")
    db.execute("ALTER TABLE outbox ADD COLUMN about TEXT")
    db.execute("UPDATE outbox SET about = body ->> '$.data.handover' WHERE card IS NULL AND body ->> '$.data.handover' IS NOT NULL")
    db.execute("CREATE INDEX outbox_about ON outbox (about) WHERE about IS NOT NULL")


from bot.store import newer_migrations  # noqa: E402, F401 - the steps after these
