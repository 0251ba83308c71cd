"""A database of every earlier version is brought up to date with all that it holds, also when that is broken off halfway."""

import sqlite3
from contextlib import closing

import pytest
from sqlite_utils import Database

from bot.messages import Said
from bot.store.file import Store
from bot.store.migrations import migrations
from tests.asking import moment, network, person
from tests.command import verbinder

NOW = moment("2026-11-23T10:00")
STEPS = [step.name for step in migrations.pending(Database(memory=True))]


def opened(path):
    return sqlite3.connect(path, isolation_level=None)


def of_version(path, number):
    """A database as it was after so many steps, with a row in every table that it had."""
    with closing(opened(path)) as connection:
        migrations.apply(Database(connection), stop_before=STEPS[number] if number < len(STEPS) else None)
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        outbox = "INSERT INTO outbox (key, place, asker, body, at{more}) VALUES ('e1/0', 'dm:mia', 'mia', ?, '2026-11-23'{values})"
        body = '{"kind": "help", "lines": [{"text": "Dag.", "style": "plain"}]}'
        if "delivery" in tables:
            connection.execute(outbox.format(more="", values=""), (body,))
            connection.execute("INSERT INTO delivery (message, platform, place) VALUES (1, '', 'dm:mia')")
        else:
            connection.execute(outbox.format(more=", state", values=", 'pending'"), (body,))
        connection.execute("INSERT INTO inbox (id, place, sender, at) VALUES ('e1', 'dm:mia', 'mia', '2026-11-23T10:00:00+01:00')")
        if "conversation" in tables:
            connection.execute(
                "INSERT INTO conversation (person, place, flow, answers, state, reference, started, changed) "
                "VALUES ('mia', 'dm:mia', 'quickscan', '{}', 'open', 'BLAUWE-OTTER', '2026-11-23', '2026-11-23')"
            )
    return path


def holds(path):
    with closing(Store(path)) as store:
        outbox = store.connection.execute(
            "SELECT outbox.key, delivery.platform, delivery.state FROM outbox JOIN delivery ON delivery.message = outbox.id"
        ).fetchall()
        message = store.outbox.message(1)
        again = store.receive(Said("e1", NOW, "mia", "dm:mia", ""))
        talks = store.connection.execute("SELECT reference, state FROM conversation").fetchall()
        return outbox, message[0].reply.text, again, talks


@pytest.mark.parametrize("number", range(1, len(STEPS) + 1), ids=lambda number: f"na {STEPS[number - 1]}")
def test_a_database_of_an_earlier_version_keeps_all_that_it_holds(tmp_path, number):
    path = of_version(tmp_path / "oud.db", number)
    outbox, text, again, talks = holds(path)

    assert (outbox, text, again) == ([("e1/0", "", "pending")], "Dag.", False)
    assert talks == ([("BLAUWE-OTTER", "open")] if number > 1 else [])


def broken_off(path, instructions):
    """Whether bringing up to date, as the store does it, is stopped by a database that works no longer than this."""
    store = Store()
    store.close()
    with closing(opened(path)) as store._connection:
        store.connection.set_progress_handler(lambda: 1, instructions)
        try:
            with store.transaction():
                migrations.apply(Database(store.connection))
        except sqlite3.OperationalError:
            return True
    return False


@pytest.mark.parametrize("number", range(1, len(STEPS)))
def test_bringing_up_to_date_can_be_broken_off_anywhere(tmp_path, number):
    """It is one transaction: nothing of it stands, and the next start does it whole."""
    path = of_version(tmp_path / "oud.db", number)
    deaths = 0
    for instructions in (50, 200, 800, 2_000, 4_000, 8_000, 16_000):
        if not broken_off(path, instructions):
            break
        deaths += 1
        with closing(opened(path)) as connection:
            assert len(migrations.applied(Database(connection))) == number

    assert deaths > 1
    assert holds(path)[0] == [("e1/0", "", "pending")]


def test_a_network_in_a_database_is_still_there_after_an_upgrade(tmp_path):
    path = tmp_path / "nu.db"
    with closing(Store(path)) as store, store.transaction():
        store.save_network(network(person("mia", "linde", "mentor")))
    with closing(Store(path)) as store:
        assert [one.id for one in store.load_network().people] == ["mia"]


def test_a_database_of_a_newer_version_is_left_alone_and_says_what_to_do(tmp_path):
    path = tmp_path / "verbinder.db"
    Store(path).close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('verbinder', '9999_van_later', '')")
    before = path.read_bytes()
    done = verbinder("doctor", "--database", path)

    assert (done.code, done.out) == (1, "")
    assert done.err == (
        f'De database "{path}" is van een nieuwere Verbinder (9999_van_later). Werk Verbinder bij, of zet een reservekopie van toen '
        "terug: verbinder restore BESTAND.\n"
    )
    assert path.read_bytes() == before
