"""The answer to "wie moet ik bellen?", as it stands on a phone."""

import json
from datetime import date

import pytest

from tests.asking import MONDAY, ask, away, example, koppel, library, network, people_in, person

EVENING, SUNDAY = "2026-11-23T20:00", "2026-11-22T11:00"

WHY = "De veiligheidscoördinator is op school het vaste contact voor de politie"


def lines(reply):
    return [line.text for line in reply.lines]


def numbers(reply):
    return [line.text for line in reply.lines if line.style == "number"]


# What stands in it


def test_the_answer_names_the_person_their_number_and_how_long_they_are_there():
    reply = ask(example(), "wie is onze veiligheidscoordinator", "y-amrani")

    assert lines(reply) == [
        "Bel Sanne de Vries, veiligheidscoördinator",
        "Lindecollege",
        "06-55500101",
        "Nu bereikbaar, tot vandaag 17:00.",
        "Vervanger: Tim Bos, 06-55500102",
        f"Waarom: veiligheidscoördinator voor Lindecollege. {WHY} (bijlage 5, bijlage 1)",
    ]
    assert (reply.kind, people_in(reply), reply.data["sources"]) == ("contact", ["s-devries"], ["bijlage 5", "bijlage 1"])


def test_a_part_timer_is_replaced_and_it_says_when_they_are_back():
    reply = ask(example(), "wie is onze wijkagent", "s-devries")

    assert lines(reply)[:6] == [
        "Bel Ahmed van Leeuwen, wijkagent",
        "Politie Lindewaard",
        "06-55500113",
        "Nu bereikbaar, tot vandaag 17:00.",
        "Vervangt Wendy Mulder (wijkagent).",
        "Wendy Mulder is er weer morgen 10:00.",
    ]
    people = [(one["person"], one["available"], one["deputy_for"]) for one in reply.data["contacts"]]
    assert people == [("a-vanleeuwen", True, "w-mulder")]


def test_who_is_absent_is_said_to_be_absent_until_a_day():
    reply = ask(example(), "wie is onze zorgcoordinator", "s-devries", at="2026-12-08T20:00")

    assert "Afwezig tot en met vrijdag 11 december. Weer bereikbaar: maandag 14 december 08:30." in lines(reply)


def test_a_deputy_stands_in_for_the_role_that_was_asked_for():
    reply = ask(example(), "wie is onze vertrouwenspersoon", "s-devries", at="2026-12-08T10:00")

    assert people_in(reply)[0] == "t-bos"
    assert "Vervangt Femke Kok (vertrouwenspersoon)." in lines(reply)
    assert (
        "Waarom: vertrouwenspersoon voor Lindecollege. De vertrouwenspersoon is er voor klachten en vertrouwelijke verhalen (bijlage 2)"
        in lines(reply)
    )


def test_a_situation_is_answered_with_its_reason_its_section_and_what_to_have_ready():
    reply = ask(example(), "leerlingen dealen bij het hek, wie bel ik", "s-devries", at="2026-11-24T11:00")
    reason = next(line.text for line in reply.lines if line.text.startswith("Waarom: "))

    assert people_in(reply)[0] == "w-mulder"
    assert reason.endswith(f"({', '.join(reply.data['sources'])})")
    assert any(line.text.startswith("Houd klaar: ") for line in reply.lines)


@pytest.mark.parametrize(
    "question",
    ["wie is onze wijkagent", "schoolcontactpersoon", "leerling bedreigt een docent, wie bel ik", "welke halt medewerker"],
)
@pytest.mark.parametrize("at", [MONDAY, EVENING, SUNDAY])
def test_every_number_stands_alone_on_its_line_and_is_the_one_in_the_data(question, at):
    reply = ask(example(), question, "s-devries", at=at)

    assert reply.kind == "contact"
    assert numbers(reply) == [one["phone"] for one in reply.data["contacts"]]
    assert all(example().network.person_by_id[one["person"]].phone == one["phone"] for one in reply.data["contacts"])
    assert all(example().network.person_by_id[one["person"]].name in reply.text for one in reply.data["contacts"])


