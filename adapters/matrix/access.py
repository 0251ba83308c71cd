"""How to get in: the section `matrix` of the settings, and the secrets, from the environment or a file of their own.

VERBINDER_MATRIX_PASSWORD   the password of the account; needed for the first login only
VERBINDER_MATRIX_SECRETS    a file with such lines (or `geheimen` in the settings), readable by nobody else
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from adapters.matrix import PLATFORM
from bot.settings import SettingsFault

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX = "VERBINDER_MATRIX_"
ACCOUNT = re.compile(r"@[^:\s]+:(\S+)")


class Section(BaseModel):
    """What an installation sets for Matrix."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    server: str = Field(pattern=r"^https?://\S+$")
    account: str = Field(pattern=r"^@[^:\s]+:\S+$")
    secrets: Path | None = Field(default=None, alias="geheimen")
    servers: tuple[str, ...] = Field(default=(), alias="toegestane-servers")
    open_rooms: bool = Field(default=False, alias="onversleuteld-overdragen")
    polls: bool = Field(default=True, alias="peilingen")
    receipts: bool = Field(default=True, alias="leesbevestigingen")


@dataclass(frozen=True)
class Patience:
    """In seconds: how long a sync may be kept waiting for something to happen, how much more before a connection is deaf, how long
    any other request may take, and the first sync, which tells of every room.
    """

    sync: float = 30.0
    deaf: float = 15.0
    request: float = 60.0
    first: float = 300.0


@dataclass(frozen=True)
class Access:
    """The section with its paths made whole, and the password if there is one."""

    section: Section
    folder: Path
    """Keys, seeds and the session: all that makes this device this device."""
    password: str | None
    patience: Patience = Patience()

    @property
    def home(self) -> str:
        """The name of the homeserver of the account."""
        found = ACCOUNT.fullmatch(self.section.account)
        assert found is not None
        return found[1]

    def allows(self, server: str) -> bool:
        """Whether people of this homeserver may invite: our own, and those that the settings name."""
        return server == self.home or server in self.section.servers


def read_access(found: Mapping[str, Any], base: Path, keys: Path, environment: Mapping[str, str] = os.environ) -> Access:
    """`found` is the section, `base` the folder from which its paths count, `keys` where keys are kept. Raises `SettingsFault`."""
    try:
        section = Section.model_validate(found)
    except ValidationError as error:
        where = [".".join(str(part) for part in fault["loc"]) for fault in error.errors()]
        lines = [f"platforms.matrix.{one}: deze instelling klopt niet" for one in where]
        raise SettingsFault("\n".join([*lines, "Vergelijk ze met config/verbinder.yaml."])) from None
    named = environment.get(f"{PREFIX}SECRETS") or (str(base / section.secrets) if section.secrets else None)
    given = {**(_secrets(Path(named)) if named else {}), **environment}
    return Access(section, keys / PLATFORM, given.get(f"{PREFIX}PASSWORD") or None)


def _secrets(path: Path) -> dict[str, str]:
    try:
        text, open_to_others = path.read_text(encoding="utf-8"), path.stat().st_mode & 0o077
    except OSError:
        raise SettingsFault(f'Het bestand met geheimen "{path}" kan ik niet lezen.') from None
    if open_to_others:
        raise SettingsFault(f'Anderen kunnen "{path}" lezen. Doe eerst: chmod 600 {path}')
    pairs = (line.partition("=") for line in text.splitlines() if "=" in line and not line.lstrip().startswith("#"))
    return {name.strip(): value.strip().strip("\"'") for name, _, value in pairs}
