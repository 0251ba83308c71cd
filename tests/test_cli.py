"""The command line: what it prints, which exit code it gives, and a sentence for everything that cannot be."""

import json
import os
import pty
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
import typer
from typer.core import TyperGroup

from bot.cli import app
from knowledge.network_files import read_network
from tests.command import EXAMPLE, ROOT, TUESDAY, json_lines, verbinder

COMMANDS = [
    "chat", "ask", "simulate", "import", "export", "check", "init", "run", "rooms", "doctor", "status", "backup", "restore", "purge",
    "forget", "inzage", "audit", "show", "picture", "evaluation", "agenda",
]  # fmt: skip
ENGLISH = re.compile(
    r"\b(the|and|usage|options?|arguments?|commands?|show this|message|exit|file|required|default|error|"
    r"invalid|missing|no such|got|try|help for|directory|env var)\b(?! BESTAND)",
    re.IGNORECASE,
)
WIJKAGENT = "wie is onze wijkagent"
ANSWER = """\
Bel Wendy Mulder, wijkagent
Politie Lindewaard
06-55500112
Nu bereikbaar, tot vandaag 18:00.
Vervanger: Ahmed van Leeuwen, 06-55500113
Waarom: wijkagent voor Lindecollege. De wijkagent is voor een school het eerste aanspreekpunt bij de politie (bijlage 1)
"""


def python(*arguments, typed="", **environment):
    """Runs the program in a process of its own; returns the bytes that it wrote."""
    return subprocess.run(
        [sys.executable, *arguments], input=typed.encode(), capture_output=True, cwd=ROOT, check=False,
        env={**os.environ, **environment},
    )  # fmt: skip


@pytest.fixture
def network(tmp_path):
    """A copy of the example network that a test may change."""
    copy = tmp_path / "netwerk.yaml"
    copy.write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    return copy


def change(path, before, after):
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


@pytest.fixture
def database(tmp_path):
    """A database that holds the example network."""
    path = tmp_path / "verbinder.db"
    assert verbinder("import", EXAMPLE, "--database", path, "--yes").code == 0
    return path


# Help


def test_the_help_names_every_command_and_the_exit_codes():
    done = verbinder("--help")

    assert done.code == 0
    assert [line.split()[0] for line in done.out.split("Opdrachten:")[1].splitlines() if line] == COMMANDS
    assert "0 gelukt, 1 er klopt iets niet" in done.out


def test_no_arguments_at_all_give_the_help():
    assert verbinder() == verbinder("--help")


@pytest.mark.parametrize(("typed", "same"), [(("-h",), ("--help",)), (("help",), ("--help",)), (("help", "init"), ("init", "--help"))])
def test_help_comes_however_it_is_asked(typed, same):
    assert verbinder(*typed) == verbinder(*same)


def test_on_a_screen_lines_end_between_words_and_elsewhere_every_sentence_stays_whole(monkeypatch):
    monkeypatch.setenv("COLUMNS", "50")
    screen, file = verbinder("check", screen=True).out, verbinder("check").out

    assert max(map(len, screen.splitlines())) <= 50 < max(map(len, file.splitlines()))
    assert "\n  " in screen
    assert " ".join(screen.split()) == " ".join(file.split())


def test_which_version_it_is_can_be_asked():
    assert re.fullmatch(r"verbinder \d+\.\d+\.\d+\n", verbinder("--version").out)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_is_explained_in_dutch(command):
    done = verbinder(command, "--help")
    group = typer.main.get_command(app)

    assert isinstance(group, TyperGroup)
    assert all(one.help for one in group.commands[command].params)
    assert done.code == 0
    assert done.out.startswith(f"Gebruik: verbinder {command} ")
    assert [line for line in done.out.splitlines() if len(line) > 80 or "<" in line] == []
    assert ENGLISH.findall(re.sub(r"--\w+|verbinder \w+", "", done.out)) == []


