"""What Slack delivers is handled once, whatever happens to the connection: repeated, cut, deaf, two at once, or over HTTP."""

import asyncio
import socket
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from adapters.joining import Joining
from adapters.platforms import connected
from adapters.slack.call import Revoked
from adapters.slack.sockets import Ears
from bot.private_file import write_private
from bot.service import Service
from bot.settings import Settings
from tests.slack_server.signed import SignedRequests
from tests.slack_talk import workspace


def played(story, **options):
    async def play():
        async with workspace(**options) as world:
            await story(world)

    asyncio.run(play())


def inbox(world):
    return world.app.store.connection.execute("SELECT count(*) FROM inbox").fetchone()[0]


async def settled(world):
    """Until everything that was delivered has been acknowledged, as far as it ever will be."""
    await world.server.until(lambda: {one["envelope_id"] for one in world.server.sockets.sent} <= set(world.server.sockets.acked))


def test_the_same_envelope_three_times_is_one_message():
    async def story(world):
        world.server.sockets.copies = 3
        youssef = world.person("y-amrani")
        await youssef.says("wie is onze wijkagent")
        await youssef.answer()
        await settled(world)

        assert (inbox(world), len(youssef.heard())) == (1, 1)
        assert len(world.server.sockets.acked) >= 3

    played(story)


def test_an_acknowledgement_that_got_lost_brings_the_message_again_and_it_is_still_one():
    async def story(world):
        world.server.sockets.ignore_acks = 2
        youssef = world.person("y-amrani")
        await youssef.says("wie is onze wijkagent")
        await youssef.answer()
        await world.server.until(lambda: any(one.get("retry_attempt") for one in world.server.sockets.sent))
        await settled_after_retries(world)

        assert (inbox(world), len(youssef.heard())) == (1, 1)

    played(story, ack_seconds=0.2)


async def settled_after_retries(world):
    await world.server.until(lambda: len(world.server.sockets.acked) >= 2)


def test_nothing_is_acknowledged_before_it_is_safe_and_what_could_not_be_kept_comes_again():
    async def story(world):
        store, receive, failures = world.app.store, world.app.store.receive, []

        def full(inbound):
            if not failures:
                failures.append(inbound.id)
                raise OSError("disk full")
            return receive(inbound)

        store.receive = full
        youssef = world.person("y-amrani")
        await youssef.says("wie is onze wijkagent")
        await youssef.answer()

        first = world.server.sockets.sent[0]["envelope_id"]
        assert failures
        assert first not in world.server.sockets.acked
        assert (inbox(world), len(youssef.heard())) == (1, 1)

    played(story, ack_seconds=0.2)


def test_a_message_is_not_lost_because_slack_cannot_say_who_we_are():
    async def story(world):
        world.server.fail("auth.test", times=3)
        youssef = world.person("y-amrani")
        await youssef.says("wie is onze wijkagent")
        await youssef.answer()

        assert world.count("auth.test") == 1  # that of the start

    played(story)


def test_a_second_press_on_the_same_button_is_another_choice_but_the_same_press_twice_is_not():
    async def story(world):
        youssef = world.person("y-amrani")
        await youssef.says("quickscan")
        await youssef.answer()
        world.server.sockets.copies = 2
        await youssef.presses("Nee")
        await youssef.answer(2)
        await settled(world)

        assert len(youssef.heard()) == 2

    played(story)


def test_after_the_connection_is_cut_a_new_one_brings_what_was_said_meanwhile():
    async def story(world):
        youssef = world.person("y-amrani")
        world.server.sockets.cut()
        await world.server.until(lambda: not world.server.sockets.open)
        await youssef.says("wie is onze wijkagent")
        await youssef.answer()

        assert world.server.sockets.opened == 2
        assert len(youssef.heard()) == 1

    played(story, retry_delays=(0.5,) * 40, ack_seconds=1.0)


@pytest.mark.parametrize("how", [{"status": 503}, {"garbage": "{"}, {"garbage": "[]"}, {"cut": True}])
def test_whatever_slack_answers_to_a_new_connection_it_is_asked_again_until_there_is_one(how):
    async def story(world):
        world.server.fail("apps.connections.open", times=2, **how)
        world.server.sockets.cut()
        youssef = world.person("y-amrani")
        await youssef.says("wie is onze wijkagent")

        assert (await youssef.answer()).startswith("Bel Wendy Mulder")
        assert not world.running.done()

    played(story, ack_seconds=0.5, retry_delays=(0.3,) * 100)


