"""What is kept of people, how long, and that it is really gone; who may see what was done."""

import json
import subprocess
import sys
import tarfile
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from bot.app import open_app
from bot.audit import trail
from bot.evaluation.count import cases
from bot.messages import Chose, Line, Reply, Said
from bot.retention import Retention, term_of
from bot.settings import SettingsFault, read_settings
from bot.store.backup import back_up
from bot.store.outbox import in_order
from knowledge.network import Convenant
from knowledge.network_files import read_network
from tests.asking import EXAMPLE, moment, network
from tests.command import ROOT
from tests.command import verbinder as run
from tests.playing import FOLDER, Story

MONDAY = moment("2026-11-23T09:00")
PLANTED = ("Xaviera", "Kromosoeto", "0612345678", "123456782", "Gajadien", "mila_x09")


@pytest.fixture
def kept(tmp_path):
    """An assistant over a file, and a way to say something to it."""
    app = open_app(tmp_path / "verbinder.db")
    app.assistant.take_network(read_network(EXAMPLE))
    count = iter(range(10_000))

    def say(text, who="s-devries", place=None, at=MONDAY, **more):
        app.assistant.due(at)
        app.assistant.handle(Said(f"e{next(count)}", at, who, place or f"dm:{who}", text, **more), at)
        return [
            app.store.outbox.message(row[0])[0].reply for row in app.store.connection.execute("SELECT id FROM outbox ORDER BY id")
        ][-1]

    yield SimpleNamespace(say=say, store=app.store, assistant=app.assistant, close=app.close)
    app.close()


def test_after_a_whole_day_no_planted_name_stands_in_the_database_its_log_or_what_was_logged(kept, tmp_path, caplog):
    texts = [
        "leerling Xaviera Kromosoeto spijbelt, wie bel ik", "bel moeder op 0612345678", "bsn 123456782", "mevrouw Gajadien belde",
        "insta mila_x09", "quickscan", "nee", "Xaviera heeft een mes", "stop", "draag dit over aan Wendy Mulder: Xaviera Kromosoeto",
        "overdracht", "het gaat om Xaviera Kromosoeto", "stop", "er wordt nu gevochten, Xaviera Kromosoeto heeft een mes",
    ]  # fmt: skip
    for hour, text in enumerate(texts):
        for who, place in (
            ("s-devries", None),
            ("w-mulder", "lindecollege-politie"),
            ("onbekend-1", None),
            ("s-devries", "netwerk"),
        ):
            kept.say(text, who, place, MONDAY + timedelta(minutes=20 * hour), addressed=hour % 3 != 2)
    kept.assistant.due(MONDAY + timedelta(days=1))
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())

    assert [
        name for name in PLANTED if name.encode() in stored or name.lower().encode() in stored.lower() or name in caplog.text
    ] == []


DIES = """
import os, sys
from pathlib import Path
from datetime import datetime
from bot.app import open_app
from bot.messages import Said
from knowledge.network_files import read_network
app = open_app(Path(sys.argv[1]))
app.assistant.take_network(read_network(Path(sys.argv[2])))
at = datetime.fromisoformat("2026-11-23T09:00+01:00")
app.store.connection.set_trace_callback(lambda statement: os.kill(os.getpid(), 9) if statement.startswith(sys.argv[4]) else None)
app.assistant.handle(Said("e", at, "s-devries", "dm:s-devries", sys.argv[3]), at)
"""


@pytest.mark.parametrize(
    "moment_of_death", ["INSERT INTO inbox", "INSERT INTO outbox", "INSERT INTO delivery", "COMMIT"]
)
def test_dying_in_the_middle_of_a_message_leaves_nothing_of_it(tmp_path, moment_of_death):
    text = (
        "leerling Xaviera Kromosoeto spijbelt, bel moeder op 0612345678, bsn 123456782, insta mila_x09, mevrouw Gajadien weet ervan"
    )
    done = subprocess.run(
        [sys.executable, "-c", DIES, str(tmp_path / "v.db"), str(EXAMPLE), text, moment_of_death],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir()).lower()

    assert done.returncode == -9, done.stderr
    assert [name for name in PLANTED if name.lower().encode() in stored or name in done.stdout + done.stderr] == []


