"""The assistant as it runs for years: several adapters, one core, and what falls due by itself."""

import asyncio
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta

import pytest

from adapters.joining import Joining
from bot.app import EXAMPLE, open_app
from bot.faults import ShutOut
from bot.health import health, in_words
from bot.messages import Said
from bot.service import Service
from knowledge.network_files import read_network
from tests.asking import moment, words
from tests.watched import holders

NOW = moment("2026-11-24T10:00")


class Platform:
    """A platform of which everybody has an account; what is said there stands in `heard`."""

    def __init__(self, name, *said, fault=None):
        self.name, self.said, self.fault, self.heard, self.brought = name, list(said), fault, [], asyncio.Event()

    async def listen(self, receive):
        while self.said:  # what was said is not kept here: a test looks for who still holds it
            await receive(Said(f"{self.name}/{len(self.said)}", NOW, "y-amrani", "dm:y-amrani", self.said.pop(0), platform=self.name))
        if self.fault:
            raise self.fault

    async def send(self, envelope):
        self.heard.append(envelope.reply.lines[0].text)
        self.brought.set()
        return f"{self.name}{envelope.message}"


def run(*platforms):
    app = open_app(platforms=tuple(one.name for one in platforms))
    app.assistant.take_network(read_network(EXAMPLE))
    asyncio.run(asyncio.wait_for(Service(app, platforms, lambda: NOW).run(), 60))
    app.close()


def test_an_answer_goes_where_it_was_asked():
    a, b = Platform("a", "wie is onze wijkagent", "dank je"), Platform("b", "help")
    run(a, b)

    assert (a.heard[0], len(a.heard), len(b.heard)) == ("Bel Wendy Mulder, wijkagent", 2, 1)


def test_a_refusal_and_all_that_was_read_are_forgotten_within_the_hour_also_when_nothing_is_due_and_nobody_speaks():
    app, clock, bodies = open_app(platforms=("a",)), [NOW], []
    app.assistant.take_network(read_network(EXAMPLE))
    surname = "kromotjitro".capitalize()  # put together here: pytest keeps the texts that stand in a test file it has just read
    adapter = Platform("a", f"leerling Xaviera {surname} spijbelt, wie bel ik")
    service = Service(app, [adapter], lambda: clock[0])

    async def story():
        task = asyncio.create_task(service.run())
        await adapter.brought.wait()
        await asyncio.gather(task, return_exceptions=True)
        for minutes in (1, 40):
            clock[0] = NOW + timedelta(minutes=minutes)
            service._tick()
            bodies.append(app.store.connection.execute("SELECT body ->> '$.kind' FROM outbox").fetchall())

    asyncio.run(asyncio.wait_for(story(), 60))
    assert bodies == [[("refusal",)], [(None,)]]
    assert [one for one in holders([surname.lower(), f"{surname} spijbelt"]) if "lru_cache" in one or "spijbelt" in one] == []
    app.close()


def test_a_platform_that_is_lost_ends_the_service_and_says_so():
    with pytest.raises(ConnectionError, match="weg"):
        run(Platform("a", fault=ConnectionError("weg")), Platform("b"))


def test_a_platform_that_shuts_us_out_leaves_the_others_working():
    b = Platform("b", *["help"] * 3)
    with pytest.raises(ShutOut, match="token"):
        run(Platform("a", fault=ShutOut("het token")), b)

    assert len(b.heard) == 3


def test_a_platform_that_is_slow_to_let_us_in_holds_up_no_other_and_gets_its_own_when_it_does():
    a, b = Platform("a"), Platform("b", "help")

    async def story():
        app = open_app(platforms=("a", "b"))
        app.assistant.take_network(read_network(EXAMPLE))
        opened = asyncio.Event()

        @asynccontextmanager
        async def entered():
            await opened.wait()
            yield a

        async with AsyncExitStack() as stack:
            service = Service(app, [Joining("a", entered, stack), b], lambda: NOW)
            living = asyncio.create_task(service.run())
            await service.receive(Said("a/1", NOW, "s-devries", "dm:s-devries", "help", platform="a"))
            await b.brought.wait()
            before = list(a.heard)
            opened.set()
            await asyncio.wait_for(living, 60)
        app.close()
        assert (before, len(a.heard)) == ([], 1)

    asyncio.run(story())


