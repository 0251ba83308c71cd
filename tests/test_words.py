"""The sentences and the content hold together with the code that uses them."""

import ast
import re
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
import yaml

from bot.check import check_content
from bot.words import WORDS
from knowledge.text import read
from tests.asking import library, understanding, words

ROOT = Path(__file__).parent.parent
SENTENCES = {
    f"{path.stem}.{key}": sentence
    for path in sorted(WORDS.glob("*.yaml")) for key, sentence in yaml.safe_load(path.read_text(encoding="utf-8")).items()
}  # fmt: skip
NAME = re.compile(rf"(?:{'|'.join(path.stem for path in WORDS.glob('*.yaml'))})\.(?!yaml)[a-z][a-z0-9-]*-?")

BEGINNING = re.compile(NAME.pattern.replace("[a-z][a-z0-9-]*-?", "([a-z][a-z0-9-]*-)?"))


@cache
def sources():
    return [
        ast.parse(path.read_text(encoding="utf-8"))
        for room in ("bot", "adapters", "knowledge")
        for path in (ROOT / room).rglob("*.py")
    ]


def named():
    """The names of sentences that stand in the code, and the beginnings of those it puts together."""
    whole, beginnings = set(), set()
    for node in (node for source in sources() for node in ast.walk(source)):
        if isinstance(node, ast.JoinedStr):
            first = node.values[0]
            if isinstance(first, ast.Constant) and BEGINNING.fullmatch(first.value):
                beginnings.add(first.value)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and NAME.fullmatch(node.value):
            whole.add(node.value)
    return whole - beginnings, beginnings


def test_every_sentence_that_the_code_asks_for_exists():
    whole, beginnings = named()

    assert sorted(name for name in whole if name not in SENTENCES) == []
    assert sorted(one for one in beginnings if not any(name.startswith(one) for name in SENTENCES)) == []


def test_every_sentence_is_used():
    whole, beginnings = named()

    assert sorted(name for name in SENTENCES if name not in whole and not name.startswith(tuple(beginnings))) == []


def test_every_sentence_gets_the_values_it_speaks_of():
    calls = [
        (node.args[0].value, {keyword.arg for keyword in node.keywords})
        for source in sources() for node in ast.walk(source)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "say"
        and node.args and isinstance(node.args[0], ast.Constant) and str(node.args[0].value) in SENTENCES
    ]  # fmt: skip

    assert len(calls) > 20
    assert [(name, gap) for name, given in calls if (gap := slots(SENTENCES[name]) - given)] == []


def slots(sentence):
    texts = sentence.values() if isinstance(sentence, dict) else sentence if isinstance(sentence, list) else [sentence]
    return {field for text in texts for _, field, _, _ in Formatter().parse(str(text)) if field}


def test_a_sentence_that_stands_in_no_file_is_a_fault_and_no_silence():
    with pytest.raises(KeyError):
        words().say("contact.bestaat-niet")


def test_a_value_with_braces_is_said_as_it_stands():
    assert words().say("contact.vervangt-zonder-rol", naam="{Ans}") == "Vervangt {Ans}."


# The content


def test_the_content_has_no_fault():
    assert check_content()[0] == []


def test_every_role_has_a_name_and_leads_to_another_until_the_coordinator():
    for role in library().roles.values():
        assert role.name
        assert role.id not in role.instead
        assert role.instead or role.id == "coordinator"


def test_every_role_is_found_by_each_of_its_own_words():
    missed = [
        (role.id, word) for role in library().roles.values() for word in (role.name, *role.words)
        if role.id not in {one.meaning for one in understanding()._roles.find(read(word))}
    ]  # fmt: skip

    assert missed == []


def test_the_examples_of_a_situation_find_it_among_the_first_three():
    told = [(record.id, example) for record in library().situations.values() for example in record.examples]
    missed = [(wanted, example) for wanted, example in told if wanted not in first_three(example, "situation")]

    assert len(told) > 500
    assert len(missed) / len(told) <= 0.05, missed[:20]


def first_three(text, what):
    return [hit.id for hit in understanding().finder.find(read(text), most=10) if hit.what == what][:3]