def test_help_comes_before_anything_heavy_is_read():
    heavy = "{'pydantic', 'sqlite_utils', 'yaml', 'rapidfuzz', 'holidays', 'simplemma', 'prompt_toolkit', 'knowledge.library'}"
    code = f"import sys; from bot.cli import run; run(['--help']); print(sorted({heavy} & set(sys.modules)))"

    assert python("-c", code).stdout.decode().splitlines()[-1] == "[]"


def test_the_module_runs_as_the_command_does():
    done = python("-m", "bot.cli", "--help")

    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().startswith("Gebruik: verbinder ")


def test_what_a_library_has_to_say_is_not_for_people():
    code = "import atexit, logging, sys; atexit.register(lambda: logging.getLogger('nio').warning('boo')); sys.argv[1:] = ['--version']; "
    done = python("-c", f"{code}from bot.cli import main; main()")

    assert (done.returncode, done.stderr) == (0, b"")


# Wrong usage


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["vraag"], 'De opdracht "vraag" is er niet.\nUitleg: verbinder --help\n'),
        (["chekc"], 'De opdracht "chekc" is er niet. Bedoel je check?\nUitleg: verbinder --help\n'),
        (["ask", "hoi", "--kleur"], "De optie --kleur is er niet.\nUitleg: verbinder ask --help\n"),
        (["ask", "hoi", "--jsn"], "De optie --jsn is er niet. Bedoel je --json?\nUitleg: verbinder ask --help\n"),
        (["ask", "hoi", "--as"], "Achter --as hoort een waarde.\nUitleg: verbinder ask --help\n"),
        (["import"], "Er ontbreekt iets: BESTAND.\nUitleg: verbinder import --help\n"),
        (["simulate"], "Er ontbreekt iets: --network.\nUitleg: verbinder simulate --help\n"),
        (
            ["ask", "wie", "is", "dat"],
            "Dit is te veel: is dat. Zet een vraag van meer woorden tussen aanhalingstekens.\nUitleg: verbinder ask --help\n",
        ),
        (["ask"], 'Geef een vraag (verbinder ask "wie is onze wijkagent") of --jsonl met regels op de invoer.\n'),
        (
            ["ask", "hoi", "--jsonl"],
            'Geef een vraag (verbinder ask "wie is onze wijkagent") of --jsonl met regels op de invoer.\n',
        ),
        (["ask", "--jsonl", "--as", "s-devries"], "Bij --jsonl staan as en in in de regels zelf.\n"),
        (
            ["ask", "hoi", "--at", "gisteren"],
            '--at: hier staat "gisteren", verwacht een tijd met zone, zoals 2026-11-23T09:00:00+01:00\n',
        ),
        (
            ["ask", "hoi", "--at", "2026-11-24T10:00"],
            '--at: hier staat "2026-11-24T10:00", verwacht een tijd met zone, zoals 2026-11-23T09:00:00+01:00\n',
        ),
        (
            ["ask", "hoi", "--at", "0001-01-01T00:00:00+14:00"],
            '--at: hier staat "0001-01-01T00:00:00+14:00", verwacht een jaar van 2000 tot en met 2199\n',
        ),
        (
            ["ask", "hoi", "--in", "lindecolege"],
            (
                '--in: de plek "lindecolege" ken ik niet, verwacht dm, netwerk of een koppel '
                "(dat zijn: lindecollege-politie, de-ooievaar-politie, roc-de-brug-politie)\n"
            ),
        ),
    ],
)
def test_wrong_usage_is_said_in_dutch_and_exits_2(arguments, said):
    done = verbinder(*arguments)

    assert (done.code, done.out, done.err) == (2, "", said)


# Asking


def test_ask_answers_in_plain_text():
    done = verbinder("ask", WIJKAGENT, "--as", "y-amrani", "--at", TUESDAY)

    assert (done.code, done.err) == (0, "")
    assert done.out == ANSWER + "\n"


