"""Every page, every edge and every class of outcome of every guided conversation: it ends, asks nothing twice, and fits a phone."""

import json
from collections import deque

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answer import start
from bot.flows import FLOWS
from bot.messages import Reply
from bot.talk.flow import NOT_SURE, ON, SKIPPED, Case, Done, page_reply
from bot.talk.read_answer import Given, read_text
from tests.asking import context, example, library, words
from tests.talking import Talk, step
from tests.walking import LONGEST, at, possible

ASKERS = ("s-devries", "w-mulder")
"""Of a school, and of the police with two schools."""

MOST_OPTIONS, LONGEST_LABEL = 10, 40
ENDS = {"result", "urgent", "confirmation", "announcement"}


def first(page):
    """An answer that goes on: no danger, else the first option."""
    ids = [option.id for option in page.options]
    return ("nee",) if "nee" in ids else tuple(ids[:1])


def finished(flow, answers, sender):
    """The end to which these answers lead when the rest is answered as it comes. Replaying it asks nothing twice."""
    told, surroundings = dict(answers), context(example(), sender, at="2026-11-24T10:00")
    for _ in range(LONGEST):
        page = FLOWS[flow].next(Case(told, surroundings, "BLAUWE-OTTER"))
        if isinstance(page, Done):
            return at(flow, told, sender).at
        told[page.step] = first(page)
    raise AssertionError(f"{flow} does not end after {answers}")


def edges(flow, sender, begin=()):
    """Every page with every answer to it, each once: the answers that lead to the page, and the page."""
    seen, waiting = set(), deque([dict(begin)])
    while waiting:
        answers = waiting.popleft()
        position = at(flow, answers, sender)
        page = position.page
        if page is None:
            continue
        if not isinstance(position.at, Done):
            yield answers, page
        for values in possible(page):
            if (page.step, values) not in seen:
                seen.add((page.step, values))
                waiting.append({**answers, page.step: values})


def fits_a_phone(page, flow):
    reply = page_reply(page, FLOWS[flow], "BLAUWE-OTTER", context(example(), "s-devries"))
    assert page.name
    assert 0 < len(reply.options) <= MOST_OPTIONS
    assert len({option.id for option in reply.options}) == len({option.label for option in reply.options}) == len(reply.options)
    assert all(0 < len(option.label) <= LONGEST_LABEL for option in reply.options), reply.options
    assert page.total == 0 or 1 <= page.number <= page.total
    plain(reply)


def plain(reply: Reply):
    """Nothing is left to fill in, nothing is empty, and programs can read it."""
    assert reply.lines
    assert all(line.text.strip() and "{" not in line.text for line in reply.lines if line.text), reply.text
    json.dumps(reply.data)


@pytest.mark.parametrize("sender", ASKERS)
@pytest.mark.parametrize("flow", FLOWS)
def test_every_page_and_edge_fits_and_leads_to_an_end(flow, sender):
    walked = 0
    for answers, page in edges(flow, sender):
        fits_a_phone(page, flow)
        for values in possible(page):
            assert page.accepts(values)
        end = finished(flow, answers, sender)
        for reply in end.replies:
            assert reply.kind in ENDS
            plain(reply)
            assert len(reply.options) <= MOST_OPTIONS
        walked += 1
    assert walked > 2


