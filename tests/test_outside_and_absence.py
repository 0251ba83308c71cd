"""What is not ours gets an honest answer, and who stays away is heard though only everyday words say so."""

from __future__ import annotations

import pytest

from tests.asking import ask, example, network, people_in, person


@pytest.mark.parametrize("text", [
    "hoe kan ik beter slapen", "wat kost een brommer", "welk boek moet ik lezen", "waar koop ik goedkope schoolboeken",
    "hoe stop ik met roken", "hoe meld ik me ziek bij mijn baas", "hoe laat begint de school morgen",
    "wat is de hoofdstad", "recept voor pannenkoeken", "wanneer is het WK", "kan de school mij een klassenlijst geven",
])  # fmt: skip
def test_a_question_about_something_else_is_told_to_be_that_with_a_way_on(text):
    reply = ask(example(), text, "y-amrani")

    assert reply.kind == "notfound"
    assert any('typ "help"' in line.text for line in reply.lines)


@pytest.mark.parametrize("text", ["vuurwerk?", "drugs in kluisje", "spijbelen?", "mes gevonden", "pesten", "roken op het plein"])
def test_a_few_words_of_ours_stay_answered(text):
    assert ask(example(), text, "y-amrani").kind in {"contact", "choice", "knowledge"}


@pytest.mark.parametrize("text", ["al 3 weken niet komt", "een jongen komt al drie weken niet", "leerling komt al weken niet meer"])
def test_who_stays_away_without_a_word_of_illness_is_no_long_illness(text):
    assert ask(example(), text, "y-amrani").data["topic"] == "verzuim-ongeoorloofd"


@pytest.mark.parametrize(("text", "topic"), [
    ("wat doe je als een leerling al 3 weken niet komt", "verzuimschema-ongeoorloofd"),
    ("wat doe je als een leerling al drie weken ziek is", "verzuimschema-ziek-kort"),
    ("wat doe je als een leerling al 5 weken niet komt", "verzuimschema-thuiszitter"),
])  # fmt: skip
def test_what_the_source_says_follows_from_how_long_and_why_somebody_is_away(text, topic):
    assert ask(example(), text, "y-amrani").data["topic"] == topic


def test_a_partner_who_is_not_seen_any_more_is_no_pupil_who_stays_away():
    assert ask(example(), "waarom komt de wijkagent niet meer bij het mdo").data["topic"] == "partner-wijkagent-overleg"


def test_behind_112_stands_veilig_thuis_where_somebody_is_hit_at_home():
    reply = ask(example(), "vader slaat haar nu, ik hoor haar gillen thuis", "y-amrani")

    assert reply.kind == "urgent"
    assert reply.lines[0].text.startswith("Bel 112")
    assert any("0800-2000" in line.text for line in reply.lines)


def test_who_is_safe_by_now_is_no_danger_now():
    assert ask(example(), "stiefvader slaat haar maar ze is nu veilig bij oma, wie kan ik bellen", "y-amrani").kind == "contact"


def test_where_something_ends_up_is_an_answer_and_nobody_to_choose():
    reply = ask(example(), "waar komen zorgmeldingen van de politie terecht", None)

    assert reply.kind == "knowledge"
    assert any("Veilig Thuis" in line.text for line in reply.lines)


def test_bare_who_to_call_is_asked_about_whom():
    assert ask(example(), "wie moet ik bellen", "y-amrani").lines[0].text.startswith("Over wie of wat gaat het")


def test_a_short_request_for_somebodys_mail_is_no_mail_that_came_from_them():
    assert ask(example(), "mail van de wijkagent graag", "y-amrani").kind in {"contact", "choice"}


def test_who_one_may_have_as_a_role_is_not_the_asker():
    reply = ask(example(), "wie kan ik morgen hebben als wijkagent voor het lindecollege", "y-amrani")

    assert reply.data["contacts"][0]["role"] == "wijkagent"


def test_who_has_a_role_and_asks_for_somebody_there_gets_a_person_of_the_school():
    asked = network(person("hal", "halt", "halt"), person("vic", "linde", "veiligheidscoordinator"), person("wil", "politie", "wijkagent"))

    assert people_in(ask(asked, "ik wil op het lindecollege een halt les plannen, wie bel ik daar", "hal"))[0] == "vic"


@pytest.mark.parametrize("text", [
    "hoeveel pauzes heeft een leerling", "welke laptop moet ik kopen voor de klas", "wat is de straf voor belastingfraude",
    "wat zijn de openingstijden van het politiebureau", "wat is de beste school van lindewaard",
])  # fmt: skip
def test_a_few_words_that_ask_something_and_fit_a_situation_by_chance_get_nobody_to_call(text):
    assert ask(example(), text, "y-amrani").kind == "notfound"


@pytest.mark.parametrize("text", ["3ro", "amhk?", "jpt"])
def test_an_abbreviation_of_the_source_alone_is_explained(text):
    assert ask(example(), text, "y-amrani").kind == "knowledge"


def test_who_sits_at_home_for_more_than_a_month_stays_away_as_well():
    reply = ask(example(), "wat zegt het schema over een leerling die al zes weken thuis zit", "y-amrani")

    assert reply.data["topic"] == "verzuimschema-thuiszitter"


def test_who_has_a_pupil_with_them_tells_that_and_somebody_of_a_kind_of_school_is_asked_for():
    asked = network(
        person("wil", "politie", "wijkagent"),
        person("vic", "linde", "veiligheidscoordinator"),
        person("els", "eik", "directie", "veiligheidscoordinator"),
    )

    assert people_in(ask(asked, "heb een leerling van het lindecollege op het bureau", "wil"))[0] == "vic"
    assert people_in(ask(asked, "wie kan ik voor de basisschool hebben over veiligheid deze week", "wil"))[0] == "els"


def test_who_took_something_in_and_asks_to_whom_it_goes_on_is_not_sent_to_those_who_take_in():
    assert ask(example(), "winkelier belt de balie, aan wie geef ik dat door", "y-amrani").data["contacts"][0]["role"] == "afdelingsleider"


def test_who_wants_to_be_walked_through_absence_begins_the_check():
    assert ask(example(), "kun je met me meelopen door een verzuimgeval", "y-amrani").data["flow"] == "verzuim"
