"""Long lists in Slack: a sheet at a time, and nothing on them is out of reach."""

import asyncio

from bot.messages import Line, Option, Reply
from tests.slack_server.people import labels
from tests.slack_server.text import shown
from tests.slack_talk import workspace


def played(story):
    async def play():
        async with workspace() as world:
            await story(world)

    asyncio.run(play())


async def offered(world, options, **more):
    """Says something with these options to Youssef; the message as he has it."""
    youssef = world.person("y-amrani")
    lines = (Line("Welke bedoel je?", "headline"),)
    with world.app.store.transaction():
        world.app.store.outbox.say("lijst", "dm:y-amrani", "y-amrani", world.clock(), Reply("choice", lines, options, **more), ("slack",))
    world.service.ring()
    await youssef.answer()
    return youssef


def topics(world, count):
    found = list(world.app.assistant.world.library.topics.values())[:count]
    return tuple(Option(f"topic:{one.id}", one.title[:40]) for one in found)


def kept(world):
    """What is heard from now on."""
    heard, receive = [], world.app.store.receive

    def receive_and_keep(inbound):
        heard.append(inbound)
        return receive(inbound)

    world.app.store.receive = receive_and_keep
    return heard


async def turned(world, person, label):
    count = world.count("chat.update")
    await person.presses(label)
    await world.server.until(lambda: world.count("chat.update") > count)


def test_what_stands_on_the_second_sheet_of_a_list_can_be_chosen():
    async def story(world):
        options = topics(world, 230)
        youssef = await offered(world, options)
        assert labels(youssef.heard()[-1]["blocks"])[-1] == "Volgende (51–100)"
        await turned(world, youssef, "Volgende")
        assert labels(youssef.heard()[-1]["blocks"])[-2:] == ["Vorige (1–50)", "Volgende (101–150)"]
        assert shown(youssef.heard()[-1]) == "Welke bedoel je?"
        await youssef.presses(f"90. {options[89].label}")
        await youssef.answer(2)

        last = world.app.store.outbox.last_said_to("dm:y-amrani", "y-amrani")
        assert f"topic:{last.reply.data['topic']}" == options[89].id

    played(story)


def test_what_stands_on_another_sheet_can_be_typed_by_its_number():
    async def story(world):
        options = topics(world, 230)
        youssef = await offered(world, options)
        await youssef.says("150")
        await youssef.answer(2)

        last = world.app.store.outbox.last_said_to("dm:y-amrani", "y-amrani")
        assert f"topic:{last.reply.data['topic']}" == options[149].id

    played(story)


def test_ticks_stay_when_a_sheet_is_turned_and_all_of_them_are_sent_in_together():
    async def story(world):
        options = tuple(Option(f"f{number}", f"Feit {number}", selected=number == 130) for number in range(1, 131))
        youssef = await offered(world, (*options, Option("verder", "Verder")), multiple=True)
        heard = kept(world)
        await youssef.ticks("7. Feit 7")
        await turned(world, youssef, "Volgende (51–100)")
        await youssef.ticks("71. Feit 71")
        await turned(world, youssef, "Vorige (1–50)")
        await turned(world, youssef, "Volgende (51–100)")
        await youssef.presses("Verder")
        await world.server.until(lambda: heard)

        assert [sorted(one.options) for one in heard] == [["f130", "f7", "f71"]]

    played(story)


def test_turning_a_sheet_is_no_answer():
    async def story(world):
        youssef = await offered(world, topics(world, 130))
        heard = kept(world)
        await turned(world, youssef, "Volgende")

        assert (heard, len(youssef.heard())) == ([], 1)

    played(story)
