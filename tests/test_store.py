"""The database file: what it keeps, what it forgets, and how two processes share it."""

import contextlib
import threading
from dataclasses import replace
from datetime import UTC, timedelta

import pytest
from hypothesis import given, settings

from bot.deliver import deliver
from bot.messages import Line, Option, Reply, Said
from bot.store import deliveries
from bot.store.file import Store, StoreFault
from tests.asking import moment, network, person
from tests.networks import networks

NOW = moment("2026-11-23T10:00")
HELLO = Reply("help", (Line("Dag."),))


def said(key="e1", text="hallo", at=NOW):
    return Said(key, at, "ans", "dm:ans", text)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "verbinder.db"


@pytest.fixture
def store(path):
    opened = Store(path)
    yield opened
    opened.close()


class Sender:
    """An adapter that keeps what it was given; it fails, or dies, as often as it is told to."""

    name = ""

    def __init__(self, *faults):
        self.faults, self.sent = list(faults), []

    async def send(self, envelope):
        self.sent.append(envelope.message)
        if self.faults:
            raise self.faults.pop(0)
        return f"r{envelope.message}"


def send(store, sender, at=NOW):
    """Delivers what is waiting; a coroutine that never waits is run by one step."""
    with pytest.raises(StopIteration) as end:
        deliver(store, sender, lambda: at).send(None)
    return end.value.value


def fail_after(act, *values):
    act(*values)
    raise KeyError


# Coming in and going out


def test_a_message_comes_in_once(store):
    assert store.receive(said())
    assert not store.receive(said(text="iets anders"))
    assert store.count_received() == 1


def test_a_message_is_planned_once_under_its_key(store):
    assert store.outbox.say("e1/0", "dm:ans", "ans", NOW, HELLO) == 1
    assert store.outbox.say("e1/0", "dm:ans", "ans", NOW, Reply("help", ())) is None
    assert [envelope.reply for envelope in deliveries.waiting(store.connection, NOW)] == [HELLO]


def test_what_comes_back_out_is_what_was_put_in(store):
    reply = Reply(
        "contact", (Line("Bel Şeyma", "person"),), data={"contacts": [{"person": "ş", "phone": None}], "confidence": 0.95}
    )
    store.outbox.say("e1/0", "dm:ans", "ans", NOW, reply)

    assert store.outbox.last_said_to("dm:ans", "ans").reply == reply
    assert store.outbox.last_said_to("dm:ans", "ans").at == NOW


def test_what_is_urgent_goes_first_and_the_rest_in_order(store):
    for number, kind in enumerate(["help", "contact", "urgent"]):
        store.outbox.say(f"e{number}/0", "dm:ans", "ans", NOW, Reply(kind, ()))

    assert [envelope.message for envelope in deliveries.waiting(store.connection, NOW)] == [3, 1, 2]


def test_the_last_thing_said_is_that_to_this_person_in_this_place(store):
    for number, (place, asker) in enumerate([("linde", "ans"), ("linde", "bea"), ("dm:ans", "ans")]):
        store.outbox.say(f"e{number}/0", place, asker, NOW, HELLO)

    assert store.outbox.last_said_to("linde", "ans").message == 1
    assert store.outbox.last_said_to("linde", None) is None


# Delivery


def test_what_arrived_is_not_sent_again(store):
    store.outbox.say("e1/0", "dm:ans", "ans", NOW, HELLO)
    sender = Sender()

    assert (send(store, sender), send(store, sender), sender.sent) == (1, 0, [1])


def test_what_fails_is_tried_again_later_and_holds_nobody_up(store):
    store.outbox.say("e1/0", "dm:ans", "ans", NOW, HELLO)
    store.outbox.say("e2/0", "dm:bea", "bea", NOW, HELLO)
    sender = Sender(OSError("geen verbinding"))

    assert send(store, sender) == 1
    assert send(store, sender, NOW + timedelta(seconds=29)) == 0
    assert send(store, sender, NOW + timedelta(seconds=30)) == 1
    assert sender.sent == [1, 2, 1]


