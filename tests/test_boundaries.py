"""The house rules that a machine can hold: who may import whom, who reads the clock, how long things may get."""

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted(path for room in ("knowledge", "bot", "adapters") for path in (ROOT / room).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
ENTRANCES = {"bot/cli.py", "bot/app.py", "bot/service.py"}

CLOCK = re.compile(
    r"\b(datetime|dt)\.(now|utcnow|today)|\bdate\.today|\btime\.(time|monotonic|perf_counter|localtime|gmtime|strftime|ctime)(_ns)?$"
)
PLATFORM = re.compile(r"slack|matrix|mxid|thread_?ts|trigger_?id|block_?id|\broom|(?<!s)channel(?!s)|\bnio\b", re.IGNORECASE)
FILE_FORMAT = re.compile(r"knowledge/network(_\w+)?\.py|knowledge/text\.py")
"""Where the keys `slack` and `matrix` of the network file are read and written, and what people type is cleaned."""


def name(path):
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path):
    """Every module that a file imports, wherever in the file it does so."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)}:{node.lineno}: write the import in full"
            yield node.module


def rooms(path):
    return {module.split(".")[0] for module in imported(path)}


def docstrings(path):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and ast.get_docstring(node):
            yield node.body[0].value
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


def test_knowledge_imports_neither_the_assistant_nor_an_adapter():
    assert [name(path) for path in SOURCES if name(path).startswith("knowledge/") and rooms(path) & {"bot", "adapters"}] == []


def test_only_the_entrances_bring_assistant_and_adapters_together():
    inside = (path for path in SOURCES if re.match(r"bot/(?!commands/)", name(path)))
    found = {name(path) for path in inside if "adapters" in rooms(path)}

    assert {one for one in found if not one.startswith("bot/commands/")} <= ENTRANCES


def test_the_sources_never_import_the_tests():
    assert [name(path) for path in SOURCES if "tests" in rooms(path)] == []


def test_only_adapters_import_a_chat_platform():
    platforms = {"slack_sdk", "slack_bolt", "nio"}

    assert [name(path) for path in SOURCES if not name(path).startswith("adapters/") and rooms(path) & platforms] == []


def test_only_adapters_speak_of_what_a_platform_calls_things():
    found = []
    for path in SOURCES:
        if name(path).startswith("adapters/") or FILE_FORMAT.fullmatch(name(path)):
            continue
        prose = {id(node) for node in docstrings(path)}
        for node in ast.walk(tree(path)):
            words = [getattr(node, field, None) for field in ("id", "arg", "attr", "name")]
            words += [node.value] if isinstance(node, ast.Constant) and id(node) not in prose else []
            found += [f"{name(path)}:{node.lineno}: {word}" for word in words if isinstance(word, str) and PLATFORM.search(word)]

    assert found == []


def test_only_one_file_reads_the_clock():
    found = set()
    for path in SOURCES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Attribute) and CLOCK.search(ast.unparse(node)):
                found.add(name(path))
            if isinstance(node, ast.ImportFrom) and node.module == "time":
                found.add(name(path))

    assert found == {"bot/clock.py"}


def test_only_the_commands_are_handed_the_clock():
    found = {name(path) for path in SOURCES if "bot.clock" in imported(path)}

    # One command is called after what two platforms call a place: it stands where such words may.
    assert {path for path in found if not path.startswith("bot/commands/")} == {"bot/cli.py", "adapters/caretaking.py"}


@pytest.mark.parametrize("example", ["datetime.now", "datetime.datetime.utcnow", "date.today", "time.time", "time.monotonic"])
def test_every_way_to_read_the_clock_is_recognised(example):
    assert CLOCK.search(example)


def test_a_file_is_one_idea_of_at_most_three_hundred_lines():
    found = {name(path) for path in SOURCES if len(path.read_text(encoding="utf-8").splitlines()) > 300}

    assert found == set()


def test_a_function_fits_a_screen():
    found = [
        f"{name(path)}: {node.name}"
        for path in SOURCES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno - node.lineno >= 40
    ]

    assert found == []


def test_every_file_opens_with_what_it_is_for():
    silent = [name(path) for path in SOURCES + TESTS if path.stat().st_size and not ast.get_docstring(tree(path))]

    assert silent == []


def test_our_own_code_is_never_mocked():
    found = [name(path) for path in TESTS if {"unittest", "mock"} & rooms(path)]

    assert found == []


def test_no_place_on_somebodys_machine_stands_in_a_file():
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split("\0")
    here = re.compile(r"/(home|Users|root|work|tmp)/[a-z]|[A-Z]:\\\\?Users")
    found = []
    for file in filter(None, tracked):
        if (ROOT / file) == Path(__file__) or not (ROOT / file).is_file():
            continue
        for number, line in enumerate((ROOT / file).read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
            if here.search(line):
                found.append(f"{file}:{number}")

    assert found == []
