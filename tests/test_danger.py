"""Danger now is heard in many wordings, and talk about danger is not taken for it; 112 comes first for everybody."""

import pytest

from knowledge.library import load_library
from tests.asking import ask, example, network, people_in, person

URGENT = """\
messentrekkerij in de brugklasgang
iemand pakt een kind mee bij het hek
collega krijgt hartaanval in de personeelskamer
hij springt van de brug over de Vecht
er wordt nu gevochten in de aula
help er is iemand neergestoken
leerling zwaait met een mes in de gang
ik hoor schoten in de school
er ligt een meisje bewusteloos op het toilet
ze ademt niet
een jongen staat op het dak en wil springen
leerling heeft zijn polsen doorgesneden
de prullenbak staat in de fik en het slaat over
een vader slaat op dit moment onze conciërge
ik zie een gewapende man naar binnen lopen
een man probeert een meisje in een auto te trekken
een kleuter is verdwenen we kunnen hem niet vinden
leerling is aangereden voor de school
massale vechtpartij op het schoolplein, stuur politie
Jongen heeft een vuurwapen bij zich en zit in lokaal 12
help vegtpartij op t plein nu
collega zakt in elkaar, hartstilstand denk ik
ze is gestikt in een stuk appel, doet niks meer
prullenbak staat in de fik in de gang
er staat een groep van 30 man aan het hek met stokken
iemand wordt gegijzeld in lokaal 8
overval gaande in de snackbar
leerling wil zich ophangen in de kleedkamer
chloor gemorst in het zwembad, kinderen hoesten
bel een ambulance, leerling bloedt hevig
BRAND in het scheikundelokaal
er volgt een man een meisje naar huis, ze is bang
vader staat aan de balie en dreigt de boel in de fik te steken
ik ruik gas in lokaal 2.14
collega zit opgesloten met agressieve leerling
hij wordt een auto in geduwd
tasje wordt afgepakt van oude vrouw, dader rent weg
vader is door het lint, slaat om zich heen
er loopt iemnad met een mess rond
kind van 4 vermist, sinds 10 minuten niet meer gezien
jongen laat een pistool zien in de klas
hepl er wrd gevochten
hij heeft een mes in zijn been
er is zojuist geschoten voor de school
vuur in het lokaal
leerling met downsyndroom is weggelopen en staat bij de snelweg
ik word overvallen
hele groep komt verhaal halen, ze hebben messen bij zich
kind onder water
er ligt een leerling onderaan de trap, overal bloed
iemand breekt in bij de school
ambu nodig in gymzaal
leerling is het kanaal in gesprongen
groepsverkrachting gaande in kleedkamer
hij gaat iemand steken
leerling is aan het verdrinken
collega heeft pijn op de borst en zweet enorm
handgranaat op het schoolplein
ze hebben ruzie en een van hen heeft een schaar vast en steekt om zich heen
astma aanval, puffer helpt niet
mijn leerling appt dat ze zichzelf nu gaat doden
net mailtje: vanmiddag schiet ik jullie allemaal kapot
een vreemde man heeft een kleuter meegenomen van het plein
er is geschote
jongen appt: ik maak er vandaag een eind aan
meisje heeft net een pot slaappillen leeggemaakt
twee gasten met hakmessen op de stoep van school
stagiair is onder een machine gekomen
dreigapp: over 10 min schiet ik iedereen neer op school
leerling heeft scheikundig spul over zich heen brandwonden
er liegt iemand bewustloos op de wc
hij gaat me vermoorden hij staat voor mijn deur
meisje door een fatbike geraakt, ligt op straat en huilt heel hard
mentor ligt op de grond en wordt geschopt
jongen is net uit de boom gevallen en zegt niks meer
auto in de sloot, er zitten nog mensen in
brand in lokaal 204
meerdere gewonden na ontploffing in de werkplaats
iemand belde net dat er over een uur een bom afgaat
hij heeft haar bij haar keel
leerling van de tweede verdieping gevallen
twee leerlingen gaan met elkaar op de vuist in de mediatheek
leerling heeft zoutzuur in zijn ogen
overvaller in de schoolkantine
vrachtwagen heeft een fietser geschept
jongen heeft een stuk glas in zijn keel
meisje wordt helemaal stijf en schokt, nog nooit gehad
granaat gevonden bij het hek, ligt er nog
er komt vuur uit de laptop
jongen heeft waterpijp gerookt en is weggevallen
lokaal staat blauw van de rook
conciërge is van de ladder gevallen en praat onzin
twee man op een scooter beroven een leerling
iemand ligt te water
docent wordt onder schot gehouden
telefonisch bomdreiging
inbrekers in de gymzaal
""".splitlines()

