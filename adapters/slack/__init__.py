"""The assistant in Slack: translates what Slack sends and shows, and decides nothing."""
