"""What a client of somebody else sees of the assistant: a device that can be believed, that it reads and types, that a reply is meant for it."""

import asyncio
import json

from nio import ReceiptEvent, TypingNoticeEvent
from vodozemac import Ed25519PublicKey, Ed25519Signature

from tests.matrix.bot import play, play_offstage
from tests.synapse.people import text_of

PAIR = "lindecollege-politie"


def verifies(signed, user, key):
    """Whether this key of the user really signed it, as a client checks that."""
    name, public = next(iter(key["keys"].items()))
    bare = {part: value for part, value in signed.items() if part not in {"signatures", "unsigned"}}
    what = json.dumps(bare, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    signature = Ed25519Signature.from_base64(signed["signatures"][user][name])
    Ed25519PublicKey.from_base64(public).verify_signature(what, signature)  # raises when it did not
    return True


def test_the_signatures_of_the_device_hold_for_whoever_checks_them(synapse, tmp_path):
    async def story(town):
        youssef = await town.human("y-amrani")
        path, body = "/_matrix/client/v3/keys/query", {"device_keys": {town.bot_id: []}}
        keys = await asyncio.to_thread(synapse.call, "POST", path, body, youssef.client.access_token)
        master, own = keys["master_keys"][town.bot_id], keys["self_signing_keys"][town.bot_id]
        device = keys["device_keys"][town.bot_id][town.session()["device_id"]]

        assert verifies(own, town.bot_id, master)
        assert verifies(device, town.bot_id, own)
        assert master["user_id"] == own["user_id"] == device["user_id"] == town.bot_id

    play(synapse, tmp_path, story)


def test_people_see_that_it_reads_and_types(synapse, tmp_path):
    async def story(town):
        youssef = await town.human("y-amrani")
        chat, seen = await youssef.open_chat(town.bot_id), []
        youssef.client.add_ephemeral_callback(lambda _, event: seen.append(event), (TypingNoticeEvent, ReceiptEvent))
        asked = await youssef.say(chat, "wie is onze wijkagent")
        await youssef.hears("Bel Wendy Mulder", room=chat)

        await youssef.wait_for(lambda: any(isinstance(one, TypingNoticeEvent) and town.bot_id in one.users for one in seen))

        read = await youssef.wait_for(lambda: [one for event in seen if isinstance(event, ReceiptEvent) for one in event.receipts])
        assert (read[0].user_id, read[0].event_id) == (town.bot_id, asked)

    play(synapse, tmp_path, story)


def test_where_the_settings_want_it_so_nobody_sees_that_it_reads_or_types(synapse, tmp_path):
    async def story(town):
        town.section["leesbevestigingen"] = False
        youssef, seen = await town.human("y-amrani"), []
        async with town.running():
            chat = await youssef.open_chat(town.bot_id)
            youssef.client.add_ephemeral_callback(lambda _, event: seen.append(event), (TypingNoticeEvent, ReceiptEvent))
            for question, answer in (("wie is onze wijkagent", "Bel Wendy Mulder"), ("wie is de leerplichtambtenaar", "Marieke Vos")):
                await youssef.say(chat, question)
                await youssef.hears(answer, room=chat)
            await youssef.look(wait=500)

        assert [event for event in seen if town.bot_id in str(event)] == []

    play_offstage(synapse, tmp_path, story)


def test_a_reply_to_its_message_is_meant_for_it_and_a_reply_to_another_is_not(synapse, tmp_path):
    async def story(town):
        sanne, wendy = await town.human("s-devries"), await town.human("w-mulder")
        room = await town.room(PAIR, sanne, wendy)
        theirs = await wendy.say(room, "morgen ben ik er")
        await sanne.hears("morgen ben ik er", room=room)
        await sanne.say(room, "> morgen ben ik er\n\nwie is de leerplichtambtenaar", **{"m.relates_to": {"m.in_reply_to": {"event_id": theirs}}})
        await sanne.say(room, f"{town.bot_name}: wie is onze wijkagent")
        answer = await sanne.hears("Bel Wendy Mulder", room=room)
        said = "> <@verbinder> Bel Wendy Mulder\n> wijkagent\n\nen wie is de directeur"
        asked = await sanne.say(room, said, **{"m.relates_to": {"m.in_reply_to": {"event_id": answer.event_id}}})

        second = await sanne.hears("Els Dekker", room=room)

        assert second.source["content"]["m.relates_to"]["m.in_reply_to"]["event_id"] == asked
        assert not [event for _, event in sanne.heard if "Marieke Vos" in text_of(event)]

    play(synapse, tmp_path, story)
