"""What is kept of somebody can be seen in full and taken away; and who was shown whose number is known, however it was shown."""

import json

import pytest

from bot.about_person import forget_person, kept_of
from bot.audit import trail
from bot.home import home_of, note_home
from bot.references import new_reference
from bot.store.file import Store
from tests.asking import EXAMPLE, library, moment, words
from tests.command import verbinder
from tests.playing import FOLDER, Story

STAYS = {"account", "agreement", "binding", "delivery", "handover", "handover_event", "koppel", "occasion", "outbox", "person", "plan", "planned_change"}
ABOUT_NOBODY = {"answered", "clock", "mention", "moved", "network", "network_version", "past_handover", "posted", "read_position", "threaded"}


@pytest.fixture(scope="module")
def story():
    """A story in which something happens in most tables, with rows of adapters beside it."""
    story = Story()
    story.play([json.loads(line) for line in (FOLDER / "05-vraag-terug.jsonl").read_text(encoding="utf-8").splitlines()])
    for place, text in (("dm", "wie is onze wijkagent"), ("dm", "quickscan")):
        story.say({"from": "w-mulder", "in": place}, text)
    story.app.store.connection.executescript("""
        INSERT INTO account VALUES ('slack', 'U0WENDY', 'w-mulder', '2026-11-24', 'w-mulder');
        INSERT INTO account VALUES ('slack', 'U0ANDER', 's-devries', '2026-11-24', 'w-mulder');
        INSERT INTO binding VALUES ('matrix', 'dm:w-mulder', '!kamer:s'); INSERT INTO tap VALUES ('matrix', '$1', 1, 'neem-over', 'w-mulder');
        INSERT INTO vote VALUES ('matrix', 1, 'w-mulder', '["wapen"]'); INSERT INTO code_try VALUES ('slack', 'U0WENDY', '2026-11-24', 1);
        INSERT INTO link_code VALUES ('x', 'w-mulder', 'w-mulder', '2030-01-01');
        INSERT INTO occasion VALUES ('a', '2026-11-24', 'dm:w-mulder', '2026-11-24T09:00:00+00:00', NULL, 1, NULL, 'done', 'w-mulder');
        INSERT INTO unread VALUES ('matrix', '$2', '!kamer:s', '@wendy:voorbeeld.example', 's', '2026-11-24');
    """)
    yield story
    story.app.close()


