"""The quickscan: the seven properties of the rule, every page and outcome, and what may be said about a result to whom."""

import json
import os
import random
import signal
import subprocess
import sys
from functools import cache
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.flows.quickscan import QUICKSCAN, protective_pages
from bot.talk.flow import NOT_SURE, Case, Done, Page, replay
from knowledge.phase_card import phases_in_play, weigh
from tests.asking import context, example, library
from tests.command import EXAMPLE, ROOT
from tests.talking import Talk, kinds, step

CARD = library().phase_card
THREATS, PROTECTION = list(CARD.threatening_by_id), list(CARD.protective_by_id)
BOUNDARY = {
    "geweld", "openlijke-intimidatie", "veiligheidsvraagstuk-voor-school", "pleegt-delicten", "ernstig-vuurwerkincident",
    "wapenbezit", "extreem-pesten", "sympathisant-extremisme",
}  # fmt: skip
FACTS = {
    "betrokken-bij-intimidatie", "plek-in-deviante-groep", "bekend-met-overtredingen", "vernieling", "brandstichting", "haltstraf-gehad",
}  # fmt: skip
STACKING = ("eenmalig", "vaker", "structureel")
threats, protection, stacking = st.sets(st.sampled_from(THREATS)), st.sets(st.sampled_from(PROTECTION)), st.sampled_from(STACKING)


@pytest.fixture
def talk(tmp_path):
    opened = Talk(tmp_path / "verbinder.db")
    yield opened
    opened.store.close()


@cache
def phase(threatening, protective=frozenset(), how_often="vaker"):
    return weigh(CARD, threatening, protective, how_often).phase


def soft(number):
    return [one.id for one in CARD.threatening_by_id.values() if one.weight == "zacht" and one.phase == number]


def few():
    return [frozenset(some) for size in range(4) for some in combinations(THREATS, size)]


# The content


def test_the_card_holds_every_factor_of_the_source_once_with_its_weight():
    assert (len(THREATS), len(PROTECTION)) == (37, 15)
    assert {one.id for one in CARD.threatening_by_id.values() if one.weight == "grens"} == BOUNDARY
    assert {one.id for one in CARD.threatening_by_id.values() if one.weight == "feit"} == FACTS
    assert sum(len(page.factors) for page in CARD.pages) == 37


def test_every_term_of_a_route_and_every_cell_stands_in_the_content():
    assert set(CARD.cells) == set(CARD.call) == {"1", "2", "3"}
    assert all(set(cells) == {one.id for one in CARD.contexts} for cells in CARD.cells.values())


# The seven properties


def test_one_all_small_cases_a_threat_more_is_never_a_lower_phase():
    for how_often in STACKING:
        for protective in (frozenset(), frozenset(PROTECTION)):
            for case in few():
                assert all(phase(case - {one}, protective, how_often) <= phase(case, protective, how_often) for one in case)


@given(threats, threats, protection, stacking)
def test_one_more_threats_never_a_lower_phase(some, more, protective, how_often):
    assert weigh(CARD, some, protective, how_often).phase <= weigh(CARD, some | more, protective, how_often).phase


@given(threats, protection, protection, stacking)
def test_one_more_protection_never_a_higher_phase(some, protective, more, how_often):
    assert weigh(CARD, some, protective | more, how_often).phase <= weigh(CARD, some, protective, how_often).phase


@given(threats, st.sampled_from(sorted(BOUNDARY)), protection, stacking)
def test_two_one_boundary_crossing_fact_is_phase_three(some, fact, protective, how_often):
    found = weigh(CARD, some | {fact}, protective, how_often)

    assert found.phase == 3
    assert fact in found.reasons


@given(threats, st.sampled_from(sorted(FACTS)), protection, stacking)
def test_three_one_halt_worthy_fact_is_at_least_phase_two(some, fact, protective, how_often):
    assert weigh(CARD, some | {fact}, protective, how_often).phase >= 2


