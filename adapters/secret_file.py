"""A file of secrets beside the settings: lines NAME=value, that nobody but the assistant can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.settings import SettingsFault

if TYPE_CHECKING:
    from pathlib import Path


def read_secrets(path: Path) -> dict[str, str]:
    """What stands in it; nothing when it is not there: what is needed may stand elsewhere. Raises `SettingsFault`."""
    try:
        text, open_to_others = path.read_text(encoding="utf-8-sig"), path.stat().st_mode & 0o077
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError):
        raise SettingsFault(
            f'Het bestand met geheimen "{path}" kan ik niet lezen. Het moet een tekstbestand zijn, '
            "van dezelfde gebruiker als die Verbinder start (chown)."
        ) from None
    if open_to_others:
        raise SettingsFault(f'Anderen op deze computer kunnen "{path}" lezen. Doe eerst: chmod 600 {path}')
    pairs = (line.partition("=") for line in text.splitlines() if "=" in line and not line.lstrip().startswith("#"))
    return {name.strip(): value.strip().strip("\"'") for name, _, value in pairs}


def where_to_put(path: Path | None, names: tuple[str, ...], platform: str) -> str:
    """Where a secret that lacks can be put, in a sentence: in the file if there is one, else in the environment."""
    listed = " en ".join(names)
    if path is None:
        return f"Zet {listed} in de omgeving, of maak een bestand voor geheimen: verbinder init --platform {platform}"
    if not path.exists():
        made = f"verbinder init --platform {platform}"
        return f'Het bestand "{path}" is er niet. Maak het met {made}, of zet {listed} in de omgeving.'
    return f'Zet in "{path}" achter {listed} wat erbij hoort, of zet het in de omgeving.'
