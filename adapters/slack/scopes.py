"""What the app needs from Slack, and why: the manifest grants exactly this, and `doctor` looks whether it was given."""

from __future__ import annotations

METHODS: dict[str, tuple[str, ...]] = {
    "chat.postMessage": ("chat:write",), "chat.update": ("chat:write",), "chat.delete": ("chat:write",),
    "chat.postEphemeral": ("chat:write",),
    "conversations.create": ("groups:write",), "conversations.invite": ("groups:write",), "conversations.kick": ("groups:write",),
    "conversations.setTopic": ("groups:write",),
    "conversations.history": ("channels:history", "groups:history", "im:history"),
    "conversations.replies": ("channels:history", "groups:history", "im:history"),
    "conversations.info": ("channels:read", "groups:read"), "conversations.members": ("channels:read", "groups:read"),
    "conversations.list": ("groups:read",), "conversations.open": ("im:write",),
    "users.info": ("users:read", "users:read.email"),
    "files.getUploadURLExternal": ("files:write",), "files.completeUploadExternal": ("files:write",),
    "auth.test": (), "apps.connections.open": (), "views.open": (), "views.publish": (),
}  # fmt: skip
"""What each method that we call needs."""

EVENTS: dict[str, tuple[str, ...]] = {
    "message.im": ("im:history",), "message.groups": ("groups:history",), "message.channels": ("channels:history",),
    "app_mention": ("app_mentions:read",), "reaction_added": ("reactions:read",), "reaction_removed": ("reactions:read",),
    "member_joined_channel": ("channels:read", "groups:read"), "member_left_channel": ("channels:read", "groups:read"),
    "app_home_opened": (),
}  # fmt: skip
"""What each event that we listen for needs."""

NEEDED = frozenset({"commands", *(scope for table in (METHODS, EVENTS) for scopes in table.values() for scope in scopes)})
