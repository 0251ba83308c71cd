"""The words that people use instead of each other."""

from __future__ import annotations

from collections import defaultdict

from knowledge.text import read


def alike(groups: list[list[str]]) -> dict[str, frozenset[str]]:
    """For each word the words that people use instead of it."""
    found: dict[str, set[str]] = defaultdict(set)
    for group in groups:
        forms = {word.lemma for entry in group for word in read(entry)}
        for form in forms:
            found[form] |= forms - {form}
    return {form: frozenset(others) for form, others in found.items()}
