"""Lists that are gone through together, with whom to call at each step."""

from __future__ import annotations

from bot.answers.knowledge import topic_reply
from bot.flows import FLOWS
from bot.flows.checklist import LISTS
from bot.talk.choose import answer_choice
from bot.talk.flow import Case, Done, replay
from tests.asking import ask, context, example, library


def walk(flow, sender, answer):
    """Every page of a list, each answered in the same way, and its end."""
    answers, pages = {}, []
    while True:
        at = FLOWS[flow].next(Case(answers, context(example(), sender), "PROEF"))
        if isinstance(at, Done):
            return pages, at.replies[0]
        pages.append(at)
        answers[at.step] = (answer if answer in {one.id for one in at.options} else at.options[0].id,)


def test_each_list_is_walked_to_its_end_and_asks_nothing_twice():
    for flow in LISTS:
        for answer in ("gedaan", "open", "niet-nodig"):
            pages, end = walk(flow.id, "s-devries", answer)

            assert len({page.step for page in pages}) == len(pages) > 1
            assert (end.kind, end.data["flow"]) == ("result", flow.id)
            assert len(end.data["open"]) == (len(pages) if answer == "open" else 0)


def test_every_step_says_whom_to_call_or_that_nobody_has_the_role():
    pages, _ = walk("lijst-pers", "y-amrani", "gedaan")

    assert [page.lines[1].text for page in pages][:2] == ["Bel Els Dekker, directie", "Bel Carla Willemse, schoolcontactpersoon"]
    assert pages[0].lines[-1].text == "Bron: §4 (2015)"


def test_an_mbo_gets_its_own_list_of_return_to_school_without_a_question():
    pages, end = walk("lijst-terug-uit-detentie", "d-pinas", "gedaan")

    assert (pages[0].step, pages[3].step) == ("inrichting", "afwijzen")
    assert end.lines[0].text == "Terug naar het mbo: je bent er doorheen."


def test_whoever_is_of_no_school_is_asked_for_which_kind():
    pages, _ = walk("lijst-terug-uit-detentie", "j-schouten", "gedaan")

    assert [option.label for option in pages[0].options] == ["Po, vo of vso", "Mbo"]


def test_what_is_left_is_said_at_the_end_with_whom_to_call():
    answers = {one.id: ("open" if one.id == "woordvoerder" else "gedaan",) for one in library().checklists["pers"].steps}
    end = replay(FLOWS["lijst-pers"], answers, context(example(), "y-amrani"), "PROEF").at.replies[0]

    assert end.data["open"] == ["woordvoerder"]
    assert end.lines[2].text == "- Laat één iemand het woord doen: de directie. Verwijs iedereen daarheen."
    assert end.lines[3].text == "Bel Els Dekker, directie"


def test_a_list_is_begun_by_its_name_and_from_a_topic_that_goes_with_it():
    topic = next(one for one in library().topics.values() if "de pers na een incident" in one.title)
    surroundings = context(example(), "y-amrani")
    offered = topic_reply(surroundings, topic)

    assert ask(example(), "checklist pers", "y-amrani").data["flow"] == "lijst-pers"
    assert answer_choice(offered, "flow:lijst-pers", surroundings).data["step"] == "woordvoerder"


def test_a_stranger_begins_no_list():
    assert ask(example(), "checklist pers", "onbekend-1").data == {"reason": "stranger"}
