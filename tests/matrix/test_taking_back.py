"""What people take back or do by mistake: a question, a vote, a reaction that means nothing here."""

from tests.matrix.bot import play
from tests.matrix.test_conversations import POLL, vote_for
from tests.synapse.people import text_of

PAIR = "lindecollege-politie"


def test_a_question_that_is_taken_away_takes_its_answer_with_it(synapse, tmp_path):
    async def story(town):
        youssef, sanne = await town.human("y-amrani"), await town.human("s-devries")
        chat = await youssef.open_chat(town.bot_id)
        asked = await youssef.say(chat, "wie is onze wijkagent")
        answer = await youssef.hears("Bel Wendy Mulder", room=chat)
        await youssef.take_back(chat, asked)

        gone = await youssef.hears("De vraag is weggehaald", room=chat)

        assert gone.source["content"]["m.relates_to"] == {"rel_type": "m.replace", "event_id": answer.event_id}
        room = await town.room(PAIR, sanne, await town.human("w-mulder"))
        asked = await sanne.say(room, f"{town.bot_name}: wie is onze wijkagent")
        await sanne.hears("Bel Wendy Mulder", room=room)
        await sanne.client.room_redact(room, asked)
        await sanne.hears("De vraag is weggehaald", room=room)

    play(synapse, tmp_path, story)


def votes(town):
    return town.app.store.connection.execute("SELECT count(*) FROM vote").fetchone()[0]


def test_ticks_that_are_taken_away_count_no_more(synapse, tmp_path):
    async def story(town):
        youssef = await town.human("y-amrani")
        chat = await youssef.open_chat(town.bot_id)
        await youssef.say(chat, "quickscan")
        await vote_for(youssef, chat, await youssef.hears("Is er nu gevaar?", kind=POLL), "Nee")
        await vote_for(youssef, chat, await youssef.hears("Waar speelt het?", kind=POLL), "Alleen op school")
        facts = await youssef.hears("ernstige feiten", kind=POLL)
        vote = await vote_for(youssef, chat, facts, "Wapenbezit, ook een mes")
        await youssef.wait_for(lambda: votes(town) == 1)
        await youssef.take_back(chat, vote)
        await youssef.wait_for(lambda: votes(town) == 0)
        await youssef.say(chat, "verder")

        await youssef.hears("andere feiten of overtredingen", room=chat)

        kept = town.app.store.connection.execute("SELECT answers FROM conversation").fetchone()[0]
        assert "wapen" not in kept

    play(synapse, tmp_path, story)


def test_a_vote_that_is_taken_away_or_emptied_is_asked_again_and_a_moderator_takes_a_question_away_with_its_answer(synapse, tmp_path):
    async def story(town):
        youssef, sanne = await town.human("y-amrani"), await town.human("s-devries")
        chat = await youssef.open_chat(town.bot_id)
        await youssef.say(chat, "quickscan")
        danger = await youssef.hears("Is er nu gevaar?", kind=POLL)
        vote = await vote_for(youssef, chat, danger, "Nee")
        await youssef.hears("Waar speelt het?", kind=POLL)
        await youssef.take_back(chat, vote)
        await youssef.hears("Je antwoord is weg", room=chat)
        behind = youssef.last("Waar speelt het?")
        await vote_for(youssef, chat, danger, "Nee")
        await youssef.hears("Waar speelt het?", room=chat, after=behind, kind=POLL)
        behind = youssef.last("Waar speelt het?")
        await youssef.vote(chat, danger.event_id)

        await youssef.hears("Je antwoord is weg", room=chat, after=behind)

        room = await town.room(PAIR, sanne, youssef)
        asked = await youssef.say(room, f"{town.bot_name}: wie is onze wijkagent")
        await youssef.hears("Bel Wendy Mulder", room=room)
        await sanne.client.room_redact(room, asked)
        gone = await youssef.hears("De vraag is weggehaald", room=room)
        assert gone.source["content"]["m.relates_to"]["rel_type"] == "m.replace"  # in the place of the answer

    play(synapse, tmp_path, story)


def test_a_thumb_under_a_handover_takes_nothing_over_and_that_is_said_once_in_private(synapse, tmp_path):
    async def story(town):
        sanne, wendy = await town.human("s-devries"), await town.human("w-mulder")
        room = await town.room(PAIR, sanne, wendy)
        chat = await wendy.open_chat(town.bot_id)
        await town.offer(sanne, "Wendy Mulder")
        card = await wendy.hears("1. Neem over", room=room)
        for sign in ("👍", "✅", "@room", "👍🏽"):
            await wendy.react(room, card.event_id, sign)

        await wendy.hears("neem je niets over", room=chat)

        await wendy.say(chat, "wie is de leerplichtambtenaar")
        await wendy.hears("Marieke Vos", room=chat)
        assert len([event for _, event in wendy.heard if "neem je niets over" in text_of(event)]) == 1
        assert not [event for _, event in sanne.heard if "Ligt nu bij Wendy" in text_of(event)]
        await wendy.react(room, card.event_id, "1\ufe0f\u20e3")
        await sanne.hears("Ligt nu bij Wendy Mulder", room=room)

    play(synapse, tmp_path, story)


def test_a_thumb_under_an_answer_is_thanks_and_nothing_else(synapse, tmp_path):
    async def story(town):
        youssef = await town.human("y-amrani")
        chat = await youssef.open_chat(town.bot_id)
        await youssef.say(chat, "wat is een convenant")
        await youssef.say(chat, "wie is onze wijkagent")
        contact = await youssef.hears("Bel Wendy Mulder", room=chat)
        await youssef.react(chat, contact.event_id, "👍")
        await youssef.say(chat, "wie is de leerplichtambtenaar")

        await youssef.hears("Marieke Vos", room=chat)

        said = [text_of(event) for where, event in youssef.heard if where == chat and text_of(event)]
        assert not [text for text in said if "reactie" in text]

    play(synapse, tmp_path, story)
