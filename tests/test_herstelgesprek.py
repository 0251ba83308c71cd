"""The guide to a restorative talk: whether it fits, what is arranged first, the questions in their order, and the agreements."""

import pytest

from bot.talk.flow import NOT_SURE, SKIPPED
from tests.asking import library
from tests.walking import walk

ALL = {
    "voorbereiding": tuple(one.id for one in library().talk.preparation),
    "afspraken": tuple(one.id for one in library().talk.agreements),
    "vorm": ("herstelgesprek",), "terugkijken": ("2026-12-08",), "geschikt": (),
}  # fmt: skip


def go(sender="y-amrani", **answers):
    told = ALL | answers
    pages, done = walk("herstelgesprek", lambda page: told.get(page.step, (page.options[0].id,)), sender)
    return [page.step for page in pages], done.replies[0]


@pytest.mark.parametrize("objection", [one for one in library().talk.objections if one.weight == "niet"], ids=lambda one: one.id)
def test_where_it_does_not_work_no_question_is_asked(objection):
    for value in (objection.id, f"twijfel:{objection.id}"):
        steps, end = go(geschikt=(value,))

        assert steps == ["geschikt"]
        assert (end.data["suitable"], end.data["ended"], end.lines[0].text) == ("niet", "niet", "Een herstelgesprek past hier niet")
        assert objection.why in end.text
        assert end.data["contacts"]


@pytest.mark.parametrize(("objection", "weight"), [("emoties-hoog", "wachten"), ("weinig-inleving", "met-zorg"), ("autistisch-gedrag", "met-zorg")])
def test_where_it_fits_less_or_not_yet_somebody_chooses(objection, weight):
    steps, end = go(geschikt=(objection,), toch=("nee",))

    assert steps == ["geschikt", "toch"]
    assert (end.data["suitable"], end.data["ended"]) == (weight, weight)
    assert go(geschikt=(objection,), toch=("ja",))[1].data["ended"] == "klaar"


def test_the_gravest_objection_decides():
    assert go(geschikt=("weinig-inleving", "emoties-hoog"), toch=("nee",))[1].data["suitable"] == "wachten"
    assert go(geschikt=("weinig-inleving", "emoties-hoog", "eerwraak"))[1].data["suitable"] == "niet"


def test_the_questions_are_asked_in_the_order_of_the_source():
    steps, _ = go()

    assert steps == [
        "geschikt", "vorm", "voorbereiding", "vraag:regels", "vraag:gebeurd", "vraag:wie", "vraag:schade", "vraag:straf", "vraag:herstel",
        "afspraken", "terugkijken",
    ]  # fmt: skip


def test_when_feelings_run_too_high_the_talk_stops_there():
    steps, end = go(**{"vraag:wie": ("loopt-op",)})

    assert steps[-1] == "vraag:wie"
    assert (end.data["ended"], end.lines[0].text) == ("gestopt", "Nog niet: laat eerst iedereen afkoelen")


def test_agreements_that_leave_something_out_say_what():
    _, end = go(afspraken=tuple(one for one in ALL["afspraken"] if one != "samen-gekozen"))

    assert (end.data["ended"], end.data["missing"]) == ("bijna", ["samen-gekozen"])
    assert "- Het slachtoffer koos mee" in end.text


def test_what_is_not_arranged_is_said_before_the_first_question_and_at_the_end():
    told = ALL | {"voorbereiding": ("afgekoeld",)}
    pages, done = walk("herstelgesprek", lambda page: told.get(page.step, (page.options[0].id,)), "y-amrani")
    asked = next(page for page in pages if page.step == "vraag:regels")

    assert "een gespreksleider die geen kant kiest" in asked.lines[-1].text
    assert "Dit was vooraf nog niet geregeld" in done.replies[0].text


def test_the_day_to_look_back_is_a_date_or_none():
    assert go()[1].data["due"] == "2026-12-08"
    assert "Terugkijken: dinsdag 8 december." in go()[1].text
    assert [go(terugkijken=(one,))[1].data["due"] for one in (NOT_SURE, SKIPPED)] == [None, None]
