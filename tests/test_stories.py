"""The stories of `tests/stories`, without a platform and at the terminal; on Matrix and Slack the same are played."""

import asyncio

import pytest

from tests.stories.core import Core
from tests.stories.player import STORIES, play
from tests.stories.terminal import AtTerminal


@pytest.mark.parametrize("story", STORIES, ids=lambda path: path.stem)
def test_the_story_goes_as_it_is_written(story, tmp_path):
    async def all_of_it():
        driver = Core(tmp_path / "verbinder.db")
        try:
            await play(story.read_text(encoding="utf-8"), driver)
        finally:
            await driver.end()

    asyncio.run(all_of_it())


@pytest.mark.parametrize("story", STORIES, ids=lambda path: path.stem)
def test_the_story_goes_at_the_terminal_as_it_is_written(story, tmp_path, monkeypatch):
    async def all_of_it():
        driver = AtTerminal(tmp_path / "verbinder.db", monkeypatch)
        try:
            await play(story.read_text(encoding="utf-8"), driver)
        finally:
            await driver.end()

    asyncio.run(all_of_it())


def test_a_line_that_does_not_come_is_named_with_its_number(tmp_path):
    async def all_of_it():
        driver = Core(tmp_path / "verbinder.db")
        try:
            await play("# op: 2026-11-24T10:00+01:00\n-- y-amrani in dm\n> hallo\n< Bel Piet", driver)
        finally:
            await driver.end()

    with pytest.raises(AssertionError, match="regel 4: < Bel Piet"):
        asyncio.run(all_of_it())
