"""The table of handovers: what goes in comes out, and what the database itself does not allow."""

import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.handover import rows as handovers
from bot.handover.rows import Event, Handover
from bot.store.file import Store

AT = datetime(2027, 1, 19, 12, 15, tzinfo=UTC)
HANDOVER = Handover(
    "BLAUWE-OTTER", "overdracht", "karin", "stef", "karin", "duin-politie", 2, "bel-school", AT, AT,
    done=("ouders-gesproken",), parents="ja", promised=date(2027, 1, 25), due=AT, next_at=AT + timedelta(days=1),
)  # fmt: skip


@pytest.fixture
def connection():
    store = Store()
    yield store.connection
    store.close()


def test_a_handover_comes_out_as_it_went_in(connection):
    handovers.add(connection, HANDOVER)

    assert handovers.by_reference(connection, "BLAUWE-OTTER") == HANDOVER


def test_what_is_closed_is_due_no_more_and_open_nowhere(connection):
    handovers.add(connection, HANDOVER)
    later = AT + timedelta(days=2)
    assert handovers.due_by(connection, later) == [HANDOVER]
    assert handovers.next_due(connection) == HANDOVER.next_at

    handovers.save(connection, replace(HANDOVER, state="closed", state_at=later, next_at=None))

    assert handovers.due_by(connection, later) == handovers.all_open(connection) == handovers.open_of(connection, "karin") == []
    assert handovers.open_in(connection, "duin-politie") == []
    assert handovers.next_due(connection) is None
    assert [one.reference for one in handovers.over_since(connection, later)] == ["BLAUWE-OTTER"]


@pytest.mark.parametrize(("state", "moment"), [("offered", None), ("accepted", None), ("closed", AT), ("withdrawn", AT)])
def test_nothing_open_is_without_a_next_moment_and_nothing_over_has_one(connection, state, moment):
    with pytest.raises(sqlite3.IntegrityError):
        handovers.add(connection, replace(HANDOVER, state=state, next_at=moment))


def test_the_history_keeps_its_order_and_who_did_it(connection):
    handovers.add(connection, HANDOVER)
    handovers.note(connection, "BLAUWE-OTTER", Event("aangeboden", AT, "karin", "stef"))
    handovers.note(connection, "BLAUWE-OTTER", Event("overgenomen", AT, "stef", about="bel"))

    assert [(one.event, one.person, one.other, one.about) for one in handovers.history(connection, "BLAUWE-OTTER")] == [
        ("aangeboden", "karin", "stef", None),
        ("overgenomen", "stef", None, "bel"),
    ]
