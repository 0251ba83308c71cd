"""Questions on Matrix: in a direct chat, in the room of a pair, in a thread; what is heard, and what is not."""

from tests.matrix.bot import play
from tests.synapse.people import text_of

POLICE = "wie is onze wijkagent"


def test_a_question_in_an_encrypted_direct_chat_is_answered_there(synapse, tmp_path):
    async def story(town):
        youssef = await town.human("y-amrani")
        chat = await youssef.open_chat(town.bot_id)
        await youssef.say(chat, POLICE)

        answer = await youssef.hears("Bel Wendy Mulder, wijkagent", "06-55500112", room=chat)

        assert answer.decrypted
        assert answer.source["content"]["m.mentions"] == {"user_ids": [youssef.id]}
        assert "<strong>Bel Wendy Mulder, wijkagent</strong>" in answer.source["content"]["formatted_body"]

    play(synapse, tmp_path, story)


def test_what_is_said_at_once_to_a_bot_that_is_still_coming_in_is_answered(synapse, tmp_path):
    async def story(town):
        youssef = await town.human("y-amrani")
        made = await youssef.client.room_create(is_direct=True, invite=[town.bot_id])
        await youssef.wait_for(lambda: made.room_id in youssef.client.rooms)
        await youssef.say(made.room_id, POLICE)

        answer = await youssef.hears("Bel Wendy Mulder", room=made.room_id)

        assert (answer.sender, "06-55500112" in text_of(answer)) == (town.bot_id, True)

    play(synapse, tmp_path, story)


def test_in_the_room_of_a_pair_it_speaks_when_called_and_answers_the_question_itself(synapse, tmp_path):
    async def story(town):
        sanne, wendy = await town.human("s-devries"), await town.human("w-mulder")
        room = await town.room("lindecollege-politie", sanne, wendy)
        await sanne.say(room, "ik ben er morgen niet")
        asked = await sanne.say(room, f"{town.bot_name}: {POLICE}")

        answer = await wendy.hears("Bel Wendy Mulder", room=room)

        assert answer.source["content"]["m.relates_to"] == {"m.in_reply_to": {"event_id": asked}}
        pill = await wendy.say(room, "Verbinder wie is de leerplichtambtenaar", **{"m.mentions": {"user_ids": [town.bot_id]}})
        second = await sanne.hears("Marieke Vos", room=room)
        assert second.source["content"]["m.relates_to"] == {"m.in_reply_to": {"event_id": pill}}
        assert len([event for where, event in wendy.heard if where == room and event.sender == town.bot_id]) == 2

    play(synapse, tmp_path, story)


def test_a_question_in_a_thread_is_answered_in_that_thread(synapse, tmp_path):
    async def story(town):
        sanne, wendy = await town.human("s-devries"), await town.human("w-mulder")
        room = await town.room("lindecollege-politie", sanne, wendy)
        root = await wendy.say(room, "over morgen")
        await sanne.hears("over morgen")
        await sanne.reply_in_thread(room, root, f"@{town.bot_name} {POLICE}")

        answer = await wendy.hears("Bel Wendy Mulder", room=room)

        relation = answer.source["content"]["m.relates_to"]
        assert (relation["rel_type"], relation["event_id"]) == ("m.thread", root)

    play(synapse, tmp_path, story)


def test_what_is_chosen_in_a_thread_by_a_reaction_or_a_number_is_answered_in_that_thread(synapse, tmp_path):
    async def story(town):
        sanne, wendy = await town.human("s-devries"), await town.human("w-mulder")
        room = await town.room("lindecollege-politie", sanne, wendy)
        root = await wendy.say(room, "over morgen")
        await sanne.hears("over morgen")
        await sanne.reply_in_thread(room, root, f"@{town.bot_name} wat doet halt")
        asked = await sanne.hears("Wat is Halt en wat doet Halt?", room=room)
        await sanne.react(room, asked.event_id, "1\ufe0f\u20e3")

        answer = await wendy.hears("Halt geeft", room=room)

        assert answer.source["content"]["m.relates_to"]["event_id"] == root

        await sanne.reply_in_thread(room, root, "wat doet halt", last=answer.event_id)
        await sanne.reply_in_thread(room, root, f"@{town.bot_name} wat doet halt")
        again = await wendy.hears("Wat is Halt en wat doet Halt?", room=room, after=len(wendy.heard))
        await sanne.reply_in_thread(room, root, "1", last=again.event_id)
        typed = await wendy.hears("Halt geeft", room=room, after=wendy.last("Wat is Halt"))
        assert typed.source["content"]["m.relates_to"]["event_id"] == root

    play(synapse, tmp_path, story)


def test_a_changed_question_changes_its_answer(synapse, tmp_path):
    async def story(town):
        youssef = await town.human("y-amrani")
        chat = await youssef.open_chat(town.bot_id)
        asked = await youssef.say(chat, POLICE)
        first = await youssef.hears("Bel Wendy Mulder", room=chat)
        await youssef.edit(chat, asked, "wie is de leerplichtambtenaar")

        changed = await youssef.hears("Marieke Vos", room=chat)

        relation = changed.source["content"]["m.relates_to"]
        assert relation == {"rel_type": "m.replace", "event_id": first.event_id}
        assert changed.source["content"]["body"].startswith("* ")

    play(synapse, tmp_path, story)


def test_other_bots_and_our_own_words_are_not_answered(synapse, tmp_path):
    async def story(town):
        youssef = await town.human("y-amrani")
        chat = await youssef.open_chat(town.bot_id)
        await youssef.send(chat, {"msgtype": "m.notice", "body": POLICE})
        await youssef.say(chat, "wie is de leerplichtambtenaar")

        await youssef.hears("Marieke Vos", room=chat)

        assert not [event for _, event in youssef.heard if "Wendy" in text_of(event)]

    play(synapse, tmp_path, story)


def test_what_a_sloppy_client_writes_around_a_question_does_not_silence_it(synapse, tmp_path):
    around = (
        {"m.relates_to": None}, {"m.mentions": []}, {"m.mentions": {"user_ids": None}}, {"m.relates_to": {"m.in_reply_to": None}},
    )  # fmt: skip

    async def story(town):
        youssef = await town.human("y-amrani")
        chat = await youssef.open_chat(town.bot_id)
        for more in around:
            await youssef.say(chat, POLICE, **more)

        await youssef.wait_for(lambda: sum("Wendy Mulder" in text_of(event) for _, event in youssef.heard) == len(around))

        said = [text_of(event) for where, event in youssef.heard if where == chat and event.sender == town.bot_id]
        assert [one.splitlines()[0] for one in said if one] == ["Bel Wendy Mulder, wijkagent"] * 4

    play(synapse, tmp_path, story)


def test_a_stranger_in_the_room_gets_no_numbers_and_the_asker_gets_them_in_private(synapse, tmp_path):
    async def story(town):
        sanne, wendy, gast = await town.human("s-devries"), await town.human("w-mulder"), await town.human("gast")
        room = await town.room("lindecollege-politie", sanne, wendy, gast)
        chat = await sanne.open_chat(town.bot_id)
        await sanne.say(room, f"{town.bot_name}: {POLICE}")

        await sanne.hears("06-55500112", room=chat)
        public = await gast.hears("Wendy Mulder", room=room)

        assert "06-55500112" not in text_of(public)
        before = len(gast.heard)
        await gast.say(room, f"{town.bot_name}: wie is de leerplichtambtenaar")
        refused = await gast.hears("netwerk", room=room, after=before)
        assert "Marieke" not in text_of(refused)

    play(synapse, tmp_path, story)
