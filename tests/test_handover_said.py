"""What hurried people type about a handover, without a reference and in any order, and what is not about it."""

import pytest

from bot.answer import answer
from bot.handover.begun import begun_in_words
from tests.asking import context, example
from tests.playing import Story

PLACE, GIVER, TAKER, COLLEAGUE, COORDINATOR = "lindecollege-politie", "s-devries", "w-mulder", "c-willemse", "j-schouten"
OFFERED = [{"at": "2026-11-24T10:00:00+01:00", "from": GIVER, "offer": TAKER, "phase": 2}]
TAKEN = [*OFFERED, {"at": "2026-11-24T10:10:00+01:00", "from": TAKER, "in": PLACE, "tap": "Neem over"}]
REPORTED = [*TAKEN, {"at": "2026-11-24T10:30:00+01:00", "from": TAKER, "in": PLACE, "tap": "Terugkoppelen"}]
CLOSED = [*REPORTED, {"at": "2026-11-24T10:40:00+01:00", "from": GIVER, "in": PLACE, "tap": "Sluit"}]
PAUSED = [*TAKEN, {"at": "2026-11-24T10:30:00+01:00", "from": TAKER, "in": PLACE, "text": "pauze tot 4 december, wacht op ouders"}]
CALL = [{"at": "2026-11-24T10:00:00+01:00", "from": GIVER, "offer": TAKER, "call": True}]


def said_to(before, who, text, place=PLACE, at="2026-11-24T11:00:00+01:00"):
    """The kinds of what is said to a text, and all of it together."""
    story = Story()
    story.play(before)
    story.play([{"at": at, "advance": True}])
    known = len(story.heard)
    story.play([{"at": at, "from": who, "in": place, "text": text}])
    new = [one for one in story.heard[known:] if one["kind"] != "reminder"]
    story.app.close()
    return [one["kind"] for one in new], "\n".join(one["text"] for one in new)


def happened(before, who, text, place=PLACE, at="2026-11-24T11:00:00+01:00"):
    """What the history holds after a text that it did not hold before, and the addressee of the only handover there is."""
    story = Story()
    story.play(before)
    connection = story.app.store.connection
    known = connection.execute("SELECT count(*) FROM handover_event").fetchone()[0]
    story.play([{"at": at, "from": who, "in": place, "text": text}])
    events = [row[0] for row in connection.execute("SELECT event FROM handover_event ORDER BY id").fetchall()[known:]]
    story.app.close()
    return [one for one in events if one not in {"herinnerd", "opgeschaald"}]


