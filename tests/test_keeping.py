"""What an administrator does to sleep well: copies, putting them back, one process at a time, and how it goes."""

import asyncio
import json
import logging
import os
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from io import StringIO

import aiohttp
import pytest

from adapters.logs import set_up_logs
from adapters.monitor import Monitor
from bot.duties import ALIVE, mark_done
from bot.health import health, in_words
from bot.messages import Line, Reply
from bot.store import deliveries
from bot.store.backup import BackupFault, back_up, restore
from bot.store.file import Store
from bot.store.hold import Held, hold
from tests.asking import moment, network, person, words
from tests.command import verbinder

NOW = moment("2026-11-23T10:00")


@pytest.fixture
def database(tmp_path):
    """A database that is in use, with a key beside it."""
    path = tmp_path / "verbinder.db"
    with closing(Store(path)) as store:
        with store.transaction():
            store.save_network(network(person("mia", "linde", "mentor")))
        beside = tmp_path / "verbinder-sleutels" / "a"
        beside.mkdir(parents=True)
        (beside / "token").write_text("geheim")
        with closing(sqlite3.connect(beside / "keys.db")) as keys:
            keys.execute("CREATE TABLE key (id)")
        yield path


def test_a_copy_of_a_database_in_use_comes_back_whole_and_for_its_owner_alone(database, tmp_path):
    target = tmp_path / "kopie.tar.gz"
    names = back_up(database, target, NOW)
    there = tmp_path / "elders" / "nieuw.db"

    assert names == ["verbinder.db", "sleutels/a/keys.db", "sleutels/a/token"]
    assert sorted(restore(target, there)) == sorted(names)
    with closing(Store(there)) as store:
        assert [one.id for one in store.load_network().people] == ["mia"]
    kept = there.parent / "nieuw-sleutels" / "a"
    assert (kept / "token").read_text() == "geheim"
    assert [oct(path.stat().st_mode & 0o777) for path in (target, there, kept / "token", kept)] == [
        "0o600",
        "0o600",
        "0o600",
        "0o700",
    ]


def test_nothing_is_written_over(database, tmp_path):
    target = tmp_path / "kopie.tar.gz"
    back_up(database, target, NOW)

    with pytest.raises(BackupFault, match=r"bestaat al\. Zet het eerst opzij"):
        restore(target, database)


@pytest.mark.parametrize("wrong", ["leeg", "brief", "vreemd", "half", "nieuwer", "zonder", "wijst", "erbuiten", "pijp"])
def test_what_is_no_copy_of_ours_puts_nothing_back(database, tmp_path, wrong):
    target, there = tmp_path / "kopie.tar.gz", tmp_path / "nieuw.db"
    back_up(database, target, NOW)
    match wrong:
        case "leeg":
            target.write_bytes(b"")
        case "brief":
            target.write_bytes(b"Beste beheerder,")
        case "half":
            target.write_bytes(target.read_bytes()[:-200])
        case "vreemd":
            with tarfile.open(target, "w:gz") as archive:
                archive.add(database, "verbinder.db")
        case "pijp":
            target.unlink()
            os.mkfifo(target)
        case _:
            note = tmp_path / "note"
            note.write_text(json.dumps({"versie": 1, "stappen": ["9999_later"] if wrong == "nieuwer" else []}))
            with tarfile.open(target, "w:gz") as archive:
                archive.add(note, "verbinder.json")
                if wrong == "wijst":
                    (tmp_path / "link").symlink_to("/etc/passwd")
                    archive.add(tmp_path / "link", "verbinder.db")
                elif wrong != "zonder":
                    archive.add(database, "verbinder.db")
                if wrong == "erbuiten":
                    archive.add(note, "../erbuiten")

    with pytest.raises(BackupFault, match=r"reservekopie|nieuwere Verbinder"):
        restore(target, there)
    assert not there.exists()
    assert not there.with_name("nieuw-sleutels").exists()
    assert not (tmp_path.parent / "erbuiten").exists()


