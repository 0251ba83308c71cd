"""What Slack remembers: people, channels, messages, views, files, and the installed app with its tokens and scopes."""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass
class User:
    id: str
    team: str
    name: str
    email: str | None = None
    is_bot: bool = False
    deleted: bool = False
    guest: bool = False
    confirmed: bool = True
    """Whether Slack has verified the e-mail address."""

    def profile(self, *, email: bool) -> Json:
        found: Json = {
            "id": self.id, "team_id": self.team, "name": self.name.lower().replace(" ", "."), "deleted": self.deleted,
            "color": "9f69e7", "real_name": self.name, "tz": "Europe/Amsterdam", "tz_label": "Central European Time",
            "tz_offset": 3600,
            "profile": {
                "title": "", "phone": "", "skype": "", "real_name": self.name, "real_name_normalized": self.name,
                "display_name": self.name, "display_name_normalized": self.name, "fields": {}, "status_text": "",
                "status_emoji": "", "status_expiration": 0, "avatar_hash": "g1234567890a", "first_name": self.name.split()[0],
                "last_name": self.name.split()[-1], "team": self.team,
                "image_24": "https://secure.gravatar.com/avatar/g1234567890a.jpg?s=24",
            },
            "is_admin": False, "is_owner": False, "is_primary_owner": False, "is_restricted": self.guest,
            "is_ultra_restricted": False, "is_bot": self.is_bot, "is_app_user": False, "updated": 1764000000,
            "is_email_confirmed": self.confirmed, "who_can_share_contact_card": "EVERYONE",
        }  # fmt: skip
        if email and self.email:
            found["profile"]["email"] = self.email
        return found


@dataclass
class Channel:
    id: str
    name: str
    team: str
    members: set[str] = field(default_factory=set)
    is_im: bool = False
    is_private: bool = False
    shared_with: set[str] = field(default_factory=set)
    """Other workspaces that are connected to it (Slack Connect)."""
    is_archived: bool = False
    topic: str = ""
    purpose: str = ""
    messages: list[Json] = field(default_factory=list)
    ephemeral: list[tuple[str, Json]] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """As the scopes call it."""
        return "im" if self.is_im else "groups" if self.is_private else "channels"

    @property
    def event_type(self) -> str:
        return "im" if self.is_im else "group" if self.is_private else "channel"

    def info(self, me: str) -> Json:
        if self.is_im:
            other = next((one for one in self.members if one != me), me)
            return {
                "id": self.id, "created": 1764000000, "is_archived": False, "is_im": True, "is_org_shared": False,
                "context_team_id": self.team, "updated": 1764000000000, "user": other, "is_user_deleted": False, "priority": 0,
            }  # fmt: skip
        return {
            "id": self.id, "name": self.name, "is_channel": not self.is_private, "is_group": self.is_private, "is_im": False,
            "is_mpim": False, "is_private": self.is_private, "created": 1764000000, "is_archived": self.is_archived,
            "is_general": False, "unlinked": 0, "name_normalized": self.name, "is_shared": bool(self.shared_with),
            "is_org_shared": False, "is_pending_ext_shared": False, "pending_shared": [], "context_team_id": self.team,
            "updated": 1764000000000, "parent_conversation": None, "creator": me, "is_ext_shared": bool(self.shared_with),
            "shared_team_ids": [self.team, *sorted(self.shared_with)], "pending_connected_team_ids": [],
            "is_member": me in self.members, "topic": {"value": self.topic, "creator": "", "last_set": 0},
            "purpose": {"value": self.purpose, "creator": "", "last_set": 0}, "previous_names": [], "num_members": len(self.members),
        }  # fmt: skip

    def message(self, ts: str) -> Json | None:
        return next((one for one in self.messages if one["ts"] == ts), None)


@dataclass
class Token:
    """What a token may do, and whose it is."""

    scopes: set[str]
    user: str
    app_level: bool = False
    revoked: bool = False


