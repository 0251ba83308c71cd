"""`verbinder doctor` on the machine itself: every fault by name, with its mend."""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta

import pytest

from adapters.caretaking import Finding, _together
from bot.app import EXAMPLE, open_app, take_network
from bot.duties import ALIVE, mark_done
from bot.messages import Line, Reply, Said
from bot.store.hold import hold
from knowledge.network_files import read_network
from tests.command import verbinder

NOW = datetime.now().astimezone()  # the command reads the clock itself


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "verbinder.db"
    with closing(open_app(path)) as app:
        take_network(app, None, read_network(EXAMPLE), NOW)
    path.chmod(0o600)
    return path


def written(database, *statements):
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        for statement, *values in statements:
            connection.execute(statement, values)


def say(database, at):
    with closing(open_app(database)) as app, app.store.transaction():
        app.store.outbox.say("n", "dm:y-amrani", None, at, Reply(kind="notice", lines=(Line("Dag"),)), ("",))


def doctor(database):
    return verbinder("doctor", "--database", database)


def test_a_new_database_is_whole_and_it_says_what_comes_next(database):
    done = doctor(database)

    assert "✓ De database is heel, en bijgewerkt tot en met stap" in done.out
    assert "→ Zet hem aan: verbinder run" in done.out
    assert "✓ Schoolvakanties zijn bekend tot en met" in done.out
    assert "blijft alles erover staan: 1 jaar. Het chatplatform heeft daarnaast een eigen bewaartermijn." in done.out
    assert "→ Maak er elke nacht een, op een andere schijf: verbinder backup --database" in done.out
    assert "✗ Er staat nog geen platform in de instellingen." in done.out
    assert done.code == 1


@pytest.mark.parametrize(
    ("ago", "said"), [(timedelta(seconds=30), "✓ Verbinder draait."), (timedelta(hours=1), "✗ Verbinder draait niet, of hij staat stil.")]
)
def test_whether_it_runs_is_seen_by_who_holds_it_and_when_that_last_looked(ago, said, database):
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        mark_done(connection, ALIVE, datetime.now().astimezone() - ago)

    with hold(database):
        assert said in doctor(database).out
    start = f"Zet hem aan: verbinder run --database {database}\n"
    assert f"✗ Verbinder draait nu niet op deze database.\n    → {start}" in doctor(database).out
    assert verbinder("status", "--database", database).out.startswith(f"Verbinder draait nu niet op deze database. {start}")


def test_what_is_the_same_of_many_places_is_said_once():
    places = [Finding(sound=False, text=f"Kamer {one}: er is iets te doen.", advice="Doe: rooms") for one in range(1, 8)]
    other = Finding(sound=True, text="De klok loopt gelijk.")

    assert _together([other, *places]) == [
        other,
        Finding(
            sound=False, text="Er is iets te doen. Dat is zo bij 7: Kamer 1, Kamer 2, Kamer 3 en nog 4.", advice="Doe: rooms"
        ),
    ]  # fmt: skip
    assert _together([other, *places[:5]]) == [other, *places[:5]]


def test_what_waits_for_long_and_what_failed_is_named_by_number_and_class_only(database):
    say(database, datetime.now().astimezone() - timedelta(hours=2))
    assert "✗ Er wacht 1 bericht al langer dan vijf minuten op verzending." in doctor(database).out

    with closing(open_app(database)) as app:
        app.assistant.handle(Said("e1", NOW, "y-amrani", "dm:y-amrani", "wie is onze wijkagent"), NOW)
        app.store.note_failure("e1", "KeyError")
    written(database, ("UPDATE delivery SET state = 'failed', fault = 'NoPlace' WHERE message = 1",))
    done = doctor(database)

    assert "✗ 1 bericht kwam nooit aan: nummer 1 (NoPlace)." in done.out
    assert "✗ Op 1 bericht ging het antwoord mis: nummer 1 (KeyError)." in done.out
    assert "wijkagent" not in done.out


def test_a_clock_that_was_set_back_is_seen(database):
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        mark_done(connection, ALIVE, datetime.now().astimezone() + timedelta(days=2))

    assert "✗ In de database staat een moment dat nog moet komen." in doctor(database).out


def test_a_damaged_index_is_found(database):
    """It can still be opened: only who looks everywhere sees it."""
    other = "SELECT rootpage FROM sqlite_schema WHERE name = 'clock'"
    broken = f"UPDATE sqlite_schema SET rootpage = ({other}) WHERE type = 'index' AND tbl_name = 'delivery' AND sql IS NOT NULL"
    written(database, ("PRAGMA writable_schema = ON",), (broken,))

    out = doctor(database)
    assert "beschadigd" in out.out + out.err
    assert "verbinder restore BESTAND" in out.out + out.err
