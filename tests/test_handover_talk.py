"""Handing over in conversation: offered, taken by somebody named, reported back, closed; who may, and who is told."""

import pytest

from bot import handovers
from tests.asking import koppel, network, person
from tests.talking import Talk

PEOPLE = (
    person("vera", "linde", "veiligheidscoordinator"), person("dirk", "linde", "directie"),
    person("pol", "politie", "wijkagent", deputy="agnes"), person("agnes", "politie", "wijkagent"),
    person("elf", "eik", "directie"), person("coen", "halt", "coordinator"),
)  # fmt: skip
PLACE = "linde-politie"


class Offers(Talk):
    """A conversation in which something can be offered."""

    def offer(self, giver="vera", to="pol", phase="2"):
        """Offers through all pages; the reference."""
        self.say("overdracht", giver)
        for answer in (to, phase):
            self.choose(self.sent[-1], answer, sender=giver)
        self.answers("overslaan", "geen", "ja, ouders weten ervan", "1", "ja", sender=giver)
        return next(one.reply.data["handover"] for one in self.sent if one.reply.data.get("handover"))

    def card(self, place=PLACE):
        """The newest message with controls in a place."""
        rows = self.store.connection.execute("SELECT id FROM outbox WHERE place = ? AND body IS NOT NULL ORDER BY id DESC", (place,))
        found = (self.store.outbox.message(number)[0] for (number,) in rows.fetchall())
        return next(one for one in found if one.reply.options)

    def tap(self, label, sender, place=PLACE):
        """Taps the first control of the newest card whose label begins so."""
        card = self.card(place)
        option = next(one.id for one in card.reply.options if one.label.startswith(label))
        return self.choose(card, option, sender=sender)

    def stands(self, reference):
        one = handovers.by_reference(self.store.connection, reference)
        return one.state, one.holder


@pytest.fixture
def talk(tmp_path):
    made = Offers(tmp_path / "db")
    made.assistant.take_network(network(*PEOPLE, koppels=(koppel("linde", "vera", "pol"), koppel("eik", "elf", "pol"))))
    return made


def heard(talk):
    return [(one.place, one.reply.kind) for one in talk.sent]


def test_an_offer_stands_in_the_place_of_the_pair_and_stays_the_givers(talk):
    reference = talk.offer()

    assert talk.stands(reference) == ("offered", "vera")
    assert ("linde-politie", "handover") in heard(talk)
    assert [one.label for one in talk.card().reply.options] == [
        "Neem over – ik bel vandaag", "Neem over – ik bel woensdag 09:00", "Neem over – ik kom langs", "Kan niet, vraag …",
        "Vraag terug", "Trek in",
    ]  # fmt: skip


def test_taken_over_reported_and_closed(talk):
    reference = talk.offer()

    talk.tap("Neem over", "pol")
    assert talk.stands(reference) == ("accepted", "pol")
    assert ("dm:vera", "handover") in heard(talk)
    talk.tap("Terugkoppelen", "pol")
    assert talk.stands(reference) == ("reported", "pol")
    talk.tap("Sluit", "vera")
    assert talk.stands(reference) == ("closed", "pol")


def test_the_first_to_take_it_wins_and_the_other_hears_by_whom(talk):
    reference = talk.offer()
    card = talk.card()
    talk.choose(card, "neem-vandaag", sender="agnes")

    late = talk.choose(card, "neem-vandaag", sender="pol")

    assert talk.stands(reference) == ("accepted", "agnes")
    assert "Agnes Zandstra heeft" in late.reply.text


@pytest.mark.parametrize(("sender", "reason"), [("dirk", "rights"), ("vera", "rights"), ("elf", "rights"), ("x-1", "stranger")])
def test_whoever_it_is_not_for_is_refused_and_nothing_changes(talk, sender, reason):
    reference = talk.offer()

    refused = talk.tap("Neem over", sender).reply

    assert (refused.kind, refused.data) == ("refusal", {"reason": reason})
    assert talk.stands(reference) == ("offered", "vera")


@pytest.mark.parametrize("text", ["ik neem het over, ik bel vandaag", "Neem over – ik bel vandaag", "ik nem het ovr", "doe ik"])
def test_everything_can_be_typed(talk, text):
    reference = talk.offer()

    talk.say(text, "pol", PLACE)

    assert talk.stands(reference) == ("accepted", "pol")


def test_whoever_took_it_without_a_word_can_say_afterwards_what_they_will_do(talk):
    talk.offer()
    talk.say("ik neem het over", "pol", PLACE)

    talk.say("ik bel vandaag", "pol", PLACE)

    assert talk.card().reply.text.splitlines()[1] == "Ligt nu bij Pol Zandstra: belt vandaag."


def test_saying_that_you_will_call_is_about_nothing_when_you_have_nothing(talk):
    assert talk.say("ik bel vandaag", "dirk").reply.kind != "handover"
