"""The stories of `tests/stories/beide`: a pair that is on Matrix and on Slack."""

import asyncio

import pytest

from tests.both.driver import Both, TwoTowns
from tests.stories.player import FOLDER, play

STORIES = sorted((FOLDER / "beide").glob("*.txt"))


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_the_story_goes_on_both_platforms_as_it_is_written(homeserver, tmp_path, path):
    async def story():
        driver = Both(TwoTowns(homeserver, tmp_path))
        try:
            await play(path.read_text(encoding="utf-8"), driver)
        finally:
            await driver.end()
            await driver.town.leave()

    asyncio.run(story())
