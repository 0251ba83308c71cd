"""Every story in tests/scenarios goes as it is expected to, the same each time it is played."""

import json

import pytest
import yaml

from tests.playing import FOLDER, Checks, Story, live_copies

STORIES = sorted(FOLDER.glob("*.jsonl"))


def events(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_the_story_goes_as_expected(path):
    expected = yaml.safe_load(path.with_suffix(".yaml").read_text(encoding="utf-8"))
    heard = Story().play(events(path))

    assert Checks(heard).failing(expected["verwacht"]) == []
    assert live_copies(heard) == []
    assert all(one["data"].get("holder") for one in heard if one["data"].get("handover"))


def test_the_same_events_give_the_same_lines():
    path = STORIES[0]

    assert Story().play(events(path)) == Story().play(events(path))