def test_everything_in_which_somebody_is_named_is_shown_with_what_it_is(story):
    kept = kept_of(story.app.store.connection, "w-mulder")

    assert {"account", "binding", "tap", "vote", "code_try", "unread", "link_code", "occasion", "handover", "inbox", "seen"} <= set(kept)
    assert kept["person"][0]["phone"] == "06-55500112"
    assert {"id": "lindecollege-politie", "named_in": ["contacts"]} in kept["koppel"]
    assert any(line["text"].startswith("Bel ") for one in kept["outbox"] for line in (one["body"] or {"lines": []})["lines"])
    tables = {name for (name,) in Store().connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'") if "sqlite_" not in name}
    assert {table for table in tables - ABOUT_NOBODY if not words().say(f"inzage.{table}")} == set()


def test_whoever_was_shown_a_number_is_known_also_when_it_came_by_itself_or_stood_beside_the_answer(story):
    seen = {(one.who, one.whom) for one in trail(story.app.store.connection) if one.did == "zag-gegevens"}

    assert ("w-mulder", "a-vanleeuwen") in seen  # who stood beside the answer as a deputy
    shown = {
        one["to"].removeprefix("dm:") for one in story.heard if "06-55500101" in one["text"] and one["to"] not in {"dm:s-devries", "netwerk"}
    }
    assert shown <= {viewer for viewer, whom in seen if whom == "s-devries"}


def test_a_home_that_was_shown_and_a_list_that_was_written_out_are_in_the_trail(story, tmp_path):
    steps = story.app.steps("h-prins", "dm:h-prins", story.at)
    with story.app.store.transaction():
        note_home(steps.connection, steps.context, home_of(steps.connection, steps.context))
    assert {"j-schouten"} <= {one.whom for one in trail(story.app.store.connection) if one.who == "h-prins"}

    database = ("--database", tmp_path / "v.db")
    verbinder("import", EXAMPLE, "--yes", *database)
    changed = tmp_path / "ander.yaml"
    changed.write_text(EXAMPLE.read_text(encoding="utf-8").replace("06-55500112", "06-55500199"), encoding="utf-8")
    verbinder("import", changed, "--yes", *database)
    assert "verbinder  wijzigde  w-mulder  import" in verbinder("audit", *database).out
    assert "verbinder  zag-gegevens  h-prins" not in verbinder("audit", *database).out
    verbinder("export", *database)
    assert "verbinder  zag-gegevens  h-prins" in verbinder("audit", *database).out


@pytest.mark.parametrize("serves", [True, False])
def test_of_whoever_is_forgotten_nothing_is_left_but_what_is_named(story, serves):
    connection = story.app.store.connection
    connection.execute("SAVEPOINT before")
    if not serves:
        connection.execute("DELETE FROM person WHERE id = 'w-mulder'")
    forget_person(connection, "w-mulder")
    left = kept_of(connection, "w-mulder")
    connection.execute("ROLLBACK TO before")
    connection.execute("RELEASE before")

    assert set(left) <= (STAYS if serves else STAYS - {"account", "binding", "planned_change"})
    assert [one for one in left.get("outbox", ()) if one["body"] and not one["card"]] == []
    assert [one["by"] for one in left.get("account", ())] == ([None] if serves else [])


def test_a_name_that_still_stands_on_a_card_is_given_to_nothing_else():
    store, reference = Store(), library().phase_card.reference
    first = new_reference(store.connection, reference, "zaad")
    store.connection.execute("INSERT INTO outbox (key, place, at, card) VALUES ('k', 'netwerk', '2020-01-01', ?)", (f"{first}/stand",))

    assert new_reference(store.connection, reference, "zaad") != first


def test_what_was_chosen_what_arrived_nowhere_and_what_was_said_long_ago_goes_too(story):
    connection, assistant = story.app.store.connection, story.app.assistant
    connection.execute("INSERT INTO outbox (key, place, at, body) VALUES ('nergens', 'dm:x', '2026-11-24T10:00:00+01:00', '{\"kind\": \"help\"}')")
    connection.execute("INSERT INTO inbox (id, place, at, state) VALUES ('mis', 'dm:x', '2026-11-24T10:00:00+01:00', 'failed')")
    connection.execute("INSERT INTO threaded VALUES ('matrix', '$oud', '$wortel')")
    connection.execute("UPDATE handover SET state = 'closed', next_at = NULL, state_at = '2026-11-25'")
    assistant.due(moment("2027-02-01T12:00"))
    assert connection.execute("SELECT body FROM outbox WHERE key = 'nergens'").fetchone() == (None,)
    assert [connection.execute(f"SELECT count(*) FROM {table} WHERE {which}").fetchone()[0] for table, which in (
        ("inbox", "state = 'failed'"), ("threaded", "1"), ("tap", "1"), ("vote", "1"),
    )] == [0, 0, 0, 0]  # fmt: skip
    connection.execute("UPDATE delivery SET state = 'sent', sent_at = '2027-02-01' WHERE state != 'failed'")
    for day in ("2028-03-01T12:00", "2029-06-01T12:00"):
        assistant.due(moment(day))
        connection.execute("UPDATE delivery SET state = 'sent', sent_at = '2028-03-01' WHERE state != 'failed'")

    assert connection.execute("SELECT key FROM outbox WHERE at < '2027-03-01' AND (body IS NULL OR card GLOB '*/stand')").fetchall() == []
