"""Whether somebody from outside the network reads along in a channel: then people's details go by direct message only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adapters.port import ShutOut, TryLater
from adapters.slack.call import No, call, pages
from bot.deliver import Unsure

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_sdk.web.async_client import AsyncWebClient

    from adapters.slack.directory import Directory

KEPT_SECONDS = 300.0
"""How long what was found about a channel holds, unless somebody comes or goes."""


class Audience:
    """Who sits in which channel. What cannot be found out counts as somebody from outside."""

    def __init__(self, client: AsyncWebClient, directory: Directory, seconds: Callable[[], float]) -> None:
        self._client, self._directory, self._seconds = client, directory, seconds
        self._found: dict[str, tuple[float, bool]] = {}
        self._teams: dict[str, str | None] = {}

    async def has_outsiders(self, channel: str) -> bool:
        """Whether the channel is open, or somebody is in it who is not of the network."""
        known = self._found.get(channel)
        if known and self._seconds() - known[0] < KEPT_SECONDS:
            return known[1]
        try:
            found = await self._look(channel)
        except (No, ShutOut, TryLater, Unsure):
            return True
        self._found[channel] = (self._seconds(), found)
        return found

    def changed(self, channel: str) -> None:
        """Somebody came or went."""
        self._found.pop(channel, None)

    async def mail(self, user: str) -> str | None:
        """The address of somebody of our own workspace that Slack itself has verified."""
        try:
            profile = (await call(self._client, "users.info", user=user))["user"]
        except (No, ShutOut, TryLater, Unsure):
            return None
        ours = not profile.get("is_bot") and profile.get("team_id") == self._directory.home
        found = profile.get("profile", {}).get("email") if ours and profile.get("is_email_confirmed") else None
        return str(found) if found else None

    async def _look(self, channel: str) -> bool:
        about = await call(self._client, "conversations.info", channel=channel)
        if not about["channel"].get("is_private"):
            return True
        async for page in pages(self._client, "conversations.members", channel=channel):
            for user in page["members"]:
                if await self.is_outsider(user):
                    return True
        return False

    async def team(self, user: str) -> str | None:
        """The workspace of somebody; None when it cannot be found out."""
        try:
            return await self._team(user)
        except (No, ShutOut, TryLater, Unsure):
            return None

    async def _team(self, user: str) -> str | None:
        """The workspace of somebody; None for an app."""
        if user not in self._teams:
            profile = (await call(self._client, "users.info", user=user))["user"]
            # Our own user, and other apps that somebody of the network has let in, read no chat as people do.
            self._teams[user] = None if profile.get("is_bot") else profile.get("team_id")
        return self._teams[user]

    async def is_outsider(self, user: str) -> bool:
        """Whether somebody is not of the network, and no app. Raises as `call` does."""
        if self._directory.person(user):
            return False
        team = await self._team(user)
        return team is not None and self._directory.person(user, team) is None
