"""What is red goes first, overviews never come all at once, and under a homeserver that slows us down one goes after the other."""

import asyncio
from datetime import timedelta

import pytest

from adapters.matrix.pace import Pace
from adapters.port import TryLater
from bot.messages import Line, Reply

RED = Reply("reminder", (Line("rood"),), urgent=True)
ANSWER, OVERVIEW = Reply("contact", (Line("antwoord"),)), Reply("digest", (Line("overzicht"),))


class Door:
    """Brings one thing after another, and notes what was there at the same time."""

    def __init__(self, pace):
        self.pace, self.order, self.inside, self.most = pace, [], 0, 0

    async def bring(self, reply, *, until=None):
        async with self.pace.turn(reply):
            self.inside += 1
            self.most = max(self.most, self.inside)
            self.order.append(reply.text)
            await (until.wait() if until else asyncio.sleep(0))
            self.inside -= 1


def played(story, **more):
    async def run():
        await story(Door(Pace(**more)))

    asyncio.run(run())


def test_as_long_as_nobody_slows_us_down_all_go_at_the_same_time():
    async def story(door):
        await asyncio.gather(*(door.bring(ANSWER) for _ in range(5)))

        assert door.most == 5

    played(story)


def test_what_is_red_is_out_before_the_rest_begins():
    async def story(door):
        done = asyncio.Event()
        red = asyncio.create_task(door.bring(RED, until=done))
        rest = [asyncio.create_task(door.bring(ANSWER)) for _ in range(3)]
        await asyncio.sleep(0.01)
        assert door.order == ["rood"]
        done.set()
        await asyncio.gather(red, *rest)

        assert door.order == ["rood", "antwoord", "antwoord", "antwoord"]

    played(story)


def test_after_a_word_to_wait_one_goes_at_a_time_red_first_and_overviews_last():
    async def story(door):
        door.pace.told_to_wait(30)
        await asyncio.gather(*(door.bring(one) for one in (OVERVIEW, ANSWER, OVERVIEW, RED, ANSWER)))

        assert door.order == ["rood", "antwoord", "antwoord", "overzicht", "overzicht"]
        assert door.most == 1
        assert not door.pace.slow  # the queue is empty: all as usual

    played(story, overviews_apart=0)


def test_red_that_was_refused_and_comes_back_a_moment_later_still_goes_before_the_rest():
    async def story(door):
        async def refused():
            async with door.pace.turn(RED):
                raise TryLater(door.pace.told_to_wait(20))

        with pytest.raises(TryLater):
            await refused()
        rest = asyncio.create_task(door.bring(ANSWER))
        await asyncio.sleep(0.05)  # the outbox takes it up again a little after the homeserver would have it
        await asyncio.gather(door.bring(RED), rest)

        assert door.order == ["rood", "antwoord"]

    played(story)


def test_one_overview_after_the_other():
    async def story(door):
        first, second = (asyncio.create_task(door.bring(OVERVIEW)) for _ in range(2))
        await first
        await door.bring(ANSWER)
        assert not second.done()
        assert door.order == ["overzicht", "antwoord"]
        second.cancel()

    played(story)


def test_who_gives_up_waiting_holds_up_nobody():
    async def story(door):
        never = asyncio.Event()
        red = asyncio.create_task(door.bring(RED, until=never))
        await asyncio.sleep(0)
        answer = asyncio.create_task(door.bring(ANSWER))
        await asyncio.sleep(0)
        red.cancel()
        await answer

        assert door.order == ["rood", "antwoord"]

    played(story)


def test_a_homeserver_that_names_no_time_gets_a_few_seconds_and_one_that_names_hours_gets_ten_minutes():
    async def story(door):
        assert door.pace.told_to_wait(None) == timedelta(seconds=5)
        assert door.pace.told_to_wait(10**9) == timedelta(minutes=10)

    played(story)
