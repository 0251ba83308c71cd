"""`verbinder run` on both platforms, as a process of its own, of which Slack does not let it in."""

import asyncio
import re
import signal

import yaml

from bot.store.file import Store
from tests.both.driver import TwoTowns
from tests.networks import day_and_night
from tests.running import environment, fetched, running, workspace


def test_with_a_token_that_was_withdrawn_it_goes_on_on_the_other_and_says_so(synapse, tmp_path):
    async def story():
        town = TwoTowns(synapse, tmp_path)
        store = Store(town.database)
        with store.transaction():
            store.save_network(day_and_night(town.network))
        store.close()
        settings = tmp_path / "verbinder.yaml"
        settings.write_text(yaml.safe_dump({"platforms": {"matrix": town.section}}), encoding="utf-8")
        with workspace() as space:
            env = environment(space) | {
                "VERBINDER_SETTINGS": str(settings), "VERBINDER_SLACK_BOT_TOKEN": "xoxb-weg",
                "VERBINDER_MATRIX_PASSWORD": f"wachtwoord-{town.bot_name}",
            }  # fmt: skip
            with running(town.database, env, "--monitor", "0") as run:
                assert "op slack en matrix." in run.line()
                page = re.search(r"http://127\.0\.0\.1:\d+", run.line())[0]
                youssef = await town.human("y-amrani")
                chat = await youssef.open_chat(town.bot_id)
                await youssef.say(chat, "wie is onze wijkagent")
                await youssef.hears("Bel Wendy Mulder", room=chat)
                status, _ = await asyncio.to_thread(fetched, f"{page}/health")
                code, _, err, _ = await asyncio.to_thread(run.ends, signal.SIGTERM)
        await town.leave()

        assert (code, status) == (0, 503)
        assert "Slack neemt het token van de app niet meer aan" in err

    asyncio.run(story())
