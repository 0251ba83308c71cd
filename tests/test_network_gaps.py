"""Where a network has holes."""

from datetime import date
from pathlib import Path

from hypothesis import given, settings

from knowledge.network_files import read_network
from knowledge.network_gaps import Gap, gaps
from tests.networks import HEAD, days, networks, read

TODAY = date(2026, 11, 23)
EXAMPLE = Path(__file__).parent.parent / "config" / "netwerk-voorbeeld.yaml"


def texts(people: str, rest: str = "") -> list[str]:
    """The sentences about the small network with these people."""
    return [gap.text for gap in gaps(read(HEAD + "personen:\n" + people + rest), TODAY)]


def test_the_example_network_has_no_holes_and_a_few_remarks():
    assert gaps(read_network(EXAMPLE), TODAY) == [
        Gap("let op", "In het hele netwerk heeft nu niemand de rol jeugdofficier, Raad voor de Kinderbescherming of jeugdreclassering."),
        Gap("let op", "ROC De Brug: niemand heeft hier nu de rol directie.", ("roc-de-brug",)),
        Gap("let op", "Wendy Mulder en Ahmed van Leeuwen zijn elkaars vervanger. Zijn zij tegelijk weg, dan is er niemand.", ("w-mulder", "a-vanleeuwen")),
        Gap("let op", "Marieke Vos en Henk Prins zijn elkaars vervanger. Zijn zij tegelijk weg, dan is er niemand.", ("m-vos", "h-prins")),
    ]  # fmt: skip


def test_an_empty_network_names_every_hole():
    found = gaps(read(HEAD), TODAY)

    assert [gap.text for gap in found if gap.severity == "gat"] == [
        "Niemand is nu coördinator van het netwerk. Geef iemand de rol coordinator.",
        "Lindecollege: er is nu geen veiligheidscoördinator. Elke school heeft er een (convenant art. 3).",
        "Lindecollege: er is geen koppel met de politie. Elke school heeft een vast contact (convenant art. 1 en 4).",
        "Lindecollege: niemand werkt nu voor deze school in de rol wijkagent, schoolcontactpersoon of leerplichtambtenaar.",
        "Lindecollege: hier is nu niemand. Elke partij wijst een vaste contactpersoon aan (convenant art. 1).",
        "Politie Lindewaard: hier is nu niemand. Elke partij wijst een vaste contactpersoon aan (convenant art. 1).",
    ]
    assert (
        Gap(
            "let op",
            "Lindecollege: niemand heeft hier nu de rol directie, afdelingsleider, mentor, zorgcoördinator of verzuimcoördinator.",
            ("linde",),
        )
        in found
    )


def test_a_school_is_served_by_wijk_gemeente_id_or_pair():
    hole = "Lindecollege: niemand werkt nu voor deze school in de rol wijkagent of schoolcontactpersoon."
    agent = "  - {{id: a, naam: A, organisatie: politie, rollen: [wijkagent], voor: [{area}]}}\n"
    law = "  - {id: l, naam: L, organisatie: politie, rollen: [leerplichtambtenaar], voor: [linde]}\n"
    pair = "koppels:\n  - {id: kp, school: linde, politie: politie, contacten: [a]}\n"

    assert hole in texts(law + agent.format(area="Zuid"))
    assert hole not in texts(law + agent.format(area="Noord"))
    assert hole not in texts(law + agent.format(area="Lindewaard"))
    assert hole not in texts(law + agent.format(area="linde"))
    assert hole not in texts(law + agent.format(area="Zuid"), pair)


def test_a_role_that_has_ended_or_not_begun_counts_for_nothing():
    hole = "Lindecollege: er is nu geen veiligheidscoördinator. Elke school heeft er een (convenant art. 3)."
    person = "  - {{id: k, naam: K, organisatie: linde, rollen: [veiligheidscoordinator], {days}}}\n"

    assert hole not in texts(person.format(days="sinds: 2026-11-23, tot: 2026-11-23"))
    assert hole in texts(person.format(days="tot: 2026-11-22"))
    assert hole in texts(person.format(days="sinds: 2026-11-24"))


