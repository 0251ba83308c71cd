"""Questions in half sentences and everyday words: an answer where one is asked for, somebody to call where somebody is."""

from __future__ import annotations

import pytest

from knowledge.network import Organisation
from tests.asking import PLACES, ask, example, network, people_in, person


@pytest.mark.parametrize(("text", "topic"), [
    ("waar dient dat adviesteam van de raad voor", "raad-advies-vragen"),
    ("schuift de wijkagent elke keer aan bij het zat", "partner-wijkagent-overleg"),
    ("ik heb een zorgmelding gedaan als agent, hoor ik daar nog wat van", "terugkoppeling-zorgmelding"),
    ("waar betalen ze verzuimcoordinators van in noord kennemerland", "noord-kennemerland-verzuimcoordinator"),
    ("rood, en dan? wat staat ons te doen", "fase-3-doen-school"),
    ("gemeente belt de raad voor advies, ligt de hulp dan ineens bij de raad", "raad-advies-vragen"),
    ("heeft elke gemeente evenveel leerplichters", "verzuim-taak-gemeente"),
    ("werden die jongens echt in school aangehouden, vond de directie dat oke", "denbosch-aanhouding-op-school"),
])  # fmt: skip
def test_who_asks_how_something_is_gets_the_answer_though_a_role_is_named(text, topic):
    assert ask(example(), text, "y-amrani").data["topic"] == topic


@pytest.mark.parametrize("text", ["vc linde?", "wijkagent linde?", "welke leerplichtambtenaar hebben we meestal hier"])
def test_who_names_a_role_gets_somebody(text):
    assert ask(example(), text, "y-amrani").kind in {"contact", "choice"}


def test_where_a_choice_would_be_asked_for_a_question_that_a_topic_answers_gets_that():
    reply = ask(example(), "ik geloof niks van die ziekmelding, meteen naar leerplicht?", None)

    assert reply.data["topic"] == "verzuimschema-ziek-twijfel"


def test_where_nobody_fills_it_veilig_thuis_is_named_with_the_number_that_is_open_to_all():
    asked = network(person("ans", "linde", "mentor"), person("zoe", "linde", "zorgcoordinator"))

    reply = ask(asked, "wat is het nummer van veilig thuis", "ans")

    assert people_in(reply) == ["zoe"]
    assert reply.lines[0].text == "Veilig Thuis, dag en nacht: 0800-2000. Bij gevaar: 112."


def test_an_everyday_word_that_is_part_of_a_name_names_nobody():
    asked = network(
        person("ans", "linde", "mentor"),
        person("durk", "verder", "jeugdreclassering"),
        person("mo", "leerplicht", "rmc"),
        organisations=(*PLACES, Organisation("verder", "Jeugdbescherming Samen Verder", "jeugdreclassering")),
    )

    assert people_in(ask(asked, "jongen van 20 zonder diploma gestopt, wie kan hem verder helpen", "ans"))[0] == "mo"
    assert people_in(ask(asked, "wie is er van samen verder", "ans"))[0] == "durk"


@pytest.mark.parametrize(("text", "topic"), [
    ("wie zitten er in alle veiligheidshuizen", "partner-veiligheidshuis-wie"),
    ("Wie rondt een zaak af die van buiten de school binnenkwam?", "extern-afsluiten"),
])  # fmt: skip
def test_a_plural_that_no_dictionary_has_and_a_verb_in_two_parts_are_understood(text, topic):
    assert ask(example(), text, "y-amrani").data["topic"] == topic


@pytest.mark.parametrize(("text", "fact"), [
    ("hoe oud waren die gasten die de fietsers in elkaar sloegen", "12 en 13"),
    ("tot hoe oud moet je echt naar school", "16"),
    ("is het slachtoffer verplicht om met de dader te praten als de Raad dat voorstelt?", "vrijwillig"),
    ("mes op zak, welke kleur is dat", "3"),
    ("sinds wanneer is er zo'n centrale coordinator bij dat haagse roc", "2004"),
])  # fmt: skip
def test_the_fact_that_is_asked_for_stands_in_the_answer(text, fact):
    reply = ask(example(), text)

    assert reply.kind == "knowledge"
    assert fact in " ".join(line.text for line in reply.lines)


