"""Reading a network from YAML."""

from pathlib import Path

import pytest

from knowledge.network_files import read_network

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