def test_who_has_only_an_address_is_mailed():
    reply = ask(network(person("ans", "linde", "directie", phone=None, email="ans@linde.example")), "directeur Lindecollege")

    assert lines(reply)[:3] == ["Mail Ans Zandstra, directie", "Lindecollege", "ans@linde.example"]


def test_who_has_neither_number_nor_address_is_still_named():
    reply = ask(network(person("ans", "linde", "directie", phone=None)), "directeur Lindecollege")

    assert lines(reply)[2] == "Er staat geen telefoonnummer in de contactlijst."


def test_an_entry_that_nobody_confirmed_for_a_year_is_marked():
    reply = ask(network(person("ans", "linde", "directie", confirmed=date(2025, 9, 1))), "directeur Lindecollege")

    assert "Let op: sinds 1 september 2025 niet meer bevestigd." in lines(reply)


def test_somebody_who_is_always_there_is_there_day_and_night():
    assert "Dag en nacht bereikbaar." in lines(ask(example(), "nummer van veilig thuis", "s-devries", at="2026-11-22T03:00"))


# Out of hours


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("wie is onze wijkagent", "Nu toch politie nodig, zonder spoed? 0900-8844. Bij gevaar: 112."),
        ("wie is de schoolcontactpersoon", "Nu toch politie nodig, zonder spoed? 0900-8844. Bij gevaar: 112."),
        ("wie is onze leerplichtambtenaar", "Bij gevaar: 112."),
    ],
)
def test_in_the_evening_it_says_when_they_are_back_and_what_is_always_open(question, line):
    reply = ask(example(), question, "s-devries", at=EVENING)

    assert not any(one["available"] for one in reply.data["contacts"])
    assert any(text.startswith("Nu niet bereikbaar. Weer bereikbaar: morgen ") for text in lines(reply))
    assert lines(reply)[-1] == line


def test_when_veilig_thuis_has_no_desk_of_its_own_the_national_number_is_given():
    of = network(person("ans", "linde", "mentor"), person("vera", "halt", "veilig-thuis", hours="Mo-Fr 09:00-17:00"))

    assert "Veilig Thuis, dag en nacht: 0800-2000. Bij gevaar: 112." in lines(ask(of, "wie is van veilig thuis", "ans", at=EVENING))


def test_an_answer_is_short_enough_for_a_phone():
    questions = [example for situation in library().situations.values() for example in situation.examples[:2]]
    replies = [ask(example(), question, "s-devries", at=at) for question in questions for at in (MONDAY, EVENING)]
    first = [reply.text.split("\n\n")[0] for reply in replies if reply.kind == "contact"]

    assert len(first) > 50
    assert max(text.count("\n") + 1 for text in first) <= 9
    assert max(len(reply.lines) for reply in replies if reply.kind == "contact") <= 18


# Which one?


def two_schools():
    return network(
        person("lin", "linde", "directie"), person("eik1", "eik", "directie"),
        person("noor", "politie", "wijkagent", serves=("Noord",)), person("zita", "politie", "wijkagent", serves=("Zuid",)),
        person("pol", "politie", "schoolcontactpersoon"),
    )  # fmt: skip


def test_without_a_place_several_are_a_choice_and_nobody_is_guessed():
    reply = ask(two_schools(), "wie is de wijkagent", "pol")

    assert (reply.kind, people_in(reply)) == ("choice", ["noor", "zita"])
    assert [(one.id, one.label) for one in reply.options] == [("noor", "Noor Zandstra"), ("zita", "Zita Zandstra")]
    assert lines(reply)[1:] == [
        "1. Noor Zandstra, wijkagent (Noord)",
        "2. Zita Zandstra, wijkagent (Zuid)",
        "Kies een naam, of typ het nummer.",
    ]


