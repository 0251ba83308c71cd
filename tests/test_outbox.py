"""Messages that live on, and how they travel by more than one platform."""

import asyncio
from datetime import timedelta

import pytest

from bot.courier import Courier
from bot.deliver import Refused
from bot.late import dated
from bot.messages import Envelope, Line, Reply
from bot.routes import Routes, bind
from bot.store import deliveries
from bot.store.file import Store
from tests.asking import moment, network, person, words

NOW = moment("2026-11-23T10:00")


@pytest.fixture
def store():
    opened = Store()
    opened.outbox.lapsed_line = "Zie hieronder."
    yield opened
    opened.close()


def card(text, *, anew=False, urgent=False):
    return Reply("handover", (Line(text), Line("meer")), card="BLAUWE-OTTER/stand", anew=anew, urgent=urgent)


def say(store, key, reply, place="linde", platforms=("",)):
    return store.outbox.say(key, place, None, NOW, reply, platforms)


def bring(store, platform=""):
    """Everything that waits, sent: what it changes and what it says."""
    found = []
    while ready := deliveries.heads(store.connection, NOW, platform):
        for envelope in ready:
            deliveries.mark_sending(store.connection, envelope.message, platform)
            deliveries.mark_sent(store.connection, envelope.message, envelope.remote or f"r{envelope.message}", NOW, platform)
        found += ready
    return [(envelope.message, envelope.replaces, envelope.remote, envelope.reply.text) for envelope in found]


def test_a_card_that_is_said_again_changes_the_newest_version_where_the_first_stands(store):
    for number, text in enumerate(["aangeboden", "overgenomen", "gesloten"]):
        say(store, f"k{number}", card(text))

    assert bring(store) == [(1, None, None, "aangeboden\nmeer"), (2, 1, "r1", "overgenomen\nmeer"), (3, 2, "r1", "gesloten\nmeer")]
    say(store, "k3", card("heropend"))
    assert bring(store) == [(4, 3, "r1", "heropend\nmeer")]


def test_a_card_in_another_place_is_another_message(store):
    say(store, "k0", card("aangeboden"))
    say(store, "k1", card("aangeboden"), place="dm:pol")

    assert [replaces for _, replaces, _, _ in bring(store)] == [None, None]


def test_a_card_posted_anew_leaves_one_line_where_it_stood(store):
    say(store, "k0", card("herinnering 1"))
    bring(store)
    say(store, "k1", card("herinnering 2", anew=True))

    assert bring(store) == [(2, 1, "r1", "Zie hieronder."), (3, None, None, "herinnering 2\nmeer")]
    say(store, "k2", card("herinnering 2, gezien"))
    assert bring(store) == [(4, 3, "r3", "herinnering 2, gezien\nmeer")]


def test_what_is_urgent_goes_first_but_a_change_never_before_what_it_changes(store):
    say(store, "k0", card("aangeboden"))
    say(store, "k1", card("bel nu", urgent=True))

    assert [envelope.message for envelope in deliveries.waiting(store.connection, NOW)] == [2, 1]
    deliveries.mark_later(store.connection, 1, NOW + timedelta(minutes=1), "TryLater", refused=True)
    assert deliveries.waiting(store.connection, NOW) == []


def test_each_platform_brings_its_own_copy(store):
    say(store, "k0", card("aangeboden"), platforms=("a", "b"))

    assert bring(store, "a") == [(1, None, None, "aangeboden\nmeer")]
    assert bring(store, "a") == []
    assert bring(store, "b") == [(1, None, None, "aangeboden\nmeer")]
    assert deliveries.by_remote(store.connection, "b", "r1") == 1


