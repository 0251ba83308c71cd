"""Who may do what, and that somebody from outside never gets a byte of anybody's name, number or address."""

import json
from datetime import date
from typing import get_args

import pytest
from hypothesis import settings

from bot.handover.rights import RELATIONS, Deed
from bot.rights import Act, Standing, is_coordinator, may, standing
from knowledge.network import Organisation
from knowledge.roles import ROLES
from tests.asking import ask, context, koppel, library, network, person, world

# Names that are no word in any language: found in an answer, they can only come from the list.
SCHOOL, POLICE = Organisation("qwschool", "Wqxlyceum", "vo", wijk="Xqwijk"), Organisation("politie", "Politie Qxburg", "politie")
PARTNERS = Organisation("partner", "Zqxbureau", "halt")
TEAM = tuple(
    person(
        f"xq{role}", "qwschool" if number < 9 else "politie" if number < 13 else "partner", role, name=f"Qx{number}yz Wq{number}xz",
        phone=f"06-9{number:02}77665", email=f"qx{number}yz@wqx.example",
    )
    for number, role in enumerate(ROLES)
)  # fmt: skip
CLOSED = network(
    *TEAM, koppels=(koppel("qwschool", "xqwijkagent", "xqveiligheidscoordinator"),), organisations=(SCHOOL, POLICE, PARTNERS)
)
SECRET = ("qx", "wq", "xq", "77665", "zqx", "@")
"""What stands in every name, id, number and address of this network."""


@pytest.fixture(scope="module")
def closed():
    return world(CLOSED)


def leaks(reply):
    said = json.dumps([reply.text, reply.data, [(one.id, one.label) for one in reply.options]]).lower()
    return [secret for secret in SECRET if secret in said]


EXAMPLES = sorted({example for one in (*library().situations.values(), *library().topics.values()) for example in one.examples})
SHARE = 1 if settings().max_examples > 1000 else 4
"""Of all these questions one in four at every run, all of them in the long profile."""


@pytest.mark.parametrize("part", range(2))
def test_no_question_whatever_gives_a_stranger_a_byte_of_anybody(closed, part):
    found = {text: leaks(ask(closed, text, "onbekend-1", "dm:onbekend-1")) for text in EXAMPLES[part :: 2 * SHARE]}

    assert {text: secrets for text, secrets in found.items() if secrets} == {}


@pytest.mark.parametrize("place", ["dm:onbekend-1", "netwerk", "qwschool-politie"])
@pytest.mark.parametrize(
    "question",
    [
        "wie is de {role}",
        "nummer van de {role}",
        "{role}",
        "is de {role} er vandaag",
        "wie vervangt de {role}",
        "mail van de {role} van het Lyceum",
    ],
)
def test_no_role_gives_a_stranger_anybody(closed, question, place):
    for role in library().roles.values():
        assert leaks(ask(closed, question.format(role=role.name), "onbekend-1", place)) == []


@pytest.mark.parametrize("role", ROLES)
def test_a_member_gets_name_and_number(closed, role):
    asker = "xqmentor" if role != "mentor" else "xqdirectie"
    who = CLOSED.people_by_role[role][0]
    reply = ask(closed, f"wie is de {library().roles[role].name}", asker)

    assert reply.data["contacts"][0]["phone"] == who.phone
    assert f"{who.phone}" in reply.text


@pytest.mark.parametrize(
    "text", ["nummer van Qx3yz Wq3xz", "is Qx3yz er", "Wq3xz", "wat is het nummer van Qx3yz van het Wqxlyceum", "werkt 06-90377665"]
)
def test_who_names_somebody_hears_nothing_about_them(closed, text):
    reply = ask(closed, text, "onbekend-1", "dm:onbekend-1")

    assert reply.kind in {"refusal", "notfound"}
    assert leaks(reply) == []


