"""What Slack sends, in full: each payload has every field that a real one has."""

from __future__ import annotations

import copy
import re
import time
import uuid
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.slack_server.workspace import Channel, Json, Workspace


class Payloads:
    """Makes payloads from what the workspace knows."""

    def __init__(self, space: Workspace) -> None:
        self.space = space

    def uuid(self) -> str:
        return str(uuid.uuid4())

    def typed(self, text: str) -> list[Json]:
        """What somebody types arrives as rich text beside the text."""
        parts: list[Json] = []
        for part in re.split(r"(<@[A-Z0-9]+>)", text):
            if part.startswith("<@"):
                parts.append({"type": "user", "user_id": part[2:-1]})
            elif part:
                parts.append({"type": "text", "text": part.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")})
        section = {"type": "rich_text_section", "elements": parts}
        return [{"type": "rich_text", "block_id": uuid.uuid4().hex[:5], "elements": [section]}]

    # Events

    def event_callback(self, event: Json) -> Json:
        app, space = self.space.installed, self.space
        sender = self.space.users.get(str(event.get("user") or ""))
        return {
            "token": "verification-token-is-deprecated", "team_id": space.team,
            "context_team_id": space.team, "context_enterprise_id": None, "api_app_id": app.id, "event": copy.deepcopy(event),
            "type": "event_callback", "event_id": f"Ev{next(space.counter):010d}", "event_time": int(time.time()),
            "authorizations": [{
                "enterprise_id": None, "team_id": space.team, "user_id": app.bot_user, "is_bot": True, "is_enterprise_install": False,
            }],
            "is_ext_shared_channel": bool(sender and sender.team != space.team),
            "event_context": f"4-{uuid.uuid4().hex}",
        }  # fmt: skip

    def message(self, channel: Channel, message: Json) -> Json:
        found = {key: value for key, value in message.items() if not key.startswith("_")}
        sender = self.space.users[message["user"]]
        if sender.team != self.space.team:
            found |= {"user_team": sender.team, "source_team": sender.team, "user_profile": {"real_name": sender.name, "team": sender.team}}
        return {**found, "channel": channel.id, "event_ts": message["ts"], "channel_type": channel.event_type}

    def mention(self, channel: Channel, message: Json) -> Json:
        found = self.message(channel, message)
        del found["channel_type"]
        return {**found, "type": "app_mention"}

    def message_changed(self, channel: Channel, message: Json, before: Json) -> Json:
        return {
            "type": "message", "subtype": "message_changed", "hidden": True, "channel": channel.id,
            "message": {**self.message(channel, message), "source_team": message["team"], "user_team": message["team"]},
            "previous_message": self.message(channel, before), "ts": self.space.next_ts(), "event_ts": self.space.next_ts(),
            "channel_type": channel.event_type,
        }  # fmt: skip

    def message_deleted(self, channel: Channel, message: Json) -> Json:
        return {
            "type": "message", "subtype": "message_deleted", "hidden": True, "channel": channel.id, "deleted_ts": message["ts"],
            "previous_message": self.message(channel, message), "ts": self.space.next_ts(), "event_ts": self.space.next_ts(),
            "channel_type": channel.event_type,
        }  # fmt: skip

    def reaction(self, channel: Channel, message: Json, name: str, user: str, *, added: bool) -> Json:
        return {
            "type": "reaction_added" if added else "reaction_removed", "user": user, "reaction": name,
            "item": {"type": "message", "channel": channel.id, "ts": message["ts"]}, "item_user": message["user"],
            "event_ts": self.space.next_ts(),
        }  # fmt: skip

    def home_opened(self, user: str, tab: str = "home") -> Json:
        channel = self.space.direct_channel(user)
        found: Json = {
            "type": "app_home_opened", "user": user, "channel": channel.id, "tab": tab, "event_ts": self.space.next_ts(),
        }  # fmt: skip
        if user in self.space.homes:
            found["view"] = copy.deepcopy(self.space.homes[user])
        return found

    # What somebody does with a control

    def _common(self, kind: str, user: str) -> Json:
        space, person = self.space, self.space.users[user]
        return {
            "type": kind, "token": "verification-token-is-deprecated", "api_app_id": space.installed.id,
            "team": {"id": space.team, "domain": "verbinder-test"}, "enterprise": None, "is_enterprise_install": False,
            "user": {"id": user, "username": person.name.lower().replace(" ", "."), "name": person.name.lower().replace(" ", "."),
                     "team_id": person.team},
            "trigger_id": space.new_trigger(user),
        }  # fmt: skip

    def _response_url(self) -> str:
        key = uuid.uuid4().hex
        self.space.response_urls[key] = {"answers": []}
        return f"https://hooks.slack.com/actions/{self.space.team}/{key}"

    def block_action(self, user: str, block: Json, element: Json, channel: Channel, message: Json, state: Json) -> Json:
        """Somebody used a control of a message. `element` as it stands there, with what was chosen."""
        return {
            **self._common("block_actions", user),
            "container": {"type": "message", "message_ts": message["ts"], "channel_id": channel.id, "is_ephemeral": False},
            "channel": {"id": channel.id, "name": "directmessage" if channel.is_im else channel.name},
            "message": {key: value for key, value in copy.deepcopy(message).items() if not key.startswith("_")},
            "state": {"values": copy.deepcopy(state)}, "response_url": self._response_url(),
            "actions": [{**element, "block_id": block["block_id"], "action_ts": self.space.next_ts()}],
        }  # fmt: skip

    def view_action(self, user: str, block: Json, element: Json, view: Json, state: Json) -> Json:
        """Somebody used a control of a form or of the home."""
        shown = {key: value for key, value in copy.deepcopy(view).items() if key != "opened_by"}
        shown["state"] = {"values": copy.deepcopy(state)}
        return {
            **self._common("block_actions", user), "container": {"type": "view", "view_id": view["id"]}, "view": shown,
            "actions": [{**element, "block_id": block["block_id"], "action_ts": self.space.next_ts()}],
        }  # fmt: skip

    def view_submission(self, user: str, view: Json, state: Json) -> Json:
        shown = {key: value for key, value in copy.deepcopy(view).items() if key != "opened_by"}
        shown["state"] = {"values": copy.deepcopy(state)}
        return {**self._common("view_submission", user), "view": shown, "response_urls": []}

    def command(self, user: str, channel: Channel, command: str, text: str) -> Json:
        space, person = self.space, self.space.users[user]
        return {
            "token": "verification-token-is-deprecated", "team_id": space.team, "team_domain": "verbinder-test",
            "channel_id": channel.id, "channel_name": "directmessage" if channel.is_im else "privategroup" if channel.is_private
            else channel.name, "user_id": user, "user_name": person.name.lower().replace(" ", "."), "command": command, "text": text,
            "api_app_id": space.installed.id, "is_enterprise_install": "false", "response_url": self._response_url(),
            "trigger_id": space.new_trigger(user),
        }  # fmt: skip

    def shortcut(self, user: str, callback: str) -> Json:
        return {**self._common("shortcut", user), "callback_id": callback, "action_ts": self.space.next_ts()}

    def message_shortcut(self, user: str, callback: str, channel: Channel, message: Json) -> Json:
        return {
            **self._common("message_action", user), "callback_id": callback, "action_ts": self.space.next_ts(),
            "message_ts": message["ts"], "channel": {"id": channel.id, "name": "directmessage" if channel.is_im else channel.name},
            "response_url": self._response_url(), "message": copy.deepcopy(message),
        }  # fmt: skip
