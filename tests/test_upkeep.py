"""The contact list stays right by what people say: only what stands in the slots, only by who may, only after a yes."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.contacts import change_rows
from bot.contacts.changes import Away, Successor, apply
from tests.asking import koppel, network, person
from tests.talking import Talk


@pytest.fixture
def talk(tmp_path):
    talk = Talk(tmp_path / "verbinder.db")
    yield talk
    talk.store.close()


def entry(talk, one):
    return talk.store.load_network().person_by_id[one]


def places(talk):
    return [envelope.place for envelope in talk.sent]


def pending(talk):
    return talk.store.connection.execute("SELECT person, ways FROM pending_change").fetchall()


def test_nothing_is_different_before_the_yes_and_everything_after_it(talk):
    asked = talk.say("ik ben morgen vrij", "vera")

    assert (asked.reply.kind, entry(talk, "vera").absences) == ("question", ())
    assert "woensdag 25 november" in asked.reply.text

    done = talk.say("ja", "vera")

    assert [(one.first, one.last) for one in entry(talk, "vera").absences] == [(date(2026, 11, 25), date(2026, 11, 25))]
    assert talk.sent[0].reply.kind == "confirmation"
    assert (done.reply.kind, places(talk)) == ("announcement", ["dm:vera", "linde-politie"])


def test_the_next_answer_knows_the_new_number(talk):
    talk.answers("mijn nummer is nu 06-55500199", "ja", sender="vera")

    assert talk.say("wie is de veiligheidscoordinator").reply.data["contacts"][0]["phone"] == "06-55500199"


def test_a_no_leaves_all_as_it_was(talk):
    before = talk.store.load_network()

    assert talk.answers("mijn nummer is nu 06-55500199", "nee", sender="vera").reply.kind == "confirmation"
    assert (talk.store.load_network(), pending(talk)) == (before, [])


def test_until_friday_holds_the_friday_unless_one_says_otherwise(talk):
    asked = talk.say("vera is ziek tot vrijdag", "coen")
    assert [option.label for option in asked.reply.options] == ["Ja", "Nee, vrijdag weer terug", "Nee, laat maar"]
    assert "tot en met vrijdag 27 november" in asked.reply.text

    talk.choose(asked, "ja-1", sender="coen")

    assert entry(talk, "vera").absences[0].last == date(2026, 11, 26)


def test_whoever_is_ill_chooses_until_when_and_illness_itself_is_kept_nowhere(talk):
    asked = talk.say("ik ben ziek", "vera")
    talk.choose(asked, "ja-2", sender="vera")

    assert entry(talk, "vera").absences[0].last == date(2026, 11, 27)
    assert not any("ziek" in row[0] for row in talk.store.connection.execute("SELECT body FROM outbox WHERE place = 'linde-politie'"))
    assert "ziek" not in str(talk.store.connection.execute("SELECT * FROM list_change").fetchall())


def test_a_member_may_not_change_somebody_elses_entry(talk):
    refused = talk.say("het nummer van vera is nu 06-55500199", "mia")

    assert (refused.reply.kind, refused.reply.data) == ("refusal", {"reason": "rights"})
    assert "55500199" not in refused.reply.text
    assert pending(talk) == []


def test_whoever_says_that_a_colleague_is_off_is_told_who_puts_it_in_the_list(talk):
    told = talk.say("vera is ziek tot vrijdag", "mia")

    assert (told.reply.kind, told.reply.data) == ("help", {})
    assert told.reply.text.splitlines()[0] == "Dat zet ik niet in de contactlijst."
    assert pending(talk) == []


def test_a_stranger_hears_nothing_of_anybody(talk):
    refused = talk.say("vera is ziek tot vrijdag", "wie-is-dit")

    assert refused.reply.data == {"reason": "stranger"}
    assert "Vera" not in refused.reply.text


def test_somebody_else_cannot_say_yes(talk):
    asked = talk.say("ik ben morgen vrij", "vera", "linde-politie")

    assert talk.choose(asked, "ja", sender="pol").reply.kind == "help"
    assert talk.say("ja", "pol", "linde-politie").reply.kind != "confirmation"
    assert entry(talk, "vera").absences == ()


def test_whoever_lost_the_right_meanwhile_changes_nothing(talk):
    asked = talk.say("vera is ziek tot vrijdag", "coen")
    people = tuple(one for one in talk.store.load_network().people if one.id != "coen")
    talk.assistant.take_network(network(*people, person("coen", "halt", "halt"), koppels=talk.store.load_network().koppels))

    talk.choose(asked, "ja", sender="coen")

    assert entry(talk, "vera").absences == ()


def test_after_half_an_hour_a_yes_comes_too_late_and_the_number_is_gone(talk):
    asked = talk.say("mijn nummer is nu 06-55500199", "vera")
    talk.wait(minutes=31)

    assert talk.choose(asked, "ja", sender="vera").reply.kind == "help"
    assert entry(talk, "vera").phone != "06-55500199"
    assert pending(talk) == []
    assert talk.store.connection.execute("SELECT count(*) FROM outbox WHERE body LIKE '%55500199%'").fetchone() == (0,)


def test_whoever_is_back_is_no_longer_away(talk):
    talk.answers("ik ben ziek", "3", "ik ben weer beter", "ja", sender="vera")

    assert entry(talk, "vera").absences == ()
    assert talk.sent[1].reply.text.splitlines()[1] == "Vera Zandstra is er weer."


def test_a_second_tap_does_nothing(talk):
    asked = talk.say("ik ben morgen vrij", "vera")
    talk.choose(asked, "ja", sender="vera")
    log = change_rows.changes_since(talk.store.connection, talk.at - timedelta(days=1))
    talk.choose(asked, "ja", sender="vera")

    assert [(one.by, one.kind, one.person) for one in log] == [("vera", "afwezig", "vera")]
    assert change_rows.changes_since(talk.store.connection, talk.at - timedelta(days=1)) == log
    assert places(talk) == ["dm:vera"]


def test_whoever_is_written_about_hears_it_and_so_does_whoever_is_named(talk):
    talk.answers("afra is de vervanger van vera", "ja", sender="coen")

    assert entry(talk, "vera").deputy == "afra"
    assert places(talk) == ["dm:coen", "linde-politie", "dm:vera", "dm:afra"]


def test_a_successor_begins_on_the_day_and_not_before(talk):
    talk.answers("afra volgt mij op per 1 januari", "ja", sender="vera")

    assert (entry(talk, "vera").until, entry(talk, "afra").roles) == (date(2026, 12, 31), ("afdelingsleider",))
    assert change_rows.planned(talk.store.connection) == [(date(2027, 1, 1), Successor("vera", "afra"))]


def test_a_member_names_no_successor_from_elsewhere(talk):
    assert talk.say("elf volgt mij op per 1 januari", "vera").reply.data == {"reason": "rights"}


def test_the_reason_is_left_out_and_personal_data_in_it_is_refused(talk):
    assert talk.say("ik ben morgen vrij want 06-12345678 belt steeds", "vera").reply.data["reason"] == "personal-data"
    assert "studiedag" not in talk.say("ik ben morgen vrij ivm een studiedag", "vera").reply.text


def test_an_open_conversation_does_not_take_the_yes(talk):
    talk.answers("quickscan", "nee", sender="vera")
    talk.say("ik ben morgen vrij", "vera")
    talk.say("ja", "vera")

    assert [(one.first, one.last) for one in entry(talk, "vera").absences] == [(date(2026, 11, 25), date(2026, 11, 25))]
    assert talk.rows()[0][4] == "open"


PEOPLE = (
    person("a", "linde", "veiligheidscoordinator", deputy="b"), person("b", "linde", "directie"),
    person("c", "politie", "wijkagent", deputy="a", serves=("Noord",)), person("d", "politie", "wijkagent", serves=("Zuid",)),
)  # fmt: skip


def test_a_successor_takes_over_roles_area_koppels_and_whom_the_old_one_stood_in_for():
    new = apply(network(*PEOPLE, koppels=(koppel("linde", "a", "c"),)), [Successor("a", "b"), Successor("c", "d")])

    assert new.person_by_id["b"].roles == ("directie", "veiligheidscoordinator")
    assert new.person_by_id["d"].serves == ("Zuid", "Noord")
    assert new.person_by_id["c"].deputy == "b"
    assert new.koppels[0].contacts == ("b", "d")


def test_absences_that_touch_become_one():
    new = apply(network(*PEOPLE), [Away("a", date(2026, 11, 25), date(2026, 11, 26)), Away("a", date(2026, 11, 27), date(2026, 11, 30))])

    assert [(one.first, one.last) for one in new.person_by_id["a"].absences] == [(date(2026, 11, 25), date(2026, 11, 30))]


WORDS = st.sampled_from(
    "ik ben vera pol mia morgen vrijdag ziek vrij weg tot per 1 januari mijn nummer is nu 06-55500199 volgt mij op afra vervanger stop "
    "beter weer werk niet meer woensdag ja nee klopt 2 3 want quickscan terug".split()
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=7).map(" ".join), min_size=1, max_size=5))
def test_whatever_is_typed_no_entry_changes_without_an_entitled_yes(tmp_path_factory, texts):
    talk = Talk(tmp_path_factory.mktemp("typed") / "verbinder.db")
    before = {one.id: one for one in talk.store.load_network().people}
    try:
        for text in texts:
            waited = any(row[0] == "mia" for row in pending(talk))
            talk.say(text, "mia")
            after = {one.id: one for one in talk.store.load_network().people}
            if after != before:
                assert waited
                assert talk.sent[0].reply.kind == "confirmation"
            others = {one for one in after if one not in {"mia", "afra"} and after[one] != before[one]}
            assert others == set()
            before = after
    finally:
        talk.store.close()