def test_two_and_three_in_all_small_cases():
    for case in few():
        for protective in (frozenset(), frozenset(PROTECTION)):
            if case & BOUNDARY:
                assert phase(case, protective) == 3
            elif case & FACTS:
                assert phase(case, protective) >= 2


@pytest.mark.parametrize(
    ("some", "how_often", "expected"),
    [
        (soft(2)[:1], "vaker", 1), (soft(2)[:2], "vaker", 2), (soft(3)[:1], "vaker", 2), (soft(3)[:2], "vaker", 3),
        (soft(3)[:1] + soft(2)[:1], "vaker", 2), (soft(1)[:4], "vaker", 1), (soft(1)[:5], "vaker", 2), (soft(1)[:3], "structureel", 2),
        (soft(1)[:2], "structureel", 1), (soft(1)[:4] + soft(2)[:1], "vaker", 1), (soft(2), "structureel", 2), (soft(1)[:1], "eenmalig", 1), ([], "vaker", 0),
    ],
)  # fmt: skip
def test_four_and_five_soft_signals_count_by_stacking(some, how_often, expected):
    assert weigh(CARD, some, (), how_often).phase == expected


@given(threats, protection, stacking)
def test_four_protection_holds_a_soft_result_back_by_one_phase_at_the_most(some, protective, how_often):
    bare, held = weigh(CARD, some, (), how_often), weigh(CARD, some, protective, how_often)

    assert bare.phase - held.phase in {0, 1}
    assert held.phase >= min(bare.phase, 1)
    if held.phase < bare.phase:
        assert not some & (BOUNDARY | FACTS)
        assert (held.held_back_from, len(held.protects) >= 2) == (bare.phase, True)
        assert {CARD.protective_by_id[one].phase for one in held.protects} == {bare.phase}


def test_five_no_threat_is_phase_zero_and_a_light_one_phase_one():
    assert phase(frozenset(), frozenset(PROTECTION)) == 0
    assert {phase(frozenset({one}), frozenset(PROTECTION)) for one in soft(1)} == {1}


@given(threats, protection, stacking)
def test_the_reasons_are_among_what_was_seen_and_are_there_above_zero(some, protective, how_often):
    found = weigh(CARD, some, protective, how_often)

    assert set(found.reasons) <= some
    assert bool(found.reasons) == (found.phase > 0)


@given(threats, stacking)
def test_the_reasons_alone_give_the_same_phase(some, how_often):
    found = weigh(CARD, some, (), how_often)

    assert weigh(CARD, found.reasons, (), how_often).phase == found.phase


# Every page and every outcome


def test_every_conversation_ends_asks_nothing_twice_and_shows_every_factor_once():
    chance, outcomes = random.Random(4), set()
    here = context(example(), "m-jansen")
    for _ in range(400):
        answers, asked, shown = {}, [], []
        while isinstance(at := QUICKSCAN.next(Case(answers, here, "BLAUWE-OTTER")), Page):
            asked.append(at.step)
            shown += [option.id for option in at.options] if at.multiple else []
            assert len(at.options) + at.multiple <= 10
            assert all(len(option.label) <= 40 for option in at.options)
            answers[at.step] = walk(at, chance)
            assert at.accepts(answers[at.step])
        outcomes.add((at.replies[0].kind, at.replies[0].data.get("phase")))
        assert len(asked) == len(set(asked)) <= 60
        assert len(shown) == len(set(shown))
        assert not isinstance(replay(QUICKSCAN, answers, here, "BLAUWE-OTTER").at, Page)
    assert outcomes == {("urgent", None), ("result", 0), ("result", 1), ("result", 2), ("result", 3)}


def walk(page, chance):
    if page.may_doubt and chance.random() < 0.05:
        return (NOT_SURE,)
    ids = [option.id for option in page.options]
    if not page.multiple:
        return ("nee",) if page.step == "gevaar" and chance.random() < 0.95 else (chance.choice(ids),)
    eager = chance.choice([0.0, 0.0, 0.05, 0.3])
    return tuple(one for one in ids if chance.random() < eager)


