"""One assistant on Matrix and Slack at once: a real homeserver, and the Slack server of ours."""
