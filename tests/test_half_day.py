"""A part of a day is read back as the whole day it belongs to, and it is said that it is."""

import pytest

from bot.contacts.half_day import whole_days
from tests.asking import ask, example


@pytest.mark.parametrize(
    ("said", "whole"),
    [
        ("ik ben vanmiddag vrij", "ik ben vandaag vrij"),
        ("morgenochtend ben ik er niet", "morgen ben ik er niet"),
        ("ben vrijdagmiddag weg", "ben vrijdag weg"),
        ("ik ben dinsdag van 9 tot 12 uur weg", "ik ben dinsdag weg"),
        ("ik ben vandaag vanaf 14:00 afwezig", "ik ben vandaag afwezig"),
        ("ik ben morgen een halve dag vrij", "ik ben morgen vrij"),
    ],
)
def test_a_part_of_a_day_is_its_day(said, whole):
    assert whole_days(said) == whole


@pytest.mark.parametrize("said", ["ik ben morgen vrij", "ik ben ziek tot 1 december", "ik ben weg van 3 december tot 5 december"])
def test_a_whole_day_stays_as_it_is(said):
    assert whole_days(said) is None


def test_who_is_away_for_an_afternoon_hears_that_the_list_knows_whole_days_only():
    reply = ask(example(), "ik ben vanmiddag vrij", "s-devries", at="2026-11-26T10:30")

    assert reply.text.splitlines()[:3] == [
        "Ik houd alleen hele dagen bij. Ben je korter weg? Kies dan nee, en zeg het wie het moet weten.",
        "Dit zet ik dan in de contactlijst:",
        "Afwezig: Sanne de Vries, vandaag (donderdag 26 november).",
    ]


def test_a_pupil_who_was_ill_in_the_afternoon_is_no_absence_of_a_colleague():
    assert ask(example(), "leerling was vanmiddag ziek", "s-devries", at="2026-11-26T10:30").kind == "contact"
