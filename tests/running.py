"""`verbinder run` as a process of its own, in a workspace of our Slack server that lives in a thread beside it."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import closing, contextmanager

from bot.app import open_app
from knowledge.network_files import read_network
from tests.command import EXAMPLE, ROOT
from tests.networks import day_and_night
from tests.slack_server import SlackServer
from tests.slack_server.people import Person
from tests.slack_server.text import shown
from tests.slack_talk import APP_TOKEN, BOT_TOKEN, furnish
from tests.synapse.server import die_with_parent

PATIENCE = 90
"""Seconds that a busy machine may need for something that takes one."""


class Workspace:
    """The server, and what a test does with it from its own thread."""

    def __init__(self, server, loop, network):
        self.server, self.loop, self.network = server, loop, network

    def do(self, work):
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(PATIENCE)

    def person(self, person_id):
        return Person(self.server, self.network.person_by_id[person_id].slack.rpartition("/")[2])

    def says(self, person_id, text):
        self.do(self.person(person_id).says(text))

    def heard(self, person_id):
        """The first line of all that somebody has been told."""
        return [shown(one).partition("\n")[0] for one in self.person(person_id).heard()]

    def until(self, seen):
        """Waits for something that must come; returns it."""
        end = time.monotonic() + PATIENCE
        while not (found := seen()):
            assert time.monotonic() < end, "it did not come in time"
            time.sleep(0.02)
        return found


@contextmanager
def workspace(**settings):
    """A workspace with the people of the example, in a thread of its own."""
    loop, server = asyncio.new_event_loop(), SlackServer(**{"pace": 0.0, "retry_delays": (0.5,) * 60, **settings})
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    network = day_and_night(read_network(EXAMPLE))
    found = Workspace(server, loop, network)
    found.do(server.start())
    furnish(server, network)
    try:
        yield found
    finally:
        found.do(server.stop())
        loop.call_soon_threadsafe(loop.stop)
        thread.join(PATIENCE)
        loop.close()


def database_of(folder, *, as_in_file=False):
    """A database with the example network: with everybody always there, or (`as_in_file`) at their own hours, for a set clock."""
    path = folder / "verbinder.db"
    with closing(open_app(path, platforms=("slack",))) as app:
        app.assistant.take_network(read_network(EXAMPLE) if as_in_file else day_and_night(read_network(EXAMPLE)))
    return path


def environment(space):
    """What is set for the assistant in this workspace, and nothing else of ours."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("VERBINDER_")}
    return {
        **clean, "VERBINDER_SLACK_BOT_TOKEN": BOT_TOKEN, "VERBINDER_SLACK_APP_TOKEN": APP_TOKEN,
        "VERBINDER_SLACK_API": space.server.api_url,
    }  # fmt: skip


class Run:
    """One life of the process."""

    def __init__(self, database, env, *arguments, limit=None, clock=None, watched=None):
        """`limit` runs in the process before it begins; `clock`: a file with the seconds by which its clock is ahead.

        `watched`: a file with words, for `tests.watched`.
        """
        program = ["-m", "tests.clocked", str(clock)] if clock else ["-m", "tests.watched", str(watched)] if watched else ["-m", "bot.cli"]
        self.process = subprocess.Popen(
            [sys.executable, *program, "run", "--database", str(database), *arguments],
            env=env, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            preexec_fn=limit or (die_with_parent if sys.platform == "linux" else None),  # noqa: PLW1509 - one call, nothing that locks
        )  # fmt: skip

    def line(self):
        """The next line for people."""
        return self.process.stdout.readline().rstrip("\n")

    def ends(self, sign=None):
        """Its exit code, what it said, and how many seconds it took, after a signal if one is given."""
        begun = time.monotonic()
        if sign:
            self.process.send_signal(sign)
        out, err = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, out, err, time.monotonic() - begun


@contextmanager
def running(database, env, *arguments, **how):
    """The process, for as long as it is used."""
    run = Run(database, env, *arguments, **how)
    try:
        yield run
    finally:
        if run.process.poll() is None:
            run.process.send_signal(signal.SIGKILL)
        run.process.communicate()


def fetched(address):
    """Status and text of a page."""
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as fault:
        return fault.code, fault.read().decode()