@pytest.mark.parametrize("place", [PLACE, "dm"])
@pytest.mark.parametrize(
    ("before", "who", "text", "events"),
    [
        (OFFERED, TAKER, "jep ik neem m wel", ["overgenomen"]),
        (OFFERED, TAKER, "lukt vandaag niet meer, bel morgen", ["overgenomen", "belooft"]),
        (OFFERED, TAKER, "niet mijn wijk, Carla Willemse gaat hierover", ["kan-niet", "doorgezet"]),
        (OFFERED, TAKER, "nee sorry, te druk", ["kan-niet"]),
        (OFFERED, TAKER, "kun je me eerst bellen hierover", ["teruggevraagd"]),
        (OFFERED, TAKER, "vraagje terug: om welke klas gaat het", ["teruggevraagd"]),
        (OFFERED, GIVER, "laat maar, hebben het zelf geregeld", ["ingetrokken"]),
        (TAKEN, TAKER, "per ongeluk, ik kan m toch niet doen", ["kan-niet"]),
        (OFFERED, TAKER, "gaat niet lukken, misschien Carla Willemse?", ["kan-niet", "doorgezet"]),
        (TAKEN, TAKER, "schuift naar donderdag", ["belooft"]),
        (TAKEN, TAKER, "gebeld en afgehandelt", ["teruggekoppeld"]),
        (TAKEN, TAKER, "parkeer tot 4 dec, wacht op de rechter", ["gepauzeerd"]),
        (PAUSED, TAKER, "pauze mag eraf", ["hervat"]),
        (REPORTED, GIVER, "top dank je, zet maar op klaar", ["gesloten"]),
        (CLOSED, GIVER, "het speelt weer, maak m weer open", ["heropend"]),
        (OFFERED, TAKER, "deze mag op mijn bord", ["overgenomen"]),
        (OFFERED, TAKER, "ikke neem deze ovr", ["overgenomen"]),
        (OFFERED, TAKER, "doe ik vandaag nog", ["overgenomen"]),
        (OFFERED, TAKER, "ik heb al te veel op mijn bord", ["kan-niet"]),
        (OFFERED, TAKER, "nog onduidelijk voor mij", ["teruggevraagd"]),
        (OFFERED, TAKER, "hoe zit dit precies", ["teruggevraagd"]),
        (OFFERED, TAKER, "vraag het aan Carla Willemse", ["kan-niet", "doorgezet"]),
        (OFFERED, TAKER, "hier ben ik niet de juiste persoon voor", ["kan-niet"]),
        (OFFERED, GIVER, "is niet meer aan de orde", ["ingetrokken"]),
        (TAKEN, TAKER, "alles besproken met school en ouders", ["teruggekoppeld"]),
        (REPORTED, GIVER, "wat mij betreft gesloten", ["gesloten"]),
        (TAKEN, TAKER, "tot 3 december stil graag, wachten op ouders", ["gepauzeerd"]),
        (CALL, TAKER, "belletje gedaan", ["gebeld"]),
        (CALL, TAKER, "kreeg geen gehoor", ["niet-bereikt"]),
        (OFFERED, TAKER, "dit kan bij mij liggen, ik bel nu", ["overgenomen", "belooft"]),
        (OFFERED, TAKER, "die neem ik, bel haar morgenochtend", ["overgenomen", "belooft"]), (OFFERED, TAKER, "ik neem vrijdag vrij", []),
        (OFFERED, GIVER, "haal die vraag aan Wendy Mulder maar weg", ["ingetrokken"]),
        (OFFERED, TAKER, "ben al overbezet, vraag een collega", ["kan-niet"]),
        (TAKEN, TAKER, "gesprek is achter de rug", ["teruggekoppeld"]),
        (TAKEN, TAKER, "ouders gesproken", ["teruggekoppeld"]),
        (REPORTED, GIVER, "we zijn er nog niet", ["heropend"]),
    ],
)  # fmt: skip
def test_everyday_words_do_what_the_control_does(before, who, text, events, place):
    assert happened(before, who, text, place) == events


DOUBTED = [
    (OFFERED, TAKER, "morgen kan ik niet, werkgroep is om drie uur"), (OFFERED, TAKER, "ik bel morgen de gemeente over het hek"),
    (OFFERED, TAKER, "Sanne pakt het zelf op"), (TAKEN, TAKER, "Sanne heeft gebeld"), (TAKEN, TAKER, "de vader heeft gebeld"),
    (TAKEN, GIVER, "kan ik hem al sluiten"), (REPORTED, GIVER, "sluiten de scholen met carnaval"),
    (REPORTED, GIVER, "de zaak in de krant is afgerond"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "who", "text"), DOUBTED)
def test_what_may_be_about_something_else_is_asked_before_anything_is_done(before, who, text):
    kinds, texts = said_to(before, who, text)

    assert happened(before, who, text) == []
    assert kinds == ["question"]
    assert "Hoort dit bij " in texts


def test_only_a_yes_does_what_was_doubted():
    at = "2026-11-24T10:50:00+01:00"
    doubted = [*TAKEN, {"at": at, "from": TAKER, "in": PLACE, "text": "Sanne heeft gebeld"}]

    assert happened(doubted, TAKER, "ja") == ["teruggekoppeld"]
    assert happened(doubted, TAKER, "nee") == []
    assert said_to(doubted, TAKER, "nee")[1].startswith("Goed. Er verandert niets aan ")


def test_the_same_word_is_another_thing_for_another_person():
    assert happened(OFFERED, GIVER, "is al opgelost") == ["ingetrokken"]
    assert happened(TAKEN, TAKER, "is al opgelost") == ["teruggekoppeld"]
    assert happened(REPORTED, GIVER, "is al opgelost") == ["gesloten"]


