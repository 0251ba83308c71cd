"""Whatever the assistant says, Slack takes it: checked by the rules of a server that refuses what Slack refuses."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack import limits
from adapters.slack.controls import Sheet
from adapters.slack.forms import Forms
from adapters.slack.render import render, turned
from adapters.slack.text import escaped, typed
from bot.app import open_app
from bot.messages import Line, Option, Reply
from bot.talk.flow import Page
from bot.talk.forms import Form
from tests.asking import words
from tests.slack_server.blocks import blocks_too_long, check_message_blocks, check_view
from tests.slack_server.people import elements, labels, options_of
from tests.slack_server.text import CONTROL, controls, shown

STYLES = st.sampled_from(["plain", "headline", "person", "number", "note", "reason", "alarm", "list"])
TEXTS = st.one_of(
    st.text(max_size=60),
    st.integers(0, 9000).map(lambda size: "woord " * (size // 6)),
    st.sampled_from(["<!channel>", "<@U0TIM>", "@here", "#algemeen", "https://voorbeeld.nl", "*vet* _schuin_ `code`", "", " "]),
)
LINES = st.lists(st.builds(Line, TEXTS, STYLES), min_size=1, max_size=40)
OPTIONS = st.lists(
    st.builds(Option, st.text("abcdefgh-:0123", min_size=1, max_size=40), st.text(min_size=1, max_size=40), st.booleans()),
    max_size=130, unique_by=lambda option: option.id,
)  # fmt: skip
KINDS = st.sampled_from(["contact", "question", "result", "handover", "digest", "urgent", "knowledge", "refusal"])


@settings(max_examples=60, deadline=None)
@given(LINES, OPTIONS, st.booleans(), KINDS)
def test_every_reply_is_taken_by_slack_says_all_of_it_and_mentions_nobody(lines, options, multiple, kind):
    parts = render(Reply(kind, tuple(lines), tuple(options), multiple), 17, words())
    for part in parts:
        check_message_blocks(part.blocks)
        assert part.text
        assert len(part.text) <= limits.TEXT
        assert not blocks_too_long(part.blocks)
        assert controls({"text": part.text, "blocks": part.blocks}) == []
    whole = "".join(shown({"blocks": part.blocks}) for part in parts)
    gone = {f"{number}. {option.label}" for number, option in enumerate(options, start=1)} | {f"- {option.label}" for option in options}
    said = [line.text for line in lines if len(line.text) <= 1500 and not (multiple and line.text in gone)]
    compact = "".join(whole.split())
    assert all("".join(text.split()) in compact for text in said)


def test_small_lines_stand_under_each_other_and_a_number_to_be_called_is_never_small():
    lines = (
        Line("Bel Tim", "person"), Line("Vervanger: Els Dekker, 06-55500103", "note"), Line("Waarom: zo", "reason"),
        Line("  Bron: bijlage 4", "note"), Line("Ook hierover:", "note"), Line("1. Verzuim", "list"),
    )  # fmt: skip
    (part,) = render(Reply("contact", lines), 1, words())

    said, small, listed = part.blocks
    assert shown({"blocks": [said]}) == "Bel Tim\nVervanger: Els Dekker\n06-55500103"
    assert [one["text"] for one in small["elements"]] == ["Waarom: zo\nBron: bijlage 4"]  # Slack puts two of them beside each other
    assert shown({"blocks": [listed]}) == "Ook hierover:\n1. Verzuim"


def test_what_is_listed_is_a_list_and_there_is_air_above_who_is_to_be_called():
    lines = (
        Line("Bij een van deze:"), Line("- 16 uur", "list"), Line("- 3 dagen", "list"), Line("De school meldt het."),
        Line("Bel Bart Smit", "person"), Line("06-55500106", "number"),
    )  # fmt: skip
    (block,) = render(Reply("knowledge", lines), 1, words())[0].blocks

    assert [element["type"] for element in block["elements"]] == ["rich_text_section", "rich_text_list", "rich_text_section"]
    assert shown({"blocks": [block]}) == "Bij een van deze:\n- 16 uur\n- 3 dagen\nDe school meldt het.\n\nBel Bart Smit\n06-55500106"


def test_many_boxes_stand_in_groups_of_ten_and_all_can_be_ticked():
    options = (*(Option(f"f{number}", f"Feit {number}") for number in range(23)), Option("verder", "Verder"))
    (part,) = render(Reply("question", (Line("Wat speelt er?"),), options, multiple=True), 1, words())

    groups = [block["elements"][0] for block in part.blocks if block["type"] == "actions" and block["elements"][0]["type"] == "checkboxes"]
    assert [len(group["options"]) for group in groups] == [10, 10, 3]
    assert labels(part.blocks)[-1] == "Verder"


def test_more_options_than_fit_as_buttons_become_a_menu_with_their_numbers():
    options = tuple(Option(f"k{number}", f"Koppel {number}") for number in range(30))
    (part,) = render(Reply("choice", (Line("Welke?"),), options), 1, words())

    assert labels(part.blocks)[:2] == ["1. Koppel 0", "2. Koppel 1"]


def test_a_list_that_does_not_fit_with_its_text_stands_in_a_message_of_its_own():
    options = tuple(Option(f"k{number}", "Koppel van een school met een naam".ljust(40, "x")) for number in range(100))
    parts = render(Reply("choice", tuple(Line("woord " * 100) for _ in range(14)), options), 1, words())

    assert [blocks_too_long(part.blocks) for part in parts] == [False, False]
    assert labels(parts[1].blocks)[-1] == "Volgende (51–100)"


def test_each_part_of_a_long_answer_is_read_out_by_itself():
    lines = tuple(Line(f"{number}. {'woord ' * 50}") for number in range(60))
    first, *_, last = render(Reply("knowledge", lines), 1, words())

    assert first.text.startswith("0. woord")
    assert "59. woord" in last.text


def test_a_long_note_is_said_whole():
    note = "woord " * 900
    parts = render(Reply("result", (Line("Uitkomst", "headline"), Line(f"{note}einde", "note"))), 1, words())

    assert "".join(shown({"blocks": part.blocks}) for part in parts).replace("\n", "").endswith(f"{note}einde")


def test_very_many_short_lines_stay_within_what_slack_takes():
    parts = render(Reply("knowledge", tuple(Line(f"regel {number}", "person" if number % 2 else "plain") for number in range(900))), 1, words())

    assert [blocks_too_long(part.blocks) for part in parts] == [False] * len(parts)
    assert len(parts) > 1


@pytest.mark.parametrize("multiple", [False, True])
def test_all_that_can_be_chosen_stands_on_one_of_the_sheets(multiple):
    options = tuple(Option(f"k{number}", f"Koppel {number}") for number in range(333))
    reply = Reply("choice", (Line("Welke?"),), (*options, Option("verder", "Verder")) if multiple else options, multiple)
    sheets = [turned(reply, 1, words(), Sheet(number)) for number in range(7)]
    found = [one["value"] for part in sheets for _, element in elements(part.blocks) for one in options_of(element)]
    for part in sheets:
        check_message_blocks(part.blocks)

    assert found == [one.id for one in options]


def test_a_form_offers_all_of_a_long_list_in_one_menu():
    app = open_app(None)
    page = Page("wie", "wie", (Line("Wie?", "headline"),), tuple(Option(f"k{number}", f"Naam {number}") for number in range(250)))
    view = Forms(app, None, None, None, "T0").view(Form("quickscan", "", (page,), frozenset()))
    app.close()
    check_view(view)

    assert labels(view["blocks"])[-1] == "Naam 249"


def test_where_a_typed_number_is_an_answer_no_box_is_numbered():
    options = (Option("een", "Een keer"), Option("verder", "Verder"))
    (part,) = render(Reply("question", (Line("Hoe vaak?"),), options, multiple=True, numbered=False), 1, words())

    assert labels(part.blocks) == ["Een keer", "Verder"]


@pytest.mark.parametrize(("label", "said"), [("12 t/m 17 jaar", "Hoe oud?"), ("Een antwoord dat een telefoon niet heel laat zien", "Hoe oud?\n- {0}\n- Ouder")])
def test_buttons_that_are_read_whole_and_have_no_number_to_type_are_not_said_twice(label, said):
    lines = (Line("Hoe oud?"), Line(f"- {label}", "list"), Line("- Ouder", "list"))
    (part,) = render(Reply("question", lines, (Option("a", label), Option("b", "Ouder")), numbered=False), 1, words())

    assert shown({"blocks": part.blocks}) == said.format(label)
    assert labels(part.blocks) == [label, "Ouder"]


def test_what_was_ticked_before_is_ticked():
    options = (Option("a", "A", selected=True), Option("b", "B"), Option("verder", "Verder"))
    (part,) = render(Reply("question", (Line("?"),), options, multiple=True), 1, words())

    assert part.blocks[1]["elements"][0]["initial_options"] == [part.blocks[1]["elements"][0]["options"][0]]


@pytest.mark.parametrize("kind", ["question", "result", "handover", "reminder", "escalation", "digest", "announcement", "confirmation", "refusal"])
def test_beside_the_blocks_stands_a_text_without_anything_of_the_case(kind):
    (part,) = render(Reply(kind, (Line("BLAUWE-OTTER, fase 3, ROOD", "headline"),)), 1, words())

    assert part.text.endswith(".")
    assert not any(word in part.text for word in ("OTTER", "fase", "ROOD", "3"))


def test_the_question_which_of_several_handovers_is_meant_stays_off_the_lock_screen():
    lines = (Line("Welke overdracht bedoel je?", "headline"), Line("1. BLAUWE-OTTER, Sanne", "list"))

    (part,) = render(Reply("choice", lines, data={"flow": "overdracht", "step": "welke"}), 1, words())

    assert part.text == "Verbinder heeft een vraag voor je."


def test_danger_says_112_first_on_a_lock_screen_as_well():
    (part,) = render(Reply("urgent", (Line("Bel 112.", "alarm"), Line("Wendy Mulder", "person"))), 1, words())

    assert part.text == "Bel 112."


def test_a_control_carries_its_message_and_its_option():
    (part,) = render(Reply("question", (Line("?"),), (Option("ja", "Ja"),)), 42, words())

    assert json.loads(part.blocks[-1]["elements"][0]["value"]) == {"m": 42, "o": "ja"}


@given(st.text(max_size=80))
def test_nothing_that_is_escaped_is_a_mention_or_a_link(text):
    assert CONTROL.findall(escaped(text)) == []


@pytest.mark.parametrize(("sent", "read"), [
    ("<@U0BOT> wie is onze wijkagent", "wie is onze wijkagent"),
    ("<@U0BOT|verbinder> help", "help"),
    ("draag dit over aan <@U0WENDY>", "draag dit over aan Wendy Mulder"),
    ("mijn nummer is nu <tel:0655500112|06-55500112>", "mijn nummer is nu 06-55500112"),
    ("mail <mailto:a@b.example|a@b.example>", "mail a@b.example"),
    ("zie <https://voorbeeld.nl|voorbeeld.nl> in <#C01|algemeen>", "zie voorbeeld.nl in #algemeen"),
    ("x &lt; 3 &amp;&amp; y &gt; 2", "x < 3 && y > 2"),
    ("<!here> kom", "kom"),
])  # fmt: skip
def test_what_is_typed_is_read_as_people_mean_it(sent, read):
    assert typed(sent, {"U0WENDY": "Wendy Mulder"}.get, "U0BOT") == read
