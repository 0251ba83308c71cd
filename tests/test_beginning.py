"""`verbinder init --platform`: settings and a place for secrets, shown before they are written, and what is left to do."""

import os
import pty
import select
import stat
import subprocess
import sys

import pytest

from bot.settings import read_settings
from bot.settings_text import NotByUs, with_platform
from tests.command import verbinder

PATIENCE = 60
"""Seconds after which what has not been asked will not be."""
TOWN = ("--town", "Veenrade", "--region", "zuid")
MATRIX = ("--platform", "matrix", "--homeserver", "https://matrix.example", "--account", "@verbinder:example")


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in [one for one in os.environ if one.startswith("VERBINDER_")]:
        monkeypatch.delenv(name)
    return tmp_path


def rights(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_settings_and_a_place_for_secrets_are_for_the_owner_alone_and_what_is_left_is_said(here):
    done = verbinder("init", *TOWN, "--platform", "both", *MATRIX[2:], "--yes")

    assert done.code == 0, done.err
    assert {path.name: rights(path) for path in here.iterdir()} == {
        "verbinder.db": 0o600, "verbinder.yaml": 0o600, "slack.geheim": 0o600, "matrix.geheim": 0o600,
    }  # fmt: skip
    assert read_settings().platforms == {
        "slack": {"geheimen": "slack.geheim"},
        "matrix": {"server": "https://matrix.example", "account": "@verbinder:example", "geheimen": "matrix.geheim"},
    }
    assert "✗" not in done.out
    assert "Nog niet na te kijken zonder VERBINDER_MATRIX_PASSWORD." in done.out
    left = done.out.partition("Wat jij nu nog doet:\n")[2]
    assert "Zet in slack.geheim achter VERBINDER_SLACK_BOT_TOKEN en VERBINDER_SLACK_APP_TOKEN wat erbij hoort." in left
    assert "Zet hem aan: verbinder run --database verbinder.db\n" in left
    assert "Plekken op matrix: 0 van 1 staat in het netwerk." in left
    assert verbinder("init", "--platform", "both").out == "Er verandert niets.\n"


def test_what_stands_there_is_never_written_over_without_a_preview_and_a_yes(here):
    verbinder("init", *TOWN, *MATRIX, "--yes")
    (here / "matrix.geheim").write_text("VERBINDER_MATRIX_PASSWORD=van mij\n")
    before = (here / "verbinder.yaml").read_text()
    done = verbinder("init", "--platform", "matrix", "--account", "@ander:example")

    assert (done.code, "  -    account: '@verbinder:example'\n  +    account: '@ander:example'" in done.out) == (3, True)
    assert (here / "verbinder.yaml").read_text() == before
    assert verbinder("init", "--platform", "matrix", "--account", "@ander:example", "--yes").code == 0
    assert read_settings().platforms["matrix"]["account"] == "@ander:example"
    assert (here / "matrix.geheim").read_text() == "VERBINDER_MATRIX_PASSWORD=van mij\n"


def test_secrets_in_the_environment_need_no_file_and_stand_in_none(here, monkeypatch):
    monkeypatch.setenv("VERBINDER_SLACK_BOT_TOKEN", "xoxb-GEHEIM")
    monkeypatch.setenv("VERBINDER_SLACK_APP_TOKEN", "xapp-GEHEIM")
    monkeypatch.setenv("VERBINDER_SLACK_API", "http://127.0.0.1:9/")
    done = verbinder("init", *TOWN, "--platform", "slack", "--yes")

    assert read_settings().platforms == {"slack": {}}
    assert "GEHEIM" not in done.out + done.err + (here / "verbinder.yaml").read_text()
    assert "✗ Slack antwoordt niet." in done.out  # it was tried, as `doctor` would


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--platform", "teams"), 'Het platform "teams" ken ik niet. Kies slack, matrix, both (allebei) of nog-niet.'),
        (
            ("--platform", "matrix", "--homeserver", "matrix.example"),
            (
                'Het adres "matrix.example" klopt niet. Een homeserver begint met https://, zoals https://matrix.voorbeeld.nl.\n'
                "Het account van Verbinder ontbreekt. Geef het zo: --account @verbinder:voorbeeld.nl"
            ),
        ),
        ((*MATRIX[:4], "--account", "verbinder"), 'Het account "verbinder" klopt niet. Het ziet eruit als @verbinder:voorbeeld.nl.'),
        (("--platform", "slack", "--account", "@a:b"), "--homeserver en --account horen bij Matrix. Zet erbij: --platform matrix"),
    ],
)
def test_what_does_not_hold_is_said_and_nothing_is_made(here, arguments, said):
    done = verbinder("init", *TOWN, *arguments, "--yes")

    assert (done.code, done.err.strip()) == (2, said)
    assert list(here.iterdir()) == []