CALM = """\
ze vechten het besluit van de schorsing aan
er is graffiti met een wapen op de muur gespoten
bij de brug over de Vecht hangen jongeren rond
valse bommelding via de mail
is er nog nieuws over de vechtpartij
leerlingen schieten elkaar met elastiekjes
de school vecht tegen krimp
mijn hoofd ontploft van alle mails
dreigfilmpje rondgestuurd over onze school, geen direct gevaar, wie kan ik nog bereiken
hij reageert niet op mijn mails
politie heeft leerling aangehouden met mes
dit was het laatste bericht van de wijkagent
juf van groep 8 denkt dat een kindje thuis geslagen wordt wie bel ik nu
wie is onze wijkagent
vorige week is een leerling neergestoken, hoe praten we daarover in de klas
wat doen we als een leerling een mes bij zich heeft
wanneer is bedreiging strafbaar
hebben jullie een protocol bij een bommelding
ontruimingsoefening voor brand, wie moet dat weten
er wordt veel gepest in 2b
een meisje heeft blauwe plekken en zegt dat ze gevallen is
een jongen verkoopt drugs bij het hek
er gaat een gerucht over een vechtpartij
twee ouders hadden ruzie op het plein maar het is nu rustig
de leerling is al drie weken thuis
wie belt er na een steekpartij met de pers
het is een mes van de kookles
ik stik van het werk, kun je helpen
een leerling heeft op tiktok een nepwapen laten zien
aangifte doen van mishandeling, hoe gaat dat
leerling is bang om naar huis te gaan
we schieten er niks mee op
wie moet ik bellen bij gevaar
wij trappen er niet in
wat als een leerling met een mes rondloopt
een ouder was agressief aan de balie, is nu weg
wat doe je aan de grens van fase 2 voordat het echt uit de hand loopt
leerling loopt steeds weg uit de les
ouder dreigt met een klacht
kluisjescontrole volgende week
leerlingen zeggen dat er vrijdag gevochten gaat worden
leerling heeft een kort lontje
vechtpartij van vorige week, moet die nog geregistreerd worden
filmpje van leerling die in elkaar wordt geslagen gaat rond op school
vuurwerk verbod op school
broer van leerling is neergeschoten vorige week
werkgroep wapens, wanneer komt die bij elkaar
vechtpartij gehad, alles is weer rustig
wie doet de woordvoering bij een calamiteit
leerling is de weg kwijt
wie zit er in het crisisteam
wie beslist of er sprake is van direct gevaar
weggelopen meisje is weer terecht
leerling durft niet naar huis, bang voor vader
wie heeft de regie bij een gijzeling
klap in het gezicht voor de school
leerling tekent steeds wapens en bommen
speelgoedpistool in beslag genomen
moeder is bang voor ontvoering door vader in de vakantie
wat doe ik als een ouder agressief wordt
leerling is opgenomen na overdosis
amber alert van vorig jaar
we worden overvallen door meldingen
de klas breekt de tent af
de knokpartij van gister is uitgepraat
ze breken in op het gesprek
aed controleren, wie doet dat
er was vorige week brand in een container, dader bekend
de examens breken ons op
ik word doodgegooid met mails
brandveiligheid van het gebouw, wie gaat daarover
mogen leerlingen een zakmes op zak hebben
vriendin van leerling maakt zich zorgen dat hij zichzelf snijdt
conciërge heeft vorige maand klappen gekregen, wat kunnen we doen
leerling verdwijnt onder de radar
hoe ga ik in gesprek met twee vechtersbazen
inbrekers hebben de laptops meegenomen
een leerling met woedeaanvallen, wie denkt mee
leerling wordt suf van zijn medicatie
leerling met pinda allergie op excursie
ik wil een leerling aanmelden die vorig jaar is neergestoken en niet meer durft te reizen
schoolbus te laat
overval van vorige week, daders zaten bij ons op school
leerling is al sinds gisteren niet thuisgekomen, politie weet ervan
vrouw van concierge is overvallen vorig jaar
hek is kapot, iedereen kan binnenlopen
is suicide gevaar een reden om geheimhouding te doorbreken
leerlingen rennen door de gangen
hij staat onder druk van een groep
hoe gaan we om met leerlingen die filmpjes van vechtpartijen delen
ouder wil epipen op school leggen
er is een stiletto in de prullenbak gevonden
leerling trapt overal op de rem
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


@pytest.mark.parametrize(
    "text",
    [
        "ER WORDT GEVOCHTEN NU",
        "er   wordt\nnu gevochten!!!",
        "er wordt nu gevochten 😱😱",
        "@verbinder er wordt nu *gevochten*",
        "er wórdt nú gevóchten",
    ],
)
def test_danger_is_heard_however_it_is_typed(text):
    assert ask(example(), text, "y-amrani").kind == "urgent"


def test_every_grave_group_is_there():
    danger = load_library().danger

    assert [one for one in danger.grave if one not in danger.groups] == []


def test_every_family_and_group_that_is_named_is_there():
    danger = load_library().danger
    entries = [*danger.sayings, *danger.parts.turns, *(entry for group in danger.groups.values() for entry in group)]
    named = {word for entry in entries for word in entry.split() if word.isupper() and len(word) > 1}

    assert named == set(danger.families)
    assert {name for rule in danger.rules for name in (*rule.all_of, *rule.brakes)} == set(danger.groups)
    brakes = {name for rule in danger.rules for name in rule.brakes}
    assert {*danger.parts.then, *danger.parts.over, *danger.parts.asks, *danger.parts.question_mark} <= brakes


# From then to now

TURNED = """\
jongen loopt al weken te klieren en nu dreigt ie met een mes
gisteren hadden ze ruzie en nu wordt er gevochten op het plein
ze was al dagen somber en nu staat ze op het dak
vorige week was het nog rustig maar nu slaan ze elkaar in elkaar
er was vorige week al brandstichting, nu brandt de aula
hoi, ik sprak je gisteren al over deze jongen. hij zwaait met een mes in de gang
moeder belde vanochtend. vader staat met een mes voor de deur
er wordt gevochten in de aula. wie is de wijkagent?
er wordt gevochten in de aula, wie is onze wijkagent en hoe bereik ik die
mag ik de politie bellen? er ligt iemand bewusteloos in de fietsenstalling
kun je me het nummer van de wijkagent geven, er staat hier een vader met een mes
""".splitlines()

TURNED_QUIET = """\
er is gisteren gevochten en nu willen de ouders aangifte doen
vorige week is er geschoten in de wijk en nu zijn leerlingen bang
hij is in elkaar geslagen en nu ligt hij in het ziekenhuis
er zou gevochten worden maar nu is het afgeblazen
stel dat ze altijd ruzie hebben en nu slaan ze elkaar, wat doe je dan
ik heb een vraag. wat doen we als er gevochten wordt?
er is gisteren gevochten. wie bel ik nu?
hij heeft thuis een mes laten zien. dat was in de vakantie
leerling is betrapt met een mes. het is afgepakt
hoe leer ik reanimeren
sinds de steekpartij zijn leerlingen bang en nu komen er minder naar school
mijn auto is aangereden op de parkeerplaats
leerling is bang om gestoken te worden
""".splitlines()


@pytest.mark.parametrize("text", TURNED)
def test_what_was_before_does_not_silence_what_is_now(text):
    assert ask(example(), text, "y-amrani").kind == "urgent"


@pytest.mark.parametrize("text", TURNED_QUIET)
def test_danger_that_was_is_not_danger_because_something_else_is_now(text):
    assert ask(example(), text, "y-amrani").kind != "urgent"


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
    for text in (
        "quickscan er wordt nu gevochten",
        "help er wordt nu gevochten, wie is de wijkagent",
        "hoi, er wordt nu gevochten met messen",
    ):
        assert ask(example(), text, "y-amrani").kind == "urgent"


@pytest.mark.parametrize("said", ["wat moet ik doen bij een steekpartij op het plein", "hartstilstand bij een docent in de aula"])
def test_what_is_not_understood_but_speaks_of_danger_gets_the_number_all_the_same(said):
    reply = ask(example(), said, "y-amrani")

    assert reply.kind == "notfound"
    assert reply.lines[1].text == "Gebeurt het nu, of dreigt het? Bel 112. Geen spoed? Politie: 0900-8844."