def test_two_people_of_one_name_are_a_choice():
    of = network(
        person("k1", "linde", "mentor", name="Kim de Boer"), person("k2", "eik", "mentor", name="Kim de Boer"),
        person("coen", "halt", "coordinator"),
    )  # fmt: skip

    reply = ask(of, "nummer van Kim de Boer", "coen")

    assert (reply.kind, people_in(reply)) == ("choice", ["k1", "k2"])
    assert people_in(ask(of, "nummer van Kim de Boer van de Eikschool", "coen")) == ["k2"]


def test_of_two_people_of_one_name_the_one_at_the_askers_school_is_meant():
    of = network(
        person("k1", "linde", "mentor", name="Kim de Boer"), person("k2", "eik", "mentor", name="Kim de Boer"),
        person("bea", "eik", "directie"),
    )  # fmt: skip

    assert people_in(ask(of, "nummer van Kim de Boer", "bea")) == ["k2"]


def test_of_people_of_one_name_those_who_left_are_no_choice():
    of = network(
        person("k1", "linde", "mentor", name="Kim de Boer"), person("k2", "eik", "mentor", name="Kim de Boer"),
        person("k3", "beuk", "mentor", name="Kim de Boer", until=date(2026, 7, 31)), person("coen", "halt", "coordinator"),
    )  # fmt: skip

    assert people_in(ask(of, "nummer van Kim de Boer", "coen")) == ["k1", "k2"]


# Where?


def test_the_place_is_the_school_that_is_named_else_the_channels_else_the_askers():
    pairs = (koppel("linde", "noor"), koppel("eik", "zita"))
    of = network(*two_schools().people, koppels=pairs)

    assert people_in(ask(of, "wie is onze wijkagent", "lin")) == ["noor"]
    assert people_in(ask(of, "wie is de wijkagent", "pol", "eik-politie")) == ["zita"]
    assert people_in(ask(of, "wie is de wijkagent van de Eikschool", "lin", "linde-politie")) == ["zita"]
    assert people_in(ask(of, "wie is de wijkagent van Zuid", "lin")) == ["zita"]


@pytest.mark.parametrize("name", ["het Linde", "lindecollege", "Linde College", "lindecolege", "LC", "LINDECOLLEGE"])
def test_a_school_is_known_by_every_way_of_writing_its_name(name):
    assert people_in(ask(example(), f"wie is de veiligheidscoordinator van {name}", "j-schouten"))[0] == "s-devries"


@pytest.mark.parametrize("name", ["Wendy", "Wendy Mulder", "wendy muldr", "mevrouw Mulder", "mulder"])
def test_a_person_is_known_by_part_of_their_name_and_with_typing_errors(name):
    assert people_in(ask(example(), f"nummer van {name}", "s-devries", at="2026-11-24T11:00")) == ["w-mulder"]


def test_who_is_said_to_be_away_is_replaced_whatever_the_list_says():
    reply = ask(example(), "Wendy Mulder is ziek wie vervangt haar", "s-devries", at="2026-11-24T11:00")

    assert (people_in(reply)[0], reply.data["contacts"][0]["deputy_for"]) == ("a-vanleeuwen", "w-mulder")


def test_an_absence_in_the_list_counts_until_its_last_day():
    of = network(
        person("ans", "linde", "directie", absences=away("2026-11-20", "2026-11-23"), deputy="bea"),
        person("bea", "linde", "afdelingsleider"),
    )

    assert people_in(ask(of, "directeur Lindecollege"))[0] == "bea"
    assert people_in(ask(of, "directeur Lindecollege", at="2026-11-24T10:00")) == ["ans"]


def test_the_data_of_an_answer_is_plain_json():
    reply = ask(example(), "wie is onze wijkagent", "s-devries")

    assert json.loads(json.dumps(reply.data)) == reply.data