def test_the_moment_of_the_next_try_holds_in_every_zone(store):
    store.outbox.say("e1/0", "dm:ans", "ans", NOW, HELLO)
    send(store, Sender(OSError()))

    assert deliveries.waiting(store.connection, (NOW + timedelta(seconds=10)).astimezone(UTC)) == []
    assert len(deliveries.waiting(store.connection, (NOW + timedelta(seconds=40)).astimezone(UTC))) == 1


def test_after_a_crash_between_sending_and_sent_it_is_sent_again(store, path):
    store.outbox.say("e1/0", "dm:ans", "ans", NOW, HELLO)
    with pytest.raises(KeyboardInterrupt):
        deliver(store, Sender(KeyboardInterrupt()), lambda: NOW).send(None)
    assert deliveries.waiting(store.connection, NOW) == []
    store.close()

    again = Store(path)
    deliveries.recover(again.connection)
    assert [envelope.message for envelope in deliveries.waiting(again.connection, NOW)] == [1]


# Forgetting


def test_a_body_is_blanked_after_its_time_in_every_zone_and_only_when_sent(store):
    for number in (1, 2):
        store.outbox.say(f"e{number}/0", "dm:ans", "ans", NOW, HELLO)
    deliveries.mark_sent(store.connection, 1, "r1", NOW)

    assert store.outbox.forget_bodies(NOW.astimezone(UTC), NOW) == 0
    assert store.outbox.forget_bodies((NOW + timedelta(seconds=1)).astimezone(UTC), NOW) == 1
    assert store.outbox.message(1) is None
    assert store.outbox.message(2)[0].reply == HELLO


def test_a_refusal_is_blanked_sooner_than_an_answer(store):
    store.outbox.say("e1/0", "dm:ans", "ans", NOW, HELLO)
    store.outbox.say("e2/0", "dm:ans", "ans", NOW, Reply("refusal", (Line("Nee."),), data={"suggestion": "iets met een naam"}))
    for number in (1, 2):
        deliveries.mark_sent(store.connection, number, f"r{number}", NOW)

    assert store.outbox.forget_bodies(NOW - timedelta(days=7), NOW + timedelta(seconds=1)) == 1
    assert [store.outbox.message(number) is None for number in (1, 2)] == [False, True]


def test_the_newest_of_a_card_with_controls_can_be_answered_for_longer(store):
    asked = Reply("announcement", (Line("Is dit gedaan?"),), (Option("gedaan", "Gedaan"),), card="afspraak/1")
    for number, reply in enumerate([asked, replace(asked, anew=True), replace(asked, options=(), card="afspraak/2")], start=1):
        store.outbox.say(f"e{number}/0", "netwerk", None, NOW, reply)
    for number in (1, 2, 3, 4):
        deliveries.mark_sent(store.connection, number, f"r{number}", NOW)
    week, months = NOW + timedelta(days=1), NOW - timedelta(days=60)

    assert store.outbox.forget_cards(week, months) == 2
    assert store.outbox.message(3)[0].reply.text == "Is dit gedaan?"
    assert store.outbox.forget_cards(week, week) == 1


def test_behind_a_message_that_has_to_wait_the_others_in_its_place_wait_too(store):
    for number, place in enumerate(["dm:ans", "dm:ans", "dm:bea"], start=1):
        store.outbox.say(f"e{number}/0", place, "ans", NOW, HELLO)
    deliveries.mark_sending(store.connection, 1)
    deliveries.mark_later(store.connection, 1, NOW + timedelta(minutes=1), "TryLater")

    assert [envelope.message for envelope in deliveries.waiting(store.connection, NOW)] == [3]
    assert [envelope.message for envelope in deliveries.waiting(store.connection, NOW + timedelta(minutes=1))] == [1, 2, 3]


@pytest.mark.parametrize(("ago", "left"), [(20, []), (70, [1]), (5, [1])])
def test_a_message_that_never_arrives_while_others_do_has_failed_in_the_end(store, ago, left):
    """What arrived long ago says nothing of now; nor does what arrived just now, when the platform has only come back."""
    store.outbox.say("e1/0", "dm:ans", "ans", NOW, HELLO)
    store.outbox.say("e2/0", "dm:bea", "bea", NOW, HELLO)
    deliveries.mark_sent(store.connection, 2, "x", NOW - timedelta(minutes=ago))
    for _ in range(50):
        deliveries.mark_sending(store.connection, 1)
        deliveries.mark_later(store.connection, 1, NOW, "TimeoutError")

    assert [one.message for one in deliveries.waiting(store.connection, NOW + timedelta(days=1))] == left


