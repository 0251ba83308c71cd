"""What is open in a few lines, and the daily digest: who sees what, how much of it, and when there is nothing to say."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.digest import overview
from bot.digest import say as digest
from bot.digest.overview import Tally
from bot.digest.say import Coming, News
from bot.handover.rows import Handover
from tests.asking import away, koppel, moment, network, person, world

PEOPLE = (
    person("vera", "linde", "veiligheidscoordinator", deputy="afra"), person("afra", "linde", "afdelingsleider"),
    person("pol", "politie", "wijkagent"), person("elf", "eik", "directie"), person("coen", "halt", "coordinator"),
)  # fmt: skip
KOPPELS = (koppel("linde", "vera", "pol"), koppel("eik", "elf", "pol"))
TOWN = world(network(*PEOPLE, koppels=KOPPELS))
NOW = moment("2026-11-26T08:15")
NOTHING = News()


def handover(reference="ROZE-VOS", state="offered", holder="pol", *, days=3, **more):
    at = NOW - timedelta(days=days)
    return replace(Handover(reference, "overdracht", "pol", "vera", holder, "linde-politie", 1, "gesprek", at, at, state), **more)


def texts(lines):
    return [line.text for line in lines]


def test_the_network_sees_per_pair_how_many_and_how_long_and_nothing_more():
    found = [
        Tally("linde-politie", 1, NOW),
        Tally("eik-politie", 3, NOW - timedelta(days=9), late=1),
        Tally(None, 2, NOW - timedelta(days=1)),
    ]

    assert texts(overview.of_network(found, TOWN, NOW).lines) == [
        "Eikschool: 3 open, de oudste 9 dagen. Over tijd: 1.",
        "Buiten de koppels: 2 open, de oudste 1 dag.",
        "Lindecollege: 1 open, sinds vandaag.",
    ]


def test_a_pair_sees_references_and_holders_late_ones_first():
    found = [
        handover(), handover("GROENE-EGEL", "accepted", "vera", due=NOW - timedelta(hours=20)), handover("GELE-UIL", "declined"),
        handover("BLAUWE-OTTER", "reported", "vera", phase=2, paused_until=date(2026, 12, 3)),
    ]  # fmt: skip

    assert texts(overview.of_pair(found, TOWN, NOW).lines) == [
        "GROENE-EGEL: bij Vera Zandstra, 3 dagen. Over tijd.",
        "BLAUWE-OTTER: teruggekoppeld door Vera Zandstra, wacht op Pol Zandstra, 3 dagen. Pauze tot donderdag 3 december.",
        "GELE-UIL: niet aangenomen, nog bij Pol Zandstra, 3 dagen.",
        "ROZE-VOS: aangeboden aan Vera Zandstra, nog bij Pol Zandstra, 3 dagen.",
    ]


@pytest.mark.parametrize(
    ("who", "state", "holder", "line", "asks"),
    [
        ("vera", "offered", "pol", "ROZE-VOS: neem jij dit over? Van Pol Zandstra, 3 dagen.", True),
        ("pol", "offered", "pol", "ROZE-VOS: nog bij jou, aangeboden aan Vera Zandstra, 3 dagen.", True),
        ("vera", "accepted", "vera", "ROZE-VOS: jij hebt dit van Pol Zandstra, 3 dagen.", True),
        ("pol", "accepted", "vera", "ROZE-VOS: bij Vera Zandstra, 3 dagen.", False),
        ("pol", "reported", "vera", "ROZE-VOS: teruggekoppeld door Vera Zandstra, 3 dagen. Sluit jij af?", True),
        ("vera", "reported", "vera", "ROZE-VOS: door jou teruggekoppeld, wacht op Pol Zandstra, 3 dagen.", False),
        ("pol", "declined", "pol", "ROZE-VOS: niet aangenomen, nog bij jou, 3 dagen. Aan wie nu?", True),
        ("afra", "accepted", "vera", "ROZE-VOS: bij Vera Zandstra, 3 dagen.", False),
    ],
)
def test_somebody_sees_what_is_asked_of_them(who, state, holder, line, asks):
    one = handover(state=state, holder=holder)

    assert texts(overview.of_person([one], who, TOWN, NOW).lines) == [line]
    assert overview.asks_of(one, who) is asks


def test_forty_open_are_fifteen_lines_and_the_rest_is_counted():
    found = [handover(f"ROZE-VOS{number:02}") for number in range(40)]
    reply = digest.of_pair(found, "linde-politie", TOWN, NOW)

    assert len(reply.lines) == 15
    assert reply.lines[-1].text == "En nog 27."
    assert len(reply.data["open"]) == 40


def test_asked_when_nothing_is_open_it_says_so():
    assert digest.of_mine([], "vera", TOWN, NOW).text == "Je hebt nu geen overdrachten."
    assert digest.of_mine([handover(state="accepted", holder="vera")], "pol", TOWN, NOW).text.splitlines()[0] == "Jouw overdrachten"
    assert digest.of_pair([], "linde-politie", TOWN, NOW).text == "Open bij dit koppel\nEr staat niets open."


# The digest


def test_the_network_digest_names_who_is_away_and_who_stands_in_what_changed_and_what_comes():
    absent = replace(TOWN.network, people=(replace(PEOPLE[0], absences=away("2026-11-25", "2026-11-27")), *PEOPLE[1:]))
    news = News(
        ["Pol Zandstra heeft een nieuw nummer: 06-1"], [Coming("werkgroep", "Werkgroep School & Veiligheid", date(2026, 11, 27))]
    )
    reply = digest.of_network([Tally("eik-politie", 1, NOW)], news, world(absent), NOW)

    assert reply.text.splitlines() == [
        "Overzicht van donderdag 26 november",
        "Eikschool: 1 open, sinds vandaag.",
        "Afwezig: Vera Zandstra, tot en met morgen. Vervanger: Afra Zandstra.",
        "Pol Zandstra heeft een nieuw nummer: 06-1",
        "Morgen: Werkgroep School & Veiligheid.",
    ]
    assert reply.data["absent"] == [{"person": "vera", "deputy": "afra"}]
    assert reply.data["coming"] == [{"agreement": "werkgroep", "on": "2026-11-27"}]


def test_a_network_digest_never_has_more_than_fifteen_lines():
    busy = replace(
        TOWN.network,
        people=tuple(replace(one, absences=away("2026-11-25", "2026-11-27"), confirmed=date(2025, 1, 1)) for one in PEOPLE),
    )
    news = News([f"wijziging {n}" for n in range(9)], [Coming("a", "Overleg", date(2026, 11, 27))] * 9)
    tallies = [Tally(None, 1, NOW)] * 40
    reply = digest.of_network(tallies, news, world(busy), NOW)

    assert len(reply.lines) == 15
    assert "En nog 37." in reply.text
    assert reply.lines[-1].text == "5 kaarten in de contactlijst zijn een jaar niet bevestigd."


OPEN = [Tally("linde-politie", 1, NOW)]


@pytest.mark.parametrize(
    ("day", "tallies", "first", "due"),
    [
        ("2026-11-26", OPEN, False, True),
        ("2026-11-26", [], False, False),
        ("2026-11-26", [], True, True),  # once a week it says that there is nothing
        ("2026-11-28", OPEN, True, False),  # a Saturday
        ("2026-12-25", OPEN, True, False),
        ("2027-05-06", OPEN, True, False),  # Ascension Day
        ("2027-02-17", OPEN, False, True),  # in holidays only when something is open
        ("2027-02-15", [], True, False),
    ],
)
def test_the_network_hears_what_is_open_and_once_a_week_that_nothing_is(day, tallies, first, due):
    assert digest.is_due(tallies, NOTHING, TOWN, date.fromisoformat(day), first_this_week=first) is due


def test_news_is_told_on_its_day_and_an_absence_on_its_first():
    absent = world(replace(TOWN.network, people=(replace(PEOPLE[0], absences=away("2026-11-25", "2026-11-27")), *PEOPLE[1:])))
    today, tomorrow = date(2026, 11, 25), date(2026, 11, 26)
    meeting = News(coming=[Coming("a", "Overleg", tomorrow)])

    assert [digest.is_due([], NOTHING, absent, day, first_this_week=False) for day in (today, tomorrow)] == [True, False]
    assert [digest.is_due([], meeting, TOWN, day, first_this_week=False) for day in (today, tomorrow)] == [False, True]
    assert digest.is_due([], News(["nieuw nummer"]), TOWN, today, first_this_week=False)
