"""Under a homeserver that slows us down: what is red comes first, overviews come last, and nothing is left out or said twice."""

import asyncio
from dataclasses import replace

from tests.matrix.bot import play_offstage
from tests.synapse.people import text_of

PEOPLE = ("s-devries", "n-jansen", "w-mulder", "j-schouten")
PLANNED = """
    SELECT outbox.id, outbox.place, outbox.urgent, body ->> '$.kind' FROM outbox JOIN delivery ON delivery.message = outbox.id
    WHERE outbox.id > ? AND NOT lapsed"""
LIMIT = {"messages_per_second": 1, "burst_count": 2}


async def slow_down(town):
    """The homeserver's own limit, for the assistant alone."""
    admin = await asyncio.to_thread(town.server.register, f"beheer-{town.suffix}", admin=True)
    path = f"/_synapse/admin/v1/users/{town.bot_id}/override_ratelimit"
    await asyncio.to_thread(town.server.call, "POST", path, LIMIT, admin["access_token"])


def rows(town, query, *values):
    return town.app.store.connection.execute(query, values).fetchall()


async def a_busy_network(town):
    """Two handovers in red and two that are not, in the rooms of two pairs; everybody has a chat and is in the network's room."""
    keep = {person.id: person for person in town.network.people if person.id in PEOPLE}
    people = tuple(one if one.id in keep else replace(one, matrix=None) for one in town.network.people)
    town.app.assistant.take_network(replace(town.network, people=people))
    sanne, nadia, wendy, jasper = [await town.human(one) for one in PEOPLE]
    await town.room("lindecollege-politie", sanne, wendy)
    await town.room("de-ooievaar-politie", nadia, wendy)
    await town.room("netwerk", jasper, sanne, nadia, wendy)
    for one in (wendy, jasper):
        await one.open_chat(town.bot_id)
    for giver in (sanne, nadia):
        for phase in ("3", "1"):
            await town.offer(giver, "Wendy Mulder", phase=phase)
    return sanne, nadia, wendy, jasper


def test_red_goes_first_overviews_last_and_every_room_gets_all_of_its_own_once(synapse, tmp_path):
    async def story(town):
        async with town.running():
            humans = await a_busy_network(town)
            await slow_down(town)
            marks = {human: len(human.heard) for human in humans}
            before = rows(town, "SELECT max(id) FROM outbox")[0][0]
            town.later(hours=22, minutes=30)  # in one go: it was away for the night

            def all_sent():
                return not rows(town, "SELECT 1 FROM delivery WHERE message > ? AND state != 'sent'", before)

            await asyncio.gather(*(human.wait_for(all_sent, patience=240) for human in humans))
            await asyncio.gather(*(human.look(wait=1000) for human in humans))
            planned = rows(town, PLANNED, before)
            shown = {event.event_id: event.server_timestamp for human in humans for _, event in human.heard if text_of(event)}
            posted = {message: event for event, message in rows(town, "SELECT remote, message FROM posted WHERE kind LIKE 'm.room%'")}
            tried = rows(town, "SELECT count(*) FROM delivery WHERE message > ? AND tries > 1", before)[0][0]

            assert tried > 0  # it was told to wait
            assert rows(town, "SELECT count(*) FROM delivery WHERE state = 'failed'") == [(0,)]
            assert len(planned) > 10
            assert [one for one in planned if posted.get(one[0]) not in shown] == []
            red = [shown[posted[number]] for number, _, urgent, _ in planned if urgent]
            overviews = [shown[posted[number]] for number, _, _, kind in planned if kind == "digest"]
            assert (len(red) >= 4, len(overviews) >= 3) == (True, True)
            others = [shown[posted[number]] for number, _, urgent, kind in planned if not urgent and kind != "digest"]
            assert max(red) < min([*others, *overviews])
            said = [event for human in humans for _, event in human.heard[marks[human] :] if text_of(event) and event.sender == town.bot_id]
            anew = [event for event in said if "m.new_content" not in event.source["content"]]
            assert [text_of(event) for event in anew if event.event_id not in posted.values()] == []  # nothing that we know nothing of

    play_offstage(synapse, tmp_path, story)
