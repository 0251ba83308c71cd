"""Reading people from the spreadsheets that coordinators have, and writing them back."""

import dataclasses
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.network import Network, Organisation, Period
from knowledge.network_write import CSV_ENCODING, write_people_csv
from tests.networks import HEAD, faults, networks, read

LIST = """\
Naam ;Organisatie;Soort;Wijk;Gemeente;Functie;Tel.;E-mail;Vervanger;Sinds;Beheerder;;
Karin Verhoef ;Het Linde;VO;Noord;Lindewaard;Veiligheidscoördinator|ZOCO;612345601;k@x.nl;Tim Bos;01-09-2026;;;
;;;;;;;;;;;;
Tim Bos;Het Linde;vo;;;Teamleider;+31 6 12 34 56 02;;;46266;WAAR;;
Ünal Çelik;Politie Lindewaard;Politie;Noord;;SCS;0031612345603;;;2026-09-01 00:00:00;nee;;
Jan Jansen;Politie Lindewaard;politie;Zuid;;wijkagent;(06) 123 456 04;;Ünal Çelik;1/9/2026;x;;
"""
BASE = read(
    HEAD
    + """\
personen:
  - {id: k-verhoef, naam: Karin Verhoef, organisatie: linde, rollen: [veiligheidscoordinator], telefoon: 06-12345601}
  - {id: m-yildiz, naam: Murat Yıldız, organisatie: politie, rollen: [wijkagent], voor: [Noord], vervanger: k-verhoef}
koppels:
  - {id: kp, school: linde, politie: politie, contacten: [k-verhoef, m-yildiz]}
"""
)


@pytest.mark.parametrize(
    "content",
    [
        LIST.encode("cp1252"),
        LIST.encode("utf-8"),
        LIST.replace("\n", "\r\n").encode("utf-8-sig"),
        ("sep=;\r\n" + LIST).encode("utf-16"),
        LIST.replace(";", ",").encode(),
        LIST.replace(";", "\t").encode("cp1252"),
    ],
    ids=["Windows-1252", "UTF-8", "UTF-8 with a mark", "UTF-16", "commas", "tabs"],
)
def test_a_list_as_excel_writes_it_becomes_a_whole_network(content):
    network = read(content, "school en veiligheid.csv")

    assert (network.id, network.name, network.municipality, network.region) == (
        "school-en-veiligheid", "school en veiligheid", "Lindewaard", "midden",
    )  # fmt: skip
    assert network.organisations == (
        Organisation("het-linde", "Het Linde", "vo", wijk="Noord", municipality="Lindewaard"),
        Organisation("politie-lindewaard", "Politie Lindewaard", "politie"),
    )
    assert [(person.id, person.name, person.phone) for person in network.people] == [
        ("karin-verhoef", "Karin Verhoef", "06-12345601"),
        ("tim-bos", "Tim Bos", "06-12345602"),
        ("unal-celik", "Ünal Çelik", "06-12345603"),
        ("jan-jansen", "Jan Jansen", "06-12345604"),
    ]
    assert [person.roles for person in network.people] == [
        ("veiligheidscoordinator", "zorgcoordinator"),
        ("afdelingsleider",),
        ("schoolcontactpersoon",),
        ("wijkagent",),
    ]
    assert {person.since for person in network.people} == {date(2026, 9, 1)}
    assert [person.deputy for person in network.people] == ["tim-bos", None, None, "unal-celik"]
    assert [person.is_manager for person in network.people] == [False, True, False, True]
    assert [person.serves for person in network.people] == [(), (), ("Noord",), ("Zuid",)]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("0612345601", "06-12345601"),
        ("612345601", "06-12345601"),
        ("31612345601", "06-12345601"),
        ("+31 (0)6 1234 5601", "06-12345601"),
        ("\u202a06-12345601\u202c", "06-12345601"),
        ("088 12 34 633", "088-1234633"),
        ("881234633", "088-1234633"),
        ("08002000", "0800-2000"),
        ("0900 8844", "0900-8844"),
        ("14010", "14 010"),
        ("112", "112"),
        ("0032470123456", "+32 470 12 34 56"),
    ],
)
def test_a_phone_number_gets_one_readable_form(typed, stored):
    network = read(f"naam;organisatie;soort;rollen;telefoon\nA;B;vo;mentor;{typed}\n", "lijst.csv")

    assert network.people[0].phone == stored


@pytest.mark.parametrize(
    "typed",
    [
        "2026-09-01",
        "01-09-2026",
        "1-9-2026",
        "1/9/2026",
        "1.9.2026",
        "2026-09-01 00:00:00",
        "46266",
        "1-sep-26",
        "1 september 2026",
    ],
)
def test_a_date_is_read_in_every_form_that_excel_makes_of_it(typed):
    network = read(f"naam;organisatie;soort;rollen;sinds\nA;B;vo;mentor;{typed}\n", "lijst.csv")

    assert network.people[0].since == date(2026, 9, 1)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Mo-Th 08:30-17:00; PH off", "Mo-Th 08:30-17:00; PH off"),
        ("ma t/m do 8.30-17.00 uur", "Mo-Th 8:30-17:00"),
        ("ma, di en do 9-17", "Mo,Tu,Th 9:00-17:00"),
    ],
)
def test_working_hours_may_be_in_plain_dutch(typed, stored):
    network = read(f'naam;organisatie;soort;rollen;bereikbaar\nA;B;vo;mentor;"{typed}"\n', "lijst.csv")

    assert network.people[0].hours == stored


