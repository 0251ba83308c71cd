"""What an import would change."""

import dataclasses
from datetime import date

from hypothesis import given, settings

from knowledge.network import Channels, Period
from knowledge.network_diff import FieldChange, RecordChange, compare, describe
from tests.networks import HEAD, networks, read

OLD = read(
    HEAD
    + """\
personen:
  - {id: k, naam: Karin Verhoef, organisatie: linde, rollen: [mentor], telefoon: 06-12345601}
  - {id: t, naam: Tim Bos, organisatie: linde, rollen: [mentor]}
koppels:
  - {id: kp, school: linde, politie: politie, contacten: [k]}
"""
)


def test_the_same_network_changes_nothing():
    changes = compare(OLD, OLD)

    assert not changes
    assert describe(changes) == ["er verandert niets"]


def test_another_order_is_no_change():
    assert not compare(OLD, dataclasses.replace(OLD, people=OLD.people[::-1]))


def test_a_first_network_is_new_as_a_whole():
    assert describe(compare(None, OLD)) == [
        "nieuw: het netwerk Proef",
        "nieuw: 2 organisaties: Lindecollege en Politie Lindewaard",
        "nieuw: 2 personen: Karin Verhoef en Tim Bos",
        "nieuw: 1 koppel: kp",
    ]


def test_a_change_is_found_field_by_field():
    karin, tim = OLD.people
    new = dataclasses.replace(
        OLD,
        region="zuid",
        people=(
            dataclasses.replace(
                karin,
                phone="06-12345699",
                deputy="t",
                until=date(2026, 12, 31),
                absences=(Period(date(2026, 11, 20), date(2026, 11, 27)),),
                is_manager=True,
            ),
            dataclasses.replace(tim, id="t2", name="Tom Bos"),
        ),
        koppels=(dataclasses.replace(OLD.koppels[0], channels=Channels(slack="C0KP"), contacts=("k", "t2")),),
    )
    changes = compare(OLD, new)

    assert changes.network == (FieldChange("vakantieregio", "midden", "zuid"),)
    assert changes.people.changed == (
        RecordChange(
            "k",
            "Karin Verhoef",
            (
                FieldChange("telefoon", "06-12345601", "06-12345699"),
                FieldChange("vervanger", "", "t"),
                FieldChange("tot", "", "31-12-2026"),
                FieldChange("afwezig", "", "20-11-2026 t/m 27-11-2026"),
                FieldChange("beheerder", "", "ja"),
            ),
        ),
    )
    assert describe(changes) == [
        "gewijzigd: het netwerk: vakantieregio midden → zuid",
        "nieuw: 1 persoon: Tom Bos",
        "gewijzigd: Karin Verhoef: telefoon 06-12345601 → 06-12345699; vervanger leeg → t; tot leeg → 31-12-2026; afwezig leeg → 20-11-2026 t/m 27-11-2026; beheerder leeg → ja",
        "weg: 1 persoon: Tim Bos",
        "gewijzigd: kp: contacten k → k, t2; kanaal leeg → slack C0KP",
    ]


def test_a_long_preview_stays_within_a_screen():
    people = tuple(dataclasses.replace(OLD.people[0], id=f"p{n}", name=f"Persoon {n}") for n in range(30))
    many = dataclasses.replace(OLD, people=people, koppels=())
    moved = dataclasses.replace(many, people=tuple(dataclasses.replace(person, phone=None) for person in people))

    lines = describe(compare(many, moved))
    assert len(lines) == 13
    assert lines[-1] == "gewijzigd: en nog 18"
    assert describe(compare(dataclasses.replace(many, people=()), many)) == [
        "nieuw: 30 personen: Persoon 0, Persoon 1, Persoon 2, Persoon 3, Persoon 4, Persoon 5, Persoon 6, Persoon 7 en nog 22"
    ]


@settings(max_examples=20, deadline=None)
@given(networks(), networks())
def test_two_networks_differ_exactly_when_there_is_something_to_say(old, new):
    assert bool(compare(old, new)) == (old != new)
    assert compare(old, old).people.changed == ()
