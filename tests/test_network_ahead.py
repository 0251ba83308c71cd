"""Gaps that `check` names before they bite: hours without anybody, people whom no message reaches, a calendar that ends."""

from dataclasses import replace
from datetime import date

import pytest

from bot.check import Known, check_network
from bot.contacts.changes import Successor
from knowledge.calendar import Calendar
from knowledge.network import Channels
from knowledge.network_ahead import Ahead, gaps_ahead
from knowledge.reach import Reach
from tests.asking import away, koppel, moment, network, person

TUESDAY = date(2026, 11, 24)
DAYS = "Mo-Fr 08:30-17:00; PH off; SH off"


def texts(of, today=TUESDAY, linked=()):
    return [gap.text for gap in gaps_ahead(Ahead(Reach(of, Calendar(of)), today, frozenset(linked)))]


def test_a_day_on_which_nobody_in_a_role_nor_a_deputy_is_there_is_named():
    vera = person("vera", "linde", "veiligheidscoordinator", hours="Mo-Th 08:30-17:00; PH off")
    sentence = "Lindecollege: op vrijdag is niet de hele dag iemand te bereiken als veiligheidscoördinator, ook geen vervanger."

    assert texts(network(vera)) == [sentence]
    assert texts(network(replace(vera, deputy="afra"), person("afra", "linde", "afdelingsleider", hours=DAYS))) == []


def test_an_absence_to_come_is_a_gap_on_its_days_alone():
    vera = person("vera", "linde", "veiligheidscoordinator", hours=DAYS, absences=away("2026-12-01", "2026-12-01"))

    assert texts(network(vera)) == [
        "Lindecollege: 1 december 2026 is niet de hele dag iemand te bereiken als veiligheidscoördinator, ook geen vervanger."
    ]


def test_hours_that_end_early_leave_the_rest_of_the_day_open():
    vera = person("vera", "linde", "veiligheidscoordinator", hours="Mo-Fr 08:30-15:00; PH off")

    assert texts(network(vera))[0].startswith("Lindecollege: op maandag, op dinsdag, op woensdag, op donderdag en op vrijdag is niet")


def test_whoever_has_no_account_where_people_talk_is_named_unless_it_was_linked():
    of = replace(network(person("vera", "linde", "mentor", slack="U0V"), person("mia", "linde", "mentor")), channels=Channels(slack="C0N"))

    assert texts(of) == ["Zonder account in de chat, dus alleen te bellen: Mia Zandstra."]
    assert texts(of, linked=["mia"]) == []


def test_a_contact_who_is_only_on_the_other_platform_is_named():
    pair = replace(koppel("linde", "vera"), channels=Channels(matrix="!k:x.nl"))
    of = network(person("vera", "linde", "mentor", slack="U0V"), koppels=(pair,))

    assert texts(of) == ["Koppel Lindecollege: Vera Zandstra zit alleen in Slack, maar het koppel praat ergens anders."]


@pytest.mark.parametrize(("today", "expected"), [("2029-07-01", 0), ("2029-10-01", 1), ("2030-12-01", 1)])
def test_the_end_of_the_known_holidays_is_said_a_year_before(today, expected):
    assert len([text for text in texts(network(), date.fromisoformat(today)) if "Schoolvakanties" in text]) == expected


def test_a_successor_who_waits_for_the_day_is_a_successor():
    of = network(person("vera", "linde", "veiligheidscoordinator", until=date(2026, 12, 15)), person("afra", "linde", "directie"))

    def leaving(known):
        return [line for line in check_network(of, moment("2026-11-24T10:00"), known) if "geen opvolger" in line]

    assert len(leaving(Known())) == 1
    assert leaving(Known(planned=(Successor("vera", "afra"),))) == []