def test_a_warning_that_the_connection_will_close_opens_another_and_nothing_is_missed():
    async def story(world):
        youssef = world.person("y-amrani")
        await world.server.sockets.warn()
        await youssef.says("wie is onze wijkagent")
        await world.server.until(lambda: world.server.sockets.opened == 2)
        await youssef.says("help")
        await youssef.answer(2)

        assert inbox(world) == 2

    played(story, retry_delays=(0.2,) * 20, ack_seconds=0.5)


def test_a_connection_that_lives_but_hears_nothing_is_noticed_and_renewed():
    async def story(world):
        ears = Ears(asyncio.get_running_loop().time, echo=0.3, silent=600)
        await world.start(ears=ears)
        youssef = world.person("y-amrani")
        await youssef.says("wie is onze wijkagent")
        await youssef.answer()
        await world.server.until(lambda: ears.heard == 3)  # hello, the question, and the answer that comes back
        await settled(world)
        world.server.sockets.deafen()
        with world.app.store.transaction():  # something of its own that should come back to it
            from bot.messages import Line, Reply

            world.app.store.outbox.say("k", "lindecollege-politie", None, world.clock(), Reply("announcement", (Line("hallo"),)), ("slack",))
        world.service.ring()
        await world.server.until(lambda: world.server.sockets.opened == 2)
        await youssef.says("help")

        assert (await youssef.answer(2)).startswith("Ik ben Verbinder.")

    played(story, start=False, retry_delays=(0.2,) * 30, ack_seconds=0.3)


def test_a_connection_that_was_silent_for_long_is_renewed():
    async def story(world):
        await world.start(ears=Ears(asyncio.get_running_loop().time, silent=0.2))
        await world.server.until(lambda: world.server.sockets.opened >= 2)

        assert not world.running.done()

    played(story, start=False)


def test_two_of_us_at_once_answer_once():
    async def story(world):
        from adapters.slack.run import Slack

        second = Slack(world.app, world.access(), world.clock, apart=0.0)
        await world.start(adapters=())
        listening = asyncio.ensure_future(second.listen(world.service.receive))
        await world.server.until(lambda: len(world.server.sockets.open) == 2)
        world.server.sockets.copies = 2  # one to each
        youssef = world.person("y-amrani")
        for number, text in enumerate(("wie is onze wijkagent", "help", "wie is de directeur"), start=1):
            await youssef.says(text)
            await youssef.answer(number)
        await settled(world)
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)

        assert (inbox(world), len(youssef.heard())) == (3, 3)

    played(story, start=False)


def test_messages_of_one_person_are_handled_in_the_order_in_which_they_came():
    async def story(world):
        youssef = world.person("y-amrani")
        for said in ("quickscan", "nee", "1", "geen", "geen"):
            await youssef.says(said)
        await youssef.answer(5)
        answers = world.app.store.connection.execute("SELECT answers FROM conversation").fetchone()[0]

        assert list(__import__("json").loads(answers)) == ["context", "feiten", "gevaar", "grens"]

    played(story)


def test_a_form_that_was_sent_in_while_the_connection_fell_away_can_be_sent_in_again_and_counts_once():
    async def story(world):
        youssef = world.person("y-amrani")
        await youssef.commands("/quickscan")
        await youssef.form()
        world.server.sockets.ignore_acks = 1  # it came in, and nobody heard
        with pytest.raises(TimeoutError):
            await youssef.fills_in("Nee", "Alleen op school", "Spijbelt soms", "Eenmalig")
        world.server.sockets.cut()
        await world.server.until(lambda: world.server.sockets.opened == 2)
        await youssef.fills_in("Nee", "Alleen op school", "Spijbelt soms", "Eenmalig")
        while world.server.form_of(youssef.user) is not None:
            await youssef.fills_in()
        await youssef.answer()

        assert world.app.store.connection.execute("SELECT count(*) FROM conversation").fetchone() == (1,)
        assert len(youssef.heard()) == 1

    played(story, ack_seconds=1.0)


# Tokens


@pytest.mark.parametrize("token", ["xoxb-test", "xapp-test"])
def test_a_token_that_is_no_good_any_more_ends_the_service_and_says_what_to_do(token):
    async def story(world):
        world.space.tokens[token].revoked = True
        await world.start()
        with pytest.raises(Revoked, match="token"):
            await world.running

    played(story, start=False)


def test_a_token_that_is_revoked_while_we_run_ends_the_service_and_what_was_to_be_said_is_kept():
    async def story(world):
        youssef = world.person("y-amrani")
        await youssef.says("wie is onze wijkagent")
        await youssef.answer()
        world.space.tokens["xoxb-test"].revoked = True
        await youssef.says("help")
        with pytest.raises(Revoked, match="token"):
            await world.running
        assert len(youssef.heard()) == 1
        world.space.tokens["xoxb-test"].revoked = False
        world.clock.at += timedelta(minutes=10)
        await world.start()
        await youssef.answer(2)

    played(story)


