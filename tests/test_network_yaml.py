"""Reading a network from YAML and writing it back."""

import dataclasses
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.network import Convenant, Period
from knowledge.network_files import read_network
from knowledge.network_write import write_yaml
from tests.networks import HEAD, faults, networks, read

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "voorbeelden" / "netwerk-waterstad.yaml"


def test_the_example_network_reads_without_a_fault():
    network = read_network(ROOT / "config" / "netwerk-voorbeeld.yaml")

    assert network.name == "School & Veiligheid Lindewaard"
    assert len(network.people) == 22
    assert network.person_by_id["s-devries"].phone == "06-55500101"
    assert [person.id for person in network.people if person.is_manager] == ["j-schouten"]


@pytest.mark.skipif(not SHARED.exists(), reason="the larger example stands outside the repository")
def test_the_network_of_waterstad_reads_without_a_fault():
    network = read_network(SHARED)

    assert len(network.people) == 35
    assert network.person_by_id["h-ben-haddou"].phone == "06-12345604"


def test_what_is_left_out_has_its_usual_value():
    network = read(HEAD + "personen:\n  - {id: k, naam: Karin, organisatie: linde, rollen: [mentor]}\n")

    person = network.people[0]
    assert (person.serves, person.phone, person.hours, person.deputy, person.is_manager) == ((), None, None, None, False)
    assert (network.timezone, network.convenant, network.days_off) == ("Europe/Amsterdam", None, ())


def test_every_optional_key_is_read():
    network = read(
        """\
netwerk:
  id: proef
  naam: Proef
  vakantieregio: Zuid
  tijdzone: Europe/Brussels
  convenant: {van: 2025-01-01, tot: 31-12-2028, bewaartermijn: 1 jaar}
  vakanties: [{van: 2027-02-04, tot: 2027-02-05, naam: studiedagen}]
organisaties:
  - {id: linde, naam: Linde, soort: VO, vakantieregio: noord}
  - {id: politie, naam: Politie, soort: politie}
personen:
  - {id: k, naam: Karin, organisatie: linde, rollen: VC, leidinggevende: k, afwezig: [{van: 2026-11-20, tot: 2026-11-27}]}
koppels:
  - {id: kp, school: linde, politie: politie}
afspraken:
  - {id: a, naam: Plan, eerste: 2026-09-01T15:30, wie: [coördinator, k], voor: [kp, linde]}
"""
    )

    assert network.convenant == Convenant(date(2025, 1, 1), date(2028, 12, 31), "1 jaar")
    assert network.days_off == (Period(date(2027, 2, 4), date(2027, 2, 5), "studiedagen"),)
    assert (network.region, network.municipality, network.organisations[0].region) == ("zuid", "", "noord")
    assert network.people[0].roles == ("veiligheidscoordinator",)
    assert network.people[0].lead == "k"
    assert network.people[0].absences == (Period(date(2026, 11, 20), date(2026, 11, 27)),)
    assert network.agreements[0].who == ("coordinator", "k")
    assert network.agreements[0].concerns == ("kp", "linde")
    assert (network.agreements[0].first, network.agreements[0].rhythm) == (datetime.fromisoformat("2026-09-01T15:30"), None)


def test_values_stay_as_they_were_written():
    network = read("netwerk: {id: 010, naam: no, gemeente: 12:30, vakantieregio: midden}\n")

    assert (network.id, network.name, network.municipality) == ("010", "no", "12:30")


def test_names_lose_what_nobody_sees_and_lists_what_stands_twice():
    network = read(
        HEAD
        + "personen:\n  - {id: k, naam: ' Zoe\u0308\u00a0Bos\u200b ', organisatie: linde, rollen: [VC, zoco, veiligheidscoördinator]}\n"
    )

    assert network.people[0].name == "Zoë Bos"
    assert network.people[0].roles == ("veiligheidscoordinator", "zorgcoordinator")


def test_what_is_everyday_is_not_a_fault():
    network = read(
        HEAD
        + """\
personen:
  - {id: a, naam: A, organisatie: linde, rollen: [mentor], vervanger: b}
  - {id: b, naam: B, organisatie: linde, rollen: [mentor], vervanger: a}
  - {id: c, naam: C, organisatie: politie, rollen: [wijkagent], tot: 2020-01-01, vervanger: c, voor: [Een Wijk Zonder School]}
koppels:
  - {id: kp, school: linde, politie: politie, contacten: [a, b, c]}
"""
    )

    assert network.koppels[0].contacts == ("a", "b", "c")


def test_a_wijk_is_known_in_any_case():
    network = read(HEAD + "personen:\n  - {id: k, naam: K, organisatie: politie, rollen: [], voor: [noord, LINDEWAARD]}\n")

    assert network.people[0].serves == ("Noord", "Lindewaard")


