"""What can be chosen under a message: buttons, a menu, or boxes with a button to submit them.

A long list stands there a sheet at a time, with buttons for the one before and the next: nothing is out of reach.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from adapters.slack import limits
from adapters.slack.limits import cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.messages import Option, Reply
    from bot.words import Words

Block = dict[str, Any]
Numbered = tuple[int, "Option"]

ON = "verder"
"""The option that ends a page with several answers."""
PICK, TICK, GO, FORM, TURN = "kies", "vink", "door", "formulier", "blad"
"""What a control does: choose one, tick, submit the ticks, open the form, turn to another sheet."""
FORMS = frozenset({"quickscan"})


@dataclass(frozen=True)
class Sheet:
    """Which part of a long list stands there. `ticked`: the numbers that are ticked in all of it; None: as the reply says.

    `turn` differs each time that a sheet is turned, so that no box keeps a tick of another.
    """

    number: int = 0
    ticked: frozenset[int] | None = None
    turn: int = 0


FIRST = Sheet()


def plain(text: str) -> Block:
    """Text in which no sign means anything."""
    return {"type": "plain_text", "text": text, "emoji": False}


def options_as_blocks(reply: Reply, message: int, words: Words, within: str = "", sheet: Sheet = FIRST) -> list[Block]:
    """The controls of a message. `within` keeps the blocks of several messages on one view apart."""
    return [
        {"type": "actions", "block_id": f"{within}m{message}.{sheet.turn}.{number}", "elements": elements}
        for number, elements in enumerate(_rows(reply, message, words, sheet))
    ]


def _rows(reply: Reply, message: int, words: Words, sheet: Sheet) -> list[list[Block]]:
    if not reply.options:
        return []
    start = sheet.number * limits.SHEET
    listed = numbered(reply)
    shown = listed[start : start + limits.SHEET]
    around = _around(reply, message, words, sheet)
    if reply.multiple:
        groups = [shown[first : first + limits.BOXES] for first in range(0, len(shown), limits.BOXES)]
        boxes = [[_group(reply, group, number, sheet)] for number, group in enumerate(groups)]
        return [*boxes, [*around, _go(reply, message, words, sheet)]]
    if len(listed) <= limits.BUTTONS_SHOWN:
        return [[*(_button(message, option) for option in reply.options), *_form_button(reply, words)]]
    return [[_menu(reply, message, shown, words, sheet)], *([around] if around else [])]


def numbered(reply: Reply) -> Sequence[Numbered]:
    """All that can be chosen, with the number that can be typed for it; the option that only ends the page is none."""
    return [(number, one) for number, one in enumerate(reply.options, start=1) if not (reply.multiple and one.id == ON)]


def value(message: int, option: str) -> str:
    """What a control carries: which message it stands under, and what it chooses."""
    return _carried(m=message, o=option)


def _carried(**what: object) -> str:
    return json.dumps(what, separators=(",", ":"))


def _button(message: int, option: Option) -> Block:
    return {
        "type": "button", "action_id": cut(f"{PICK}:{option.id}", limits.IDENTIFIER),
        "text": plain(cut(option.label, limits.BUTTON_TEXT)), "value": value(message, option.id),
        **({"style": "primary"} if option.selected else {}),
    }  # fmt: skip


def _form_button(reply: Reply, words: Words) -> list[Block]:
    """At the beginning of a conversation that can also be filled in at once."""
    if reply.data.get("flow") not in FORMS or reply.data.get("number") != 1:
        return []
    return [{"type": "button", "action_id": f"{FORM}:{reply.data['flow']}", "text": plain(words.say("formulier.open"))}]


def _menu(reply: Reply, message: int, shown: Iterable[Numbered], words: Words, sheet: Sheet) -> Block:
    return {
        "type": "static_select", "action_id": f"{PICK}:{sheet.number}:{message}", "placeholder": plain(words.say("melding.kies")),
        "options": [
            {"text": plain(cut(_label(option, number, reply), limits.OPTION_TEXT)), "value": option.id} for number, option in shown
        ],
    }  # fmt: skip


def _go(reply: Reply, message: int, words: Words, sheet: Sheet) -> Block:
    label = next((option.label for option in reply.options if option.id == ON), words.say("gesprek.verder"))
    return {
        "type": "button", "action_id": GO, "text": plain(cut(label, limits.BUTTON_TEXT)), "style": "primary",
        "value": _carried(m=message, o=ON, **_elsewhere(reply, sheet)),
    }  # fmt: skip


def _around(reply: Reply, message: int, words: Words, sheet: Sheet) -> list[Block]:
    """Buttons to the sheet before and the next, each with which numbers stand there."""
    total = len(numbered(reply))
    last = (total - 1) // limits.SHEET
    found: list[Block] = []
    for key, number in (("vorige", sheet.number - 1), ("volgende", sheet.number + 1)):
        if 0 <= number <= last:
            first, end = number * limits.SHEET + 1, min((number + 1) * limits.SHEET, total)
            text = words.say(f"melding.{key}", van=first, tot=end)
            carried = _carried(m=message, p=number, v=sheet.turn + 1, **_elsewhere(reply, sheet))
            found.append({"type": "button", "action_id": f"{TURN}:{number}", "text": plain(text), "value": carried})
    return found


def _elsewhere(reply: Reply, sheet: Sheet) -> dict[str, str]:
    """What is ticked on other sheets, as one number of which each bit is a box; nothing where there is only one sheet."""
    listed = numbered(reply)
    if not reply.multiple or len(listed) <= limits.SHEET:
        return {}
    here = range(sheet.number * limits.SHEET, (sheet.number + 1) * limits.SHEET)
    on = [place for place, (number, one) in enumerate(listed) if place not in here and _is_on(number, one, sheet)]
    return {"t": f"{sum(1 << place for place in on):x}"}


def ticked_elsewhere(reply: Reply, carried: dict[str, Any]) -> tuple[str, ...]:
    """The options that were ticked on sheets that do not stand there, from what a button carries."""
    bits = int(carried.get("t", "0"), 16)
    return tuple(one.id for place, (_, one) in enumerate(numbered(reply)) if bits >> place & 1)


def _is_on(number: int, option: Option, sheet: Sheet) -> bool:
    return option.selected if sheet.ticked is None else number in sheet.ticked


def _label(option: Option, number: int, reply: Reply) -> str:
    """With the number that can be typed; where a typed number is an answer in itself there is none."""
    return f"{number}. {option.label}" if reply.numbered else option.label


def _group(reply: Reply, boxes: Sequence[Numbered], number: int, sheet: Sheet) -> Block:
    made = [{"text": plain(cut(_label(option, count, reply), limits.OPTION_TEXT)), "value": option.id} for count, option in boxes]
    ticked = [one for one, (count, option) in zip(made, boxes, strict=True) if _is_on(count, option, sheet)]
    group: Block = {"type": "checkboxes", "action_id": f"{TICK}:{number}", "options": made}
    return {**group, "initial_options": ticked} if ticked else group
