"""`verbinder rooms` and `verbinder doctor` on a real homeserver: made, kept, and looked at."""

import asyncio
from dataclasses import replace

from adapters.matrix.care import examine, open_rooms
from bot.app import open_app
from bot.settings import Settings
from tests.matrix.bot import START, play_offstage


async def keep(app, settings, *, really):
    """The steps in words, taken if that is wanted."""
    async with open_rooms(app, settings, START.date()) as steps:
        for step in steps:
            if really and step.do:
                await step.do()
        return [step.text for step in steps if step.do]


async def state_of(server, room, token):
    return await asyncio.to_thread(server.call, "GET", f"/_matrix/client/v3/rooms/{room}/state", None, token)


def test_rooms_are_made_once_closed_and_encrypted_with_exactly_the_people_of_the_network(synapse, tmp_path):
    async def story(town):
        wendy, tim = await town.human("w-mulder"), await town.human("t-bos")
        await town.human("s-devries")
        pair = next(koppel for koppel in town.network.koppels if koppel.id == "lindecollege-politie")
        town.network = replace(town.network, koppels=(pair,))
        async with town.running():
            pass
        settings = Settings(platforms={"matrix": town.section})
        app = open_app(town.database, settings, ("matrix",))
        try:
            shown = await keep(app, settings, really=False)
            assert shown[0] == "Lindecollege en Politie Lindewaard: maken, versleuteld en op uitnodiging"
            assert await keep(app, settings, really=False) == shown  # looking changes nothing
            await keep(app, settings, really=True)
            assert await keep(app, settings, really=False) == []

            await wendy.wait_for(lambda: len(wendy.client.invited_rooms) == 2)
            room = app.routes.remote("matrix", pair.id, town.network)
            state = {event["type"]: event["content"] for event in await state_of(synapse, room, town.session()["access_token"])}
            assert state["m.room.encryption"]["algorithm"] == "m.megolm.v1.aes-sha2"
            assert state["m.room.join_rules"]["join_rule"] == "invite"
            assert state["m.room.history_visibility"]["history_visibility"] == "joined"
            assert state["m.room.guest_access"]["guest_access"] == "forbidden"
            assert state["m.room.power_levels"]["invite"] == 100

            found = [finding.text for finding in await examine(app, settings, START)]
            assert "Het apparaat is ondertekend." in found
            assert "Lindecollege en Politie Lindewaard: nog niet binnen: Sanne de Vries, Wendy Mulder." in found

            app.assistant.take_network(replace(town.network, koppels=(replace(pair, contacts=("s-devries", "t-bos")),)))
            assert await keep(app, settings, really=True) == [
                "Lindecollege en Politie Lindewaard: Tim Bos uitnodigen",
                f"Lindecollege en Politie Lindewaard: {wendy.id} eruit halen. Staat hier niet in de lijst.",
            ]
            await tim.wait_for(lambda: room in tim.client.invited_rooms)
        finally:
            app.close()

    play_offstage(synapse, tmp_path, story)
