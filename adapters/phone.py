"""What a narrow screen asks of the lines of a message, on any chat platform: a telephone number is never broken in two."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.messages import Line

_NUMBER = r"\+?[0-9][0-9 -]{7,}"
_ENDS_WITH_NUMBER = re.compile(rf"(.*\S), ({_NUMBER})")


def numbers_apart(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, with a number at the end of one ("Vervanger: Els Dekker, 06-…") on a line of its own, where it can be tapped."""
    for line in lines:
        found = _ENDS_WITH_NUMBER.fullmatch(line.text)
        yield from (replace(line, text=part) for part in (found.groups() if found else (line.text,)))


def is_number(text: str) -> bool:
    """Whether a line is a telephone number, and nothing else."""
    return re.fullmatch(_NUMBER, text) is not None
