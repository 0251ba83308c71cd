"""Commands that stand in files of their own, in the order in which `--help` lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adapters import caretaking
from bot.commands.agenda import agenda
from bot.commands.check import check
from bot.commands.evaluation import evaluation
from bot.commands.init import init
from bot.commands.keep import backup, restore, status
from bot.commands.picture import picture
from bot.commands.privacy import audit, forget, inzage, purge
from bot.commands.run import run
from bot.commands.show import show

if TYPE_CHECKING:
    from collections.abc import Callable

COMMANDS: tuple[Callable[..., Any], ...] = (
    check, init, run, *caretaking.COMMANDS, status, backup, restore, purge, forget, inzage, audit, show,
    picture, evaluation, agenda,
)  # fmt: skip
