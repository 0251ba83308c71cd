"""The stories of `tests/stories`, on Slack: the same that are played without a platform and on a real homeserver."""

import asyncio

import pytest

from tests.slack_driver import SlackStory
from tests.stories.player import STORIES, play


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_the_story_goes_on_slack_as_it_is_written(tmp_path, path):
    async def all_of_it():
        driver = SlackStory(tmp_path / "verbinder.db")
        try:
            await play(path.read_text(encoding="utf-8"), driver)
        finally:
            await driver.end()

    asyncio.run(all_of_it())
