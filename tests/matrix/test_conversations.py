"""Conversations on Matrix: polls in a direct chat, reactions and numbers in a room, cards that are changed where they stand."""

from tests.matrix.bot import play
from tests.synapse.people import kind_of, options_of, text_of

POLL = "org.matrix.msc3381.poll.start"


async def vote_for(human, chat, poll, *labels, stable=False):
    known = options_of(poll)
    chosen = [next(id_ for text, id_ in known.items() if text.endswith(label)) for label in labels]
    return await human.vote(chat, poll.event_id, *chosen, stable=stable)


def test_a_quickscan_goes_by_votes_and_ends_with_the_picture(synapse, tmp_path):
    async def story(town):
        youssef = await town.human("y-amrani")
        chat = await youssef.open_chat(town.bot_id)
        await youssef.say(chat, "quickscan")
        danger = await youssef.hears("Is er nu gevaar?", kind=POLL)
        assert "1. Ja" in text_of(danger)  # a client without polls shows the choices by number
        await youssef.say(chat, "zie ik niet")
        await youssef.hears("Is er nu gevaar?", "1. Ja\n2. Nee", room=chat, kind="m.room.message")  # said again it is no second poll
        await vote_for(youssef, chat, danger, "Nee")
        where = await youssef.hears("Waar speelt het?", kind=POLL)
        await vote_for(youssef, chat, where, "Alleen op school", stable=True)
        facts = await youssef.hears("ernstige feiten", kind=POLL)
        assert facts.source["content"][POLL]["max_selections"] > 1
        await vote_for(youssef, chat, facts, "Wapenbezit, ook een mes")
        await vote_for(youssef, chat, facts, "Openlijke intimidatie")  # the last vote counts
        await vote_for(youssef, chat, facts, "Openlijke intimidatie", "Verder")
        for _ in range(12):
            page = await youssef.wait_for(lambda: last_of(youssef, chat))
            if "Stap" not in text_of(page):
                break
            await youssef.say(chat, "1" if "Hoe vaak" in text_of(page) else "geen")
            await youssef.wait_for(lambda page=page: last_of(youssef, chat) is not page)

        result = await youssef.hears("ROOD", "Openlijke intimidatie", room=chat)

        assert "Wapenbezit" not in text_of(result)
        picture = next(event for _, event in youssef.heard if event.source["content"].get("msgtype") == "m.image")
        assert picture.source["content"]["file"]["v"] == "v2"  # locked, as the room is
        assert "fase" in picture.source["content"]["body"].lower()

    play(synapse, tmp_path, story)


def test_the_agenda_comes_as_a_file_before_the_words(synapse, tmp_path):
    async def story(town):
        sanne = await town.human("s-devries")
        chat = await sanne.open_chat(town.bot_id)
        await sanne.say(chat, "stuur de agenda")

        words = await sanne.hears("Hier is de agenda van het netwerk", room=chat)
        file = next(event for _, event in sanne.heard if event.source["content"].get("msgtype") == "m.file")

        assert file.source["content"]["filename"].endswith(".ics")
        assert file.source["content"]["info"]["mimetype"] == "text/calendar"
        assert sanne.heard.index((chat, file)) < sanne.heard.index((chat, words))

    play(synapse, tmp_path, story)


def last_of(human, chat):
    said = {POLL, "m.room.message"}
    found = [event for where, event in human.heard if where == chat and kind_of(event) in said and event.sender != human.id]
    return found[-1] if found else None


def test_a_handover_in_an_encrypted_room_is_taken_by_a_reaction(synapse, tmp_path):
    async def story(town):
        sanne, wendy = await town.human("s-devries"), await town.human("w-mulder")
        room = await town.room("lindecollege-politie", sanne, wendy)
        await town.offer(sanne, "Wendy Mulder")
        card = await wendy.hears("Sanne de Vries vraagt Wendy Mulder", "1. Neem over", room=room)
        assert card.source["content"]["m.mentions"] == {"user_ids": [wendy.id]}
        first = await wendy.hears_reaction(card.event_id, "1\ufe0f\u20e3")
        assert first.sender == town.bot_id
        tap = await wendy.react(room, card.event_id, "1\ufe0f\u20e3")

        await sanne.hears("Ligt nu bij Wendy Mulder", room=room)

        edited = await wendy.hears("Ligt nu bij Wendy Mulder", room=room)
        assert edited.source["content"]["m.relates_to"] == {"rel_type": "m.replace", "event_id": card.event_id}
        await wendy.take_back(room, tap)
        await sanne.hears("Ligt bij Sanne de Vries tot iemand het overneemt", room=room, after=sanne.last("Ligt nu bij Wendy Mulder"))

    play(synapse, tmp_path, story)


def test_a_handover_is_taken_by_answering_its_card_with_a_number(synapse, tmp_path):
    async def story(town):
        sanne, wendy = await town.human("s-devries"), await town.human("w-mulder")
        room = await town.room("lindecollege-politie", sanne, wendy)
        await town.offer(sanne, "Wendy Mulder")
        card = await wendy.hears("1. Neem over", room=room)
        answer = {"msgtype": "m.text", "body": "3", "m.relates_to": {"m.in_reply_to": {"event_id": card.event_id}}}
        await wendy.send(room, answer)

        await sanne.hears("Ligt nu bij Wendy Mulder: komt langs", room=room)
        assert town.app.store.connection.execute("SELECT state, holder FROM handover").fetchall() == [("accepted", "w-mulder")]

    play(synapse, tmp_path, story)


def test_a_handover_that_nobody_takes_is_said_again_and_then_goes_up(synapse, tmp_path):
    async def story(town):
        sanne, wendy = await town.human("s-devries"), await town.human("w-mulder")
        ahmed = await town.human("a-vanleeuwen")
        room = await town.room("lindecollege-politie", sanne, wendy)
        await town.offer(sanne, "Wendy Mulder", phase="3")
        card = await wendy.hears("1. Neem over", room=room)
        behind = wendy.last("1. Neem over")
        town.later(minutes=35)

        again = await wendy.hears("Bel nu", room=room, after=behind)

        assert "m.relates_to" not in again.source["content"]  # anew: an edit would call nobody
        assert wendy.id in again.source["content"]["m.mentions"]["user_ids"]
        old = await wendy.hears("nieuwer bericht", room=room)
        assert old.source["content"]["m.relates_to"] == {"rel_type": "m.replace", "event_id": card.event_id}
        town.later(minutes=30)
        chat = await ahmed.join_when_asked()  # the deputy never spoke to the assistant before
        higher = await ahmed.hears("Jij vervangt Wendy Mulder", room=chat)
        assert higher.decrypted

    play(synapse, tmp_path, story)
