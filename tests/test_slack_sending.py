"""What goes out to Slack arrives once, whatever Slack or this machine does: counted at the server."""

import asyncio
import json
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from bot.messages import Line, Reply
from tests.slack_server.text import shown
from tests.slack_talk import Clock, workspace


def played(story, **options):
    async def play():
        async with workspace(**options) as world:
            await story(world)

    asyncio.run(play())


class Ticking(Clock):
    """A clock that runs a hundred times as fast, so that nobody waits long for a second try, and nothing comes late."""

    def __init__(self):
        super().__init__()
        self.began = None

    def __call__(self):
        loop = asyncio.get_running_loop()
        self.began = self.began or loop.time()
        return self.at + timedelta(seconds=(loop.time() - self.began) * 100)


def plan(world, key, place, text, **more):
    """Something that the assistant says by itself."""
    reply = Reply("announcement", (Line(text),), **more)
    with world.app.store.transaction():
        world.app.store.outbox.say(key, place, None, world.clock(), reply, world.app.routes.to(place, world.network))
    world.service.ring()


def stand(world, koppel="lindecollege-politie"):
    """What stands in a channel, oldest first."""
    return [shown(message) for message in world.channel(koppel).messages]


async def until_said(world, count, koppel="lindecollege-politie"):
    await world.server.until(lambda: len(stand(world, koppel)) >= count)
    await until_done(world)


async def until_done(world):
    left = "SELECT count(*) FROM delivery WHERE state NOT IN ('sent', 'failed')"
    await world.server.until(lambda: world.app.store.connection.execute(left).fetchone() == (0,))


ONCE = ["een", "twee", "drie"]


@pytest.mark.parametrize("fault", [
    {"status": 500}, {"status": 503}, {"cut": True}, {"status": 429, "retry_after": 2},
    {"status": 500, "after": True}, {"cut": True, "after": True},
], ids=["500", "503", "cut", "429", "500 after it was posted", "cut after it was posted"])  # fmt: skip
def test_whatever_goes_wrong_with_a_post_it_stands_there_once_and_in_order(fault):
    async def story(world):
        world.server.fail("chat.postMessage", times=2, **fault)
        for text in ONCE:
            plan(world, text, "lindecollege-politie", text)
        await until_said(world, 3)

        assert stand(world) == ONCE

    played(story, clock=Ticking())


def test_after_an_answer_that_got_lost_slack_is_asked_before_anything_is_sent_again():
    async def story(world):
        world.server.fail("chat.postMessage", cut=True, after=True)
        plan(world, "k", "lindecollege-politie", "een")
        await until_said(world, 1)
        called = [method for method, _ in world.server.calls if method in {"chat.postMessage", "conversations.history"}]

        assert called == ["chat.postMessage", "conversations.history"]
        assert stand(world) == ["een"]

    played(story, clock=Ticking())


def test_an_answer_that_does_not_come_in_time_counts_as_unknown_and_slack_is_asked():
    async def story(world):
        await world.start(patience=1)
        world.server.fail("chat.postMessage", after=True, hold=asyncio.Event())
        plan(world, "k", "lindecollege-politie", "een")
        await until_said(world, 1)

        assert stand(world) == ["een"]
        assert (world.count("chat.postMessage"), world.count("conversations.history")) == (1, 1)

    played(story, clock=Ticking(), start=False)


@pytest.mark.parametrize("in_thread", [False, True], ids=["channel", "thread"])
def test_a_message_that_arrived_is_found_again_under_a_hundred_and_fifty_others(in_thread):
    async def story(world):
        sanne, channel = world.person("s-devries"), world.channel("lindecollege-politie")
        await world.start(patience=1)
        thread = (await sanne.says("even iets", channel))["ts"] if in_thread else None
        for number in range(150 if in_thread else 0):
            await sanne.says(f"regel {number}", channel, thread)
        world.clock.at = datetime.now(UTC)
        world.server.fail("chat.postMessage", after=True, hold=asyncio.Event())
        await sanne.says(f"<@{world.space.installed.bot_user}> wie is onze wijkagent", channel, thread)
        await sanne.answer(1, channel)
        for number in range(0 if in_thread else 150):
            await sanne.says(f"regel {number}", channel)
        await until_unsure(world)
        await until_done(world)

        assert len(sanne.heard(channel)) == 1

    played(story, start=False)


def test_a_file_that_arrived_is_not_put_there_again_though_an_older_one_has_the_same_name():
    async def story(world):
        await world.start(patience=1)
        youssef = world.person("y-amrani")
        for number in (1, 2):
            world.clock.at = datetime.now(UTC)
            if number == 2:
                world.server.fail("chat.postMessage", after=True, hold=asyncio.Event())
            await youssef.says("stuur de agenda")
            await youssef.answer(number * 2)
        await until_unsure(world)
        await until_done(world)

        assert sum("files" in message for message in youssef.heard()) == 2
        assert len(youssef.heard()) == 4

    played(story, start=False)


