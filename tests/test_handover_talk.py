"""Handing over in conversation: offered, taken by somebody named, reported back, closed; who may, and who is told."""

from dataclasses import replace

import pytest

from bot.handover import rows as handovers
from bot.handover.rights import allowed
from bot.handover.rows import Handover
from bot.messages import Undid
from bot.routes import Routes, bind
from tests.asking import away, koppel, network, person, world
from tests.playing import Story
from tests.talking import START, Talk

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


@pytest.mark.parametrize("text", ["ik neem het over, ik bel vandaag", "ik neem het over"])
def test_whoever_types_too_late_that_they_take_it_hears_who_has_it(talk, text):
    talk.offer()
    talk.say(text, "agnes", PLACE)

    assert "Agnes Zandstra heeft" in talk.say(text, "pol", PLACE).reply.text


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

    assert talk.card().reply.text.splitlines()[1] == "Ligt nu bij Pol Zandstra: belt vandaag, dinsdag 24 november."


def test_saying_that_you_will_call_is_about_nothing_when_you_have_nothing(talk):
    assert talk.say("ik bel vandaag", "dirk").reply.kind != "handover"


def test_a_report_with_personal_data_in_it_is_refused_before_it_is_done(talk):
    reference = talk.offer()
    talk.tap("Neem over", "pol")

    refused = talk.say("terugkoppeling: zijn bsn is 123456782", "pol", PLACE).reply

    assert (refused.kind, refused.data["reason"]) == ("refusal", "personal-data")
    assert talk.stands(reference) == ("accepted", "pol")


def test_danger_goes_before_a_handover(talk):
    reference = talk.offer()

    assert talk.say(f"ik neem {reference} over, hij staat hier nu met een mes te zwaaien", "pol", PLACE).reply.kind == "urgent"
    assert talk.stands(reference) == ("offered", "vera")


def test_somebody_who_has_no_account_is_to_be_called_and_the_giver_hears_it_at_once(talk):
    talk.assistant._routes = Routes(talk.store.connection, ("chat",))
    bind(talk.store.connection, "chat", "dm:vera", "V")

    talk.offer()

    said = talk.store.connection.execute("SELECT body ->> '$.lines[0].text' FROM outbox WHERE place = 'dm:vera'")
    assert ("Pol Zandstra heeft geen account: bel.",) in said.fetchall()


def test_a_reaction_that_is_taken_away_takes_it_back_in_time(talk):
    reference = talk.offer()
    card = talk.card()
    talk.choose(card, "neem-vandaag", sender="pol")
    talk.wait(minutes=9)

    talk._handle(Undid("u1", talk.at, "pol", PLACE, card.message, ("neem-vandaag",)))

    assert talk.stands(reference) == ("offered", "vera")


def test_a_reaction_that_is_taken_away_later_changes_nothing(talk):
    reference = talk.offer()
    card = talk.card()
    talk.choose(card, "neem-vandaag", sender="pol")
    talk.wait(minutes=11)
    before = talk.store.connection.execute("SELECT count(*) FROM outbox").fetchone()

    talk.assistant.handle(Undid("u1", talk.at, "pol", PLACE, card.message, ("neem-vandaag",)), talk.at)

    assert talk.stands(reference) == ("accepted", "pol")
    assert talk.store.connection.execute("SELECT count(*) FROM outbox").fetchone() == before


def test_the_factors_of_a_scan_are_only_for_giver_and_holder(talk):
    reference = talk.offer()

    assert talk.say(f"welke factoren {reference}", "agnes", PLACE).reply.kind == "refusal"
    assert talk.say(f"welke factoren {reference}", "vera").reply.text == f"Bij {reference} hoort geen quickscan."


def test_the_card_of_an_open_handover_keeps_its_controls_however_long_it_takes(talk):
    talk.offer(phase="1")
    talk.tap("Neem over – ik kom langs", "pol")
    talk.wait(days=8)

    talk.tap("Terugkoppelen", "pol")

    assert [one.state for one in handovers.all_open(talk.store.connection)] == ["reported"]


def test_the_same_two_words_never_name_two_things(talk):
    references = [talk.offer() for _ in range(3)]

    assert len(set(references)) == 3


def test_anybody_can_hand_over_to_anybody_with_taps_or_a_typed_name():
    """Of every member to a few others: each ends in one offer, to whom it was meant for."""
    story = Story()
    story.play([{"at": "2026-11-24T10:00:00+01:00", "advance": True}])
    people = [one.id for one in story.network.people]
    for number, giver in enumerate(people):
        to = people[(number * 7 + 3) % len(people)]
        if to == giver:
            continue
        before = len(story.heard)
        story.do({"at": "2026-11-24T11:00:00+01:00", "from": giver, "offer": to, "phase": 1 + number % 3})
        made = {(one["data"]["giver"], one["data"]["addressee"]) for one in story.heard[before:] if one["kind"] == "handover"}
        assert made == {(giver, to)}


