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
        wendy, youssef = await town.human("w-mulder"), await town.human("y-amrani")
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
            inside = "Sanne de Vries, Wendy Mulder, Tim Bos, Ahmed van Leeuwen en Jasper Schouten"
            assert f"Lindecollege en Politie Lindewaard: nog niet binnen: {inside}." in found

            app.assistant.take_network(replace(town.network, koppels=(replace(pair, contacts=("s-devries", "y-amrani")),)))
            assert await keep(app, settings, really=True) == [
                "Lindecollege en Politie Lindewaard: Youssef Amrani uitnodigen",
                *(
                    f"Lindecollege en Politie Lindewaard: {who} eruit halen, want die hoort niet bij dit koppel. "
                    f"Moet dat wel? Zet {who} daar bij contacten."
                    for who in ("Ahmed van Leeuwen", "Wendy Mulder")
                ),
            ]
            await youssef.wait_for(lambda: room in youssef.client.invited_rooms)
        finally:
            app.close()

    play_offstage(synapse, tmp_path, story)


def test_a_room_that_exists_is_taken_over_step_by_step_and_then_nothing_is_left_to_do(synapse, tmp_path):
    async def story(town):
        sanne, wendy = await town.human("s-devries"), await town.human("w-mulder")
        made = await sanne.client.room_create(name="Overleg", invite=[wendy.id])
        room, pair = made.room_id, town.network.koppel_by_id["lindecollege-politie"]
        there = replace(pair, channels=replace(pair.channels, matrix=room))
        people = tuple(replace(one, matrix=one.matrix if one.id in pair.contacts else None) for one in town.network.people)
        town.network = replace(town.network, koppels=(there,), people=people)
        async with town.running():
            pass
        app = open_app(town.database, settings := Settings(platforms={"matrix": town.section}), ("matrix",))
        try:
            outside = f"Lindecollege en Politie Lindewaard: naar binnen gaan in {room}. Nodig {town.bot_id} daar eerst uit."
            assert (await keep(app, settings, really=False))[0] == outside
            await sanne.client.room_invite(room, town.bot_id)
            await keep(app, settings, really=True)
            asked = [text for text in await shown(app, settings) if "machtsniveau" in text]
            assert asked == [f"Lindecollege en Politie Lindewaard: er is meer te doen, maar dat mag {town.bot_id} daar niet. Geef machtsniveau 100."]
            await sanne.look()
            levels = dict(await state_at(synapse, room, "m.room.power_levels", sanne))
            levels["users"] = {**levels["users"], town.bot_id: 100}
            await sanne.client.room_put_state(room, "m.room.power_levels", levels)
            await keep(app, settings, really=True)

            assert await keep(app, settings, really=False) == []
            state = {event["type"]: event["content"] for event in await state_of(synapse, room, town.session()["access_token"])}
            assert state["m.room.name"]["name"] == "Lindecollege en Politie Lindewaard"
            assert "m.room.encryption" in state
            levels = state["m.room.power_levels"]
            assert (levels["invite"], levels["kick"], levels["state_default"], levels["events_default"]) == (100, 100, 100, 0)
            assert app.routes.remote("matrix", pair.id, town.network) == room  # the one that was there, no other
        finally:
            app.close()

    play_offstage(synapse, tmp_path, story)


async def shown(app, settings):
    """All that is shown, also what is to be done by hand."""
    async with open_rooms(app, settings, START.date()) as steps:
        return [step.text for step in steps]


async def state_at(server, room, kind, human):
    path = f"/_matrix/client/v3/rooms/{room}/state/{kind}"
    return await asyncio.to_thread(server.call, "GET", path, None, human.client.access_token)


def test_a_pair_that_gets_another_room_in_the_network_file_moves_there(synapse, tmp_path):
    async def story(town):
        sanne, wendy = await town.human("s-devries"), await town.human("w-mulder")
        async with town.running():
            before = await town.room("lindecollege-politie", sanne, wendy)
            town.bind("netwerk", before)  # a room is of one place only
            assert town.matrix._sender._directory.room("lindecollege-politie") is None
            town.bind("lindecollege-politie", before)
            after = await sanne.open_chat(town.bot_id, invite=[wendy.id], direct=False)
        pair = town.network.koppel_by_id["lindecollege-politie"]
        town.network = replace(town.network, koppels=(replace(pair, channels=replace(pair.channels, matrix=after)),))
        app = open_app(town.database, settings := Settings(platforms={"matrix": town.section}), ("matrix",))
        try:
            app.assistant.take_network(town.network)
            assert (await shown(app, settings))[0] == f"Lindecollege en Politie Lindewaard: voortaan in {after}, zoals in het netwerk staat"
            async with open_rooms(app, settings, START.date()) as steps:
                await steps[0].do()
            assert app.routes.remote("matrix", pair.id, town.network) == after
            assert not [text for text in await shown(app, settings) if "voortaan" in text]
        finally:
            app.close()

    play_offstage(synapse, tmp_path, story)
