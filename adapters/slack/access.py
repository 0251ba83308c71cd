"""The keys to a workspace, from the environment or from a file that is named there; never from the settings themselves.

VERBINDER_SLACK_BOT_TOKEN    xoxb-…   of the installed app
VERBINDER_SLACK_APP_TOKEN    xapp-…   for Socket Mode
VERBINDER_SLACK_SIGNING_SECRET        instead of the app token: for signed HTTP requests, with VERBINDER_SLACK_PORT
VERBINDER_SLACK_FILE                  a file with lines NAME=value, that only the assistant can read
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from adapters.secret_file import read_secrets
from bot.settings import SettingsFault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PREFIX = "VERBINDER_SLACK_"
BOT, SOCKET = "xoxb-", "xapp-"
KINDS = {
    BOT: "het token van de bot", SOCKET: "het app-token", "xoxp-": "het token van een persoon",
    "xoxe": "een token om de app mee in te stellen", "xoxc-": "het token van een browser",
}  # fmt: skip
"""What people take for one of the two, by how it begins."""
PORTS = 65_536
API = "https://slack.com/api/"


class AccessFault(SettingsFault):
    """The keys cannot be used; the message says what was found and what to do. A key itself is never in it."""


@dataclass(frozen=True)
class Access:
    """What is needed to be in one workspace."""

    bot_token: str = field(repr=False)
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    port: int = 0
    api: str = API


def read_access(environment: Mapping[str, str]) -> Access | None:
    """The keys, None when this installation has no Slack. All that is wrong with them is said at once. Raises `SettingsFault`."""
    named = environment.get(f"{PREFIX}FILE")
    given = {**(read_secrets(Path(named)) if named else {}), **environment}
    bot, app, secret = (given.get(f"{PREFIX}{name}", "").strip() for name in ("BOT_TOKEN", "APP_TOKEN", "SIGNING_SECRET"))
    if not bot and not app and not secret:
        return None
    port = given.get(f"{PREFIX}PORT", "3000").strip()
    if wrong := list(_wrong(bot, app, secret, port)):
        raise AccessFault("\n".join(wrong))
    return Access(bot, app, secret, int(port), given.get(f"{PREFIX}API", "").strip() or API)


def _wrong(bot: str, app: str, secret: str, port: str) -> Iterator[str]:
    """What does not hold. Which kind of token it is may be said; no more of it."""
    if bot.startswith(SOCKET) and app.startswith(BOT):
        yield f"De twee tokens staan omgewisseld. Achter {PREFIX}BOT_TOKEN hoort {BOT}…, achter {PREFIX}APP_TOKEN {SOCKET}…"
        return
    if not bot.startswith(BOT):
        yield f"{PREFIX}BOT_TOKEN: {_kind(bot)} Hier hoort het token dat met {BOT} begint (OAuth & Permissions)."
    if app and not app.startswith(SOCKET):
        yield f"{PREFIX}APP_TOKEN: {_kind(app)} Hier hoort het token dat met {SOCKET} begint (Basic Information)."
    if not app and not secret:
        yield f"Zet ook {PREFIX}APP_TOKEN (Socket Mode), of {PREFIX}SIGNING_SECRET en {PREFIX}PORT (HTTP)."
    if not port.isdigit() or int(port) >= PORTS:
        yield f"{PREFIX}PORT: dit is geen poort. Verwacht wordt een getal, zoals 3000."


def _kind(token: str) -> str:
    if not token:
        return "dit ontbreekt."
    known = next((what for start, what in KINDS.items() if token.startswith(start)), None)
    return f"dit is {known}." if known else "dit is geen token van Slack."
