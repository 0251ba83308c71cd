"""Dutch for what the command line library says of itself: the headings of its help, and what is wrong with it."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

# The library is pinned to one minor version: it has no public name for these.
from typer._click.exceptions import BadOptionUsage, MissingParameter, NoSuchOption, UsageError
from typer.core import TyperCommand, TyperGroup

if TYPE_CHECKING:
    from typer._click import Context

__all__ = ["Command", "Group", "UsageError", "in_dutch"]

_HEADINGS = (
    ("Usage:", "Gebruik:"),
    ("[OPTIONS]", "[OPTIES]"),
    ("COMMAND [ARGS]...", "OPDRACHT …"),
    ("Options:", "Opties:"),
    ("Arguments:", "Argumenten:"),
    ("Commands:", "Opdrachten:"),
    ("Show this message and exit.", "Laat deze uitleg zien."),
    ("Install completion for the current shell.", "Vul opdrachten voortaan aan in deze shell."),
    ("Show completion for the current shell, to copy it or customize the installation.", "Laat zien wat daarvoor nodig is."),
    ("[required]", "[verplicht]"),
    ("[env var:", "[uit de omgeving:"),
    ("; default:", "; standaard:"),
    ("[default:", "[standaard:"),
)


def _translated(text: str) -> str:
    """The help with its headings in Dutch. The library breaks lines where it likes, so spaces match any space."""
    for english, dutch in _HEADINGS:
        text = re.sub(r"\s+".join(map(re.escape, english.split(" "))), dutch, text)
    return text


class Command(TyperCommand):
    """A command whose help is Dutch throughout."""

    def get_help(self, ctx: Context) -> str:
        return _translated(super().get_help(ctx))


class Group(TyperGroup):
    """The commands together, in the order in which they are written down."""

    def get_help(self, ctx: Context) -> str:
        return _translated(super().get_help(ctx))


def in_dutch(fault: UsageError) -> str:
    """What is wrong with a command, and what to type to see how it goes."""
    command = fault.ctx.command_path if fault.ctx else "verbinder"
    return f"{_what(fault)}\nUitleg: {command} --help"


def _what(fault: UsageError) -> str:
    if isinstance(fault, NoSuchOption):
        near = f" Bedoel je {fault.possibilities[0]}?" if fault.possibilities else ""
        return f"De optie {fault.option_name} is er niet.{near}"
    if isinstance(fault, MissingParameter) and fault.param is not None:
        option = fault.param.param_type_name == "option"
        return f"Er ontbreekt iets: {fault.param.opts[0] if option else fault.param.metavar}."
    if isinstance(fault, BadOptionUsage):
        takes_none = "does not take" in fault.message
        return f"Achter {fault.option_name} hoort {'niets' if takes_none else 'een waarde'}."
    if extra := re.search(r"unexpected extra arguments?\S* \((.*)\)", fault.message, re.DOTALL):
        return f"Dit is te veel: {extra[1]}. Zet een vraag van meer woorden tussen aanhalingstekens."
    if unknown := re.search(r"No such command '([^']*)'", fault.message, re.DOTALL):
        names = list(fault.ctx.command.commands) if fault.ctx and isinstance(fault.ctx.command, TyperGroup) else []
        likely = get_close_matches(unknown[1], names, 1)
        return f'De opdracht "{unknown[1]}" is er niet.' + (f" Bedoel je {likely[0]}?" if likely else "")
    return "Zo begrijp ik de opdracht niet."