def test_all_faults_of_a_bad_file_are_said_at_once():
    bad = """\
netwerk:
  id: Linde Waard
  naam: Proef
  vakantieregio: zuidd
  tijdzone: Amsterdam
  kanaal: {slack: "#algemeen", discord: x}
  convenant: {van: 2028-01-01, tot: 2025-01-01}
organisaties:
  - {id: linde, naam: Linde, soort: atheneum}
  - id: linde
    naam: Linde
    soort: vo
    wijck: Noord
  - los
personen:
  - id: k-verhoef
    naam: Karin Verhoef
    organisatie: linda
    rollen: [veiligheidscoordinatr, VC]
    telefoon: 12:30
    e-mail: karin@
    bereikbaar: overdag
    vervanger: k-verhooef
    matrix: karin
    sinds: 2026-02-30
    beheerder: misschien
    afwezig: [{van: 2026-11-27, tot: 2026-11-20}]
  - id: t-bos
    organisatie: linde
    sinds: 2026-09-01
    tot: 2026-08-31
    voor: [lindee]
    telefoon: [1, 2]
    telefoon: 06
koppels:
  - {id: k1, school: politie, politie: linde, contacten: [wie]}
afspraken:
  - {id: a, naam: A, ritme: elke week, eerste: 2026-09-01, wie: [coordinatr], voor: [k2]}
  - {id: b, naam: B, ritme: FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30, eerste: 2026-09-01T02:30}
extra: 1
"""

    assert faults(bad) == (ROOT / "tests" / "netwerk-fout.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("a: @karin:x", "netwerk.yaml:1: hier kan ik de YAML niet volgen, verwacht aanhalingstekens om een waarde die met @, !, % of ` begint"),
        ("netwerk:\n\t- b", "netwerk.yaml:2: hier kan ik de YAML niet volgen, verwacht spaties in plaats van een tab"),
        ("a: [b\n", "netwerk.yaml:2: hier kan ik de YAML niet volgen, verwacht een haak die weer sluit, en komma's ertussen"),
        ("a: 'x", "netwerk.yaml:1: hier kan ik de YAML niet volgen, verwacht een aanhalingsteken dat weer sluit"),
        ("a: &x [1]\nb: *x", "netwerk.yaml:1: hier staat een verwijzing binnen het bestand (& of *), verwacht dat alles voluit geschreven is"),
        ("a: 1\n---\nb: 1", "netwerk.yaml:2: hier begint een tweede netwerk (---), verwacht één netwerk per bestand"),
        ("netwerk:", "netwerk.yaml:1: netwerk: ontbreekt, verwacht een blok met sleutels"),
        ("netwerk: 5", 'netwerk.yaml:1: netwerk: hier staat "5", verwacht een blok met sleutels'),
        ("# niets", "netwerk.yaml: dit bestand is leeg, verwacht een netwerk"),
        ("a: [" + "[" * 100_000, "netwerk.yaml:1: hier zitten te veel blokken in elkaar, verwacht de opbouw van het voorbeeldnetwerk"),
        ("- " * 100_000, "netwerk.yaml:1: hier zitten te veel blokken in elkaar, verwacht de opbouw van het voorbeeldnetwerk"),
        ("a: \x07", "netwerk.yaml:1: hier staat een stuurteken dat je niet ziet (U+0007), verwacht gewone tekst; haal het weg"),
        (b"a\0b", "netwerk.yaml: dit is geen tekstbestand, verwacht YAML, CSV of vCard"),
        (b"#" * (20 * 1024 * 1024 + 1), "netwerk.yaml: dit bestand is groter dan 20 MB, verwacht een netwerk van een paar MB; klopt het bestand?"),
    ],
    ids=lambda value: repr(value[:12]),
)  # fmt: skip
def test_a_file_that_cannot_be_followed_says_where_and_why(content, fault):
    assert faults(content) == [fault]


def test_a_matrix_room_without_quotes_is_said_in_plain_words():
    found = faults("netwerk:\n  id: p\n  naam: P\n  vakantieregio: zuid\n  kanaal:\n    matrix: !netwerk:voorbeeld.nl\n")

    assert found == [
        "netwerk.yaml:6: hier begint een waarde met een uitroepteken (!netwerk:voorbeeld.nl), verwacht aanhalingstekens eromheen"
    ]


def test_a_file_that_is_not_there_is_a_fault(tmp_path):
    with pytest.raises(Exception, match=r"weg\.yaml: dit bestand kan ik niet openen"):
        read_network(tmp_path / "weg.yaml")


def test_a_written_network_is_laid_out_as_people_write_it():
    network = read(
        HEAD
        + "personen:\n  - {id: k, naam: Karin, organisatie: linde, rollen: [mentor], telefoon: 0612345601, bevestigd: 1-9-2026}\n"
    )

    assert (
        write_yaml(dataclasses.replace(network, organisations=network.organisations[:1]))
        == """\
netwerk:
  id: proef
  naam: Proef
  gemeente: Lindewaard
  vakantieregio: midden
  tijdzone: Europe/Amsterdam

organisaties:
- id: linde
  naam: Lindecollege
  soort: vo
  ook-bekend-als: [Het Linde]
  wijk: Noord
  gemeente: Lindewaard

personen:
- id: k
  naam: Karin
  organisatie: linde
  rollen: [mentor]
  telefoon: 06-12345601
  bevestigd: 2026-09-01
"""
    )


MARKUP = st.sampled_from(
    ["netwerk:", "id: ", "- ", "personen:\n", "  ", "\n", "[", "]", "{", "}", "'", '"', "|", "!", "&a", "*a", "x", "é", "\t"]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(MARKUP, max_size=25).map("".join) | st.text(max_size=40))
def test_no_text_brings_the_reader_down(content):
    assert faults(content.encode(errors="surrogatepass"))


@settings(max_examples=50, deadline=None)
@given(networks(), st.data())
def test_a_file_with_something_lost_is_read_or_has_faults_with_a_place(network, data):
    lines = write_yaml(network).splitlines(keepends=True)
    lost = data.draw(st.integers(0, len(lines) - 1))
    found = faults("".join(lines[:lost] + lines[lost + 1 :]))

    assert all(fault.startswith("netwerk.yaml:") for fault in found)


@settings(max_examples=120, deadline=None)
@given(networks())
def test_every_network_reads_back_as_it_was_written(network):
    assert read(write_yaml(network)) == network