async def until_unsure(world):
    """Until it is known that nobody knows whether a message arrived; then the clock goes on to when that is looked into."""
    waits = "SELECT count(*) FROM delivery WHERE not_before IS NOT NULL"
    await world.server.until(lambda: world.app.store.connection.execute(waits).fetchone() == (1,))
    world.clock.at += timedelta(seconds=10)
    world.service.ring()


def test_the_key_of_a_message_stands_in_its_metadata_in_a_form_that_says_nothing():
    async def story(world):
        plan(world, "reminder/BLAUWE-OTTER/1", "lindecollege-politie", "een")
        await until_said(world, 1)
        metadata = world.channel("lindecollege-politie").messages[0]["metadata"]

        assert "OTTER" not in str(metadata)
        assert len(metadata["event_payload"]["key"]) == 32

    played(story)


def test_a_storm_of_refusals_during_the_digest_loses_nothing_doubles_nothing_and_holds_no_danger_up():
    async def story(world):
        youssef = world.person("y-amrani")
        pairs = ("lindecollege-politie", "roc-de-brug-politie")
        world.server.fail("chat.postMessage", times=12, status=429, retry_after=3, only=lambda args: str(args["channel"]).startswith("C0"))
        for number in range(10):
            for pair in pairs:
                plan(world, f"{pair}/{number}", pair, f"overzicht {number}")
        await youssef.says("er staat hier iemand met een mes")
        assert "112" in await youssef.answer()
        for pair in pairs:
            await until_said(world, 10, pair)

        assert [stand(world, pair) for pair in pairs] == [[f"overzicht {number}" for number in range(10)]] * 2

    played(story, clock=Ticking())


def test_messages_in_one_channel_lie_as_far_apart_as_slack_asks():
    async def story(world):
        await world.start(apart=0.3)
        for number in range(4):
            plan(world, f"k{number}", "lindecollege-politie", f"regel {number}")
        await until_said(world, 4)

        assert world.server.refused["chat.postMessage", "ratelimited"] == 0

    played(story, pace=0.1, start=False)


def test_a_long_message_comes_in_parts_and_is_found_again_part_by_part():
    text = "\n".join(f"{number}. {'woord ' * 40}einde" for number in range(120))

    async def story(world):
        world.server.fail("chat.postMessage", cut=True, after=True, only=lambda args: len(stand(world)) == 1)
        reply = Reply("announcement", tuple(Line(line) for line in text.split("\n")))
        with world.app.store.transaction():
            world.app.store.outbox.say("lang", "lindecollege-politie", None, world.clock(), reply, ("slack",))
        world.service.ring()
        await until_done(world)

        whole = "\n".join(stand(world)) == text  # not compared by the assertion: the difference would fill pages
        assert whole
        assert Counter(method for method, _ in world.server.calls)["chat.postMessage"] == len(stand(world)) > 1

    played(story, clock=Ticking())


def test_told_to_wait_while_it_looks_for_what_may_have_arrived_it_looks_again_and_posts_nothing_twice():
    async def story(world):
        world.server.fail("chat.postMessage", cut=True, after=True)
        world.server.fail("conversations.history", status=429)
        plan(world, "k", "lindecollege-politie", "een")
        await until_said(world, 1)

        assert world.count("conversations.history") == 2
        assert stand(world) == ["een"]

    played(story, clock=Ticking())


def test_told_to_wait_between_the_parts_of_a_long_message_it_goes_on_after_what_stands_there():
    async def story(world):
        world.server.fail("chat.postMessage", status=429, only=lambda args: len(stand(world)) == 1)
        reply = Reply("announcement", tuple(Line(f"{number}. {'woord ' * 40}") for number in range(120)))
        with world.app.store.transaction():
            world.app.store.outbox.say("lang", "lindecollege-politie", None, world.clock(), reply, ("slack",))
        world.service.ring()
        await until_done(world)

        assert len(set(stand(world))) == len(stand(world)) > 1

    played(story, clock=Ticking())


def test_told_to_wait_after_a_file_it_puts_the_file_there_once():
    async def story(world):
        youssef = world.person("y-amrani")
        world.server.fail("chat.postMessage", status=429)
        await youssef.says("stuur de agenda")
        await youssef.answer(2)

        assert sum("files" in message for message in youssef.heard()) == 1

    played(story, clock=Ticking())


# What is changed


