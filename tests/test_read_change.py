"""What is read as a change of the contact list, in hurried Dutch, and what is left to be a question."""

from datetime import date

import pytest

from bot.contacts.read_change import read_change
from tests.asking import example

TUESDAY = date(2026, 11, 24)


def read(text):
    world = example()
    return read_change(text, world.names, world.calendar, TUESDAY)


def told(text):
    """Each wish in short: kind, of whom, who takes over, which days, which value."""
    reading = read(text)
    found = []
    for wish in reading.wishes if reading else ():
        spans = [f"{first:%d%m}-{last:%d%m}" for first, last in wish.days.spans] if wish.days else []
        found.append(" ".join(filter(None, (wish.kind, *wish.who, *wish.other, *spans, wish.value))))
    return "; ".join(found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ik ben morgen vrij", "afwezig mij 2511-2511"),
        ("ben mrogen vrij", "afwezig mij 2511-2511"),
        ("k ben mrgn weg ff doorgeven", "afwezig mij 2511-2511"),
        ("ik ben maandag en dinsdag weg", "afwezig mij 3011-0112"),
        ("ik ben ma, di en do afwezig", "afwezig mij 3011-0112 0312-0312"),
        ("Sanne is ziek tot vrijdag", "afwezig s-devries 2411-2711"),
        ("sane de vreis is zeik tot vrijdga", "afwezig s-devries 2411-2711"),
        ("ik heb verlof van 20 t/m 27 november", "afwezig mij 2011-2711"),
        ("ik ben er de hele kerstvakantie niet", "afwezig mij 1912-0301"),
        ("femke is vanaf maandag 2 weken weg", "afwezig f-kok 3011-1312"),
        ("zet Tim Bos op afwezig tot 1 maart", "afwezig t-bos 2411-0103"),
        ("kan je doorgeven dat ik morgen vrij ben?", "afwezig mij 2511-2511"),
        ("ik ben ziek", "afwezig mij"),
        ("ik ben al drie dagen ziek", "afwezig mij"),
        ("komt al drie dagen niet", ""),
        ("is al twee weken ziek", ""),
        ("ik ben weer beter", "terug mij"),
        ("Sanne is er weer", "terug s-devries"),
        ("mijn nummer is nu 06 555 00 199", "telefoon mij 06-55500199"),
        ("mn nieuwe 06 is 0655500199", "telefoon mij 06-55500199"),
        ("Sanne heeft een nieuw nummer: 0655500777", "telefoon s-devries 06-55500777"),
        ("mijn mail is nu y.amrani@nieuw.example", "e-mail mij y.amrani@nieuw.example"),
        ("Tim volgt mij op per 1 januari", "opvolger mij t-bos 0101-0101"),
        ("de opvolger van wendy is ahmed per 1 maart", "opvolger w-mulder a-vanleeuwen 0103-0103"),
        ("ik heb een nieuw nummer, 0655500199, het oude vervalt", "telefoon mij 06-55500199"),
        ("nieuw nummer: 06 555 00 199", "telefoon mij 06-55500199"),
        ("Bart werkt hier niet meer", "stopt b-smit"),
        ("haal bart smit uit de lijst", "stopt b-smit"),
        ("ik stop per 1 februari", "stopt mij 0102-0102"),
        ("mijn laatste dag is 31 januari", "stopt mij 3101-3101"),
        ("tim is mijn vervanger", "vervanger mij t-bos"),
        ("mijn vervanger wordt els dekker", "vervanger mij e-dekker"),
        ("ik werk niet meer op woensdag", "werkdagen mij 2511-2511"),
        ("vanaf volgende week werk ik niet meer op woensdag", "werkdagen mij 3011-0412"),
        ("ik ga vrijdag met vakantie, tim neemt waar", "afwezig mij 2711-2711; vervanger mij t-bos"),
        ("wendy mulder vertrekt per 1 maart, ahmed volgt haar op", "stopt w-mulder 0103-0103; opvolger w-mulder a-vanleeuwen"),
        ("ben er morgen niet", "afwezig mij 2511-2511"),
    ],
)
def test_what_somebody_says_in_passing_is_read_as_the_change_it_is(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "is er een studiedag morgen", "ben ik morgen vrij", "is wendy morgen vrij", "is marieke morgen weer terug", "is het morgen vrij",
        "ik ga vrijdag met vakantie, wie neemt waar", "Sanne is ziek", "is Sanne morgen vrij?", "ik ben weg", "ik stop", "ik ben niet vrij morgen",
        "mijn leerling is ziek tot vrijdag", "voor de vierde keer dit trimester ziek gemeld", "het nummer van Kevin is 06-55500777",
        "ik ben ziek van al dat spijbelen", "een leerling is morgen weg", "hij is ziek tot vrijdag", "Tarik is ziek hoor ik en het is vrijdag",
        "wanneer ben ik vrij", "de jongen komt morgen vrij", "ik ben vanmiddag vrij", "ik werk met een leerling die niet meer op school komt",
        "overdracht", "1", "", "ik ben morgen vrij en Kevin heeft een mes", "nummer 06-55500777",
        "zijn nummer is 06-55500777", "haar nummer is nu 06-55500777",
    ],
)  # fmt: skip
def test_what_is_a_question_or_a_story_is_no_change(text):
    assert read(text) is None


def test_a_reason_is_set_apart_and_does_not_go_with_the_change():
    reading = read("ik ben morgen vrij want Kevin heeft me geslagen")

    assert (told("ik ben morgen vrij want Kevin heeft me geslagen"), reading.rest.strip()) == (
        "afwezig mij 2511-2511",
        "Kevin heeft me geslagen",
    )


def test_a_name_that_nobody_in_the_list_bears_is_known_to_be_missing():
    assert [(wish.kind, wish.other, wish.unknown) for wish in read("Pieter Zandstra volgt mij op per 1 januari").wishes] == [
        ("opvolger", (), True)
    ]
