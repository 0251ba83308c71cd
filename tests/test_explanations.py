"""What people ask about the assistant itself: how something goes in the chat, who reads along, what it is."""

import pytest

from tests.asking import ask, example, library

ASKED = [(name, said) for name, one in library().explanations.items() for said in one.words]


@pytest.mark.parametrize(("name", "said"), ASKED, ids=[said for _, said in ASKED])
def test_it_tells_how_it_goes_however_that_is_asked(name, said):
    reply = ask(example(), f"Hoi, {said}?", "s-devries")

    assert (reply.kind, [line.text for line in reply.lines]) == ("help", library().explanations[name].lines)


def test_a_pair_is_explained_in_two_lines():
    assert [line.text for line in ask(example(), "wat is een koppel", "s-devries").lines] == [
        "Een koppel is een school en de politie die erbij hoort.",
        "Ze delen een kanaal. Daar staan hun overdrachten, en wie er vervangt als iemand weg is.",
    ]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("ik ben morgen vrij", "question"),
        ("ik ben ziek tot vrijdag", "question"),
        ("ik werk niet meer op woensdag", "question"),
        ("ik werk voortaan alleen op maandag en dinsdag", "question"),
        ("overdracht", "question"),
        ("draag dit over aan de wijkagent", "question"),
        ("bel mij over een signaal", "question"),
        ("wat bewaar je over mij", "knowledge"),
    ],
)
def test_what_it_says_to_type_is_understood(said, kind):
    told = " ".join(line for one in library().explanations.values() for line in one.lines)

    assert said in told
    assert ask(example(), said, "s-devries").kind == kind


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("hoe draag je een zaak zorgvuldig over", "knowledge"),
        ("leest de politie mee in het dossier", "knowledge"),
        ("is dit veilig genoeg voor de leerling die bedreigd wordt", "knowledge"),
        ("sluit BLAUWE-OTTER", "notfound"),
    ],
)
def test_what_is_about_the_work_is_not_taken_for_a_question_about_the_assistant(said, kind):
    assert ask(example(), said, "s-devries").kind == kind
