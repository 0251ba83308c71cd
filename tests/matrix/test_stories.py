"""The stories of `tests/stories`, on a real homeserver."""

import pytest

from tests.matrix.bot import play_offstage
from tests.matrix.driver import Matrix
from tests.stories.player import STORIES, play


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_the_story_goes_on_matrix_as_it_is_written(homeserver, tmp_path, path):
    async def story(town):
        driver = Matrix(town)
        try:
            await play(path.read_text(encoding="utf-8"), driver)
        finally:
            await driver.end()

    play_offstage(homeserver, tmp_path, story)