def test_what_failed_on_its_way_and_a_copy_of_it_all_hold_no_planted_name(kept, tmp_path):
    for text in (
        "leerling Xaviera Kromosoeto spijbelt, wie bel ik",
        "bel 0612345678 of insta mila_x09",
        "bsn 123456782",
        "mevrouw Gajadien belde",
    ):
        kept.say(text)
    with kept.store.transaction():
        kept.store.connection.execute("UPDATE delivery SET state = 'failed', fault = 'NoPlace'")
    back_up(tmp_path / "verbinder.db", tmp_path / "kopie.tar.gz", MONDAY)
    with tarfile.open(tmp_path / "kopie.tar.gz") as archive:
        copied = b"".join(archive.extractfile(one).read() for one in archive.getmembers() if one.isfile())
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir()) + copied

    assert b"s-devries" in copied
    assert [name for name in PLANTED if name.lower().encode() in stored.lower()] == []


def test_a_picture_or_file_is_refused_unless_there_is_danger(kept):
    assert kept.say("kijk", attachments=1).kind == "refusal"
    assert kept.say("er wordt nu geschoten", attachments=1).kind == "urgent"


def test_a_picture_among_others_is_answered_in_private(kept):
    kept.say("kijk", place="lindecollege-politie", attachments=2)

    assert kept.store.connection.execute("SELECT place FROM outbox").fetchall() == [("dm:s-devries",)]


def test_personal_data_among_others_are_answered_in_private(kept):
    kept.say("wie bel ik over Xaviera Kromosoeto", place="lindecollege-politie")

    assert kept.store.connection.execute("SELECT place FROM outbox").fetchall() == [("dm:s-devries",)]


def test_whose_number_somebody_saw_is_known_by_ids_only(kept):
    kept.say("wie is onze wijkagent")

    assert [(one.at, one.who, one.did, one.whom) for one in trail(kept.store.connection)] == [
        ("2026-11-23", "s-devries", "zag-gegevens", "a-vanleeuwen")
    ]
    assert trail(kept.store.connection, person="h-prins") == []


def test_the_bare_word_privacy_asks_what_is_kept(kept):
    assert kept.say("Privacy?").text == kept.say("wat bewaar je over mij").text
    assert kept.say("wat is privacy").data["topic"] != "bewaren"


def test_whoever_asks_to_be_forgotten_is(kept):
    kept.say("wie is onze wijkagent")
    kept.say("quickscan")
    asked = kept.say("Vergeet mij.", place="lindecollege-politie")
    assert [option.label for option in asked.options] == ["Ja, vergeet mij", "Nee, laat maar"]
    assert kept.store.connection.execute("SELECT place FROM outbox ORDER BY id DESC").fetchone() == ("dm:s-devries",)
    assert kept.say("Nee, laat maar").text == "Goed. Er is niets gewist."
    assert kept.store.connection.execute("SELECT count(*) FROM seen WHERE by = 's-devries'").fetchone() == (1,)
    kept.say("vergeet mij")
    assert kept.say("nee").text == "Goed. Er is niets gewist."
    kept.say("vergeet mij")
    said = kept.say("Ja.")

    assert said.text.startswith("Gedaan. Wat je vroeg")
    for table, column in (("conversation", "person"), ("seen", "by"), ("inbox", "sender")):
        assert kept.store.connection.execute(f"SELECT count(*) FROM {table} WHERE {column} = 's-devries'").fetchone() == (0,)


def test_once_a_day_the_file_is_written_anew_without_what_was_taken_away(kept, tmp_path):
    kept.say("wie is onze wijkagent")
    with kept.store.transaction():
        kept.store.connection.execute("UPDATE delivery SET state = 'sent', sent_at = ?", (in_order(MONDAY),))
        kept.store.connection.execute("INSERT INTO seen (day, by, person) VALUES ('2020-01-01', 'oud-lid-zoals-geplant', 'w-mulder')")
    kept.assistant.due(MONDAY + timedelta(days=8))
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())

    assert b"oud-lid-zoals-geplant" not in stored
    assert kept.store.connection.execute("SELECT body FROM outbox WHERE key = 'e0/0'").fetchone() == (None,)