def test_each_post_of_a_long_message_stands_for_the_whole(store):
    say(store, "k0", card("aangeboden"), platforms=("a",))
    deliveries.mark_sent(store.connection, 1, "C01/11.1+12.1+13.1", NOW, "a")

    found = [deliveries.by_remote(store.connection, "a", f"C0{one}") for one in ("1/11.1", "1/12.1", "1/13.1", "1/2.1", "1/1", "/12.1", "2/12.1")]
    assert found == [1, 1, 1, None, None, None, None]


def test_a_message_of_which_the_platform_said_no_is_not_unsure(store):
    say(store, "k0", card("aangeboden"))
    deliveries.mark_later(store.connection, 1, NOW, "TryLater", refused=True)
    assert [one.unsure for one in deliveries.waiting(store.connection, NOW)] == [False]

    deliveries.mark_later(store.connection, 1, NOW, "TimeoutError")
    assert [one.unsure for one in deliveries.waiting(store.connection, NOW)] == [True]
    assert deliveries.next_try(store.connection, "") == NOW


class Far:
    """A platform where one place cannot be reached, and another never takes anything."""

    name = ""

    def __init__(self):
        self.sent = []

    async def send(self, envelope):
        if envelope.place == "eik":
            raise OSError
        if envelope.place == "iep":
            raise Refused("te lang")
        self.sent.append((envelope.place, envelope.message))
        return "r"


async def carry(store, sender, at=NOW):
    """Brings what can be brought at a moment."""
    courier = Courier(store, sender, lambda: at)
    courier.finish()
    await courier.run()


def test_one_place_that_fails_holds_no_other_up(store):
    for number, place in enumerate(["eik", "eik", "linde", "linde", "iep"]):
        say(store, f"k{number}", Reply("help", (Line("Dag."),)), place=place)
    far = Far()

    asyncio.run(carry(store, far))

    assert far.sent == [("linde", 3), ("linde", 4)]
    assert store.connection.execute("SELECT state, fault FROM delivery ORDER BY message").fetchall() == [
        ("unsure", "OSError"), ("pending", None), ("sent", None), ("sent", None), ("failed", "te lang"),
    ]  # fmt: skip


def test_what_waited_and_has_changed_since_is_brought_as_it_is_now(store):
    """A platform that was away: nobody is called for what is over, and what may have arrived already is looked into first."""
    say(store, "k1", card("Bel nu", urgent=True))
    say(store, "k2", card("Ligt nu bij Wendy"))
    say(store, "k3", card("Bel nu", urgent=True), place="els")
    say(store, "k4", card("Ligt nu bij Wendy"), place="els")
    deliveries.mark_later(store.connection, 3, NOW, "TimeoutError")
    far = Far()

    asyncio.run(carry(store, far, at=NOW + timedelta(minutes=2)))

    assert far.sent == [("els", 3), ("linde", 2), ("els", 4)]


@pytest.mark.parametrize(
    ("waited", "last"),
    [
        ({"minutes": 15}, "Dag."), ({"minutes": 16}, "Dit is van 10:00. Het kon niet eerder aankomen."),
        ({"days": 2}, "Dit is van maandag 23 november 10:00. Het kon niet eerder aankomen."),
    ],
)  # fmt: skip
def test_what_comes_late_says_of_when_it_is(waited, last):
    envelope = dated(Envelope(1, "linde", NOW, Reply("help", (Line("Dag."),))), NOW + timedelta(**waited), NOW.tzinfo, words())

    assert envelope.reply.lines[-1].text == last


def test_what_can_be_brought_is_found_without_going_through_all_that_was_brought_before(store):
    asked = []
    store.connection.set_trace_callback(asked.append)
    say(store, "k1", card("Ligt bij Sanne"))
    deliveries.heads(store.connection, NOW)
    store.connection.set_trace_callback(None)
    (query,) = (one for one in asked if "AS version" in one)
    plan = [row[3] for row in store.connection.execute(f"EXPLAIN QUERY PLAN {query}")]

    assert "SEARCH version USING INDEX sqlite_autoindex_delivery_1 (message=? AND platform=?)" in plan
    assert [step for step in plan if step.startswith("SCAN")] == []


