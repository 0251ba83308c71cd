"""What a disk, a clock and other programs can do to the database: it is said in a sentence, and nothing is lost or half done."""

import asyncio
import os
import resource
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta

import pytest

from bot.app import EXAMPLE, open_app, take_network
from bot.deliver import deliver
from bot.messages import Line, Reply, Said
from bot.store import deliveries
from bot.store.file import Store, StoreFault
from knowledge.network_files import read_network
from tests.asking import moment
from tests.command import ROOT, verbinder

NOW = moment("2026-11-24T10:00")
ASKER = "y-amrani"


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "verbinder.db"
    with closing(open_app(path)) as app:
        take_network(app, None, read_network(EXAMPLE), NOW)
    return path


class Far:
    """A platform that takes everything, or nothing while it is down."""

    name = ""

    def __init__(self):
        self.down, self.heard = False, []

    async def send(self, envelope):
        if self.down:
            raise OSError
        self.heard.append((envelope.at, envelope.reply.lines[0].text))
        return f"r{envelope.message}"


def said(number, at=NOW, text="wie is onze wijkagent"):
    return Said(f"e{number}", at, ASKER, f"dm:{ASKER}", text)


def fits(app, number):
    """Whether a message still fits on the disk; one that does not is told as what it is, and leaves nothing open."""
    try:
        app.assistant.handle(said(number), NOW)
    except sqlite3.OperationalError as error:
        return (error.sqlite_errorname, app.store.connection.in_transaction) != ("SQLITE_FULL", False)
    return True


def bring(app, far, at=NOW):
    return asyncio.run(deliver(app.store, far, lambda: at))


def test_a_full_disk_takes_nothing_in_and_loses_nothing(database):
    """What is not committed is not acknowledged: the platform brings it again."""
    with closing(open_app(database)) as app:
        connection, far = app.store.connection, Far()
        app.assistant.handle(said(0), NOW)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        refused = next(number for number in range(1, 200) if not fits(app, number))
        assert [fits(app, refused) for _ in range(3)] == [False] * 3
        connection.execute("PRAGMA max_page_count = 1000000")
        app.assistant.handle(said(refused), NOW)
        bring(app, far)
        bring(app, far)
        assert len(far.heard) == refused + 1


def test_what_sqlite_took_back_by_itself_is_not_half_done_and_the_reason_is_not_lost(database):
    """It does so when a disk is full, gives no answer, or there is too little memory."""
    with closing(open_app(database)) as app:
        app.store.connection.execute("CREATE TEMP TRIGGER t BEFORE INSERT ON outbox BEGIN SELECT raise(ROLLBACK, 'weg'); END")
        with pytest.raises(sqlite3.IntegrityError, match="weg"):
            app.assistant.handle(said(1), NOW)
        app.store.connection.execute("DROP TRIGGER t")
        assert app.store.connection.execute("SELECT count(*) FROM inbox").fetchone() == (0,)
        app.assistant.handle(said(1), NOW)
        assert app.store.outbox.last_said_to(f"dm:{ASKER}", ASKER).reply.lines[0].text == "Bel Wendy Mulder, wijkagent"


def work(app, number):
    """How many steps SQLite takes, in hundreds, for one message, what comes by itself, and bringing it."""
    steps = []
    app.store.connection.set_progress_handler(lambda: steps.append(1), 100)
    app.assistant.handle(said(number), NOW)
    app.assistant.next_due()
    bring(app, Far())
    app.store.connection.set_progress_handler(None, 0)
    return len(steps)


def test_a_message_costs_the_database_as_much_after_a_long_life_as_after_a_short_one(database):
    with closing(open_app(database)) as app:
        work(app, 1)
        before = work(app, 2)
        with app.store.transaction():
            for number in range(3000):
                app.store.outbox.say(f"k{number}", f"dm:{number % 40}", None, NOW, Reply("contact", (Line("Bel Wendy Mulder"),)))
            app.store.connection.execute("UPDATE delivery SET state = 'sent', remote_id = 'r' || message, sent_at = :at", {"at": NOW.isoformat()})
        assert work(app, 3) <= before + 20


def test_what_cannot_be_committed_is_taken_back_and_the_next_goes_on(database):
    with closing(open_app(database)) as app:
        connection = app.store.connection
        connection.execute("CREATE TEMP TABLE een (id PRIMARY KEY)")
        connection.execute("CREATE TEMP TABLE twee (een REFERENCES een DEFERRABLE INITIALLY DEFERRED)")
        connection.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError), app.store.transaction():
            connection.execute("INSERT INTO twee VALUES (1)")
        connection.execute("BEGIN")  # one that there was no memory to end
        app.assistant.handle(said(1), NOW)
        assert app.store.outbox.last_said_to(f"dm:{ASKER}", ASKER) is not None


def test_a_file_that_may_only_be_read_is_said_with_what_to_do(database):
    if os.geteuid() == 0:
        pytest.skip("root may write everything")
    database.chmod(0o400)
    with pytest.raises(StoreFault, match="ik mag hem niet openen"):
        Store(database)


def test_a_database_that_another_program_holds_is_said_in_a_sentence(database):
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreFault, match="een ander programma houdt hem bezet"):
            Store(database, patience=0.1)
        other.execute("ROLLBACK")
    with closing(Store(database)) as store, store.transaction():
        assert store.load_network() is not None


@pytest.mark.parametrize("damage", ["kop", "midden", "leeg"])
def test_a_damaged_file_says_to_put_a_copy_back(database, damage):
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(database.read_bytes())
    match damage:
        case "kop":
            data[:100] = os.urandom(100)
        case "midden":
            data[4096:] = b"\xff" * (len(data) - 4096)
        case "leeg":
            data = bytearray(b"niets meer")
    database.write_bytes(data)
    done = verbinder("status", "--database", database)

    assert (done.code, "Traceback" in done.err) == (1, False)
    assert "zet een reservekopie terug: verbinder restore" in done.err


@pytest.mark.parametrize("jump", [timedelta(days=-400), timedelta(days=400), timedelta(hours=-1)])
def test_a_clock_that_jumps_and_comes_back_neither_repeats_nor_forgets(database, jump):
    with closing(open_app(database)) as app:
        far = Far()
        for number, at in enumerate([NOW, NOW + jump, NOW + timedelta(minutes=1)]):
            app.assistant.due(at)
            app.assistant.handle(said(number, at), at)
            bring(app, far, at)
        answers = [text for _, text in far.heard if text.startswith("Bel ")]
        assert len(answers) == 3
        assert deliveries.waiting(app.store.connection, NOW + timedelta(days=1)) == []


def test_a_platform_that_is_down_for_hours_gets_everything_in_order_when_it_is_back(database):
    with closing(open_app(database)) as app:
        far = Far()
        far.down = True
        for number in range(40):
            at = NOW + timedelta(minutes=5 * number)
            app.assistant.handle(said(number, at), at)
            bring(app, far, at)
        far.down, later = False, NOW + timedelta(hours=5)
        while bring(app, far, later):
            pass
        assert len(far.heard) == 40
        assert far.heard == sorted(far.heard)


@pytest.mark.parametrize("megabytes", [130, 150])
def test_too_little_memory_is_said_in_a_sentence(megabytes, database):
    """Either it is enough, or that it is not stands there with what to do."""
    most = megabytes << 20
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "status", "--database", database],
        cwd=ROOT, capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (most, most)),
    )  # fmt: skip

    assert "Traceback" not in done.stderr
    assert done.returncode == 0 or "te weinig geheugen" in done.stderr