def test_absences_stand_in_one_cell():
    network = read("naam;organisatie;soort;rollen;afwezig\nA;B;vo;mentor;20-11-2026 t/m 27-11-2026|2026-12-01\n", "lijst.csv")

    assert network.people[0].absences == (
        Period(date(2026, 11, 20), date(2026, 11, 27)),
        Period(date(2026, 12, 1), date(2026, 12, 1)),
    )


def test_people_of_a_list_change_or_come_in_and_all_others_stay():
    network = read("naam;organisatie;telefoon\nKarin Verhoef;Het Linde;0612345699\n", "lijst.csv", BASE)

    karin, murat = BASE.people
    assert network == dataclasses.replace(BASE, people=(dataclasses.replace(karin, phone="06-12345699"), murat))


def test_a_name_may_stand_in_parts():
    network = read(
        "Voornaam;Tussenvoegsel;Achternaam;organisatie;rollen\nSanne;de;Vries;linde;mentor\nTim;;Bos;linde;mentor\n",
        "lijst.csv",
        BASE,
    )

    assert [person.name for person in network.people[2:]] == ["Sanne de Vries", "Tim Bos"]


def test_a_wijk_beside_somebody_does_not_change_whom_that_person_serves():
    network = read(
        "naam;organisatie;wijk\nMurat Yıldız;politie;Zuid\nNiels Bos;politie;West\n".replace("\n", ";\n").replace(
            "wijk;", "wijk;rollen"
        ),
        "lijst.csv",
        BASE,
    )

    assert [(person.name, person.serves) for person in network.people[1:]] == [
        ("Murat Yıldız", ("Noord",)),
        ("Niels Bos", ("West",)),
    ]
    assert network.organisations == BASE.organisations


def test_a_name_with_a_bar_survives_in_a_list_of_one_cell():
    school = dataclasses.replace(BASE.organisations[0], wijk="Noord|Oost\\West")
    agent = dataclasses.replace(BASE.people[1], serves=("Noord|Oost\\West", "linde"))
    network = dataclasses.replace(BASE, organisations=(school, BASE.organisations[1]), people=(BASE.people[0], agent))

    assert read(csv_of(network), "lijst.csv", network) == network


def test_an_empty_cell_empties_and_a_missing_column_does_not():
    network = read("id;naam;telefoon\nk-verhoef;Karin Verhoef-Bos;\n", "lijst.csv", BASE)

    assert network.people[0] == dataclasses.replace(BASE.people[0], name="Karin Verhoef-Bos", phone=None)


def test_somebody_who_moves_is_known_by_the_number():
    network = read("naam;organisatie;telefoon\nKarin Verhoef;politie;06 12345601\n", "lijst.csv", BASE)

    assert [(person.id, person.organisation) for person in network.people] == [("k-verhoef", "politie"), ("m-yildiz", "politie")]


def test_namesakes_get_ids_that_do_not_depend_on_their_order():
    lines = ["Jan Jansen;Het Linde;vo;mentor", "Jan Jansen;Politie;politie;wijkagent"]
    one, other = (read("naam;organisatie;soort;rollen\n" + "\n".join(order), "lijst.csv") for order in (lines, lines[::-1]))

    assert {person.id for person in one.people} == {"jan-jansen-het-linde", "jan-jansen-politie"}
    assert set(one.people) == set(other.people)


def test_a_namesake_of_somebody_known_gets_an_id_of_its_own():
    network = read("naam;organisatie;rollen\nKarin Verhoef;politie;jeugdteam\n", "lijst.csv", BASE)

    assert [person.id for person in network.people] == ["k-verhoef", "m-yildiz", "karin-verhoef"]


def test_a_name_in_other_letters_gets_an_id_as_well():
    network = read("naam;organisatie;soort;rollen\nЮлия;Школа;vo;mentor\n", "lijst.csv")

    assert (network.people[0].id, network.people[0].organisation) == ("x-09bf58b2", "x-7930d598")


def test_all_faults_of_a_list_are_said_at_once():
    bad = "naam;organisatie;telefon;functie;sinds\nA;Linde;06;mentor;x;y\nKarin Verhoef;Linde;;;\nKarin Verhoef;Linde;;baas;31-2-2026\n;Linde;;mentor;\n"

    assert faults(bad, "lijst.csv", BASE) == [
        'lijst.csv:1: telefon: de kolom "telefon" ken ik niet, bedoel je telefoon?',
        "lijst.csv:2: deze regel heeft meer vakken dan de kop (6 in plaats van 5), verwacht aanhalingstekens om een waarde met ; erin",
        'lijst.csv:2: personen.a.sinds: hier staat "x", verwacht een datum, zoals 2026-09-01 of 1-9-2026',
        "lijst.csv:4: personen.k-verhoef: deze persoon staat er twee keer (ook op regel 3), verwacht één regel per persoon, met rollen gescheiden door |",
        "lijst.csv:5: naam: ontbreekt, verwacht een naam",
    ]


