"""What the source knows, asked for in a few words, and whom to call about it."""

from __future__ import annotations

import pytest

from bot.labels import short
from bot.talk.choose import answer_choice
from tests.asking import ask, context, example, network, people_in, person


def told(text, asked=None):
    return ask(asked or example(), text, "y-amrani")


ABBREVIATIONS = {
    "wat is een zat": "begrip-mdo",
    "hoe vaak vergadert het zat": "begrip-mdo",
    "wat doet het om": "partner-om-taak",
    "wat is een jji": "begrip-jji",
    "wat betekent zsm": "begrip-zsm",
    "corv?": "partner-corv-taak",
}


@pytest.mark.parametrize(("title", "label"), [
    ("Wat is DUO, en wanneer meld je verzuim daar?", "Wat is DUO, en wanneer meld je verzuim…"),
    ("Doe de verzuimcheck", "Doe de verzuimcheck"),
])  # fmt: skip
def test_a_title_that_is_long_ends_as_a_label_with_a_whole_word(title, label):
    assert short(title) == label


@pytest.mark.parametrize(("text", "topic"), ABBREVIATIONS.items())
def test_an_abbreviation_is_explained_even_where_it_looks_like_a_common_word(text, topic):
    assert told(text).data["topic"] == topic


@pytest.mark.parametrize("text", ["wat doet het", "hoeveel is 17 keer 24"])
def test_common_words_and_numbers_alone_ask_nothing(text):
    assert told(text).kind == "notfound"


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("we hebben een meisje dat foto's rondstuurt, vader weet van niks. mag ik dat met de wijkagent delen", "delen-zonder-toestemming"),
        ("We hebben een jongen die uit detentie komt en boos is op een docent. wat is een herstelgesprek?", "herstel-gesprek"),
        ("mijn leerling komt steeds te laat en is brutaal, ik weet het niet meer. wat is de fasekaart", "fasekaart-wat"),
    ],
)
def test_behind_a_story_the_question_is_answered(text, topic):
    assert ask(example(), text, "y-amrani").data["topic"] == topic


@pytest.mark.parametrize(
    "text",
    [
        "een jongen spijbelt veel en wordt steeds brutaler, wat moet ik",
        "ik had net een ouder aan de lijn, ze vertelt dat haar zoon geld heeft waarvan ze niet weet waar het vandaan komt. wat nu",
    ],
)
def test_who_tells_of_a_pupil_and_asks_what_to_do_gets_somebody_and_no_example_of_the_source(text):
    assert people_in(ask(example(), text, "y-amrani"))[0] == "t-bos"


def test_without_somebody_for_privacy_the_coordinator_is_called_about_it():
    assert people_in(told("mag ik dit delen zonder toestemming van de ouders"))[0] == "j-schouten"


def test_with_somebody_for_privacy_they_are_called_about_it():
    asked = network(
        person("y-amrani", "linde", "mentor"),
        person("karim", "halt", "coordinator"),
        person("petra", "halt", "privacycontact"),
    )

    assert people_in(told("mag ik dit delen zonder toestemming van de ouders", asked)) == ["petra"]


@pytest.mark.parametrize(
    ("asked", "flow"),
    [("wanneer meld je spijbelen bij leerplicht", "verzuim"), ("wat staat er in een veiligheidsplan", "veiligheidsplan"),
     ("hoe gaat een herstelgesprek", "herstelgesprek"), ("wie controleert of afspraken in het convenant worden nagekomen", "convenant")],
)  # fmt: skip
def test_an_answer_in_general_offers_the_conversation_about_one_case(asked, flow):
    surroundings = context(example(), "s-devries")
    reply = ask(example(), asked, "s-devries")

    assert reply.options[-1].id == f"flow:{flow}"
    assert answer_choice(reply, f"flow:{flow}", surroundings).data["flow"] == flow


def test_a_stranger_is_offered_no_conversation():
    reply = ask(example(), "wanneer meld je spijbelen bij leerplicht", "onbekend-1")

    assert (reply.kind, [option.id for option in reply.options if option.id.startswith("flow:")]) == ("knowledge", [])