@pytest.mark.parametrize(
    ("who", "text", "place", "told"),
    [
        ("t-bos", "zet de overdracht over naar Ahmed van Leeuwen", PLACE, "Typ: overdracht."),
        ("t-bos", "geef {A} aan Ahmed van Leeuwen", "dm", "Typ: overdracht."),
        ("y-amrani", "zet de overdracht over naar Ahmed van Leeuwen", "dm", "alleen de coördinator: Jasper Schouten"),
        (GIVER, "zet de overdracht over naar Ahmed van Leeuwen", PLACE, "Trek het in en bied het opnieuw aan."),
        (TAKER, "pauzeer tot maandag, wacht op ouders", PLACE, "Jij kunt nu: ik neem het over, kan niet of vraag terug."),
        (TAKER, "zet on hold tot vrijdag", "dm", "Dat kan alleen Sanne de Vries"),
        (TAKER, "sluit", "dm", "Dat kan alleen Sanne de Vries"),
        (TAKER, "welke factoren", PLACE, "alleen voor Sanne de Vries"),
    ],
)  # fmt: skip
def test_what_is_not_theirs_to_do_is_refused_with_a_way_on(who, text, place, told):
    kinds, texts = said_to(OFFERED, who, text, place)

    assert kinds == ["refusal"]
    assert told in texts


def test_whoever_was_asked_and_would_have_it_put_over_says_who_can_instead():
    assert happened(OFFERED, TAKER, "zet de overdracht over naar Ahmed van Leeuwen") == ["kan-niet", "doorgezet"]


def test_which_factors_is_asked_of_the_handover_that_is_the_askers():
    assert said_to(OFFERED, GIVER, "welke factoren", "dm")[1].endswith("hoort geen quickscan.")
    assert "quickscan" not in said_to(OFFERED, "t-bos", "welke factoren", "dm")[1]


ASKED = [
    *OFFERED,
    {"at": "2026-11-24T10:05:00+01:00", "from": TAKER, "in": PLACE, "tap": "Vraag terug"},
    {"at": "2026-11-24T10:06:00+01:00", "from": TAKER, "in": PLACE, "text": "weten de ouders het, en sinds wanneer speelt het"},
]


@pytest.mark.parametrize("place", [PLACE, "dm"])
@pytest.mark.parametrize(
    ("text", "events", "kind"),
    [
        ("ja, de ouders weten het", ["beantwoord"], "confirmation"), ("hij spijbelt al weken", ["beantwoord"], "confirmation"),
        ("het speelt in de pauze bij het hek", [], "question"), ("het is opgelost met de buurman", [], "question"),
        ("ik ga zo naar huis", [], "question"), ("hoeft niet meer", ["ingetrokken"], None), ("stop", [], "help"),
        ("wie is onze wijkagent", [], "contact"),
    ],
)  # fmt: skip
def test_only_what_is_surely_an_answer_is_passed_on_unasked(text, events, kind, place):
    at = "2026-11-24T10:20:00+01:00"

    assert happened(ASKED, GIVER, text, place, at) == events
    assert kind is None or said_to(ASKED, GIVER, text, place, at)[0][-1] == kind


def test_a_day_later_a_plain_remark_is_no_answer():
    assert said_to(ASKED, GIVER, "het regent", "dm", "2026-11-25T10:20:00+01:00")[0] == ["notfound"]


def test_a_question_about_this_is_a_question_back_where_the_card_was_said_last_and_of_whom_was_just_asked():
    assert happened(OFFERED, TAKER, "waar gaat dit over?") == ["teruggevraagd"]
    assert happened(OFFERED, TAKER, "waar gaat dit over?", "dm") == ["teruggevraagd"]
    assert happened(OFFERED, "a-vanleeuwen", "waar gaat dit over?", "dm") == []


def test_whoever_is_asked_whether_somebody_else_can_does_not_take_it_over():
    assert happened(OFFERED, COORDINATOR, "kan Carla Willemse de overdracht van Wendy Mulder overnemen") == []
    assert happened(OFFERED, TAKER, "kan Carla Willemse dit overnemen?") == []
    assert said_to(OFFERED, TAKER, "kan Carla Willemse dit overnemen?")[0] == ["question"]
    assert happened(OFFERED, TAKER, "ik neem de overdracht van Sanne over") == ["overgenomen"]


