"""What is begun with words: a conversation, a message to somebody, a new person in the list; and what is none of our work."""

from __future__ import annotations

import pytest

from tests.asking import ask, example, people_in

FLOWS = {
    "nieuwe scan": "quickscan",
    "kun je samen met mij de fase bepalen": "quickscan",
    "overdrahct starten": "overdracht",
    "ik geef deze zaak door aan wendy mulder": "overdracht",
    "kun je wendy vragen mij te bellen": "belverzoek",
    "signaal binnengekomen": "signaal",
    "er is een signaal van de politie binnen, loop de stappen door": "signaal",
    "help mij met dit verzuim, stap voor stap": "verzuim",
    "loop ons veiligheidsplan door": "veiligheidsplan",
    "ik wil een signaal melden": "signaal",
}


@pytest.mark.parametrize(("text", "flow"), FLOWS.items())
def test_a_conversation_is_begun_in_many_words(text, flow):
    assert ask(example(), text, "y-amrani").data.get("flow") == flow


@pytest.mark.parametrize(
    "text", ["wat is een quickscan", "wie moet het veiligheidsplan nalopen", "wat zijn de stappen van een signaal", "fasekaart"]
)
def test_what_asks_about_a_conversation_does_not_begin_it(text):
    assert ask(example(), text, "y-amrani").kind != "question"


@pytest.mark.parametrize("text", ["stuur wendy een bericht", "laat wendy weten dat ik bel"])
def test_a_message_is_not_passed_on_but_the_way_is_shown(text):
    reply = ask(example(), text, "y-amrani", at="2026-11-24T10:00:00+01:00")

    assert people_in(reply)[0] == "w-mulder"
    assert reply.lines[0].text == "Ik stuur geen losse berichten door. Bel of mail Wendy Mulder zelf."
    assert [one.id for one in reply.options] == ["flow:overdracht", "flow:belverzoek"]


def test_a_question_with_who_in_it_is_no_message_to_pass_on():
    assert not ask(example(), "vraag: wie is wendy mulder", "y-amrani").options


@pytest.mark.parametrize("text", ["nieuwe medewerker", "er is een nieuwe mentor op het lindecollege", "collega toevoegen"])
def test_the_coordinator_hears_how_somebody_new_comes_into_the_list(text):
    assert "verbinder import" in ask(example(), text, "j-schouten").text


@pytest.mark.parametrize("text", ["en haar vervanger?", "wie nog meer", "wat moet ik doen"])
def test_who_goes_on_from_nothing_is_asked_about_whom(text):
    assert ask(example(), text, "y-amrani").lines[0].text == "Over wie of wat gaat het? Zeg het er even bij."


@pytest.mark.parametrize("text", ["ik maak me zorgen om een leerling, wat nu", "ik zit met een leerling in mijn maag, hoe nu verder"])
def test_what_now_behind_something_told_of_a_pupil_is_somebody_to_call(text):
    assert ask(example(), text, "y-amrani").data["topic"] == "zorgen-om-leerling"


NOT_OURS = """\
zet de wekker voor zes uur
laat alle herinneringen zien
wat is de luchtvochtigheid vandaag
wanneer is de kerstborrel
wie is de gymleraar
speel een nummer uit 2004
welke talen spreek je
wat een onzin
lokaal 2.14 is bezet
hoe is het weer deze week""".splitlines()


@pytest.mark.parametrize("text", NOT_OURS)
def test_everyday_words_alone_are_no_question_about_our_work(text):
    assert ask(example(), text, "y-amrani").kind in {"notfound", "help"}


@pytest.mark.parametrize("text", ["voor 15 november wat moet er", "laatste stap van de zeven", "6x te laat", "doelbinding"])
def test_few_words_are_enough_when_they_are_ours(text):
    assert ask(example(), text, "y-amrani").kind == "knowledge"


def test_only_a_term_is_explained_and_only_a_role_is_somebody_to_call():
    assert ask(example(), "mdo?", "y-amrani").data["topic"] == "begrip-mdo"
    assert people_in(ask(example(), "vc", "y-amrani")) == ["s-devries"]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("vt wat doen die", "partner-veilig-thuis-taak"),
        ("wat doet de politie", "partner-politie-taak"),
        ("wat mag de mentor", "functie-mentor"),
        ("wat doet de wijkagent", "partner-wijkagent-taak"),
        ("over k, hoe ging het verder", "casus-k-afspraken"),
        ("leerling 6 keer te laat welke brief", "verzuimschema-te-laat"),
    ],
)
def test_what_a_role_does_and_what_the_report_says_can_be_asked_in_few_words(text, topic):
    assert ask(example(), text, "y-amrani").data["topic"] == topic


def test_a_topic_that_says_all_goes_before_the_role_it_is_about():
    assert ask(example(), "taakomschrijving scs", "y-amrani").data["topic"] == "convenant-scs-taken"


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("wel mo'k bell'n veur gedoe bie de schole", "w-mulder"),
        ("wa is de wyk-agint fan it lindecollege", "w-mulder"),
        ("contact ooievaar", "n-jansen"),
        ("is ahmed er vandaag", "a-vanleeuwen"),
        ("een leerling rommelt steeds met kettingen van fietsen", "t-bos"),
        ("heeft onze school een vaste agent", "w-mulder"),
        ("brugwachter klaagt over leerlingen die stenen gooien wie", "y-amrani"),
        ("wie vervangt ahmed van leeuwen", "w-mulder"),
        ("moet de wijkagent spreken ivm vandalisme", "w-mulder"),
        ("kunnen we kluisjes laten controleren, met wie regel ik dat", "w-mulder"),
        ("de vries", "s-devries"),
        ("de jong ggd", "e-dejong"),
    ],
)
def test_short_and_spoken_dutch_find_somebody_too(text, person):
    assert person in people_in(ask(example(), text, "y-amrani" if person == "t-bos" else "t-bos", at="2026-11-25T11:00:00+01:00"))


def test_who_looks_for_a_colleague_that_the_list_does_not_have_hears_the_way_on():
    reply = ask(example(), "nummer van jan pietersen", "y-amrani")

    assert reply.kind == "refusal"
    assert "vraag het Jasper Schouten" in reply.text
    assert "ietersen" not in reply.text
