"""What is brought in to do harm: in a file, in a field, in a message. It stays text, or is refused in a sentence."""

import ast
import json
import os
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.matrix.render import render as as_matrix
from adapters.slack.render import render as as_slack
from bot.app import open_app
from bot.messages import Chose, Said
from bot.picture.named import picture_png
from knowledge.network_faults import NetworkFault
from knowledge.network_files import read_network
from tests.asking import EXAMPLE, library, moment, words

NOW = moment("2026-11-24T10:00")
SQL = "Robert'); DROP TABLE person; --"
MARKUP = "<!channel> <@U0BOT> @room <b>Ans</b> [x](http://y.example) <http://z.example|hier> *vet*"
BOT = Path(__file__).parent.parent / "bot"


@pytest.fixture
def app():
    opened = open_app()
    opened.assistant.take_network(read_network(EXAMPLE))
    yield opened
    opened.close()


def said(app):
    rows = app.store.connection.execute("SELECT body FROM outbox WHERE body IS NOT NULL ORDER BY id").fetchall()
    return [json.loads(body) for (body,) in rows]


# Files


@pytest.mark.parametrize(
    "content",
    [
        "naam" + ";x" * 200_000 + "\nA" + ";1" * 200_000 + "\n", "naam;organisatie\n" + "A" * 3_000_000 + ";Linde\n",
        "naam;organisatie;soort\n" + "A;Linde;vo" + ";" * 2_000_000 + "1\n", 'naam\n"' + "a\n" * 500_000,
    ],
    ids=["kolommen", "vak", "vakken", "regels"],
)  # fmt: skip
def test_a_table_that_is_made_to_choke_on_is_refused_in_sentences(tmp_path, content):
    file = tmp_path / "lijst.csv"
    file.write_text(content, encoding="utf-8")

    with pytest.raises(NetworkFault) as fault:
        read_network(file)
    assert len(str(fault.value)) < 20_000


def test_one_thing_that_stands_for_a_billion_is_not_followed(tmp_path):
    file = tmp_path / "netwerk.yaml"
    layers = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10))
    file.write_text(f"a0: &a0 lol\n{layers}\n", encoding="utf-8")

    with pytest.raises(NetworkFault, match="verwijzing binnen het bestand"):
        read_network(file)


def test_a_name_with_a_letter_of_another_script_in_it_is_refused_with_what_to_do(tmp_path):
    file = tmp_path / "netwerk.yaml"
    file.write_text(EXAMPLE.read_text(encoding="utf-8").replace("Wendy Mulder", "W\u0435ndy Mulder"), encoding="utf-8")

    with pytest.raises(NetworkFault, match="typ Wendy opnieuw"):
        read_network(file)


def test_signs_that_nobody_sees_are_left_out_of_a_name(tmp_path):
    file = tmp_path / "netwerk.yaml"
    file.write_text(EXAMPLE.read_text(encoding="utf-8").replace("Wendy Mulder", "\u202eWen\u200bdy\u00ad Mulder"), encoding="utf-8")

    assert read_network(file).person_by_id["w-mulder"].name == "Wendy Mulder"


@pytest.mark.parametrize("name", ["n.zip", "n.yaml", "pijp.yaml", "nul.yaml", "kring.yaml", "/dev/zero", "../../../etc/passwd", "/proc/self/environ"])
def test_what_is_no_network_is_refused_in_a_sentence_wherever_the_path_leads(tmp_path, name):
    with zipfile.ZipFile(tmp_path / "n.zip", "w") as packed:
        packed.write(EXAMPLE, "netwerk.yaml")
    shutil.copy(tmp_path / "n.zip", tmp_path / "n.yaml")
    os.mkfifo(tmp_path / "pijp.yaml")  # into which nobody writes
    (tmp_path / "nul.yaml").symlink_to("/dev/zero")
    (tmp_path / "kring.yaml").symlink_to(tmp_path / "kring.yaml")

    with pytest.raises(NetworkFault) as fault:
        read_network(tmp_path / name)
    assert "verwacht" in str(fault.value) or "openen" in str(fault.value)
    assert "root:" not in str(fault.value)


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "fasekaart/../../x", "C:\\x"])
def test_the_name_of_a_picture_is_no_path(name):
    with pytest.raises(KeyError):
        picture_png(name, library())


# Fields


