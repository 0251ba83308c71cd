"""Guided conversations: answers are all that is kept, and every way to answer, change, pause and stop works anywhere."""

import json
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import Line, Option
from bot.talk.flow import Case, Done, Flow, Page, replay
from bot.talk.read_answer import Changed, Fact, Given, OutOfRange, command_in, read_text
from tests.asking import context, example, words
from tests.talking import Talk, kinds, step

OPTIONS = tuple(Option(one, one.title()) for one in ("appel", "peer", "druif", "kers"))
FRUIT = Page("fruit", "fruit", (Line("Welk fruit?"),), OPTIONS, multiple=True, may_doubt=True, may_skip=True)
ONE = Page("kleur", "kleur", (Line("Welke kleur?"),), (Option("rood", "Rood"), Option("groen", "Groen, als gras")))


@pytest.fixture
def talk(tmp_path):
    opened = Talk(tmp_path / "verbinder.db")
    yield opened
    opened.store.close()


def first_of(*pages):
    def following(case):
        return next((page for page in pages if page.step not in case.answers), Done(()))

    return Flow("proef", following)


def at(stored):
    return replay(first_of(FRUIT, ONE), MappingProxyType(stored), context(example(), None), "BLAUWE-OTTER")


# Replaying


def test_the_position_follows_from_the_answers():
    assert at({}).page == FRUIT
    assert at({"fruit": ("appel",)}).page == ONE
    assert isinstance(at({"fruit": (), "kleur": ("rood",)}).at, Done)


def test_an_answer_that_is_not_on_the_way_counts_for_nothing():
    assert at({"kleur": ("rood",)}).page == FRUIT
    assert at({"elders": ("x",), "fruit": ()}).page == ONE


@pytest.mark.parametrize("values", [("banaan",), ("appel", "appel"), ("twijfel:banaan",)])
def test_an_answer_that_is_no_option_any_more_is_asked_again(values):
    assert (at({"fruit": values}).page, at({"fruit": values}).stale) == (FRUIT, True)


@pytest.mark.parametrize("values", [(), ("rood", "groen"), ("weet-ik-niet",), ("overslaan",), ("twijfel:rood",)])
def test_a_question_with_one_answer_takes_one_of_its_options_only(values):
    assert at({"fruit": (), "kleur": values}).stale


def test_a_flow_that_asks_the_same_twice_is_a_fault():
    twice = Flow("proef", lambda _: FRUIT)

    with pytest.raises(AssertionError, match="asks fruit twice"):
        replay(twice, {"fruit": ()}, context(example(), None), "X")


@given(
    st.dictionaries(
        st.sampled_from(["fruit", "kleur", "elders"]), st.lists(st.sampled_from(["appel", "rood", "weet-ik-niet", ""])).map(tuple)
    )
)
def test_whatever_is_stored_there_is_a_position(stored):
    assert at(stored).page in [FRUIT, ONE, None]


# Reading what was typed


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("1", ("appel",)), ("1 3", ("appel", "druif")), ("1 3 en 4", ("appel", "druif", "kers")), ("1t/m3", ("appel", "peer", "druif")),
        ("1-3", ("appel", "peer", "druif")), ("1 t/m 2, 4", ("appel", "peer", "kers")), ("3-1", ("appel", "peer", "druif")),
        ("nummer 2", ("peer",)), ("2.", ("peer",)), ("2, 2", ("peer",)), ("5", ()), ("1 en 5", ("appel",)), ("appel", ("appel",)),
        ("Apel", ("appel",)), ("APPEL en peer", ("appel", "peer")), ("appel, drufi", ("appel", "druif")), ("1 en kers", ("appel", "kers")),
        ("twijfel: peer", ("twijfel:peer",)), ("appel, twijfel over peer", ("appel", "twijfel:peer")), ("peer?", ("twijfel:peer",)),
        ("misschien 2", ("twijfel:peer",)), ("geen", ()), ("niets", ()), ("verder", ()), ("Verder", ()), ("weet ik niet", ("weet-ik-niet",)),
        ("geen idee", ("weet-ik-niet",)), ("overslaan", ("overslaan",)), ("sla over", ("overslaan",)),
    ],
)  # fmt: skip
def test_a_page_with_several_answers_takes_numbers_labels_and_doubt(typed, values):
    read = read_text(typed, FRUIT, {}, words())

    assert isinstance(read, Given)
    assert read.values == values


