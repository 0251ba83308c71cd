"""A homeserver that lets logins run out: the device stays the same, with its keys, and nobody notices."""

import asyncio
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from tests.matrix.bot import ROOT, play_offstage
from tests.synapse.server import Synapse

POLICE = "wie is onze wijkagent"


@pytest.fixture
def own(tmp_path):
    server = Synapse(tmp_path / "synapse").start()
    yield server
    server.kill()


def run_out(server, token):
    """The homeserver is away for a moment, and when it is back this token has run out."""
    server.kill()
    with closing(sqlite3.connect(server.folder / "hs.db")) as database, database:
        assert database.execute("UPDATE access_tokens SET valid_until_ms = 1 WHERE token = ?", (token,)).rowcount == 1
    server.start()


def test_a_login_that_ran_out_is_renewed_for_the_same_device_and_says_so_where_it_cannot(own, tmp_path):
    async def story(town):
        async with town.running():
            youssef, chat = await town.answered("y-amrani")
            before = town.session()
            await asyncio.to_thread(run_out, own, before["access_token"])
            asked = await youssef.say(chat, "wie is de leerplichtambtenaar")
            answer = await youssef.hears("Marieke Vos", room=chat)
            after = town.session()

        assert answer.decrypted
        assert asked
        assert after["device_id"] == before["device_id"]
        assert after["access_token"] != before["access_token"]

        await asyncio.to_thread(run_out, own, after["access_token"])
        done = await asyncio.to_thread(
            subprocess.run, [sys.executable, "-m", "bot.cli", "run", "--database", town.database], capture_output=True, text=True,
            cwd=ROOT, env={"VERBINDER_SETTINGS": str(town.settings_file()), "PATH": ""}, check=False, timeout=120,
        )  # fmt: skip
        assert done.returncode == 4
        assert "verlopen" in done.stderr
        assert "Traceback" not in done.stderr

    play_offstage(own, tmp_path, story)