def test_who_said_to_be_whom_with_an_account_is_forgotten_after_a_year(kept):
    for number, days in enumerate((0, 300)):
        at = in_order(MONDAY + timedelta(days=days))
        kept.store.connection.execute(
            "INSERT INTO claim (platform, account, person, how, at, state, decided) VALUES ('a', ?, 's-devries', 'code', ?, 'yes', ?)",
            (f"a{number}", at, at),
        )
    kept.store.connection.execute("INSERT INTO account VALUES ('a', 'a0', 's-devries', ?, NULL)", (in_order(MONDAY),))
    for who, days in (("vertrokken", 300), ("net-weg", 390)):
        kept.store.connection.execute("INSERT INTO account VALUES ('a', ?, ?, ?, NULL)", (who, who, in_order(MONDAY)))
        kept.store.connection.execute("INSERT INTO binding VALUES ('a', ?, 'kamer')", (f"dm:{who}",))
        kept.store.connection.execute(
            "INSERT INTO list_change (at, kind, person) VALUES (?, 'import', ?)", (in_order(MONDAY + timedelta(days=days)), who)
        )
    kept.assistant.due(MONDAY + timedelta(days=400))

    assert kept.store.connection.execute("SELECT account FROM claim").fetchall() == [("a1",)]
    assert kept.store.connection.execute("SELECT account FROM account").fetchall() == [("a0",), ("net-weg",)]
    assert kept.store.connection.execute("SELECT place FROM binding").fetchall() == [("dm:net-weg",)]


def handover(kept, closed, reference="BLAUWE-OTTER"):
    with kept.store.transaction():
        kept.store.connection.execute(
            "INSERT INTO handover (reference, sort, giver, addressee, holder, asked, offered_at, since, state, state_at) "
            "VALUES (?, 'overdracht', 's-devries', 'w-mulder', 'w-mulder', 'bellen', ?, ?, 'closed', ?)",
            (reference, in_order(closed), in_order(closed), in_order(closed)),
        )
        kept.store.connection.execute(
            "INSERT INTO outbox (key, place, at, card) VALUES (?, 'lindecollege-politie', ?, ?)",
            (f"h/{reference}", closed.isoformat(), f"{reference}/stand"),
        )


def test_after_the_term_of_the_convenant_a_handover_goes_and_its_messages_become_one_neutral_line(kept):
    handover(kept, MONDAY)
    kept.assistant.due(MONDAY + timedelta(days=364))
    assert kept.store.connection.execute("SELECT count(*) FROM handover").fetchone() == (1,)
    kept.assistant.due(MONDAY + timedelta(days=367))
    rows = kept.store.connection.execute(
        "SELECT body, replaces FROM outbox WHERE card = 'BLAUWE-OTTER/stand' ORDER BY id DESC"
    ).fetchone()

    assert kept.store.connection.execute("SELECT count(*) FROM handover").fetchone() == (0,)
    assert [line["text"] for line in json.loads(rows[0])["lines"]] == ["Dit is afgerond. De gegevens zijn gewist."]
    assert rows[1] is not None


def test_a_note_about_a_handover_that_arrived_becomes_the_same_line_and_one_that_never_arrived_does_not(kept):
    handover(kept, MONDAY)
    with kept.store.transaction():
        kept.store.connection.execute("UPDATE handover SET scan = 'RODE-VOS'")
        kept.store.connection.execute(
            "INSERT INTO conversation (person, place, flow, answers, state, reference, started, changed) "
            "VALUES ('s-devries', 'dm:s-devries', 'quickscan', '{}', 'done', 'RODE-VOS', ?, ?)", (in_order(MONDAY),) * 2
        )  # fmt: skip
        for key, state, about in (("aan-wendy", "sent", {"handover": "BLAUWE-OTTER"}), ("nooit", "failed", {}), ("scan", "sent", {"reference": "RODE-VOS"})):
            note = Reply("reminder", (Line("Je hebt BLAUWE-OTTER nog." if "handover" in about else "Fase 2."),), data=about)
            number = kept.store.outbox.say(key, "dm:w-mulder", None, MONDAY, note)
            kept.store.connection.execute(
                "UPDATE delivery SET state = ?, sent_at = ? WHERE message = ?", (state, in_order(MONDAY), number)
            )
    kept.assistant.due(MONDAY + timedelta(days=300))
    kept.assistant.due(MONDAY + timedelta(days=367))
    rows = kept.store.connection.execute(
        "SELECT edit.body, note.key FROM outbox AS edit JOIN outbox AS note ON note.id = edit.replaces WHERE edit.place = 'dm:w-mulder'"
    ).fetchall()

    assert [(json.loads(body)["lines"][0]["text"], key) for body, key in rows] == [
        ("Dit is afgerond. De gegevens zijn gewist.", "aan-wendy"), ("Dit bericht is oud. De gegevens zijn gewist.", "scan"),
    ]  # fmt: skip
    assert kept.store.connection.execute("SELECT count(*) FROM outbox WHERE about IS NOT NULL").fetchone() == (0,)


