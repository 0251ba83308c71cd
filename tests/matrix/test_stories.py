"""The stories of `tests/stories`, on a real homeserver."""

import re

import pytest

from tests.matrix.bot import play_offstage
from tests.matrix.driver import Matrix
from tests.stories.player import STORIES, play
from tests.synapse.server import Synapse


@pytest.fixture
def server(request, tmp_path):
    """The homeserver that all share; one of its own for a story that kills it."""
    if not re.search(r"% (server|matrix) weg", request.getfixturevalue("path").read_text(encoding="utf-8")):
        yield request.getfixturevalue("synapse")
        return
    own = Synapse(tmp_path / "synapse").start()
    yield own
    own.stop()


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_the_story_goes_on_matrix_as_it_is_written(server, tmp_path, path):
    async def story(town):
        driver = Matrix(town)
        try:
            await play(path.read_text(encoding="utf-8"), driver)
        finally:
            await driver.end()

    play_offstage(server, tmp_path, story)
