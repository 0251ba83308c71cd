"""When the homeserver says to wait, what is red goes on, and overviews never come all at once."""

import asyncio
from datetime import timedelta

import pytest

from adapters.matrix.pace import Pace
from adapters.port import TryLater
from bot.messages import Line, Reply


def reply(kind, *, urgent=False):
    return Reply(kind, (Line("x"),), urgent=urgent)


def in_a_loop(what):
    async def run():
        what()

    asyncio.run(run())


def test_while_it_has_to_wait_only_what_is_urgent_goes():
    def look():
        pace = Pace()
        assert pace.told_to_wait(20_000) == timedelta(seconds=20)
        with pytest.raises(TryLater):
            pace.ask(reply("contact"))
        pace.ask(reply("reminder", urgent=True))
        pace.ask(reply("urgent"))

    in_a_loop(look)


def test_one_overview_at_a_time():
    def look():
        pace = Pace()
        pace.ask(reply("digest"))
        with pytest.raises(TryLater) as later:
            pace.ask(reply("digest"))
        assert timedelta(0) < later.value.after <= timedelta(seconds=2)
        pace.ask(reply("contact"))

    in_a_loop(look)


def test_a_homeserver_that_names_no_time_gets_a_few_seconds_and_one_that_names_hours_gets_ten_minutes():
    def look():
        assert Pace().told_to_wait(None) == timedelta(seconds=5)
        assert Pace().told_to_wait(10**9) == timedelta(minutes=10)

    in_a_loop(look)
