"""Staying alive: restarts of us and of the homeserver, bursts while we were away, and death at every step."""

import asyncio
import subprocess
import sys
from contextlib import AsyncExitStack

import pytest

from adapters.joining import Joining
from adapters.matrix.run import connected
from bot.app import open_app
from bot.service import Service
from tests.matrix.bot import ROOT, play_offstage
from tests.networks import day_and_night
from tests.synapse.people import text_of

POLICE = "wie is onze wijkagent"


def answers(human, *parts):
    return [event for _, event in human.heard if all(part in text_of(event) for part in parts)]


async def settled(town, human, chat):
    """Asks one thing more: whatever should come has come when it is answered."""
    await human.say(chat, "wie is de leerplichtambtenaar")
    await human.hears("Marieke Vos", room=chat)


def test_of_a_burst_of_three_hundred_while_away_nothing_is_lost(synapse, tmp_path):
    async def story(town):
        youssef = await town.human("y-amrani")
        async with town.running():
            chat = await youssef.open_chat(town.bot_id)
            await youssef.say(chat, POLICE)
            await youssef.hears("Bel Wendy Mulder", room=chat)
        for _ in range(30):
            await asyncio.gather(*(youssef.say(chat, f"wat is fase {number % 3 + 1}") for number in range(10)))
        async with town.running():
            await youssef.wait_for(lambda: town.received() == 301)

            planned = town.app.store.connection.execute("SELECT count(*) FROM outbox").fetchone()[0]

        assert planned == 301  # an answer to each, and none to anything twice

    play_offstage(synapse, tmp_path, story)


def test_a_conversation_goes_on_after_a_restart(synapse, tmp_path):
    async def story(town):
        youssef = await town.human("y-amrani")
        async with town.running():
            chat = await youssef.open_chat(town.bot_id)
            await youssef.say(chat, "quickscan")
            await youssef.hears("Is er nu gevaar?", room=chat)
        await youssef.say(chat, "nee")
        async with town.running():
            await youssef.hears("Waar speelt het?", room=chat)
            device = town.matrix.client.device_id
        async with town.running():
            assert town.matrix.client.device_id == device  # the same keys: what was said before can still be read
            await youssef.say(chat, "1")
            await youssef.hears("ernstige feiten", room=chat)

    play_offstage(synapse, tmp_path, story)


@pytest.mark.parametrize("moment", ["before", "inside", "after", "sent"])
def test_death_at_any_moment_loses_nothing_and_doubles_nothing(synapse, tmp_path, moment):
    async def story(town):
        town.network = day_and_night(town.network)
        youssef = await town.human("y-amrani")
        async with town.running():
            chat = await youssef.open_chat(town.bot_id)
            await settled(town, youssef, chat)
        await youssef.say(chat, POLICE)
        await youssef.say(chat, "wat is fase 2")
        await town.die(moment)
        async with town.running():
            await youssef.hears("Bel Wendy Mulder", room=chat)
            await youssef.say(chat, "wie is onze directeur")
            await youssef.hears("Els Dekker", room=chat)

        assert len(answers(youssef, "Bel Wendy Mulder")) == 1
        assert town.received() == 4

    play_offstage(synapse, tmp_path, story)


def test_a_revoked_token_is_said_and_ends_with_its_own_exit_code(synapse, tmp_path):
    async def story(town):
        async with town.running():
            pass
        settings = town.settings_file()
        session = town.session()
        synapse.call("POST", "/_matrix/client/v3/logout", {}, token=session["access_token"])

        done = await asyncio.to_thread(
            subprocess.run,
            [sys.executable, "-m", "bot.cli", "run", "--database", town.database], capture_output=True, text=True, cwd=ROOT,
            env={"VERBINDER_SETTINGS": str(settings), "PATH": ""}, check=False, timeout=120,
        )  # fmt: skip

        assert done.returncode == 4
        assert "token is ingetrokken" in done.stderr
        assert "Traceback" not in done.stderr

    play_offstage(synapse, tmp_path, story)


def test_after_a_revoked_token_it_goes_on_as_a_new_device_without_a_new_start_while_another_platform_runs(synapse, tmp_path):
    class Elsewhere:
        name = "elders"

        async def listen(self, receive):
            await asyncio.Event().wait()

    async def story(town):
        async with town.running():
            youssef, chat = await town.answered("y-amrani")
        before = town.session()
        app = open_app(town.database, platforms=("matrix", "elders"))
        async with AsyncExitStack() as stack:
            stack.callback(app.close)
            matrix = Joining("matrix", lambda: connected(app, town.access(), town.clock), stack)
            service = Service(app, [matrix, Elsewhere()], town.clock, knocks_every=0.2, settled=0.2)
            running = asyncio.create_task(service.run())
            await settled(town, youssef, chat)
            synapse.call("POST", "/_matrix/client/v3/logout", {}, token=before["access_token"])
            await youssef.say(chat, "wie is onze veiligheidscoordinator")
            await asyncio.sleep(1.0)
            assert not running.done()
            (town.keys / "sessie.json").unlink()
            await youssef.hears("ik kreeg de sleutel niet", room=chat)  # it was meant for the device that is no more
            await youssef.say(chat, "wie is onze veiligheidscoordinator")

            answer = await youssef.hears("Sanne de Vries, veiligheidscoördinator", room=chat)

            assert (answer.decrypted, running.done()) == (True, False)
            assert town.session()["device_id"] != before["device_id"]
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    play_offstage(synapse, tmp_path, story)
