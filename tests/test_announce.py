"""What a koppel hears in its channels when an import changes its people."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from bot.contacts.announce import contact_changes
from bot.words import Words
from knowledge.network import Period
from knowledge.network_files import read_network
from tests.command import EXAMPLE, verbinder

NETWORK = read_network(EXAMPLE)
HEAD = "Er is iets veranderd in de contactlijst van dit koppel."


def after(koppels=(), **people):
    """What is said when these people or koppels are changed, by place."""
    changed = tuple(replace(one, **people.get(one.id.replace("-", "_"), {})) for one in NETWORK.people)
    kept = tuple(next((new for new in koppels if new.id == old.id), old) for old in NETWORK.koppels)
    new = replace(NETWORK, people=changed, koppels=kept)
    return {place: reply.text.splitlines() for place, reply in contact_changes(NETWORK, new, Words(), date(2026, 11, 24))}


def koppel(name, *contacts):
    return replace(NETWORK.koppel_by_id[name], contacts=contacts)


def test_nothing_is_said_when_no_contact_changes():
    assert after() == {}
    assert after(t_bos={"phone": "06-55500999"}, s_devries={"slack": "U0NIEUW", "confirmed": date(2026, 11, 1)}) == {}


def test_another_contact_is_said_to_that_koppel_alone():
    assert after([koppel("lindecollege-politie", "s-devries", "c-willemse")]) == {
        "lindecollege-politie": [
            HEAD,
            "Nieuw contact: Carla Willemse, 06-55500114",
            "Wendy Mulder is geen contact meer van dit koppel.",
        ]
    }


def test_a_new_number_is_said_to_every_koppel_of_that_person():
    line = "Wendy Mulder heeft een nieuw nummer: 06-55500999"

    assert after(w_mulder={"phone": "06-55500999"}) == {"lindecollege-politie": [HEAD, line], "de-ooievaar-politie": [HEAD, line]}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"phone": None}, ["Het telefoonnummer van Sanne de Vries geldt niet meer."]),
        ({"email": "sanne@linde.example"}, ["Sanne de Vries heeft een nieuw e-mailadres: sanne@linde.example"]),
        ({"until": date(2026, 12, 31)}, ["Sanne de Vries stopt. De laatste dag is 31 december 2026."]),
        (
            {"phone": "06-1", "until": date(2027, 1, 1)},
            ["Sanne de Vries heeft een nieuw nummer: 06-1", "Sanne de Vries stopt. De laatste dag is 1 januari 2027."],
        ),
        (
            {"name": "Karin Bos", "phone": "06-1"},
            ["Sanne de Vries is geen contact meer van dit koppel.", "Nieuw contact: Karin Bos, 06-1"],
        ),
        (
            {"name": "Karin Bos", "phone": None, "email": None},
            ["Sanne de Vries is geen contact meer van dit koppel.", "Nieuw contact: Karin Bos"],
        ),
    ],
)
def test_what_changes_about_a_contact_is_said(change, said):
    assert after(s_devries=change) == {"lindecollege-politie": [HEAD, *said]}


def test_somebody_who_was_to_stop_and_stays_is_said():
    leaving = replace(
        NETWORK, people=tuple(replace(one, until=date(2026, 12, 31)) for one in NETWORK.people if one.id == "s-devries")
    )
    koppels = (koppel("lindecollege-politie", "s-devries"),)
    old = replace(leaving, koppels=koppels)
    new = replace(old, people=tuple(replace(one, until=None) for one in old.people))

    ((_, reply),) = contact_changes(old, new, Words(), date(2026, 11, 24))

    assert reply.text.splitlines()[1:] == ["Sanne de Vries blijft langer dan eerder gezegd."]


def test_for_the_network_it_is_said_of_which_school_somebody_is_a_contact_now():
    koppels = (koppel("lindecollege-politie", "t-bos", "w-mulder"),)
    replies = contact_changes(NETWORK, replace(NETWORK, koppels=(*koppels, *NETWORK.koppels[1:])), Words(), date(2026, 11, 24))

    assert dict(replies)["lindecollege-politie"].data["elsewhere"] == {
        "Nieuw contact: Tim Bos, 06-55500102": "Nieuw contact bij Lindecollege: Tim Bos, 06-55500102",
        "Sanne de Vries is geen contact meer van dit koppel.": "Sanne de Vries is geen contact meer van Lindecollege.",
    }


def test_whom_to_call_in_that_time_is_the_first_deputy_who_is_there():
    away = (Period(date(2026, 11, 25), date(2026, 11, 27)),)
    said = after(s_devries={"absences": away}, t_bos={"absences": away})["lindecollege-politie"]

    assert said[2] == "Bel zolang: Els Dekker, 06-55500103"


def test_an_import_is_announced_on_the_platforms_of_the_settings(tmp_path, monkeypatch):
    """The command is another process than the one that is on them."""
    monkeypatch.setenv("VERBINDER_SLACK_BOT_TOKEN", "xoxb-test")
    monkeypatch.setenv("VERBINDER_SLACK_APP_TOKEN", "xapp-test")
    database, changed = tmp_path / "verbinder.db", tmp_path / "netwerk.yaml"
    text = EXAMPLE.read_text(encoding="utf-8")
    changed.write_text(text.replace("contacten: [s-devries, w-mulder]", "contacten: [s-devries, c-willemse]"), encoding="utf-8")
    for file in (EXAMPLE, changed):
        assert verbinder("import", file, "--database", database, "--yes").code == 0

    with closing(sqlite3.connect(database)) as found:
        told = found.execute("SELECT place, platform FROM delivery WHERE place LIKE '%politie'").fetchall()
    assert told == [("lindecollege-politie", "slack")]
