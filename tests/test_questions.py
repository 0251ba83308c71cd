"""Two made-up towns are questioned as people type; what is right may not become less.

Conversations that a later version begins (`question`, `digest`) are not asked for here.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.judge import judged

HERE = Path(__file__).parent / "questions"
SHARED = Path(__file__).parent.parent.parent / "shared" / "voorbeelden"

SETS = [
    pytest.param(HERE / "vragen-veenrade.jsonl", HERE / "netwerk-veenrade.yaml", {"contact": 0.95, "kennis": 0.9}, id="veenrade"),
    pytest.param(
        HERE / "vragen-heidekerk.jsonl", HERE / "netwerk-heidekerk.yaml", {"contact": 0.93, "kennis": 0.78}, id="heidekerk"
    ),
    pytest.param(
        SHARED / "vragen.jsonl",
        SHARED / "netwerk-waterstad.yaml",
        {"contact": 0.97, "kennis": 0.95},
        id="waterstad",
        marks=pytest.mark.skipif(not SHARED.is_dir(), reason="the examples are not beside the project"),
    ),
]


@pytest.mark.parametrize(("questions", "network", "least"), SETS)
def test_questions_of_another_town_come_out_right(questions, network, least):
    right: dict[str, list[bool]] = {}
    for question, wrong in judged(questions, network):
        right.setdefault(question["tags"][0], []).append(not wrong)

    shares = {tag: sum(found) / len(found) for tag, found in right.items()}
    assert {tag: share for tag, share in shares.items() if share < least.get(tag, 0)} == {}


@pytest.mark.parametrize(("questions", "network", "least"), SETS)
def test_danger_is_heard_strangers_get_nobody_and_nothing_else_is_danger(questions, network, least):
    grave = []
    for question, wrong in judged(questions, network):
        tags = set(question["tags"])
        if (
            (tags & {"spoed", "vreemde"} and wrong)
            or "kind urgent" in wrong
            or ("lijkt-op" in tags and any("names" in one for one in wrong))
        ):
            grave.append((question["id"], wrong))

    assert grave == []
