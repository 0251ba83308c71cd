"""How a reply looks on Matrix, and that nothing that is said can become more than text there."""

import json
from dataclasses import replace

import pytest

from adapters.matrix.render import POLL, edited, harmless, option_for, related, render, same_question, text_content
from bot.messages import Line, Option, Reply

CHOICES = (Option("a", "Ja"), Option("b", "Nee"))


ASKED = (Line("Wat nu?", "headline"),)


def question(*options, multiple=False, lines=ASKED):
    return Reply("question", lines, options, multiple)


def test_the_plain_body_stands_alone_and_the_html_says_the_same():
    said = (Line("Bel Wendy Mulder", "headline"), Line("06-55500112", "number"), Line("Anders: Tim Bos, 06-55500102"), Line("Waarom: zo", "reason"))

    (part,) = render(Reply("contact", said), alone=True)

    assert part.content["body"] == "Bel Wendy Mulder\n06-55500112\nAnders: Tim Bos\n06-55500102\nWaarom: zo"
    html = "<strong>Bel Wendy Mulder</strong><br>06-55500112<br>Anders: Tim Bos<br>06-55500102<br><em>Waarom: zo</em>"
    assert part.content["formatted_body"] == html
    assert part.content["m.mentions"] == {}
    lines = (Line("Doe dit:"), Line("- a < b", "list"), Line("- c", "list"), Line("Klaar."), Line("Bel Tim", "person"))
    (part,) = render(Reply("result", lines), alone=True)
    assert part.content["formatted_body"] == "Doe dit:<ul><li>a &lt; b</li><li>c</li></ul>Klaar.<br><br><strong>Bel Tim</strong>"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("<b>vet</b> & <script>", "&lt;b&gt;vet&lt;/b&gt; &amp; &lt;script&gt;"),
        ("@room kom", "@\u2060room kom"),
        ("@jan:voorbeeld.nl", "@\u2060jan:voorbeeld.nl"),
        ("zie https://matrix.to/#/@jan:x", "zie https://matrix\u2060.to/#/@\u2060jan:x"),
        ("matrix:u/jan:x", "matrix\u2060:u/jan:x"),
        ("mail j.jansen@school.example", "mail j.jansen@school.example"),
    ],
)
def test_no_text_becomes_markup_or_calls_anybody(typed, shown):
    (part,) = render(Reply("knowledge", (Line(typed),)), alone=False)

    assert part.content["formatted_body"] == shown
    assert part.content["body"] == harmless(typed)


def test_a_choice_in_a_direct_chat_is_a_poll_with_the_same_choices_by_number():
    (part,) = render(question(*CHOICES), alone=True)

    assert part.type == POLL
    assert part.content[POLL]["max_selections"] == 1
    assert [(one["id"], one["org.matrix.msc1767.text"]) for one in part.content[POLL]["answers"]] == [("a", "1. Ja"), ("b", "2. Nee")]
    assert part.content["org.matrix.msc1767.text"] == "Wat nu?\n1. Ja\n2. Nee"


def test_a_list_of_which_several_may_be_chosen_lets_all_be_ticked():
    (part,) = render(question(*CHOICES, Option("verder", "Verder"), multiple=True), alone=True)

    assert part.content[POLL]["max_selections"] == 3


def test_where_others_would_see_a_vote_there_are_numbers_and_reactions_instead():
    (part,) = render(question(*CHOICES), alone=False)

    assert part.type == "m.room.message"
    assert part.content["body"] == "Wat nu?\n1. Ja\n2. Nee"
    assert part.seeds == ("1\ufe0f\u20e3", "2\ufe0f\u20e3")


def test_a_question_is_the_same_by_its_step_or_by_its_words_and_choices():
    step = Reply("question", ASKED, CHOICES, data={"step": "a", "reference": "R"})

    assert same_question(step, replace(step, lines=(Line("Dat herken ik niet."), *ASKED)))
    assert not same_question(step, replace(step, data={"step": "b", "reference": "R"}))
    assert same_question(question(*CHOICES), question(*CHOICES))
    assert not same_question(question(*CHOICES), question(*CHOICES, lines=(Line("Wat dan?"),)))


def test_more_choices_than_a_poll_holds_are_numbers():
    (part,) = render(question(*(Option(f"o{n}", f"Keuze {n}") for n in range(21))), alone=True)

    assert part.type == "m.room.message"
    assert part.content["body"].endswith("21. Keuze 20")
    assert part.seeds == ()