@pytest.mark.parametrize("flow", FLOWS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_however_somebody_answers_it_ends(flow, data):
    sender, answers = data.draw(st.sampled_from(ASKERS)), {}
    for _ in range(LONGEST):
        position = at(flow, answers, sender)
        if isinstance(position.at, Done):
            break
        answers[position.page.step] = data.draw(st.sampled_from(possible(position.page)))
    assert isinstance(position.at, Done)
    for reply in position.at.replies:
        plain(reply)


@pytest.mark.parametrize("flow", FLOWS)
def test_a_label_a_number_and_a_tap_are_the_same_answer(flow):
    pages = {page.step: page for _, page in edges(flow, "s-devries")}
    for page in pages.values():
        for number, option in enumerate(page.options, start=1):
            assert read_text(option.label, page, {}, words()) == Given((option.id,)), (page.step, option.label)
            if page.entry is None:
                assert read_text(str(number), page, {}, words()) == Given((option.id,))


@pytest.mark.parametrize("flow", FLOWS)
def test_the_first_page_is_that_of_the_conversation(flow):
    reply = start(flow, context(example(), "s-devries"))

    assert (reply.kind, reply.data["flow"]) == ("question", flow)


# Typed on every page


@pytest.mark.parametrize("typed", ["terug", "overslaan", "weet ik niet", "opnieuw", "wat is een thuiszitter", "bla bla"])
@pytest.mark.parametrize("flow", FLOWS)
def test_what_can_always_be_typed_is_understood_on_every_page(flow, typed, tmp_path):
    """Each page is reached by typed numbers; then the word is typed, and the conversation still stands there or goes on."""
    talk = Talk(tmp_path / "verbinder.db")
    pages = default_path(flow, talk)
    for place, page in enumerate(pages):
        talk.say("stop")
        begin(flow, talk)
        for earlier in pages[:place]:
            talk.say(typed_answer(earlier))
        heard = talk.say(typed).reply
        assert "Er ging bij mij iets mis" not in heard.text
        allowed = {"question", "result"} | ({"urgent"} if page.step == "gevaar" else set())
        assert heard.kind in allowed, (page.step, heard.text)
        if typed == "terug" and place:
            assert step(talk.sent[-1]) == pages[place - 1].step
        if typed == "overslaan":
            assert (step(talk.sent[-1]) == page.step) is not page.may_skip
        if typed == "bla bla":
            assert step(talk.sent[-1]) == page.step
    talk.store.close()


OPENING = {"veiligheidsplan": "checklist veiligheidsplan", "convenant": "checklist convenant", "lijst-pers": "checklist pers",
           "lijst-nazorg": "checklist nazorg", "lijst-terug-uit-detentie": "checklist terugkeer"}  # fmt: skip


def begin(flow, talk):
    heard = talk.say(OPENING.get(flow, flow)).reply
    assert heard.data["flow"] == flow, heard.text
    return heard


def default_path(flow, talk):
    answers, pages = {}, []
    surroundings = context(talk.assistant.world, "mia")
    for _ in range(LONGEST):
        page = FLOWS[flow].next(Case(answers, surroundings, "X"))
        if isinstance(page, Done):
            return pages
        pages.append(page)
        answers[page.step] = first(page)
    raise AssertionError(flow)


def typed_answer(page):
    """The default answer as it is typed: a label where a number is an amount, else a number."""
    wanted = first(page)[0]
    option = next(option for option in page.options if option.id == wanted)
    return option.label if page.entry else str(page.options.index(option) + 1)


# Classes of outcome


def ends(flow, begin=()):
    """The first reply of every end; what goes on elsewhere (sharing, handing over) has none of its own."""
    for answers, page in edges(flow, "s-devries", begin):
        for values in possible(page):
            yield from finished(flow, {**answers, page.step: values}, "s-devries").replies[:1]


def test_every_class_of_outcome_of_an_absence_check_is_reached():
    found = {action for end in ends("verzuim", {"age": ("12-17",)}) for action in end.data["actions"]}

    assert found == {one.id for one in library().absence.actions}


def test_every_class_of_outcome_of_the_other_conversations_is_reached():
    signals, scans = list(ends("signaal")), list(ends("quickscan"))

    assert {(end.kind, end.data.get("route")) for end in signals} == {("urgent", None), ("result", "extern"), ("result", "intern")}
    assert {end.data["ended"] for end in ends("herstelgesprek")} == {"niet", "wachten", "met-zorg", "gestopt", "bijna", "klaar"}
    assert {(end.data["inspection"] or {}).get("enough") for end in ends("veiligheidsplan")} == {True, False, None}
    assert {(end.kind, end.data.get("phase")) for end in scans} >= {("urgent", None), *(("result", phase) for phase in range(4))}


@pytest.mark.parametrize("kind", [one.id for one in library().absence.kinds])
def test_every_way_through_one_kind_of_absence_ends_with_something_to_do(kind):
    waiting, ways = [{"age": ("12-17",), "kinds": (kind,)}], 0
    while waiting:
        answers = waiting.pop()
        position = at("verzuim", answers)
        if not isinstance(position.at, Done):
            waiting += [{**answers, position.page.step: values} for values in possible(position.page) if values != (SKIPPED,)]
            continue
        ways += 1
        assert position.at.replies[0].data["actions"]
    assert ways >= 1


def test_unsure_and_skipped_are_answers_only_where_they_are_taken():
    for flow in FLOWS:
        for _, page in edges(flow, "s-devries"):
            assert page.accepts((NOT_SURE,)) is (page.may_doubt or NOT_SURE in {option.id for option in page.options})
            assert page.accepts((SKIPPED,)) is page.may_skip
            assert not page.accepts((ON, "onzin"))