@pytest.mark.parametrize("text", ["wat kost een vog", "hoe krijg ik vlekken uit een tapijt", "hoeveel jaar cel staat er op moord"])
def test_one_chance_word_of_ours_among_others_is_no_answer(text):
    assert ask(example(), text).kind == "notfound"


def test_what_is_near_no_known_question_is_no_answer_but_a_long_message_of_ours_is():
    beside = ask(example(), "hoe hou ik een plant in leven")
    ours = ask(
        example(), "Ik heb de eer gekregen om ons schoolveiligheidsplan te schrijven, zonder ervaring. Wat hoort er allemaal in te staan?"
    )

    assert beside.kind == "notfound"
    assert ours.data["topic"] == "veiligheidsplan-elementen"


@pytest.mark.parametrize(("text", "topic"), [
    ("wat doet het swv aan veruzim", "verzuim-samenwerkingsverband"),
    ("krjgt een gezin hulp van de raad zelf", "partner-raad-geen-hulp"),
    ("wie ztiten er in de werkgroep", "convenant-werkgroep-leden"),
    ("waarom is de brigadier zo sucecsvol in den bosch", "den-bosch-waarom-succes"),
    ("wie maakt zo'n aalyse van de buurt", "begrip-omgevingsanalyse"),
    ("leerlng al 3 dagen agter elkaar weg zonder briefje", "verzuimschema-ongeoorloofd"),
])  # fmt: skip
def test_a_typing_error_in_a_word_of_ours_or_of_everybody_is_put_right(text, topic):
    assert ask(example(), text, "y-amrani").data["topic"] == topic


@pytest.mark.parametrize("text", ["t brand hier", "t hele trappenhuis steet vol rook en der zit nog een klas boven"])
def test_danger_is_heard_as_it_is_typed(text):
    assert ask(example(), text).kind == "urgent"


@pytest.mark.parametrize(("text", "fact"), [
    ("wie stemt de persberichten af", "gemeente"),
    ("welk nummer bel je als het geen spoed is", "0900-8844"),
    ("welke rollen heeft een schoolagent", "repressief"),
])  # fmt: skip
def test_a_question_that_a_topic_knows_nearly_as_it_is_gets_that_though_it_asks_who_or_which_number(text, fact):
    reply = ask(example(), text)

    assert reply.kind == "knowledge"
    assert fact in " ".join(line.text for line in reply.lines)


@pytest.mark.parametrize("text", ["wie is onze wijkagent", "nummer van de wijkagent", "jeugdofficier wie is dat"])
def test_who_asks_for_a_role_in_few_words_gets_nobody_explained(text):
    assert ask(example(), text, "y-amrani").kind in {"contact", "choice"}


@pytest.mark.parametrize(("text", "topic"), [
    ("wie zat er aan tafel over K", "casus-k-verhaal"),
    ("had P verzuim", "casus-p-wat-wist-de-school"),
    ("wat doet het rmc met iemand van 22", "partner-rmc-taak"),
    ("adoptie, is dat ook van de raad", "partner-raad-taak"),
    ("vader zonder gezag wil informatie", "dossier-gescheiden"),
    ("mandaat van de schoolcontactpersoon in den bosch", "den-bosch-mandaat"),
])  # fmt: skip
def test_a_case_of_the_source_anybody_of_a_kind_and_whether_that_is_so_ask_for_an_answer(text, topic):
    assert ask(example(), text, "y-amrani").data["topic"] == topic


def test_a_pupil_called_by_a_letter_is_no_case_of_the_source_when_somebody_is_to_be_called():
    assert ask(example(), "leerling K heeft een mes in zijn kluisje, wie bel ik", "y-amrani").kind == "contact"
