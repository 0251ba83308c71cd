"""Who on the machine can read what is kept, and settings that keep more than people are promised."""

import sqlite3
from contextlib import closing

import pytest

from bot.file_rights import open_monitor, too_open, weakened
from bot.settings import read_settings
from bot.store.file import Store
from tests.asking import words


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "verbinder.db"
    with closing(Store(path)):
        yield path


def test_a_new_database_and_its_journals_are_for_its_owner_alone(database):
    assert {oct(path.stat().st_mode & 0o777) for path in database.parent.iterdir()} == {"0o600"}
    assert too_open(database, None, words()) == []


def test_what_others_can_read_or_change_is_named_with_what_to_do(database, tmp_path):
    settings, keys = tmp_path / "verbinder.yaml", tmp_path / "verbinder-sleutels"
    settings.write_text("", encoding="utf-8")
    keys.mkdir()
    for path, rights in ((settings, 0o664), (keys, 0o755), (database, 0o644)):
        path.chmod(rights)

    assert too_open(database, settings, words()) == [
        (f'Anderen op deze computer kunnen bij de database "{database}".', f"Doe dit: chmod 600 {database}"),
        (f'Anderen op deze computer kunnen bij de map met sleutels "{keys}".', f"Doe dit: chmod 700 {keys}"),
        (f'Anderen op deze computer kunnen de instellingen "{settings}" veranderen.', f"Doe dit: chmod go-w {settings}"),
    ]


def test_a_database_that_is_there_already_keeps_its_rights_until_somebody_mends_them(tmp_path):
    path = tmp_path / "oud.db"
    sqlite3.connect(path).close()
    path.touch()
    path.chmod(0o640)
    Store(path).close()

    assert path.stat().st_mode & 0o777 == 0o640


def test_keeping_longer_than_promised_is_said_to_weaken(tmp_path):
    file = tmp_path / "verbinder.yaml"
    file.write_text("bewaren: {berichten: 30, gesprekken: 20}", encoding="utf-8")

    assert [text for text, _ in weakened(read_settings(file), words())] == [
        "Berichten blijven 30 dagen bewaard. Beloofd is 7: dit verzwakt de privacy."
    ]
    assert weakened(read_settings(None), words()) == []


def test_numbers_that_other_machines_can_read_are_named():
    for own in (None, "uit", "9797", "127.0.0.1:9797", "localhost:9797", "[::1]:9797"):
        assert open_monitor(own, words()) == [], own
    assert "0.0.0.0" in open_monitor("0.0.0.0:9797", words())[0][0]
    assert "firewall" in open_monitor("[::]:9797", words())[0][1]