@dataclass
class Installed:
    """An app as its manifest describes it, installed in the workspace."""

    id: str
    bot_user: str
    bot_id: str
    name: str
    scopes: set[str]
    events: set[str]
    commands: set[str]
    shortcuts: dict[str, str]
    home: bool
    messages_tab: bool
    interactivity: bool
    socket_mode: bool


class Workspace:
    """Everything of one test. Ids and times are made here, so that none comes twice."""

    def __init__(self, team: str = "T0VERBINDER", name: str = "Verbinder") -> None:
        self.team, self.name = team, name
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.tokens: dict[str, Token] = {}
        self.app: Installed | None = None
        self.views: dict[str, Json] = {}
        self.homes: dict[str, Json] = {}
        self.files: dict[str, Json] = {}
        self.triggers: dict[str, Json] = {}
        self.response_urls: dict[str, Json] = {}
        self.counter = itertools.count(1)
        self._last = 0

    def next_id(self, letter: str) -> str:
        return f"{letter}0{next(self.counter):08d}"

    def next_ts(self) -> str:
        """A moment that is also an id: later than any before it."""
        self._last = max(time.time_ns() // 1000, self._last + 1)
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def passes(self, minutes: float) -> None:
        """What comes from now on comes so much later."""
        self._last = max(time.time_ns() // 1000, self._last) + int(minutes * 60_000_000)

    def add_user(self, user_id: str, name: str, email: str | None = None, team: str | None = None, **more: Any) -> User:
        self.users[user_id] = User(user_id, team or self.team, name, email, **more)
        return self.users[user_id]

    def add_channel(self, channel_id: str, name: str, members: set[str], **more: Any) -> Channel:
        self.channels[channel_id] = Channel(channel_id, name, self.team, set(members), **more)
        return self.channels[channel_id]

    def install(self, manifest: Json, *, bot_token: str = "xoxb-test", app_token: str = "xapp-test") -> Installed:
        """Installs an app from its manifest, and gives it its two tokens."""
        features, settings = manifest.get("features", {}), manifest.get("settings", {})
        bot = self.add_user(self.next_id("U"), features["bot_user"]["display_name"], is_bot=True)
        self.app = Installed(
            id=self.next_id("A"), bot_user=bot.id, bot_id=self.next_id("B"), name=manifest["display_information"]["name"],
            scopes=set(manifest["oauth_config"]["scopes"]["bot"]),
            events=set(settings.get("event_subscriptions", {}).get("bot_events", [])),
            commands={one["command"] for one in features.get("slash_commands", [])},
            shortcuts={one["callback_id"]: one["type"] for one in features.get("shortcuts", [])},
            home=features.get("app_home", {}).get("home_tab_enabled", False),
            messages_tab=features.get("app_home", {}).get("messages_tab_enabled", False),
            interactivity=settings.get("interactivity", {}).get("is_enabled", False),
            socket_mode=settings.get("socket_mode_enabled", False),
        )  # fmt: skip
        self.tokens[bot_token] = Token(self.app.scopes, bot.id)
        self.tokens[app_token] = Token({"connections:write"}, bot.id, app_level=True)
        return self.app

    @property
    def installed(self) -> Installed:
        assert self.app is not None, "install a manifest first"
        return self.app

    def direct_channel(self, user: str) -> Channel:
        """The direct chat of somebody with the app, made when there is none yet."""
        bot = self.installed.bot_user
        found = next((one for one in self.channels.values() if one.is_im and one.members == {user, bot}), None)
        if found is None:
            found = self.add_channel(self.next_id("D"), "", {user, bot}, is_im=True)
        return found

    def new_trigger(self, user: str) -> str:
        found = f"{next(self.counter):010d}.{next(self.counter):010d}.{'0' * 32}"
        self.triggers[found] = {"user": user, "at": time.monotonic(), "used": False}
        return found