def test_no_scan_takes_more_than_twelve_messages():
    longest = max(len(protective_pages(CARD, some)) for size in range(1, 4) for some in combinations((3, 2, 1), size))

    assert 1 + 1 + 1 + len(CARD.pages) + 1 + longest <= 11


def test_only_protection_of_the_phases_in_play_is_asked():
    assert phases_in_play(CARD, {"soms-te-laat"}, "vaker") == (1,)
    assert phases_in_play(CARD, {"foute-vriendengroep"}, "vaker") == (3, 2)
    assert phases_in_play(CARD, set(), "vaker") == ()


# In a conversation

NOTHING_MORE = ["geen"] * 4


def scan(talk, *grens, sender="mia", place=None, where="1", rest=NOTHING_MORE):
    talk.answers("quickscan", "nee", where, *(grens or ["geen"]), *rest, sender=sender, place=place)
    while talk.sent[-1].reply.kind == "question":
        talk.say("1" if step(talk.sent[-1]) == "stapeling" else "geen", sender, place)
    return talk.sent[-1]


def test_danger_now_ends_at_once_and_keeps_nothing(talk):
    found = talk.answers("quickscan", "ja")

    assert (kinds(talk), talk.rows()) == (["urgent"], [])
    assert "112" in found.reply.text.splitlines()[0]
    assert talk.say("2").reply.kind != "question"


def test_doubt_about_danger_counts_as_danger(talk):
    talk.answers("quickscan", "weet ik niet")

    assert kinds(talk) == ["urgent"]


def test_danger_told_where_danger_is_asked_ends_the_scan(talk):
    talk.answers("quickscan", "ja er wordt nu gevochten met messen")

    assert (kinds(talk), talk.rows()) == (["urgent"], [])


def test_a_result_says_all_that_is_needed(talk):
    found = scan(talk, "wapenbezit", where="2")
    lines, data = found.reply.text.splitlines(), found.reply.data

    assert lines[0] == "🔴 ROOD – fase 3"
    assert "- Wapenbezit, ook een mes" in lines
    assert "Stappen (§2.2):" in lines
    assert any(line.startswith("Wat past bij fase 3, school en daarbuiten: ") for line in lines)
    assert any(line.startswith("Grens van deze fase: ") for line in lines)
    assert "Dit is een hulpmiddel (§1.2): je eigen afweging telt." in lines
    assert (data["flow"], data["phase"], data["colour"], data["reasons"]) == ("quickscan", 3, "rood", ["wapenbezit"])
    assert (data["own_judgement"], data["context"], data["sources"]) == (None, "school-en-maatschappelijk", ["§1.2", "§2.2"])
    assert [one["person"] for one in data["contacts"]] == ["vera", "pol"]
    assert all(one["available"] for one in data["contacts"])


def test_who_looks_follows_from_the_person(talk):
    found = scan(talk, "wapenbezit", sender="pol", place="linde-politie")

    assert "Stappen (§2.1):" in found.reply.text
    assert [one["person"] for one in found.reply.data["contacts"]] == ["vera", "dirk"]


def test_somebody_of_several_schools_gets_one_to_call_at_each(talk):
    found = scan(talk, "wapenbezit", sender="pol")

    assert [one["person"] for one in found.reply.data["contacts"]] == ["vera", "elf"]
    assert "Wie je belt, hangt af van de school:" in found.reply.text


def test_who_has_no_school_is_told_how_to_ask(talk):
    found = scan(talk, "wapenbezit", sender="lies")

    assert found.reply.data["contacts"] == []
    assert "Wie je belt, hangt af van de school. Vraag bijvoorbeeld:" in found.reply.text


def test_without_a_threat_there_is_no_phase_and_no_colour(talk):
    found = scan(talk)

    assert found.reply.text.splitlines()[0] == "⚪ Geen fase – blijf alert"
    assert (found.reply.data["phase"], found.reply.data["colour"], found.reply.data["contacts"]) == (0, None, [])


