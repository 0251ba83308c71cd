"""A thumb under an offered handover takes nothing over: whoever put it there is told so, where they look, and nobody else.

It need not stay, so it is a message that only they see and that goes by itself.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from adapters.port import ShutOut, TryLater
from adapters.slack.call import No, call
from bot.deliver import Unsure

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

    from adapters.slack.directory import Directory
    from bot.words import Words

YES = frozenset({
    "+1", "ok_hand", "ok", "white_check_mark", "heavy_check_mark", "ballot_box_with_check", "muscle", "raised_hands", "handshake",
})  # fmt: skip
"""Reactions by which people mean that they will do it."""
TAKES = "neem-"
"""How the controls begin by which somebody takes something over."""
REMEMBERED = 500

log = logging.getLogger(__name__)


class Hints:
    """The hints of one workspace: each of them once for each message."""

    def __init__(self, client: AsyncWebClient, directory: Directory, words: Words) -> None:
        self._client, self._directory, self._words = client, directory, words
        self._told: dict[str, None] = {}

    async def stray(self, event: dict[str, Any]) -> None:
        """A reaction that chose nothing."""
        item, user = event.get("item", {}), event["user"]
        once = f"{item.get('channel')}/{item.get('ts')}/{user}"
        if item.get("type") != "message" or event["reaction"].partition("::")[0] not in YES or once in self._told:
            return
        offered = self._directory.message(f"{item['channel']}/{item['ts']}")
        takes = offered and any(option.id.startswith(TAKES) for option in offered.reply.options)
        if not takes or self._directory.person(user, event.get("user_team")) is None:
            return
        self._told[once] = None
        while len(self._told) > REMEMBERED:
            del self._told[next(iter(self._told))]
        try:
            text = self._words.say("melding.losse-reactie")
            await call(self._client, "chat.postEphemeral", channel=item["channel"], user=user, text=text)
        except (No, ShutOut, TryLater, Unsure) as error:
            log.warning("a hint could not be given: %s", error)