def test_ask_as_json_gives_one_line_with_the_fields_of_the_format():
    done = verbinder("ask", WIJKAGENT, "--as", "y-amrani", "--at", TUESDAY, "--json")

    (line,) = done.lines
    assert list(line) == ["at", "to", "message", "replaces", "thread", "kind", "text", "options", "multiple", "data"]
    assert (line["at"], line["to"], line["message"], line["kind"]) == (TUESDAY, "dm:y-amrani", "m1", "contact")
    assert (line["replaces"], line["thread"], line["options"], line["multiple"]) == (None, None, [], False)
    assert line["text"] + "\n" == ANSWER
    assert set(line["data"]) == {"contacts", "topic", "sources", "confidence", "about"}
    assert line["data"]["contacts"][0] == {
        "person": "w-mulder", "role": "wijkagent", "organisation": "politie-lindewaard", "phone": "06-55500112",
        "email": "w.mulder@politie.example", "available": True, "deputy_for": None,
    }  # fmt: skip


def test_ask_without_a_moment_answers_for_now():
    (line,) = verbinder("ask", WIJKAGENT, "--as", "y-amrani", "--json").lines

    assert abs(datetime.fromisoformat(line["at"]) - datetime.now(UTC)) < timedelta(minutes=1)


def test_somebody_who_is_not_in_the_network_gets_no_names():
    (line,) = verbinder("ask", WIJKAGENT, "--as", "wie-ben-ik", "--at", TUESDAY, "--json").lines

    assert (line["kind"], line["data"], line["to"]) == ("refusal", {"reason": "stranger"}, "dm:wie-ben-ik")
    assert "Mulder" not in line["text"]


def test_in_the_place_of_a_koppel_its_school_is_meant():
    (line,) = verbinder("ask", WIJKAGENT, "--in", "roc-de-brug-politie", "--at", TUESDAY, "--json").lines

    assert line["to"] == "roc-de-brug-politie"
    assert [one["person"] for one in line["data"]["contacts"]] == ["a-vanleeuwen"]


def test_without_a_person_the_asker_is_a_coordinator_at_the_machine():
    (line,) = verbinder("ask", WIJKAGENT, "--at", TUESDAY, "--json").lines

    assert (line["to"], line["kind"]) == ("dm:terminal", "choice")
    assert [option["id"] for option in line["options"]] == ["w-mulder", "a-vanleeuwen"]


def test_each_line_of_json_is_answered_by_one_line_and_stands_alone():
    typed = json_lines(
        {"text": "wie is de wijkagent", "as": None, "in": None, "at": TUESDAY},
        {"text": "2", "at": TUESDAY},
        {"text": WIJKAGENT, "as": "y-amrani", "in": "dm", "at": "2026-11-24T20:00:00+01:00", "nummer": 3},
        {"text": WIJKAGENT, "as": "vreemde"},
    )
    done = verbinder("ask", "--jsonl", "--at", TUESDAY, typed="\ufeff" + typed.replace("\n", "\n\n"))

    assert [line["message"] for line in done.lines] == ["m1", "m2", "m3", "m4"]
    assert [line["kind"] for line in done.lines][0::2] == ["choice", "contact"]
    assert done.lines[1]["kind"] != "contact"
    assert [line["to"] for line in done.lines] == ["dm:terminal", "dm:terminal", "dm:y-amrani", "dm:vreemde"]
    assert done.lines[2]["at"] == "2026-11-24T20:00:00+01:00"
    assert done.lines[3]["at"] == TUESDAY


def test_a_line_gets_one_answer_though_a_digest_would_fall_due_between_two():
    typed = json_lines(*({"text": "hoi", "at": f"2026-{month}-15T10:00:00+01:00"} for month in ("11", "12")))

    assert [line["kind"] for line in verbinder("ask", "--jsonl", typed=typed).lines] == ["help", "help"]


