"""Absence: from facts to what the school does, case by case, in the rules and in the conversation that asks for the facts."""

import json
import math
from pathlib import Path

import pytest

from bot.flows.verzuim import read_facts
from bot.talk.flow import NOT_SURE
from knowledge.absence import AbsenceCard, absence_faults, bands, decide, why_no_halt
from tests.asking import context, example, library
from tests.walking import at, walk

EXAMPLES = Path(__file__).parent.parent.parent / "shared" / "voorbeelden" / "verzuim.jsonl"

TALK, DOCTOR, REPORT, LETTER = "praten-en-afspraken", "jeugdarts", "melden-leerplicht", "brief-ouders"
SECOND, TABLE, LEAVE, HALT, SELF = "tweede-brief-en-gesprek", "actietafel", "toestemming-leerplicht", "halt-mogelijk", "school-zelf"
PLAYS = {"unauthorised": True}

CASES = [
    # sick
    ({"age": 13, "sick_days": 5, "times_sick_trimester": 1, "doubt": "nee"}, {SELF}),
    ({"age": 13, "sick_days": 6, "times_sick_trimester": 1, "doubt": "nee"}, {TALK}),
    ({"age": 13, "sick_days": 15, "times_sick_trimester": 1, "doubt": "nee"}, {TALK}),
    ({"age": 13, "sick_days": 16, "times_sick_trimester": 1, "doubt": "nee"}, {TALK, DOCTOR}),
    ({"age": 19, "sick_days": 16, "doubt": "nee"}, {TALK, DOCTOR}),
    ({"age": 15, "sick_days": 1, "times_sick_trimester": 2, "doubt": "nee"}, {SELF}),
    ({"age": 15, "sick_days": 1, "times_sick_trimester": 3, "doubt": "nee"}, {TALK}),
    ({"age": 15, "sick_days": 1, "times_sick_trimester": 4, "doubt": "nee"}, {TALK, DOCTOR}),
    ({"age": 15, "sick_days": 2, "doubt": "nog-niet-besproken"}, {TALK}),
    ({"age": 15, "sick_days": 2, "doubt": "blijft"}, {REPORT}),
    ({"age": 15, "sick_days": 20, "times_sick_trimester": 5, "doubt": "blijft"}, {TALK, DOCTOR, REPORT}),
    ({"age": 15, "sick_days": 7, "doubt": "nee", "agreements_broken": True}, {TALK, REPORT}),
    ({"age": 15, "agreements_broken": True}, {REPORT}),
    # unauthorised
    ({"age": 14, **PLAYS, "hours": 8, "period_weeks": 4}, {SELF}),
    ({"age": 14, **PLAYS, "hours": 9, "period_weeks": 4}, {SELF, HALT}),
    ({"age": 14, **PLAYS, "hours": 15, "period_weeks": 4}, {SELF, HALT}),
    ({"age": 14, **PLAYS, "hours": 16, "period_weeks": 4}, {REPORT, LETTER, HALT}),
    ({"age": 14, **PLAYS, "hours": 16, "period_weeks": 1}, {REPORT, LETTER, HALT}),
    ({"age": 14, **PLAYS, "hours": 16, "period_weeks": 5}, {SELF, HALT}),
    ({"age": 14, **PLAYS, "hours": 60, "period_weeks": 4}, {REPORT, LETTER, HALT}),
    ({"age": 14, **PLAYS, "hours": 61, "period_weeks": 4}, {REPORT, LETTER}),
    ({"age": 11, **PLAYS, "hours": 30, "period_weeks": 4}, {REPORT, LETTER}),
    ({"age": 12, **PLAYS, "hours": 30, "period_weeks": 4}, {REPORT, LETTER, HALT}),
    ({"age": 17, **PLAYS, "hours": 30, "period_weeks": 4}, {REPORT, LETTER, HALT}),
    ({"age": 18, **PLAYS, "hours": 30, "period_weeks": 4}, {REPORT, LETTER}),
    ({**PLAYS, "hours": 30, "period_weeks": 4}, {REPORT, LETTER}),
    ({"age": 14, **PLAYS, "days": 2}, {SELF}),
    ({"age": 14, **PLAYS, "days": 3}, {REPORT, LETTER}),
    ({"age": 14, **PLAYS, "hours": 10, "period_weeks": 1, "days": 3}, {REPORT, LETTER, HALT}),
    ({"age": 14, **PLAYS, "hours": 10, "period_weeks": 2, "agreements_broken": True}, {REPORT, HALT}),
    # late
    ({"age": 13, "times_late": 5}, {SELF}),
    ({"age": 13, "times_late": 6}, {SELF, LETTER}),
    ({"age": 13, "times_late": 8}, {SELF, LETTER}),
    ({"age": 13, "times_late": 9}, {REPORT, SECOND, LETTER}),
    ({"age": 13, "times_late": 10}, {REPORT, SECOND, LETTER}),
    ({"age": 13, "times_late": 11}, {REPORT, SECOND, LETTER}),
    ({"age": 13, "times_late": 12}, {REPORT, SECOND, LETTER, HALT}),
    ({"age": 13, "times_late": 60}, {REPORT, SECOND, LETTER, HALT}),
    ({"age": 13, "times_late": 61}, {REPORT, SECOND, LETTER}),
    ({"age": 18, "times_late": 20}, {REPORT, SECOND, LETTER}),
    ({"age": 13, "times_late": 4, "agreements_broken": True}, {REPORT}),
    # luxury, at home, leave
    ({"age": 9, "luxury": True}, {REPORT}),
    ({"age": 12, "weeks_absent": 4}, {TALK}),
    ({"age": 12, "weeks_absent": 4.5}, {REPORT, TABLE}),
    ({"age": 12, "weeks_absent": 5}, {REPORT, TABLE}),
    ({"age": 8, "leave_days": 10}, {SELF}),
    ({"age": 8, "leave_days": 11}, {LEAVE}),
    # several at once
    ({"age": 16, **PLAYS, "hours": 20, "period_weeks": 4, "times_late": 7}, {REPORT, LETTER, HALT, SELF}),
    ({"age": 16, **PLAYS, "hours": 70, "period_weeks": 4, "times_late": 12}, {REPORT, LETTER, SECOND, HALT}),
    ({"age": 16, **PLAYS, "hours": 5, "period_weeks": 4, "times_late": 11}, {REPORT, LETTER, SECOND}),
    ({"age": 14, "sick_days": 18, "doubt": "nee", "times_late": 6}, {TALK, DOCTOR, LETTER, SELF}),
    ({"age": 14, "luxury": True, "leave_days": 12}, {REPORT, LEAVE}),
    ({"age": 14, "weeks_absent": 6, "times_late": 3}, {REPORT, TABLE}),
    ({"age": 14, "sick_days": 6, "doubt": "blijft", "times_late": 7, **PLAYS, "hours": 9}, {TALK, REPORT, LETTER, HALT}),
]  # fmt: skip


