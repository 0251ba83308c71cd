"""Commands and shortcuts in Slack: answered in private, about the place in which they were used."""

import asyncio

import pytest

from tests.slack_server.people import Person
from tests.slack_server.text import shown
from tests.slack_talk import workspace


def played(story, **options):
    async def play():
        async with workspace(**options) as world:
            await story(world)

    asyncio.run(play())


def inside(world, person_id, *koppels):
    """Somebody of the network, as a member of the channels of these pairs."""
    person = world.person(person_id)
    for koppel in koppels:
        world.channel(koppel).members.add(person.user)
    return person


LINDE, BRUG = "lindecollege-politie", "roc-de-brug-politie"



@pytest.mark.parametrize(("command", "text", "begins"), [
    ("/wie", "onze wijkagent", "Bel Wendy Mulder"),
    ("/verbinder", "wie is onze wijkagent", "Bel Wendy Mulder"),
])  # fmt: skip
def test_a_command_is_answered_in_the_direct_chat_wherever_it_is_typed(command, text, begins):
    async def story(world):
        sanne, channel = world.person("s-devries"), world.channel("lindecollege-politie")
        told = await sanne.commands(command, text, channel)

        assert told == {"text": "Ik antwoord in je privéchat."}
        assert (await sanne.answer()).startswith(begins)
        assert sanne.heard(channel) == []

    played(story)


def test_a_command_in_our_own_chat_is_just_answered_and_in_that_with_a_colleague_it_is_said_where_the_answer_is():
    async def story(world):
        youssef = world.person("y-amrani")
        colleague = world.space.add_channel("D0COLLEGA", "", {youssef.user, "U0TIM"}, is_im=True)
        await youssef.says("help")
        await youssef.answer()
        here = await youssef.commands("/wie", "onze wijkagent")
        await youssef.answer(2)
        there = await youssef.commands("/wie", "onze wijkagent", colleague)
        await youssef.answer(3)

        assert (here, there) == (None, {"text": "Ik antwoord in je privéchat."})

    played(story)


@pytest.mark.parametrize("way", ["command", "shortcut"])
def test_a_handover_is_begun_by_command_or_shortcut(way):
    async def story(world):
        sanne = world.person("s-devries")
        await (sanne.commands("/overdracht") if way == "command" else sanne.shortcut("nieuwe_overdracht"))

        assert "Aan wie" in await sanne.answer()

    played(story)


def test_a_handover_is_begun_by_command_to_whoever_is_named_after_it():
    async def story(world):
        sanne = world.person("s-devries")
        await sanne.commands("/overdracht", "aan Wendy Mulder")

        assert "Aan wie" not in await sanne.answer()

    played(story)


def test_a_command_without_a_question_tells_what_can_be_asked():
    async def story(world):
        youssef = world.person("y-amrani")
        await youssef.commands("/wie")

        assert "wijkagent" in await youssef.answer()

    played(story)


@pytest.mark.parametrize(("koppel", "begins"), [(LINDE, "Bel Wendy Mulder, wijkagent"), (BRUG, "Bel Ahmed van Leeuwen, wijkagent")])
def test_a_command_in_the_channel_of_a_pair_is_about_the_school_of_that_channel(koppel, begins):
    async def story(world):
        jasper, channel = inside(world, "j-schouten", koppel), world.channel(koppel)
        await jasper.commands("/wie", "onze wijkagent", channel)

        assert (await jasper.answer()).startswith(begins)
        assert jasper.heard(channel) == []

    played(story)


def test_what_goes_on_from_a_command_is_about_the_same_school():
    async def story(world):
        jasper = inside(world, "j-schouten", LINDE, BRUG)
        await jasper.commands("/wie", "onze wijkagent", world.channel(BRUG))
        await jasper.answer()
        await jasper.says("en de mentor?")
        assert (await jasper.answer(2)).startswith("Bel Onur Yılmaz, mentor")
        await jasper.commands("/wie", "onze wijkagent", world.channel(LINDE))
        await jasper.answer(3)
        await jasper.says("en de mentor?")

        assert (await jasper.answer(4)).startswith("Bel Youssef Amrani, mentor")

    played(story)


def test_in_a_message_of_the_pair_the_shortcut_proposes_who_is_in_that_pair():
    async def story(world):
        jasper, channel = inside(world, "j-schouten", BRUG), world.channel(BRUG)
        message = await jasper.says("hier moet iemand iets mee", channel)
        await jasper.shortcut("draag_over", message, channel)

        assert "Dion Pinas" in await jasper.answer()

    played(story)


def test_a_scan_on_the_form_of_a_command_names_who_looks_for_the_school_of_that_channel():
    async def story(world):
        jasper = inside(world, "j-schouten", BRUG)
        await jasper.commands("/quickscan", "", world.channel(BRUG))
        await jasper.form()
        await jasper.fills_in("Ja", "Alleen op school")
        heard = await jasper.answer()

        assert "112" in heard.splitlines()[0]
        assert "Dion Pinas" in heard

    played(story)


def test_what_is_open_is_asked_by_command_for_the_pair_of_that_channel_and_told_in_private():
    async def story(world):
        sanne, channel = world.person("s-devries"), world.channel(LINDE)
        await sanne.commands("/verbinder", "wat staat er open", channel)

        assert (await sanne.answer()).startswith("Open bij het koppel van Lindecollege")
        assert sanne.heard(channel) == []

    played(story)


def test_whoever_the_network_does_not_know_is_recognised_by_their_address_after_a_command_as_well():
    async def story(world):
        world.space.add_user("U0BART", "Bart S.", "b.smit@lindecollege.example")
        bart = Person(world.server, "U0BART")
        await bart.commands("/wie", "onze wijkagent")

        assert "Ben jij Bart Smit?" in await bart.answer(2)
        assert not any("Wendy" in shown(message) for message in bart.heard())

    played(story)