def test_a_second_process_says_who_holds_the_database_and_leaves(database):
    code = "import sys; from pathlib import Path; from bot.store.hold import hold\nwith hold(Path(sys.argv[1])): print('vast', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code, database], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout.readline() == "vast\n"
        with pytest.raises(Held, match=f"proces {other.pid}"), hold(database):
            pass
        other.kill()
    with hold(database):  # the system let go when it died
        assert database.with_name("verbinder.db.bezet-door").read_text() == str(os.getpid())


def test_how_it_goes_is_counted_and_said(database):
    with closing(Store(database)) as store:
        assert in_words(health(store.connection, NOW), words()) == [
            "Het gaat goed.", "Er heeft nog geen Verbinder op gedraaid.", "Er is nog geen bericht binnengekomen.",
            "Alles wat gezegd is, is verstuurd.", "0 open overdrachten, 0 met een herinnering die te laat is.",
        ]  # fmt: skip
        mark_done(store.connection, ALIVE, NOW)
        for number in (1, 2):
            store.outbox.say(f"e{number}", "dm:mia", None, NOW, Reply("help", (Line("Dag."),)))
        deliveries.mark_failed(store.connection, 1, "TeLang")
        found = health(store.connection, NOW + timedelta(minutes=4))
        assert (found.sound, found.waiting, found.oldest_waiting, found.undelivered) == (True, 1, 240.0, 1)
        late = health(store.connection, NOW + timedelta(hours=2))
        assert (late.sound, in_words(late, words())[3]) == (False, "Er wacht 1 bericht op verzending, al 2 uur.")


def test_looking_how_it_goes_leaves_what_another_process_has_on_its_way(database):
    with closing(Store(database)) as store:
        store.outbox.say("e1", "dm:mia", None, NOW, Reply("help", (Line("Dag."),)))
        deliveries.mark_sending(store.connection, 1)
        verbinder("status", "--database", database)

        assert store.connection.execute("SELECT state FROM delivery").fetchall() == [("sending",)]


def test_a_platform_that_shuts_us_out_is_seen_and_no_reason_to_start_again(database):
    with closing(Store(database)) as store:
        for name in (ALIVE, "buiten/slack"):
            mark_done(store.connection, name, datetime.now(UTC))
    usual, alive = (verbinder("status", "--database", database, *more) for more in ((), ("--alive",)))

    assert (usual.code, alive.code) == (1, 0)
    assert "1 platform laat Verbinder niet binnen. Wat je doet, zegt verbinder doctor." in usual.out


async def ask(look):
    async with Monitor(look, port=0) as monitor, aiohttp.ClientSession() as session:
        host, port = monitor.address
        found = []
        for path in ("health", "metrics"):
            async with session.get(f"http://{host}:{port}/{path}") as answer:
                found.append((answer.status, await answer.text()))
        return host, *found


def test_a_machine_can_ask_how_it_goes_from_this_machine_alone(database):
    with closing(Store(database)) as store:
        host, (status, text), (_, metrics) = asyncio.run(ask(lambda: health(store.connection, NOW)))
        mark_done(store.connection, ALIVE, NOW - timedelta(hours=1))
        _, (ill, _), _ = asyncio.run(ask(lambda: health(store.connection, NOW)))

    assert (host, status, json.loads(text)["sound"], ill) == ("127.0.0.1", 200, True, 503)
    assert "verbinder_waiting 0.0\n" in metrics


def test_a_log_line_holds_the_class_of_what_went_wrong_and_nothing_that_was_said():
    out, root = StringIO(), logging.getLogger()
    before, level = root.handlers[:], root.level
    set_up_logs(stream=out)
    try:
        try:
            int("Sofie Hartog")
        except ValueError:
            logging.getLogger("bot.assistant").exception("message %s could not be answered", 7)
        logging.getLogger("nio.rooms").warning("event %s", {"body": "Sofie Hartog"})
    finally:
        root.handlers[:] = before
        root.setLevel(level)
    first, second = map(json.loads, out.getvalue().splitlines())

    assert (first["message"], first["fault"]) == ("message 7 could not be answered", "ValueError")
    assert second["message"] == "warning of nio.rooms"
    assert "Sofie" not in out.getvalue()
