"""The round trip in Slack: from what somebody says to what stands there, beside the smallest bots that do anything at all.

All on one server of ours on loopback, in turns: an echo of slack-bolt, an echo that first makes one durable commit, and Verbinder.
`python -m tests.bench.slack` measures only this.
"""

import asyncio
import contextlib
import sqlite3
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bot.clock import now
from tests.slack_server import SlackServer
from tests.slack_server.people import Person
from tests.slack_talk import APP_TOKEN, BOT_TOKEN, EXAMPLE, MANIFEST, furnish, workspace

QUESTION = "wie is onze wijkagent"
MEDIAN_AIM, TAIL_AIM = 10.0, 25.0
"""Milliseconds that Verbinder may add to the smallest echo, at the median and at the 95th percentile."""
ECHO, DURABLE, OURS = "kleinste echo van slack-bolt", "echo met één duurzame commit", "Verbinder"


@dataclass(frozen=True)
class RoundTrips:
    """How long each round trip took, in milliseconds, by who answered."""

    times: dict[str, list[float]]

    def at(self, who: str, share: float) -> float:
        ranked = sorted(self.times[who])
        return ranked[min(len(ranked) - 1, int(share * len(ranked)))]

    def added(self, share: float) -> float:
        """What Verbinder adds to the smallest echo."""
        return self.at(OURS, share) - self.at(ECHO, share)


class Echo:
    """The smallest bot: says what it hears. With a file it first writes that it heard it, durably."""

    def __init__(self, server: SlackServer, file: Path | None) -> None:
        self.server, self.connection = server, None
        if file:
            self.connection = sqlite3.connect(file, isolation_level=None)
            self.connection.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE heard (id TEXT PRIMARY KEY)")

    async def start(self) -> None:
        from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
        from slack_bolt.async_app import AsyncApp
        from slack_sdk.web.async_client import AsyncWebClient

        app = AsyncApp(client=AsyncWebClient(token=BOT_TOKEN, base_url=self.server.api_url), signing_secret="unused")

        @app.event("message")
        async def echo(event, say):
            if self.connection:
                self.connection.execute("INSERT INTO heard VALUES (?)", (event["ts"],))
            await say(event["text"])

        self.handler = AsyncSocketModeHandler(app, APP_TOKEN, web_client=AsyncWebClient(token=APP_TOKEN, base_url=self.server.api_url))
        await self.handler.connect_async()

    async def stop(self) -> None:
        await self.handler.close_async()
        if self.connection:
            self.connection.close()


async def one_trip(server: SlackServer, person: Person) -> float:
    """Milliseconds from what is said to what stands in the chat."""
    before, began = len(person.heard()), time.perf_counter()
    await person.says(QUESTION)
    while len(person.heard()) == before:  # noqa: ASYNC110 - no waiting on a signal: that would be measured as well
        await asyncio.sleep(0)
    return (time.perf_counter() - began) * 1000


async def measured(trips: int) -> RoundTrips:
    from knowledge.network_files import read_network

    with tempfile.TemporaryDirectory() as folder:
        async with contextlib.AsyncExitStack() as stack:
            world = await stack.enter_async_context(workspace(database=Path(folder) / "verbinder.db", clock=now))
            rivals = {ECHO: None, DURABLE: Path(folder) / "echo.db"}
            people = {OURS: (world.server, world.person("y-amrani"))}
            for name, file in rivals.items():
                server = SlackServer(pace=0.0)
                await server.start()
                stack.push_async_callback(server.stop)
                furnish(server, read_network(EXAMPLE), MANIFEST)
                echo = Echo(server, file)
                await echo.start()
                stack.push_async_callback(echo.stop)
                await server.until(lambda server=server: server.sockets.open)
                people[name] = (server, Person(server, "U0YOUSSEF"))
            times = {name: [] for name in (ECHO, DURABLE, OURS)}
            for turn in range(trips + 5):
                for name, kept in times.items():
                    found = await one_trip(*people[name])
                    await asyncio.sleep(0.005)  # what follows from it (its own event, the acknowledgement) is not the next one's
                    if turn >= 5:  # the first ones also wait for what is made once
                        kept.append(found)
    return RoundTrips(times)


def round_trips(note, trips: int) -> RoundTrips:
    """Measures, in turns."""
    note(f"Slack: {trips} keer heen en weer")
    return asyncio.run(measured(trips))


if __name__ == "__main__":
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    result = round_trips(print, asked)
    for who, found in result.times.items():
        print(f"{who}: p50 {statistics.median(found):.1f} ms, p95 {result.at(who, 0.95):.1f} ms")
    print(f"Verbinder erbij: p50 {result.added(0.5):.1f} ms (≤ {MEDIAN_AIM:.0f}), p95 {result.added(0.95):.1f} ms (≤ {TAIL_AIM:.0f})")
