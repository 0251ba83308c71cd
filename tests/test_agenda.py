"""What is asked about agreements, the calendar file, and where an agreement is said."""

from datetime import date, datetime

import pytest
from icalendar import Calendar as Ical

from bot.agenda.duty import concerned, places
from bot.agenda.say import when
from bot.context import make_world
from knowledge.network import Agreement
from tests.asking import ask, example, library, understanding, words
from tests.command import EXAMPLE, verbinder

NOW = "2026-11-24T10:00"


def topic(text, sender="s-devries"):
    return ask(example(), text, sender, at=NOW).data.get("topic")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("welke afspraken komen eraan", "agenda"), ("wat is de volgende afspraak", "agenda"), ("afspraken deze maand", "agenda"),
        ("agenda", "agenda"),
        ("stuur de agenda", "agenda"),
        ("wanneer is de werkgroep", "agenda:werkgroep"),
        ("wanneer is de wergkroep weer", "agenda:werkgroep"),
        ("wanneer is het volgende overleg van de veiligheidscoördinatoren?", "agenda:overleg-veiligheidscoordinatoren"),
        ("wanneer komt de wijkagent op bezoek", "agenda:wijkagent-op-de-brug"),
    ],
)
def test_a_question_about_the_agenda_is_answered_from_the_network(text, expected):
    assert topic(text) == expected


@pytest.mark.parametrize("text", ["om de hoeveel weken zit de werkgroep bij elkaar", "wanneer moet het veiligheidsplan opnieuw bekeken worden", "wanneer mag de wijkagent in het mdo"])
def test_a_question_about_the_report_stays_one(text):
    assert not str(topic(text)).startswith("agenda")


def test_a_stranger_hears_no_agenda():
    assert ask(example(), "wanneer is de werkgroep", "wie-is-dit", at=NOW).data.get("topic") != "agenda:werkgroep"


def test_the_answer_says_when_it_is_and_for_whom():
    lines = ask(example(), "wanneer is de werkgroep", "s-devries", at=NOW).text.splitlines()

    assert lines[:2] == ["Werkgroep School & Veiligheid", "dinsdag 8 december 15:30"]


def test_the_file_holds_each_time_in_local_time_and_deadlines_as_days():
    file = ask(example(), "stuur de agenda", "s-devries", at=NOW).file
    events = Ical.from_ical(file.text).walk("VEVENT")
    by_id = {str(event["uid"]): event for event in events}

    assert (file.name, file.media_type) == ("agenda-lindewaard.ics", "text/calendar")
    start = by_id["werkgroep-20261208T1530@lindewaard.verbinder"]["dtstart"].dt
    assert (start.isoformat(), str(start.tzinfo)) == ("2026-12-08T15:30:00+01:00", "Europe/Amsterdam")
    assert by_id["veiligheidsplan-20270511T1200@lindewaard.verbinder"]["dtstart"].dt == date(2027, 5, 11)
    assert "Zomervakantie" in str(by_id["werkgroep-20270817T1530@lindewaard.verbinder"]["description"])
    assert len(by_id) == len(events)


def test_the_command_writes_the_file(tmp_path):
    done = verbinder("agenda", "--network", EXAMPLE, "-o", tmp_path / "a.ics")

    assert (done.code, done.err) == (0, "")
    assert len(Ical.from_ical((tmp_path / "a.ics").read_text(encoding="utf-8")).walk("VEVENT")) > 30


def agreement(*who, concerns=()):
    return Agreement("a", "A", datetime(2027, 1, 5, 10), None, who, concerns)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("who", "concerns", "expected"),
    [
        (("veiligheidscoordinator",), (), ["netwerk"]),
        (("s-devries", "w-mulder"), (), ["dm:s-devries", "dm:w-mulder"]),
        (("veiligheidscoordinator",), ("lindecollege", "roc-de-brug"), ["dm:s-devries", "dm:d-pinas"]),
        (("a-vanleeuwen", "d-pinas"), ("roc-de-brug-politie",), ["roc-de-brug-politie"]),
    ],
)
def test_an_agreement_is_said_where_those_are_whom_it_concerns(who, concerns, expected):
    assert places(agreement(*who, concerns=concerns), example().network, None, date(2026, 11, 24)) == expected


def test_of_a_role_those_are_concerned_who_work_for_what_it_is_about():
    found = concerned(agreement("leerplichtambtenaar", concerns=("roc-de-brug",)), example().network, date(2026, 11, 24))

    assert [one.id for one in found] == ["h-prins"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("wie is er vandaag weg en wie vervangt", "niemand"), ("wie is er maandag 7 december ziek", "Bel dan: Tim Bos, 06-55500102"), ("wie zijn er 8 december afwezig", "Femke Kok"), ("wie is er morgen weg bij De Ooievaar?", "Bij Basisschool De Ooievaar staat morgen")],
)
def test_who_of_ones_own_organisation_is_away_and_who_stands_in(text, expected):
    assert expected in ask(example(), text, "y-amrani", at=NOW).text


def test_who_is_ill_among_pupils_is_no_question_about_colleagues():
    assert ask(example(), "wie bel ik als een leerling ziek is", "y-amrani", at=NOW).data.get("topic") != "afwezig"


def test_the_coordinator_hears_of_the_whole_network_who_is_away():
    reply = ask(example(), "wie is er maandag 7 december weg in het netwerk", "j-schouten", at=NOW)

    assert reply.data["absent"] == ["f-kok"]
    assert reply.text.startswith("Afwezig bij School & Veiligheid Lindewaard, maandag 7 december:")



def test_who_stands_in_for_me_is_my_deputy_and_stays_a_question():
    reply = ask(example(), "ik ga vrijdag met vakantie, wie neemt waar", "s-devries", at=NOW)

    assert (reply.kind, [one["person"] for one in reply.data["contacts"]]) == ("contact", ["t-bos"])


def test_after_how_many_months_an_entry_is_old_can_be_set():
    of, day = example().network, date(2026, 11, 24)

    assert make_world(of, library(), understanding(), words()).stale_people(day) == []
    assert len(make_world(of, library(), understanding(), words(), stale_months=2).stale_people(day)) == len(of.people)


def test_what_stays_standing_names_the_day_beside_tomorrow():
    world = example()
    visit = next(one for one in world.network.agreements if one.id == "wijkagent-op-de-brug")
    at = datetime.fromisoformat("2026-11-25T10:00+01:00")

    assert when(visit, at, world, date(2026, 11, 24)) == "morgen 10:00"
    assert when(visit, at, world, date(2026, 11, 24), stays=True) == "morgen, woensdag 25 november, 10:00"