def name(one):
    return "-".join(f"{fact}={value}" for fact, value in one.items()) if isinstance(one, dict) else "-".join(sorted(one))


def known(facts):
    """The facts of an example as the rules take them."""
    quantities = library().absence.quantities
    found = {}
    for key, value in facts.items():
        if isinstance(value, bool):
            found[key] = "ja" if value else "nee"
        elif key in quantities:  # half a week over a limit of "more than" is over it
            found[key] = (math.ceil if quantities[key].up else math.floor)(value)
        elif value is not None:
            found[key] = value
    return found


def kinds(facts):
    """The kinds of absence that the facts are of."""
    asked = {fact: kind.id for kind in library().absence.kinds for fact in kind.asks if fact != "agreements_broken"}
    found = [asked[fact] for fact in facts if fact in asked] + (["luxe"] if facts.get("luxury") else [])
    found += ["ongeoorloofd"] if facts.get("unauthorised") else []
    return tuple(dict.fromkeys(found or (["ziek"] if facts.get("agreements_broken") else [])))


def told(facts):
    """Answers each page with what the facts say, as numbers are stored; what they do not say is not known."""
    card, figures = library().absence, library().figures

    def answer(page):
        if page.step == "kinds":
            return kinds(facts)
        value = known(facts).get(page.step)
        if value is None:
            return (NOT_SURE,)
        if page.entry is None:
            return (value,)
        return (next(band.id for band in bands(card, figures, page.step) if band.high is None or value <= band.high),)

    return answer


