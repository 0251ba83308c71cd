"""Whatever is typed or pressed, by whoever, wherever: an answer, no failure, no ping, no markup. `make fuzz` looks much further."""

import json
import os
import re
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bot.app import open_app
from bot.messages import Chose, Said
from knowledge.network_files import read_network
from tests.asking import EXAMPLE, library, moment

EXAMPLES = int(os.environ.get("VERBINDER_FUZZ", "5000")) // 2
"""Half for each of the two below."""

ONCE = (Phase.generate,)
"""What was said before counts: a shorter example would be another story."""

NOW = moment("2026-11-24T10:00")
PEOPLE = ("s-devries", "w-mulder", "j-schouten", "onbekend-1", None)
PLACES = ("dm", "netwerk", "lindecollege-politie")
HARM = re.compile(r"<[!@#]|@(?:room|channel|here|everyone)\b|<script|\u202e|\u2066|\x00|\[[^\]]*\]\(http", re.IGNORECASE)
QUESTIONS = sorted({text for one in (*library().situations.values(), *library().topics.values()) for text in one.examples})
PIECES = (
    "<!channel>", "<@U0SANNE>", "@room", "@here", "*vet*", "`code`", "\u202etoor", "\u200b", "\x00", "'; DROP TABLE inbox; --", "=cmd|' /C calc'!A0",
    "../../etc/passwd", "{naam}", "%s", "\ud800", "🧑‍🏫", "&lt;b&gt;", "[klik](http://x.example)", "<script>", "999999999999999999999", "-1", "mes", "bsn 123456782",
    "Xaviera Kromosoeto", "quickscan", "terug", "stop", "verder", "geen", "weet ik niet", "draag dit over aan Wendy Mulder", "BLAUWE-OTTER", "ja", "1", "2,3",
    "vergeet mij", "casus", "signaal", "verzuim", "ik ben morgen afwezig", "mijn nummer is nu 06-55500199", "\n", "\t", "ﷺ" * 9, "a" * 3000, "Mоhammed",
)  # fmt: skip
anything = st.text(st.characters(exclude_categories=[]), max_size=120)
typed = anything | st.lists(st.sampled_from(QUESTIONS) | st.sampled_from(PIECES) | st.text(max_size=6), max_size=5).map(" ".join) | st.sampled_from(PIECES)


@pytest.fixture(scope="module")
def talk():
    """Says or presses something, and gives back all that was said to it."""
    app, number = open_app(), count()
    app.assistant.take_network(read_network(EXAMPLE))

    def answered(who, where, what):
        at, there = NOW + timedelta(seconds=next(number)), f"dm:{who or 'terminal'}" if where == "dm" else where
        before = app.store.connection.execute("SELECT coalesce(max(id), 0) FROM outbox").fetchone()[0]
        key = f"fuzz/{next(number)}"
        if isinstance(what, str):
            inbound = Said(key, at, who, there, what.encode("utf-8", "replace").decode())
        else:
            inbound = Chose(key, at, who, there, max(before - what[0], 0), tuple(one.encode("utf-8", "replace").decode() for one in what[1]))
        app.assistant.handle(inbound, at)
        failed = app.store.failures()
        rows = app.store.connection.execute("SELECT body FROM outbox WHERE id > ?", (before,)).fetchall()
        return [json.loads(row[0]) for row in rows], failed, before

    yield answered, app
    app.close()


def is_harmless(body):
    texts = [line["text"] for line in body["lines"]] + [option["label"] for option in body["options"]]
    return not any(HARM.search(text) for text in texts) and all(len(option["label"]) <= 40 for option in body["options"])


@settings(max_examples=EXAMPLES, phases=ONCE)
@given(st.sampled_from(PEOPLE), st.sampled_from(PLACES), typed)
def test_whatever_is_typed_is_answered_without_failure_ping_or_markup(talk, who, place, text):
    said, failed, _ = talk[0](who, place, text)

    assert said
    assert failed == []
    assert all(is_harmless(body) for body in said), said


@settings(max_examples=EXAMPLES, phases=ONCE)
@given(st.sampled_from(PEOPLE), st.sampled_from(PLACES), st.integers(0, 5), st.lists(st.integers(0, 12) | st.text(max_size=5), max_size=3), typed)
def test_whatever_is_pressed_is_answered_without_failure_ping_or_markup(talk, who, place, back, chosen, text):
    answered, app = talk
    answered(who, place, text)
    row = app.store.connection.execute("SELECT body FROM outbox ORDER BY id DESC LIMIT 1 OFFSET ?", (back,)).fetchone()
    offered = [option["id"] for option in json.loads(row[0])["options"]] if row and row[0] else []
    options = [one if isinstance(one, str) else offered[one % len(offered)] if offered else "ja" for one in chosen]
    said, failed, _ = answered(who, place, (back, options))

    assert said
    assert failed == []
    assert all(is_harmless(body) for body in said), said
