"""The assistant on a real homeserver, with real people."""
