"""Fetches the sentences that the assistant says from `knowledge/words`, filled in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

WORDS = Path(__file__).parent.parent / "knowledge" / "words"


class Words:
    """All sentences, by a name of two parts: file and key ("contact.niemand")."""

    def __init__(self, folder: Path = WORDS, own: Path | None = None) -> None:
        """Sentences of `folder`, and over them those of a network's own folder."""
        self._sentences: dict[str, Any] = {}
        for path in (*sorted(folder.glob("*.yaml")), *(sorted(own.glob("*.yaml")) if own else ())):
            for key, sentence in (yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}).items():
                self._sentences[f"{path.stem}.{key}"] = sentence

    def __contains__(self, name: str) -> bool:
        return name in self._sentences

    def say(self, name: str, **values: object) -> str:
        """The sentence, filled in. A sentence with `een` and `meer` chooses by the value `aantal`. Raises KeyError when unknown."""
        sentence = self._sentences[name]
        if isinstance(sentence, dict):
            sentence = sentence["een" if values.get("aantal") == 1 else "meer"]
        return str(sentence).rstrip().format(**values)

    def list(self, name: str) -> list[str]:
        """A list of sentences, as it stands."""
        return [str(sentence) for sentence in self._sentences[name]]

    def table(self, name: str) -> dict[str, int]:
        """A table of words with a number each, as it stands."""
        return {str(word): int(number) for word, number in self._sentences[name].items()}
