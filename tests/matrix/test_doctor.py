"""What `verbinder doctor` sees of a homeserver and its rooms, and what it advises."""

import asyncio
from datetime import timedelta

from adapters.matrix.care import examine
from bot.settings import Settings
from tests.matrix.bot import play

PAIR = "lindecollege-politie"


async def seen(town, now=None):
    found = await examine(town.app, Settings(platforms={"matrix": town.section}), now or await asyncio.to_thread(real_now))
    return {finding.text: finding for finding in found}


def real_now():
    from bot.clock import now

    return now()


def about(found, *words):
    return next(finding for text, finding in found.items() if all(word in text for word in words))


def test_clock_versions_device_and_how_long_a_room_keeps_things_are_named(synapse, tmp_path):
    async def story(town):
        sanne, wendy = await town.human("s-devries"), await town.human("w-mulder")
        room = await town.room(PAIR, sanne, wendy)
        now = await asyncio.to_thread(real_now)

        found = await seen(town, now)

        assert about(found, "antwoordt, met versies tot v1.").sound
        assert about(found, "klok loopt gelijk").sound
        assert about(found, f"Aangemeld als {town.bot_id}").sound
        assert about(found, "Het apparaat is ondertekend").sound
        assert about(found, "Lindecollege en Politie", "m.room.retention").sound
        assert not about(found, "Lindecollege en Politie", "er is iets te doen").sound  # not as `rooms` would have it
        late = await seen(town, now + timedelta(minutes=5))
        assert "Zet de tijd" in about(late, "klok scheelt").advice
        await sanne.client.room_put_state(room, "m.room.retention", {"max_lifetime": 90 * 86_400_000})
        assert about(await seen(town), "bewaart berichten 90 dagen; volgens het convenant mag 365").sound
        await sanne.client.room_put_state(room, "m.room.retention", {"max_lifetime": 400 * 86_400_000})
        longer = about(await seen(town), "bewaart berichten 400 dagen, langer dan")
        assert (longer.sound, "m.room.retention" in longer.advice) == (False, True)

    play(synapse, tmp_path, story)


def test_the_limit_on_messages_is_seen_by_who_may_and_named(synapse, tmp_path):
    async def story(town):
        assert about(await seen(town), "rem", "alleen een beheerder").sound
        admin = (await asyncio.to_thread(synapse.register, f"beheer-{town.suffix}", admin=True))["access_token"]
        user = f"/_synapse/admin/v2/users/{town.bot_id}"
        await asyncio.to_thread(synapse.call, "PUT", user, {"admin": True}, admin)
        slowed = about(await seen(town), "remt")
        assert (slowed.sound, "override_ratelimit" in slowed.advice) == (False, True)
        path = f"/_synapse/admin/v1/users/{town.bot_id}/override_ratelimit"
        await asyncio.to_thread(synapse.call, "POST", path, {"messages_per_second": 0, "burst_count": 0}, admin)

        assert about(await seen(town), "geen rem").sound

    play(synapse, tmp_path, story)