def test_doubt_about_a_boundary_crossing_fact_counts_and_is_shown(talk):
    found = scan(talk, "twijfel: wapenbezit")

    assert found.reply.data["phase"] == 3
    assert found.reply.data["doubts"] == ["wapenbezit"]
    assert "Wapenbezit, ook een mes (niet zeker, telt mee)" in found.reply.text


def test_doubt_about_another_fact_is_shown_and_does_not_count(talk):
    found = scan(talk, rest=["twijfel: vernieling", "geen", "geen", "geen"])

    assert (found.reply.data["phase"], found.reply.data["doubts"]) == (0, ["vernieling"])
    assert "Niet zeker, telt niet mee: Vernieling." in found.reply.text


def test_not_knowing_a_page_opens_it_fact_by_fact(talk):
    talk.answers("quickscan", "nee", "1")
    found = talk.say("weet ik niet")

    assert found.reply.text.startswith("Dan vraag ik ze één voor één.")
    assert [option.id for option in found.reply.options] == ["ja", "nee", "twijfel"]
    found = talk.answers(*["nee"] * 2, "weet ik niet", *["nee"] * 5)
    assert step(found) == "feiten"
    assert step(talk.say("toch geen wapenbezit")) == "feiten"
    assert json.loads(talk.rows()[0][3])["feit:wapenbezit"] == ["nee"]


def test_protection_that_holds_a_result_back_is_said(talk):
    talk.answers("quickscan", "nee", "1", "geen", "geen", "geen", "spijbelt en regelmatig uitgestuurd", "geen", "vaker")
    found = talk.say("komt nog op school, contact met ouders")

    assert found.reply.text.startswith("🟢 GROEN – fase 1")
    assert "houdt het één fase lager: fase 1 in plaats van 2" in found.reply.text


@pytest.mark.parametrize("words", ["andere fase kiezen", "ik vind fase 3", "Eigen afweging: fase 3", "volgens mij is het rood"])
def test_own_judgement_is_kept_beside_the_phase_of_the_rule(talk, words):
    scan(talk, rest=["vernieling", "geen", "geen", "geen"])
    talk.say(words)
    found = talk.say("3")

    assert (found.reply.data["phase"], found.reply.data["own_judgement"]) == (2, 3)
    assert found.reply.text.startswith("🔴 ROOD – fase 3 (eigen afweging)")
    assert "🟠 ORANJE – fase 2" in found.reply.text


def test_an_old_control_after_the_result_gives_another_result(talk):
    talk.answers("quickscan", "nee", "1")
    serious = talk.sent[-1]
    talk.answers("geweld", *NOTHING_MORE, "1", "geen")
    found = talk.choose(serious)

    assert found.reply.kind == "result"
    assert found.reply.data["phase"] == 0


def test_sharing_tells_the_koppel_phase_and_question_and_no_factor(talk):
    result = scan(talk, "wapenbezit", sender="vera")
    assert step(talk.choose(result, "delen", sender="vera")) == "doel"
    talk.say("1", "vera")
    there = next(envelope for envelope in talk.sent if envelope.place == "linde-politie")

    assert kinds(talk) == ["announcement", "confirmation"]
    assert "ROOD – fase 3" in there.reply.text
    assert "apen" not in there.reply.text
    assert not {"reasons", "protective", "doubts"} & set(there.reply.data)


def test_sharing_happens_once_however_often_somebody_taps(talk):
    result = scan(talk, "wapenbezit", sender="vera")
    purpose = talk.choose(result, "delen", sender="vera")
    talk.choose(purpose, "veiligheid", sender="vera")
    talk.choose(purpose, "veiligheid", sender="vera")

    assert kinds(talk) == ["help"]


def test_somebody_with_two_koppels_says_which(talk):
    scan(talk, "wapenbezit", sender="pol")
    found = talk.answers("delen", "1", sender="pol")

    assert [option.id for option in found.reply.options] == ["linde-politie", "eik-politie"]
    talk.say("2", "pol")
    assert [envelope.place for envelope in talk.sent] == ["eik-politie", "dm:pol"]


