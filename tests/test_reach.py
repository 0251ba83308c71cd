"""From a role to the people who hold it for a place, and from a person to somebody who can be reached."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from knowledge.calendar import Calendar
from knowledge.reach import NOWHERE, Place, Reach
from tests.asking import ALWAYS, NEVER, PLACES, ask, away, koppel, moment, network, people_in, person

LINDE, EIK, BEUK = (Place(school=one) for one in PLACES[:3])
TODAY = date(2026, 11, 23)
NOW = moment("2026-11-23T10:00")


def reach(*people, koppels=()):
    of = network(*people, koppels=koppels)
    return Reach(of, Calendar(of))


def holders(found, role, place=NOWHERE, day=TODAY):
    return [one.id for one in found.holders(role, place, day)]


def called(found, who, *, at=NOW, but_not=None):
    """The people to call for somebody, each with the one they stand in for."""
    target = found.network.person_by_id[who]
    contacts = found.contacts(target, target.roles[0], at, but_not)
    return [(one.person.id, one.deputy_for.id if one.deputy_for else None) for one in contacts]


# Who holds a role for a place


def test_somebody_at_a_school_serves_that_school_only():
    found = reach(person("ans", "linde", "mentor"), person("bea", "eik", "mentor"))

    assert holders(found, "mentor", LINDE) == ["ans"]
    assert holders(found, "mentor", EIK) == ["bea"]
    assert holders(found, "mentor", BEUK) == []


def test_several_locations_are_served_by_id_and_no_other():
    found = reach(person("ans", "linde", "directie", serves=("linde", "eik")))

    assert [holders(found, "directie", place) for place in (LINDE, EIK, BEUK)] == [["ans"], ["ans"], []]


def test_the_wijkagent_of_the_wijk_goes_before_the_one_of_the_town():
    found = reach(
        person("stad", "politie", "wijkagent", serves=("Lindewaard",)), person("noord", "politie", "wijkagent", serves=("Noord",))
    )

    assert holders(found, "wijkagent", LINDE) == ["noord"]
    assert holders(found, "wijkagent", EIK) == ["stad"]
    assert holders(found, "wijkagent", BEUK) == []


def test_a_school_by_name_goes_before_its_koppel_and_that_before_its_wijk():
    wijk = person("wijk", "politie", "wijkagent", serves=("Noord",))
    contact = person("contact", "politie", "wijkagent")
    named = person("naam", "politie", "wijkagent", serves=("linde",))
    pair = (koppel("linde", "contact"),)

    assert holders(reach(wijk, contact, koppels=pair), "wijkagent", LINDE) == ["contact"]
    assert holders(reach(wijk, contact, named, koppels=pair), "wijkagent", LINDE) == ["naam"]


def test_a_koppel_makes_a_police_officer_serve_that_school_only():
    found = reach(person("agent", "politie", "wijkagent"), koppels=(koppel("linde", "agent"),))

    assert holders(found, "wijkagent", LINDE) == ["agent"]
    assert holders(found, "wijkagent", EIK) == []


def test_a_koppel_does_not_make_a_teacher_serve_another_school():
    found = reach(person("ans", "eik", "veiligheidscoordinator"), koppels=(koppel("linde", "ans"),))

    assert holders(found, "veiligheidscoordinator", LINDE) == []


def test_a_partner_without_places_serves_the_whole_network():
    found = reach(person("hans", "halt", "halt"))

    assert [holders(found, "halt", place) for place in (LINDE, BEUK, Place(wijk="Oost"), NOWHERE)] == [["hans"]] * 4


def test_who_is_named_for_a_school_goes_before_who_serves_everybody():
    found = reach(
        person("alle", "leerplicht", "leerplichtambtenaar"), person("eik1", "leerplicht", "leerplichtambtenaar", serves=("eik",))
    )

    assert holders(found, "leerplichtambtenaar", EIK) == ["eik1"]
    assert holders(found, "leerplichtambtenaar", LINDE) == ["alle"]


def test_a_wijk_is_found_however_it_is_spelled():
    found = reach(person("noord", "politie", "wijkagent", serves=("NOÓRD",)))

    assert holders(found, "wijkagent", LINDE) == ["noord"]
    assert holders(found, "wijkagent", Place(wijk="Noord")) == ["noord"]


def test_of_two_for_one_school_the_contact_of_the_koppel_comes_first():
    two = (person("een", "politie", "wijkagent", serves=("linde",)), person("twee", "politie", "wijkagent", serves=("linde",)))

    assert holders(reach(*two, koppels=(koppel("linde", "twee"),)), "wijkagent", LINDE) == ["twee", "een"]


@pytest.mark.parametrize(("day", "who"), [("2026-11-22", "oud"), ("2026-11-23", "oud"), ("2026-11-24", "nieuw")])
def test_a_role_passes_on_the_day_after_the_last_one(day, who):
    found = reach(
        person("oud", "linde", "mentor", until=date(2026, 11, 23)), person("nieuw", "linde", "mentor", since=date(2026, 11, 24))
    )

    assert holders(found, "mentor", LINDE, date.fromisoformat(day)) == [who]
    assert holders(found, "mentor", NOWHERE, date.fromisoformat(day)) == [who]


# Whom to call for somebody


def test_who_is_reachable_is_called_themselves():
    assert called(reach(person("ans", "linde", "mentor", deputy="bea"), person("bea", "linde", "mentor")), "ans") == [("ans", None)]


def test_a_part_timer_is_replaced_on_a_free_day():
    found = reach(person("ans", "linde", "mentor", hours="Tu-Fr 08:30-17:00", deputy="bea"), person("bea", "linde", "directie"))

    assert called(found, "ans") == [("bea", "ans"), ("ans", None)]
    assert called(found, "ans", at=moment("2026-11-24T10:00")) == [("ans", None)]


def test_who_is_absent_is_replaced_up_to_the_last_day():
    found = reach(
        person("ans", "linde", "mentor", deputy="bea", absences=away("2026-11-23", "2026-11-24")),
        person("bea", "linde", "directie"),
    )

    assert [called(found, "ans", at=moment(f"2026-11-{day}T10:00"))[0][0] for day in (22, 23, 24, 25)] == [
        "ans",
        "bea",
        "bea",
        "ans",
    ]


def test_a_chain_of_deputies_is_followed_to_the_first_who_is_there():
    found = reach(
        person("ans", "linde", "mentor", hours=NEVER, deputy="bea"),
        person("bea", "linde", "mentor", absences=away("2026-11-20", "2026-11-27"), deputy="cor"),
        person("cor", "linde", "directie"),
    )

    assert called(found, "ans") == [("cor", "ans"), ("ans", None)]


def test_a_deputy_who_left_is_stepped_over():
    found = reach(
        person("ans", "linde", "mentor", hours=NEVER, deputy="bea"),
        person("bea", "linde", "mentor", until=date(2026, 11, 1), deputy="cor"),
        person("cor", "linde", "directie"),
    )

    assert called(found, "ans") == [("cor", "ans"), ("ans", None)]


@pytest.mark.parametrize("chain", [("ans",), ("ans", "bea"), ("ans", "bea", "cor")])
def test_a_circle_of_deputies_ends(chain):
    following = dict(zip(chain, (*chain[1:], chain[0]), strict=True))
    found = reach(*(person(one, "linde", "mentor", hours=NEVER, deputy=following[one]) for one in chain))

    assert called(found, "ans") == [("ans", None)]


def test_a_deputy_who_is_not_in_the_list_is_nobody():
    assert called(reach(person("ans", "linde", "mentor", hours=NEVER, deputy="niemand")), "ans") == [("ans", None)]


def test_the_asker_is_never_their_own_deputy():
    found = reach(person("ans", "linde", "mentor", hours=NEVER, deputy="bea"), person("bea", "linde", "mentor"))

    assert called(found, "ans", but_not="bea") == [("ans", None)]
    assert called(found, "bea", but_not="bea") == []


def test_a_deputy_keeps_the_role_that_was_asked_for_when_they_hold_it_too():
    found = reach(
        person("ans", "linde", "mentor", hours=NEVER, deputy="bea"),
        person("bea", "linde", "directie", "mentor"),
    )

    assert found.contacts(found.network.person_by_id["ans"], "mentor", NOW)[0].role == "mentor"


def test_the_day_is_that_of_the_network_whatever_zone_the_moment_is_in():
    found = reach(
        person("ans", "linde", "mentor", hours=NEVER, deputy="bea"), person("bea", "linde", "mentor", until=date(2026, 11, 22))
    )
    late = datetime(2026, 11, 22, 18, 30, tzinfo=ZoneInfo("America/New_York"))  # half past midnight in Amsterdam

    assert called(found, "ans", at=late) == [("ans", None)]


# The same, from question to answer


def test_a_role_that_ended_is_answered_with_who_has_it_now():
    reply = ask(
        network(
            person("oud", "linde", "mentor", name="Wilma Oud", until=date(2026, 10, 31)),
            person("nieuw", "linde", "mentor", name="Cees Nieuwenhuis"),
        ),
        "wat is het nummer van Wilma Oud",
    )

    assert people_in(reply) == ["nieuw"]
    assert reply.lines[0].text == "Wilma Oud heeft deze rol niet meer."


def test_somebody_who_has_not_begun_is_named_with_the_day_and_not_called():
    reply = ask(
        network(
            person("oud", "linde", "mentor", name="Wilma Hoekstra"),
            person("straks", "linde", "mentor", name="Cees Nieuwenhuis", since=date(2026, 12, 1)),
        ),
        "bel ik Cees Nieuwenhuis",
    )

    assert people_in(reply) == ["oud"]
    assert reply.lines[0].text == "Cees Nieuwenhuis begint pas op dinsdag 1 december."


def test_when_nobody_has_the_role_the_next_best_is_named_and_it_says_so():
    reply = ask(network(person("ans", "linde", "mentor"), person("dirk", "linde", "directie")), "wie is de zorgcoordinator", "ans")

    assert people_in(reply) == ["dirk"]
    assert reply.lines[0].text == "Niemand in het netwerk heeft nu de rol zorgcoördinator voor Lindecollege. Bel in plaats daarvan:"


def test_when_there_is_no_next_best_the_coordinator_is_named():
    of = network(person("ans", "linde", "mentor"), person("coen", "halt", "coordinator"))
    reply = ask(of, "wie is de zorgcoordinator", "ans")

    assert people_in(reply) == ["coen"]
    assert reply.lines[0].text.startswith("Niemand in het netwerk heeft nu de rol zorgcoördinator voor Lindecollege.")


def test_when_there_is_nobody_at_all_it_says_so():
    reply = ask(network(person("ans", "linde", "mentor")), "wie is de zorgcoordinator", "ans")

    assert (reply.kind, people_in(reply)) == ("notfound", [])
    assert reply.lines[0].text == "Niemand in het netwerk heeft nu de rol zorgcoördinator voor Lindecollege."


def test_the_only_holder_of_a_role_is_not_told_to_call_themselves():
    of = network(person("wim", "politie", "wijkagent", serves=("Noord",)), person("sam", "politie", "schoolcontactpersoon"))

    reply = ask(of, "wie is de wijkagent van het Lindecollege", "wim")

    assert people_in(reply) == ["sam"]
    assert reply.lines[0].text == "Dat ben je zelf: wijkagent voor Lindecollege. Bel in plaats daarvan:"


@pytest.mark.parametrize(
    "said",
    ["hoi ik ben wijkagent, er wordt gedealt op het Lindecollege. wie bel ik", "als wijkagent zie ik dat er gedealt wordt, wie bel ik"],
)
def test_the_role_of_which_somebody_says_that_it_is_theirs_is_not_asked_for(said):
    of = network(person("wim", "politie", "wijkagent", serves=("Noord",)), person("tim", "linde", "afdelingsleider"))

    reply = ask(of, said, "wim")

    assert (people_in(reply), reply.lines[0].text) == (["tim"], "Bel Tim Zandstra, afdelingsleider")


def test_a_deputy_who_asks_for_a_colleague_is_not_told_to_call_themselves():
    of = network(
        person("ans", "linde", "mentor", name="Ans Hoekstra", hours="Tu 10:00-11:00", deputy="bea"),
        person("bea", "linde", "mentor"),
    )

    assert people_in(ask(of, "nummer van Ans Hoekstra", "bea")) == ["ans"]
    assert "Bea" not in ask(of, "nummer van Ans Hoekstra", "bea", at="2026-11-24T10:30").text


def test_a_successor_who_asks_for_who_left_is_not_told_to_call_themselves():
    of = network(
        person("oud", "linde", "mentor", name="Wilma Oudkerk", until=date(2026, 10, 31)),
        person("bea", "linde", "mentor"),
        person("dirk", "linde", "directie"),
    )

    assert people_in(ask(of, "nummer van Wilma Oudkerk", "bea")) == ["dirk"]


def test_somebody_without_a_role_is_answered_with_their_number():
    of = network(person("ans", "linde", "mentor"), person("bob", "linde", name="Bob Hoekstra", phone="06-12345699", hours=ALWAYS))

    assert "06-12345699" in ask(of, "nummer van Bob Hoekstra", "ans").text
