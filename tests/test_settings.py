"""Settings of an installation: content and sentences of its own, checked like ours."""

from __future__ import annotations

import os

import pytest

from bot.app import open_app
from bot.check import check_content
from bot.compiled import understanding
from bot.messages import Said, direct
from bot.settings import SettingsFault, read_settings
from tests.asking import example, moment

TOPIC = """- id: fietsenplan
  titel: Ons fietsenplan
  soort: antwoord
  antwoord: Fietsen staan op slot in het hok.
  bron: ["{source}"]
  vragen: [wat is ons fietsenplan, waar moeten de fietsen staan]
  woorden: [fietsenplan]
"""


@pytest.fixture
def own(tmp_path):
    """A settings file with a folder of own content."""
    folder = tmp_path / "eigen"
    (folder / "kennis").mkdir(parents=True)
    (folder / "words").mkdir()
    (folder / "kennis" / "fietsen.yaml").write_text(TOPIC.format(source="eigen afspraak fietsen"), encoding="utf-8")
    (folder / "words" / "algemeen.yaml").write_text('dank: "Tot je dienst."\n', encoding="utf-8")
    (tmp_path / "verbinder.yaml").write_text("eigen-inhoud: eigen\n", encoding="utf-8")
    return tmp_path / "verbinder.yaml"


def said(settings, text):
    app, at = open_app(None, read_settings(settings)), moment("2026-11-24T10:00:00+01:00")
    app.assistant.take_network(example().network)
    app.assistant.handle(Said("1", at, "s-devries", direct("s-devries"), text), at)
    return app.store.outbox.last_said_to(direct("s-devries"), "s-devries").reply.text


def test_a_topic_of_the_network_is_found_and_bears_its_own_source(own):
    assert said(own, "wat is ons fietsenplan") == "Ons fietsenplan\nFietsen staan op slot in het hok.\nBron: eigen afspraak fietsen"


def test_a_sentence_of_the_network_goes_before_ours(own):
    assert said(own, "dankjewel") == "Tot je dienst."


def test_own_content_is_checked_like_ours(own):
    (own.parent / "eigen" / "kennis" / "fietsen.yaml").write_text(TOPIC.format(source="ergens"), encoding="utf-8")

    faults, _ = check_content(own=own.parent / "eigen")

    assert [fault.split(":")[:2] for fault in faults] == [["fietsen.yaml", " fietsenplan"]]


def test_without_settings_everything_is_as_usual(monkeypatch):
    monkeypatch.delenv("VERBINDER_SETTINGS", raising=False)

    assert read_settings().own_content is None


def test_settings_are_found_by_the_environment(own, monkeypatch):
    monkeypatch.setenv("VERBINDER_SETTINGS", str(own))

    assert read_settings().own_content == own.parent / "eigen"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("eigen-inhoud: weg\n", "is er niet. Maak hem, of haal de regel weg."),
        (
            "onzin: 1\nbewaren: {berichten: 400, brichten: 1}\novezicht-om: x\nbevestigd-maanden: veel\n",
            (
                r"(?s)bevestigd-maanden: deze instelling klopt niet, verwacht een aantal maanden van 1 tot en met 60\n.*"
                r"bewaren.berichten: deze instelling klopt niet, verwacht een aantal dagen van 1 tot en met 90\n.*"
                r"bewaren.brichten: deze instelling ken ik niet, bedoel je berichten\?\n.*"
                r"onzin: deze instelling ken ik niet, verwacht een van: eigen-inhoud, overzicht-om, .*"
                r"ovezicht-om: deze instelling ken ik niet, bedoel je overzicht-om\?\nVergelijk"
            ),
        ),
        ("bewaren: 7\n", r"bewaren: deze instelling klopt niet, verwacht een blok, zoals \{berichten: 7, gesprekken: 30\}"),
        ("platforms:\n  a: 1\n", "platforms.a: deze instelling klopt niet, verwacht per platform een blok"),
        ("a: 1\neigen-inhoud: [\n", r"zijn geen leesbare YAML \(kijk rond regel 3\)"),
    ],
)
def test_what_is_wrong_with_settings_is_said(tmp_path, text, expected):
    (tmp_path / "verbinder.yaml").write_text(text, encoding="utf-8")

    with pytest.raises(SettingsFault, match=expected):
        read_settings(tmp_path / "verbinder.yaml")


def test_the_finished_index_is_kept_and_a_damaged_one_is_made_again(tmp_path):
    understanding(folder=tmp_path)
    (kept,) = tmp_path.glob("*.pickle")
    kept.write_bytes(b"half a file")

    again = understanding(folder=tmp_path)

    assert again.library.topics
    assert kept.stat().st_size > 1_000_000
    assert kept.stat().st_mode & 0o077 == 0


def test_the_latest_indexes_are_kept_side_by_side_and_half_written_ones_cleared_away(tmp_path):
    for number in range(12):
        (tmp_path / f"{number}.pickle").touch()
        os.utime(tmp_path / f"{number}.pickle", (number, number))
    (tmp_path / "half.new").touch()
    os.utime(tmp_path / "half.new", (5, 5))
    (tmp_path / "now.new").touch()

    understanding(folder=tmp_path)

    kept = {one.name for one in tmp_path.iterdir()}
    assert {f"{number}.pickle" for number in range(3, 12)} | {"now.new"} < kept
    assert len(kept) == 11


def test_an_index_that_others_may_write_is_not_read(tmp_path):
    understanding(folder=tmp_path)
    (kept,) = tmp_path.glob("*.pickle")
    kept.chmod(0o666)

    understanding(folder=tmp_path)

    assert next(tmp_path.glob("*.pickle")).stat().st_mode & 0o022 == 0


def test_the_digest_comes_when_it_is_set_and_never_in_the_evening(tmp_path):
    file = tmp_path / "verbinder.yaml"
    file.write_text('overzicht-om: "07:45"\n', encoding="utf-8")
    assert f"{read_settings(file).digest_at:%H:%M}" == "07:45"

    file.write_text('overzicht-om: "22:00"\n', encoding="utf-8")
    with pytest.raises(SettingsFault, match="overzicht-om"):
        read_settings(file)