def test_a_contact_and_a_deputy_who_have_left_are_named():
    people = """\
  - {id: k, naam: Karin, organisatie: linde, rollen: [mentor], vervanger: o}
  - {id: o, naam: Olga, organisatie: linde, rollen: [mentor], tot: 2026-10-31}
"""
    found = texts(people, "koppels:\n  - {id: kp, school: linde, politie: politie, contacten: [k, o]}\n")

    assert "Koppel Lindecollege: Olga is nog contact, maar stopte op 31 oktober 2026." in found
    assert "Karin heeft als vervanger Olga, maar die stopte op 31 oktober 2026." in found
    assert "Koppel Lindecollege: de politie heeft in dit koppel nu geen contactpersoon (convenant art. 1 en 4)." in found
    assert "Koppel Lindecollege: dit koppel heeft geen kanaal in Slack of Matrix." in found


def test_a_koppel_whose_only_police_contact_has_left_is_a_hole():
    hole = "Koppel Lindecollege: de politie heeft in dit koppel nu geen contactpersoon (convenant art. 1 en 4)."
    agent = "  - {{id: a, naam: A, organisatie: politie, rollen: [wijkagent], tot: {last}}}\n"
    koppel = "koppels:\n  - {id: kp, school: linde, politie: politie, contacten: [a]}\n"

    assert hole in texts(agent.format(last="2026-11-22"), koppel)
    assert hole not in texts(agent.format(last="2026-11-23"), koppel)


def test_deputies_in_a_circle_are_named_once():
    people = "".join(
        f"  - {{id: {one}, naam: {one.upper()}, organisatie: linde, rollen: [mentor], vervanger: {other}}}\n"
        for one, other in (("x", "a"), ("a", "b"), ("b", "c"), ("c", "a"), ("z", "z"))
    )

    assert [text for text in texts(people) if "vervanger" in text] == [
        "A, B en C zijn elkaars vervanger. Zijn zij tegelijk weg, dan is er niemand.",
        "Z is de eigen vervanger. Kies iemand anders.",
    ]


def test_somebody_who_leaves_soon_without_a_successor_is_named():
    sentence = "Karin stopt op 15 december 2026 en heeft nog geen opvolger in de rol mentor bij Lindecollege."
    karin = "  - {id: k, naam: Karin, organisatie: linde, rollen: [mentor], tot: 2026-12-15}\n"
    olga = "  - {{id: o, naam: Olga, organisatie: linde, rollen: [mentor], sinds: {since}}}\n"

    assert sentence in texts(karin)
    assert sentence not in texts(karin + olga.format(since="2026-12-16"))
    assert sentence in texts(karin + olga.format(since="2027-01-01"))
    assert sentence.replace("15 december", "23 december") in texts(karin.replace("12-15", "12-23"))
    assert sentence.replace("15-12", "24-12") not in texts(karin.replace("12-15", "12-24"))


def test_what_is_missing_or_old_about_people_is_said_in_one_line_each():
    people = """\
  - {id: a, naam: Ann, organisatie: linde, rollen: [], bevestigd: 2026-11-01, telefoon: 112}
  - {id: b, naam: Bert, organisatie: linde, rollen: [mentor], bevestigd: 2025-11-22, telefoon: 112, voor: [Nergens]}
  - {id: c, naam: Carla, organisatie: linde, rollen: [mentor]}
  - {id: d, naam: Dirk, organisatie: linde, rollen: [mentor], bevestigd: 2025-11-23}
"""
    assert texts(people)[-5:] == [
        "Zonder rol, dus niet te vinden: Ann.",
        "Zonder telefoonnummer: Carla en Dirk.",
        "Nog nooit bevestigd: Carla. Vraag of het klopt.",
        "Langer dan een jaar niet bevestigd: Bert. Vraag of het nog klopt.",
        "Bert werkt voor Nergens, maar geen organisatie heeft die wijk of gemeente.",
    ]


def test_a_convenant_that_ends_is_said_in_time():
    network = "netwerk: {{id: p, naam: P, vakantieregio: zuid, convenant: {{tot: {last}}}}}\n"

    def said(last):
        return [(gap.severity, gap.text) for gap in gaps(read(network.format(last=last)), TODAY) if "convenant" in gap.text]

    assert said("2026-11-22") == [("gat", "Het convenant liep tot en met 22 november 2026. Spreek een nieuw af.")]
    assert said("2026-12-31") == [("let op", "Het convenant loopt af op 31 december 2026.")]
    assert said("2027-12-31") == []


@settings(max_examples=40, deadline=None)
@given(networks(), days)
def test_every_network_can_be_checked_on_every_day(network, day):
    found = gaps(network, day)

    assert all(gap.text.endswith(".") for gap in found)
    assert [gap.severity for gap in found] == sorted((gap.severity for gap in found), key="gat, let op".index)
