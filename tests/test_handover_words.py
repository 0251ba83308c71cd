"""Every sentence about a handover that the code asks for exists, and every one that exists is asked for."""

import ast
import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from bot.handover.days import day_in, quiet_until
from bot.handover.heard import WISHES, hear
from tests.asking import library, words

ROOT = Path(__file__).parent.parent
SENTENCES = yaml.safe_load((ROOT / "knowledge" / "words" / "overdracht.yaml").read_text(encoding="utf-8"))
SOURCES = [*(ROOT / "bot" / "handover").glob("*.py"), *(ROOT / "bot" / "flows").glob("*.py"), ROOT / "bot" / "answers" / "handovers.py"]
TODAY = date(2026, 11, 24)


def test_every_sentence_is_asked_for_by_name():
    said = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    literal = {node.value for path in SOURCES for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
               if isinstance(node, ast.Constant) and isinstance(node.value, str)}  # fmt: skip
    made = {"naam", "vraagt-terug-", "belofte-bel-", "belofte-langs-", "houder-weg-", "ontvanger-weg-"} | {
        match for match in re.findall(r'f"(?:overdracht\.)?([a-z-]+-)\{', said)
    }
    unused = [
        name for name in SENTENCES if not {name, f"overdracht.{name}"} & literal and not any(name.startswith(one) for one in made)
    ]

    assert unused == []


@pytest.mark.parametrize("label", [value for key, value in SENTENCES.items() if key.startswith("knop-")])
def test_every_label_is_short_and_can_be_typed(label):
    typed = label.format(wanneer="woensdag 09:00")
    heard = hear(typed, words(), library().phase_card.reference, TODAY)

    assert len(typed) <= 40
    assert heard is None or heard.wish in WISHES
    assert typed.startswith("Ik") or heard is not None


@pytest.mark.parametrize(
    ("text", "wish", "reference"),
    [
        ("Wat is er met blauwe-otter?", "stand", "BLAUWE-OTTER"),
        ("wat is er met blauwe oter", "stand", "BLAUWE-OTTER"),
        ("zet BLAUWE-OTTER over naar Murat", "zet-over", "BLAUWE-OTTER"),
        ("terugkoppeling: hij zat te blowen", "terugkoppelen", None),
        ("ik kan dit niet, vraag Murat", "kan-niet", None),
        ("sluitt de overdragt", "sluit", None),
        ("trek de overdracht in", "trek-in", None),
        ("welke overdrachten staan er open", "open", None),
        ("geen gehoor", "niet-bereikt", None),
        ("is gedaan", "terugkoppelen", None),
    ],
)
def test_what_is_typed_about_a_handover_is_heard(text, wish, reference):
    heard = hear(text, words(), library().phase_card.reference, TODAY)

    assert (heard.wish, heard.reference) == (wish, reference)


@pytest.mark.parametrize(
    "text",
    [
        "wie neemt het over als de wijkagent ziek is", "hoe sluit je een dossier af", "mag ik een leerling schorsen",
        "wat doet Halt", "wanneer is een zaak gesloten", "wie heeft er dienst", "moet ik terugkoppelen aan ouders?",
        "kan de school de wijkagent vragen om mee te gaan naar de ouders van een leerling",
    ],
)  # fmt: skip
def test_a_question_about_something_else_is_not_taken_for_a_handover(text):
    assert hear(text, words(), library().phase_card.reference, TODAY) is None


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("tot vrijdag 20 november", date(2026, 11, 20)), ("maandag 7 december", date(2026, 12, 7)), ("tot vrijdag", date(2026, 11, 6)),
        ("vrijdag om 9 uur", date(2026, 11, 6)),
    ],
)  # fmt: skip
def test_a_weekday_before_a_date_is_no_day_of_its_own(typed, day):
    assert day_in(typed.split(), date(2026, 11, 3)) == day


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("tot 20 november we wachten", date(2026, 11, 20)), ("tot 18 nov", date(2026, 11, 18)), ("tot 20 11", None),
        ("tot volgende week", date(2026, 11, 9)), ("twee weken", date(2026, 11, 17)), ("t m vrijdag", date(2026, 11, 7)),
        ("tot 20 oktober", None), ("tot morgen", date(2026, 11, 4)), ("tot vandaag", None),
    ],
)  # fmt: skip
def test_until_which_day_something_is_quiet(typed, day):
    assert quiet_until(typed.split(), date(2026, 11, 3)) == day
