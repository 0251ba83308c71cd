"""Matrix under a homeserver that slows us down."""

import asyncio

from tests.matrix.bot import play
from tests.synapse.people import text_of


def test_a_homeserver_that_says_wait_gets_everything_later_and_once(synapse, tmp_path):
    async def story(town):
        youssef = await town.human("y-amrani")
        chat = await youssef.open_chat(town.bot_id)
        admin = await asyncio.to_thread(synapse.register, f"beheer-{town.suffix}", admin=True)
        limit = {"messages_per_second": 1, "burst_count": 1}
        path = f"/_synapse/admin/v1/users/{town.bot_id}/override_ratelimit"
        await asyncio.to_thread(synapse.call, "POST", path, limit, admin["access_token"])
        for number in range(1, 7):
            await youssef.say(chat, f"wat is fase {number % 3 + 1}")

        await youssef.wait_for(lambda: len(said(youssef, chat)) >= 6)

        faults = town.app.store.connection.execute("SELECT count(*) FROM delivery WHERE tries > 1").fetchone()[0]
        assert faults > 0  # it was told to wait, and did
        await youssef.look(wait=1000)
        assert len(said(youssef, chat)) == 6

    play(synapse, tmp_path, story)


def said(human, chat):
    return [event for where, event in human.heard if where == chat and text_of(event)]