def test_an_overview_that_names_several_becomes_one_line_when_the_first_of_them_goes_and_is_not_touched_again(kept):
    handover(kept, MONDAY)
    handover(kept, MONDAY + timedelta(days=40), "RODE-VOS")
    overview = Reply("digest", (Line("Open bij dit koppel"), Line("BLAUWE-OTTER: bij Wendy."), Line("RODE-VOS: bij Wendy.")))
    with kept.store.transaction():
        number = kept.store.outbox.say("dag", "lindecollege-politie", None, MONDAY, overview)
        kept.store.connection.execute(
            "UPDATE delivery SET state = 'sent', sent_at = ? WHERE message = ?", (in_order(MONDAY), number)
        )
    edits = []
    for days in (300, 367, 380, 420):
        kept.assistant.due(MONDAY + timedelta(days=days))
        edits.append(
            [
                json.loads(body)["lines"][0]["text"]
                for (body,) in kept.store.connection.execute("SELECT body FROM outbox WHERE replaces = ?", (number,))
            ]
        )

    assert edits == [[], *[["Dit bericht is oud. De gegevens zijn gewist."]] * 3]
    assert kept.store.connection.execute("SELECT count(*) FROM handover").fetchone() == (0,)
    assert kept.store.connection.execute("SELECT count(*) FROM mention").fetchone() == (0,)


def test_of_a_whole_story_nothing_is_left_standing_that_names_a_handover_after_its_term():
    story = Story()
    story.tree["netwerk"]["convenant"] = {"bewaartermijn": "30 dagen"}
    story.play([json.loads(line) for line in (FOLDER / "15-twee-open-op-een-plek.jsonl").read_text(encoding="utf-8").splitlines()])
    named = {one["data"]["handover"] for one in story.heard if one["data"].get("handover")}
    connection = story.app.store.connection
    with story.app.store.transaction():
        connection.execute("UPDATE handover SET state = 'closed', state_at = offered_at, next_at = NULL")
    before = [text for text in standing(story) if any(reference in text for reference in named)]
    story.play([{"at": "2027-01-20T12:00:00+01:00", "advance": True}])

    assert len(named) == 2
    assert len(before) > 10
    assert [text for text in standing(story) if any(reference in text for reference in named)] == []


def standing(story):
    """What can still be read, in all places together: of a message that was changed the newest."""
    first, texts = {}, {}
    for one in story.heard:
        first[one["message"]] = first.get(one["replaces"]) or one["message"]
        texts[first[one["message"]]] = one["text"]
    return list(texts.values())


def test_the_yearly_evaluation_still_counts_what_was_erased_without_anything_that_tells_which(kept):
    handover(kept, MONDAY)
    year = date(2026, 8, 1), date(2027, 7, 31)
    before = cases(kept.store.connection, kept.assistant.world, *year)
    kept.assistant.due(MONDAY + timedelta(days=367))

    assert cases(kept.store.connection, kept.assistant.world, *year) == before
    assert len(before) == 1
    assert cases(kept.store.connection, kept.assistant.world, date(2026, 9, 1), year[1]) == []
    assert kept.store.connection.execute("SELECT * FROM past_handover").fetchall() == [(None, None, 2026, None, None, 0, 0)]