def test_what_begins_a_guided_conversation_is_answered_by_its_first_question_alone():
    lines = verbinder("ask", "--jsonl", typed=json_lines({"text": "quickscan"}, {"text": "nee"}, {"text": "quickscan"})).lines

    assert [line["kind"] for line in lines][::2] == ["question", "question"]
    assert lines[0]["text"] == lines[2]["text"]
    assert lines[1]["kind"] != "question"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("wie", 'regel 2: dit is geen JSON. Verwacht: één object op de regel, zoals {"text": "wie is onze wijkagent"}'),
        (
            "[" * 100_000,
            'regel 2: dit is geen JSON. Verwacht: één object op de regel, zoals {"text": "wie is onze wijkagent"}',
        ),
        ("[1]", 'regel 2: hier staat [1], verwacht een object, zoals {"text": "wie is onze wijkagent"}'),
        ("{}", "regel 2: text: ontbreekt, verwacht tekst"),
        ('{"text": 5}', "regel 2: text: hier staat 5, verwacht tekst"),
        ('{"text": "a", "as": ["x"]}', 'regel 2: as: hier staat ["x"], verwacht tekst'),
        ('{"text": "a", "in": true}', "regel 2: in: hier staat true, verwacht tekst"),
        (
            '{"text": "a", "in": "nergens"}',
            (
                'regel 2: in: de plek "nergens" ken ik niet, verwacht dm, netwerk of een koppel '
                "(dat zijn: lindecollege-politie, de-ooievaar-politie, roc-de-brug-politie)"
            ),
        ),
        (
            '{"text": "a", "at": "morgen"}',
            'regel 2: at: hier staat "morgen", verwacht een tijd met zone, zoals 2026-11-23T09:00:00+01:00',
        ),
        (
            '{"text": "a", "at": 12}',
            "regel 2: at: hier staat 12, verwacht een tijd met zone, zoals 2026-11-23T09:00:00+01:00",
        ),
    ],
)
def test_a_line_that_does_not_hold_is_named_and_nothing_is_answered(line, said):
    done = verbinder("ask", "--jsonl", typed=f'{{"text": "hoi"}}\n{line}\n{{"text": "hoi"}}\n')

    assert (done.code, done.out) == (1, "")
    assert done.err == f"{said}\nEr is nog niets beantwoord.\n"


@pytest.mark.parametrize("text", ["", " ", "\x00", "\ud800", "🚨" * 50, "a" * 20_000, "wie is\nonze\twijkagent", "' OR 1=1 --"])
def test_whatever_is_typed_gets_one_answer(text):
    done = verbinder("ask", "--jsonl", typed=json.dumps({"text": text}) + "\n")

    assert (done.code, len(done.lines)) == (0, 1)
    assert "Er ging bij mij iets mis" not in done.lines[0]["text"]


def test_asking_leaves_the_database_as_it_was_and_says_nothing_that_waits_in_it(network, database):
    change(network, "contacten: [s-devries, w-mulder]", "contacten: [s-devries, a-vanleeuwen]")
    assert verbinder("import", network, "--database", database, "--yes").code == 0
    before = verbinder("export", "--database", database).out

    done = verbinder("ask", WIJKAGENT, "--as", "y-amrani", "--database", database, "--network", EXAMPLE, "--at", TUESDAY)
    again = verbinder("ask", WIJKAGENT, "--as", "y-amrani", "--database", database, "--at", TUESDAY, "--json")

    assert done.out == ANSWER + "\n"
    assert [line["kind"] for line in again.lines] == ["contact"]
    assert verbinder("export", "--database", database).out == before


# Files and databases that cannot be used


