"""What people said on Slack while the assistant was away for long is read back when it is there again, and answered once."""

import asyncio
from datetime import timedelta

from adapters.slack.missed import AWAY
from adapters.slack.sockets import Ears
from bot.duties import done_until, mark_done
from tests.slack_talk import real_clock, workspace

SEEN = "gezien/slack"


def played(story, **options):
    async def play():
        async with workspace(clock=real_clock, ack_seconds=1.0, **options) as world:
            await story(world)

    asyncio.run(play())


async def back(world, **more):
    await asyncio.sleep(1.0)  # longer than this Slack tries again
    await world.start(asked_apart=0.0, **more)


async def goes_away(world, minutes):
    """Once all is brought, the assistant stops; it was last there so many minutes ago."""
    waits = "SELECT count(*) FROM delivery WHERE state IN ('pending', 'sending', 'unsure')"
    while world.app.store.connection.execute(waits).fetchone()[0]:  # noqa: ASYNC110 - the database tells it
        await asyncio.sleep(0.02)
    await world.stop()
    with world.app.store.transaction():
        mark_done(world.app.store.connection, SEEN, real_clock() - timedelta(minutes=minutes))


async def read_back(world):
    await world.server.until(lambda: world.count("conversations.history") and not done_until(world.app.store.connection, AWAY))


def test_what_was_asked_in_a_direct_chat_in_a_channel_and_in_a_thread_is_answered_once():
    async def story(world):
        youssef, sanne, linde = world.person("y-amrani"), world.person("s-devries"), world.channel("lindecollege-politie")
        bot = world.space.installed.bot_user
        await youssef.says("wat is doelbinding")
        await youssef.answer()
        root = await sanne.says(f"<@{bot}> wat is doelbinding", linde)
        await sanne.answer(channel=linde)
        answered = sanne.heard(linde)[-1]
        await goes_away(world, minutes=10)
        await youssef.says("wat is een koppel")
        await sanne.says(f"<@{bot}> wat is een zorgmelding", linde)
        await sanne.says("wat is een mdo", linde, thread=answered["ts"])
        await back(world)

        assert (await youssef.answer(2)).startswith("Een koppel is een school")
        await sanne.answer(3, linde)
        await read_back(world)
        assert (len(youssef.heard()), len(sanne.heard(linde)), root["user"]) == (2, 3, sanne.user)

    played(story)


def test_who_was_away_for_less_than_a_minute_asks_nothing():
    async def story(world):
        youssef = world.person("y-amrani")
        await goes_away(world, minutes=0.5)
        await back(world)
        await youssef.says("help")
        await youssef.answer()

        assert world.count("conversations.history") == 0

    played(story)


def test_somebody_who_never_spoke_before_is_heard_as_well():
    async def story(world):
        await goes_away(world, minutes=200)
        wendy = world.person("w-mulder")
        await wendy.says("wat is doelbinding")
        await back(world)

        assert (await wendy.answer()).startswith("Wat is doelbinding?")

    played(story)


def test_after_a_connection_that_was_gone_for_long_is_read_back_without_a_new_start():
    async def story(world):
        passed = [0.0]
        await world.stop()
        ears = Ears(lambda: asyncio.get_running_loop().time() + passed[0])
        await world.start(asked_apart=0.0, ears=ears)
        youssef = world.person("y-amrani")
        world.server.fail("apps.connections.open", times=1, status=503)
        world.server.sockets.cut()
        await world.server.until(lambda: not world.server.sockets.open)
        passed[0] = 400.0
        await youssef.says("wat is doelbinding")

        assert (await youssef.answer()).startswith("Wat is doelbinding?")
        await read_back(world)
        assert len(youssef.heard()) == 1

    played(story)


def test_when_slack_falters_or_the_reading_is_broken_off_it_is_done_all_the_same():
    async def story(world):
        youssef = world.person("y-amrani")
        await goes_away(world, minutes=30)
        await youssef.says("wat is doelbinding")
        world.server.fail("conversations.history", times=1, status=429, retry_after=0)
        await back(world)
        await world.server.until(lambda: world.count("conversations.history"))
        await world.stop()
        await back(world)

        assert (await youssef.answer()).startswith("Wat is doelbinding?")
        await read_back(world)
        assert len(youssef.heard()) == 1

    played(story)


def test_what_was_said_in_a_thread_of_ours_that_began_long_before_is_read_back_and_no_thread_is_asked_after_without_need():
    async def story(world):
        sanne, linde, shift = world.person("s-devries"), world.channel("lindecollege-politie"), [timedelta(0)]
        world.clock = lambda: real_clock() + shift[0]
        bot = world.space.installed.bot_user
        await sanne.says(f"<@{bot}> wat is doelbinding", linde)
        await sanne.answer(channel=linde)
        answered = sanne.heard(linde)[-1]
        for number in range(110):
            world.server.post(linde, sanne.user, {"text": f"bericht {number}"})
        await goes_away(world, minutes=-10)  # as long as from now on everything is half an hour later
        shift[0] = timedelta(minutes=30)
        world.space.passes(minutes=30)
        await sanne.says("wat is een mdo", linde, thread=answered["ts"])
        await back(world)

        await sanne.answer(2, linde)
        await read_back(world)
        asked = [(arguments["channel"], arguments["ts"]) for method, arguments in world.server.calls if method == "conversations.replies"]
        assert asked == [(linde.id, answered["ts"])]

    played(story)
