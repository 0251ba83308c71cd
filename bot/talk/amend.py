"""Changes one earlier answer of a guided conversation; nothing else of it is touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.talk.flow import DOUBT, NOT_SURE, SKIPPED
from bot.talk.read_answer import Changed, Fact

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.talk.flow import Answers, Page, Values


def amend(answers: Answers, path: Mapping[str, Page], change: Changed | Fact) -> dict[str, Values]:
    """The answers with the change in them. A page without an answer is asked again."""
    kept = dict(answers)
    match change:
        case Changed(step=step, values=None):
            kept.pop(step, None)
        case Changed(step=step, values=values):
            assert values is not None
            kept[step] = values
        case Fact(step=step, option=option, mark=mark):
            alone = f"feit:{option}"
            if alone in path:
                kept[alone] = (mark,)
            elif path[step].multiple:
                kept[step] = _with(kept.get(step, ()), option, mark)
            elif mark == "ja":
                kept[step] = (option,)
            else:
                kept.pop(step, None)
    return kept


def _with(values: Values, option: str, mark: str) -> Values:
    others = tuple(one for one in values if one.removeprefix(DOUBT) != option and one not in {NOT_SURE, SKIPPED})
    if mark == "nee":
        return others
    return (*others, option if mark == "ja" else f"{DOUBT}{option}")