@pytest.mark.parametrize(
    ("content", "name", "fault"),
    [
        (b"PK\x03\x04rest", "lijst.csv", "lijst.csv: dit is een rekenblad (Excel of iets dergelijks), verwacht tekst; open het en sla het op als CSV (UTF-8)"),
        (
            "PROVINCIE;BEVOEGD GEZAG NUMMER;INSTELLINGSCODE;VESTIGINGSCODE;VESTIGINGSNAAM\n", "scholen.csv",
            "scholen.csv: dit is een schoolbestand van DUO. Zet de scholen erin met: verbinder init scholen.csv",
        ),
        (
            "naam;schoenmaat;hobby;huisdier;sterrenbeeld;kleur;geluksgetal\n", "lijst.csv",
            ('lijst.csv:1: deze kolommen ken ik niet: "schoenmaat", "hobby", "huisdier", "sterrenbeeld", "kleur" en nog 1; verwacht een van: '
            "id, naam, organisatie, organisatie-naam, soort, wijk, gemeente, vakantieregio, rollen, voor, telefoon, e-mail, bereikbaar, "
            "vervanger, leidinggevende, slack, matrix, sinds, tot, bevestigd, afwezig, beheerder"),
        ),
        ("naam;x", "lijst.docx", "lijst.docx: dit soort bestand ken ik niet, verwacht een bestand op .yaml, .csv of .vcf"),
        ('naam;rollen\n"Karin;mentor\nTim;mentor\n', "lijst.csv", "lijst.csv:2: een aanhalingsteken klopt hier niet, verwacht dat elk aanhalingsteken weer sluit"),
        ("rollen;telefoon\nmentor;112\n", "lijst.csv", "lijst.csv:1: de kop heeft geen kolom naam of id, verwacht op de eerste regel namen van kolommen, zoals naam;organisatie;rollen;telefoon"),
        (";;;\n\n", "lijst.csv", "lijst.csv:1: de kop heeft geen kolom naam of id, verwacht op de eerste regel namen van kolommen, zoals naam;organisatie;rollen;telefoon"),
        ("naam;telefoon\nKarin Verhoef;6,12346E+08\n", "lijst.csv", 'lijst.csv:2: personen.k-verhoef.telefoon: hier staat "6,12346E+08", verwacht het hele nummer; Excel heeft het afgekort: maak van de kolom eerst tekst'),
    ],
)  # fmt: skip
def test_a_list_that_cannot_be_followed_says_what_to_do(content, name, fault):
    assert faults(content, name, BASE) == [fault]


def test_schools_may_not_move_within_one_list():
    bad = "naam;organisatie;soort;wijk;rollen\nA;Linde;vo;Noord;mentor\nB;Linde;vo;Zuid;mentor\n"

    assert faults(bad, "lijst.csv") == [
        'lijst.csv:3: organisaties.linde.wijk: hier staat "Zuid" voor linde, verwacht "Noord", zoals op regel 2'
    ]


def test_no_cell_begins_like_a_formula():
    network = dataclasses.replace(
        BASE,
        people=(dataclasses.replace(BASE.people[0], name="=1+1|x", phone="+32 470 12 34 56", matrix="@karin:voorbeeld.nl"),),
        koppels=(),
    )

    line = write_people_csv(network).splitlines()[1]
    assert (
        line
        == "k-verhoef;'=1+1|x;linde;Lindecollege;vo;Noord;Lindewaard;;veiligheidscoordinator;;'+32 470 12 34 56;;;;;;'@karin:voorbeeld.nl;;;;;"
    )
    assert read(csv_of(network), "lijst.csv", network) == network


def csv_of(network: Network) -> bytes:
    return write_people_csv(network).encode(CSV_ENCODING)


PIECES = st.sampled_from(
    [
        "naam",
        "id",
        "organisatie",
        "soort",
        "wijk",
        "voor",
        "vo",
        "Karin",
        "linde",
        "06",
        ";",
        ",",
        '"',
        "\n",
        "|",
        "\\",
        "sep=;",
        "=1",
        "'",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=40), st.booleans())
def test_no_text_brings_the_reader_down(content, over_a_network):
    assert all(
        fault.startswith("lijst.csv")
        for fault in faults(content.encode(errors="surrogatepass"), "lijst.csv", BASE if over_a_network else None)
    )


@settings(max_examples=100, deadline=None)
@given(networks())
def test_the_people_of_every_network_read_back_as_they_were_written(network):
    assert read(csv_of(network), "lijst.csv", network) == network


@settings(max_examples=30, deadline=None)
@given(networks())
def test_people_come_back_into_a_network_that_lost_them(network):
    empty = dataclasses.replace(network, people=(), koppels=(), agreements=())

    assert read(csv_of(network), "lijst.csv", empty).people == network.people
