"""YAML text to the tree, straight from the parser's events: every value stays as it was written, with its line.

Events rather than nodes: the C composer recurses without a limit (a file of brackets ends Python), events do not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from knowledge import network_words as words
from knowledge.network_tree import Items, Table, Text, Tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.network_faults import Faults

MOST_VALUES = 1_000_000
DEEPEST = 12  # a network needs five
NOTHING = frozenset({"", "~", "null"})

# What the YAML library says, and what somebody who does not know YAML should do about it.
_ADVICE = (
    ("tab character", words.EXPECT_SPACES),
    ("parsing a tag", words.EXPECT_QUOTES),
    ("scanning a tag", words.EXPECT_QUOTES),
    ("quoted scalar", words.EXPECT_CLOSED_QUOTE),
    ("unknown escape", words.EXPECT_ESCAPE),
    ("mapping values are not allowed", words.EXPECT_QUOTED_COLON),
    ("expected ',' or", words.EXPECT_CLOSED_BRACKET),
    ("did not find expected key", words.EXPECT_INDENT),
    ("did not find expected '-'", words.EXPECT_INDENT),
)


def read_yaml(text: str, faults: Faults) -> Tree:
    """The tree of the only document in `text`. Raises NetworkFault where reading on makes no sense."""
    try:
        root = _Builder(faults).build(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        lines = text.splitlines()
        at = lines[mark.line] if mark and mark.line < len(lines) else ""
        if "maximum nesting depth" in str(error):  # newer parsers stop before we can
            raise faults.fail(line, words.TOO_DEEP) from None
        raise faults.fail(line, words.NOT_UNDERSTOOD.format(expected=_advice(str(error), at))) from None
    if root is None:
        raise faults.fail(None, words.EMPTY_FILE)
    return root


def _advice(problem: str, line: str) -> str:
    if "cannot start any token" in problem:
        return words.EXPECT_SPACES if re.match(r"\s*\t", line) else words.EXPECT_QUOTES
    return next((advice for sign, advice in _ADVICE if sign in problem), words.EXPECT_YAML)


class _Builder:
    """Puts events together. `_open` holds the lists and tables that have begun, `_keys` the key that waits in each."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._root: Tree | None = None
        self._open: list[Items | Table] = []
        self._keys: list[Text | None] = []

    def build(self, events: Iterator[yaml.Event]) -> Tree | None:
        documents = 0
        for count, event in enumerate(events):
            line = event.start_mark.line + 1 if event.start_mark else 0
            if count > MOST_VALUES:
                raise self._faults.fail(line, words.TOO_MUCH.format(limit=MOST_VALUES))
            if isinstance(event, yaml.ScalarEvent):
                self._refuse(event, line)
                plain = event.style in (None, "")
                self._put(Text("" if plain and event.value in NOTHING else event.value, line))
            elif isinstance(event, yaml.CollectionStartEvent):
                self._refuse(event, line)
                self._begin(Items(line) if isinstance(event, yaml.SequenceStartEvent) else Table(line))
            elif isinstance(event, yaml.CollectionEndEvent):
                self._open.pop()
                self._keys.pop()
            elif isinstance(event, yaml.AliasEvent):
                raise self._faults.fail(line, words.ALIAS)
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._faults.fail(line, words.SECOND_DOCUMENT)
        return self._root

    def _refuse(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, line: int) -> None:
        """Anchors and tags: everything is written out, and a `!` is a Matrix room that misses its quotes."""
        if event.anchor is not None:
            raise self._faults.fail(line, words.ALIAS)
        if event.tag is not None:
            self._faults.add(line, "", words.TAG.format(found=event.tag))

    def _begin(self, collection: Items | Table) -> None:
        if len(self._open) >= DEEPEST:
            raise self._faults.fail(collection.line, words.TOO_DEEP)
        self._put(collection)
        self._open.append(collection)
        self._keys.append(None)

    def _put(self, value: Tree) -> None:
        if not self._open:
            self._root = value
            return
        parent, key = self._open[-1], self._keys[-1]
        if isinstance(parent, Items):
            parent.items.append(value)
        elif key is None:
            self._keys[-1] = self._key(value)
        else:
            if key.value in parent.entries:
                self._faults.add(key.line, key.value, words.TWICE.format(line=parent.key_lines[key.value]))
            else:
                parent.put(key.value, value, key.line)
            self._keys[-1] = None

    def _key(self, value: Tree) -> Text:
        if isinstance(value, Text):
            return value
        raise self._faults.fail(value.line, words.KEY_IS_NO_TEXT)