@pytest.mark.parametrize(("facts", "actions"), CASES, ids=name)
def test_the_rules_give_these_actions(facts, actions):
    assert set(decide(library().absence, library().figures, known(facts)).ids) == actions


@pytest.mark.parametrize(("facts", "actions"), CASES, ids=name)
def test_the_conversation_asks_what_it_takes_to_give_them(facts, actions):
    _, end = walk("verzuim", told(facts))

    assert set(end.replies[0].data["actions"]) == actions


def test_there_are_at_least_forty_cases_and_every_rule_and_action_is_in_one():
    decisions = [decide(library().absence, library().figures, known(facts)) for facts, _ in CASES]
    rules = {rule.id for decision in decisions for rule in decision.rules}

    assert len(CASES) >= 40
    assert {one.id for one in library().absence.rules} - rules == {"uren-binnen-langer", "uren-periode-onbekend"}
    assert {action for _, actions in CASES for action in actions} == {one.id for one in library().absence.actions}


def examples():
    return [json.loads(line) for line in EXAMPLES.read_text(encoding="utf-8").splitlines()] if EXAMPLES.exists() else []


@pytest.mark.skipif(not EXAMPLES.exists(), reason="the examples are not beside the project")
def test_the_shared_examples_come_out_whole():
    wrong = []
    for case in examples():
        for found in (
            set(walk("verzuim", told(case["facts"]))[1].replies[0].data["actions"]),
            set(decide(library().absence, library().figures, known(case["facts"])).ids),
        ):
            if set(case["expect"]["actions"]) - found or set(case["expect"]["not"]) & found:
                wrong.append((case["id"], found))

    assert examples()
    assert wrong == []


def test_hours_over_a_longer_time_count_when_four_weeks_hold_enough_of_them():
    facts = {"age": 14, "hours": 30, "period_weeks": 8}
    figures, card = library().figures, library().absence

    assert REPORT in decide(card, figures, {**facts, "within_four_weeks": "ja"}).ids
    assert REPORT not in decide(card, figures, {**facts, "within_four_weeks": "nee"}).ids
    assert "uren-niet-geteld" in {one.id for one in decide(card, figures, facts).rules}


def test_hours_of_which_the_period_is_not_known_are_reported_and_said_to_be_uncertain():
    decision = decide(library().absence, library().figures, {"hours": 16})

    assert REPORT in decision.ids
    assert "weet je niet" in decision.rules[0].why


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"age": 11, "hours": 20}, "leeftijd"), ({"hours": 20}, "leeftijd-onbekend"), ({"age": 14, "hours": 61}, "aantal"),
        ({"age": 14, "hours": 20}, None), ({"age": 14, "times_late": 11}, "aantal"), ({"age": 14, "sick_days": 20}, None),
    ],
)  # fmt: skip
def test_why_halt_cannot_be_is_said(facts, reason):
    assert why_no_halt(library().absence, library().figures, facts) == reason


def test_the_taps_are_cut_where_the_limits_lie():
    def taps(fact):
        return [band.id for band in bands(library().absence, library().figures, fact)]

    assert taps("age") == ["0-11", "12-17", "18-"]
    assert taps("hours") == ["0-8", "9-15", "16-60", "61-"]
    assert taps("times_late") == ["0-5", "6-8", "9-9", "10-11", "12-60", "61-"]
    assert taps("sick_days") == ["0-5", "6-15", "16-"]


def test_content_that_names_what_is_not_there_is_a_fault():
    data = library().absence.model_dump(by_alias=True)
    data["regels"][0]["acties"] = ["bestaat-niet"]
    data["regels"][1]["als"][0]["tot-en-met"] = "geen-cijfer"

    assert list(absence_faults(AbsenceCard.model_validate(data), library().figures)) == [
        'verzuim.yaml: thuiszitter: "bestaat-niet" is er niet',
        'verzuim.yaml: bijna-thuiszitter: het cijfer "geen-cijfer" is er niet',
    ]


# What is asked, and what is said


def steps(**answers):
    pages, _ = walk("verzuim", lambda page: answers.get(page.step, (NOT_SURE,)))
    return [page.step for page in pages]


