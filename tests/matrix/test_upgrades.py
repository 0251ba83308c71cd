"""A homeserver puts a new room in the place of a room of ours: we go along with what lives there, and only if it really is so."""

from dataclasses import replace

import pytest

from adapters.caretaking import StepFault
from adapters.matrix.care import examine, open_rooms
from bot.app import open_app
from bot.settings import Settings
from tests.matrix.bot import START, play, play_offstage
from tests.synapse.people import text_of

PAIR = "lindecollege-politie"


async def upgrade(human, room, *guests):
    """As Element does it: the homeserver makes the new room, and whoever did it asks the others in."""
    path, token = f"/_matrix/client/v3/rooms/{room}/upgrade", human.client.access_token
    made = await human.client.send("POST", path, '{"new_version": "12"}', {"Authorization": f"Bearer {token}"})
    answer = await made.json()
    assert made.status == 200, answer
    new = answer["replacement_room"]
    await human.wait_for(lambda: new in human.client.rooms)
    for guest in guests:
        await human.client.room_invite(new, guest)
    return new


def bound(app):
    return app.routes.remote("matrix", PAIR, app.assistant.world.network)


def test_the_assistant_goes_along_to_the_new_room_and_the_card_of_a_handover_goes_on_there(synapse, tmp_path):
    async def story(town):
        sanne, wendy = await town.human("s-devries"), await town.human("w-mulder")
        room = await town.room(PAIR, sanne, wendy)
        await town.offer(sanne, "Wendy Mulder")
        await wendy.hears("1. Neem over", room=room)

        new = await upgrade(sanne, room, town.bot_id, wendy.id)
        await wendy.join(new)

        card = await sanne.hears("1. Neem over", room=new)
        await sanne.settle(new, town.bot_id)
        await sanne.say(new, f"{town.bot_name}: wie is de leerplichtambtenaar")
        await sanne.hears("Marieke Vos", room=new)
        await wendy.settle(new, town.bot_id)
        await wendy.react(new, card.event_id, "1\ufe0f\u20e3")
        await sanne.hears("Ligt nu bij Wendy Mulder", room=new)
        assert bound(town.app) == new
        told = [where for where, event in sanne.heard if "Ligt nu bij Wendy Mulder" in text_of(event)]
        assert room not in told
        assert len([1 for where, event in sanne.heard if where == new and "1. Neem over" in text_of(event)]) == 1

    play(synapse, tmp_path, story)


def test_a_conversation_goes_on_in_the_direct_chat_that_came_in_the_place_of_the_old_one(synapse, tmp_path):
    async def story(town):
        youssef = await town.human("y-amrani")
        chat = await youssef.open_chat(town.bot_id)
        await youssef.say(chat, "quickscan")
        await youssef.hears("Is er nu gevaar?", room=chat)

        new = await upgrade(youssef, chat, town.bot_id)
        await youssef.wait_for(lambda: youssef.sees_in(new, town.bot_id))
        await youssef.settle(new, town.bot_id)
        await youssef.say(new, "nee")

        await youssef.hears("Waar speelt het?", room=new)
        assert not [event for where, event in youssef.heard if where == chat and "Waar speelt het?" in text_of(event)]

    play(synapse, tmp_path, story)


def test_what_was_replaced_while_it_was_away_is_followed_at_the_start_and_the_administrator_hears_which_room_to_name(synapse, tmp_path):
    async def story(town):
        sanne, wendy = await town.human("s-devries"), await town.human("w-mulder")
        async with town.running():
            room = await town.room(PAIR, sanne, wendy)
        pair = town.network.koppel_by_id[PAIR]
        named = replace(town.network, koppels=(replace(pair, channels=replace(pair.channels, matrix=room)),))
        settings = Settings(platforms={"matrix": town.section})
        app = open_app(town.database, settings, ("matrix",), beside=True)
        app.assistant.take_network(named)
        between = await upgrade(sanne, room)
        found = await about(app, settings, "vervangen")
        assert found.text == f"Lindecollege en Politie Lindewaard: deze kamer is vervangen door {between}, en de assistent is daar nog niet."
        assert found.advice.startswith(f"Nodig {town.bot_id} daar uit")
        app.close()
        new = await upgrade(sanne, between, town.bot_id)
        await sanne.client.room_invite(between, town.bot_id)

        async with town.running():
            await sanne.wait_for(lambda: sanne.sees_in(new, town.bot_id))
            await sanne.settle(new, town.bot_id)
            await sanne.say(new, f"{town.bot_name}: wie is de leerplichtambtenaar")
            await sanne.hears("Marieke Vos", room=new)
            assert bound(town.app) == new
            found = await about(town.app, settings, "meegegaan")
            assert (found.sound, found.advice.startswith(f"In het netwerk staat nog de oude kamer. Zet daar {new};")) == (True, True)
            async with open_rooms(town.app, settings, START.date()) as steps:
                said = [step.text for step in steps]
            assert f"Lindecollege en Politie Lindewaard: in het netwerk staat nog de oude kamer {room}. Zet daar {new}. Tot dan blijft alles werken." in said
            assert not [text for text in said if "voortaan in" in text]

    play_offstage(synapse, tmp_path, story)


async def about(app, settings, word):
    return next(finding for finding in await examine(app, settings, START) if word in finding.text)


def test_a_room_that_does_not_say_it_came_in_the_place_of_ours_and_a_tombstone_of_a_member_are_not_followed(synapse, tmp_path):
    async def story(town):
        sanne, wendy = await town.human("s-devries"), await town.human("w-mulder")
        room = await town.room(PAIR, sanne, wendy)
        elsewhere = (await wendy.client.room_create(invite=[town.bot_id])).room_id
        await wendy.wait_for(lambda: wendy.sees_in(elsewhere, town.bot_id))
        stone = {"body": "hierheen", "replacement_room": elsewhere}
        await wendy.send(room, stone, "m.room.tombstone")  # encrypted, so that the homeserver does not see what it is

        await sanne.say(room, f"{town.bot_name}: wie is de leerplichtambtenaar")
        await sanne.hears("Marieke Vos", room=room)
        await sanne.client.room_put_state(room, "m.room.tombstone", stone)
        await sanne.say(room, f"{town.bot_name}: wie is de afdelingsleider")

        await sanne.hears("Tim Bos", room=room)
        assert bound(town.app) == room
        settings = Settings(platforms={"matrix": town.section})
        assert not (await about(town.app, settings, "deze kamer is vervangen")).sound
        async with open_rooms(town.app, settings, START.date()) as steps:
            (follow,) = [step for step in steps if "vervangen" in step.text]
            with pytest.raises(StepFault, match="de nieuwe kamer noemt deze niet als voorganger"):
                await follow.do()
        assert bound(town.app) == room

    play(synapse, tmp_path, story)
