"""From the result of a scan to a handover: reference and phase go along, the factors stay with who scanned."""

import json

import pytest

from bot.handover import rows as handovers
from tests.talking import Talk, step


@pytest.fixture
def talk(tmp_path):
    opened = Talk(tmp_path / "verbinder.db")
    yield opened
    opened.store.close()


def scanned(talk, sender="vera", fact="wapenbezit"):
    talk.answers("quickscan", "nee", "1", fact, "geen", "geen", "geen", "geen", sender=sender)
    while talk.sent[-1].reply.kind == "question":
        talk.say("1" if step(talk.sent[-1]) == "stapeling" else "geen", sender)
    return talk.sent[-1]


def offered(talk, sender="vera"):
    """Answers all that is asked, until the handover is there."""
    talk.say("pol", sender)
    while talk.sent[-1].reply.kind == "question":
        options = [option.id for option in talk.sent[-1].reply.options]
        talk.choose(talk.sent[-1], *(["ja"] if "ja" in options else [] if talk.sent[-1].reply.multiple else options[:1]), sender=sender)
    return next(one for one in talk.sent if one.reply.kind == "handover")


def test_the_first_choice_on_a_result_is_to_hand_over(talk):
    assert scanned(talk).reply.options[0].label == "Draag over"


@pytest.mark.parametrize("how", ["tap", "draag over", "draag dit over aan pol"])
def test_phase_and_reference_go_along_and_are_not_asked_again(talk, how):
    result = scanned(talk)
    asked = talk.choose(result, "overdragen", sender="vera") if how == "tap" else talk.say(how, "vera")
    assert asked.reply.data["flow"] == "overdracht"
    steps = [step(asked)]
    if steps == ["aan"]:
        steps.append(step(talk.say("pol", "vera")))
    assert "fase" not in steps

    reference = result.reply.data["reference"]
    made = talk.store.connection.execute("SELECT answers FROM conversation WHERE flow = 'overdracht'").fetchone()
    answers = json.loads(made[0])
    assert (answers["scan"], answers["scan-fase"]) == ([reference], ["3"])


def test_the_handover_shows_the_phase_and_no_factor(talk):
    talk.choose(scanned(talk), "overdragen", sender="vera")
    there = offered(talk)

    assert "ROOD, fase 3" in there.reply.text
    assert "apen" not in there.reply.text + json.dumps(there.reply.data)
    kept = handovers.by_reference(talk.store.connection, there.reply.data["handover"])
    assert (kept.phase, kept.giver, kept.addressee) == (3, "vera", "pol")
    assert kept.scan != there.reply.data["handover"]


def test_the_phase_by_own_judgement_is_the_one_that_is_handed_over(talk):
    result = scanned(talk, fact="geen")
    assert "overdragen" not in [option.id for option in result.reply.options]
    talk.answers("andere fase kiezen", "2", sender="vera")
    talk.choose(talk.sent[-1], "overdragen", sender="vera")

    assert "ORANJE, fase 2" in offered(talk).reply.text


def test_the_result_stays_beside_the_handover_and_can_still_be_chosen_from(talk):
    result = scanned(talk)
    talk.choose(result, "overdragen", sender="vera")
    offered(talk)

    assert talk.choose(result, "laat-zien", sender="vera").reply.text.startswith("🔴 ROOD – fase 3")


def test_while_another_phase_is_being_chosen_the_old_control_still_hands_over(talk):
    result = scanned(talk)
    talk.say("andere fase kiezen", "vera")

    assert step(talk.choose(result, "overdragen", sender="vera")) == "aan"
    assert {row[4] for row in talk.rows() if row[2] == "quickscan"} == {"done"}
