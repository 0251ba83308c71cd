"""Only what somebody says plainly of what they do themselves is done at once; what is asked, denied, supposed or told is not."""

import pytest

from bot.answer import answer
from bot.handover.manner import By, manners_of
from tests.asking import context, example, words
from tests.test_handover_said import CLOSED, GIVER, OFFERED, PLACE, REPORTED, TAKEN, TAKER, happened, said_to


@pytest.mark.parametrize(
    ("text", "by", "manner"),
    [
        ("ik neem het over", {"neem", "over"}, "plain"), ("moet ik dit overnemen of Wendy", {"overnemen"}, "asked"),
        ("heb ik gisteren iets overgenomen", {"overgenomen"}, "asked"), ("heb ik overgenomen", {"overgenomen"}, "plain"),
        ("ik neem het over, wie belt moeder?", {"neem", "over"}, "plain"), ("ik heb hem overgenomen, klopt dat", {"overgenomen"}, "asked"),
        ("stel ik kan niet", {"kan", "niet"}, "loose"), ("ik sluit hem pas als moeder belt", {"sluit"}, "loose"),
        ("Sanne vroeg of ik het overneem", {"overneem"}, "loose"), ("volgens Sanne is het afgerond", {"afgerond"}, "loose"),
        ("volgens mij is het afgerond", {"afgerond"}, "plain"), ("ik neem het over als dat goed is", {"neem", "over"}, "plain"),
        ("ik heb nog niet gebeld", {"gebeld"}, "denied"), ("geen probleem ik neem het over", {"neem", "over"}, "plain"),
        ("", {"neem"}, "plain"),
    ],
)  # fmt: skip
def test_how_something_is_said_is_heard_in_the_clause_that_says_it(text, by, manner):
    ears = manners_of(words())

    assert ears.of(ears.clauses(text, {"sanne"}), "neem", By(frozenset(by), frozenset({"sanne", "moeder", "overneem"}))) == manner


ASKED = [
    (OFFERED, TAKER, "ik weet niet of ik het kan overnemen"), (OFFERED, TAKER, "Sanne vroeg of ik het over wilde nemen"),
    (OFFERED, TAKER, "heb ik gisteren iets overgenomen"), (OFFERED, TAKER, "stel ik kan niet, wie dan"),
    (TAKEN, TAKER, "kan het dicht?"), (REPORTED, GIVER, "stel dat ik hem nu sluit"),
    (REPORTED, GIVER, "ik sluit hem pas als ik moeder gesproken heb"), (OFFERED, GIVER, "misschien is het niet meer nodig"),
    (OFFERED, TAKER, "ik denk erover om dit over te nemen"), (OFFERED, TAKER, "ik wou dat ik het kon overnemen"),
    (OFFERED, TAKER, "ik kan altijd nog nee zeggen"), (TAKEN, TAKER, "morgen rond ik het af"), (TAKEN, TAKER, "afspraak gemaakt voor vrijdag"),
    (OFFERED, TAKER, "komt het goed met die jongen"), (OFFERED, TAKER, "Wendy Mulder neemt het over"), (OFFERED, TAKER, "ik doe dit voor het eerst"),
    (TAKEN, TAKER, "heb geen tijd gehad om te bellen"),
    (OFFERED, GIVER, "ik overweeg hem in te trekken"), (REPORTED, GIVER, "sluit ik hem of doe jij dat"),
    (OFFERED, TAKER, "ik neem het nog niet over, eerst overleg"), (OFFERED, GIVER, "als Wendy ziek is, trek ik hem dan in"),
    (OFFERED, GIVER, "intrekken hoeft niet meer"),
    (OFFERED, TAKER, "ik regel mijn agenda en kom erop terug"), (TAKEN, TAKER, "gelukt is het niet"), (OFFERED, GIVER, "Wendy hoeft niet te komen"),
    (REPORTED, GIVER, "ik sluit me aan bij Wendy"), (TAKEN, TAKER, "Carla Willemse wil hem wel hebben"),
    (CLOSED, GIVER, "kan hij weer open als het terugkomt?"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "who", "text"), ASKED)
def test_what_is_asked_supposed_or_told_is_asked_before_it_is_done(before, who, text):
    kinds, texts = said_to(before, who, text, "dm")

    assert happened(before, who, text, "dm") == []
    assert kinds == ["question"]
    assert "Hoort dit bij " in texts


@pytest.mark.parametrize(
    ("before", "who", "text"),
    [
        (TAKEN, TAKER, "volgens Sanne is het afgerond"), (OFFERED, TAKER, "ik heb het nog niet overgenomen"), (OFFERED, GIVER, "ik wil hem niet intrekken"),
        (TAKEN, TAKER, "het is nog niet afgehandeld"), (OFFERED, TAKER, "Carla Willemse kan dit ook niet"), (TAKEN, TAKER, "ik heb nog niet gebeld"),
        (OFFERED, GIVER, "kan ik de overdracht nog intrekken?"), (OFFERED, GIVER, "Wendy kan niet, geef hem aan Carla Willemse"),
    ],
)  # fmt: skip
def test_what_is_denied_or_said_of_another_changes_nothing_and_begins_nothing(before, who, text):
    kinds, texts = said_to(before, who, text, "dm")

    assert happened(before, who, text, "dm") == []
    assert "Stap 1" not in texts
    assert "question" not in kinds


@pytest.mark.parametrize("text", ["ik wil dit niet overdragen", "kun je iets ook mondeling overdragen", "wie heeft de overdracht van Wendy overgenomen", "ik heb gisteren een overdracht gedaan, waar is die",
    "Wendy wil iets overdragen aan Carla", "ik had dit moeten overdragen", "ik heb spijt van deze overdracht", "ik wil geen quickscan doen", "wie heeft de quickscan gemaakt", "ik heb gisteren een quickscan gedaan"])
def test_speaking_of_a_handover_begins_none(text):
    assert answer(text, context(example(), GIVER)).data.get("flow") is None
    assert answer("ik wil iets overdragen", context(example(), GIVER)).data.get("flow") == "overdracht"


def test_with_its_reference_it_is_asked_too():
    assert happened(OFFERED, TAKER, "moet ik {A} overnemen of niet?", PLACE) == []
    assert happened(OFFERED, TAKER, "ik neem {A} over", PLACE) == ["overgenomen"]


def test_where_nobody_understands_what_is_meant_it_says_how_it_stands():
    kinds, text = said_to(OFFERED, TAKER, "wat moet ik hiermee?", place="dm")

    assert kinds == ["digest"]
    assert text.splitlines()[0] == "Jouw overdrachten"
    assert "neem jij dit over? Van Sanne de Vries, sinds vandaag." in text
    assert said_to([], TAKER, "wat moet ik hiermee?", place="dm", at=OFFERED[0]["at"])[0] == ["notfound"]