@pytest.mark.parametrize("command", [["ask", "hoi"], ["chat"], ["check"], ["show", "geen-blauwdruk"], ["simulate"]])
def test_a_network_file_that_is_not_there_is_said(command, tmp_path):
    missing = tmp_path / "weg.yaml"

    done = verbinder(*command, "--network", missing)

    assert (done.code, done.out) == (1, "")
    assert done.err == f'"{missing}" is er niet. Kijk of de naam en de map kloppen.\n'


@pytest.mark.parametrize("command", [["init"], ["run"], ["doctor"], ["import", EXAMPLE], ["restore", EXAMPLE]])
def test_a_folder_is_no_database_to_work_with(command, tmp_path):
    done = verbinder(*command, "--database", tmp_path)

    assert (done.code, done.err) == (2, f'"{tmp_path}" is een map. Noem het bestand erin, zoals {tmp_path / "verbinder.db"}.\n')


@pytest.mark.parametrize("option", ["--network", "--database"])
def test_a_folder_is_no_file(option, tmp_path):
    done = verbinder("ask", "hoi", option, tmp_path)

    assert (done.code, done.out, done.err) == (1, "", f'"{tmp_path}" is een map, geen bestand. Noem het bestand zelf.\n')


@pytest.mark.parametrize("command", [["ask", "hoi"], ["chat"], ["check"], ["export"], ["import", str(EXAMPLE), "--yes"]])
def test_a_text_file_is_no_database(command, tmp_path):
    text = tmp_path / "netwerk.db"
    text.write_text("dit is geen database, maar een briefje van de conciërge", encoding="utf-8")

    done = verbinder(*command, "--database", text)

    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f'De database "{text}" kan ik niet gebruiken')
    assert text.read_text(encoding="utf-8").startswith("dit is geen database")


@pytest.mark.parametrize("command", [["ask", "hoi"], ["check"], ["export"]])
def test_a_database_that_is_not_there_is_said_and_not_made(command, tmp_path):
    missing = tmp_path / "weg.db"

    done = verbinder(*command, "--database", missing)

    said = f'"{missing}" is er niet. Kijk of de naam en de map kloppen. Een nieuwe begin je zo: verbinder init --database {missing}\n'
    assert (done.code, done.out, done.err) == (1, "", said)
    assert not missing.exists()


def test_a_database_without_a_network_says_how_to_put_one_in(tmp_path):
    empty = tmp_path / "leeg.db"
    empty.touch()

    done = verbinder("ask", "hoi", "--database", empty)

    assert done.code == 1
    assert done.err == f'In "{empty}" staat nog geen netwerk. Zet het erin: verbinder import BESTAND --database {empty}\n'


def test_a_place_where_nothing_can_be_written_is_said(database, tmp_path):
    done = verbinder("import", EXAMPLE, "--database", tmp_path / "weg" / "verbinder.db", "--yes")
    written = verbinder("export", "--database", database, "--output", tmp_path / "weg" / "netwerk.yaml")

    assert done.code == 1
    assert "kan ik niet gebruiken" in done.err
    assert (written.code, written.out) == (1, "")
    assert (
        written.err
        == f'"{tmp_path / "weg" / "netwerk.yaml"}" kan ik niet lezen of schrijven. Bestaat de map, en heb je er rechten?\n'
    )


# Importing and exporting


def test_an_import_shows_what_it_would_do_and_without_yes_does_nothing(tmp_path):
    database = tmp_path / "verbinder.db"

    done = verbinder("import", EXAMPLE, "--database", database)

    assert (done.code, done.err) == (3, "Dit is nog niet gedaan. Doe het met: --yes\n")
    assert done.out.startswith("nieuw: het netwerk School & Veiligheid Lindewaard\nnieuw: 10 organisaties: ")
    assert not database.exists()


def test_an_import_with_yes_is_done_at_once(tmp_path):
    database = tmp_path / "verbinder.db"

    done = verbinder("import", EXAMPLE, "--database", database, "--yes")

    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[-2:] == [
        "Gedaan. School & Veiligheid Lindewaard: 10 organisaties, 22 mensen, 3 koppels.",
        f"Probeer het: verbinder chat --database {database}",
    ]
    assert verbinder("ask", WIJKAGENT, "--as", "y-amrani", "--at", TUESDAY, "--database", database).out == ANSWER + "\n"