@pytest.mark.parametrize(
    "text",
    [
        "hoe lang bewaar je een dossier", "mag ik van de regels afwijken", "bij wie moet dat langs", "hij is goed in sport",
        "terugkoppelen aan wie", "acht keer niet op tijd, moet leerplicht het weten", "updates openbare orde", "leg leerlingbemiddeling uit aan een conciërge",
        "ik snap het convenant niet", "we sluiten om vijf uur", "hee vraagje, we hebben een leerling die vaak uitgestuurd is, ouders weten ervan, moet die in de verwijsindex",
        "kan de wijkagent langs komen in de klas", "het hek kan niet dicht", "in de pauze was er ruzie", "nog drie weken tot de vakantie", "het is hier rustig vandaag", "moeder neemt niet op", "ik heb de mentor gesproken over iets anders",
        "de mentor heeft geen tijd voor huisbezoek", "ouders kunnen het gewoon niet aan met die vier jongens",
        "collega gaat over de schreef en ik durf er niet over te praten", "hoeven we incidenten niet op te schrijven",
    ],
)  # fmt: skip
@pytest.mark.parametrize(("before", "who"), [(OFFERED, TAKER), (OFFERED, GIVER), (TAKEN, TAKER), (REPORTED, GIVER)])
def test_what_is_about_something_else_changes_no_handover(before, who, text):
    assert happened(before, who, text) == []


@pytest.mark.parametrize(
    ("text", "flow"),
    [
        ("kan Wendy Mulder dit van me overnemen?", "overdracht"), ("ik heb een overdracht voor Wendy", "overdracht"),
        ("laat Wendy mij bellen", "belverzoek"), ("kan de wijkagent me terugbellen", "belverzoek"),
        ("kan de politie iemand dwingen", None), ("wie kan mij bellen", None), ("word gebeld door het veiligheidshuis", None),
    ],
)  # fmt: skip
def test_a_handover_or_a_call_is_begun_by_naming_to_whom(text, flow):
    here = context(example(), GIVER)

    assert begun_in_words(text, here) == flow
    assert (answer(text, here).data.get("flow") == flow) or flow is None


SEVERAL = [
    {"at": "2026-11-24T10:00:00+01:00", "from": GIVER, "offer": TAKER, "phase": 1},
    {"at": "2026-11-24T10:01:00+01:00", "from": "n-jansen", "offer": TAKER, "phase": 2},
    {"at": "2026-11-24T10:02:00+01:00", "from": GIVER, "offer": TAKER, "call": True},
]


def test_of_several_the_one_of_whoever_is_named_is_meant():
    _, texts = said_to(SEVERAL, TAKER, "die van Nadia Jansen neem ik", "dm")

    assert "Nadia Jansen weet het" in texts


def test_what_may_be_of_a_call_and_of_a_handover_is_asked():
    nadias = [*SEVERAL, {"at": "2026-11-24T10:10:00+01:00", "from": TAKER, "in": "dm", "text": "die van Nadia Jansen neem ik"}]
    both = [*nadias, {"at": "2026-11-24T10:20:00+01:00", "from": TAKER, "in": "dm", "text": "die van Sanne neem ik"}]

    assert "heeft gebeld over" in said_to(nadias, TAKER, "Sanne gebeld", "dm")[1]
    kinds, texts = said_to(both, TAKER, "Sanne gebeld", "dm")
    assert kinds == ["choice"]
    assert [line.split(", ", 1)[1] for line in texts.splitlines()[1:]] == ["Sanne de Vries, groen", "Sanne de Vries, bellen"]


REMINDED = "2026-11-25T10:05:00+01:00"
TO_CLOSE = "2026-11-30T10:05:00+01:00"


@pytest.mark.parametrize(
    ("before", "who", "text", "at", "events"),
    [
        (OFFERED, TAKER, "ja", REMINDED, ["overgenomen"]), (OFFERED, TAKER, "ja ik bel vanmiddag", REMINDED, ["overgenomen", "belooft"]),
        (OFFERED, TAKER, "nee", REMINDED, []), (OFFERED, TAKER, "prima", REMINDED, []),
        (TAKEN, TAKER, "ja", REMINDED, ["teruggekoppeld"]), (TAKEN, TAKER, "nee nog niet", REMINDED, []),
        (TAKEN, TAKER, "morgen", REMINDED, ["belooft"]), (TAKEN, TAKER, "morgen overleg", REMINDED, []), (CALL, TAKER, "ja", REMINDED, ["gebeld"]),
        (REPORTED, GIVER, "ja", TO_CLOSE, ["gesloten"]), (REPORTED, GIVER, "nee", TO_CLOSE, []),
        (TAKEN, TAKER, "ja", "2026-11-24T11:00:00+01:00", []), (OFFERED, COLLEAGUE, "ja", REMINDED, []),
    ],
)  # fmt: skip
def test_a_bare_answer_is_one_to_what_was_just_asked_in_the_own_chat(before, who, text, at, events):
    assert happened(before, who, text, "dm", at) == events


