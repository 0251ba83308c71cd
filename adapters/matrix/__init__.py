"""Matrix: encrypted rooms and direct chats on a homeserver."""

PLATFORM = "matrix"