def test_a_platform_that_is_away_for_a_week_gets_all_of_it_when_it_is_back(store):
    store.outbox.say("e1/0", "dm:ans", "ans", NOW, HELLO)
    for minutes in range(0, 7 * 24 * 60, 30):
        deliveries.mark_sending(store.connection, 1)
        deliveries.mark_later(store.connection, 1, NOW + timedelta(minutes=minutes), "TimeoutError")

    assert [one.message for one in deliveries.waiting(store.connection, NOW + timedelta(days=8))] == [1]


# Two on one file


def test_a_second_writer_waits_for_the_first_and_does_not_fail(store, path):
    second, done = Store(path), []

    def write():
        other = Store(path)
        with other.transaction():
            done.append(other.receive(said("e2")))
        other.close()

    with store.transaction():
        store.receive(said("e1"))
        writer = threading.Thread(target=write)
        writer.start()
        writer.join(0.3)
        assert (writer.is_alive(), done, second.count_received()) == (True, [], 0)
    writer.join(10)
    assert (done, second.count_received()) == ([True], 2)
    second.close()


def test_many_who_open_one_new_file_at_once_all_can_use_it(path):
    faults, ready = [], threading.Barrier(6)

    def use(number):
        ready.wait()
        try:
            opened = Store(path)
            with opened.transaction():
                opened.receive(said(f"e{number}"))
            opened.close()
        except Exception as fault:  # noqa: BLE001 - any fault is what this test looks for
            faults.append(fault)

    threads = [threading.Thread(target=use, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_a_transaction_that_fails_leaves_nothing(store):
    with pytest.raises(KeyError), store.transaction():
        fail_after(store.receive, said())

    assert store.count_received() == 0


def test_an_attempt_that_fails_leaves_what_was_done_around_it(store):
    with store.transaction():
        store.receive(said())
        with pytest.raises(KeyError), store.attempt():
            fail_after(store.outbox.say, "e1/0", "dm:ans", "ans", NOW, HELLO)
        store.outbox.say("e1/fout", "dm:ans", "ans", NOW, Reply("help", ()))

    assert (store.count_received(), [one.reply.lines for one in deliveries.waiting(store.connection, NOW)]) == (1, [()])


def test_a_file_that_is_no_database_is_refused_in_a_sentence(path):
    path.write_bytes(b"dit is een brief, geen database " * 200)

    with pytest.raises(StoreFault, match="kan ik niet gebruiken"):
        Store(path)
    assert path.read_bytes().startswith(b"dit is een brief")


# The network


@settings(max_examples=40)
@given(networks())
def test_a_network_comes_back_as_it_was_put_in(found):
    store = Store()
    with store.transaction():
        store.save_network(found)

    assert store.load_network() == found
    store.close()


def test_a_network_takes_the_place_of_the_one_before(store, path):
    for found in (network(person("ans", "linde", "mentor"), person("bea", "eik")), network(person("bea", "linde", "directie"))):
        with store.transaction():
            store.save_network(found)

    assert Store(path).load_network() == found


def test_without_a_network_there_is_none(store):
    assert store.load_network() is None


def test_a_light_transaction_is_there_for_the_next_process_and_leaves_the_others_as_safe_as_they_were(tmp_path):
    store = Store(tmp_path / "v.db")
    with store.light():
        store.connection.execute("INSERT INTO clock (name, done) VALUES ('licht', '2026')")
    with contextlib.suppress(ZeroDivisionError), store.light():
        store.connection.execute("DELETE FROM clock")
        1 / 0  # noqa: B018

    assert store.connection.execute("PRAGMA synchronous").fetchone()[0] == 2
    assert Store(tmp_path / "v.db").connection.execute("SELECT done FROM clock").fetchall() == [("2026",)]
    store.close()
