"""Turns to another sheet of a long list, in the message under which it stands: no fact, only another view of what was said."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from adapters.slack.call import call
from adapters.slack.controls import Sheet, numbered, ticked_elsewhere
from adapters.slack.read import ticked
from adapters.slack.render import turned

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

    from adapters.slack.directory import Directory
    from bot.words import Words


class Sheets:
    """The sheets of the messages in one workspace."""

    def __init__(self, client: AsyncWebClient, directory: Directory, words: Words) -> None:
        self._client, self._directory, self._words = client, directory, words

    async def turn(self, body: dict[str, Any]) -> None:
        """Shows the sheet that was asked for, with all that is ticked. Raises `TryLater`, `Unsure`, `Revoked`, `No`."""
        carried = json.loads(body["actions"][0]["value"])
        reply = self._directory.offered(carried["m"])
        if reply is None:
            return
        on = {*ticked(body), *ticked_elsewhere(reply, carried)}
        numbers = frozenset(number for number, option in numbered(reply) if option.id in on)
        part = turned(reply, carried["m"], self._words, Sheet(carried["p"], numbers, carried["v"]))
        await call(
            self._client, "chat.update", channel=body["channel"]["id"], ts=body["message"]["ts"], text=part.text, blocks=part.blocks
        )
