"""Danger now is heard in many wordings, and talk about danger is not taken for it; 112 comes first for everybody."""

import pytest

from tests.asking import ask, example, network, people_in, person

URGENT = """\
er wordt nu gevochten in de aula
twee jongens slaan elkaar helemaal verrot bij het hek, nu
help er is iemand neergestoken
hij heeft een mes en staat voor de klas
leerling zwaait met een mes in de gang
iemand loopt rond met een pistool op het plein
ik hoor schoten in de school
er wordt geschoten!!
er ligt een meisje bewusteloos op het toilet
een leerling is van de trap gevallen en beweegt niet meer
ze ademt niet
hij krijgt geen lucht meer
een jongen staat op het dak en wil springen
ze heeft een heel potje pillen geslikt
leerling heeft zijn polsen doorgesneden
er is brand in het scheikundelokaal
de prullenbak staat in de fik en het slaat over
een onbekende man met een bivakmuts staat in de gang
een vader slaat op dit moment onze conciërge
moeder met een hamer in de hal, ze bedreigt de juf
ik zie een gewapende man naar binnen lopen
er is een bommelding binnengekomen
een man probeert een meisje in een auto te trekken
ex staat voor de deur en dreigt haar dood te maken
een kleuter is verdwenen we kunnen hem niet vinden
kind is in het water gevallen
leerling is aangereden voor de school
er is een steekpartij bezig
massale vechtpartij op het schoolplein, stuur politie
hij gaat nu iemand vermoorden
Jongen heeft een vuurwapen bij zich en zit in lokaal 12
hy heef un mes en komt op me af
help vegtpartij op t plein nu
112 bellen? er bloedt iemand heel erg
collega zakt in elkaar, hartstilstand denk ik
er hangt een gaslucht in het hele gebouw
ze is gestikt in een stuk appel, doet niks meer
een leerling gijzelt een klasgenoot in het lokaal
""".splitlines()

CALM = """\
wie is onze wijkagent
gisteren was er een vechtpartij, wie bel ik
vorige week is een leerling neergestoken, hoe praten we daarover in de klas
er is een mes gevonden in een kluisje
wat doen we als een leerling een mes bij zich heeft
mag ik een tas doorzoeken op wapens
wanneer is bedreiging strafbaar
hoe voorkom je vechtpartijen
hebben jullie een protocol bij een bommelding
we willen een gastles over messen en wapens
ontruimingsoefening voor brand, wie moet dat weten
het vuurwerk van vorig jaar, wie ging daarover
er wordt veel gepest in 2b
een leerling komt steeds te laat
een meisje heeft blauwe plekken en zegt dat ze gevallen is
leerling wordt thuis geslagen, wie bel ik
een jongen verkoopt drugs bij het hek
hij zegt dat hij geen zin meer heeft in het leven, met wie kan ik praten
er gaat een gerucht over een vechtpartij
ze hebben afgesproken om vrijdag te vechten
twee ouders hadden ruzie op het plein maar het is nu rustig
vorig jaar is er brand geweest in de school
de leerling is al drie weken thuis
hoeveel uur verzuim moet ik melden
wie belt er na een steekpartij met de pers
nazorg na een schietpartij
het is een mes van de kookles
de film gaat over een gijzeling
ik stik van het werk, kun je helpen
deadline is moordend, wie kan helpen
een leerling heeft op tiktok een nepwapen laten zien
wat is het verschil tussen een time-out en een schorsing
aangifte doen van mishandeling, hoe gaat dat
mag de wijkagent in het mdo zitten
leerling is bang om naar huis te gaan
een klas schiet niet op met de stof, wie helpt
we schieten er niks mee op
brandbrief van ouders gekregen, wie pakt dat op
wie moet ik bellen bij gevaar
""".splitlines()


@pytest.mark.parametrize("text", URGENT)
@pytest.mark.parametrize("sender", ["y-amrani", "onbekend-1"])
def test_danger_now_is_answered_with_112_on_the_first_line(text, sender):
    reply = ask(example(), text, sender)

    assert reply.kind == "urgent"
    assert reply.lines[0].text == "Bel 112. Nu."


@pytest.mark.parametrize("text", CALM)
def test_talk_about_danger_is_no_danger_now(text):
    assert ask(example(), text, "y-amrani").kind != "urgent"


@pytest.mark.parametrize("text", ["ER WORDT GEVOCHTEN NU", "er   wordt\nnu gevochten!!!", "er wordt nu gevochten 😱😱", "@verbinder er wordt nu *gevochten*", "er wórdt nú gevóchten"])
def test_danger_is_heard_however_it_is_typed(text):
    assert ask(example(), text, "y-amrani").kind == "urgent"


# The answer


def test_a_member_hears_whom_to_call_at_the_school_after_that():
    reply = ask(example(), "er wordt nu gevochten in de aula", "y-amrani")

    assert people_in(reply) == ["e-dekker", "s-devries", "t-bos"]
    assert [line.text for line in reply.lines if line.style == "number"] == ["06-55500103", "06-55500101", "06-55500102"]
    assert len(reply.lines) <= 12


def test_somebody_who_is_not_there_is_marked_and_comes_last():
    reply = ask(example(), "er wordt nu gevochten in de aula", "y-amrani", at="2026-11-27T10:00")

    assert people_in(reply)[0] == "e-dekker"
    assert reply.data["contacts"][-1]["available"] is True or "(volgens de lijst nu niet bereikbaar, probeer toch)" in reply.text


def test_the_asker_is_not_told_to_call_themselves():
    assert "e-dekker" not in people_in(ask(example(), "er wordt nu gevochten in de aula", "e-dekker"))


def test_a_stranger_hears_112_and_no_name():
    reply = ask(example(), "er wordt nu gevochten bij het Lindecollege, bel Sanne de Vries", "onbekend-1")

    assert (reply.kind, people_in(reply)) == ("urgent", [])
    assert not [one.name for one in example().network.people if one.name in reply.text or (one.phone or "-") in reply.text]


def test_who_has_nobody_to_call_is_told_to_warn_their_lead():
    of = network(person("ans", "linde", "mentor"))

    assert ask(of, "er wordt nu gevochten", "ans").lines[-1].text == "Waarschuw daarna meteen je leidinggevende."


def test_danger_in_a_channel_names_the_people_of_that_channels_school():
    assert people_in(ask(example(), "er wordt nu gevochten", "w-mulder", "de-ooievaar-politie"))[0] == "n-jansen"


def test_danger_goes_before_everything_else_that_is_said():
    for text in ("quickscan er wordt nu gevochten", "help er wordt nu gevochten, wie is de wijkagent", "hoi, er wordt nu gevochten met messen"):
        assert ask(example(), text, "y-amrani").kind == "urgent"