@pytest.mark.parametrize(
    ("told", "months", "days"),
    [
        ("1 jaar", 12, 0),
        ("2 jaar", 24, 0),
        ("6 maanden", 6, 0),
        ("30 dagen", 0, 30),
        ("4 weken", 0, 28),
        ("zolang het nodig is", 12, 0),
        (None, 12, 0),
    ],
)
def test_the_term_is_read_from_the_convenant(told, months, days):
    found = term_of(replace(network(), convenant=Convenant(retention=told)))

    assert (found.years * 12 + found.months, found.days) == (months, days)


def test_how_long_is_set_within_bounds(tmp_path):
    file = tmp_path / "verbinder.yaml"
    file.write_text("bewaren: {berichten: 3, gesprekken: 60}", encoding="utf-8")
    assert read_settings(file).kept.retention == Retention(timedelta(days=3), timedelta(days=60))
    file.write_text("bewaren: {berichten: 4000}", encoding="utf-8")
    with pytest.raises(SettingsFault, match="berichten"):
        read_settings(file)


def test_forget_inspect_audit_and_purge_from_the_command_line(kept, tmp_path):
    kept.say("wie is onze wijkagent")
    kept.close()
    database = ("--database", str(tmp_path / "verbinder.db"))
    assert "zag-gegevens" in run("audit", *database).out
    inzage = run("inzage", "s-devries", *database).out
    assert "s-devries" in inzage
    assert run("export", "s-devries", *database).out == run("export", "--person", "s-devries", *database).out == inzage
    assert run("export", "--output", str(tmp_path / "ik.json"), "s-devries", *database).code == 0
    assert (tmp_path / "ik.json").read_text(encoding="utf-8") == inzage
    assert (tmp_path / "ik.json").stat().st_mode & 0o077 == 0
    assert "personen:" in run("export", *database).out
    asked = run("forget", "s-devries", *database)
    assert (asked.code, asked.err) == (3, "Dit is nog niet gedaan. Doe het met: --yes\n")
    assert "zag-gegevens" in run("audit", *database).out
    unknown = run("inzage", "niemand", *database)
    assert unknown.out == "{}\n"
    assert unknown.err.startswith('Over "niemand" is niets bewaard.')
    assert run("forget", "s-devries", "--yes", *database).code == 0
    assert "s-devries  zag-gegevens" not in run("audit", *database).out
    assert run("purge", *database).code == 0


@pytest.mark.parametrize(("reads", "code", "left"), [(False, 0, 0), (True, 1, 1)])
def test_what_is_purged_while_others_use_the_database_is_gone_or_it_is_said_that_it_is_not_yet(kept, tmp_path, reads, code, left):
    database = tmp_path / "verbinder.db"

    def written():  # by another process: to close a file here would let go of what SQLite holds
        return subprocess.run(["grep", "-lr", "geplant-lid", tmp_path], capture_output=True, text=True, check=False).stdout.split()

    with kept.store.transaction():
        kept.store.connection.execute("INSERT INTO seen (day, by, person) VALUES ('2020-01-01', 'geplant-lid', 'w-mulder')")
    assert written() != []
    code_of = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('BEGIN'); c.execute('SELECT * FROM seen').fetchall(); print(1, flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", code_of, database], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reader:
        reader.stdout.readline()
        if not reads:
            reader.communicate("\n")
        done = run("purge", "--database", database)
        assert (done.code, len(written())) == (code, left), done
        if reads:
            reader.communicate("\n")
    kept.assistant.forget(MONDAY)
    run("purge", "--database", database)

    assert written() == []


def test_nobody_else_can_have_somebody_forgotten(kept):
    kept.say("wie is onze wijkagent")
    kept.say("vergeet mij")
    number = kept.store.connection.execute("SELECT max(id) FROM outbox").fetchone()[0]
    kept.assistant.handle(Chose("tik", MONDAY, "w-mulder", "dm:s-devries", number, ("vergeet-ja",)), MONDAY)

    assert kept.store.connection.execute("SELECT count(*) FROM seen WHERE by = 's-devries'").fetchone() == (1,)
