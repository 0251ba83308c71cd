"""Dutch for what the command line library says of itself: the headings of its help, and what is wrong with it."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

# The library is pinned to one minor version: it has no public name for these.
from typer._click.exceptions import BadOptionUsage, MissingParameter, NoSuchOption, UsageError
from typer._click.formatting import HelpFormatter
from typer.core import TyperCommand, TyperGroup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typer._click import Context

__all__ = ["Command", "Group", "UsageError", "in_dutch"]

_HEADINGS = (
    ("[OPTIONS]", "[OPTIES]"),
    ("COMMAND [ARGS]...", "OPDRACHT …"),
    ("Options", "Opties"),
    ("Arguments", "Argumenten"),
    ("Commands", "Opdrachten"),
    ("Show this message and exit.", "Laat deze uitleg zien."),
    ("Install completion for the current shell.", "Vul opdrachten voortaan aan in deze shell."),
    ("Show completion for the current shell, to copy it or customize the installation.", "Laat zien wat daarvoor nodig is."),
    ("[required]", "[verplicht]"),
    ("[env var:", "[uit de omgeving:"),
    ("; default:", "; standaard:"),
    ("[default:", "[standaard:"),
)
_TYPE = re.compile(r" <[\w\[\]]+>$")
"""What the library makes of an argument for programmers."""


def _translated(text: str) -> str:
    for english, dutch in _HEADINGS:
        text = text.replace(english, dutch)
    return re.sub(r"(\d+)<=x<=(\d+)", r"van \1 tot en met \2", text)


class _Dutch(HelpFormatter):
    """Lays out help in Dutch: the words come before the line breaks, so that no line is wider than the screen."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, _translated(args), prefix or "Gebruik: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(_translated(heading))

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        dutch = [(_TYPE.sub("", _translated(name)), _translated(text)) for name, text in rows]
        super().write_dl(dutch, col_max, col_spacing)


def _help(command: TyperCommand | TyperGroup, ctx: Context) -> str:
    page = _Dutch(width=ctx.terminal_width, max_width=ctx.max_content_width)
    command.format_help(ctx, page)
    return page.getvalue().rstrip("\n")


class Command(TyperCommand):
    """A command whose help is Dutch throughout."""

    def get_help(self, ctx: Context) -> str:
        return _help(self, ctx)

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except UsageError as fault:  # the library does not always say in which command it was
            fault.ctx = fault.ctx or ctx
            raise


class Group(TyperGroup):
    """The commands together, in the order in which they are written down."""

    def get_help(self, ctx: Context) -> str:
        return _help(self, ctx)


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
