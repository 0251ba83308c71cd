"""Going through a safety plan or a convenant: what is missing, with whom to arrange it, and what the inspectorate would say."""

import pytest

from bot.talk.flow import NOT_SURE, SKIPPED
from knowledge.audits import Audit, audit_faults
from tests.asking import ask, example, library
from tests.walking import walk


def end(flow, sender="s-devries", **answers):
    def answer(page):
        return answers.get(page.step, tuple(option.id for option in page.options) if page.multiple else ("ja",))

    return walk(flow, answer, sender)[1].replies[0]


@pytest.mark.parametrize(
    ("ticked", "verdict"),
    [
        ((), "Inspectie: 0 van de 3 punten op orde. Twee is nodig. Zo komt het in het verslag."),
        (("inzicht",), "Inspectie: 1 van de 3 punten op orde. Twee is nodig. Zo komt het in het verslag."),
        (("inzicht", "curatief"), "Inspectie: 2 van de 3 punten op orde. Twee is genoeg, dus het is voldoende."),
        (("inzicht", "preventief", "curatief"), "Inspectie: 3 van de 3 punten op orde. Twee is genoeg, dus het is voldoende."),
        (("inzicht", "twijfel:curatief"), "Inspectie: 1 van de 3 punten zeker op orde. Twee is nodig: zoek uit wat je niet zeker weet."),
    ],
)  # fmt: skip
def test_two_of_the_three_points_of_the_inspectorate_are_enough(ticked, verdict):
    found = end("veiligheidsplan", inspectie=ticked)

    assert verdict in found.text
    assert found.data["inspection"]["enough"] is ("genoeg" in verdict)


def test_what_is_missing_is_said_with_whom_to_arrange_it():
    found = end("veiligheidsplan", incident=("draaiboek", "schorsen", "schorsen-personeel", "incidentenregistratie", "ongevallen", "aangifte"))

    assert found.data["missing"] == ["cijfers-mr"]
    assert [one["person"] for one in found.data["contacts"]] == ["e-dekker"]
    assert "Bel Els Dekker, directie\n06-55500103\n- Bespreek de cijfers met de medezeggenschapsraad (bijlage 2)" in found.text


def test_what_is_the_askers_own_is_said_to_be():
    found = end("veiligheidsplan", voorkomen=("omgangsregels", "rie", "schoolregels", "scholing"))

    assert "Zelf:\n- Maak of zoek het anti-pestprotocol (bijlage 2)" in found.text
    assert found.data["contacts"] == []


def test_doubt_is_no_yes_and_is_to_be_looked_up():
    found = end("veiligheidsplan", mensen=("vc-aangesteld", "vertrouwenspersoon", "klachten", "dit-jaar-bekeken", "twijfel:schoolgids"))

    assert (found.data["missing"], found.data["unsure"]) == ([], ["schoolgids"])
    assert "- Niet zeker, zoek op: Het beleid staat in de schoolgids (bijlage 2)" in found.text


def test_whoever_does_not_know_a_page_is_asked_one_by_one():
    answers = {"partijen": (NOT_SURE,), "feit:looptijd": ("nee",), "feit:werkgroep": ("twijfel",)}
    found = end("convenant", **answers)

    assert (found.data["missing"], found.data["unsure"]) == (["looptijd"], ["werkgroep"])


def test_a_page_that_was_skipped_is_said_not_to_have_been_looked_at():
    found = end("veiligheidsplan", inspectie=(SKIPPED,), mensen=(SKIPPED,))

    assert (found.data["skipped"], found.data["inspection"]) == (["mensen", "inspectie"], None)
    assert "Niet bekeken: mensen, inspectie." in found.text
    assert "Inspectie:" not in found.text


@pytest.mark.parametrize("flow", ["veiligheidsplan", "convenant"])
def test_every_page_is_asked_also_of_somebody_who_is_asked_for_the_school(flow):
    pages, _ = walk(flow, lambda page: () if page.multiple else (page.options[0].id,), "j-schouten")

    assert [page.step for page in pages] == ["school", *(page.id for page in library().audits[flow].pages)]


def test_all_in_place_says_so():
    assert "Convenant: 28 van 28 op orde\nAlles is er. Mooi." in end("convenant").text


def test_the_convenant_names_its_own_last_day():
    assert "Jullie convenant loopt tot en met 31 december 2028." in end("convenant").text


def test_content_that_does_not_hold_together_is_a_fault():
    data = library().audits["veiligheidsplan"].model_dump(by_alias=True)
    data["paginas"][0]["genoeg"] = "geen-cijfer"
    data["paginas"][1]["onderdelen"][0]["id"] = "rie"

    assert list(audit_faults([Audit.model_validate(data)], library().figures)) == [
        'toetsen.yaml: voorkomen: het cijfer "geen-cijfer" is er niet',
        "toetsen.yaml: veiligheidsplan: rie: staat er twee keer",
    ]


def test_every_article_of_the_convenant_for_a_party_is_gone_through():
    sources = {source for page in library().audits["convenant"].pages for one in page.elements for source in one.sources}

    assert sources >= {f"convenant art. {number}" for number in (1, 2, 3, 4, 7, 8, 9, 10)}


@pytest.mark.parametrize(
    ("typed", "flow"),
    [("checklist veiligheidsplan", "veiligheidsplan"), ("veiligheidspln nalopen", "veiligheidsplan"), ("checklist convenant", "convenant"),
     ("ik wil het convenant nalopen", "convenant"), ("herstelgesprek", "herstelgesprek"), ("bereid een herstelgesprek voor", "herstelgesprek")],
)  # fmt: skip
def test_each_is_begun_by_words_typed_in_a_hurry(typed, flow):
    assert ask(example(), typed, "s-devries").data["flow"] == flow


@pytest.mark.parametrize("typed", ["wat staat er in een veiligheidsplan", "hoe lang geldt het convenant", "hoe gaat een herstelgesprek"])
def test_a_question_about_it_is_answered(typed):
    assert ask(example(), typed, "s-devries").kind == "knowledge"
