"""The signal route: danger leaves it at once; anything else ends in a plan with who does what by which day."""

from datetime import date

import pytest

from bot.talk.flow import NOT_SURE
from bot.talk.read_answer import read_text
from knowledge.signals import Course, SignalRoute, due_day, signal_faults
from tests.asking import ask, example, library, network, person, words
from tests.asking import world as made
from tests.walking import walk

NEW = {"extern": "opnemen", "intern": "melden"}


def end(route, sender="y-amrani", when="2026-11-24T10:00", of=None, **answers):
    told = {"gevaar": ("nee",), "route": (route,), "stap": (NEW[route],), "school": ("lindecollege",), **answers}
    return walk("signaal", lambda page: told.get(page.step, (page.options[0].id,)), sender, of, when)[1].replies[0]


def plan(*keys, **more):
    return [tuple(one[key] for key in keys) for one in end(**more).data["plan"]]


def test_danger_leaves_the_route_at_once():
    for answer in ("ja", NOT_SURE):
        pages, done = walk("signaal", lambda page, given=answer: (given,), "y-amrani")

        assert [page.step for page in pages] == ["gevaar"]
        assert (done.replies[0].kind, done.erase) == ("urgent", True)
        assert "112" in done.replies[0].lines[0].text


def test_a_signal_from_outside_has_four_steps_with_who_and_when():
    assert plan("step", "task", "who", "due", route="extern", sender="w-mulder", afsluiten=("2026-12-08",)) == [
        ("opnemen", "opnemen", "t-bos", "2026-11-24"),
        ("ernst", "ernst", "t-bos", "2026-11-24"),
        ("afhandelen", "collegas", "y-amrani", "2026-11-27"),
        ("afhandelen", "leerling", "y-amrani", "2026-11-27"),
        ("afhandelen", "ouders", "y-amrani", "2026-12-08"),
        ("afhandelen", "terugkoppelen", "y-amrani", "2026-12-08"),
        ("afsluiten", "afsluiten", "y-amrani", "2026-12-08"),
    ]


def test_a_signal_from_inside_begins_with_whoever_saw_it_and_takes_a_week():
    assert plan("task", "who", "due", route="intern", casemanager=("veiligheidscoordinator",), afsluiten=("2026-12-15",)) == [
        ("melden", "y-amrani", "2026-11-24"),
        ("ernst", "t-bos", "2026-12-01"),
        ("mdo", "s-devries", "2026-12-01"),
        ("politie", "s-devries", "2026-12-01"),
        ("communiceren", "s-devries", "2026-12-01"),
        ("terugkoppelen", "s-devries", "2026-12-01"),
        ("afsluiten", "s-devries", "2026-12-15"),
    ]


def test_the_plan_begins_where_the_school_is():
    assert plan("step", route="extern", stap=("afsluiten",)) == [("afsluiten",)]
    assert plan("step", route="intern", stap=("ernst",))[0] == ("ernst",)
    assert plan("step", route="intern", stap=(NOT_SURE,))[0] == ("melden",)


@pytest.mark.parametrize(("typed", "role"), [("vc", "veiligheidscoordinator"), ("zoco", "zorgcoordinator"), ("slc", "mentor"), ("3", "zorgcoordinator")])
def test_a_casemanager_is_called_by_any_word_for_the_role(typed, role):
    pages, _ = walk("signaal", lambda page: ("nee",) if page.step == "gevaar" else (page.options[0].id,), "y-amrani")
    page = next(page for page in pages if page.step == "casemanager")

    assert read_text(typed, page, {}, words()).values == (role,)


def test_without_a_casemanager_it_stays_with_whoever_appoints_one():
    found = end("intern", casemanager=(NOT_SURE,))

    assert {one["who"] for one in found.data["plan"] if one["step"] == "afhandelen"} == {"t-bos"}
    assert "Wie: de casemanager. Zolang die er niet is: Tim Bos (afdelingsleider)." in found.text


