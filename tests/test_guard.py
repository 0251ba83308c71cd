"""The guard on names and other personal data: what it finds, what it leaves alone, and what it offers back."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.privacy import Cleared, Findings, cleared
from knowledge.guard.look import look
from knowledge.guard.sounds import TABLE, name_sound
from knowledge.network_files import read_network
from tests.asking import ask, example, moment, world
from tests.guard import of_background, read, with_names
from tests.guard.sounds import made

TODAY = moment("2026-11-23T10:00").date()
SHARED = Path(__file__).parent.parent.parent / "shared" / "voorbeelden"


def kinds(text):
    found = cleared(text, example(), TODAY)
    return list(found.kinds) if isinstance(found, Findings) else []


def bearable(people):
    """Without those who share a name with somebody of the example network: alone that name may be said."""
    known = example().name_ear.known
    return [one for one in people if not known.is_person([one[0].lower()]) and not known.is_person([one[1].split()[-1].lower()])]


# Names


@pytest.mark.parametrize(
    "text",
    [
        "heb net melihcan gesproken en dat ging niet goed", "overdracht taswir marbun naar de wijkagent", "met hanbiken gaat het niet goed",
        "kan iemand badegül çetin oppakken vanmiddag", "Tijno wordt gepest in de groepsapp", "Bozerk (14) is opgepakt", "hij heet trefli en zit in 2c",
        "i̇lper uit 3b heeft een mes", "tygootje heeft een vape bij zich", "mo is weer te laat", "bij khanh thuis gaat het mis", "Henok is opgepakt", "de kluis van Li Na is leeg", "Mw. Ha wil weten waarom", "de mentor van Rayvi Bakhuis", "volgens de conciërge was het Lynno", "de oma van tefrise zorgt voor hem", "tante van minghao jiang heeft nu het gezag",
        "moeder mevr. van Beek belde", "leerling De Groot blijft weg", "ik denk dat het Bram was", "de jongen van der Velde", "die jongen van van der Velde",
        "hou ka ming uit de les", "politie heeft Luuk Nijhuis opgehaald", "Quang Vo was dronken",
        "van der Zanden heeft geblowd", "Ter Braak heeft iemand bedreigd", "Max zit bij een bende", "Jade post dingen over thuis",
        "de naam die viel is lente", "Storm 14 jaar wil niet meer", "politie heeft storm meegenomen", "gisteren kwam floor huilend binnen", "het gaat om hope de wit van de kaderklas", "ik wil juul aanmelden voor het zat",
        "amber en een vriend zijn weggelopen", "heeft joy een mentor", "ruzie met wolf kroes in de gang", "de telefoon van bo is afgepakt", "wolf komt uit Syrië", "afspraak met roos en haar moeder", "hoe gaat het met joy", "volgens bo was het een grap", "niet amber maar zijn broer deed het", "stage van sky is gestopt", "P. Rozendaal zit in vwo 4", "De Lange uit 4h was dronken", "mo is weer niet op komen dagen", "lente is slachtoffer van sexting",
        "vorige week liep Gerbrant weg uit de les", "Devon Lieveld is uit de groep gezet", "kunnen jullie jericho setiawan in de gaten houden", "we zijn lente kwijt", "ik krijg sky niet te pakken", "ook merveille is betrokken", "het betreft D. Hoogenboom",
    ],
)  # fmt: skip
def test_where_only_a_person_can_stand_a_word_that_nobody_knows_is_a_name(text):
    assert "naam" in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "heb net gebeld en dat ging niet goed", "overdracht naar de wijkagent", "met school gaat het goed", "hoe heet corv voluit", "wat heet spoed",
        "kan iemand even bellen", "Iemand wordt gepest in de groepsapp", "heb net de lerling gesproken", "overdracht vandaag nog naar Halt",
        "ouders gecheiden en vader heeft geen gezag. krjigt hij toch informatie", "voor wlke feiteen mag de politie verwijzen", "er satat iets fout in het dossier",
        "Marokkaanse en Turkse jongens hebben ruzie", "dag allemaal, ik ben de nieuwe zorgcoördinator", "jas van Moncler gestolen", "op Bevrijdingsdag is het feest",
        "hij komt van Beek", "ik hoor dat het Johan de Witt gesloten is", "jasmijn thee in de docentenkamer", "een kees in het bos", "snackbar Anita is dicht", "AED hangt bij de gymzaal", "ik ben moe", "april en mei zijn druk", "Jack & Jones belde", "jongens van een jaar of 17 op een Vespa", "moskee Al Fath helpt",
        "wollah zegt hij steeds", "wet van Archimedes", "doel is meer rust op school", "véél gedoe op het plein", "zorgen voor actualisatie", "de bas speler van de schoolband", "bushalte Julianaplein", "Park Noord wordt onveilig genoemd",
        "Van de Gemeente heb ik niets gehoord", "de hoek Kerkstraat / Molenweg is druk", "het is pim-pam-pet", "het melsje durft niet", "Black Friday gaf drukte",
        "gesprek over april", "de cijfers van april", "max 14 jaar mag mee", "er is weinig joy in de klas", "storm komt uit het westen", "hij moet straks docenten helpen", "wij hebben hoop gehouden", "heeft elke klas een mentor", "schorsing van max drie dagen", "stage van mei tot juni", "volgens school was het een ongeluk", "hoe gaat het met de groep", "namens het team bedankt", "Martin Luther Kingpark is verlicht", "Youth for Christ heeft een busje", "P. Vanochtend weer te laat",
        "KiVa wordt gebruikt tegen pesten", "een merel heeft een nest boven de ingang", "Helaas is het overleg uitgevallen", "Stay Cool is een training", "shaming komt hier ook voor", "Bikkelz is een lesprogramma over media", "Bikkelz heeft een wachtlijst", "we gebruiken Bikkelz in de les", "het stadion van Willem II is dichtbij", "skikamp Winterberg afgelast", "via Tellonym wordt gepest",
        "excursie naar Naturalis", "opstel over Malala", "de hond van de conciërge heet Max", "de schoolkat Minoes ligt in de zon", "Stichting Vrolijke Job brengt cadeautjes", "Labubu's zijn de nieuwe hype", "Conciërges zijn moe", "Dr. Martens zijn verboden bij gym", "cyberbullying staat op de agenda",
    ],
)  # fmt: skip
def test_where_nobody_stands_no_name_is_heard(text):
    assert kinds(text) == []


@pytest.mark.parametrize(("templates", "people"), [("naam", "namen"), ("apart-naam", "apart")])
def test_of_sentences_with_a_name_ninety_seven_in_a_hundred_are_found(templates, people):
    named = list(with_names(read("sentences.yaml")[templates], bearable(read("names.yaml")[people]), 1000, seed=1))
    missed = [text for text, _ in named if "naam" not in kinds(text)]

    assert len(missed) <= 30, missed


@pytest.mark.parametrize("templates", ["schoon", "apart-schoon"])
def test_of_ordinary_sentences_at_most_two_in_a_hundred_are_taken_for_a_name(templates):
    sentences = [form for text in read("sentences.yaml")[templates] for form in (text, text.lower())]
    wrong = [text for text in sentences if kinds(text)]

    assert len(wrong) <= len(sentences) * 0.02, wrong


def test_names_of_every_background_are_found_in_whatever_sentence_they_stand():
    found = {
        background: sum("naam" in kinds(text) for text in texts)
        for background, texts in of_background(read("fresh.yaml"), 100, seed=2)
    }

    assert len(found) > 20
    assert {background: count for background, count in found.items() if count < 88} == {}
    assert sum(found.values()) >= 97 * len(found), found


def test_of_hundreds_of_other_sentences_hardly_one_is_taken_for_a_name():
    sentences = [form for text in read("fresh.yaml")["schoon"] for form in (text, text.lower())]
    wrong = [text for text in sentences if kinds(text)]

    assert len(wrong) <= len(sentences) * 0.02, wrong


def test_a_word_that_nobody_knows_sounds_like_a_name_or_like_dutch():
    names, slips = (
        ("xiaolan", "radjini", "obada", "mehret", "khrystyna"),
        ("gevogten", "verzium", "opgebelt", "leerlinge", "schorssing"),
    )

    assert [name for name in names if name_sound(name) < 0.7] == []
    assert [slip for slip in slips if name_sound(slip) > -0.2] == []


def test_the_table_of_sounds_is_what_the_names_and_the_dictionary_make_of_it():
    assert TABLE.read_text(encoding="utf-8") == made()


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("gesproken met Xaviera de Groot over verzuim", "gesproken met leerling over verzuim"),
        ("met Roos gesproken", "met leerling gesproken"),
        ("Roos van de mavo is weg", "leerling van de mavo is weg"),
        ("leerling priscilla ramdat is weer te laat, wie bel ik", "leerling is weer te laat, wie bel ik"),
        ("mevrouw Pengel belde", "mevrouw belde"),
        ("Anne-Fleur in 't Veld en Mohammed El Idrissi vochten", "leerling en leerling vochten"),
        ("de vader van D'Angelo dreigt", "de vader van leerling dreigt"),
        ("Xaviera's moeder is hier", "leerling's moeder is hier"),
        ("bespreking Amber en Kyara", "bespreking leerling en leerling"), ("Al-Sayed, Omar", "leerling, leerling"),
        ("hij heet quincy blijd", "hij heet leerling"), ("Bram uit den Boogaard liep weg", "leerling liep weg"), ("Rodrigo Fernandes is weg", "leerling is weg"),
        ("J. Oldenburg uit klas 3 is weg", "J. leerling uit klas 3 is weg"),
    ],
)
def test_a_name_is_left_out_of_what_is_offered_back(text, offered):
    found = cleared(text, example(), TODAY)

    assert isinstance(found, Findings)
    assert (found.kinds, found.suggestion) == (("naam",), offered)


@pytest.mark.parametrize(
    "text",
    [
        "P. is dertien en komt niet meer", "M. en R. hadden ruzie", "de roos op tafel", "door de storm is het dak weg", "er is hoop",
        "in onze wijk is het onrustig", "Sanne de Vries is er niet", "Wendy M. is er", "Wendy Mulder-Bos volgt op", "is sanne er vandaag", "meneer Vos belde",
        "het Leger des Heils helpt", "Anne Frank school", "in de Julianastraat is het onrustig", "hoe doen ze dat in Amsterdam",
        "op 12 jan is er overleg", "jip en janneke taal", "amber alert", "de bakker en de visser klagen", "wijkagent van Noorderlaan",
    ],
)  # fmt: skip
def test_initials_everyday_words_places_and_people_of_the_network_are_no_finding(text):
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "wie bel ik bij Lindekoleg over pesten", "nummer van Weendy Muldur", "hoe bereik ik Ahmet van Leuwen", "wie is de wijkagent van Moolebeek",
        "mentor Lindekoledge", "@Wendy kun jij dit oppakken", "wendy muldr heeft gebeld", "ahmet v leeuwen is er niet", "is Tim Bso er vandaag", "rene visser bereikbaar?", "nummer van samira khab",
        "weet Weendy hiervan", "Wenddy komt om 10 uur", "wie vervangt wedny",
    ],
)  # fmt: skip
def test_whoever_asks_for_somebody_may_spell_a_name_of_the_network_wrongly(text):
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text", ["leerling Moolebeek spijbelt, wie bel ik", "Muldur uit 3b spijbelt, wie bel ik", "wie bel ik over Samira Vos"]
)
def test_a_pupil_whose_name_is_like_one_of_the_network_is_still_found(text):
    assert kinds(text) == ["naam"]


def test_a_pupil_with_the_name_of_somebody_of_the_network_is_found_where_it_is_clearly_a_pupil():
    assert kinds("is Sanne er") == []
    assert kinds("Sanne uit 3b is weg") == kinds("leerling Sanne V. is weg") == ["naam"]
    assert kinds("leerling sanne spijbelt") == ["naam"]
    assert kinds("Sanne Oldenburg spijbelt") == ["naam"]


@pytest.mark.parametrize(
    "text",
    [
        "ik zag Mоhammed vechten",
        "ik zag Mo\u200bhammed vechten",
        "ik zag \u202eMohammed\u202c vechten",
        "ik zag **Mohammed** vechten",
        "ik zag Zoe\u0308lla vechten",
    ],
)
def test_letters_of_other_scripts_invisible_signs_and_markup_hide_no_name(text):
    assert kinds(text) == ["naam"]


def test_to_a_stranger_no_name_of_the_network_is_told_from_another():
    network, nobody = ask(example(), "wie is Wendy Mulder", "onbekend-1"), ask(example(), "wie is Xaviera Oldenburg", "onbekend-1")

    assert (network.kind, network.data) == (nobody.kind, nobody.data)


# What has a form


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("geb. 12-03-2010", "geboortedatum"), ("geb. 3-4-12", "geboortedatum"), ("geboren op drie april 2012", "geboortedatum"),
        ("jarig op 12-05", "geboortedatum"), ("°12-05-2011", "geboortedatum"), ("d.o.b. 12-5-2011", "geboortedatum"),
        ("van 12-05-2011 is hij", "geboortedatum"), ("12-05-2011, leerling uit 2b", "geboortedatum"), ("geb 030510", "geboortedatum"), ("geboren op de veertiende februari 2011", "geboortedatum"), ("roos at voorbeeld dot com", "email"), ("xbox gamertag xXsniperNLXx99", "account"),
        ("nul zes 12345678", "telefoon"), ("nul zes een twee drie vier vijf zes zeven acht", "telefoon"), ("nummer vader: 6 12345678", "telefoon"),
        ("06 twaalf vierendertig zesenvijftig achtenzeventig", "telefoon"), ("zijn bsn is een twee drie vier vijf zes zeven acht twee", "bsn"),
        ("Plein 1813 nr 4", "adres"), ("aan de Oude Delft 112", "adres"), ("huisnummer 14 in de Dahliastraat", "adres"), ("Noord 14 in Drachten", "adres"), ("ze zit op Achter de Kerk 3", "adres"), ("Het Rond 5 daar woont hij", "adres"),
        ("1017XZ nr 5", "postcode"), ("scooter d 1 2 3 k l", "kenteken"), ("jan [at] voorbeeld [punt] nl", "email"),
        ("op tiktok is hij te vinden als xx_savage_xx", "account"), ("op roblox heet hij noobslayer99", "account"),
        ("O6-12345678", "telefoon"), ("+90 532 123 45 67", "telefoon"), ("jan @ gmail . com", "email"), ("oosterdijk12", "adres"),
        ("Laan van Meerdervoort 100", "adres"), ("9203-AB", "postcode"), ("NL-9203 AB", "postcode"), ("GB-001-B", "kenteken"), ("geboren op 3 mei 2011", "geboortedatum"), ("zij is van 30 sept 2011", "geboortedatum"),
        ("geboortedatum 2009.11.30", "geboortedatum"), ("jongen (03-04-2009)", "geboortedatum"), ("gebdat 12032010", "geboortedatum"),
        ("woont Kerkstraat 12", "adres"), ("kerkstr. 12b is het adres", "adres"), ("Burgemeester de Vlugtlaan 115", "adres"),
        ("adres Plein 1945 nr 30", "adres"), ("woont op Singel 2", "adres"), ("Vondelstraat 103-2", "adres"), ("prins hendrikkade 4 hs", "adres"),
        ("5211 XH", "postcode"), ("woont op 5211xh 12", "postcode"), ("postcode 5211 xh", "postcode"),
        ("kenteken xx12yz", "kenteken"), ("G-001-BB", "kenteken"), ("scooter DB 123 K", "kenteken"), ("zwarte golf 12 xkh 3", "kenteken"),
        ("op snap: lil.drilla", "account"), ("@realdrill_030 post alles", "account"), ("discord naam drkwlf#4471", "account"),
        ("https://www.instagram.com/mila.x09/", "account"), ("insta mila_x09 staat vol", "account"), ("heet xx_mila op tiktok", "account"),
        ("bsn 12345678", "bsn"), ("onderwijsnummer 999990019", "bsn"), ("leerlingnummer 131245", "bsn"),
        ("NL91 ABNA 0417 1643 01", "iban"), ("rekening 417164300", "iban"), ("jan at voorbeeld punt example", "email"),
        ("06.12.34.56.78", "telefoon"), ("+31(0)6 12345678", "telefoon"), ("tel 1234567", "telefoon"), ("+32 475 12 34 56", "telefoon"),
        ("Westwal 3, daar woont opa", "adres"), ("brink 9 daar wonen ze", "adres"), ("Boterdiep 12-II is het adres", "adres"), ("Plein 1944 7, daar woont ze", "adres"), ("bij Oosteinde 33b gezien", "adres"),
        ("huisbezoek De Meent 12", "adres"), ("2312 KM nr 14", "postcode"), ("hij woont op 5611 em-44", "postcode"), ("9711 lm Amsterdam", "postcode"), ("auto was de XX 12 YZ ja", "kenteken"),
        ("belgische plaat 1-ABC-234", "kenteken"), ("zeven mei 2010 geboren", "geboortedatum"), ("geb 20110312", "geboortedatum"), ("leerling *23-11-2010", "geboortedatum"), ("12 34 56 782", "bsn"), ("mo@gmail,com", "email"),
        ("insta @prinsesje", "account"), ("mel09x (insta)", "account"), ("twitch kanaal mel09x", "account"), ("iban BE68 5390 0754 7034", "iban"), ("Plein 40-45 nummer 6", "adres"), ("ab 12 cd stond dubbel geparkeerd", "kenteken"),
    ],
)  # fmt: skip
def test_what_has_a_form_is_found(text, kind):
    assert kind in {finding.kind for finding in look(text, None, TODAY.year).found}


@pytest.mark.parametrize(
    "text",
    [
        "14 020", "14 0512 bellen", "schooljaar 2025/2026", "in 2025/26", "§2.4 stap 7", "€ 1.250,50", "09:15-10:45", "lokaal A12", "zaaknummer 2026123456",
        "op 3-12 om 10 uur", "week 48", "N31 richting Zwolle", "art. 2.1 lid 4", "we spreken af op 3-12-2026", "het convenant loopt tot 31-12-2028", "sinds 1 augustus 2014 is er passend onderwijs", "op 12 mei overleg",
        "in de Kerkstraat", "lokaal 2.14", "onderweg 2 leerlingen gezien", "op het plein 12 jongens", "2026 is het jaar", "in 2015 VO en PO",
        "klas 4-havo-2", "bel 088-1234567", "op de Kade 4 ramen kapot", "op de veertiende vergaderen we", "drie keer zes is achttien", "een van de twee of drie", "Rens Vogelaar, 2 vmbo", "groep 8 in Drachten", "van 12-05-2011 is de brief", "9 keer te laat", "16 uur in 4 weken", "mail me @school", "snap je 3b nog", "112 of 0900-8844", "brin 99ZZ01",
        "werkweek 12", "van 8.30 tot 17.00 uur", "schoolplein 2 keer", "bijlage 5, artikel 7", "max 12 ouders", "ik snap niks van h4",
        "Lokaal 12, daar zit de groep", "Havo 4, daar wonen ze bijna", "het Plein 1944 is druk", "* 20-11-2026 overleg", "langs de Maas 2 hangplekken", "Route 66 ingeschreven", "zij is van 2009 of 2010", "1024 MB vrij", "zij is van 8 tot 4 aanwezig",
    ],
)  # fmt: skip
def test_dates_numbers_and_streets_that_point_to_nobody_are_left_alone(text):
    assert look(text, None, TODAY.year).found == ()


# What is offered back


@given(st.integers(0, 10_000), st.sampled_from(["naam", "apart-naam"]))
def test_what_is_offered_back_is_clean_and_repeats_nothing(seed, templates):
    people = bearable(read("names.yaml")["namen"])
    text, (first, last) = next(iter(with_names([read("sentences.yaml")[templates][seed % 25]], people, 1, seed)))
    found = cleared(f"{text} bel 0612345678", example(), TODAY)

    assert isinstance(found, Findings)
    assert "0612345678" not in found.suggestion
    assert isinstance(cleared(found.suggestion, example(), TODAY), Cleared) or not found.suggestion
    if "naam" in found.kinds:
        assert f"{first} {last}".lower() not in found.suggestion.lower()


def test_the_clean_text_is_what_may_be_stored():
    assert cleared("  overleg <b>morgen</b> \u200bom negen uur ", example(), TODAY) == Cleared("overleg morgen om negen uur")


def test_the_sample_of_the_shared_set_is_judged_right():
    file = SHARED / "persoonsgegevens.jsonl"
    if not file.exists():
        pytest.skip("the shared examples are not here")
    of = world(read_network(next(SHARED.glob("netwerk*.yaml"))))
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    wrong = [row["text"] for row in rows if isinstance(cleared(row["text"], of, TODAY), Findings) != bool(row["spans"])]

    assert wrong == []