@pytest.mark.parametrize(
    ("typed", "values"), [("1", ("rood",)), ("optie 2", ("groen",)), ("roood", ("rood",)), ("groen", ("groen",))]
)
def test_a_page_with_one_answer_takes_a_number_or_a_label(typed, values):
    read = read_text(typed, ONE, {}, words())

    assert isinstance(read, Given)
    assert read.values == values


@pytest.mark.parametrize("typed", ["0", "6", "12", "1 9", "137"])
def test_a_number_that_is_not_in_the_list_is_no_answer(typed):
    assert read_text(typed, FRUIT, {}, words()) == OutOfRange()


@pytest.mark.parametrize("typed", ["1 2", "1-2"])
def test_two_numbers_are_no_answer_where_one_is_asked(typed):
    assert read_text(typed, ONE, {}, words()) == OutOfRange()


@pytest.mark.parametrize(
    "typed",
    ["wie is onze wijkagent", "appel en iets heel anders", "bel 06-12345678", "👍", "", "een peer is een vrucht van een boom"],
)
def test_anything_else_is_no_answer(typed):
    assert read_text(typed, FRUIT, {}, words()) is None


@pytest.mark.parametrize(
    ("typed", "command"),
    [("terug", "terug"), ("Terug!", "terug"), ("vorige", "terug"), ("opnieuw", "opnieuw"), ("stop", "stop"), ("stop en bewaar", "bewaar"),
     ("stoppen", "stop"), ("pauze", "bewaar"), ("trug", "terug"), ("verdr", "verder"), ("overslan", "overslaan"), ("stop de vechtpartij", None)],
)  # fmt: skip
def test_commands_are_known_alone_and_with_a_typing_error(typed, command):
    assert command_in(typed, words()) == command


@pytest.mark.parametrize(
    ("typed", "change"),
    [
        ("verander kleur", Changed("kleur", None)), ("pas kleur aan", Changed("kleur", None)), ("kleur: groen", Changed("kleur", ("groen",))),
        ("verander kleur in groen", Changed("kleur", ("groen",))), ("kleur is groen", Changed("kleur", ("groen",))),
        ("fruit: appel en peer", Changed("fruit", ("appel", "peer"))), ("toch geen peer", Fact("fruit", "peer", "nee")),
        ("ook kers", Fact("fruit", "kers", "ja")), ("toch groen", Fact("kleur", "groen", "ja")), ("twijfel: druif", Fact("fruit", "druif", "twijfel")),
        ("appel klopt niet", Fact("fruit", "appel", "nee")),
    ],
)  # fmt: skip
def test_an_earlier_answer_is_changed_by_words(typed, change):
    last = Page("eind", "eind", (), (Option("x", "Xylofoon"),))

    assert read_text(typed, last, {"fruit": FRUIT, "kleur": ONE}, words()) == change


@given(st.text(max_size=60))
def test_no_text_makes_reading_stumble(typed):
    read = read_text(typed, FRUIT, {"kleur": ONE}, words())

    assert not isinstance(read, Given) or FRUIT.accepts(read.values)


# The commands, anywhere


def test_back_goes_one_question_back_and_tells_what_was_chosen(talk):
    talk.answers("quickscan", "nee", "buiten school")
    found = talk.say("terug")

    assert step(found) == "context"
    assert found.reply.text.startswith("Je koos eerder: Alleen buiten school.")
    assert step(talk.answers("terug", "terug")) == "gevaar"


def test_the_other_answers_stay_when_somebody_goes_back(talk):
    talk.answers("quickscan", "nee", "buiten school", "vernieling is nog niet aan de orde", "geen", "vernieling", "terug")
    found = talk.say("vernieling en brandstichting")

    assert step(found) == "thuis-en-vrienden"


def test_again_begins_from_nothing(talk):
    found = talk.answers("quickscan", "nee", "1", "1", "opnieuw")

    assert step(found) == "gevaar"
    assert [json.loads(row[3]) for row in talk.rows()] == [{}]


def test_stop_ends_and_keeps_nothing(talk):
    talk.answers("quickscan", "nee", "1", "wapenbezit")
    found = talk.say("stop")

    assert found.reply.text == "Gestopt. Ik bewaar er niets van."
    assert talk.rows() == []
    assert talk.store.connection.execute("SELECT count(*) FROM outbox WHERE body LIKE '%Wapenbezit%'").fetchone() == (0,)


def test_stop_and_keep_waits_for_days_and_over_a_restart(talk):
    talk.answers("quickscan", "nee", "1", "stop en bewaar")
    talk.restart()
    talk.wait(days=5)

    assert talk.say("wie is onze wijkagent").reply.kind == "contact"
    assert step(talk.say("verder")) == "grens"


