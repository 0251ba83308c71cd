"""After the term of keeping nobody finds on the homeserver what was said about a handover: not as it stands, and not as it stood."""

from dataclasses import replace

import pytest

from bot.messages import Line, Picture, Reply
from knowledge.network import Convenant
from tests.matrix.bot import play_offstage
from tests.synapse.people import text_of

PAIR = "lindecollege-politie"
LEFT = "SELECT 1 FROM outbox JOIN delivery ON message = outbox.id WHERE key GLOB 'gewist/*' AND state != 'sent'"


async def standing(human, room, town):
    """What the assistant has said in a room and can still be read there, also what was changed since; a reaction is only a sign."""
    found = await human.client.room_messages(room, start="", limit=500)
    said = [event for event in found.chunk if event.sender == town.bot_id and event.source["type"] not in {"m.room.redaction", "m.reaction"}]
    return [text_of(event) for event in said if event.source["content"] and "state_key" not in event.source]


@pytest.mark.parametrize("encrypted", [True, False])
def test_after_the_term_nothing_of_a_handover_is_left_on_the_homeserver(synapse, tmp_path, encrypted):
    async def story(town):
        town.section["onversleuteld-overdragen"] = True
        town.network = replace(town.network, convenant=Convenant(retention="2 dagen"))
        sanne, wendy = await town.human("s-devries"), await town.human("w-mulder")
        async with town.running():
            room = await town.room(PAIR, sanne, wendy, encrypted=encrypted)
            own = await wendy.open_chat(town.bot_id, encrypted=encrypted)
            chat = await town.offer(sanne, "Wendy Mulder")
            await wendy.hears("Sanne de Vries vraagt Wendy Mulder", room=room)
            await wendy.say(room, f"{town.bot_name}: ik neem het over, ik bel vandaag")
            await sanne.hears("Ligt nu bij Wendy Mulder", room=room)
            await wendy.say(own, "terugkoppeling")
            await sanne.hears("sluit", room=chat)
            await sanne.say(chat, "sluit")
            await wendy.hears("Gesloten.", room=room)
            reference = town.app.store.connection.execute("SELECT reference FROM handover").fetchone()[0]
            picture = Reply("handover", (Line("fase 1"),), data={"handover": reference}, picture=Picture("fasekaart", "de fasekaart"))
            with town.app.store.transaction():
                gone = "INSERT INTO posted SELECT platform, '$' || hex(randomblob(20)), message, kind, spot FROM posted WHERE spot = ? LIMIT 1"
                town.app.store.connection.execute(gone, (room,))  # one that the homeserver no longer has
                town.app.store.outbox.say("plaatje", PAIR, None, town.clock(), picture, ("matrix",))
            town.service.ring()
            await wendy.hears("de fasekaart", room=room)
            assert [len(await standing(*where, town)) > 1 for where in ((wendy, room), (sanne, chat), (wendy, own))] == [True] * 3

            town.later(days=3)
            await wendy.wait_for(lambda: not town.app.store.connection.execute(LEFT).fetchone())

            assert [await standing(*where, town) for where in ((wendy, room), (sanne, chat), (wendy, own))] == [[], [], []]
            found = await wendy.client.room_messages(room, start="", limit=500)
            reasons = {event.source["content"].get("reason") for event in found.chunk if event.source["type"] == "m.room.redaction"}
            assert "Dit is afgerond. De gegevens zijn gewist." in reasons

    play_offstage(synapse, tmp_path, story)