def test_the_same_file_again_changes_nothing(database):
    done = verbinder("import", EXAMPLE, "--database", database)

    assert (done.code, done.out) == (0, "Er verandert niets.\n")


def test_a_changed_file_shows_what_changes_and_who_goes(network, database):
    change(network, '"06-55500112"', '"06-55500199"')
    change(network, "beheerder: true", "beheerder: true\n    tot: 2027-07-31")
    text = network.read_text(encoding="utf-8")
    start, end = text.index("  - id: b-smit"), text.index("  # De Ooievaar")
    network.write_text(text[:start] + text[end:], encoding="utf-8")

    done = verbinder("import", network, "--database", database)

    assert done.code == 3
    assert done.out.splitlines() == [
        "gewijzigd: Wendy Mulder: telefoon 06-55500112 → 06-55500199",
        "gewijzigd: Jasper Schouten: tot leeg → 31-7-2027",
        "weg: 1 persoon: Bart Smit",
    ]


def test_a_bad_file_says_every_fault_and_changes_nothing(network, database):
    change(network, "soort: mbo", "soort: kapper")
    change(network, "organisatie: roc-de-brug", "organisatie: roc-de-burg")
    before = verbinder("export", "--database", database).out

    done = verbinder("import", network, "--database", database, "--yes")

    assert (done.code, done.out) == (1, "")
    assert re.fullmatch(r"netwerk\.yaml:\d+: .*kapper.*", done.err.splitlines()[0])
    assert sum("roc-de-burg" in line for line in done.err.splitlines()) == 3
    assert done.err.splitlines()[-1] == "Er is niets veranderd. Verbeter het bestand en probeer opnieuw."
    assert verbinder("export", "--database", database).out == before