def test_a_bare_no_is_asked_first_or_told_what_can_be_done():
    assert "Dan noteer ik: kan niet." in said_to(OFFERED, TAKER, "nee", "dm", REMINDED)[1]
    assert "Dan noteer ik: ik neem het over." in said_to(OFFERED, TAKER, "prima", "dm", REMINDED)[1]
    assert "Wanneer wel? Typ bijvoorbeeld: ik bel morgen." in said_to(TAKEN, TAKER, "nee nog niet", "dm", REMINDED)[1]


def test_after_what_is_open_was_read_a_few_words_are_about_that():
    later = "2026-11-26T10:00:00+01:00"
    read = [*TAKEN, {"at": later, "from": GIVER, "in": "dm", "text": "mijn overdrachten"}]

    assert "Ligt nu bij Wendy Mulder" in said_to(read, GIVER, "heeft ze al gebeld", "dm", later)[1]
    assert "Ligt nu bij" not in said_to(read, GIVER, "heeft ze al gebeld", "dm", "2026-11-26T11:30:00+01:00")[1]


def test_whoever_asks_whether_they_must_begins_nothing():
    assert answer("moet ik de overdracht intrekken als hij 18 wordt", context(example(), GIVER)).kind != "question"


@pytest.mark.parametrize(("phase", "labels"), [
    ("rood", ["Ja, uiterlijk vandaag", "Later: morgen"]),
    ("oranje", ["Ja, uiterlijk vrijdag 27 november", "Eerder: vandaag", "Eerder: morgen", "Later: dinsdag 8 december"]),
])  # fmt: skip
def test_red_waits_no_longer_than_a_day(phase, labels):
    story = Story()
    at = "2026-11-24T10:00:00+01:00"
    story.play([{"at": at, "from": GIVER, "text": text} for text in ("draag dit over aan de wijkagent", phase, "9", "geen", "1")])
    story.app.close()

    assert [option["label"] for option in story.heard[-1]["options"]] == labels


@pytest.mark.parametrize(("phase", "labels", "events"), [
    (3, ["Neem over – ik bel vandaag", "Neem over – ik kom langs"], ["overgenomen"]),
    (2, ["Neem over – ik bel vandaag", "Neem over – ik bel dinsdag 10:00", "Neem over – ik kom langs"], ["overgenomen", "belooft"]),
])  # fmt: skip
def test_red_is_not_promised_for_later_than_the_next_working_day(phase, labels, events):
    friday, works = "2026-11-20T10:{:02}:00+01:00", {TAKER: {"bereikbaar": "Tu-Fr 10:00-18:00; PH off"}}
    offered = [{"at": friday.format(0), "network": works}, {"at": friday.format(1), "from": GIVER, "offer": TAKER, "phase": phase}]
    story = Story()
    story.play(offered)
    card = [one for one in story.heard if one["kind"] == "handover" and one["options"]][-1]
    story.app.close()

    assert [one["label"] for one in card["options"]][: len(labels)] == labels
    assert not card["options"][len(labels)]["label"].startswith("Neem")
    assert happened(offered, TAKER, "ik neem het over, ik bel dinsdag", at=friday.format(10)) == events


def test_whoever_has_red_and_would_wait_hears_until_when_it_can():
    taken = [{**OFFERED[0], "phase": 3}, TAKEN[1]]
    kinds, texts = said_to(taken, TAKER, "ik bel donderdag pas", "dm")

    assert happened(taken, TAKER, "ik bel donderdag pas", "dm") == []
    assert "Rood wacht hooguit tot morgen, woensdag 25 november." in texts
    assert kinds == ["handover"]
