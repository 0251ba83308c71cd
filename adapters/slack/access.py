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

from bot.settings import SettingsFault

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX = "VERBINDER_SLACK_"
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
    """The keys, None when this installation has no Slack. Raises `AccessFault`."""
    given = {**_file(environment), **environment}
    bot = given.get(f"{PREFIX}BOT_TOKEN", "").strip()
    app = given.get(f"{PREFIX}APP_TOKEN", "").strip()
    secret = given.get(f"{PREFIX}SIGNING_SECRET", "").strip()
    if not bot and not app and not secret:
        return None
    if not bot.startswith("xoxb-"):
        raise AccessFault(f"{PREFIX}BOT_TOKEN: dit is geen token van een app. Hij begint met xoxb- (OAuth & Permissions).")
    if app and not app.startswith("xapp-"):
        raise AccessFault(f"{PREFIX}APP_TOKEN: dit is geen token van de app zelf. Hij begint met xapp- (Basic Information).")
    if not app and not secret:
        raise AccessFault(f"Zet ook {PREFIX}APP_TOKEN (Socket Mode), of {PREFIX}SIGNING_SECRET en {PREFIX}PORT (HTTP).")
    return Access(bot, app, secret, _port(given.get(f"{PREFIX}PORT", "3000")), given.get(f"{PREFIX}API", "").strip() or API)


def _port(text: str) -> int:
    if text.strip().isdigit() and int(text) < 65_536:
        return int(text)
    raise AccessFault(f"{PREFIX}PORT: dit is geen poort. Verwacht wordt een getal, zoals 3000.")


def _file(environment: Mapping[str, str]) -> dict[str, str]:
    named = environment.get(f"{PREFIX}FILE")
    if not named:
        return {}
    path = Path(named)
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        open_to_others = path.stat().st_mode & 0o077
    except OSError:
        raise AccessFault(f'{PREFIX}FILE: het bestand "{named}" kan ik niet lezen.') from None
    if open_to_others:
        raise AccessFault(f'{PREFIX}FILE: iedereen kan "{named}" lezen. Doe eerst: chmod 600 {named}')
    pairs = (line.partition("=") for line in lines if "=" in line and not line.lstrip().startswith("#"))
    return {name.strip(): value.strip().strip("\"'") for name, _, value in pairs}
