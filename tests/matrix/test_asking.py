"""Questions on Matrix: in a direct chat, in the room of a pair, in a thread."""

from tests.matrix.bot import play


def test_a_question_in_an_encrypted_direct_chat_is_answered_there(synapse, tmp_path):
    async def story(town):
        youssef = await town.human("y-amrani")
        chat = await youssef.open_chat(town.bot_id)
        await youssef.say(chat, "wie is onze wijkagent")

        answer = await youssef.hears("Bel Wendy Mulder, wijkagent", room=chat)

        assert answer.decrypted
        assert answer.source["content"]["m.mentions"] == {"user_ids": [youssef.id]}

    play(synapse, tmp_path, story)