@pytest.mark.parametrize(("answer", "code"), [("\n", 3), ("j\n", 0)])
def test_at_a_terminal_an_import_asks_first(answer, code, tmp_path):
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "bot.cli", "import", EXAMPLE, "--database", tmp_path / "verbinder.db"]
    with subprocess.Popen(command, stdin=slave, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as process:
        os.write(master, answer.encode())
        out, _ = process.communicate()
    os.close(slave)
    os.close(master)

    assert process.returncode == code
    assert "Doorgaan? [j/N]" in out.decode()
    assert (tmp_path / "verbinder.db").exists() == (code == 0)


def test_what_is_exported_imports_as_the_same_network(database, tmp_path):
    copy = tmp_path / "kopie.yaml"

    done = verbinder("export", "--database", database, "--output", copy)

    assert (done.code, done.out) == (0, f"Geschreven: {copy}\n")
    assert read_network(copy) == read_network(EXAMPLE)
    assert copy.read_text(encoding="utf-8") == verbinder("export", "--database", database).out
    assert verbinder("import", copy, "--database", database).out == "Er verandert niets.\n"


def test_people_go_to_a_spreadsheet_and_back(database, tmp_path):
    sheet = tmp_path / "mensen.csv"

    assert verbinder("export", "--database", database, "--output", sheet).code == 0

    assert sheet.read_bytes().startswith(b"\xef\xbb\xbfid;naam;organisatie;")
    assert "Renée Visser" in sheet.read_text(encoding="utf-8-sig")
    assert sheet.read_bytes().decode() == verbinder("export", "--database", database, "--csv").out
    assert verbinder("import", sheet, "--database", database).out == "Er verandert niets.\n"


# Checking and showing


def test_check_sums_up_the_content_and_says_where_the_network_has_gaps():
    done = verbinder("check")

    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert re.fullmatch(r"Inhoud: \d+ rollen, \d+ situaties, \d+ onderwerpen \(.*\), \d+ cijfers\.", lines[0])
    assert lines[1] == "Dekking: alle 34 delen van het rapport hebben onderwerpen."
    assert lines[2].startswith("School & Veiligheid Lindewaard: ")
    assert "- let op: ROC De Brug: niemand heeft hier nu de rol directie." in lines


def test_check_of_a_bad_network_says_every_fault_and_exits_1(network):
    change(network, "soort: mbo", "soort: kapper")
    change(network, "Europe/Amsterdam", "Europa/Lindewaard")

    done = verbinder("check", "--network", network)

    assert done.code == 1
    assert done.out.startswith("Inhoud: ")
    assert [line.split(":")[0] for line in done.err.splitlines()] == ["netwerk.yaml"] * 3
    assert 'netwerk.tijdzone: hier staat "Europa/Lindewaard", verwacht een tijdzone' in done.err
    assert 'organisaties.roc-de-brug.soort: hier staat "kapper", verwacht een soort organisatie' in done.err


def test_show_prints_a_topic_as_it_is_read_in_the_chat():
    done = verbinder("show", "geen-blauwdruk")

    assert (done.code, done.err) == (0, "")
    assert "Bron: " in done.out


def test_show_suggests_topics_that_are_spelled_alike():
    done = verbinder("show", "geen-blauwdrk")

    assert (done.code, done.out) == (1, "")
    assert done.err.startswith('Het onderwerp "geen-blauwdrk" is er niet. Lijkt erop: geen-blauwdruk')


def test_show_of_something_unlike_any_topic_points_to_ask():
    assert verbinder("show", "§§§").err == 'Het onderwerp "§§§" is er niet. Vraag het in woorden: verbinder ask\n'


# A conversation through a pipe


def test_chat_answers_each_line_of_a_pipe_in_plain_text_until_somebody_says_stop():
    done = verbinder("chat", "--as", "y-amrani", "--at", TUESDAY, typed=f"{WIJKAGENT}\n\n   \nStop\nhelp\n")

    assert (done.code, done.err) == (0, "")
    assert done.out == ANSWER + "\n"


def test_a_newcomer_speaks_as_a_contact_of_the_first_koppel():
    done = verbinder("chat", "--at", TUESDAY, typed=f"{WIJKAGENT}\n")

    assert done.out == ANSWER + "\n"


@pytest.mark.parametrize("number", ["2", "2.", "nr 2", "nr. 2", "Nummer 2", "optie 2", "2)", "Ahmed van Leeuwen"])
def test_a_choice_can_be_typed_as_a_number_or_a_name(number):
    done = verbinder("chat", "--as", "j-schouten", "--at", TUESDAY, typed=f"wie is de wijkagent\n{number}\n")

    assert done.out.split("\n\n")[1].startswith("Bel Ahmed van Leeuwen, wijkagent\n")


def test_a_pipe_never_gets_colours_or_frames():
    done = python("-m", "bot.cli", "chat", "--as", "y-amrani", "--at", TUESDAY, typed=WIJKAGENT, FORCE_COLOR="1")

    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == ANSWER + "\n"


def test_a_reader_that_stops_reading_is_no_fault():
    command = f'"{sys.executable}" -m bot.cli check | head -c 10; exit "${{PIPESTATUS[0]}}"'
    done = subprocess.run(["bash", "-c", command], capture_output=True, cwd=ROOT, check=False)

    assert (done.returncode, done.stdout, done.stderr) == (0, b"Inhoud: 30", b"")


def test_an_answer_of_which_only_the_first_line_is_read_is_an_answer():
    command = f'"{sys.executable}" -m bot.cli ask "wie is de wijkagent" --as y-amrani | true; exit "${{PIPESTATUS[0]}}"'
    done = subprocess.run(["bash", "-c", command], capture_output=True, cwd=ROOT, check=False)

    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
