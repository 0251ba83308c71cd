"""Choosing from a list in a terminal with the arrow keys and the space bar; typing goes on working beside it.

Nothing is highlighted until somebody presses an arrow, so that Enter alone never answers a question.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

    from bot.messages import Option, Reply
    from bot.words import Words

SUBMIT = "verder"
"""The option that ends a page with several answers."""


@dataclass
class Picker:
    """The options of one message, where the cursor stands (None: nowhere), and what is ticked."""

    options: tuple[Option, ...] = ()
    multiple: bool = False
    shown: bool = False
    """Shown from the start: the options of a question. Other lists show themselves at the first arrow."""
    cursor: int | None = None
    ticked: set[str] = field(default_factory=set)
    numbered: bool = True

    @classmethod
    def of(cls, reply: Reply) -> Picker:
        ticked = {option.id for option in reply.options if option.selected}
        return cls(reply.options, reply.multiple, reply.kind == "question", None, ticked, reply.numbered)

    def move(self, step: int) -> None:
        """Down from nowhere is the first; up from the first is nowhere again."""
        place = (-1 if self.cursor is None else self.cursor) + step
        self.cursor = min(place, len(self.options) - 1) if place >= 0 else None

    def toggle(self) -> None:
        """Ticks what the cursor is on, or takes the tick away."""
        if self.cursor is not None and self.options[self.cursor].id != SUBMIT:
            self.ticked ^= {self.options[self.cursor].id}

    def enter(self) -> tuple[str, ...] | None:
        """What Enter chooses; None when it only ticked something."""
        if self.cursor is None:
            return None
        option = self.options[self.cursor].id
        if not self.multiple:
            return (option,)
        if option != SUBMIT:
            self.toggle()
            return None
        return tuple(one.id for one in self.options if one.id in self.ticked)

    def lines(self) -> list[tuple[bool, str]]:
        """Each option as it stands on the screen, with whether the cursor is on it."""
        found = []
        for place, option in enumerate(self.options):
            box = "" if not self.multiple or option.id == SUBMIT else "[x] " if option.id in self.ticked else "[ ] "
            here = place == self.cursor
            number = f"{place + 1}. " if self.numbered else ""
            found.append((here, f"{'>' if here else ' '} {box}{number}{option.label}"))
        return found

    def prompt(self, words: Words) -> StyleAndTextTuples:
        """What stands before the cursor of the keyboard: the list if it is shown, and the sign to type at."""
        text: StyleAndTextTuples = []
        if self.options and (self.shown or self.cursor is not None):
            text += [("reverse" if here else "", f"{line}\n") for here, line in self.lines()]
            text.append(("", words.say("terminal.pijltjes-meer" if self.multiple else "terminal.pijltjes") + "\n"))
        return [*text, ("", "> ")]


def bindings(session: PromptSession[Any], current: list[Picker]) -> KeyBindings:
    """The keys that work on the list, as long as nothing has been typed. `current` holds the list of this moment."""
    from prompt_toolkit.filters import Condition  # noqa: PLC0415 - only where there is a terminal
    from prompt_toolkit.key_binding import KeyBindings  # noqa: PLC0415

    idle = Condition(lambda: bool(current[0].options) and not session.default_buffer.text)
    inside = Condition(lambda: current[0].cursor is not None)
    keys = KeyBindings()

    @keys.add("down", filter=idle)
    def _(_event: KeyPressEvent) -> None:
        current[0].move(1)

    @keys.add("up", filter=idle & inside)
    def _(_event: KeyPressEvent) -> None:
        current[0].move(-1)

    @keys.add(" ", filter=idle & inside & Condition(lambda: current[0].multiple))
    def _(_event: KeyPressEvent) -> None:
        current[0].toggle()

    @keys.add("enter", filter=idle & inside)
    def _(event: KeyPressEvent) -> None:
        chosen = current[0].enter()
        if chosen is not None:
            event.app.exit(result=chosen)

    return keys