class Slow(Far):
    """A platform where one place does not answer until somebody lets it."""

    def __init__(self):
        super().__init__()
        self.gate = asyncio.Event()

    async def send(self, envelope):
        if envelope.place == "linde":
            await self.gate.wait()
        self.sent.append((envelope.place, envelope.message))
        self.gate.set()  # whoever comes after the slow one in time opens the gate
        return "r"


def test_what_comes_while_one_place_hangs_is_brought_elsewhere_and_the_hanging_place_keeps_its_order(store):
    async def story():
        slow = Slow()
        say(store, "k0", Reply("help", (Line("Dag."),)))
        courier = Courier(store, slow, lambda: NOW)
        running = asyncio.ensure_future(courier.run())
        await asyncio.sleep(0)  # the first hangs now
        say(store, "k1", Reply("help", (Line("Nog."),)))
        say(store, "k2", Reply("help", (Line("Elders."),)), place="eik")
        courier.finish()
        await running
        return slow.sent

    assert asyncio.run(story()) == [("eik", 3), ("linde", 1), ("linde", 2)]


# Routes

KNOWN = network(person("mia", "linde", "mentor"), koppels=())


def test_one_unnamed_adapter_reaches_everybody(store):
    assert Routes(store.connection).to("dm:mia", KNOWN) == ("",)


def test_a_person_is_reached_where_they_have_an_account_and_were_last(store):
    routes = Routes(store.connection, ("a", "b"))

    assert (routes.to("dm:mia", KNOWN), routes.reaches("mia", KNOWN)) == ((), False)
    for platform in ("a", "b"):
        bind(store.connection, platform, "dm:mia", f"{platform}1")
    assert routes.to("dm:mia", KNOWN) == ("a", "b")
    store.connection.execute("INSERT INTO inbox (id, place, sender, at, platform) VALUES ('1', 'dm:mia', 'mia', '', 'b')")
    assert routes.to("dm:mia", KNOWN) == ("b",)


def test_of_two_platforms_the_one_that_is_away_is_passed_over_until_something_arrives_there(store):
    routes = Routes(store.connection, ("a", "b"))
    for platform in ("a", "b"):
        bind(store.connection, platform, "dm:mia", f"{platform}1")
    store.connection.execute("INSERT INTO inbox (id, place, sender, at, platform) VALUES ('1', 'dm:mia', 'mia', '', 'b')")
    for key in ("k1", "k2"):
        say(store, key, Reply("help", (Line("Dag."),)), platforms=("b",))
    found = []
    for _ in range(10):
        deliveries.mark_sending(store.connection, 1, "b")
        deliveries.mark_later(store.connection, 1, NOW, "OSError", "b")
        found.append(routes.to("dm:mia", KNOWN))
    deliveries.mark_sent(store.connection, 2, "r", NOW - timedelta(minutes=6), "b")
    found.append(routes.to("dm:mia", KNOWN))
    deliveries.mark_sent(store.connection, 2, "r", NOW - timedelta(minutes=4), "b")

    assert found == [("b",)] * 9 + [("a",)] * 2
    assert routes.to("dm:mia", KNOWN) == ("b",)


def test_a_card_in_a_direct_chat_is_changed_where_it_stands_and_not_where_somebody_went_on(store):
    store.outbox.connected = ("a", "b")
    say(store, "k1", card("Ligt bij Sanne"), place="dm:mia", platforms=("a",))
    say(store, "k2", card("Ligt nu bij Wendy"), place="dm:mia", platforms=("b",))
    say(store, "k3", card("Bel nu", anew=True), place="dm:mia", platforms=("b",))

    assert store.connection.execute("SELECT platform, message FROM delivery ORDER BY message").fetchall() == [
        ("a", 1), ("a", 2), ("a", 3), ("b", 4),
    ]  # fmt: skip