def test_sql_in_every_field_that_is_kept_is_text(app):
    network = app.assistant.world.network
    people = tuple(replace(one, name=f"{SQL} {one.id}", phone=SQL, email=SQL, slack=SQL, matrix=SQL) for one in network.people)
    organisations = tuple(replace(one, name=f"{SQL} {one.id}", wijk=SQL, municipality=SQL) for one in network.organisations)
    evil = replace(network, name=SQL, people=people, organisations=organisations)
    app.assistant.take_network(evil)
    for number, text in enumerate((SQL, f"wie is {SQL}", f"draag dit over aan {SQL}", f"mijn nummer is {SQL}", "vergeet mij", "1")):
        app.assistant.handle(Said(f"{SQL}{number}", NOW, SQL, f"dm:{SQL}", text, platform=SQL, thread=SQL, mail=SQL, edits=SQL), NOW)
        app.assistant.handle(Chose(f"{SQL}/{number}", NOW, SQL, SQL, number, (SQL,), platform=SQL), NOW)
    app.assistant.due(NOW)

    assert app.store.load_network() == evil
    assert app.store.failures() == []


def test_markup_in_names_of_the_network_file_calls_nobody_and_links_nowhere(app):
    network = app.assistant.world.network
    app.assistant.take_network(
        replace(
            network, people=tuple(replace(one, name=f"{MARKUP} {one.id}") for one in network.people),
            organisations=tuple(replace(one, name=f"{MARKUP} {one.id}") for one in network.organisations),
        )
    )  # fmt: skip
    for number, text in enumerate(("wie is onze wijkagent", "wie werkt er bij ons", "leerlingen dealen bij het hek, wie bel ik", "overdracht", "agenda")):
        app.assistant.handle(Said(f"e{number}", NOW, "s-devries", "dm:s-devries", text), NOW)
    for (number,) in app.store.connection.execute("SELECT id FROM outbox").fetchall():
        reply = app.store.outbox.message(number)[0].reply
        for part in as_slack(reply, number, words()):
            assert not [sign for sign in ("<!", "<@", "<http", "<#") if sign in part.text]
            assert '"mrkdwn"' not in json.dumps(part.blocks)
        for part in as_matrix(reply, alone=False):
            assert "@room" not in part.content["body"] + part.content["formatted_body"]
            assert "<b>" not in part.content["formatted_body"]
            assert "<a " not in part.content["formatted_body"]


# Messages


@pytest.mark.parametrize("mention", ["<@", "<!channel", "<@" + "U" * 200, "<<@U1>@room>"])
def test_what_is_offered_back_without_personal_data_has_no_half_a_mention_in_it(app, mention):
    app.assistant.handle(Said("half", NOW, "y-amrani", "dm:y-amrani", f"bel moeder op 0612345678 {mention}"), NOW)

    ((body,),) = app.store.connection.execute("SELECT body FROM outbox").fetchall()
    assert "[telefoonnummer]" in body
    assert not [sign for sign in ("<@", "<!", "@room") if sign in body]


@pytest.mark.parametrize("text", ["Xavi\u200bera Kromo\u00adsoeto spijbelt", "\u202eleerling Xaviera Kromosoeto\u202c", "Хaviera Kromosoeto uit 3b", "Ｘａｖｉｅｒａ Kromosoeto uit 3b"])
def test_letters_that_nobody_sees_or_that_look_alike_hide_no_name(app, text):
    app.assistant.handle(Said("e", NOW, "s-devries", "dm:s-devries", text), NOW)

    assert [one["kind"] for one in said(app)] == ["refusal"]
    assert not [sign for sign in "\u200b\u00ad\u202e\u202c" if sign in json.dumps(said(app), ensure_ascii=False)]


@pytest.mark.parametrize("piece", ["a", "1", "@", "(", "A b. ", "naam van jan ", "[x](y", "\u202e", "e\u0301", "Straat 12 "])
def test_a_message_of_a_megabyte_is_answered_and_not_repeated(app, piece):
    app.assistant.handle(Said("e", NOW, "s-devries", "dm:s-devries", (piece * 1_000_000)[:1_000_000]), NOW)

    assert app.store.failures() == []
    assert 0 < len(json.dumps(said(app))) < 20_000


# Where free text could get in


def test_nothing_of_what_was_typed_is_a_value_of_a_statement():
    typed = {"text", "typed", "said", "raw"}
    found = [
        f"{path.relative_to(BOT)}:{call.lineno}"
        for path in sorted(BOT.rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in {"execute", "executemany"}
        for part in call.args[1:]
        for node in ast.walk(part)
        if (isinstance(node, ast.Name) and node.id in typed) or (isinstance(node, ast.Attribute) and node.attr == "text")
    ]

    assert found == []
