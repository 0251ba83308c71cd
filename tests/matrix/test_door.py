"""Who may ask the assistant in, what strangers get, and what the account looks like to others."""

from adapters.matrix.signing import is_signed
from tests.matrix.bot import play
from tests.synapse.people import text_of


def test_somebody_from_outside_is_turned_away(synapse, tmp_path):
    async def story(town):
        gast = await town.human("gast")
        made = await gast.client.room_create(is_direct=True, invite=[town.bot_id])
        await gast.wait_for(lambda: made.room_id in gast.client.rooms)

        await gast.wait_for(lambda: town.bot_id not in gast.client.rooms[made.room_id].users)

        assert not [event for _, event in gast.heard if event.sender == town.bot_id and text_of(event)]

    play(synapse, tmp_path, story)


def test_the_device_is_signed_by_its_owner_and_nobody_else_can_read_the_keys(synapse, tmp_path):
    async def story(town):
        youssef = await town.human("y-amrani")
        assert await is_signed(town.matrix.client)
        found = {path.name: path.stat().st_mode & 0o777 for path in town.keys.iterdir()}
        assert town.keys.stat().st_mode & 0o777 == 0o700
        assert set(found.values()) == {0o600}
        assert "ondertekening.json" in found
        await youssef.look()

    play(synapse, tmp_path, story)


def test_what_cannot_be_decrypted_gets_one_polite_line(synapse, tmp_path):
    async def story(town):
        youssef, chat = await town.answered("y-amrani")
        for _ in range(2):
            await youssef.send_locked_out(chat, "niemand kan dit lezen")
        await youssef.wait_for(lambda: town.unread() == 2)
        town.clock.forward(seconds=15)

        await youssef.hears("kan ik niet lezen", room=chat)

        await youssef.say(chat, "wie is de leerplichtambtenaar")
        await youssef.hears("Marieke Vos", room=chat)
        assert len([event for _, event in youssef.heard if "kan ik niet lezen" in text_of(event)]) == 1

    play(synapse, tmp_path, story)



def test_what_was_said_before_it_came_in_is_not_for_it(synapse, tmp_path):
    async def story(town):
        sanne, wendy = await town.human("s-devries"), await town.human("w-mulder")
        made = await sanne.client.room_create(invite=[wendy.id])
        room = made.room_id
        await wendy.join(room)
        await sanne.wait_for(lambda: sanne.sees_in(room, wendy.id))
        for _ in range(15):  # more than a sync brings by itself
            await sanne.say(room, f"{town.bot_name}: wie is onze wijkagent")
        await sanne.client.room_invite(room, town.bot_id)
        await sanne.wait_for(lambda: sanne.sees_in(room, town.bot_id))
        town.bind("lindecollege-politie", room)
        await sanne.say(room, f"{town.bot_name}: wie is de leerplichtambtenaar")

        await sanne.hears("Marieke Vos", room=room)

        assert not [event for _, event in sanne.heard if "Wendy Mulder" in text_of(event)]

    play(synapse, tmp_path, story)