def card(world, key, text, place="lindecollege-politie", **more):
    plan(world, key, place, text, card="BLAUWE-OTTER/stand", **more)


def test_a_card_that_changes_is_edited_where_it_stands_and_keeps_its_controls():
    async def story(world):
        from bot.messages import Option

        card(world, "k1", "aangeboden", options=(Option("neem-over", "Neem over"),))
        await until_said(world, 1)
        card(world, "k2", "overgenomen door Wendy", options=(Option("toch-niet", "Toch niet"),))
        await world.server.until(lambda: world.count("chat.update"))
        (message,) = world.channel("lindecollege-politie").messages

        assert shown(message).startswith("overgenomen")
        assert message["blocks"][-1]["elements"][0]["text"]["text"] == "Toch niet"

    played(story)


def test_a_card_that_somebody_threw_away_is_posted_again_and_then_changed_there():
    async def story(world):
        card(world, "k1", "aangeboden")
        await until_said(world, 1)
        world.channel("lindecollege-politie").messages.clear()
        card(world, "k2", "overgenomen")
        await until_said(world, 1)
        card(world, "k3", "gesloten")
        await until_done(world)

        assert stand(world) == ["gesloten"]

    played(story)


@pytest.mark.parametrize(("thrown_away", "left"), [(False, ["gewist"]), (True, [])])
def test_what_is_erased_becomes_one_line_without_its_other_parts_and_is_not_posted_again(thrown_away, left):
    async def story(world):
        lines = tuple(Line(f"{number}. {'woord ' * 30}") for number in range(60))
        for key, said, data in (("k1", lines, {}), ("k2", (Line("gewist"),), {"lapsed": True, "erased": True})):
            with world.app.store.transaction():
                reply = Reply("handover", said, data=data, card="BLAUWE-OTTER/stand")
                world.app.store.outbox.say(key, "lindecollege-politie", None, world.clock(), reply, ("slack",))
            world.service.ring()
            await until_done(world)
            if thrown_away and key == "k1":
                world.channel("lindecollege-politie").messages.clear()

        assert stand(world) == left

    played(story)


def test_what_has_become_longer_than_one_message_is_posted_anew_and_then_changed_there():
    def long(word):
        return "\n".join(f"{number}. {word} {'woord ' * 30}" for number in range(60))

    async def story(world):
        card(world, "k1", "kort")
        await until_said(world, 1)
        for key, word in (("k2", "lang"), ("k3", "anders")):
            reply = Reply("announcement", tuple(Line(line) for line in long(word).split("\n")), card="BLAUWE-OTTER/stand")
            with world.app.store.transaction():
                world.app.store.outbox.say(key, "lindecollege-politie", None, world.clock(), reply, ("slack",))
            world.service.ring()
            await until_done(world)
        old, *new = stand(world)

        assert old == "Hiervan staat onderaan een nieuwer bericht."
        assert "\n".join(new).count("anders") == 60
        assert len(new) == 2

    played(story)


def test_a_change_with_a_lost_answer_is_made_again_and_nothing_is_posted():
    async def story(world):
        card(world, "k1", "aangeboden")
        await until_said(world, 1)
        world.server.fail("chat.update", cut=True)
        card(world, "k2", "overgenomen")
        await until_done(world)

        assert stand(world) == ["overgenomen"]

    played(story, clock=Ticking())


# What Slack will never take


def test_what_slack_will_never_take_is_given_up_and_kept_to_be_seen_while_the_rest_goes_on():
    async def story(world):
        world.channel("lindecollege-politie").members.discard(world.space.installed.bot_user)
        plan(world, "k1", "lindecollege-politie", "een")
        plan(world, "k2", "roc-de-brug-politie", "twee")
        await until_said(world, 1, "roc-de-brug-politie")
        rows = world.app.store.connection.execute("SELECT state, fault FROM delivery ORDER BY message").fetchall()

        assert rows == [("failed", "chat.postMessage: channel_not_found"), ("sent", None)]

    played(story)


def test_what_an_administrator_has_closed_for_a_while_is_kept_until_it_is_open_again():
    async def story(world):
        world.server.fail("chat.postMessage", garbage=json.dumps({"ok": False, "error": "ekm_access_denied"}))
        plan(world, "k1", "lindecollege-politie", "een")
        await until_said(world, 1)

        assert stand(world) == ["een"]

    played(story, clock=Ticking())


def test_what_waits_for_somebody_without_an_account_is_no_trouble_for_others():
    async def story(world):
        plan(world, "k1", "dm:b-smit", "een")
        plan(world, "k2", "lindecollege-politie", "twee")
        await until_said(world, 1)

        assert stand(world) == ["twee"]

    played(story)
