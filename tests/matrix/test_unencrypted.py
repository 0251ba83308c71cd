"""Rooms that are not encrypted: no handover is begun there, and none stands there, unless the settings allow it."""

from adapters.matrix.care import examine
from bot.settings import Settings
from tests.matrix.bot import START, play, play_offstage
from tests.synapse.people import text_of

PAIR = "lindecollege-politie"


def in_room(human, room, town):
    return [text_of(event) for where, event in human.heard if where == room and event.sender == town.bot_id]


def test_a_handover_begun_in_a_room_without_encryption_is_refused_with_a_way_on(synapse, tmp_path):
    async def story(town):
        sanne, wendy = await town.human("s-devries"), await town.human("w-mulder")
        room = await town.room(PAIR, sanne, wendy, encrypted=False)
        await sanne.say(room, f"{town.bot_name}: draag dit over aan Wendy Mulder")

        await sanne.hears("niet versleuteld", "begin ik hier geen overdracht", "privéchat", room=room)

        chat = await sanne.join_when_asked()
        await sanne.hears("Hier kun je overdragen", room=chat)
        assert sanne.client.rooms[chat].encrypted

    play(synapse, tmp_path, story)


def test_a_handover_begun_in_a_direct_chat_without_encryption_goes_on_in_one_that_has_it(synapse, tmp_path):
    async def story(town):
        sanne = await town.human("s-devries")
        plain = await sanne.open_chat(town.bot_id, encrypted=False)
        await sanne.say(plain, "overdracht")
        await sanne.hears("niet versleuteld", "begin ik hier geen overdracht", room=plain)

        chat = await sanne.join_when_asked()
        await sanne.hears("Hier kun je overdragen", room=chat)
        await sanne.settle(chat, town.bot_id)
        await sanne.say(chat, "overdracht")

        await sanne.hears("Aan wie", room=chat)
        await sanne.say(plain, "Wendy Mulder")  # nor does it go on there
        await sanne.hears("begin ik hier geen overdracht", room=plain, after=sanne.last("Aan wie"))
        await sanne.say(chat, "stop")
        await sanne.hears("Ik bewaar er niets van", room=chat)
        await sanne.say(plain, "wie is onze wijkagent")  # of the rest one can talk in the open
        await sanne.hears("Bel Wendy Mulder", room=plain)
        assert not [text for text in in_room(sanne, plain, town) if "Aan wie" in text]

    play(synapse, tmp_path, story)


def test_a_handover_to_a_pair_with_a_room_without_encryption_is_said_to_both_in_private(synapse, tmp_path):
    async def story(town):
        sanne, wendy = await town.human("s-devries"), await town.human("w-mulder")
        room = await town.room(PAIR, sanne, wendy, encrypted=False)
        own = await wendy.open_chat(town.bot_id)
        chat = await town.offer(sanne, "Wendy Mulder")
        await sanne.hears("in een privébericht", "niet versleuteld", room=chat)

        card = await wendy.hears("Sanne de Vries vraagt Wendy Mulder", "1. Neem over", room=own)
        await wendy.react(own, card.event_id, "1\ufe0f\u20e3")

        await sanne.hears("Ligt nu bij Wendy Mulder", room=chat)
        await sanne.say(room, f"{town.bot_name}: wat staat er open")
        await sanne.hears("niet versleuteld", "privéchat", room=room)
        assert not [text for text in in_room(wendy, room, town) if "-" in text.split(" ")[0] or "vraagt" in text]

    play(synapse, tmp_path, story)


def test_where_the_settings_allow_it_a_handover_stands_in_the_open_and_doctor_calls_that_weaker(synapse, tmp_path):
    async def story(town):
        town.section["onversleuteld-overdragen"] = True
        sanne, wendy = await town.human("s-devries"), await town.human("w-mulder")
        async with town.running():
            room = await town.room(PAIR, sanne, wendy, encrypted=False)
            await town.offer(sanne, "Wendy Mulder")
            await wendy.hears("Sanne de Vries vraagt Wendy Mulder", room=room)

            found = await examine(town.app, Settings(platforms={"matrix": town.section}), START)

        weaker = next(one for one in found if "niet versleuteld is" in one.text)
        assert not weaker.sound
        assert "onversleuteld-overdragen" in weaker.advice

    play_offstage(synapse, tmp_path, story)
