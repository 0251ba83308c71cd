"""Wie is de baas van …: who leads somebody of the network, named, by a role or oneself."""

import pytest

from tests.asking import ask, example, people_in


@pytest.mark.parametrize(
    ("said", "lead", "first_line"),
    [
        ("wie is de leidinggevende van de wijkagent", "c-willemse", "De leidinggevende van Wendy Mulder:"),
        ("wie is de chef van Wendy Mulder", "c-willemse", "De leidinggevende van Wendy Mulder:"),
        ("baas van bart smit", "e-dekker", "De leidinggevende van Bart Smit:"),
        ("wie is mijn leidinggevende", "e-dekker", "De leidinggevende van Sanne de Vries:"),
        (
            "wie staat boven de leerplichtambtenaar",
            "j-schouten",
            "Van Marieke Vos staat geen leidinggevende in de lijst. De coördinator van het netwerk weet verder:",
        ),
    ],
)
def test_who_asks_for_the_boss_of_somebody_hears_who_leads_them(said, lead, first_line):
    reply = ask(example(), said, "s-devries")

    assert (reply.kind, people_in(reply), reply.lines[0].text) == ("contact", [lead], first_line)


def test_the_boss_of_the_school_is_its_directie_itself():
    assert people_in(ask(example(), "wie is de baas van de school", "s-devries")) == ["e-dekker"]


def test_a_stranger_hears_of_nobody_who_their_boss_is():
    assert people_in(ask(example(), "wie is de chef van Wendy Mulder", "onbekend-1")) == []


@pytest.mark.parametrize("said", ["is opgelost", "oke is opgelost", "loos alarm", "al geregeld"])
def test_who_says_that_it_is_over_is_not_told_that_this_is_unknown(said):
    assert ask(example(), said, "s-devries").lines[0].text.startswith("Fijn om te horen.")
