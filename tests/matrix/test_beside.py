"""Matrix beside another platform, and under a homeserver that slows us down."""

import asyncio
from dataclasses import replace

from tests.matrix.bot import play, play_offstage
from tests.synapse.people import text_of


class Elsewhere:
    """Another platform, that hears everything and says nothing."""

    name = "slack"

    def __init__(self):
        self.got = []

    async def listen(self, receive):
        await asyncio.Event().wait()

    async def send(self, envelope):
        self.got.append(envelope)
        return f"post-{envelope.message}"


def test_the_two_places_of_a_pair_stay_in_step(synapse, tmp_path):
    async def story(town):
        elsewhere = Elsewhere()
        koppels = tuple(
            replace(koppel, channels=replace(koppel.channels, slack="C0LINDE")) if koppel.id == "lindecollege-politie" else koppel
            for koppel in town.network.koppels
        )
        town.network = replace(town.network, koppels=koppels)
        sanne, wendy = await town.human("s-devries"), await town.human("w-mulder")
        async with town.running(elsewhere):
            room = await town.room("lindecollege-politie", sanne, wendy)
            await town.offer(sanne, "Wendy Mulder")
            card = await wendy.hears("1. Neem over", room=room)
            await wendy.react(room, card.event_id, "1\ufe0f\u20e3")
            await sanne.hears("Ligt nu bij Wendy Mulder", room=room)
            await wendy.wait_for(lambda: len(here(elsewhere)) == 2)

        posted, changed = here(elsewhere)
        assert "Sanne de Vries vraagt Wendy Mulder" in posted.reply.text
        assert "Ligt nu bij Wendy Mulder" in changed.reply.text
        assert changed.remote == f"post-{posted.message}"

    play_offstage(synapse, tmp_path, story)


def here(elsewhere):
    return [envelope for envelope in elsewhere.got if envelope.place == "lindecollege-politie"]


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