def test_without_a_platform_run_and_doctor_say_how_to_choose_one(here):
    verbinder("init", *TOWN, "--yes")
    run, doctor = verbinder("run"), verbinder("doctor")

    assert run.code == 2
    assert "Kies er een: verbinder init --platform slack, matrix of both." in run.err
    assert "Kies er een: verbinder init --platform slack, matrix of both." in doctor.out


def test_what_lacks_before_a_start_is_said_at_once_and_nothing_says_that_it_runs(here):
    (here / "verbinder.yaml").write_text("platforms:\n  slakc: {}\n  irc: {}\n")
    strange = verbinder("run")
    (here / "verbinder.yaml").unlink()
    empty = verbinder("run")
    verbinder("init", *TOWN, "--platform", "both", *MATRIX[2:], "--yes")
    (here / "slack.geheim").unlink()
    (here / "matrix.geheim").chmod(0o644)
    shut = verbinder("run")

    assert (strange.code, strange.err) == (
        2,
        ("verbinder.yaml: platforms.slakc: dit platform ken ik niet, bedoel je slack?\n"
        "verbinder.yaml: platforms.irc: dit platform ken ik niet, verwacht een van: slack, matrix\n"),
    )  # fmt: skip
    assert "Kies er een: verbinder init --platform" in empty.err
    assert 'De database "verbinder.db" is er nog niet. Begin met: verbinder init' in empty.err
    assert (shut.code, shut.out) == (2, "")
    assert shut.err.splitlines() == [
        ('Er zijn nog geen tokens voor Slack. Het bestand "slack.geheim" is er niet. Maak het met verbinder init --platform slack, '
        "of zet VERBINDER_SLACK_BOT_TOKEN en VERBINDER_SLACK_APP_TOKEN in de omgeving."),
        'Anderen op deze computer kunnen "matrix.geheim" lezen. Doe eerst: chmod 600 matrix.geheim',
    ]


def test_only_a_platform_of_the_settings_can_be_looked_after(here):
    verbinder("init", *TOWN, "--platform", "slack", "--yes")

    done = verbinder("doctor", "--op", "matrix")
    assert (done.code, done.err) == (2, 'Het platform "matrix" staat niet in de instellingen. Daar staat: slack.\n')


OLD = "# van ons\nplatforms:\n    slack:   # werkruimte\n        geheimen: s\n\n# hoe lang\nbewaren: {berichten: 5}\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "platforms:\n  slack:\n    geheimen: x\n"),
        ("# van ons\nbewaren: {berichten: 5}\n", "# van ons\nbewaren: {berichten: 5}\nplatforms:\n  slack:\n    geheimen: x\n"),
        (OLD, OLD.replace("slack:   # werkruimte\n        geheimen: s", "slack:\n      geheimen: x")),
        (OLD.replace("slack", "elders"), OLD.replace("slack", "elders").replace("platforms:\n", "platforms:\n    slack:\n      geheimen: x\n")),
    ],
)
def test_a_platform_comes_into_the_settings_and_all_else_stays_as_it_was_written(text, expected):
    assert with_platform(text, "slack", {"geheimen": "x"}) == expected


def test_settings_that_are_written_in_another_way_are_left_to_whoever_wrote_them():
    with pytest.raises(NotByUs, match="slack:\n    geheimen: x"):
        with_platform("platforms: {elders: {}}\n", "slack", {"geheimen": "x"})


