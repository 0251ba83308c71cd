"""What can be found: every situation and topic as a document of words, questions and an answer, and which belong together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.library import Library
    from knowledge.tally import What


@dataclass(frozen=True)
class Document:
    """One situation or topic, by all that tells of it."""

    name: tuple[What, str]
    title: str
    words: tuple[str, ...]
    examples: tuple[str, ...]
    answer: str = ""


def documents(library: Library) -> Iterator[Document]:
    """All situations, then all topics."""
    for situation in library.situations.values():
        yield Document(("situation", situation.id), situation.title, tuple(situation.words), tuple(situation.examples))
    for topic in library.topics.values():
        yield Document(("topic", topic.id), topic.title, tuple(topic.words), tuple(topic.examples), topic.answer)


def kin(library: Library, found: list[Document]) -> list[frozenset[int]]:
    """For each document the numbers of those that its topic names as related, or that name it."""
    numbers = {document.name: number for number, document in enumerate(found)}
    near: list[set[int]] = [set() for _ in found]
    for topic in library.topics.values():
        one = numbers["topic", topic.id]
        for name in topic.related:
            if (other := numbers.get(("topic", name))) is not None:
                near[one].add(other)
                near[other].add(one)
    return [frozenset(one) for one in near]
