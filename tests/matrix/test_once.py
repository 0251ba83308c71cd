"""What was sent, and of which nobody noted that it arrived, is looked for before it is sent again: a homeserver forgets."""

import sqlite3
from contextlib import closing

import pytest

from tests.matrix.bot import play_offstage
from tests.networks import day_and_night
from tests.synapse.people import text_of
from tests.synapse.server import Synapse

FORGETS = (
    "DELETE FROM event_txn_id_device_id",
    "UPDATE event_json SET internal_metadata = json_remove(internal_metadata, '$.txn_id', '$.device_id')",
)


@pytest.mark.parametrize("encrypted", [False, True])
def test_what_arrived_is_not_sent_again_by_who_died_before_noting_it_also_not_by_another_device(tmp_path, encrypted):
    server = Synapse(tmp_path / "synapse").start()

    async def story(town):
        town.network = day_and_night(town.network)
        youssef = await town.human("y-amrani")
        async with town.running():
            chat = await youssef.open_chat(town.bot_id, encrypted=encrypted)
            await youssef.say(chat, "wie is de leerplichtambtenaar")
            await youssef.hears("Marieke Vos", room=chat)
        await youssef.say(chat, "quickscan")
        await town.die("sent")
        forget(server)
        for path in town.keys.glob("*.db" if encrypted else "-"):  # then it logs in anew, and can open nothing of before
            path.unlink()
        async with town.running():
            await youssef.say(chat, "wie is onze wijkagent")
            if encrypted:  # that was meant for the device that is no more
                await youssef.hears("ik kreeg de sleutel niet", room=chat)
                await youssef.say(chat, "wie is onze wijkagent")
            await youssef.hears("Bel Wendy Mulder", room=chat)
            assert len([event for _, event in youssef.heard if "Is er nu gevaar?" in text_of(event)]) == 1
            poll = await youssef.hears("Is er nu gevaar?", room=chat)
            await youssef.vote(chat, poll.event_id, "nee")
            await youssef.hears("Waar speelt het?", room=chat)  # the one that stands is known as ours

    try:
        play_offstage(server, tmp_path, story)
    finally:
        server.stop()


def forget(server):
    """What a homeserver no longer knows after a day, or does not tell another device."""
    server.stop()
    with closing(sqlite3.connect(server.folder / "hs.db")) as database, database:
        for statement in FORGETS:
            assert database.execute(statement).rowcount > 0
    server.start()
