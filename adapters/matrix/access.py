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
from adapters.secret_file import read_secrets
from bot.settings import SettingsFault
from bot.settings_faults import faults_in

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX = "VERBINDER_MATRIX_"
ACCOUNT = re.compile(r"@[^:\s]+:(\S+)")


class Section(BaseModel):
    """What an installation sets for Matrix."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    server: str = Field(pattern=r"^https?://\S+$", description="een adres zoals https://matrix.voorbeeld.nl")
    account: str = Field(pattern=r"^@[^:\s]+:\S+$", description='een naam zoals "@verbinder:voorbeeld.nl", met aanhalingstekens')
    secrets: Path | None = Field(default=None, alias="geheimen", description="de naam van een bestand")
    servers: tuple[str, ...] = Field(default=(), alias="toegestane-servers", description="een lijst, zoals [politie.voorbeeld]")
    open_rooms: bool = Field(default=False, alias="onversleuteld-overdragen", description="true of false")
    polls: bool = Field(default=True, alias="peilingen", description="true of false")
    receipts: bool = Field(default=True, alias="leesbevestigingen", description="true of false")


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
    secrets: Path | None = None
    """The file in which the password may be put."""

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
        lines = faults_in(error, Section, ("platforms", PLATFORM))
        raise SettingsFault("\n".join([*lines, "Vergelijk ze met config/verbinder.yaml."])) from None
    told = environment.get(f"{PREFIX}SECRETS") or (str(base / section.secrets) if section.secrets else None)
    file = Path(told) if told else None
    given = {**(read_secrets(file) if file else {}), **environment}
    return Access(section, keys / PLATFORM, given.get(f"{PREFIX}PASSWORD") or None, secrets=file)
