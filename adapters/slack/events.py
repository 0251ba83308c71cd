"""What the app listens for at Slack, each thing handed to the core and acknowledged only when it is safe there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from slack_bolt.async_app import AsyncApp

    from adapters.slack.desk import Desk

Payload = dict[str, Any]
EVENTS = (
    "message", "app_mention", "reaction_added", "reaction_removed", "app_home_opened", "member_joined_channel",
    "member_left_channel",
)  # fmt: skip
COMMANDS = ("/wie", "/quickscan", "/overdracht", "/verbinder")
SHORTCUTS = ("draag_over", "nieuwe_overdracht", "quickscan")
ANY = re.compile(".*", re.DOTALL)


def attach(bolt: AsyncApp, desk: Desk) -> None:
    """Every kind of delivery to its own function of the desk. An exception in one means no acknowledgement: Slack comes again."""
    for name in EVENTS:
        bolt.event(name)(_event(getattr(desk, name)))
    for command in COMMANDS:
        bolt.command(command)(_answered(desk.command))
    for shortcut in SHORTCUTS:
        bolt.shortcut(shortcut)(_answered(desk.shortcut))
    bolt.action(ANY)(_answered(desk.control))
    bolt.view(ANY)(_answered(desk.submitted))


def _event(handle: Callable[[Payload], Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    async def listener(event: Payload) -> None:
        await handle(event)

    return listener


def _answered(handle: Callable[[Payload], Awaitable[Payload | None]]) -> Callable[..., Awaitable[None]]:
    """The answer, if there is one, goes back with the acknowledgement."""

    async def listener(ack: Callable[..., Awaitable[object]], body: Payload) -> None:
        answer = await handle(body)
        await ack(**(answer or {}))

    return listener