def test_a_long_question_comes_before_its_poll():
    first, last = render(question(*CHOICES, lines=(Line("Lang. " * 80), Line("Kies."))), alone=True)

    assert first.content["body"] == "Lang. " * 80  # the choices stand in the poll alone, and are read once
    assert last.content[POLL]["question"]["body"] == "Kies."
    assert last.content["body"] == "Kies.\n1. Ja\n2. Nee"
    first, last = render(question(*CHOICES, lines=(Line("Klopt dit?"), Line("Lang. " * 80), Line("Kies."))), alone=True)
    assert first.content["body"] == "Lang. " * 80
    assert last.content[POLL]["question"]["body"] == "Klopt dit?\nKies."


def test_a_choice_is_told_in_full_and_only_once():
    asked = (Line("Stap 1 van 2", "note"), Line("Wie bedoel je?", "headline"), Line("1. Ja de Boer, wijkagent", "list"), Line("2. Nee", "list"))
    (part,) = render(question(*CHOICES, lines=asked), alone=True)

    assert part.content[POLL]["question"]["body"] == "Stap 1 van 2.\nWie bedoel je?"  # a client may show it as one line
    assert [one["org.matrix.msc1767.text"] for one in part.content[POLL]["answers"]] == ["1. Ja de Boer, wijkagent", "2. Nee"]
    assert part.content["body"] == "Stap 1 van 2\nWie bedoel je?\n1. Ja de Boer, wijkagent\n2. Nee"
    (part,) = render(Reply("knowledge", (*asked[:1], Line("1. Ja, en nog meer", "list"), asked[3]), CHOICES), alone=True)
    assert part.content["body"] == "Stap 1 van 2\n1. Ja, en nog meer\n2. Nee"


@pytest.mark.parametrize("alone", [True, False])
def test_where_a_number_is_itself_an_answer_no_choice_has_one(alone):
    lines = (Line("Hoeveel dagen?"), Line("- Ja", "list"), Line("- Nee", "list"))
    (part,) = render(Reply("question", lines, CHOICES, numbered=False), alone=alone)

    assert part.content["body"] == "Hoeveel dagen?\n- Ja\n- Nee"
    assert part.seeds == ()
    answers = part.content[POLL]["answers"] if alone else []
    assert [one["org.matrix.msc1767.text"] for one in answers] == (["Ja", "Nee"] if alone else [])


def test_a_very_long_answer_is_several_messages_and_loses_nothing():
    lines = tuple(Line(f"regel {number} " + "x" * 300) for number in range(100))

    parts = render(Reply("knowledge", lines), alone=True)

    assert len(parts) > 1
    assert "\n".join(part.content["body"] for part in parts) == "\n".join(line.text for line in lines)


def test_a_reaction_chooses_with_or_without_its_colour():
    assert option_for("2\ufe0f\u20e3", CHOICES) == "b"
    assert option_for("2\u20e3", CHOICES) == "b"
    assert option_for("3\ufe0f\u20e3", CHOICES) is None
    assert option_for("👍", CHOICES) is None


def test_an_edit_calls_nobody():
    (part,) = render(Reply("handover", (Line("Ligt nu bij Wendy."),)), alone=False, mentions=["@wendy:x"])

    changed = edited(part.content, "$1")

    assert part.content["m.mentions"] == {"user_ids": ["@wendy:x"]}
    assert changed["m.mentions"] == changed["m.new_content"]["m.mentions"] == {}
    assert changed["m.relates_to"] == {"rel_type": "m.replace", "event_id": "$1"}


def test_a_change_of_a_very_long_message_fits_in_one_event_also_when_it_is_locked():
    content = text_content([Line(f"regel {number} {'x' * 180}") for number in range(100)])

    changed = edited(content, "$1")

    assert changed["m.new_content"]["body"] == content["body"]
    assert changed["body"].startswith("* regel 0 ")
    assert len(json.dumps(changed)) * 4 / 3 < 65_536


def test_an_answer_in_a_thread_points_at_thread_and_question():
    content = related({"body": "x"}, thread="$root", to="$asked")

    assert content["m.relates_to"] == {
        "rel_type": "m.thread", "event_id": "$root", "is_falling_back": False, "m.in_reply_to": {"event_id": "$asked"},
    }  # fmt: skip
