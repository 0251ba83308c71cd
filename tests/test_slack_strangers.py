"""Somebody in the workspace who is not in the network tries all that Slack offers: they get no name, number or address of anybody."""

import asyncio
import json

import pytest

from tests.slack_server.people import Person, elements, labels
from tests.slack_talk import workspace
from tests.test_access import ASKED, DETAILS, NAMES
from tests.test_slack_home import offer

MORE = ("stuur de agenda als bestand", "laat de fasekaart zien", "jaarevaluatie", "ABCD-EFGH")
LEFT = "SELECT 1 FROM delivery WHERE state IN ('pending', 'sending')"


async def everything(world, stranger, channel, card):
    """All that can be typed, pressed, ticked, filled in or opened, in each place where they are."""
    me = f"<@{world.space.installed.bot_user}>"
    await stranger.opens_home()
    for text in (*ASKED, *MORE):
        await stranger.says(text)
        await stranger.says(f"{me} {text}", channel)
        await stranger.says(f"{me} {text}", channel, thread=card["ts"])
        for command in ("/wie", "/verbinder", "/overdracht"):
            await stranger.commands(command, text, channel)
    for name in ("one", "two", "+1", "white_check_mark", "eyes"):
        await stranger.reacts(card, name, channel)
        await stranger.takes_back(card, name, channel)
    for command in world.space.installed.commands:
        await stranger.commands(command)
    await stranger.shortcut("draag_over", card, channel)
    for shortcut in ("nieuwe_overdracht", "quickscan"):
        await stranger.shortcut(shortcut)
    for where in (channel, stranger.direct):
        for message in [one for one in where.messages if one.get("bot_id")]:
            for label in labels(message.get("blocks", [])):
                if any(element["type"] == "button" and element["text"]["text"] == label for _, element in elements(message["blocks"])):
                    await stranger.presses(label, message, where)
    said = await stranger.says("wie is onze wijkagent")
    await stranger.corrects(said, "nummer van Wendy Mulder")
    await stranger.throws_away(said)


@pytest.mark.parametrize("guest", [False, True])
def test_whatever_a_stranger_does_nothing_that_the_app_sends_names_anybody_or_holds_a_number(guest):
    async def story():
        async with workspace() as world:
            sanne, me = world.person("s-devries"), world.space.installed.bot_user
            channel = await offer(world)
            await sanne.says("wie is onze wijkagent")
            await sanne.says(f"<@{me}> wie werkt er bij politie lindewaard", channel)
            await world.server.until(lambda: len(channel.messages) > 2)
            world.space.add_user("U0VREEMD", "Vreemde", "vreemde@elders.example", guest=guest)
            stranger, before = Person(world.server, "U0VREEMD"), len(world.server.calls)
            channel.members.add(stranger.user)
            await everything(world, stranger, channel, channel.messages[0])
            await world.server.until(lambda: not world.app.store.connection.execute(LEFT).fetchone(), 60)
            answers = [one for kept in world.space.response_urls.values() for one in kept["answers"]]
            coordinator = world.space.direct_channel("U0JASPER").id  # hears who knocks
            sent = [args for method, args in world.server.calls[before:] if method.startswith(("chat.", "views.", "files."))]
            return [one for one in sent if one.get("channel") != coordinator] + answers, world.app.store.failures()

    sent, failures = asyncio.run(story())
    shown = [json.dumps(one, ensure_ascii=False).replace("U0VREEMD", "") for one in sent]

    assert len(shown) > 100
    assert [one for one in shown if DETAILS.search(one) or NAMES.search(one)] == []
    assert failures == []
