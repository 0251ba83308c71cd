"""Stories played from a file: the clock is in the script, and the same story gives the same messages."""

import json
import os
import subprocess
import sys

import pytest

from tests.command import EXAMPLE, ROOT, json_lines, verbinder

DAY = "2026-11-24T"


def said(at, text, sender="j-schouten", place="dm"):
    return {"at": f"{DAY}{at}:00+01:00", "from": sender, "in": place, "text": text}


def chose(at, message, choose, sender="j-schouten", place="dm"):
    return {"at": f"{DAY}{at}:00+01:00", "from": sender, "in": place, "message": message, "choose": choose}


def later(moment):
    return {"at": moment, "advance": True}


WHICH = said("10:00", "wie is de wijkagent")


def play(*events, network=EXAMPLE, database=None):
    done = verbinder("simulate", "--network", network, *(["--database", database] if database else []), typed=json_lines(*events))
    assert (done.code, done.err) == (0, "")
    return done.lines


def text(line):
    return line["text"].splitlines()


@pytest.fixture
def network(tmp_path):
    """A network whose koppel at the Lindecollege gets another contact at the police."""
    copy = tmp_path / "netwerk.yaml"
    content = EXAMPLE.read_text(encoding="utf-8")
    copy.write_text(content.replace("contacten: [s-devries, w-mulder]", "contacten: [s-devries, c-willemse]"), encoding="utf-8")
    return copy


def test_every_message_is_a_line_with_the_fields_of_the_format():
    (line,) = play(said("10:00", "wie is onze wijkagent", "y-amrani"))

    assert list(line) == ["at", "to", "message", "replaces", "thread", "kind", "text", "options", "multiple", "data"]
    assert (line["at"], line["to"], line["message"], line["kind"]) == (
        f"{DAY}10:00:00+01:00",
        "dm:y-amrani",
        "m1",
        "contact",
    )


