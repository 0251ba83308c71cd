"""`verbinder run` in a process of its own, killed while it works: counted at Slack, nothing is lost and nothing stands twice."""

import asyncio
import os
import signal
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.app import open_app
from knowledge.network_files import read_network
from tests.networks import day_and_night
from tests.slack_server import SlackServer
from tests.slack_server.people import Person
from tests.slack_server.text import shown
from tests.slack_talk import APP_TOKEN, BOT_TOKEN, EXAMPLE, furnish

ROOT = Path(__file__).parent.parent
ASKERS = ("U0YOUSSEF", "U0SANNE", "U0TIM", "U0FEMKE", "U0ELS")
WAITS = 60.0
"""Seconds: several cold starts on a busy machine."""


class Running:
    """The program, and how often it was started."""

    def __init__(self, server, database):
        self.server, self.database, self.process = server, database, None

    async def start(self):
        environment = {
            **os.environ, "VERBINDER_SLACK_BOT_TOKEN": BOT_TOKEN, "VERBINDER_SLACK_APP_TOKEN": APP_TOKEN,
            "VERBINDER_SLACK_API": self.server.api_url,
        }  # fmt: skip
        before = self.server.sockets.opened
        arguments = (sys.executable, "-m", "bot.cli", "run", "--database", str(self.database))
        self.process = await asyncio.create_subprocess_exec(*arguments, env=environment, cwd=ROOT, stdout=asyncio.subprocess.DEVNULL)
        await self.server.until(lambda: self.server.sockets.opened > before, WAITS)

    async def kill(self):
        self.process.send_signal(signal.SIGKILL)
        await self.process.wait()

    async def stop(self):
        if self.process and self.process.returncode is None:
            self.process.terminate()
            await self.process.wait()


@asynccontextmanager
async def program(tmp_path):
    database, network = tmp_path / "verbinder.db", day_and_night(read_network(EXAMPLE))
    app = open_app(database)
    app.assistant.take_network(network)
    app.close()
    server = SlackServer(pace=0.0, ack_seconds=1.0, retry_delays=(0.3,) * 200)
    await server.start()
    furnish(server, network)
    running = Running(server, database)
    try:
        await running.start()
        yield running
    finally:
        await running.stop()
        await server.stop()


@pytest.mark.parametrize("after", [True, False], ids=["after the post, before the record", "before the post"])
def test_killed_around_a_post_the_answer_stands_there_once(tmp_path, after):
    async def story():
        async with program(tmp_path) as running:
            server = running.server
            gate = asyncio.Event()
            server.fail("chat.postMessage", after=after, hold=gate)
            youssef = Person(server, "U0YOUSSEF")
            await youssef.says("wie is onze wijkagent")
            await server.until(lambda: any(method == "chat.postMessage" for method, _ in server.calls), WAITS)
            await running.kill()
            gate.set()
            posted = len(youssef.heard())
            await running.start()
            await server.until(lambda: len(youssef.heard()) >= 1 and len(server.sockets.acked) >= 2, WAITS)
            await youssef.says("help")  # what is said next comes after it
            await server.until(lambda: len(youssef.heard()) >= 2, WAITS)

            assert posted == int(after)
            assert [shown(one).splitlines()[0] for one in youssef.heard()][:1] == ["Bel Wendy Mulder, wijkagent"]
            assert len(youssef.heard()) == 2

    asyncio.run(story())


def test_killed_three_times_under_load_every_question_has_one_answer(tmp_path):
    async def story():
        async with program(tmp_path) as running:
            server = running.server
            people = [Person(server, user) for user in ASKERS]
            for number in range(3):
                for person in people:
                    await person.says("wie is onze wijkagent")
                wanted = number * len(people) + 1 + number  # now and then in the middle of it
                await server.until(lambda wanted=wanted: sum(len(person.heard()) for person in people) >= wanted, WAITS)
                await running.kill()
                await running.start()
            await server.until(lambda: all(len(person.heard()) >= 3 for person in people), WAITS)
            await people[0].says("help")
            await server.until(lambda: len(people[0].heard()) >= 4, WAITS)

            assert [len(person.heard()) for person in people] == [4, 3, 3, 3, 3]

    asyncio.run(story())