def answered(arguments, answers):
    """The command on a terminal of its own: each question gets its answer once it stands there and nothing more comes: what is typed
    before a terminal stops showing it is thrown away. All that was shown, the exit code, and the questions that did not come."""
    child, screen = pty.fork()
    if child == 0:
        os.execv(sys.executable, [sys.executable, "-m", "bot.cli", *arguments])
    shown, left = "", list(answers)
    while select.select([screen], [], [], PATIENCE)[0]:
        try:
            new = os.read(screen, 65_536)
        except OSError:  # Linux says so when the other end is gone
            break
        if not new:
            break
        shown += new.decode(errors="replace")
        if left and left[0][0] in shown.rpartition("\a")[2] and not select.select([screen], [], [], 0.5)[0]:
            os.write(screen, f"{left.pop(0)[1]}\n".encode())
            shown += "\a"
    os.close(screen)  # should it still wait for something, then this ends it
    return shown, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), [one for one, _ in left]


@pytest.mark.skipif(sys.platform != "linux", reason="a terminal behaves differently elsewhere")
def test_on_a_terminal_it_asks_and_a_secret_is_not_shown(here):
    shown, code, left = answered(
        ["init"],
        [
            ("In welke gemeente", "Veenrade"), ("vakantieregio", "oost"), ('"oost" bestaat niet', "zuid"),
            ("Waar praat het netwerk", "teams"), ('"teams" ken ik niet', "allebei"),
            ("VERBINDER_SLACK_BOT_TOKEN", "xapp-GEHEIM"), ("het goede begint met xoxb-", ""),
            ("VERBINDER_SLACK_APP_TOKEN", ""), ("Adres van de homeserver", "http://127.0.0.1:9"),
            ("Account van Verbinder", "@verbinder:example"), ("VERBINDER_MATRIX_PASSWORD", "geheim-en-lang"), ("Doorgaan?", "ja"),
        ],
    )  # fmt: skip

    assert (code, left) == (0, []), shown
    assert "geheim-en-lang" not in shown
    assert "xapp-GEHEIM" not in shown
    assert "VERBINDER_MATRIX_PASSWORD=geheim-en-lang\n" in (here / "matrix.geheim").read_text()
    assert "✗ Homeserver http://127.0.0.1:9 antwoordt niet." in shown


QUESTIONS = [
    ("In welke gemeente", "Veenrade"), ("vakantieregio", "zuid"), ("Waar praat het netwerk", "matrix"),
    ("Adres van de homeserver", "https://m.example"), ("Account van Verbinder", "@v:m.example"), ("VERBINDER_MATRIX_PASSWORD", ""), ("Doorgaan?", ""),
]  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="a terminal behaves differently elsewhere")
@pytest.mark.parametrize("number", range(len(QUESTIONS)))
@pytest.mark.parametrize("key", ["\x03", "\x04"])
def test_whoever_leaves_at_any_question_hears_that_nothing_changed(here, number, key):
    shown, code, _ = answered(["init"], [*QUESTIONS[:number], (QUESTIONS[number][0], key)])

    assert (code, shown.split("\r\n")[-2]) == (130, "Gestopt. Er is niets veranderd."), shown
    assert list(here.iterdir()) == []


def test_the_file_of_secrets_is_named_in_no_process_list(here):
    """What `run` is started with holds no secret, for nothing in its options can."""
    help_text = subprocess.run([sys.executable, "-m", "bot.cli", "init", "--help"], capture_output=True, text=True, check=True).stdout

    assert not any(word in help_text.lower() for word in ("--token", "--password", "--wachtwoord", "--secret"))


def test_a_code_that_is_asked_for_at_a_terminal_is_answered_with_where_it_is_given():
    done = verbinder("chat", "--as", "j-schouten", typed="code voor Tim Bos\n")

    assert 'typ daar als coördinator in een privébericht "code voor"' in done.out
    assert "in de kolom slack of matrix" in done.out


def test_whoever_begins_from_lists_hears_how_a_school_gets_its_police(here):
    done = verbinder("init", *TOWN, "--yes")

    assert "Er staan nog geen scholen in. Haal de bestanden met vestigingen bij DUO" in done.out
    assert "De politie staat er nog niet in. Zet haar in de lijst met mensen" in done.out
    assert "verbinder check --database verbinder.db" in verbinder("init", "--platform", "slack", "--yes").out