def test_with_a_new_token_in_the_file_it_goes_on_without_a_new_start_while_another_platform_runs(tmp_path, monkeypatch):
    keys = tmp_path / "slack.geheim"

    def hand_over(token, server):
        write_private(keys, f"VERBINDER_SLACK_BOT_TOKEN={token}\nVERBINDER_SLACK_APP_TOKEN=xapp-test\nVERBINDER_SLACK_API={server.api_url}\n")

    class Elsewhere:
        name = "elders"

        async def listen(self, receive):
            await asyncio.Event().wait()

    async def story(world):
        tokens, youssef = world.space.tokens, world.person("y-amrani")
        hand_over("xoxb-test", world.server)
        monkeypatch.setenv("VERBINDER_SLACK_FILE", str(keys))
        async with AsyncExitStack() as stack:
            slack = Joining("slack", partial(connected, "slack", world.app, Settings(), world.clock), stack)
            service = Service(world.app, [slack, Elsewhere()], world.clock, knocks_every=0.1, settled=0.2)
            world.running = asyncio.ensure_future(service.run())
            await world.server.until(lambda: world.server.sockets.open)
            tokens["xoxb-nieuw"] = replace(tokens["xoxb-test"])
            tokens["xoxb-test"].revoked = True
            await youssef.says("help")
            known = len(world.server.calls)
            await world.server.until(lambda: ("auth.test", {}) in world.server.calls[known:])
            write_private(keys, "half")
            await asyncio.sleep(0.3)
            world.clock.at += timedelta(minutes=10)
            hand_over("xoxb-nieuw", world.server)
            answer = await youssef.answer()

            assert (answer.startswith("Ik ben Verbinder"), len(youssef.heard()), world.running.done()) == (True, 1, False)
            await world.stop()

    played(story, start=False, platforms=("slack", "elders"))


# HTTP


@pytest.fixture
def port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def over_http(port):
    def decorate(story):
        async def with_requests(world):
            access = world.access_http(port)
            address = f"http://127.0.0.1:{port}/slack/events"
            world.server.signed = SignedRequests(world.server, address, "geheim")
            await world.start(access=access)
            await world.reachable(port)
            await story(world)

        return with_requests

    return decorate


def test_over_http_a_signed_message_is_answered_and_a_repeated_one_is_the_same_message(port):
    @over_http(port)
    async def story(world):
        youssef = world.person("y-amrani")
        await youssef.says("wie is onze wijkagent")
        await youssef.answer()
        event = world.server.payloads.event_callback(world.server.payloads.message(youssef.direct, youssef.direct.messages[0]))
        assert (await world.server.signed.request("events_api", event, attempt=1))[0] == 200

        assert (inbox(world), len(youssef.heard())) == (1, 1)

    played(story, start=False)


@pytest.mark.parametrize("forged", [{"secret": "ander"}, {"age": 600}], ids=["another secret", "ten minutes old"])
def test_over_http_what_slack_did_not_sign_just_now_is_refused(port, forged):
    @over_http(port)
    async def story(world):
        youssef = world.person("y-amrani")
        message = {"type": "message", "user": youssef.user, "text": "help", "ts": world.space.next_ts(), "team": "T0VERBINDER"}
        event = world.server.payloads.event_callback(world.server.payloads.message(youssef.direct, message))
        status, _ = await world.server.signed.request("events_api", event, **forged)

        assert (status, inbox(world)) == (401, 0)

    played(story, start=False)


def test_over_http_slack_finds_out_whose_address_it_is(port):
    @over_http(port)
    async def story(world):
        asked = {"type": "url_verification", "token": "verification-token-is-deprecated", "challenge": "3eZbrw1aB"}
        status, body = await world.server.signed.request("events_api", asked)

        assert (status, "3eZbrw1aB" in body) == (200, True)

    played(story, start=False)


def test_over_http_a_form_with_a_fault_comes_back_with_the_fault(port):
    @over_http(port)
    async def story(world):
        youssef = world.person("y-amrani")
        await youssef.commands("/quickscan")
        await youssef.form()

        assert await youssef.fills_in("Nee", "Alleen op school", "Wapenbezit", ("grens", "Weet ik niet")) == {
            "grens": "Kruis vakjes aan, of alleen Weet ik niet."
        }

    played(story, start=False)
