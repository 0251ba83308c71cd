"""The Web API: what each method needs, checks, does and answers. Everything that Slack would refuse is refused with its word for it."""

from __future__ import annotations

import copy
import json
import re
import time
from typing import TYPE_CHECKING, Any

from tests.slack_server import limits
from tests.slack_server.blocks import Invalid, blocks_too_long, check_message_blocks, check_view, parsed

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.slack_server.server import SlackServer
    from tests.slack_server.workspace import Channel, Json


class Refused(Exception):
    """An answer with `ok: false`."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.answer = {"ok": False, "error": error, **more}


SCOPES = {
    "chat.postMessage": "chat:write", "chat.update": "chat:write", "chat.delete": "chat:write", "chat.postEphemeral": "chat:write",
    "conversations.open": "im:write", "conversations.join": "channels:join",
    "users.info": "users:read", "users.list": "users:read", "users.lookupByEmail": "users:read.email",
    "files.getUploadURLExternal": "files:write", "files.completeUploadExternal": "files:write", "files.delete": "files:write",
    "reactions.add": "reactions:write", "reactions.remove": "reactions:write", "team.info": "team:read",
}  # fmt: skip
"""What a method needs whatever it is about; methods about a channel need a scope by its kind (see `_channel_scope`)."""
BY_KIND = {
    "conversations.history": "history", "conversations.replies": "history", "conversations.info": "read",
    "conversations.members": "read", "conversations.invite": "manage", "conversations.kick": "manage",
    "conversations.setTopic": "manage", "conversations.setPurpose": "manage", "conversations.archive": "manage",
    "conversations.rename": "manage",
}  # fmt: skip


class Methods:
    """One call of one token. A method's name is the function's, with `_` for the point."""

    def __init__(self, server: SlackServer, token: str, args: Json) -> None:
        self.server, self.space, self.token_text, self.args = server, server.space, token, args
        found = self.space.tokens.get(token)
        if not token:
            raise Refused("not_authed")
        if found is None:
            raise Refused("invalid_auth")
        if found.revoked:
            raise Refused("token_revoked")
        self.token = found
        self.me = found.user

    def call(self, method: str) -> Json:
        function: Callable[[], Json] | None = getattr(self, method.replace(".", "_"), None)
        if function is None:
            raise Refused("unknown_method", req_method=method)
        if self.token.app_level != (method == "apps.connections.open"):
            raise Refused("not_allowed_token_type")
        if method in SCOPES:
            self._need(SCOPES[method])
        if method in BY_KIND:
            self._channel_scope(self._channel(), BY_KIND[method])
        return {"ok": True, **function()}

    def _need(self, *scopes: str) -> None:
        if not self.token.scopes & set(scopes):
            raise Refused("missing_scope", needed=scopes[0], provided=",".join(sorted(self.token.scopes)))

    def _channel_scope(self, channel: Channel, what: str) -> None:
        if what == "manage":
            what = "write" if channel.kind != "channels" else "manage"
        self._need(f"{channel.kind}:{what}")

    def _arg(self, name: str) -> Any:
        if not self.args.get(name):
            raise Refused("invalid_arguments", response_metadata={"messages": [f"[ERROR] missing required field: {name}"]})
        return self.args[name]

    def _channel(self, name: str = "channel") -> Channel:
        found = self.space.channels.get(str(self._arg(name)))
        if found is None or (self.me not in found.members and (found.is_private or found.is_im)):
            raise Refused("channel_not_found")
        return found

    # The app itself

    def auth_test(self) -> Json:
        app = self.space.installed
        return {
            "url": "https://verbinder-test.slack.com/", "team": self.space.name, "user": app.name.lower(),
            "team_id": self.space.team, "user_id": self.me, "bot_id": app.bot_id, "is_enterprise_install": False,
        }  # fmt: skip

    def apps_connections_open(self) -> Json:
        self._need("connections:write")
        if not self.space.installed.socket_mode:
            raise Refused("socket_mode_not_enabled")
        return {"url": self.server.sockets.new_url()}

    def team_info(self) -> Json:
        return {"team": {"id": self.space.team, "name": self.space.name, "domain": "verbinder-test"}}

    # Messages

    def _target(self) -> Channel:
        """Where a message goes: a channel in which the app is, or somebody's direct chat."""
        name = str(self._arg("channel"))
        user = self.space.users.get(name)
        if user:
            if user.is_bot or user.deleted:
                raise Refused("channel_not_found")
            return self.space.direct_channel(user.id)
        found = self._channel()
        if self.me not in found.members:
            raise Refused("not_in_channel")
        if found.is_archived:
            raise Refused("is_archived")
        return found

    def _content(self) -> Json:
        text, blocks = self.args.get("text") or "", parsed(self.args.get("blocks"))
        if not text and not blocks:
            raise Refused("no_text")
        if len(text) > limits.TEXT_OF_MESSAGE:
            raise Refused("msg_too_long")
        found: Json = {"text": text}
        if blocks:
            try:
                check_message_blocks(blocks)
            except Invalid as fault:
                raise Refused("invalid_blocks", errors=[fault.message], response_metadata={"messages": [fault.message]}) from None
            if blocks_too_long(blocks):
                raise Refused("msg_blocks_too_long")
            self._pictures(blocks)
            found["blocks"] = [
                {**block, "block_id": block.get("block_id") or f"gen{number}"} for number, block in enumerate(copy.deepcopy(blocks))
            ]
        metadata = parsed(self.args.get("metadata"))
        if metadata is not None:
            if set(metadata) - {"event_type", "event_payload", "entities"} or not isinstance(metadata.get("event_payload"), dict):
                raise Refused("invalid_metadata_format")
            if not re.fullmatch(r"\w{1,255}", str(metadata.get("event_type"))):
                raise Refused("invalid_metadata_schema")
            if len(json.dumps(metadata)) > limits.METADATA_BYTES:
                raise Refused("metadata_too_large")
            found["metadata"] = metadata
        return found

    def _pictures(self, blocks: list[Json]) -> None:
        """A picture in a message must have been uploaded whole."""
        for number, block in enumerate(blocks):
            file = self.space.files.get(block["slack_file"].get("id")) if "slack_file" in block else None
            if file and self.server.slow_files > 0:
                self.server.slow_files -= 1
                file = None
            if "slack_file" in block and (file is None or not file.get("title")):
                fault = f"[ERROR] invalid slack file [json-pointer:/blocks/{number}/slack_file]"
                raise Refused("invalid_blocks", errors=[fault], response_metadata={"messages": [fault]})

    def chat_postMessage(self) -> Json:  # noqa: N802 - Slack's own name
        channel = self._target()
        self.server.pace(channel.id)
        content = self._content()
        thread = self.args.get("thread_ts")
        if thread and channel.message(thread) is None:
            raise Refused("thread_not_found")
        message = self.server.post(channel, self.me, content, thread=thread, by_app=True)
        return {"channel": channel.id, "ts": message["ts"], "message": message}

    def chat_update(self) -> Json:
        channel = self._target()
        content = self._content()
        if len(content["text"]) > limits.TEXT_OF_CHANGE:
            raise Refused("msg_too_long")
        message = self._own_message(channel)
        before = copy.deepcopy(message)
        message.pop("blocks", None)  # text alone drops the blocks
        message.update(content)
        message["edited"] = {"user": self.me, "ts": self.space.next_ts()}
        self.server.changed(channel, message, before)
        return {"channel": channel.id, "ts": message["ts"], "text": message["text"], "message": message}

    def chat_delete(self) -> Json:
        channel = self._target()
        message = self._own_message(channel)
        channel.messages.remove(message)
        self.server.deleted(channel, message)
        return {"channel": channel.id, "ts": message["ts"]}

    def _own_message(self, channel: Channel) -> Json:
        message = channel.message(str(self._arg("ts")))
        if message is None:
            raise Refused("message_not_found")
        if message["user"] != self.me:
            raise Refused("cant_update_message")
        return message

    def chat_postEphemeral(self) -> Json:  # noqa: N802
        channel = self._target()
        user = str(self._arg("user"))
        if user not in channel.members:
            raise Refused("user_not_in_channel")
        content = {**self._content(), "ts": self.space.next_ts()}
        channel.ephemeral.append((user, content))
        return {"message_ts": content["ts"]}

    # Channels

    def conversations_open(self) -> Json:
        users = str(self._arg("users")).split(",")
        user = self.space.users.get(users[0])
        if user is None or user.is_bot:
            raise Refused("user_not_found")
        if user.deleted:
            raise Refused("user_disabled")
        if len(users) > 1:
            raise Refused("method_not_supported_for_channel_type")
        return {"no_op": True, "already_open": True, "channel": {"id": self.space.direct_channel(user.id).id}}

    def conversations_create(self) -> Json:
        private = str(self.args.get("is_private", "")).lower() in {"true", "1"}
        self._need("groups:write" if private else "channels:manage")
        name = str(self._arg("name"))
        if not re.fullmatch(r"[a-z0-9_\-]{1,80}", name):
            raise Refused("invalid_name_specials" if name == name.lower() else "invalid_name")
        if any(one.name == name for one in self.space.channels.values()):
            raise Refused("name_taken")
        made = self.space.add_channel(self.space.next_id("C"), name, {self.me}, is_private=private)
        return {"channel": made.info(self.me)}

    def conversations_invite(self) -> Json:
        channel = self._channel()
        if self.me not in channel.members:
            raise Refused("not_in_channel")
        errors = []
        for user in str(self._arg("users")).split(","):
            known = self.space.users.get(user)
            fault = (
                "user_not_found" if known is None or known.deleted
                else "cant_invite_self" if user == self.me
                else "already_in_channel" if user in channel.members
                else None
            )  # fmt: skip
            if fault:
                errors.append({"user": user, "ok": False, "error": fault})
            else:
                channel.members.add(user)
        if errors:
            raise Refused(errors[0]["error"], errors=errors)
        return {"channel": channel.info(self.me)}

    def conversations_kick(self) -> Json:
        channel, user = self._channel(), str(self._arg("user"))
        if self.me not in channel.members:
            raise Refused("not_in_channel")
        if user == self.me:
            raise Refused("cant_kick_self")
        if user not in channel.members:
            raise Refused("not_in_channel")
        channel.members.discard(user)
        return {"errors": {}}

    def conversations_join(self) -> Json:
        channel = self._channel()
        if channel.is_private or channel.is_im:
            raise Refused("method_not_supported_for_channel_type")
        channel.members.add(self.me)
        return {"channel": channel.info(self.me)}

    def conversations_info(self) -> Json:
        return {"channel": self._channel().info(self.me)}

    def conversations_members(self) -> Json:
        members = sorted(self._channel().members)
        page, cursor = self._paged(members)
        return {"members": page, "response_metadata": {"next_cursor": cursor}}

    def conversations_list(self) -> Json:
        kinds = {"public_channel": "channels", "private_channel": "groups", "im": "im", "mpim": "mpim"}
        wanted = [kinds[one.strip()] for one in str(self.args.get("types", "public_channel")).split(",")]
        for kind in wanted:
            self._need(f"{kind}:read")
        found = [one for one in self.space.channels.values() if one.kind in wanted and (one.kind == "channels" or self.me in one.members)]
        page, cursor = self._paged(found)
        return {"channels": [one.info(self.me) for one in page], "response_metadata": {"next_cursor": cursor}}

    def conversations_setTopic(self) -> Json:  # noqa: N802
        channel = self._channel()
        if len(self._arg("topic")) > limits.TOPIC:
            raise Refused("too_long")
        channel.topic = str(self._arg("topic"))
        return {"channel": channel.info(self.me)}

    def conversations_setPurpose(self) -> Json:  # noqa: N802
        channel = self._channel()
        channel.purpose = str(self._arg("purpose"))
        return {"purpose": channel.purpose}

    def conversations_history(self) -> Json:
        channel = self._channel()
        if self.me not in channel.members:
            raise Refused("not_in_channel")
        top = [one for one in channel.messages if one.get("thread_ts", one["ts"]) == one["ts"]]
        found = self._messages(sorted(top, key=lambda one: one["ts"], reverse=True))
        return {**found, "messages": [self._with_thread(one, channel) for one in found["messages"]]}

    def _with_thread(self, message: Json, channel: Channel) -> Json:
        """The first of a thread tells how the thread goes."""
        replies = [one for one in channel.messages if one.get("thread_ts") == message["ts"] != one["ts"]]
        users = sorted({one["user"] for one in replies})
        told = {
            "thread_ts": message["ts"], "reply_count": len(replies), "reply_users_count": len(users), "reply_users": users,
            "latest_reply": replies[-1]["ts"], "is_locked": False, "subscribed": False,
        } if replies else {}  # fmt: skip
        return {**message, **told}

    def conversations_replies(self) -> Json:
        channel, ts = self._channel(), str(self._arg("ts"))
        if channel.message(ts) is None:
            raise Refused("thread_not_found")
        return self._messages([one for one in channel.messages if one.get("thread_ts", one["ts"]) == ts])

    def _messages(self, found: list[Json]) -> Json:
        oldest, latest = str(self.args.get("oldest", "0")), str(self.args.get("latest", "9"))
        inclusive = str(self.args.get("inclusive", "")).lower() in {"true", "1"}
        found = [
            one for one in found
            if float(oldest) < float(one["ts"]) < float(latest if latest != "9" else "9e12")
            or (inclusive and one["ts"] in {oldest, latest})
        ]  # fmt: skip
        page, cursor = self._paged(found, default=100)
        if str(self.args.get("include_all_metadata", "")).lower() not in {"true", "1"}:
            page = [{key: value for key, value in one.items() if key != "metadata"} for one in page]
        return {"messages": page, "has_more": bool(cursor), "pin_count": 0, "response_metadata": {"next_cursor": cursor}}

    def _paged(self, found: list[Any], default: int = 100) -> tuple[list[Any], str]:
        size, start = int(self.args.get("limit") or default), int(self.args.get("cursor") or 0)
        end = start + size
        return found[start:end], str(end) if end < len(found) else ""

    # People

    def users_info(self) -> Json:
        user = self.space.users.get(str(self._arg("user")))
        if user is None:
            raise Refused("user_not_found")
        return {"user": user.profile(email="users:read.email" in self.token.scopes)}

    def users_list(self) -> Json:
        page, cursor = self._paged(list(self.space.users.values()))
        email = "users:read.email" in self.token.scopes
        return {"members": [one.profile(email=email) for one in page], "response_metadata": {"next_cursor": cursor}}

    def users_lookupByEmail(self) -> Json:  # noqa: N802
        email = str(self._arg("email")).lower()
        found = next((one for one in self.space.users.values() if (one.email or "").lower() == email and not one.deleted), None)
        if found is None:
            raise Refused("users_not_found")
        return {"user": found.profile(email=True)}

    # Forms and the home

    def _view(self) -> Json:
        view = parsed(self._arg("view"))
        try:
            check_view(view)
        except Invalid as fault:
            raise Refused("invalid_arguments", response_metadata={"messages": [fault.message]}) from None
        return copy.deepcopy(view)  # type: ignore[no-any-return]

    def _full(self, view: Json, user: str, view_id: str | None = None) -> Json:
        app = self.space.installed
        found = {
            "id": view_id or self.space.next_id("V"), "team_id": self.space.team, "callback_id": "", "private_metadata": "",
            "state": {"values": {}}, "hash": f"{self.space.next_ts()}.{next(self.space.counter):06x}", "clear_on_close": False,
            "notify_on_close": False, "close": None, "submit": None, "previous_view_id": None, "app_id": app.id, "external_id": "",
            "app_installed_team_id": self.space.team, "bot_id": app.bot_id, **view, "opened_by": user,
        }  # fmt: skip
        found["root_view_id"] = found["id"]
        self.space.views[found["id"]] = found
        return found

    def views_open(self) -> Json:
        trigger = self.space.triggers.get(str(self._arg("trigger_id")))
        if trigger is None:
            raise Refused("invalid_trigger_id")
        if trigger["used"]:
            raise Refused("exchanged_trigger_id")
        if time.monotonic() - trigger["at"] > self.server.trigger_seconds:
            raise Refused("expired_trigger_id")
        view = self._view()
        trigger["used"] = True
        full = self._full(view, trigger["user"])
        self.server.opened(full)
        return {"view": full}

    def views_update(self) -> Json:
        old = self.space.views.get(str(self.args.get("view_id")))
        if old is None:
            raise Refused("not_found")
        if self.args.get("hash") and self.args["hash"] != old["hash"]:
            raise Refused("hash_conflict")
        return {"view": self._full(self._view(), old["opened_by"], old["id"])}

    def views_publish(self) -> Json:
        user = str(self._arg("user_id"))
        if not self.space.installed.home:
            raise Refused("not_enabled")
        if user not in self.space.users:
            raise Refused("user_not_found")
        view = self._view()
        old = self.space.homes.get(user)
        if self.args.get("hash") and old and self.args["hash"] != old["hash"]:
            raise Refused("hash_conflict")
        self.space.homes[user] = self._full(view, user, old["id"] if old else None)
        return {"view": self.space.homes[user]}

    # Files and reactions

    def files_getUploadURLExternal(self) -> Json:  # noqa: N802
        if len(self.args.get("alt_txt") or "") > limits.UPLOAD_ALT_TEXT:
            raise Refused("invalid_arguments")
        file_id = self.space.next_id("F")
        self.space.files[file_id] = {
            "id": file_id, "name": self._arg("filename"), "size": int(self._arg("length")), "alt_txt": self.args.get("alt_txt"),
            "content": None, "channels": [],
        }  # fmt: skip
        return {"upload_url": f"{self.server.url}/upload/v1/{file_id}", "file_id": file_id}

    def files_completeUploadExternal(self) -> Json:  # noqa: N802
        if self.args.get("channel_id"):
            self.args["channel"] = self.args["channel_id"]
        channel = self._target() if self.args.get("channel") else None
        found = []
        for one in parsed(self._arg("files")):
            file = self.space.files.get(one["id"])
            if file is None or file["content"] is None:
                raise Refused("file_not_found")
            file["title"] = one.get("title", file["name"])
            found.append({"id": file["id"], "title": file["title"]})
        if channel:
            files = [{key: self.space.files[one["id"]][key] for key in ("id", "name", "title", "alt_txt")} for one in found]
            content = {"text": self.args.get("initial_comment") or "", "files": files}
            self.server.post(channel, self.me, content, thread=self.args.get("thread_ts"), by_app=True)
        return {"files": found}

    def _reacted(self) -> tuple[Channel, Json, str]:
        channel = self._channel()
        message = channel.message(str(self._arg("timestamp")))
        if message is None:
            raise Refused("message_not_found")
        return channel, message, str(self._arg("name"))

    def reactions_add(self) -> Json:
        if not self.server.react(*self._reacted(), self.me):
            raise Refused("already_reacted")
        return {}

    def reactions_remove(self) -> Json:
        if not self.server.unreact(*self._reacted(), self.me):
            raise Refused("no_reaction")
        return {}