def test_of_a_platform_that_does_not_let_us_in_what_is_to_be_brought_stays():
    async def story():
        app = open_app(platforms=("a", "b"))
        app.assistant.take_network(read_network(EXAMPLE))

        @asynccontextmanager
        async def shut():
            raise ShutOut("het token")
            yield

        async with AsyncExitStack() as stack:
            b = Platform("b", "help")
            service = Service(app, [Joining("a", shut, stack), b], lambda: NOW)
            await service.receive(Said("a/1", NOW, "s-devries", "dm:s-devries", "help", platform="a"))
            with pytest.raises(ShutOut):
                await asyncio.wait_for(service.run(), 60)
        left = app.store.connection.execute("SELECT platform, state FROM delivery ORDER BY platform").fetchall()
        assert (health(app.store.connection, NOW).shut_out, health(app.store.connection, NOW).sound) == (1, False)
        app.close()
        assert left == [("a", "pending"), ("b", "sent")]

    asyncio.run(story())


def test_a_platform_that_shut_us_out_is_tried_again_and_once_we_are_in_gets_what_waited():
    over = asyncio.Event()

    class Waiting(Platform):
        async def listen(self, receive):
            await over.wait()

    async def story():
        app, clock, keys = open_app(platforms=("a", "b")), [NOW], ["oud", "oud", "nieuw"]
        app.assistant.take_network(read_network(EXAMPLE))
        a, b = Waiting("a"), Waiting("b")

        @asynccontextmanager
        async def entered():
            if keys.pop(0) == "oud":
                raise ShutOut("het token")
            clock[0] = NOW + timedelta(minutes=5)
            yield a

        async with AsyncExitStack() as stack:
            service = Service(app, [Joining("a", entered, stack), b], lambda: clock[0], knocks_every=0.1, settled=0.1)
            living = asyncio.create_task(service.run())
            await service.receive(Said("a/1", NOW, "s-devries", "dm:s-devries", "help", platform="a"))
            async with asyncio.timeout(60):
                await a.brought.wait()
                out = 1
                while out:
                    await asyncio.sleep(0.05)
                    out = health(app.store.connection, clock[0]).shut_out
                over.set()
                await living
        assert len(a.heard) == 1
        app.close()

    asyncio.run(story())


@pytest.mark.parametrize(("seconds", "silent"), [(240.0, 0), (301.0, 1)])
def test_a_platform_that_gives_no_sign_of_life_is_seen_though_nothing_waits_for_it(seconds, silent):
    class Quiet(Platform):
        def silent_for(self):
            self.brought.set()
            return seconds

        async def listen(self, receive):
            await self.brought.wait()

    app = open_app(platforms=("a",))
    app.assistant.take_network(read_network(EXAMPLE))
    asyncio.run(asyncio.wait_for(Service(app, [Quiet("a")], lambda: NOW).run(), 60))
    found = health(app.store.connection, NOW)
    app.close()

    assert (found.last_seen, found.silent, found.sound, found.alive) == (seconds, silent, not silent, True)
    assert ("1 platform geeft geen teken van leven, al 5 minuten." in "".join(in_words(found, words()))) == bool(silent)


def test_after_a_day_of_standing_still_it_says_so(tmp_path):
    app = open_app(tmp_path / "verbinder.db", platforms=("a",))
    app.assistant.take_network(read_network(EXAMPLE))
    for now in (NOW, NOW + timedelta(days=1)):
        asyncio.run(asyncio.wait_for(Service(app, [Platform("a")], lambda now=now: now).run(), 60))
    said = [row[0] for row in app.store.connection.execute("SELECT body ->> '$.lines[1].text' FROM outbox WHERE place = 'netwerk'")]
    app.close()

    assert said == ["Ik was weg van dinsdag 24 november 10:00 tot vandaag 10:00. Wat toen had moeten komen, komt nu."]
