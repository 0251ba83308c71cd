"""What an editor hears about the content, and a coordinator about the network."""

import shutil
from dataclasses import replace
from datetime import datetime

import pytest

from bot.check import check_content, check_network, near_topics
from knowledge.library import CONTENT, load_library
from knowledge.network_files import read_network
from knowledge.schools import School
from knowledge.schools_merge import new_network, with_schools
from tests.command import EXAMPLE, TUESDAY

NOW = datetime.fromisoformat(TUESDAY)
TOPIC = """
- id: proef
  titel: Wat is een proef?
  soort: begrip
  antwoord: "{answer}"
  bron: ["§1.1"]
  voor: [school]
  verwant: [bestaat-niet]
  vragen: [wat is een proef, leg een proef uit]
  woorden: [proef]
"""


@pytest.fixture
def content(tmp_path):
    return shutil.copytree(CONTENT, tmp_path / "content")


def test_our_own_content_holds():
    assert check_content()[0] == []


def test_yaml_that_cannot_be_read_is_said_with_file_and_line(content):
    (content / "kennis" / "99-proef.yaml").write_text('- id: proef\n  titel: "open\n', encoding="utf-8")

    faults, summary = check_content(content)

    assert [fault.split(": ")[0] for fault in faults] == ["99-proef.yaml:3"]
    assert summary == ["De inhoud klopt niet."]


def test_a_record_that_misses_something_is_said_by_its_id(content):
    (content / "kennis" / "99-proef.yaml").write_text("- id: proef\n  titel: Wat is een proef?\n", encoding="utf-8")

    faults, _ = check_content(content)

    assert faults
    assert all(fault.startswith("99-proef.yaml: proef: ") for fault in faults)


def test_all_dangling_names_and_long_answers_are_said(content):
    (content / "kennis" / "99-proef.yaml").write_text(
        TOPIC.format(answer="{cijfer-zonder-naam} " + "lang " * 110), encoding="utf-8"
    )

    faults, summary = check_content(content)

    assert faults == [
        'proef: verwant: het onderwerp "bestaat-niet" is er niet',
        'proef: antwoord: het cijfer "cijfer-zonder-naam" is er niet',
        "proef: 571 tekens, houd het onder 520",
        'proef: een zin van 113 woorden ("cijfer zonder naam lang lang …"), maak er twee van',
    ]
    assert summary[0].startswith("Inhoud: ")


def test_the_gaps_of_a_network_are_counted_and_said():
    lines = check_network(read_network(EXAMPLE), NOW)

    assert lines[0] == f"School & Veiligheid Lindewaard: {len(lines) - 2} dingen om naar te kijken."
    assert "- let op: ROC De Brug: niemand heeft hier nu de rol directie." in lines
    assert all(line.startswith(("- let op: ", "- gat: ")) for line in lines[1:-1])
    assert lines[-1].startswith("Schoolvakanties bekend tot en met ")


def test_what_many_schools_lack_stands_on_one_line_unless_each_is_asked_for():
    names = ("De Eik", "De Es", "De Iep", "De Els", "De Berk", "De Linde", "De Beuk", "De Den", "De Spar", "De Wilg")
    schools = [School(f"{number:02}AB00", name, "po", "V", "V") for number, name in enumerate(names)]
    network = with_schools(new_network("V", "V", "zuid"), schools)

    lines, each = check_network(network, NOW), check_network(network, NOW, each=True)

    assert (
        "- gat: Er is nu geen veiligheidscoördinator. Elke school heeft er een (convenant art. 3). "
        "Dat is zo bij 10: De Eik, De Es, De Iep en nog 7."
    ) in lines
    assert "- gat: De Wilg: er is nu geen veiligheidscoördinator. Elke school heeft er een (convenant art. 3)." in each
    assert (len(each) > 40, len(lines) < 12) == (True, True)
    assert check_network(read_network(EXAMPLE), NOW) == check_network(read_network(EXAMPLE), NOW, each=True)


def test_names_that_look_alike_are_found_and_others_are_not():
    library = load_library()

    assert near_topics("geen-blauwdrk", library)[0] == "geen-blauwdruk"
    assert near_topics("§§§", library) == []
    assert near_topics("", replace(library, topics={})) == []
