"""The assistant as it runs for years: several adapters, one core, and what falls due by itself."""

import asyncio
from datetime import timedelta

import pytest

from bot.app import EXAMPLE, open_app
from bot.messages import Said
from bot.service import Service
from knowledge.network_files import read_network
from tests.asking import moment

NOW = moment("2026-11-24T10:00")


class Platform:
    """A platform of which everybody has an account; what is said there stands in `heard`."""

    def __init__(self, name, *said, fault=None):
        self.name, self.said, self.fault, self.heard = name, said, fault, []

    async def listen(self, receive):
        for number, text in enumerate(self.said):
            await receive(Said(f"{self.name}/{number}", NOW, "y-amrani", "dm:y-amrani", text, platform=self.name))
        if self.fault:
            raise self.fault

    async def send(self, envelope):
        self.heard.append(envelope.reply.lines[0].text)
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


def test_a_platform_that_is_lost_ends_the_service_and_says_so():
    with pytest.raises(ConnectionError, match="weg"):
        run(Platform("a", fault=ConnectionError("weg")), Platform("b"))


def test_after_a_day_of_standing_still_it_says_so(tmp_path):
    app = open_app(tmp_path / "verbinder.db", platforms=("a",))
    app.assistant.take_network(read_network(EXAMPLE))
    for now in (NOW, NOW + timedelta(days=1)):
        asyncio.run(asyncio.wait_for(Service(app, [Platform("a")], lambda now=now: now).run(), 60))
    said = [row[0] for row in app.store.connection.execute("SELECT body ->> '$.lines[1].text' FROM outbox WHERE place = 'netwerk'")]
    app.close()

    assert said == ["Ik was weg van dinsdag 24 november 10:00 tot vandaag 10:00. Wat toen had moeten komen, komt nu."]