def test_a_result_is_shown_again_and_thrown_away(talk):
    first = scan(talk, "wapenbezit")
    again = talk.say("laat nog eens zien")
    assert again.reply.text == first.reply.text

    assert talk.say("weggooien").reply.kind == "confirmation"
    assert talk.rows() == []
    assert talk.store.connection.execute("SELECT count(*) FROM outbox WHERE body LIKE '%Wapenbezit%'").fetchone() == (0,)


def test_a_result_is_forgotten_after_a_month(talk):
    scan(talk, "wapenbezit")
    talk.wait(days=29)
    assert len(talk.rows()) == 1
    talk.wait(days=2)

    assert talk.rows() == []


def test_stopping_halfway_a_choice_on_a_result_keeps_the_result(talk):
    scan(talk, "wapenbezit")
    talk.say("andere fase kiezen")
    talk.say("stop")

    assert [row[4] for row in talk.rows()] == ["done"]


def test_a_scan_in_the_place_of_a_koppel_goes_on_there(talk):
    found = scan(talk, "wapenbezit", sender="vera", place="linde-politie")

    assert (found.place, found.reply.kind) == ("linde-politie", "result")


def test_the_reference_follows_from_what_happened(talk, tmp_path):
    other = Talk(tmp_path / "anders.db")

    assert talk.say("quickscan").reply.data["reference"] == other.say("quickscan").reply.data["reference"]
    other.store.close()


@pytest.mark.parametrize(
    "start", ["quickscan", "Quickscan!", "ik wil een quickscan doen", "quikscan", "start een scan", "fasekaart invullen"]
)
def test_everyday_words_start_a_scan(talk, start):
    assert step(talk.say(start)) == "gevaar"


@pytest.mark.parametrize("question", ["wat is de fasekaart", "hoe werkt het fasekaartje"])
def test_a_question_about_the_card_is_no_start(talk, question):
    assert talk.say(question).reply.kind == "knowledge"


# A process that is killed

STORY = [
    "quickscan", "nee", "2", "twijfel: wapenbezit", "weet ik niet", "nee", "nee", "ja", "nee", "nee", "nee", "nee", "geen", "geen", "geen",
    "vaker", "1", "geen", "andere fase kiezen", "2",
]  # fmt: skip


def test_a_process_that_is_killed_between_any_two_messages_goes_on_as_if_nothing_happened(tmp_path):
    events = [
        {"at": f"2026-11-24T10:{minute:02}:00+01:00", "from": "j-schouten", "in": "dm", "text": text}
        for minute, text in enumerate(STORY)
    ]
    whole = feed(tmp_path / "heel.db", events)
    pieces = [line for event in events for line in feed(tmp_path / "stukjes.db", [event])]

    assert {line["kind"] for line in whole[:-3]} == {"question"}
    assert [line["kind"] for line in whole[-3:]] == ["result", "question", "result"]
    assert pieces == whole
    assert all(int(one["message"][1:]) < int(other["message"][1:]) for one, other in pairwise(whole))


def feed(database, events):
    """Plays events in a process that dies by SIGKILL as soon as it has answered them: it gets no chance to tidy up."""
    code = (
        "import io, os, signal, sys; from bot.cli import run;"
        "run(['simulate', '--network', sys.argv[1], '--database', sys.argv[2]]); os.kill(os.getpid(), signal.SIGKILL)"
    )
    lines = "".join(json.dumps(event) + "\n" for event in events)
    done = subprocess.run(
        [sys.executable, "-c", code, str(EXAMPLE), str(database)],
        input=lines, capture_output=True, text=True, cwd=ROOT, env=dict(os.environ), timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_end_of_a_scan_is_a_done():
    end = QUICKSCAN.next(Case({"gevaar": ("ja",)}, context(example(), "m-jansen"), "X"))

    assert isinstance(end, Done)
    assert end.erase
