"""The assistant on a Slack of ours: a workspace with the people and channels of a network, and the app installed from its manifest."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import yaml

from adapters.slack.access import Access
from adapters.slack.run import Slack
from adapters.slack.sockets import Ears
from bot.app import open_app
from bot.service import Service
from knowledge.network_files import read_network
from tests.slack_server import SlackServer
from tests.slack_server.people import Person

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "config" / "netwerk-voorbeeld.yaml"
MANIFEST = yaml.safe_load((ROOT / "config" / "slack-manifest.yaml").read_text(encoding="utf-8"))
BOT_TOKEN, APP_TOKEN = "xoxb-test", "xapp-test"


class Clock:
    """The clock of a story: it goes on only when the story says so."""

    def __init__(self, at="2026-11-24T10:00:00+01:00"):
        self.at = datetime.fromisoformat(at)

    def __call__(self):
        return self.at


def real_clock():
    return datetime.now(UTC)


def furnish(server, network, manifest=MANIFEST):
    """People, channels and the installed app, as the network file says."""
    space = server.space
    app = space.install(manifest, bot_token=BOT_TOKEN, app_token=APP_TOKEN)
    for person in network.people:
        if person.slack:
            space.add_user(person.slack.rpartition("/")[2], person.name, person.email, team=person.slack.rpartition("/")[0] or None)
    for koppel in network.koppels:
        if koppel.channels.slack:
            members = {network.person_by_id[one].slack for one in koppel.contacts}
            space.add_channel(koppel.channels.slack, koppel.id, {one for one in members if one} | {app.bot_user}, is_private=True)
    if network.channels.slack:
        everyone = {person.slack for person in network.people if person.slack}
        space.add_channel(network.channels.slack, "netwerk", everyone | {app.bot_user}, is_private=True)


class World:
    """What a test holds: the server, the assistant behind it, and people by name of the network."""

    def __init__(self, server, app, network, clock):
        self.server, self.app, self.network, self.clock = server, app, network, clock
        self.space = server.space
        self.service = None
        self.running = None

    def person(self, person_id):
        return Person(self.server, self.network.person_by_id[person_id].slack.rpartition("/")[2])

    def channel(self, koppel_id):
        return self.space.channels[self.network.koppel_by_id[koppel_id].channels.slack]

    def access(self, **more):
        return Access(BOT_TOKEN, APP_TOKEN, api=self.server.api_url, **more)

    def start(self, adapters=(), access=None, **more):
        slack = Slack(self.app, access or self.access(), self.clock, **{"apart": 0.0, **more})
        self.service = Service(self.app, [slack, *adapters], self.clock)
        self.running = asyncio.ensure_future(self.service.run())
        over_http = access is not None and not access.app_token
        return self.server.until(lambda: over_http or self.server.sockets.open or self.running.done())

    def access_http(self, port):
        """Without an app token: signed requests, to this port."""
        return Access(BOT_TOKEN, signing_secret="geheim", port=port, api=self.server.api_url)

    async def reachable(self, port):
        """Until somebody listens at this port."""
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.02)
            else:
                writer.close()
                return

    async def stop(self):
        if self.running:
            self.running.cancel()
            await asyncio.gather(self.running, return_exceptions=True)

    def count(self, method):
        return sum(1 for called, _ in self.server.calls if called == method)


@asynccontextmanager
async def workspace(*, network=EXAMPLE, database=None, clock=None, start=True, manifest=MANIFEST, platforms=("slack",), **server):
    """A world that runs, and is taken down after the test."""
    made = SlackServer(**{"pace": 0.0, "retry_delays": (0.05, 0.1, 0.2), **server})
    await made.start()
    known = read_network(network) if isinstance(network, Path) else network
    furnish(made, known, manifest)
    app = open_app(database, platforms=platforms)
    if app.store.load_network() is None:
        app.assistant.take_network(known)
    world = World(made, app, known, clock or Clock())
    try:
        if start:
            await world.start()
        yield world
    finally:
        await world.stop()
        await made.stop()
        world.app.close()


__all__ = ["Clock", "Ears", "furnish", "real_clock", "workspace"]
