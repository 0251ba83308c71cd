"""The assistant in Slack, from a message in a direct chat to its answer, over a real server that speaks Slack's protocol."""

import asyncio

from tests.slack_talk import workspace


def test_a_question_in_a_direct_chat_is_answered_there():
    async def story():
        async with workspace() as world:
            youssef = world.person("y-amrani")
            await youssef.says("wie is onze wijkagent")
            heard = await youssef.answer()

            assert heard.startswith("Bel Wendy Mulder, wijkagent")
            assert "06-55500112" in heard.splitlines()
            assert len(world.server.sockets.acked) == 1

    asyncio.run(story())
