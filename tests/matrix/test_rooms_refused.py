"""`verbinder rooms` on a homeserver that says to wait, that refuses one of the steps, or that is away: said, and the rest is done."""

import asyncio
import subprocess
import sys
from dataclasses import replace

import pytest

from tests.matrix.bot import ROOT, play_offstage
from tests.synapse.server import Synapse

SLOW = {"rc_invites": {"per_issuer": {"per_second": 1, "burst_count": 1}}}


@pytest.fixture
def own(tmp_path):
    server = Synapse(tmp_path / "synapse", extra=SLOW).start()
    yield server
    server.kill()


def test_a_homeserver_that_waits_or_refuses_gets_all_that_it_does_take_and_the_rest_is_said(own, tmp_path):
    async def story(town):
        pair = next(koppel for koppel in town.network.koppels if koppel.id == "lindecollege-politie")
        there = [one for one in town.network.people if one.id in {"s-devries", "w-mulder", "t-bos"}]
        away = replace(there[0], matrix="@weg:elders.example")
        town.network = replace(town.network, people=(away, *there[1:]), koppels=(replace(pair, contacts=tuple(one.id for one in there)),))
        for one in there[1:]:
            await town.human(one.id)
        async with town.running():
            pass
        env = {"VERBINDER_SETTINGS": str(town.settings_file()), "PATH": ""}

        async def rooms(*more):
            return await asyncio.to_thread(
                subprocess.run, [sys.executable, "-m", "bot.cli", "rooms", "--database", town.database, *more], capture_output=True,
                text=True, cwd=ROOT, env=env, check=False, timeout=120,
            )  # fmt: skip

        done = await rooms("--yes")
        assert done.returncode == 1, done.stderr
        assert done.stdout.count("✗ De homeserver doet dit niet") == 2  # in the room of the pair and that of the network
        left = await rooms()
        assert [line for line in left.stdout.splitlines() if line.startswith("  - ")] == [
            f"  - {name}: {away.name} uitnodigen" for name in ("Lindecollege en Politie Lindewaard", town.network.name)
        ]
        own.kill()
        gone = await rooms()
        assert gone.returncode == 4
        assert gone.stderr.startswith(f"Homeserver {own.url} antwoordt niet.")

    play_offstage(own, tmp_path, story)