def test_on_the_page_of_whom_the_controls_bear_names_and_the_list_also_tells_their_role(talk):
    page = talk.say("overdracht", "vera").reply

    assert page.options[0].label == "Pol Zandstra"
    assert "1. Pol Zandstra, wijkagent" in page.text


def test_somebody_with_another_first_name_is_not_taken_for_the_one_who_is_known(talk):
    talk.say("overdracht", "vera")

    asked = talk.say("Jan Zandstra", "vera").reply

    assert asked.data["step"] == "aan"


def test_of_one_who_may_be_meant_it_is_asked_again(talk):
    talk.say("overdracht", "vera")

    asked = talk.say("Jan Pol", "vera").reply

    assert (asked.data["step"], [option.label for option in asked.options]) == ("aan", ["Pol Zandstra"])


def test_the_coordinator_can_take_it_over_in_their_own_name(talk):
    reference = talk.offer()

    talk.tap("Neem over", "coen")

    assert talk.stands(reference) == ("accepted", "coen")
    assert any(option.label.startswith("Terugkoppelen") for option in talk.card("dm:coen").reply.options)


def test_the_giver_who_is_also_coordinator_cannot_take_over_their_own(talk):
    reference = talk.offer("coen", "pol")

    assert talk.tap("Neem over", "coen", "dm:pol").reply.kind == "refusal"
    assert talk.stands(reference) == ("offered", "coen")


def test_the_next_deputy_may_take_over_only_when_the_first_is_away():
    chain = (
        person("vera", "linde", "veiligheidscoordinator"), person("pol", "politie", "wijkagent", deputy="agnes"),
        person("agnes", "politie", "wijkagent", deputy="joop"), person("joop", "politie", "jeugdteam"),
    )  # fmt: skip
    ill = tuple(replace(one, absences=away("2026-11-24", "2026-11-26")) if one.id == "agnes" else one for one in chain)
    one = Handover("A-B", "overdracht", "vera", "pol", "vera", "linde-politie", 1, "overleg", START, START)

    there, gone = (world(network(*people, koppels=(koppel("linde", "vera", "pol"),))) for people in (chain, ill))

    assert [who for who in ("agnes", "joop") if allowed(there, one, who, "overnemen", START.date())] == ["agnes"]
    assert [who for who in ("agnes", "joop") if allowed(gone, one, who, "overnemen", START.date())] == ["agnes", "joop"]


def test_from_the_result_of_a_scan_its_phase_goes_along_and_its_factors_stay_behind(talk):
    talk.say("quickscan", "vera")
    talk.answers("nee", "2", sender="vera")
    while talk.sent[-1].reply.kind == "question":
        ids = [one.id for one in talk.sent[-1].reply.options]
        if "vernieling" in ids:
            talk.say("vernieling en twijfel: brandstichting", "vera")
        else:
            talk.choose(talk.sent[-1], *(["eenmalig"] if "eenmalig" in ids else ()), sender="vera")
    talk.say("draag over", "vera")
    talk.choose(talk.sent[-1], "pol", sender="vera")
    talk.answers("overslaan", "geen", "ja, ouders weten ervan", "1", "ja", sender="vera")
    reference = talk.card().reply.data["handover"]

    assert talk.card().reply.data["phase"] == 2
    assert "ernieling" not in talk.card().reply.text
    assert "Vernieling en Brandstichting (niet zeker)." in talk.say(f"welke factoren {reference}", "vera").reply.text
    assert talk.say(f"welke factoren {reference}", "coen").reply.kind == "refusal"


def test_a_reference_that_names_nothing_is_said_to_be_unknown(talk):
    found = talk.say("wat is er met stille valk", "vera").reply

    assert (found.kind, found.text.split(".")[0]) == ("notfound", "STILLE-VALK ken ik niet")


def test_a_deputy_who_is_also_a_contact_of_the_pair_hears_in_a_direct_chat_who_was_first(talk):
    talk.assistant.take_network(network(*PEOPLE, koppels=(koppel("linde", "vera", "pol", "agnes"),)))
    reference = talk.offer()
    talk.say(f"ik neem {reference} over, ik bel vandaag", "pol")

    talk.say("ik neem het over", "agnes")

    assert [one.reply.kind for one in talk.sent] == ["handover"]
    assert talk.stands(reference) == ("accepted", "pol")


def test_a_reply_to_its_card_or_reminder_is_about_that_one(talk):
    first, second = talk.offer(), talk.offer()
    cards = {one.reply.data["handover"]: one for one in (talk.card(),)}
    assert second in cards

    talk.say("doe ik, bel vandaag", "pol", PLACE, answers=cards[second].message)

    assert (talk.stands(first)[0], talk.stands(second)[0]) == ("offered", "accepted")


def test_asking_back_in_the_words_of_the_control_passes_no_question_on(talk):
    talk.offer()
    talk.say("vraag terug", "pol", PLACE)

    assert "“" not in next(one for one in talk.sent if one.place == "dm:vera").reply.text
    talk.say("vraag terug: weten ouders ervan", "pol", PLACE)
    assert "weten ouders ervan" in next(one for one in talk.sent if one.place == "dm:vera").reply.text