def test_what_should_have_been_done_before_today_says_so_and_keeps_its_day():
    found = end("intern", sinds=("2026-11-16",))

    assert found.data["plan"][0]["due"] == "2026-11-16"
    assert "Dit moest maandag 16 november klaar zijn: doe het nu." in found.text


def test_every_step_says_what_must_be_so_at_its_end():
    for route in ("extern", "intern"):
        text = end(route).text

        assert [f"Klaar als: {step.done}" in text for step in library().signals[route].steps] == [True] * 4
        assert f"Bron: {library().signals[route].source} (2015)" in text


def test_whoever_is_away_on_the_day_is_replaced_by_the_deputy():
    found = end("intern", casemanager=("zorgcoordinator",), sinds=("2026-12-01",), when="2026-12-01T10:00")

    assert {one["who"] for one in found.data["plan"] if one["task"] == "mdo"} == {"t-bos"}
    assert "Wie: Tim Bos, vervangt Femke Kok (zorgcoördinator), casemanager." in found.text


def test_of_several_who_may_be_meant_nobody_is_named():
    several = made(
        network(person("a", "linde", "mentor"), person("b", "linde", "mentor"), person("v", "linde", "veiligheidscoordinator"))
    )
    found = end("extern", sender="v", of=several, casemanager=("mentor",))

    assert {one["who"] for one in found.data["plan"] if one["step"] == "afhandelen"} == {None}
    assert "mentor (vraag wie dat is)" in found.text


@pytest.mark.parametrize(
    ("signal", "task", "due"),
    [
        ("2026-11-24", "opnemen", "2026-11-24"),
        ("2026-11-28", "opnemen", "2026-11-30"),  # a Saturday
        ("2026-12-19", "opnemen", "2027-01-04"),  # the first day of the Christmas holidays
        ("2026-11-27", "collegas", "2026-11-27"),  # a Friday
        ("2026-11-28", "collegas", "2026-12-04"),
        ("2026-11-24", "ouders", "2026-12-08"),
        ("2026-11-22", "ouders", "2026-12-04"),  # fourteen days end on a Sunday
        ("2026-12-17", "ouders", "2026-12-18"),  # the holidays do not stretch the term
        ("2026-12-19", "ouders", "2027-01-02"),  # no school day at all within it
    ],
)  # fmt: skip
def test_a_term_ends_on_a_school_day_within_it(signal, task, due):
    tasks = {one.id: one for step in library().signals["extern"].steps for one in step.tasks}
    course = Course(date.fromisoformat(signal), date(2027, 1, 8), example().calendar, None)

    assert due_day(tasks[task], course, library().figures) == date.fromisoformat(due)


def test_a_day_stays_the_same_day_when_the_plan_is_shown_again_later():
    answers = {"sinds": ("2026-11-24",), "afsluiten": ("2026-12-08",)}

    assert plan("due", route="extern", **answers) == plan("due", route="extern", when="2026-11-30T10:00", **answers)


@pytest.mark.parametrize("typed", ["signaal", "signaalroute", "Singaal", "signaal van de politie", "start de signaalroute"])
def test_it_is_begun_by_its_name_typed_in_a_hurry(typed):
    assert ask(example(), typed, "y-amrani").data["flow"] == "signaal"


@pytest.mark.parametrize("typed", ["wat is een signaal", "signaal?", "wie belt bij een signaal van buiten"])
def test_a_question_about_signals_begins_nothing(typed):
    assert ask(example(), typed, "y-amrani").kind != "question"


def test_a_stranger_begins_no_route():
    assert ask(example(), "signaal", "onbekend-1").data == {"reason": "stranger"}


def test_a_term_without_its_figure_is_a_fault():
    data = library().signals["intern"].model_dump(by_alias=True)
    data["stappen"][1]["taken"][0]["grens"] = "geen-cijfer"

    assert list(signal_faults([SignalRoute.model_validate(data)], library().figures)) == [
        'signaal.yaml: ernst: het cijfer "geen-cijfer" is er niet'
    ]
