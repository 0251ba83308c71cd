"""Who is who: an account that nobody knows becomes somebody's when the coordinator says so."""

import pytest

from tests.asking import koppel, network, person
from tests.talking import Talk

NEW = "T0ELDERS/U0NIEUW"


def member(name, role, mail):
    return person(name, "linde", role, email=mail, slack=None)


@pytest.fixture
def talk(tmp_path):
    made = Talk(tmp_path / "db", ("slack",))
    people = (
        person("mia", "linde", "mentor", email="mia@linde.example"), person("coen", "halt", "coordinator", slack="U0COEN"),
        person("pol", "politie", "wijkagent", slack="U0POL"),
    )  # fmt: skip
    made.assistant.take_network(network(*people, koppels=(koppel("linde", "mia", "pol"),)))
    return made


def said(talk):
    return [(one.place, one.reply.lines[0].text) for one in talk.sent]


def accounts(talk):
    return talk.store.connection.execute("SELECT platform, account, person, by FROM account").fetchall()


def claim(talk, mail="mia@linde.example"):
    """A newcomer with a verified address says that it is them; the question to the coordinator."""
    talk.say("hallo", NEW, mail=mail)
    talk.choose(talk.sent[-1], "ik-ben-het", sender=NEW)
    return next(one for one in talk.sent if one.place == "dm:coen")


def test_a_newcomer_whose_address_the_platform_vouches_for_is_asked_whether_they_are_that_person(talk):
    talk.say("wie is onze wijkagent", NEW, mail="Mia@Linde.example")

    assert [option.label for option in talk.sent[-1].reply.options] == ["Ja, dat ben ik"]
    assert "pol" not in str([one.reply for one in talk.sent[:-1]]).lower().replace("politie", "")


def test_nobody_is_linked_before_the_coordinator_has_said_yes(talk):
    asked = claim(talk)
    assert accounts(talk) == []
    talk.choose(asked, "klopt", sender="coen")

    assert accounts(talk) == [("slack", NEW, "mia", "coen")]
    assert ("dm:mia", "Welkom, Mia Zandstra. Ik weet nu wie je bent. Vraag bijvoorbeeld: wie is onze wijkagent.") in said(talk)


def test_the_question_shows_afterwards_how_it_ended_and_cannot_be_answered_again(talk):
    asked = claim(talk)
    talk.choose(asked, "klopt", sender="coen")
    after = next(one for one in talk.sent if one.place == "dm:coen")

    assert (after.replaces, after.reply.options, after.reply.lines[1].text) == (asked.message, (), "Gekoppeld door Coen Zandstra.")
    talk.choose(asked, "klopt-niet", sender="coen")
    assert talk.sent[-1].reply.text == "Daar is al over beslist."
    assert len(accounts(talk)) == 1


def test_when_the_coordinator_says_no_the_newcomer_hears_it_and_stays_a_stranger(talk):
    talk.choose(claim(talk), "klopt-niet", sender="coen")

    assert (f"dm:{NEW}", "De coördinator heeft je account niet gekoppeld. Denk je dat dat niet klopt? Bel de coördinator.") in said(talk)
    assert accounts(talk) == []


@pytest.mark.parametrize("who", ["mia", "pol", NEW])
def test_only_a_coordinator_can_say_yes(talk, who):
    asked = claim(talk)
    talk.choose(asked, "klopt", sender=who, place=f"dm:{who}")

    assert accounts(talk) == []


def code(talk):
    return talk.say("code voor mia", "coen").reply.text.split(" is ")[1][:9]


def test_without_an_address_a_code_of_the_coordinator_does_it_and_the_coordinator_still_confirms(talk):
    given = code(talk)
    talk.say("hallo", NEW)
    assert talk.sent[-1].reply.text.startswith("Ben jij iemand uit het netwerk?")
    talk.say(f"code {given.lower()}", NEW)
    assert accounts(talk) == []
    talk.say("Ja, koppel dit account", "coen")

    assert accounts(talk) == [("slack", NEW, "mia", "coen")]


def test_a_code_works_once(talk):
    given = code(talk)
    talk.say(given, NEW)
    talk.say(given, "T0ELDERS/U0ANDER")

    assert talk.sent[-1].reply.text.startswith("Die code ken ik niet")


def test_codes_cannot_be_guessed_by_trying(talk):
    given = code(talk)
    for _ in range(5):
        talk.say("code ABCD-EFGH", NEW)
    talk.say(given, NEW)

    assert talk.sent[-1].reply.text.startswith("Die code ken ik niet")


def test_a_code_is_given_to_nobody_but_a_coordinator(talk):
    assert talk.say("code voor mia", "pol").reply.data == {"reason": "rights"}


def test_danger_told_by_a_newcomer_is_answered_and_nothing_else(talk):
    talk.say("iemand staat hier met een mes", NEW, mail="mia@linde.example")

    assert [one.reply.kind for one in talk.sent] == ["urgent"]


def test_in_a_terminal_nobody_is_asked_who_they_are(tmp_path):
    talk = Talk(tmp_path / "db")
    talk.say("wie is onze wijkagent", "iemand-anders")

    assert [one.reply.kind for one in talk.sent] == ["refusal"]
