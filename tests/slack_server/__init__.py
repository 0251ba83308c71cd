"""A server of ours on loopback that speaks Slack's protocol: Web API, Socket Mode, signed requests, with Slack's limits and errors.

It knows workspaces, people, channels and apps, and nothing of what an app is for. An app is installed from its manifest, as at
Slack: what the manifest does not ask for is not delivered, and refused.
"""

from tests.slack_server.server import SlackServer
from tests.slack_server.workspace import Channel, User, Workspace

__all__ = ["Channel", "SlackServer", "User", "Workspace"]