@pytest.mark.parametrize("text", ["er wordt nu gestoken bij het Wqxlyceum", "help er ligt iemand bewusteloos in de gang"])
def test_danger_is_answered_to_everybody_and_with_names_to_members_only(closed, text):
    stranger, member = ask(closed, text, "onbekend-1", "qwschool-politie"), ask(closed, text, "xqmentor")

    assert (stranger.kind, stranger.data["contacts"], leaks(stranger)) == ("urgent", [], [])
    assert [one["person"] for one in member.data["contacts"]][:2] == ["xqdirectie", "xqveiligheidscoordinator"]


def test_a_stranger_is_given_the_national_numbers(closed):
    reply = ask(closed, "wie is de wijkagent", "onbekend-1", "dm:onbekend-1")

    assert (reply.kind, reply.data) == ("refusal", {"reason": "stranger"})
    assert [number for number in ("112", "0900-8844", "0800-2000") if number not in reply.text] == []


@pytest.mark.parametrize("text", ["quickscan", "overdracht", "verzuimcheck starten"])
def test_a_stranger_starts_no_conversation(closed, text):
    assert ask(closed, text, "onbekend-1", "dm:onbekend-1").kind == "refusal"


def test_only_a_coordinator_hears_how_the_list_is_changed(closed):
    text = "voeg toe aan de contactlijst: iemand"

    assert ask(closed, text, "xqcoordinator").kind == "help"
    assert ask(closed, "voeg iemand toe", "xqcoordinator").text.startswith("Nieuwe mensen komen erbij met een bestand: verbinder import.")
    assert ask(closed, text, "xqmentor").data == {"reason": "rights"}
    assert leaks(ask(closed, text, "onbekend-1", "dm:onbekend-1")) == []


# The table


def test_the_table_names_every_act_and_only_standings_that_exist():
    assert set(library().rights) == {*get_args(Act), *(f"overdracht-{deed}" for deed in get_args(Deed))}
    assert {one for who in library().rights.values() for one in who} <= {*get_args(Standing), *RELATIONS}


def test_an_act_that_the_table_does_not_name_is_allowed_to_nobody():
    assert [who for who in get_args(Standing) if may(library().rights, who, "alles-wissen")] == []


def test_a_stranger_may_only_ask_for_help_report_danger_and_learn():
    assert [act for act in get_args(Act) if may(library().rights, "vreemde", act)] == [
        "hulp-vragen",
        "gevaar-melden",
        "kennis-vragen",
    ]


@pytest.mark.parametrize(
    ("sender", "place", "expected"),
    [
        (None, "netwerk", "machine"), ("onbekend-1", "netwerk", "vreemde"), ("", "netwerk", "vreemde"), ("xqmentor", "dm:xqmentor", "lid"),
        ("xqwijkagent", "qwschool-politie", "contact"), ("xqwijkagent", "netwerk", "lid"), ("xqcoordinator", "qwschool-politie", "coordinator"),
    ],
)  # fmt: skip
def test_standing_follows_from_the_list_and_the_place(sender, place, expected):
    assert standing(CLOSED, sender, place, date(2026, 11, 23)) == expected


def test_whoever_has_left_is_a_stranger_from_the_day_after_their_last():
    left = network(person("ans", "linde", "mentor", until=date(2026, 11, 20)), person("bea", "linde", "directie"))

    assert standing(left, "ans", "dm:ans", date(2026, 11, 20)) == "lid"
    assert standing(left, "ans", "dm:ans", date(2026, 11, 21)) == "vreemde"
    assert ask(left, "wie is de directeur", "ans", at="2026-11-23T10:00:00+01:00").data == {"reason": "stranger"}


def test_a_stranger_cannot_try_out_which_numbers_are_in_the_list():
    listed = network(person("ans", "linde", "mentor", phone="06-55500123"))

    assert ask(listed, "is 06-55500123 van iemand", "onbekend-1").data["found"] == ["telefoon"]
    assert ask(listed, "is 06-55500123 van iemand", "ans").data.get("found") is None


def test_a_manager_is_a_coordinator_without_the_role():
    assert is_coordinator(person("ans", "linde", "mentor", is_manager=True))
    assert context(world(CLOSED), "xqmentor").may("netwerk-wijzigen") is False
