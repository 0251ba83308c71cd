"""All quickscans of three factors or fewer: the rule against a second telling of it, and the flow counted message by message."""

from itertools import combinations, product

import pytest

from bot.flows.quickscan import QUICKSCAN
from bot.flows.quickscan_result import OWN
from bot.talk.flow import Case, Page
from knowledge.phase_card import phases_in_play, weigh
from tests.asking import context, example, library

CARD = library().phase_card
FACTORS = list(CARD.threatening_by_id.values())
STACKING = ("eenmalig", "vaker", "structureel")
EVERYTHING = frozenset(CARD.protective_by_id)


def told(factors, how_often):
    """The phase without protection, as the design tells it in words."""
    kinds = [one.weight for one in factors]
    soft = {number: sum(one.weight == "zacht" and one.phase == number for one in factors) for number in (1, 2, 3)}
    if "grens" in kinds or soft[3] >= 2:
        return 3
    if "feit" in kinds or soft[3] + soft[2] >= 2 or soft[3] or soft[1] >= 5 or (soft[1] >= 3 and how_often == "structureel"):
        return 2
    return 1 if soft[2] or soft[1] else 0


def few(most=3):
    return [some for size in range(most + 1) for some in combinations(FACTORS, size)]


def test_every_case_of_three_factors_or_fewer_has_the_phase_that_the_rule_tells():
    for some, how_often in product(few(), STACKING):
        ids = {one.id for one in some}
        bare, held = weigh(CARD, ids, (), how_often), weigh(CARD, ids, EVERYTHING, how_often)
        hard = any(one.weight != "zacht" for one in some)

        assert bare.phase == told(some, how_often), ids
        assert held.phase == (bare.phase if hard or bare.phase < 2 else bare.phase - 1), ids
        assert (held.held_back_from is not None) == (held.phase < bare.phase), ids
        assert set(bare.reasons) <= ids
        assert bool(bare.reasons) == (bare.phase > 0)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_one_protective_factor_more_never_raises_a_case_of_two_factors_or_fewer(number):
    protective = [one.id for one in CARD.protective if one.phase == number]
    for some in few(2):
        ids, before = {one.id for one in some}, 3
        for size in range(len(protective) + 1):
            now = weigh(CARD, ids, protective[:size], "vaker").phase
            assert now <= before, (ids, size)
            before = now


def test_no_scan_takes_more_than_eleven_messages_and_within_one_phase_ten():
    cases = [frozenset(one.id for one in some) for some in (*few(2), FACTORS)]
    counts = {case: messages(case) for case in cases}

    assert max(counts.values()) == 11
    assert counts[frozenset()] == 8
    alike = [case for case in counts if len(phases_in_play(CARD, case, "eenmalig")) == 1]
    assert len(alike) > 200
    assert {counts[case] for case in alike} == {10}


def messages(ids):
    """How many messages somebody sends from the word that begins a scan until the result."""
    answers, here, count = {}, context(example(), "m-jansen"), 1
    while isinstance(at := QUICKSCAN.next(Case(answers, here, "BLAUWE-OTTER")), Page):
        shown = [option.id for option in at.options]
        answers[at.step] = tuple(one for one in shown if one in ids) if at.multiple else ("nee",) if at.step == "gevaar" else (shown[0],)
        count += 1
    assert at.replies[0].kind == "result"
    return count


def ended(answers):
    return QUICKSCAN.next(Case(answers, context(example(), "m-jansen"), "BLAUWE-OTTER")).replies


def answered(*ids, **more):
    pages = {page.id: tuple(one.id for one in page.factors if one.id in ids) for page in CARD.pages}
    protection = {f"bescherming-{phases}-{part}": () for phases in ("1", "2", "3", "21", "32", "31", "321") for part in (1, 2)}
    return {"gevaar": ("nee",), "context": ("school",), **pages, "stapeling": ("vaker",), **protection, **more}


@pytest.mark.parametrize("own", ["0", "1", "2", "3"])
@pytest.mark.parametrize(("factor", "phase"), [("soms-te-laat", 1), ("vernieling", 2), ("wapenbezit", 3)])
def test_whatever_somebody_judges_both_phases_are_kept_and_shown(factor, phase, own):
    (reply,) = ended(answered(factor, **{OWN: (own,)}))

    words = [f"{CARD.phase(number).word}" for number in (phase, int(own))]
    assert (reply.data["phase"], reply.data["own_judgement"]) == (phase, int(own))
    assert all(word.lower() in reply.text.lower() for word in words)
    assert "(eigen afweging)" in reply.text.splitlines()[0]


@pytest.mark.parametrize("answer", ["ja", "weet-ik-niet"])
def test_danger_ends_every_scan_whatever_else_is_answered(answer):
    (reply,) = ended(answered("wapenbezit", gevaar=(answer,)))

    assert reply.kind == "urgent"
    assert "112" in reply.text.splitlines()[0]
    assert "fase" not in reply.text.lower()