def test_an_open_conversation_goes_on_after_days_without_a_word(talk):
    talk.answers("quickscan", "nee", "1")
    talk.restart()
    talk.wait(days=9)

    assert step(talk.say("geen")) == "feiten"


def test_a_conversation_that_nobody_goes_on_with_is_forgotten(talk):
    talk.answers("quickscan", "nee", "1", "stop en bewaar")
    talk.wait(days=15)

    assert talk.rows() == []


def test_skipping_is_refused_where_the_answer_is_needed(talk):
    found = talk.answers("quickscan", "overslaan")

    assert found.reply.text.startswith("Deze vraag kan niet worden overgeslagen.")
    assert step(found) == "gevaar"


@pytest.mark.parametrize("command", ["terug", "opnieuw", "stop", "overslaan", "verder"])
def test_a_command_with_nothing_open_says_so(talk, command):
    assert talk.say(command).reply.text == "Er loopt hier nu geen gesprek. Typ quickscan om er een te beginnen."


# In the middle


def test_another_question_is_answered_and_the_page_said_again(talk):
    talk.answers("quickscan", "nee")
    found = talk.say("wie is onze wijkagent")

    assert kinds(talk) == ["contact", "question"]
    assert step(found) == "context"
    assert step(talk.say("2")) == "grens"


def test_danger_in_the_middle_is_urgent_and_the_conversation_stays(talk):
    talk.answers("quickscan", "nee", "1")
    found = talk.say("er wordt nu gevochten met een mes op het plein")

    assert kinds(talk) == ["urgent"]
    assert "112" in found.reply.text
    assert step(talk.say("geen")) == "feiten"


def test_personal_data_in_the_middle_is_refused_and_kept_nowhere(talk):
    talk.answers("quickscan", "nee")
    talk.say("zijn nummer is 06-87654321")

    assert kinds(talk) == ["refusal", "question"]
    assert "87654321" not in "".join(str(row) for row in talk.store.connection.execute("SELECT body FROM outbox"))


def test_what_is_not_understood_says_so_with_the_page(talk):
    talk.say("quickscan")
    found = talk.say("blabla hatsjikidee")

    assert kinds(talk) == ["question"]
    assert found.reply.text.startswith("Dat herken ik niet als antwoord.")


def test_whoever_types_no_day_where_one_is_asked_hears_to_type_a_day(talk):
    talk.say("signaal")
    asked = [talk.say(text).reply.text for text in ("nee", "1", "blabla", "blabla")]

    assert asked[1].endswith("Tik, of typ een dag, zoals gisteren of 3 november.")
    assert asked[3].endswith("Typ een dag, of stop.")


def test_what_is_not_understood_again_and_again_ends_in_another_way_on(talk):
    talk.say("quickscan")
    texts = [talk.say(nonsense).reply.text for nonsense in ("blabla", "9", "overslaan")]

    assert texts[0].endswith("Tik of typ het nummer.")
    assert texts[1].startswith("Kies een nummer uit de lijst.\nIs er nu gevaar?")
    assert texts[1].endswith("Typ het nummer, of stop.")
    assert texts[2].startswith("Zo komen we niet verder. Ik bewaar dit als")
    assert step(talk.say("nee")) == "context"


def test_whoever_asks_thing_after_thing_in_between_gets_answers_and_can_still_go_on(talk):
    talk.say("quickscan")
    pages = [talk.say("wie is onze wijkagent") and [one.reply.kind for one in talk.sent] for _ in range(3)]

    assert pages == [["contact", "question"], ["contact", "question"], ["contact", "confirmation"]]
    assert talk.say("verder").reply.text.startswith("We gaan verder waar we waren.")
    assert step(talk.say("nee")) == "context"


# Controls


def test_an_old_control_changes_that_answer_and_goes_on_where_it_was(talk):
    where = talk.answers("quickscan", "nee")
    talk.answers("1", "geen")
    found = talk.choose(where, "maatschappelijk")

    assert step(found) == "feiten"
    assert found.reply.text.startswith("Aangepast: context.")
    assert json.loads(talk.rows()[0][3])["context"] == ["maatschappelijk"]


def test_a_list_is_the_whole_answer_and_an_empty_one_is_none(talk):
    first = talk.answers("quickscan", "nee", "1")
    second = talk.choose(first, "wapenbezit", "geweld")
    third = talk.choose(second)
    fourth = talk.choose(third, "verder")

    assert [step(one) for one in (second, third, fourth)] == ["feiten", "thuis-en-vrienden", "aanwezigheid-en-regels"]
    answers = json.loads(talk.rows()[0][3])
    assert (answers["grens"], answers["feiten"], answers["thuis-en-vrienden"]) == (["wapenbezit", "geweld"], [], [])


