"""The settings of one installation: a small YAML file named by VERBINDER_SETTINGS, else `verbinder.yaml` where we are.

All keys are optional; what weakens something is named so in config/verbinder.yaml and by `verbinder doctor`.
"""

from __future__ import annotations

import os
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.retention import Retention
from bot.settings_faults import faults_in

VARIABLE = "VERBINDER_SETTINGS"
USUAL = Path("verbinder.yaml")
"""Where they are when nobody says so, as the database is `verbinder.db`."""


class SettingsFault(Exception):
    """The settings cannot be used; the message says what was found and what to do."""


class Kept(BaseModel):
    """Days; longer than usual weakens what is promised to people."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    messages: int = Field(default=7, alias="berichten", ge=1, le=90, description="een aantal dagen van 1 tot en met 90")
    results: int = Field(default=30, alias="gesprekken", ge=1, le=365, description="een aantal dagen van 1 tot en met 365")

    @property
    def retention(self) -> Retention:
        return Retention(timedelta(days=self.messages), timedelta(days=self.results))


class Settings(BaseModel):
    """What an installation may set. Paths count from the folder of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    own_content: Path | None = Field(default=None, alias="eigen-inhoud", description="de naam van een map")
    """A folder with `kennis/`, `vragen/`, `cijfers/`, `situaties.yaml` and `words/` of the network's own."""
    digest: str = Field(
        default="08:15", alias="overzicht-om", pattern=r"^(0[6-9]|1[0-8]):[0-5]\d$",
        description='een tijd van 06:00 tot en met 18:59, met aanhalingstekens, zoals "08:15"',
    )  # fmt: skip
    """When the network's digest comes, local time, on school days."""
    stale_months: int = Field(
        default=12, alias="bevestigd-maanden", ge=1, le=60, description="een aantal maanden van 1 tot en met 60"
    )  # fmt: skip
    """After so many months without a confirmation an entry of the contact list is said to be old."""
    platforms: dict[str, dict[str, Any]] = Field(default_factory=dict, description="per platform een blok met instellingen")
    """What each platform is told; only its adapter knows the keys."""
    kept: Kept = Field(default=Kept(), alias="bewaren", description="een blok, zoals {berichten: 7, gesprekken: 30}")
    """How long what is kept."""
    folder: Path = Field(default=Path(), exclude=True)
    """From where paths count."""
    file: Path | None = Field(default=None, exclude=True)
    """Where this was read."""

    @property
    def digest_at(self) -> time:
        return time.fromisoformat(self.digest)

    @property
    def own_words(self) -> Path | None:
        return self.own_content / "words" if self.own_content else None


def meant() -> Path | None:
    """The file that VERBINDER_SETTINGS names, else `verbinder.yaml` if it is there."""
    if os.environ.get(VARIABLE):
        return Path(os.environ[VARIABLE])
    return USUAL if USUAL.is_file() else None


def read_settings(path: Path | None = None) -> Settings:
    """The settings in a file, or in the file that is meant; without one all is as usual. Raises `SettingsFault`."""
    named = path or meant()
    if named is None:
        return Settings()
    try:
        found = Settings.model_validate(yaml.safe_load(named.read_text(encoding="utf-8")) or {})
    except OSError:
        raise SettingsFault(
            f'De instellingen "{named}" kan ik niet lezen. Is het bestand er, en mag je het lezen? '
            f"Een ander wijs je aan met {VARIABLE}."
        ) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f" (kijk rond regel {mark.line + 1})" if mark else ""
        raise SettingsFault(
            f'De instellingen "{named}" zijn geen leesbare YAML{line}. Vergelijk ze met config/verbinder.yaml.'
        ) from None
    except ValidationError as error:
        lines = [f"{named}: {line}" for line in faults_in(error, Settings)]
        raise SettingsFault("\n".join([*lines, "Vergelijk ze met config/verbinder.yaml."])) from None
    own = named.parent / found.own_content if found.own_content else None
    if own and not own.is_dir():
        raise SettingsFault(f'{named}: eigen-inhoud: de map "{own}" is er niet. Maak hem, of haal de regel weg.')
    return found.model_copy(update={"own_content": own, "folder": named.parent, "file": named})