def test_only_what_can_still_change_something_is_asked():
    few = steps(age=("12-17",), kinds=("ongeoorloofd",), hours=("9-15",), days=("2@2026-11-24",))
    many = steps(age=("12-17",), kinds=("ongeoorloofd",), hours=("16-60",), period_weeks=("5-",), within_four_weeks=("ja",))

    assert few == ["age", "kinds", "hours", "days", "agreements_broken"]
    assert many == ["age", "kinds", "hours", "period_weeks", "within_four_weeks"]


def test_whoever_does_not_know_the_kind_is_asked_one_by_one():
    assert steps(kinds=(NOT_SURE,)) == ["age", "kinds", *(f"feit:{kind.id}" for kind in library().absence.kinds)]


def result(sender="s-devries", when="2026-11-24T10:00", **answers):
    return walk("verzuim", lambda page: answers.get(page.step, ("nee",)), sender, when=when)[1].replies[0]


def test_terms_are_dates_counted_in_school_days():
    """On Thursday 17 December: Christmas holidays begin two days later, and last until 3 January."""
    answers = {"age": ("12-17",), "kinds": ("ziek", "luxe"), "sick_days": ("14@2026-12-17",), "times_sick_trimester": ("0-2",)}

    assert result(when="2026-12-17T10:00", **answers).data["terms"] == [
        {"id": "antwoord-leerplicht", "due": "2027-01-07"},
        {"id": "ziek-jeugdarts", "due": "2027-01-04"},
    ]


def test_a_report_on_a_day_off_is_made_on_the_first_school_day():
    text = result(when="2026-11-28T10:00", age=("0-11",), kinds=("luxe",)).text

    assert "Meld het bij leerplicht, maandag 30 november." in text
    assert "uiterlijk maandag 7 december" in text


def test_a_count_holds_from_the_day_on_which_it_was_said():
    answers = {"age": ("12-17",), "kinds": ("ziek",), "sick_days": ("14@2026-11-24",), "times_sick_trimester": ("0-2",)}

    for later in ("2026-11-24T10:00", "2026-11-26T10:00", "2026-11-30T10:00"):
        assert result(when=later, **answers).data["terms"] == [{"id": "ziek-jeugdarts", "due": "2026-11-26"}]


def test_a_band_alone_gives_no_date_of_a_next_step():
    assert result(age=("12-17",), kinds=("ziek",), sick_days=("6-15",), times_sick_trimester=("0-2",)).data["terms"] == []


def test_weeks_at_home_are_counted_by_the_calendar():
    found = result(age=("12-17",), kinds=("thuiszitter",), weeks_absent=("3@2026-11-24",))

    assert found.data["terms"] == [{"id": "thuiszitter", "due": "2026-12-02"}]


def test_for_an_adult_the_pupil_is_called_and_the_rmc_is_named():
    found = result(
        age=("18-",), kinds=("ziek", "te-laat"), sick_days=("6-15",), times_sick_trimester=("0-2",), times_late=("10-11",)
    )

    assert "Neem contact op met de leerling zelf" in found.text
    assert [one["role"] for one in found.data["contacts"]] == ["verzuimcoordinator", "leerplichtambtenaar"]


def test_whoever_deals_with_absence_is_not_told_to_call_themselves():
    found = result(sender="b-smit", age=("12-17",), kinds=("luxe",))

    assert [one["person"] for one in found.data["contacts"]] == ["m-vos"]


def test_somebody_who_works_for_several_schools_is_asked_which():
    pages, end = walk(
        "verzuim", lambda page: {"school": ("lindecollege",), "kinds": ("luxe",)}.get(page.step, (NOT_SURE,)), "w-mulder"
    )

    assert pages[0].step == "school"
    assert end.replies[0].data["contacts"][0]["person"] == "b-smit"


def test_nine_times_late_says_that_the_source_leaves_it_open():
    assert "de bron zegt niet wat dan geldt" in result(age=("12-17",), kinds=("te-laat",), times_late=("9-9",)).text


def test_the_age_is_kept_no_finer_than_is_needed():
    position = at("verzuim", {})

    assert position.page.entry.stored(14) == "12-17"
    assert read_facts(at_case({"age": ("12-17",), "kinds": ("ziek",), "sick_days": ("7@2026-11-24",)})) == {"age": 12, "sick_days": 7}


def at_case(answers):
    from bot.talk.flow import Case

    return Case(answers, context(example(), "s-devries"), "BLAUWE-OTTER")