def test_the_same_tap_twice_is_one_answer(talk):
    where = talk.answers("quickscan", "nee")
    talk.choose(where, "school")
    found = talk.choose(where, "school")

    assert step(found) == "grens"


def test_a_control_of_a_conversation_that_ended_says_so(talk):
    where = talk.answers("quickscan", "nee")
    talk.say("stop")

    assert talk.choose(where, "school").reply.text.startswith("Die knop hoort bij een oud bericht.")


def test_a_stored_answer_that_is_no_option_any_more_is_asked_again_with_the_reason(talk):
    talk.answers("quickscan", "nee", "1", "geweld")
    answers = json.loads(talk.rows()[0][3]) | {"grens": ["geweld", "bestaat-niet-meer"]}
    talk.store.connection.execute("UPDATE conversation SET answers = ?", (json.dumps(answers),))
    found = talk.say("2")  # meant for the page that stood open: it is not taken for an answer to another one

    assert step(found) == "grens"
    assert found.reply.text.startswith("Je antwoord bij ernstige feiten staat niet meer in de lijst")
    assert step(talk.say("geweld")) == "feiten"


# Two at once


@pytest.mark.parametrize("text", ["nee", "3"])
def test_asked_which_to_keep_a_bare_word_answers_no_page_of_before(talk, text):
    talk.say("quickscan")
    talk.say("nee")
    asked = talk.say("quickscan").reply

    assert talk.say(text).reply.lines == asked.lines
    assert talk.say("1").reply.text.startswith("We gaan verder waar we waren.\nQuickscan · Stap 2 van 5")


def test_a_second_start_asks_which_to_keep(talk):
    talk.answers("quickscan", "nee")
    found = talk.say("quickscan")

    assert step(found) == "welke-houden"
    assert step(talk.say("1")) == "context"
    assert step(talk.answers("quickscan", "2")) == "gevaar"
    assert len(talk.rows()) == 1


def test_a_second_start_after_a_pause_asks_too(talk):
    talk.answers("quickscan", "nee", "bewaar")
    asked = talk.say("quickscan")

    assert step(asked) == "welke-houden"
    assert step(talk.choose(asked, "verder")) == "context"


def test_two_people_in_one_place_do_not_mix(talk):
    here = "linde-politie"
    talk.say("quickscan", "vera", here)
    other = talk.say("quickscan", "pol", here)
    talk.say("nee", "vera", here)

    assert step(talk.say("nee", "pol", here)) == "context"
    assert step(talk.say("1", "vera", here)) == "grens"
    assert talk.choose(other, "ja", sender="vera").reply.text.startswith("Deze vraag is voor iemand anders.")
    assert {(row[0], row[1]) for row in talk.rows()} == {("vera", here), ("pol", here)}


def test_somebody_can_be_in_a_conversation_in_each_place(talk):
    talk.say("quickscan", "vera")
    talk.answers("quickscan", "nee", sender="vera", place="linde-politie")

    assert step(talk.say("nee", "vera")) == "context"


def test_a_stranger_is_refused_unless_there_is_danger(talk):
    assert talk.say("quickscan", "onbekend").reply.kind == "refusal"
    assert talk.say("quickscan, er wordt nu gevochten met messen", "onbekend").reply.kind == "urgent"


def test_nothing_that_was_typed_is_stored(talk):
    talk.answers("quickscan", "nee", "1", "wapenbezt en geweld", "Jan Fictief uit 3B", "geen")

    kept = "".join(
        str(row) for table in ("conversation", "outbox", "inbox") for row in talk.store.connection.execute(f"SELECT * FROM {table}")
    )
    assert "Fictief" not in kept
    assert "wapenbezt" not in kept


def test_a_page_is_made_only_for_what_was_answered():
    case = Case({"a": ("1",)}, context(example(), None), "X")

    assert (case.one("a"), case.one("b")) == ("1", None)


def test_a_long_row_of_digits_with_a_letter_behind_it_costs_no_time_and_is_no_choice(talk):
    talk.say("quickscan")

    assert step(talk.say("1" * 5_000 + "x")) == step(talk.say("1-" + "9" * 5_000)) == "gevaar"
    assert step(talk.say("1 2 " * 500 + "é")) == "gevaar"
