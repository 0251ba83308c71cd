"""The benchmark works: it asks what it should, knows who is right, and ours is right most of the time. Nothing is timed here."""

from random import Random

from knowledge.network import SIDES
from knowledge.roles import ROLES
from tests.bench import report
from tests.bench.country import whole_country
from tests.bench.garble import garble, in_short
from tests.bench.guard import looked_through
from tests.bench.made_networks import make_network
from tests.bench.matrix import KINDS, report_of
from tests.bench.measure import side_by_side
from tests.bench.open_handovers import measure_here
from tests.bench.questions import ask
from tests.bench.slack import round_trips
from tests.bench.ways import OURS, WAYS
from tests.bench.whole import Cold, handle_messages

NETWORK = make_network(100)


def test_a_made_network_has_as_many_people_as_asked_and_is_the_same_every_time():
    assert len(NETWORK.people) == 100
    assert make_network(100) == NETWORK
    assert len(make_network(1_000).koppels) == 25


def test_a_made_network_holds_together():
    for person in NETWORK.people:
        assert NETWORK.organisation_of(person).kind in SIDES
        assert set(person.roles) <= set(ROLES)
        assert person.deputy is None or person.deputy in NETWORK.person_by_id
    assert {role for person in NETWORK.people for role in person.roles} == set(ROLES)


def test_spoiled_names_differ_from_the_name_and_keep_its_small_words():
    spoiled = [garble("Jan van der Lindeboom", Random(seed)) for seed in range(200)]
    assert sum(one != "Jan van der Lindeboom" for one in spoiled) >= 198
    assert all(" van der " in one for one in spoiled)
    assert in_short("wie is de mentor van De Brug?", Random(1)) == "wi is mentor van de brug"


def test_questions_are_the_same_every_time_and_never_about_the_asker():
    questions = list(ask(NETWORK, 40))
    assert questions == list(ask(NETWORK, 40))
    assert all(one.right and one.asker not in one.right for one in questions)
    assert len({one.kind for one in questions}) == 7


def test_ours_is_right_for_more_than_four_in_five_and_more_often_than_any_other_way():
    heard: list[str] = []
    results = {one.way: one for one in side_by_side(100, 40, 40, heard.append)}
    assert set(results) == set(WAYS)
    assert all(len(one.times) == 40 for one in results.values())
    assert results[OURS].share > 0.8
    assert results[OURS].share == max(one.share for one in results.values())
    assert heard


def test_a_message_is_stored_for_good_and_the_report_judges_every_aim():
    heard: list[str] = []
    handled = handle_messages(20, heard.append)
    assert (handled.messages, handled.failed) == (20, 0)
    country = whole_country(heard.append, 30, 100)
    assert (country.messages, country.answers >= 30, country.failed) == (30, True, 0)
    measured = side_by_side(100, 10, 10, heard.append)
    itself = measure_here(60, 12)
    assert itself.messages == 13  # the network and each pair
    parts = [
        report.search({100: measured}), report.example(Cold(2.0, 1.5), handled), report.in_country(country), report.by_themselves(itself),
        report.on_slack(round_trips(print, 5)), report.guarding(looked_through(print, 20)),
    ]  # fmt: skip
    text = report.markdown(report.together([*parts, report.failed("Matrix", RuntimeError())]), report.machine("2026-11-24"))
    assert "| koude start ≤ 1 s | 2.00 s | leeg Python: 0.02 s | 100.00 | haalt het niet |" in text
    assert "| Matrix | niet gemeten: RuntimeError | – | – | haalt het niet |" in text
    assert all(one.way in text for one in measured)


def test_matrix_is_judged_beside_the_echo_in_the_same_run():
    times = {(manners, kind, which): [[0.1 if which == "echo" else 0.11]] for manners in ("courtesies", "bare") for kind in KINDS for which in ("ours", "echo")}
    aims = [aim.row for aim in report_of(times, {"ours": [10.0], "echo": [20.0]}).aims]

    assert aims[0] == ("Matrix, open, met gelezen en typt: ≤ 1.15 keer de echo", "110 ms", "kleinste echo op nio: 100 ms", "1.10", "houdt")
    assert aims[-1][-2:] == ("0.50", "haalt het niet")


def test_a_country_that_takes_too_long_is_played_as_far_as_there_was_time():
    country = whole_country(print, 2_000, 100, seconds=1)

    assert 0 < country.messages < 2_000
    assert round(country.minutes, 6) == round(60 * country.messages / 2_000, 6)