def test_the_same_story_gives_the_same_bytes_whatever_the_machine(tmp_path):
    story = json_lines(
        WHICH, said("10:01", "2"), said("10:02", "er wordt gevochten met een mes", "y-amrani"),
        said("10:03", "wie is de wijkagent", "wie-ben-ik"), said("10:04", "wat is een convenant", place="netwerk"),
        chose("10:05", "m1", "w-mulder"), said("10:06", "bel 06-12345678 van Jan", "y-amrani"),
        said("10:07", "quickscan", "y-amrani"), chose("10:08", "m8", "nee", "y-amrani"), later("2026-12-24T10:00:00+01:00"),
    )  # fmt: skip
    command = [sys.executable, "-m", "bot.cli", "simulate", "--network", EXAMPLE, "--database", tmp_path / "verhaal.db"]
    environment = {**os.environ, "TZ": "Pacific/Auckland", "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    done = subprocess.run(command, input=story.encode(), capture_output=True, cwd=ROOT, env=environment, check=True)

    assert done.stdout.decode() == verbinder("simulate", "--network", EXAMPLE, typed=story).out
    assert len(done.stdout.splitlines()) > 9


def test_ids_of_messages_count_on_in_a_database_that_exists(tmp_path):
    database = tmp_path / "verhaal.db"

    first = play(WHICH, database=database)
    second = play(said("11:00", "2"), chose("11:01", "m1", "w-mulder"), database=database)

    assert [line["message"] for line in first + second] == ["m1", "m2", "m3"]
    assert [text(line)[0] for line in second] == ["Bel Ahmed van Leeuwen, wijkagent", "Bel Wendy Mulder, wijkagent"]


def test_what_is_said_again_at_the_same_moment_in_a_second_story_is_answered_again(tmp_path):
    database = tmp_path / "verhaal.db"

    first, second = (play(WHICH, database=database)[0] for _ in range(2))

    assert (first["message"], second["message"]) == ("m1", "m2")
    assert first["text"] == second["text"]


def test_an_empty_story_says_nothing():
    assert play() == []


# Choices


@pytest.mark.parametrize("choose", ["a-vanleeuwen", ["a-vanleeuwen"]])
def test_a_choice_is_made_by_its_id_alone_or_in_a_list(choose):
    which, chosen = play(WHICH, chose("10:01", "m1", choose))

    assert [option["id"] for option in which["options"]] == ["w-mulder", "a-vanleeuwen"]
    assert [contact["person"] for contact in which["data"]["contacts"]] == ["w-mulder", "a-vanleeuwen"]
    assert text(chosen)[0] == "Bel Ahmed van Leeuwen, wijkagent"


def test_a_choice_can_be_made_anew_on_an_older_message():
    lines = play(WHICH, chose("10:01", "m1", "a-vanleeuwen"), chose("10:02", "m1", "w-mulder"))

    assert [text(line)[0] for line in lines[1:]] == ["Bel Ahmed van Leeuwen, wijkagent", "Bel Wendy Mulder, wijkagent"]


def test_a_number_that_is_typed_chooses_from_the_last_message_to_that_person_there():
    lines = play(
        WHICH,
        said("10:01", "wie is de wijkagent", place="netwerk"),
        said("10:02", "2"),
        said("10:03", "1", place="netwerk"),
    )

    assert [line["to"] for line in lines] == ["dm:j-schouten", "netwerk", "dm:j-schouten", "netwerk"]
    assert [text(line)[0] for line in lines[2:]] == ["Bel Ahmed van Leeuwen, wijkagent", "Bel Wendy Mulder, wijkagent"]


def test_a_number_that_somebody_else_types_chooses_nothing():
    _, other = play(said("10:00", "wie is de wijkagent", place="netwerk"), said("10:01", "2", "e-dejong", "netwerk"))

    assert other["kind"] != "contact"


@pytest.mark.parametrize(("message", "choose"), [("m9", "w-mulder"), ("m1", "s-devries"), ("m1", [])])
def test_a_choice_that_is_not_there_gets_a_friendly_word(message, choose):
    _, answered = play(WHICH, chose("10:01", message, choose))

    assert answered["text"] == "Die knop hoort bij een oud bericht. Stel je vraag opnieuw, dan geef ik de stand van nu."


def test_a_stranger_who_uses_somebody_elses_choice_gets_no_name():
    _, answered = play(
        said("10:00", "wie is de wijkagent", place="netwerk"), chose("10:01", "m1", "w-mulder", "vreemde", "netwerk")
    )

    assert answered["kind"] == "refusal"
    assert "Mulder" not in answered["text"]


# Time


def test_time_passes_without_a_word_when_nothing_is_due():
    lines = play(WHICH, later(f"{DAY}18:00:00+01:00"), said("19:00", "wie is onze wijkagent", "y-amrani"))

    assert [line["at"] for line in lines] == [f"{DAY}10:00:00+01:00", f"{DAY}19:00:00+01:00"]
    assert "Nu niet bereikbaar." in lines[1]["text"]


def test_a_message_of_weeks_ago_can_no_longer_be_chosen_from():
    *_, answered = play(
        WHICH,
        later("2026-12-24T10:00:00+01:00"),
        chose("10:01", "m1", "w-mulder") | {"at": "2026-12-24T10:01:00+01:00"},
    )

    assert answered["text"].startswith("Die knop hoort bij een oud bericht.")


def test_moments_in_another_zone_are_told_in_that_of_the_network():
    (line,) = play(said("10:00", "wie is onze wijkagent", "y-amrani") | {"at": "2026-11-24T09:00:00Z"})

    assert line["at"] == f"{DAY}10:00:00+01:00"


# A network that changes


def test_a_new_contact_is_announced_once_in_the_place_of_that_koppel(network, tmp_path):
    database = tmp_path / "verhaal.db"
    play(said("09:00", "hoi"), database=database)

    second = play(said("10:00", "wie is onze wijkagent", "y-amrani"), network=network, database=database)
    third = play(said("11:00", "hoi"), network=network, database=database)

    assert [(line["to"], line["kind"]) for line in second] == [
        ("lindecollege-politie", "announcement"),
        ("dm:y-amrani", "contact"),
    ]
    assert second[0]["at"] == f"{DAY}10:00:00+01:00"
    assert "Carla Willemse" in second[0]["text"]
    assert "Wendy Mulder" in second[0]["text"]
    assert [line["kind"] for line in third] == ["help"]


def test_what_an_import_announces_is_brought_by_the_next_story(network, tmp_path):
    database = tmp_path / "verhaal.db"
    play(said("09:00", "hoi"), database=database)
    assert verbinder("import", network, "--database", database, "--yes").code == 0

    lines = play(later(f"{DAY}10:00:00+01:00"), network=network, database=database)

    assert [(line["to"], line["kind"]) for line in lines] == [("lindecollege-politie", "announcement")]


def test_a_network_that_does_not_hold_plays_nothing(network, tmp_path):
    database = tmp_path / "verhaal.db"
    play(said("09:00", "hoi"), database=database)
    network.write_text("netwerk: {}", encoding="utf-8")

    done = verbinder("simulate", "--network", network, "--database", database, typed=json_lines(said("10:00", "hoi")))

    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("netwerk.yaml:1: ")
    assert [line["message"] for line in play(said("11:00", "hoi"), database=database)] == ["m2"]


# Stories that do not hold


@pytest.mark.parametrize(
    ("event", "fault"),
    [
        (said("08:00", "hoi"), "at: 2026-11-24T08:00:00+01:00 ligt vóór de regel ervoor, verwacht volgorde van tijd"),
        ({"at": f"{DAY}11:00:00+01:00"}, "verwacht text, message met choose, advance, of down"),
        ({"at": f"{DAY}11:00:00+01:00", "advance": False}, "verwacht text, message met choose, advance, of down"),
        ({"advance": True}, "at: hier staat null, verwacht een tijd met zone, zoals 2026-11-23T09:00:00+01:00"),
        (said("11:00", "hoi", sender=None), "from: hier staat null, verwacht tekst"),
        (said("11:00", 5), "text: hier staat 5, verwacht tekst"),
        (
            said("11:00", "hoi", place="kantine"),
            (
                'in: de plek "kantine" ken ik niet, verwacht dm, netwerk of een koppel '
                "(dat zijn: lindecollege-politie, de-ooievaar-politie, roc-de-brug-politie)"
            ),
        ),
        (chose("11:00", "17", "a"), 'message: hier staat "17", verwacht het kenmerk van een bericht, zoals m17'),
        (chose("11:00", "m²", "a"), 'message: hier staat "m²", verwacht het kenmerk van een bericht, zoals m17'),
        (chose("11:00", 17, "a"), "message: hier staat 17, verwacht tekst"),
        (chose("11:00", "m1", None), "choose: hier staat null, verwacht de id van een optie, of een lijst ervan"),
        (chose("11:00", "m1", [1]), "choose: hier staat [1], verwacht de id van een optie, of een lijst ervan"),
    ],
)
def test_an_event_that_does_not_hold_is_named_and_nothing_is_played(event, fault, tmp_path):
    database = tmp_path / "verhaal.db"
    story = json_lines(WHICH, event, said("12:00", "hoi"))

    done = verbinder("simulate", "--network", EXAMPLE, "--database", database, typed=story)

    assert (done.code, done.out) == (1, "")
    assert done.err == f"regel 2: {fault}\nEr is niets gespeeld.\n"
    assert [line["message"] for line in play(WHICH, database=database)] == ["m1"]


def test_a_line_that_is_no_json_is_named():
    done = verbinder("simulate", "--network", EXAMPLE, typed=json.dumps(WHICH) + "\nhoi\n")

    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("regel 2: dit is geen JSON.")


def test_a_story_never_goes_into_the_database_of_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("VERBINDER_DATABASE", str(tmp_path / "echt.db"))

    play(WHICH)

    assert not (tmp_path / "echt.db").exists()


def test_when_the_assistant_was_down_it_catches_up_in_one_message_that_says_so():
    down = {"at": f"{DAY}16:00:00+01:00", "down": True}
    lines = play(WHICH, down, later("2026-12-01T09:00:00+01:00"))

    (digest,) = [line for line in lines if line["kind"] == "digest"]
    assert digest["at"] == "2026-12-01T09:00:00+01:00"
    assert digest["text"].splitlines()[1] == (
        "Ik was weg van dinsdag 24 november 16:00 tot vandaag 09:00. Wat toen had moeten komen, komt nu."
    )


def test_what_fell_due_before_an_import_comes_before_it_and_by_the_network_of_then(network, tmp_path):
    database = tmp_path / "verbinder.db"
    play(later("2026-11-23T08:00:00+01:00"), database=database)

    lines = play(later("2026-11-26T12:00:00+01:00"), network=network, database=database)

    assert len({line["at"][:10] for line in lines}) > 1
    assert [line["at"] for line in lines] == sorted(line["at"] for line in lines)
    assert "announcement" in {line["kind"] for line in lines if line["at"].startswith("2026-11-26T12:00")}
